"""Chapter 4. Learning from batches: an update, the accuracy, and when to look at it."""

import numpy as np


def update(params, grads, lr):
    """params, grads: arrays by name, such as params["W1"]

    The arrays of params are changed; nothing is returned.
    """
    for key in params:
        params[key] -= lr * grads[key]


def accuracy(predict, x, t, batch_size=100):
    """predict(x) -> the class of each sample"""
    accuracy_cnt = 0
    # A last batch with fewer samples counts, too.
    for i in range(0, len(x), batch_size):
        accuracy_cnt += np.sum(predict(x[i : i + batch_size]) == t[i : i + batch_size])
    return accuracy_cnt / len(x)


def looks(samples, batch_size, updates):
    """-> the updates at which the accuracy is taken"""
    # A whole number, or i % iter_per_epoch is hardly ever 0.
    iter_per_epoch = int(np.ceil(samples / batch_size))
    return [i for i in range(updates) if i % iter_per_epoch == 0]
