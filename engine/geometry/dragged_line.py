"""Geometry of dragging a line w·x + b = 0: the position of its handle, and the weights and bias after a shift or a
turn.
"""

from __future__ import annotations

import numpy as np

from engine.nn.perceptrons import distance_from_line

# A line cannot be turned by an arrow without length.
SHORTEST = 0.05


def foot(w: np.ndarray, b: float, anchor: np.ndarray) -> np.ndarray:
    """The point (2,) of the line nearest to ``anchor``; nan without a line (w = 0)."""
    length = np.linalg.norm(w)
    if length == 0:
        return np.full(2, np.nan)
    return anchor - _distance(w, b, anchor) * w / length


def slid(w: np.ndarray, target: np.ndarray) -> float:
    """The bias for which the line with unchanged w passes through ``target``."""
    return float(-w @ target)


def turned(
    w: np.ndarray, b: float, anchor: np.ndarray, target: np.ndarray, scale: float = 1.0
) -> tuple[np.ndarray, float]:
    """The weights and the bias for which the arrow ``scale``·w, drawn from ``foot``, ends at ``target``.

    The line turns around ``anchor`` and keeps its distance from it. Foot and arrow lie on one straight line through the
    anchor, so the target's direction from there gives that of w, and its distance the arrow's length, which is at least
    ``SHORTEST``.
    """
    along = _distance(w, b, anchor)
    reach = float(np.linalg.norm(target - anchor))
    towards = (target - anchor) / reach if reach > 0 else w / np.linalg.norm(w)
    # The arrow ends at anchor + (scale·|w| − along)·w/|w|: ahead of the anchor, or behind it.
    ends = [(towards, (along + reach) / scale), (-towards, (along - reach) / scale)]
    possible = [end for end in ends if end[1] >= SHORTEST]
    direction, length = max(possible or ends, key=lambda end: end[0] @ w)
    length = max(SHORTEST, length)
    return length * direction, float(length * (along - direction @ anchor))


def _distance(w: np.ndarray, b: float, anchor: np.ndarray) -> float:
    return float(distance_from_line(anchor[None], w, b)[0])
