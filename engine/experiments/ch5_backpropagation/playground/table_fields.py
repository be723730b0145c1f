"""Parameter fields for a data table of the learner's own: its file, the columns that are inputs, and the two drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.contract.api import Refused, Text, untranslated
from engine.contract.fields import Choice, Choices, File, Option, VisibleWhen, parameter
from engine.data.own_table import MOST_COLUMNS, own_table, own_table_file

TABLE = "table"
_COLUMN = Text("column {number}")
_NUMBERS = tuple(str(number) for number in range(1, MOST_COLUMNS + 1))
_SHOWN = VisibleWhen("data", (TABLE,))


def _count(params: Any) -> int:
    """The number of the table's columns without the class; the maximum if no table is in use."""
    return len(own_table(params.table).names) if params.data == TABLE else MOST_COLUMNS


def _offered(options: tuple[Option, ...], params: object) -> tuple[Option, ...]:
    """The options for the columns that the chosen table has; all options if its file cannot be read."""
    try:
        return options[: _count(params)]
    except Refused:
        return options


@dataclass(frozen=True, kw_only=True)
class InputColumns(Choices):
    """A field for the table columns that are the network's inputs.

    Columns that the table lacks are dropped; if none is left, the first two are used.
    """

    def fit(self, value: tuple[str, ...], params: Any) -> tuple[str, ...]:
        return tuple(one for one in value if int(one) <= _count(params)) or _NUMBERS[:2]

    def offered(self, params: object) -> tuple[Option, ...]:
        return _offered(self.options, params)


@dataclass(frozen=True, kw_only=True)
class DrawnColumn(Choice):
    """A field for the table column that is drawn along an axis.

    It is replaced by another column if the table lacks it or if it is already drawn along the ``other`` axis.
    """

    other: str = ""

    def fit(self, value: str, params: Any) -> str:
        taken = getattr(params, self.other, "")
        if int(value) <= _count(params) and value != taken:
            return value
        return next(one for one in _NUMBERS if one != taken)

    def offered(self, params: object) -> tuple[Option, ...]:
        return _offered(self.options, params)


def table_file() -> Any:
    """The parameter field for the table's file."""
    help = Text("Lines of 2 to 8 numbers, and the class last; without a file there is an example.")
    label = Text("CSV file")
    suffixes = (".csv", ".tsv", ".txt")
    field = File(label=label, help=help, examine=_examine, carry=own_table_file, suffixes=suffixes, visible=_SHOWN)
    return parameter("", field)


def _examine(path: object) -> object:
    return own_table(str(path))


def input_columns() -> Any:
    """The parameter field for the columns that are the network's inputs."""
    return parameter(
        _NUMBERS[:2],
        InputColumns(
            label=Text("Input columns"),
            help=Text("Which columns the network is told."),
            options=tuple(Option(number, untranslated(number)) for number in _NUMBERS),
            visible=_SHOWN,
        ),
    )


def drawn_column(default: str, label: Text, help: Text, other: str = "") -> Any:
    """The parameter field for the column that is drawn along an axis."""
    options = tuple(Option(number, _COLUMN(number=number)) for number in _NUMBERS)
    return parameter(default, DrawnColumn(label=label, help=help, options=options, other=other, visible=_SHOWN))
