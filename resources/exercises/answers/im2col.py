def im2col(x, fh, fw, stride=1, pad=0):
    N, _, H, W = x.shape
    OH = (H + 2 * pad - fh) // stride + 1
    OW = (W + 2 * pad - fw) // stride + 1
    img = np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)])
    rows = []
    for n in range(N):
        for i in range(OH):
            for j in range(OW):
                top, left = i * stride, j * stride
                rows.append(img[n, :, top : top + fh, left : left + fw].reshape(-1))
    return np.array(rows)
