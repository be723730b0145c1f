"""Handles: points of the main picture that are dragged by mouse or arrow keys to change parameters."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.contract.fields.base import Ranged
from engine.contract.numerals import tidy
from engine.contract.params import Params, field_of
from engine.contract.text import EMPTY, Text, title_of

Position = tuple[float, float]
DRAG_ME = Text("drag")
BAR_HALF = 0.31
"""Half the width of a bar; neighbouring bars are 1 apart."""
_CELL_HALF = 0.4
"""Half the side of the area in a cell's centre where it can be dragged; the margin separates it from its neighbours."""
_PULL = Text("{name}: pull up or down")


@dataclass(frozen=True)
class Handle:
    """A handle at ``place`` in plot coordinates; an arrow key moves it by ``step``, with Shift by ten times that.

    ``hint`` is a direction in which dragging is worthwhile: until the handle is used, it shows an arrow in that
    direction and the text ``invitation``; no arrow for (0, 0). ``label`` names the handle, and after a colon says what
    can be done with it. A ``quiet`` handle lies on something that is drawn already, such as a data point, and shows
    only a halo while it is hovered over or focused. A handle at the tip of an arrow names the arrow's ``foot``: while
    the tip is out of sight, the handle lies where the arrow leaves the plot. ``body`` are two opposite corners of an
    area that can be dragged as well, such as the bar whose end the handle is, or the two ends of the line along which
    it moves. The body of a ``framing`` handle surrounds other handles: it can be dragged by its edge, and inside
    wherever no other handle is. A handle that ``stays`` does not follow the drag, as in a cell whose number is changed
    by dragging up and down: distances count from where the drag began. ``by_keys`` tells a screen reader what other
    keys do with the handle.
    """

    id: str
    place: Position
    step: float
    label: Text
    hint: Position = (1.0, 1.0)
    quiet: bool = False
    invitation: Text = DRAG_ME
    foot: Position | None = None
    body: tuple[Position, Position] | None = None
    stays: bool = False
    framing: bool = False
    by_keys: Text = EMPTY

    @property
    def name(self) -> Text:
        """The part of the label that names the handle, without how it can be dragged."""
        return title_of(self.label)


def bar_body(x: float, value: float) -> tuple[Position, Position]:
    """The draggable area (``body``) of the handle at the end of a bar that stands at ``x`` and goes from 0 to
    ``value``.
    """
    return (x - BAR_HALF, 0.0), (x + BAR_HALF, value)


@dataclass(frozen=True)
class Slide(Handle):
    """A handle that changes one number, real or integer: the parameter ``field``, or its element at ``index``; (row,
    column) in a matrix.

    When the handle moves by (dx, dy), the number changes by dx · ``along``[0] + dy · ``along``[1], is rounded to
    ``decimals`` and kept in the field's range, and also in the range ``within`` if that is narrower.
    """

    field: str = ""
    along: Position = (1.0, 0.0)
    index: int | tuple[int, int] | None = None
    decimals: int = 2
    within: tuple[float, float] | None = None

    def moved_to(self, place: Position, params: Params) -> Mapping[str, object]:
        """The parameter change that moves the handle to ``place``, or as near as the number's range allows."""
        way = sum(part * (float(there) - here) for part, there, here in zip(self.along, place, self.place, strict=True))
        return self.set_to(self.number(params) + way, params)

    def set_to(self, number: float, params: Params) -> Mapping[str, object]:
        """The parameter change that sets the controlled value to ``number``, or to the nearest value in its range."""
        low, high = self.range_in(params)
        moved: float | int = tidy(number, low, high, self.decimals)
        if isinstance(self.number(params), int):
            moved = round(moved)
        return {self.field: _with(getattr(params, self.field), self._places, moved)}

    def number(self, params: Params) -> float:
        """The current value of the parameter, or of its element, that the handle controls."""
        number: Any = getattr(params, self.field)
        for one in self._places:
            number = number[one]
        found: float = number
        return found

    def range_in(self, params: Params) -> tuple[float, float]:
        """The minimum and the maximum of the number; TypeError if its field has no range."""
        declared = field_of(type(params), self.field)
        if not isinstance(declared, Ranged):
            raise TypeError(f"{self.field} has no range in which a handle could move it")
        if self.within is None:
            return declared.minimum, declared.maximum
        return max(declared.minimum, self.within[0]), min(declared.maximum, self.within[1])

    @property
    def _places(self) -> tuple[int, ...]:
        """The indices of the number in the field's value, one for each level of nested tuples; () if the value is the
        number.
        """
        return () if self.index is None else self.index if isinstance(self.index, tuple) else (self.index,)


def pulled_cell(
    handle_id: str,
    middle: Position,
    name: Text | str,
    field: str,
    index: tuple[int, int] | None = None,
    *,
    step: float,
    decimals: int,
    by: float = 1.0,
) -> Slide:
    """Makes a handle for a number in a cell: dragging up increases it, dragging down decreases it.

    The handle lies in the ``middle`` of a cell with sides of 1. The number, at ``index`` of ``field``, changes by
    ``by`` when it is dragged by the height of the cell.
    """
    x, y = middle
    return Slide(
        handle_id, middle, step, _PULL(name=name), quiet=True, stays=True, field=field, index=index, along=(0.0, by),
        decimals=decimals, body=((x - _CELL_HALF, y - _CELL_HALF), (x + _CELL_HALF, y + _CELL_HALF)),
    )  # fmt: skip


def _with(value: Any, places: tuple[int, ...], number: float) -> Any:
    """A copy of the nested tuples ``value`` with ``number`` at the position ``places``, one index for each level."""
    if not places:
        return number
    place, *deeper = places
    return (*value[:place], _with(value[place], tuple(deeper), number), *value[place + 1 :])


@dataclass(frozen=True)
class ProbePoint:
    """A point (``x``, ``y``) in plot coordinates; ``part`` names the sub-plot if the main picture has several.

    A bar is centred on an integer x; a cell (row, column) extends from those integers to the next ones.
    """

    x: float
    y: float
    part: str = ""

    @property
    def bar(self) -> int:
        """The index of the bar nearest to this point."""
        return round(self.x)

    @property
    def row(self) -> int:
        """The index of the row of cells in which this point lies."""
        return math.floor(self.y)

    @property
    def column(self) -> int:
        """The index of the column of cells in which this point lies."""
        return math.floor(self.x)

    def cell(self, array: np.ndarray) -> Any:
        """The element of ``array`` (rows, columns, …) for the cell at this point; None if the point lies outside the
        array.
        """
        rows, columns = array.shape[:2]
        inside = 0 <= self.row < rows and 0 <= self.column < columns
        return array[self.row, self.column] if inside else None
