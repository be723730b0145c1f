"""Digits in plain handwriting as strokes; x to the right and y downwards, from 0 to 1."""

from __future__ import annotations

import math

from engine.data.strokes import Stroke


def _arc(x: float, y: float, across: float, down: float, begin: float, end: float) -> Stroke:
    """An arc of an ellipse around (x, y) with the half axes ``across`` and ``down``. Angles are in degrees, 0 to the
    right and clockwise.
    """
    count = max(6, round(abs(end - begin) / 12))
    angles = (math.radians(begin + (end - begin) * step / count) for step in range(count + 1))
    return tuple((round(x + across * math.cos(a), 3), round(y + down * math.sin(a), 3)) for a in angles)


PLAIN: tuple[tuple[Stroke, ...], ...] = (
    (_arc(0.5, 0.5, 0.19, 0.3, -90, 270),),
    (((0.42, 0.28), (0.52, 0.18), (0.52, 0.82)),),
    ((*_arc(0.5, 0.35, 0.18, 0.17, 190, 380), (0.34, 0.8), (0.7, 0.8)),),
    ((*_arc(0.47, 0.34, 0.17, 0.15, 200, 450), *_arc(0.47, 0.65, 0.2, 0.17, -90, 150)),),
    (((0.36, 0.2), (0.3, 0.54), (0.72, 0.54)), ((0.62, 0.2), (0.6, 0.84))),
    (((0.66, 0.2), (0.38, 0.2), (0.36, 0.46), *_arc(0.48, 0.62, 0.18, 0.18, -130, 140)),),
    (((0.6, 0.18), (0.46, 0.32), (0.37, 0.5), *_arc(0.5, 0.65, 0.15, 0.17, 190, -170)),),
    (((0.3, 0.22), (0.7, 0.22), (0.44, 0.82)),),
    (_arc(0.5, 0.34, 0.14, 0.15, 90, -270), _arc(0.5, 0.66, 0.17, 0.17, -90, 270)),
    ((*_arc(0.5, 0.36, 0.16, 0.16, 0, -360), (0.66, 0.36), (0.64, 0.6), (0.58, 0.82)),),
)
"""The strokes of each digit, 0 to 9."""

OPEN_FOUR: tuple[Stroke, ...] = (
    ((0.46, 0.22), (0.38, 0.36), (0.4, 0.46), (0.6, 0.46)),
    ((0.63, 0.22), (0.6, 0.46), (0.57, 0.82)),
)
"""A 4 with a small gap at its top."""

LID: Stroke = ((0.46, 0.22), (0.53, 0.19), (0.63, 0.22))
"""The stroke that closes the gap at the top of ``OPEN_FOUR``."""

CROSS: tuple[Stroke, ...] = (((0.3, 0.3), (0.7, 0.7)), ((0.7, 0.3), (0.3, 0.7)))
"""A cross, which is not a digit."""
