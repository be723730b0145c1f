"""The projection of a surface in a box to a 2D image: coordinates, painting order, and hidden parts.

It is a parallel projection: edges of equal length and direction have equal lengths in the image.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.geometry.relief import HEIGHT, Corners, Relief

_SLACK = 2e-3
"""The tolerance, as a share of the box's longer side, within which a point below the surface counts as lying on it."""
_SAMPLES = 400
"""The number of points along a ray at which it is tested for crossing the surface."""


@dataclass(frozen=True)
class Aspect:
    """The direction of view on a surface: turned by ``turn`` degrees to the left about the vertical axis, as seen from
    above, and from ``tilt`` degrees above the horizon.

    Seen from 90 degrees above without a turn, the image is the map.
    """

    turn: float
    tilt: float

    @property
    def away(self) -> tuple[float, float]:
        """The direction (2,) on the floor that leads away from the viewer."""
        turn = math.radians(self.turn)
        return math.sin(turn), math.cos(turn)

    @property
    def rise(self) -> tuple[float, float]:
        """The heights in the image of two lengths of 1 in the box: one along the floor away from the viewer, and a
        vertical one.
        """
        tilt = math.radians(self.tilt)
        return math.sin(tilt), math.cos(tilt)

    def on_picture(self, places: np.ndarray) -> np.ndarray:
        """Projects points (..., 3) of the box to image coordinates (..., 2), to the right and up."""
        (sine, cosine), (along, upright) = self.away, self.rise
        matrix = np.array([[cosine, sine * along], [-sine, cosine * along], [0.0, upright]])
        return places @ matrix

    def nearness(self, places: np.ndarray) -> np.ndarray:
        """The nearness (...) of points (..., 3) of the box to the viewer: larger values are nearer."""
        (sine, cosine), (along, upright) = self.away, self.rise
        return places @ np.array([-sine * upright, -cosine * upright, along])

    def ranks(self, cells: np.ndarray) -> np.ndarray:
        """The painting order (F,) of cells (F, 2), given by row and column: cells of higher rank are painted after
        lower ones.

        Seen from above, all lines of sight are parallel. So a cell that hides another one is nearer by rows, by columns
        or by both, and farther by neither, which gives it a higher rank, whatever the heights are. Cells of equal rank
        do not hide each other.
        """
        across, along = self.away
        return cells[:, 0] * (-1 if along > 0 else 1) + cells[:, 1] * (-1 if across > 0 else 1)

    def hidden(self, shown: Relief, places: np.ndarray) -> np.ndarray:
        """A boolean array (K,): whether each of the points (K, 3) of the box lies behind the surface; False for nan.

        The ray from a point to the viewer is compared with the surface at each crossing with the grid lines that are
        most perpendicular to it, until it leaves the box: there the edges of cells are exact. The ray starts on one
        side of the surface: above it or, in front of a wall seen from outside, below. Where it changes sides, and the
        surface is drawn there, it goes through the surface.
        """
        (sine, cosine), (along, upright) = self.away, self.rise
        known = np.isfinite(places).all(axis=1)
        if upright < 1e-9 or not known.any():
            return np.zeros(len(places), dtype=bool)
        places = np.where(known[:, None], places, 0.0)
        by_rows = abs(cosine) >= abs(sine)
        middle = (np.array(shown.low) + np.array(shown.high)) / 2
        x, y = (shown.x - middle[0]) / shown.side, (shown.y - middle[1]) / shown.side
        lines, others = (y, x) if by_rows else (x, y)
        main, side = (places[:, 1], places[:, 0]) if by_rows else (places[:, 0], places[:, 1])
        toward, aside = (-cosine, -sine) if by_rows else (-sine, -cosine)
        is_turned = toward > 0
        if is_turned:
            # The grid lines are put in the order in which rays cross them, in any direction.
            lines, main, toward = -lines[::-1], -main, -toward
        # From one line to the next a ray goes so far along them, in cells, and so far up.
        between, cell = lines[1] - lines[0], others[1] - others[0]
        slant, gain = aside / -toward * between / cell, along / upright / -toward * between
        count = min(len(lines), math.ceil(HEIGHT / gain) + 2) if gain > 0 else len(lines)
        up = _with_nothing_around(shown, by_rows, is_turned)
        from_first = (main - lines[0]) / between
        ahead = np.ceil(from_first - 1e-9) - 1  # the first line, and how many lines it is away
        away = (from_first - ahead).astype(np.float32)[:, None] + np.arange(count, dtype=np.float32)
        ray = places[:, 2].astype(np.float32)[:, None] + np.float32(gain) * away
        steps = ((side - others[0]) / cell + 1).astype(np.float32)[:, None] + np.float32(slant) * away
        steps = np.minimum(np.maximum(steps, 0), len(others) + 1)
        left = steps.astype(np.int32)
        steps -= left
        rows = np.clip(ahead, -1, len(lines) - 1).astype(np.int32) + len(lines)
        left += (rows[:, None] - np.arange(count, dtype=np.int32)) * up.shape[1]
        found = up.take(left)
        found += steps * (up.take(left + 1) - found)
        over = found - ray
        with np.errstate(invalid="ignore"):
            is_over = over > 0
            # Where it begins it lies on the surface: only from the first line on which it is off is a side a side.
            first = (np.abs(over) > _SLACK).argmax(axis=1)
        changes = is_over[:, 1:] != is_over[:, :-1]
        changes &= np.isfinite(over[:, 1:] + over[:, :-1])
        changes &= np.arange(count - 1) >= first[:, None]
        crossing, line = np.nonzero(changes)
        one, other = over[crossing, line], over[crossing, line + 1]
        at = ray[crossing, line] + gain * one / (one - other)
        hidden = np.zeros(len(places), dtype=bool)
        hidden[crossing[np.abs(at) <= HEIGHT / 2]] = True
        return hidden & known

    def met(self, shown: Relief, place: tuple[float, float]) -> tuple[float, float] | None:
        """The coordinates (x, y) in the plane of the surface point that is seen at a point of the image; None if no
        surface is seen there.
        """
        (sine, cosine), (along, upright) = self.away, self.rise
        reach = math.hypot(*shown.reach)
        # Beginning at the viewer, so that the first point met is the one that is seen.
        ways = np.linspace(-reach, reach, _SAMPLES)
        floor = np.stack([place[0] * cosine + ways * sine, -place[0] * sine + ways * cosine], axis=1)
        heights = shown.height_at(shown.from_box(floor))
        up = ((heights - shown.floor) / (shown.ceiling - shown.floor) - 0.5) * HEIGHT
        over = ways * along + up * upright - place[1]
        with np.errstate(invalid="ignore"):
            crossing = np.flatnonzero((over[:-1] <= 0) != (over[1:] <= 0))
        crossing = crossing[np.isfinite(over[crossing] + over[crossing + 1])]
        if not len(crossing):
            return None
        first = int(crossing[0])
        share = float(over[first] / (over[first] - over[first + 1]))
        x, y = shown.from_box(floor[first] + share * (floor[first + 1] - floor[first])).tolist()
        return x, y


@lru_cache(maxsize=16)
def _with_nothing_around(shown: Relief, by_rows: bool, is_turned: bool) -> np.ndarray:
    """The heights in the box along the grid lines, in the order in which rays cross them, padded with nan: by as many
    lines as a ray can run beyond the grid, and by one cell at the sides.
    """
    heights = shown.heights if by_rows else shown.heights.T
    heights = heights[::-1] if is_turned else heights
    lines, others = heights.shape
    up = np.full((2 * lines, others + 3), np.nan, dtype=np.float32)
    with np.errstate(over="ignore"):
        up[lines:, 1:-2] = ((heights - shown.floor) / (shown.ceiling - shown.floor) - 0.5) * HEIGHT
    return up


def corner_turns(outlines: np.ndarray) -> np.ndarray:
    """The turns (F, 4) of projected quadrilaterals at their corners (F, 4, 2), as cross products of the two edges:
    positive to the left.

    If a quadrilateral's sum is negative, the underside of its cell is seen. If both signs occur, it is concave or
    crosses itself.
    """
    x, y = outlines[..., 0], outlines[..., 1]
    after, before = [1, 2, 3, 0], [3, 0, 1, 2]
    turns: np.ndarray = (x - x[:, before]) * (y[:, after] - y) - (y - y[:, before]) * (x[:, after] - x)
    return turns


def unfolded(corners: Corners, away: np.ndarray) -> tuple[Corners, Corners]:
    """Splits a quadrilateral into two triangles, the farther one first; ``away`` (4,) are the distances of its corners
    from the viewer, along the floor.
    """
    one, two, three, four = corners
    halves = (one, two, three), (three, four, one)
    return halves if away[1] >= away[3] else (halves[1], halves[0])
