"""From where a surface is looked at: where its parts lie on the picture, in which order they are painted, what is hidden.

All rays are parallel: edges that are equally long in the box are so on the picture, and sizes do not change by turning.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.geometry.relief import HEIGHT, Corners, Relief

_SLACK = 2e-3
"""Parts of the box's side by which a place may lie under a surface and still lie on it."""
_SAMPLES = 400
"""Places along a ray at which it may meet the surface."""


@dataclass(frozen=True)
class Aspect:
    """``turn`` degrees to the left about the vertical, as seen from above; ``tilt`` degrees above the horizon.

    From 90 degrees above, and not turned, the picture is the map.
    """

    turn: float
    tilt: float

    @property
    def away(self) -> tuple[float, float]:
        """The direction (2,) of the floor that leads away from who looks."""
        turn = math.radians(self.turn)
        return math.sin(turn), math.cos(turn)

    @property
    def rise(self) -> tuple[float, float]:
        """By how much a way of 1 goes up on the picture: along the floor, away from who looks, and upright."""
        tilt = math.radians(self.tilt)
        return math.sin(tilt), math.cos(tilt)

    def on_picture(self, places: np.ndarray) -> np.ndarray:
        """Places (..., 3) of the box as places (..., 2) of the picture, to the right and up."""
        (sine, cosine), (along, upright) = self.away, self.rise
        matrix = np.array([[cosine, sine * along], [-sine, cosine * along], [0.0, upright]])
        return places @ matrix

    def nearness(self, places: np.ndarray) -> np.ndarray:
        """How near to who looks places (..., 3) of the box are, (...)."""
        (sine, cosine), (along, upright) = self.away, self.rise
        return places @ np.array([-sine * upright, -cosine * upright, along])

    def order(self, cells: np.ndarray) -> np.ndarray:
        """In which order cells (F, 2), given by row and column, are painted, (F,), so that what is nearer comes later.

        A ray goes along one direction over the floor, so that no cell lies behind another that is farther by rows and by
        columns. Nearer ones are therefore those further down this order, whatever their heights are.
        """
        across, along = self.away
        rows, columns = (cells[:, 0] * (-1 if along > 0 else 1)), (cells[:, 1] * (-1 if across > 0 else 1))
        return np.lexsort((columns, rows))

    def hidden(self, shown: Relief, places: np.ndarray) -> np.ndarray:
        """Which places (K, 3) of the box lie behind the surface, (K,); nan is hidden by nothing.

        The ray from a place to who looks is held against the surface where it crosses the lines of the grid that go most
        across its way: there the faces' edges are as they are drawn. A ray goes on by as much along a line, and as much
        upwards, from each line to the next: so what is told of lines and what is told of places is only added. It is on
        one side of the surface first, above it or, before a wall seen from without, below: once it is on the other side,
        it has gone through.
        """
        (sine, cosine), (along, upright) = self.away, self.rise
        if upright < 1e-9 or not len(places):
            return np.zeros(len(places), dtype=bool)
        by_rows = abs(cosine) >= abs(sine)
        middle = (np.array(shown.low) + np.array(shown.high)) / 2
        x, y = (shown.x - middle[0]) / shown.side, (shown.y - middle[1]) / shown.side
        lines, others, heights = (y, x, shown.heights) if by_rows else (x, y, shown.heights.T)
        main, side = (places[:, 1], places[:, 0]) if by_rows else (places[:, 0], places[:, 1])
        toward, aside = (-cosine, -sine) if by_rows else (-sine, -cosine)
        gain, step = along / upright / toward, others[1] - others[0]
        up = ((heights - shown.floor) / (shown.ceiling - shown.floor) - 0.5) * HEIGHT - gain * lines[:, None]
        highest, lowest = (sign * HEIGHT / 2 - gain * lines for sign in (1, -1))
        slant = aside / toward / step
        steps = ((side - main * slant * step - others[0]) / step)[:, None] + (lines * slant)[None, :]
        with np.errstate(invalid="ignore"):
            is_ahead = (steps >= 0) & (steps <= len(others) - 1) & (np.sign(toward) * (lines - main[:, None]) > 1e-9)
        # A place for each pair that is to be looked at, since most rays soon leave the surface.
        ray, line = np.nonzero(is_ahead)
        steps = steps[ray, line]
        left = np.minimum(steps.astype(int), len(others) - 2)
        first = line * len(others) + left
        flat, foot = up.ravel(), (places[:, 2] - gain * main)[ray]
        found = flat[first] + (steps - left) * (flat[first + 1] - flat[first])
        over = found - foot
        with np.errstate(invalid="ignore"):
            apart = np.flatnonzero(np.abs(over) > _SLACK)
        ray, line, over, found, foot = (one[apart] for one in (ray, line, over, found, foot))
        sides, side_first = np.sign(over), np.zeros(len(places))
        # The nearest line says on which side it begins: of several the one that is written last remains.
        near_last = slice(None, None, -1 if toward > 0 else 1)
        side_first[ray[near_last]] = sides[near_last]
        height = np.where(over > 0, found, foot)
        is_drawn = (height <= highest[line]) & (height >= lowest[line])
        hidden = np.zeros(len(places), dtype=bool)
        hidden[ray[(sides != side_first[ray]) & is_drawn]] = True
        return hidden

    def met(self, shown: Relief, place: tuple[float, float]) -> tuple[float, float] | None:
        """The place (x, y) of the plane at which the surface is seen at a place of the picture; None where it is not."""
        (sine, cosine), (along, upright) = self.away, self.rise
        reach = math.hypot(*shown.reach)
        # From who looks on, so that the first place met is the one that is seen.
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


def from_below(outlines: np.ndarray) -> np.ndarray:
    """Which faces, with outlines at (F, 4, 2) of the picture, show their underside, (F,)."""
    one, other = outlines[:, 2] - outlines[:, 0], outlines[:, 3] - outlines[:, 1]
    return one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0] < 0


def folded(outlines: np.ndarray) -> np.ndarray:
    """Which faces, with four corners each at (F, 4, 2) of the picture, go in at a corner or cross themselves, (F,)."""
    sides = np.roll(outlines, -1, axis=1) - outlines
    after = np.roll(sides, -1, axis=1)
    turns = sides[..., 0] * after[..., 1] - sides[..., 1] * after[..., 0]
    return (turns.min(axis=1) < 0) & (turns.max(axis=1) > 0)


def unfolded(corners: Corners, away: np.ndarray) -> tuple[Corners, Corners]:
    """A face of four corners as two triangles, the farther one first; ``away`` (4,) says how far off, over the floor,
    its corners are.
    """
    one, two, three, four = corners
    halves = (one, two, three), (three, four, one)
    return halves if away[1] >= away[3] else (halves[1], halves[0])
