def max_pool(x, size, stride=1, pad=0):
    """x (H, W): a picture -> the largest of every window"""
    x = np.pad(x, pad, constant_values=-np.inf)
    rows = (x.shape[0] - size) // stride + 1
    columns = (x.shape[1] - size) // stride + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            window = x[i * stride : i * stride + size, j * stride : j * stride + size]
            out[i, j] = np.max(window)
    return out
