def numerical_gradient(f, x):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        here = x[place]
        x[place] = here + 1e-4
        above = f(x)
        x[place] = here - 1e-4
        grad[place] = (above - f(x)) / 2e-4
        x[place] = here
    return grad


class SimpleNet:
    def __init__(self, W):
        self.W = W

    def loss(self, x, t):
        return np.sum((np.dot(x, self.W) - t) ** 2) / 2

    def gradient(self, x, t):
        return numerical_gradient(lambda W: self.loss(x, t), self.W)
