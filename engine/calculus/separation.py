"""Whether a line separates two classes, how wide the gap is, and how many corrections the perceptron rule can need at
most.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

# Relative to the longest sample. A smaller gap cannot be distinguished from rounding; the rule would need 10¹⁸ steps.
_SMALLEST_MARGIN = 1e-9


@dataclass(frozen=True)
class Separation:
    """The best separation of samples (x1, x2) by a line; each sample gets a constant third coordinate 1 for the bias.

    ``direction`` (w1, w2, b) of length 1 leaves the widest gap, ``margin`` γ is that gap: the smallest s·direction·(x,
    1) with s = +1 for class 1 and −1 for class 0. ``radius`` R is the length of the longest (x, 1). If no line
    separates the classes, ``direction`` is None and ``margin`` 0. ``support`` are the indices of the few samples that
    decide this, at most four: those nearest to the line, or those that cannot be separated from one another.
    """

    direction: np.ndarray | None
    margin: float
    radius: float
    support: tuple[int, ...]

    @property
    def separable(self) -> bool:
        """Whether a line exists that has each class wholly on one side."""
        return self.direction is not None

    def most_corrections(self, w: np.ndarray, b: float, learning_rate: float) -> int | None:
        """The maximum number of corrections that the perceptron rule can make before it ends; None if it never ends.

        With v = (w, b) at the start, each correction moves v at least η·γ along ``direction`` u, yet adds at most η²·R²
        to ‖v‖²: after k of them v·u + η·k·γ ≤ √(‖v‖² + k·η²·R²), and the largest such k is returned. For weights that
        start at zero this is (R/γ)².
        """
        if self.direction is None:
            return None
        start = np.array([*w, b])
        along, gap, reach = float(start @ self.direction), learning_rate * self.margin, learning_rate * self.radius
        # (along + gap·k)² = ‖start‖² + reach²·k, as gap²·k² − half·2·k − rest = 0.
        half = reach**2 / 2 - along * gap
        rest = max(0.0, float(start @ start) - along**2)
        largest = (half + math.sqrt(half**2 + gap**2 * rest)) / gap**2
        return math.floor(largest * (1 + 1e-12))


def separation(x: np.ndarray, labels: np.ndarray) -> Separation:
    """Computes the best separation of the rows of ``x`` (N, 2) with labels 0 and 1 (N,), N at least 1.

    With s = ±1 by class, the samples are separable exactly if the convex hull of the points s·(x, 1) does not contain
    the origin, and the hull's point nearest to it is γ·u.
    """
    samples = np.column_stack([x, np.ones(len(x))])
    radius = float(np.max(np.linalg.norm(samples, axis=1)))
    nearest, support = nearest_to_origin(np.where(np.asarray(labels)[:, None] == 1, samples, -samples))
    distance = float(np.linalg.norm(nearest))
    if distance <= _SMALLEST_MARGIN * radius:
        return Separation(None, 0.0, radius, support)
    return Separation(nearest / distance, distance, radius, support)


def mending_flip(x: np.ndarray, labels: np.ndarray, found: Separation) -> int | None:
    """The index of a sample whose label can be flipped to make the classes separable; None if there is none, or if they
    are separable already.

    ``found`` is the current separation of the samples. Only its supporting samples are tried: no other flip can help.
    """
    for sample in () if found.separable else found.support:
        flipped = labels.copy()
        flipped[sample] = 1 - flipped[sample]
        if separation(x, flipped).separable:
            return sample
    return None


def nearest_to_origin(points: np.ndarray) -> tuple[np.ndarray, tuple[int, ...]]:
    """The point (D,) of the convex hull of ``points`` (N, D) nearest to the origin, and the indices of the points of
    which it is a mean.

    Wolfe's algorithm: it goes from corral to corral (small sets of points whose hull has its nearest point inside),
    each nearer than the one before, until no point lies on the origin's side of the plane through the nearest one.
    """
    squares = np.einsum("nd,nd->n", points, points)
    tolerance = 1e-12 * max(1e-300, float(np.max(squares)))
    corral = [int(np.argmin(squares))]
    weights = np.ones(1)
    nearest = points[corral[0]].astype(float)
    while True:
        heights = points @ nearest
        candidate = int(np.argmin(heights))
        if heights[candidate] >= nearest @ nearest - tolerance or candidate in corral:
            return nearest, tuple(sorted(corral))
        next_corral, next_weights = _shrunk(points, [*corral, candidate], np.append(weights, 0.0))
        nearer = next_weights @ points[next_corral]
        if nearer @ nearer >= nearest @ nearest:  # only rounding is left to be gained
            return nearest, tuple(sorted(corral))
        corral, weights, nearest = next_corral, next_weights, nearer


def turning(w_before: np.ndarray, w: np.ndarray) -> float | None:
    """The angle in degrees from the normal vector (2,) ``w_before`` to ``w``, −180 to 180, positive anticlockwise; None
    if one of them is zero.
    """
    if not (np.any(w_before) and np.any(w)):
        return None
    cross = w_before[0] * w[1] - w_before[1] * w[0]
    return math.degrees(math.atan2(cross, w_before @ w))


def _shrunk(points: np.ndarray, corral: list[int], weights: np.ndarray) -> tuple[list[int], np.ndarray]:
    """The corral, and its weights, after dropping points until the nearest point of its affine hull has only positive
    weights.
    """
    while True:
        wanted = _affine_weights(points[corral])
        if np.all(wanted > 0):
            return corral, wanted
        falling = wanted <= 0
        steps = weights[falling] / np.maximum(weights[falling] - wanted[falling], 1e-300)
        weights = weights + min(1.0, float(np.min(steps))) * (wanted - weights)
        leaving = int(np.flatnonzero(falling)[np.argmin(steps)])
        corral = [point for place, point in enumerate(corral) if place != leaving]
        weights = np.maximum(np.delete(weights, leaving), 0.0)
        weights /= weights.sum()


def _affine_weights(points: np.ndarray) -> np.ndarray:
    """The weights (n,) with sum 1, of either sign, for the point nearest to the origin in the affine hull of
    ``points``.
    """
    first, others = points[0], points[1:]
    tail = np.linalg.lstsq((others - first).T, -first, rcond=None)[0]
    return np.concatenate([[1.0 - tail.sum()], tail])
