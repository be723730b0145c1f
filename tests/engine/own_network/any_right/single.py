# Single precision throughout, names of its own, and an update that takes a batch.
import numpy as np


class DigitReader:
    def __init__(self, n_in, n_hidden, n_out, seed=0):
        f = np.float32
        rng = np.random.default_rng(seed)
        self.params = {
            "hidden_weight": (rng.standard_normal((n_in, n_hidden)) * np.sqrt(2 / n_in)).astype(f),
            "hidden_bias": np.zeros(n_hidden, dtype=f),
            "out_weight": (rng.standard_normal((n_hidden, n_out)) * np.sqrt(1 / n_hidden)).astype(f),
            "out_bias": np.zeros(n_out, dtype=f),
        }

    def _run(self, x):
        p = self.params
        x = np.asarray(x, dtype=np.float32)
        a = x @ p["hidden_weight"] + p["hidden_bias"]
        h = np.maximum(a, 0)
        s = h @ p["out_weight"] + p["out_bias"]
        e = np.exp(s - s.max(axis=1, keepdims=True))
        return x, a, h, e / e.sum(axis=1, keepdims=True)

    def predict(self, inputs):
        return self._run(inputs)[3]

    def loss(self, inputs, labels):
        y = self.predict(inputs)
        return -np.log(np.sum(y * labels.astype(np.float32), axis=1) + np.float32(1e-7)).mean()

    def accuracy(self, inputs, labels):
        return float((self.predict(inputs).argmax(1) == labels.argmax(1)).mean())

    def gradient(self, inputs, labels):
        x, a, h, y = self._run(inputs)
        d = (y - labels.astype(np.float32)) / len(x)
        back = (d @ self.params["out_weight"].T) * (a > 0)
        return {"hidden_weight": x.T @ back, "hidden_bias": back.sum(0), "out_weight": h.T @ d, "out_bias": d.sum(0)}

    def update(self, inputs, labels, learning_rate):
        for name, grad in self.gradient(inputs, labels).items():
            self.params[name] -= np.float32(learning_rate) * grad
