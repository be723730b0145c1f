class SoftmaxWithLoss:
    """t: one-hot (N, C), or class numbers (N,)"""

    def forward(self, x, t):
        self.t = t
        self.y = softmax(x)
        return cross_entropy_error(self.y, t)

    def backward(self, dout=1):
        samples = len(self.t)
        dx = self.y.copy()
        if self.t.ndim == 1:
            dx[np.arange(samples), self.t] -= 1
        else:
            dx -= self.t
        return dout * dx / samples
