"""Ink on paper: strokes of a soft round brush as a picture."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np

Stroke = tuple[tuple[float, float], ...]

CANVAS = 112
"""Pixels along each side of the paper: four for each pixel of an MNIST picture."""


def ink(strokes: tuple[Stroke, ...], brush: float, side: int = CANVAS) -> np.ndarray:
    """Strokes as a picture (``side``, ``side``) of ink from 0 to 1, rows downwards.

    Places are from 0 to 1; ``brush`` is the stroke's width as a part of the side. Where strokes cross, the darker
    counts: a brush cannot blacken paper twice.
    """
    picture = np.zeros((side, side))
    for stroke in strokes:
        np.maximum(picture, _one_stroke(stroke, brush, side), out=picture)
    return picture


_latest: dict[tuple[float, int], tuple[Stroke, np.ndarray]] = {}


@lru_cache(maxsize=128)
def _one_stroke(stroke: Stroke, brush: float, side: int) -> np.ndarray:
    # While a stroke is drawn it comes again and again, a little longer each time: only what is new is added.
    known, before = _latest.get((brush, side), ((), None))
    count = len(known)
    if before is not None and count < len(stroke) and stroke[:count] == known:
        picture, places = before.copy(), stroke[count - 1 :]
    else:
        picture, places = np.zeros((side, side)), stroke if len(stroke) > 1 else stroke * 2
    for start, end in pairwise(np.array(places) * side):
        _add_piece(picture, start, end, brush * side / 2)
    picture.setflags(write=False)
    _latest[brush, side] = stroke, picture
    if len(_latest) > 8:
        del _latest[next(iter(_latest))]
    return picture


def _add_piece(picture: np.ndarray, start: np.ndarray, end: np.ndarray, radius: float) -> None:
    """Ink along a straight piece: full up to 0.6 of the radius, none from 1.4 on, whatever is darker staying."""
    reach, side = 1.4 * radius + 1, len(picture)
    left, top = np.maximum(np.floor(np.minimum(start, end) - reach).astype(int), 0)
    right, bottom = np.minimum(np.ceil(np.maximum(start, end) + reach).astype(int), side)
    x, y = np.arange(left, right) + 0.5, (np.arange(top, bottom) + 0.5)[:, None]
    part = picture[top:bottom, left:right]
    np.maximum(part, np.clip((1.4 * radius - _distance(x, y, start, end)) / (0.8 * radius), 0, 1), out=part)


def _distance(x: np.ndarray, y: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """How far every pixel is from the straight piece between two places."""
    along_x, along_y = end - start
    squared = along_x * along_x + along_y * along_y
    part = np.clip(((x - start[0]) * along_x + (y - start[1]) * along_y) / squared, 0, 1) if squared else 0.0
    return np.hypot(x - start[0] - part * along_x, y - start[1] - part * along_y)
