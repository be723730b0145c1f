class MaxPooling:
    def __init__(self, pool_h, pool_w, stride=1):
        self.pool_h = pool_h
        self.pool_w = pool_w
        self.stride = stride

    def forward(self, x):
        self.x = x
        N, C, H, W = x.shape
        OH = (H - self.pool_h) // self.stride + 1
        OW = (W - self.pool_w) // self.stride + 1
        self.arg_max = np.zeros((N, C, OH, OW), dtype=int)
        out = np.zeros((N, C, OH, OW))
        for i in range(OH):
            for j in range(OW):
                a, b = i * self.stride, j * self.stride
                window = x[:, :, a : a + self.pool_h, b : b + self.pool_w].reshape(N, C, -1)
                self.arg_max[:, :, i, j] = window.argmax(axis=2)
                out[:, :, i, j] = window.max(axis=2)
        return out

    def backward(self, dout):
        dx = np.zeros(self.x.shape)
        for n, c, i, j in np.ndindex(dout.shape):
            row, column = divmod(self.arg_max[n, c, i, j], self.pool_w)
            dx[n, c, i * self.stride + row, j * self.stride + column] += dout[n, c, i, j]
        return dx
