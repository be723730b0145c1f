"""Something on the stage that can be dragged, by pointer or by keys; dragging it means changing parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.contract.fields.base import Ranged
from engine.contract.params import Params, field_of
from engine.contract.text.numerals import tidy
from engine.contract.text.text import EMPTY, Text, title_of

Place = tuple[float, float]
DRAG_ME = Text("drag")
BAR_HALF = 0.31
"""Half the width of a bar, where bars stand 1 apart."""
_CELL_HALF = 0.4
"""Half the side of what can be gripped of a cell: what is left lies between it and the next one."""
_PULL = Text("{name}: pull up or down")


@dataclass(frozen=True)
class Handle:
    """A handle at ``place`` in plot coordinates; an arrow key moves it by ``step``, with Shift by ten times that.

    ``hint`` is a direction in which dragging it shows something; an untouched handle invites that way, with the words
    of ``invitation``, and at (0, 0) without an arrow. ``label`` names it, and after a colon says what can be done with
    it. A ``quiet`` handle lies on something that is drawn already, such as a data point, and shows only a halo while it
    is meant. A handle at the tip of an arrow names the arrow's ``foot``: where the tip is out of sight, it lies where
    the arrow leaves the plot.
    ``body`` are two corners of what can be gripped as well as the handle, such as the bar whose end it is, or the line
    along which it goes. That of a ``framing`` one is a frame around other handles: it grips at its edge like a ring,
    and within it wherever no ring is. A handle that ``stays`` does not go with what it moves, as a cell whose number is
    pulled up and down: a drag then counts from where it began. ``by_keys`` says, for who hears it, what keys do with it
    beside moving it.
    """

    id: str
    place: Place
    step: float
    label: Text
    hint: Place = (1.0, 1.0)
    quiet: bool = False
    invitation: Text = DRAG_ME
    foot: Place | None = None
    body: tuple[Place, Place] | None = None
    stays: bool = False
    framing: bool = False
    by_keys: Text = EMPTY

    @property
    def name(self) -> Text:
        """What it is called, without what can be done with it."""
        return title_of(self.label)


def bar_body(x: float, value: float) -> tuple[Place, Place]:
    """The body of the handle at the end of a bar that stands at ``x`` and goes from 0 to ``value``."""
    return (x - BAR_HALF, 0.0), (x + BAR_HALF, value)


@dataclass(frozen=True)
class Slide(Handle):
    """A handle that moves one number, a real or a whole one: ``field``, or the one at ``index`` of a field of several,
    (row, column) in that of a matrix.

    Where the handle goes by (dx, dy), the number goes by dx · ``along``[0] + dy · ``along``[1], is rounded to
    ``decimals`` and kept in the field's range, and in that of ``within`` where it is narrower.
    """

    field: str = ""
    along: Place = (1.0, 0.0)
    index: int | tuple[int, int] | None = None
    decimals: int = 2
    within: tuple[float, float] | None = None

    def moved_to(self, place: Place, params: Params) -> Mapping[str, object]:
        """The parameter change that brings the handle to ``place``, or as near as is allowed."""
        way = sum(part * (float(there) - here) for part, there, here in zip(self.along, place, self.place, strict=True))
        return self.set_to(self.number(params) + way, params)

    def set_to(self, number: float, params: Params) -> Mapping[str, object]:
        """The parameter change that gives the number this value, or as near as is allowed."""
        low, high = self.range_in(params)
        moved: float | int = tidy(number, low, high, self.decimals)
        if isinstance(self.number(params), int):
            moved = round(moved)
        return {self.field: _with(getattr(params, self.field), self._places, moved)}

    def number(self, params: Params) -> float:
        """The number as it is."""
        number: Any = getattr(params, self.field)
        for one in self._places:
            number = number[one]
        found: float = number
        return found

    def range_in(self, params: Params) -> tuple[float, float]:
        """The least and the greatest that the number may be; TypeError where its field has no range."""
        declared = field_of(type(params), self.field)
        if not isinstance(declared, Ranged):
            raise TypeError(f"{self.field} has no range in which a handle could move it")
        if self.within is None:
            return declared.minimum, declared.maximum
        return max(declared.minimum, self.within[0]), min(declared.maximum, self.within[1])

    @property
    def _places(self) -> tuple[int, ...]:
        """Where the number stands in the field's value, one for each depth of it."""
        return () if self.index is None else self.index if isinstance(self.index, tuple) else (self.index,)


def pulled_cell(
    handle_id: str,
    middle: Place,
    name: Text | str,
    field: str,
    index: tuple[int, int] | None = None,
    *,
    step: float,
    decimals: int,
    by: float = 1.0,
) -> Slide:
    """The handle of a number that stands in a cell: pulled up it grows, pulled down it shrinks.

    It lies in the ``middle`` of a cell whose sides are 1. The number, at ``index`` of ``field``, changes ``by`` so much
    where it is pulled by the height of the cell.
    """
    x, y = middle
    return Slide(
        handle_id, middle, step, _PULL(name=name), quiet=True, stays=True, field=field, index=index, along=(0.0, by),
        decimals=decimals, body=((x - _CELL_HALF, y - _CELL_HALF), (x + _CELL_HALF, y + _CELL_HALF)),
    )  # fmt: skip


def _with(value: Any, places: tuple[int, ...], number: float) -> Any:
    """``value`` with ``number`` at these places, one for each depth of the tuples that it is made of."""
    if not places:
        return number
    place, *deeper = places
    return (*value[:place], _with(value[place], tuple(deeper), number), *value[place + 1 :])
