# Lists in place of layers; dropout divides while it trains; probabilities from predict; labels in either form.
import numpy as np

random = np.random.default_rng(5)


def relu(x):
    return np.where(x > 0, x, 0.0)


def probabilities(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


class MultiLayerNet:
    def __init__(self, input_size, hidden_size_list, output_size, weight_decay_lambda=0, dropout_ratio=0):
        widths = [input_size] + list(hidden_size_list) + [output_size]
        self.lam, self.p = weight_decay_lambda, dropout_ratio
        self.L = len(widths) - 1
        self.params = {}
        for n_in, n_out, k in zip(widths, widths[1:], range(1, self.L + 1)):
            self.params["W%d" % k] = random.normal(0, (2 / n_in) ** 0.5, size=(n_in, n_out))
            self.params["b%d" % k] = np.zeros(n_out)

    def weights(self, k):
        return self.params["W%d" % k]

    def predict(self, x, train_flg=False):
        self.z, self.keep = [x], []
        for k in range(1, self.L):
            x = relu(x.dot(self.weights(k)) + self.params["b%d" % k])
            keep = np.ones(x.shape)
            if train_flg and self.p > 0:
                keep = (random.random(x.shape) >= self.p) / (1 - self.p)
            x = x * keep
            self.keep.append(keep)
            self.z.append(x)
        self.y = probabilities(x.dot(self.weights(self.L)) + self.params["b%d" % self.L])
        return self.y

    def loss(self, x, t, train_flg=False):
        y = self.predict(x, train_flg=train_flg)
        right = t if t.ndim == 1 else t.argmax(axis=1)
        error = -np.log(y[range(len(y)), right]).mean()
        return error + self.lam / 2 * sum((self.weights(k) ** 2).sum() for k in range(1, self.L + 1))

    def accuracy(self, x, t):
        right = t if t.ndim == 1 else t.argmax(axis=1)
        return (self.predict(x).argmax(axis=1) == right).mean()

    def gradient(self, x, t):
        y = self.predict(x, train_flg=True).copy()
        right = t if t.ndim == 1 else t.argmax(axis=1)
        y[range(len(y)), right] -= 1
        delta = y / len(y)
        grads = {}
        for k in reversed(range(1, self.L + 1)):
            grads["W%d" % k] = self.z[k - 1].T.dot(delta) + self.lam * self.weights(k)
            grads["b%d" % k] = delta.sum(axis=0)
            if k > 1:
                delta = delta.dot(self.weights(k).T) * (self.z[k - 1] > 0) * self.keep[k - 2]
        return grads


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.rate, self.mu, self.velocities = lr, momentum, {}

    def update(self, params, grads):
        for name in list(params):
            self.velocities[name] = self.mu * self.velocities.get(name, 0) - self.rate * grads[name]
            params[name] = params[name] + self.velocities[name]
