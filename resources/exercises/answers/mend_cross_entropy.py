def cross_entropy_error(y, t):
    """y (N, C); t: one-hot, or class numbers (N,)"""
    if y.ndim == 1:
        y = y.reshape(1, y.size)
        t = t.reshape(1, t.size)
    samples = len(y)
    if t.size == y.size:
        t = t.argmax(axis=1)
    return -np.sum(np.log(y[np.arange(samples), t] + 1e-7)) / samples
