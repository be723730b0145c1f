"""The eraser for drawings: strokes that it touches are cut at its edge, and may fall into pieces."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from engine.data.strokes import Stroke

_FINE = 0.01
"""The distance of the points with which a touched stroke is resampled, as a share of the drawing's side."""


def rubbed(strokes: tuple[Stroke, ...], place: tuple[float, float], reach: float) -> tuple[Stroke, ...]:
    """The strokes without their parts within ``reach`` of the eraser's centre ``place``; coordinates are from 0 to
    1.
    """
    left: list[Stroke] = []
    for stroke in strokes:
        left += [stroke] if _distance(stroke, place) > reach else _pieces(stroke, place, reach)
    return tuple(left)


def _pieces(stroke: Stroke, place: tuple[float, float], reach: float) -> list[Stroke]:
    """The remaining pieces of a stroke. A piece of a single point is dropped, since it would be drawn as a dot."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for here in _fine(stroke, place, reach):
        if np.hypot(here[0] - place[0], here[1] - place[1]) > reach:
            pieces[-1].append(here)
        elif pieces[-1]:
            pieces.append([])
    return [tuple(piece) for piece in pieces if len(piece) > 1]


def _fine(stroke: Stroke, place: tuple[float, float], reach: float) -> list[tuple[float, float]]:
    """The points of a stroke, with further points inserted near the eraser so that it is cut precisely."""
    places = [stroke[0]]
    for start, end in pairwise(stroke):
        if _distance((start, end), place) <= reach:
            count = int(np.hypot(end[0] - start[0], end[1] - start[1]) / _FINE)
            between = np.linspace(start, end, count + 2)[1:-1]
            places += [tuple(part) for part in between.round(3).tolist()]
        places.append(end)
    return places


def _distance(stroke: Stroke, place: tuple[float, float]) -> float:
    """The distance from a point ``place`` to a stroke."""
    corners = np.array(stroke if len(stroke) > 1 else stroke * 2)
    starts, along = corners[:-1], np.diff(corners, axis=0)
    squared = np.maximum((along**2).sum(axis=1), 1e-12)
    part = np.clip(((place - starts) * along).sum(axis=1) / squared, 0, 1)
    return float(np.hypot(*(starts + part[:, None] * along - place).T).min())
