"""Draws strokes of a soft round brush as an image."""

from __future__ import annotations

from collections.abc import Generator
from itertools import pairwise

import numpy as np

from engine.contract.protocol import Progress
from engine.contract.text import Text

Stroke = tuple[tuple[float, float], ...]

CANVAS = 112
"""The number of pixels along each side of the drawing: four for each pixel of an MNIST image."""


_INKING = Text("Inking the drawing")
_KEPT = 128  # more than the strokes of one drawing
_PIECES_AT_ONCE = 64

Inking = Generator[Progress, None, np.ndarray]


def ink(strokes: tuple[Stroke, ...], brush: float, side: int = CANVAS) -> np.ndarray:
    """Draws strokes like ``inking``, but at once and without progress; returns the image."""
    work = inking(strokes, brush, side)
    while True:
        try:
            next(work)
        except StopIteration as done:
            return done.value


def inking(strokes: tuple[Stroke, ...], brush: float, side: int = CANVAS) -> Inking:
    """A generator that draws strokes as an image (``side``, ``side``) from 0 (paper) to 1 (ink), rows downwards; yields
    progress if that takes long, and returns the image.

    Coordinates are from 0 to 1; ``brush`` is the stroke's width as a share of the side. Where strokes cross, the darker
    value counts.
    """
    picture = np.zeros((side, side))
    for stroke in strokes:
        one = yield from _one_stroke(stroke, brush, side)
        np.maximum(picture, one, out=picture)
    return picture


_latest: dict[tuple[float, int], tuple[Stroke, np.ndarray]] = {}
_known: dict[tuple[Stroke, float, int], np.ndarray] = {}


def _one_stroke(stroke: Stroke, brush: float, side: int) -> Inking:
    if (stroke, brush, side) in _known:
        return _known[stroke, brush, side]
    # While a stroke is being drawn, it arrives again and again, a little longer each time: only the new part is drawn.
    known, before = _latest.get((brush, side), ((), None))
    count = len(known)
    if before is not None and count < len(stroke) and stroke[:count] == known:
        picture, places = before.copy(), stroke[count - 1 :]
    else:
        picture, places = np.zeros((side, side)), stroke if len(stroke) > 1 else stroke * 2
    for number, (start, end) in enumerate(pairwise(np.array(places) * side), start=1):
        _add_piece(picture, start, end, brush * side / 2)
        if number % _PIECES_AT_ONCE == 0:
            yield Progress(_INKING, number / len(places))
    picture.setflags(write=False)
    _known[stroke, brush, side] = picture
    if len(_known) > _KEPT:
        del _known[next(iter(_known))]
    _latest[brush, side] = stroke, picture
    if len(_latest) > 8:
        del _latest[next(iter(_latest))]
    return picture


def _add_piece(picture: np.ndarray, start: np.ndarray, end: np.ndarray, radius: float) -> None:
    """Draws a straight segment into an image: 1 (ink) up to 0.6 of the radius, 0 from 1.4 on; pixels that are darker
    already are kept.
    """
    reach, side = 1.4 * radius + 1, len(picture)
    left, top = np.maximum(np.floor(np.minimum(start, end) - reach).astype(int), 0)
    right, bottom = np.minimum(np.ceil(np.maximum(start, end) + reach).astype(int), side)
    x, y = np.arange(left, right) + 0.5, (np.arange(top, bottom) + 0.5)[:, None]
    part = picture[top:bottom, left:right]
    np.maximum(part, np.clip((1.4 * radius - _distance(x, y, start, end)) / (0.8 * radius), 0, 1), out=part)


def _distance(x: np.ndarray, y: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """The distance of every pixel from the line segment between two points."""
    along_x, along_y = end - start
    squared = along_x * along_x + along_y * along_y
    part = np.clip(((x - start[0]) * along_x + (y - start[1]) * along_y) / squared, 0, 1) if squared else 0.0
    return np.hypot(x - start[0] - part * along_x, y - start[1] - part * along_y)
