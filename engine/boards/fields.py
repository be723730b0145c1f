"""The parameters that experiments on a board have in common: given numbers, and the cell that is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.boards.board import Place, Rows
from engine.contract.api import Cell, Matrix, Params, Text, VisibleWhen, choice, parameter

_CELL = Text("Cell")
LIMIT = 9.0
"""The largest number that may be given, and the smallest below zero."""


def given_rows(default: Rows, rows: int | str, columns: int | str, label: Text, help: Text, **more: Any) -> Any:
    """A matrix of given numbers whose cells are named as NumPy counts, as on the stage."""
    settings = {"minimum": -LIMIT, "maximum": LIMIT, "step": 0.1, "first": 0, **more}
    return parameter(default, Matrix(label=label, help=help, rows=rows, columns=columns, **settings))


def array_choice(default: str, arrays: Mapping[str, Text], help: Text) -> Any:
    """The array whose cell is looked at, chosen on the stage."""
    return choice(default, arrays, Text("Array"), help, effect="view", on_stage=True)


def cell_choice(
    default: Place,
    most: int,
    help: Text,
    label: Text = _CELL,
    rows: str = "selected_rows",
    columns: str = "selected_columns",
) -> Any:
    """The cell that is looked at, chosen on the stage; ``rows`` and ``columns`` name parameters or properties."""
    field = Cell(label=label, help=help, rows=rows, columns=columns, most=most, effect="view", on_stage=True, first=0)
    return parameter(default, field)


def mistake_choice(mistakes: Mapping[str, Text], help: Text, visible: VisibleWhen) -> Any:
    """The mistake that is made beside the right way; none at first."""
    return choice(
        "none",
        {"none": Text("none", context="there is no such thing"), **mistakes},
        Text("Mistake"),
        help,
        visible=visible,
    )


class ArraysParams(Params):
    """Base of parameters that choose a cell of one of several arrays; the field ``selected`` is the cell."""

    if TYPE_CHECKING:
        selected: Place

    @property
    def shown_part(self) -> str:
        """The array whose cell is looked at."""
        raise NotImplementedError

    def size_of(self, array: str) -> Place:
        """Rows and columns of an array."""
        raise NotImplementedError

    @property
    def selected_rows(self) -> int:
        """Rows of the array whose cell is looked at."""
        return self.size_of(self.shown_part)[0]

    @property
    def selected_columns(self) -> int:
        """Columns of the array whose cell is looked at."""
        return self.size_of(self.shown_part)[1]
