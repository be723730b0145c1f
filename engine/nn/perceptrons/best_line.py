"""The best that one perceptron can do on labelled points: the best bias for a direction, and the best line of all."""

from __future__ import annotations

import numpy as np

from engine.nn.perceptrons.perceptron import perceptron

# Projections closer together than this are one: they differ by rounding only, and no bias could part them.
_DECIMALS = 9


def best_bias(x: np.ndarray, t: np.ndarray, w: np.ndarray) -> tuple[float, int]:
    """The bias b with which step(x·w + b) agrees with ``t`` most often, and how often: (N, 2), (N,), (2,) -> b, count.

    Only the gaps between the projections x·w need trying, and one cut beyond either end: within a gap no answer
    changes. Among equally good gaps the widest is taken, in its middle, and a cut beyond an end only if it is better.
    """
    levels = np.unique(np.round(x @ w, _DECIMALS))
    cuts = np.concatenate([(levels[1:] + levels[:-1]) / 2, [levels[0] - 1.0, levels[-1] + 1.0]])
    widths = np.concatenate([np.diff(levels), [0.0, 0.0]])
    counts = np.array([np.sum(perceptron(x, w, -cut) == t) for cut in cuts])
    best = max(range(len(cuts)), key=lambda number: (counts[number], widths[number]))
    return float(-cuts[best]) + 0.0, int(counts[best])


def best_line(x: np.ndarray, t: np.ndarray) -> tuple[np.ndarray, float, int]:
    """Unit weights w and bias b that agree with ``t`` most often, over all lines, and how often: (N, 2), (N,).

    The order of the projections changes only where w is at right angles to the difference of two points. One
    direction between every two such angles tries all orders; the differences themselves and their normals are tried
    too, since the line with the widest gap between two classes has one of these directions.
    """
    pairs = (x[:, None] - x[None, :]).reshape(-1, 2)
    pairs = pairs[np.hypot(*pairs.T) > 10.0**-_DECIMALS]
    along = np.arctan2(pairs[:, 1], pairs[:, 0])
    turned = np.unique(np.round(np.mod(np.concatenate([along + np.pi / 2, along - np.pi / 2]), 2 * np.pi), _DECIMALS))
    between = (turned + np.diff(turned, append=turned[0] + 2 * np.pi) / 2) if len(turned) else np.zeros(1)
    found = []
    for angle in np.unique(np.concatenate([between, turned, along])):
        w = np.array([np.cos(angle), np.sin(angle)])
        b, count = best_bias(x, t, w)
        found.append((count, float(np.min(np.abs(x @ w + b))), w, b))
    count, _, w, b = max(found, key=lambda line: line[:2])
    return w, b, count
