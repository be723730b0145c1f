"""Chapter 2. A neuron with two inputs, gates made of it, and the rule by which it learns."""

import numpy as np


def AND(x1, x2, w=(0.5, 0.5), b=-0.7):
    """x1, x2: 0 or 1; w (2,), b: choose them above

    -> 0 or 1
    """
    a = np.sum(np.array(w) * np.array([x1, x2])) + b
    return 1 if a > 0 else 0


def NAND(x1, x2):
    """x1, x2: 0 or 1 -> 0 or 1"""
    return AND(x1, x2, (-0.5, -0.5), 0.7)


def OR(x1, x2):
    """x1, x2: 0 or 1 -> 0 or 1"""
    return AND(x1, x2, (0.5, 0.5), -0.2)


def XOR(x1, x2):
    """x1, x2: 0 or 1 -> 0 or 1, by three gates"""
    s1 = NAND(x1, x2)
    s2 = OR(x1, x2)
    return AND(s1, s2)


def update(w, b, x, t, rate):
    """w (2,), b, the sample x (2,) with its label t, 0 or 1

    -> new w (2,), new b
    """
    y = 1 if np.dot(w, x) + b > 0 else 0
    error = t - y
    return w + rate * error * x, b + rate * error
