# A list of sizes and weight decay that is always there; tanh, and a training flag that is no argument.
import numpy as np


class MultiLayerNet:
    def __init__(self, layer_sizes, decay_rate=0.001):
        self.decay_rate = decay_rate
        self.training = True
        self.rng = np.random.default_rng()
        self.params = {}
        for i, (n, m) in enumerate(zip(layer_sizes[:-1], layer_sizes[1:])):
            self.params["W" + str(i)] = np.random.normal(0, 1 / np.sqrt(n), (n, m))
            self.params["b" + str(i)] = np.zeros((1, m))
        self.depth = len(layer_sizes) - 1

    def _forward(self, x):
        self.z, self.masks = [x], []
        for i in range(self.depth):
            a = self.z[-1] @ self.params["W" + str(i)] + self.params["b" + str(i)]
            if i == self.depth - 1:
                return a
            z = np.tanh(a)
            mask = (self.rng.random(z.shape) < 0.8) / 0.8 if self.training else np.ones(z.shape)
            self.masks.append(mask)
            self.z.append(z * mask)

    def predict(self, x):
        kept, self.training = self.training, False
        a = self._forward(x)
        self.training = kept
        return a

    def _log_probabilities(self, a):
        shifted = a - np.max(a, axis=1, keepdims=True)
        return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))

    def loss(self, x, t):
        logp = self._log_probabilities(self._forward(x))
        penalty = sum(np.sum(W * W) for name, W in self.params.items() if name[0] == "W")
        return -np.sum(logp * t) / len(x) + 0.5 * self.decay_rate * penalty

    def accuracy(self, x, t):
        return np.mean(self.predict(x).argmax(axis=1) == t.argmax(axis=1))

    def gradient(self, x, t):
        a = self._forward(x)
        d = (np.exp(self._log_probabilities(a)) - t) / len(x)
        grads = {}
        for i in reversed(range(self.depth)):
            W = self.params["W" + str(i)]
            grads["W" + str(i)] = self.z[i].T @ d + self.decay_rate * W
            grads["b" + str(i)] = np.sum(d, axis=0, keepdims=True)
            if i > 0:
                d = d @ W.T * self.masks[i - 1]
                d = d * (1 - (self.z[i] / np.where(self.masks[i - 1] > 0, self.masks[i - 1], 1)) ** 2)
        return grads
