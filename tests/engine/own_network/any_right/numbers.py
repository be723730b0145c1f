# Labels as class numbers only; the loss and the gradient share one pass.
import numpy as np


class Classifier:
    def __init__(self, dim, width, classes):
        self.params = dict(
            U=0.05 * np.random.randn(dim, width),
            c=np.zeros(width),
            V=0.05 * np.random.randn(width, classes),
            d=np.zeros(classes),
        )

    def predict(self, x):
        h = self._squash(x @ self.params["U"] + self.params["c"])
        return h @ self.params["V"] + self.params["d"]

    def _squash(self, a):
        return np.where(a >= 0, 1 / (1 + np.exp(-np.abs(a))), 1 - 1 / (1 + np.exp(-np.abs(a))))

    def _probabilities(self, x):
        s = self.predict(x)
        e = np.exp(s - s.max(axis=1)[:, None])
        return e / e.sum(axis=1)[:, None]

    def loss(self, x, t):
        return np.mean([-np.log(row[k] + 1e-7) for row, k in zip(self._probabilities(x), t)])

    def accuracy(self, x, t):
        return (self.predict(x).argmax(axis=1) == t).sum() / len(t)

    def gradient(self, x, t):
        p = self._probabilities(x)
        p[range(len(t)), t] -= 1
        p /= len(t)
        h = self._squash(x @ self.params["U"] + self.params["c"])
        dh = p @ self.params["V"].T * h * (1 - h)
        return {"U": x.T @ dh, "c": dh.sum(axis=0), "V": h.T @ p, "d": p.sum(axis=0)}
