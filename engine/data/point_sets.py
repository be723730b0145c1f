"""Small sets of labelled points (x1, x2, label), chosen by hand so that texts can refer to single points."""

from __future__ import annotations

SEPARABLE = (
    (-1.2, -0.6, 0), (-1.6, 0.9, 0), (-0.9, 0.4, 0), (-0.4, -1.3, 0), (-0.3, 0.5, 0), (0.1, -0.6, 0),
    (0.4, 0.9, 1), (0.5, -0.2, 1), (0.9, 0.7, 1), (1.1, -0.7, 1), (1.4, 0.3, 1), (0.0, 1.5, 1),
)  # fmt: skip
"""Six points of each of two classes, which a line separates with a small gap."""

NOISY = (
    (-1.5, 0.2, 0), (-1.1, -1.2, 0), (-0.9, 0.9, 0), (-0.7, -0.3, 0), (-0.5, -1.6, 0), (-0.2, 0.4, 0),
    (0.2, -0.9, 0), (0.9, 1.1, 0), (1.5, 0.1, 1), (1.2, -0.9, 1), (1.0, 0.4, 1), (0.7, 1.7, 1),
    (0.5, -0.4, 1), (0.2, 1.2, 1), (-0.1, -0.3, 1), (-1.2, -0.2, 1),
)  # fmt: skip
"""Two groups of points with outliers on either side: no line classifies more than 13 of the 16 correctly."""

AND = ((0.0, 0.0, 0), (0.0, 1.0, 0), (1.0, 0.0, 0), (1.0, 1.0, 1))
"""The truth table of AND."""

XOR = ((0.0, 0.0, 0), (0.0, 1.0, 1), (1.0, 0.0, 1), (1.0, 1.0, 0))
"""The truth table of XOR."""
