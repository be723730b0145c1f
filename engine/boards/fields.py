"""Parameter fields shared by experiments with a board: given matrices, the selected cell, and a mistake to show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.boards.board import CellIndex, Rows
from engine.contract.api import Cell, Matrix, Params, Text, VisibleWhen, choice, parameter

_CELL = Text("Cell")
LIMIT = 9.0
"""The maximum absolute value of a given element."""


def given_rows(default: Rows, rows: int | str, columns: int | str, label: Text, help: Text, **more: Any) -> Any:
    """A field for a matrix whose elements are shown in cells.

    Its elements are named with indices from 0, as NumPy and the board do.
    """
    settings = {"minimum": -LIMIT, "maximum": LIMIT, "step": 0.1, "first": 0, **more}
    return parameter(default, Matrix(label=label, help=help, rows=rows, columns=columns, **settings))


def array_choice(default: str, arrays: Mapping[str, Text], help: Text) -> Any:
    """A field for the array that contains the selected cell, chosen on the board."""
    return choice(default, arrays, Text("Array"), help, effect="view", on_stage=True)


def cell_choice(
    default: CellIndex,
    most: int,
    help: Text,
    label: Text = _CELL,
    rows: str = "selected_rows",
    columns: str = "selected_columns",
) -> Any:
    """A field for the selected cell, chosen by a click on the board.

    ``rows`` and ``columns`` name the parameters or properties that hold the size of the array.
    """
    field = Cell(label=label, help=help, rows=rows, columns=columns, most=most, effect="view", on_stage=True, first=0)
    return parameter(default, field)


def mistake_choice(mistakes: Mapping[str, Text], help: Text, visible: VisibleWhen) -> Any:
    """A field for the mistake that is shown beside the right computation; none by default."""
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
        selected: CellIndex

    @property
    def shown_part(self) -> str:
        """The id of the array that contains the selected cell."""
        raise NotImplementedError

    def size_of(self, array: str) -> CellIndex:
        """The numbers of rows and columns of an array."""
        raise NotImplementedError

    @property
    def selected_rows(self) -> int:
        """The number of rows of the array that contains the selected cell."""
        return self.size_of(self.shown_part)[0]

    @property
    def selected_columns(self) -> int:
        """The number of columns of the array that contains the selected cell."""
        return self.size_of(self.shown_part)[1]
