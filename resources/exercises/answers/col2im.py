def col2im(col, shape, fh, fw, stride=1, pad=0):
    N, C, H, W = shape
    OH = (H + 2 * pad - fh) // stride + 1
    OW = (W + 2 * pad - fw) // stride + 1
    img = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    row = 0
    for n in range(N):
        for i in range(OH):
            for j in range(OW):
                top, left = i * stride, j * stride
                img[n, :, top : top + fh, left : left + fw] += col[row].reshape(C, fh, fw)
                row += 1
    return img[:, :, pad : pad + H, pad : pad + W]
