"""Chapter 3. Activation functions, softmax, and the way forward through a network of three layers."""

import numpy as np


def step_function(x):
    """x: an array of any shape -> 0 and 1, in that shape"""
    return np.array(x > 0, dtype=int)


def sigmoid(x):
    """x: an array of any shape -> the same shape, 0 to 1"""
    # exp(-|x|) is at most 1, so nothing overflows. Below 0 numerator and denominator are multiplied by exp(x).
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)


def relu(x):
    """x: an array of any shape -> a new one of that shape"""
    return np.maximum(0, x)


def softmax(a):
    """a (C,) or (N, C): the scores of one sample, or of N

    -> the same shape; every row sums to 1
    """
    # Less the largest score of its row, which changes no share, and no exponent is above 0.
    c = np.max(a, axis=-1, keepdims=True)
    exp_a = np.exp(a - c)
    return exp_a / np.sum(exp_a, axis=-1, keepdims=True)


def forward(network, x):
    """x (D,) or (N, D) -> y (K,) or (N, K)

    network["W1"] (D, H), network["b1"] (H,); also W2 to b3
    """
    z1 = sigmoid(np.dot(x, network["W1"]) + network["b1"])
    z2 = sigmoid(np.dot(z1, network["W2"]) + network["b2"])
    return np.dot(z2, network["W3"]) + network["b3"]
