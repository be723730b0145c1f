"""The content of a board: grids of values with highlights, headings between them, and the sum below.

Colours are given as roles and as numbers of a sum's terms; the view chooses the actual colours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from engine.boards.layout import Block
from engine.contract.api import EMPTY, Text, WorkingStep, format_real, untranslated

CellIndex = tuple[int, int]
"""Row and column of a cell in a grid."""
Rows = tuple[tuple[float, ...], ...]
Role = Literal["text", "forward", "backward", "wrong"]
Pieces = tuple[tuple[str, int], ...]
"""A text in pieces, each with the number of the sum's term that it belongs to; 0 for none."""
Wording = Text | Pieces
_DIGITS = 4


@dataclass(frozen=True)
class Grid:
    """The values (rows, columns) of a block, and how its cells are highlighted.

    ``name`` and the first of ``notes`` that fits are above the grid, or to its right if the block is ``named_beside``.
    ``lit`` maps cells to the number of the sum's term that they belong to (0 for none), in whose colour they get a
    frame; ``outlined`` cells have the frame of a mistake. ``before`` are the previous values, of the same shape, shown
    small where they differ. In a ``chosen_from`` grid keys select cells; in an ``edited`` grid values can be dragged up
    and down, which its name shows; a ``painted`` grid takes brush strokes.

    ``most`` is the value that has the full colour (None for the largest of the grid). ``empty`` cells are drawn without
    a value, such as those that are not computed yet; ``faint`` cells are drawn paler; ``outside`` cells, such as
    padding, are shaded; ``crossed`` cells, which play no part, are crossed out. ``marked`` cells have a thinner frame
    than lit ones, and other cells are not dimmed for them. ``windows`` are frames around several cells: first row,
    first column, number of rows and of columns.
    """

    block: Block
    values: Rows
    name: Text
    notes: tuple[Text, ...] = ()
    role: Role = "text"
    lit: Mapping[CellIndex, int] = field(default_factory=dict)
    outlined: frozenset[CellIndex] = frozenset()
    crossed: frozenset[CellIndex] = frozenset()
    selected: CellIndex | None = None
    before: Rows | None = None
    chosen_from: bool = False
    edited: bool = False
    painted: bool = False
    most: float | None = None
    empty: frozenset[CellIndex] = frozenset()
    faint: frozenset[CellIndex] = frozenset()
    outside: frozenset[CellIndex] = frozenset()
    marked: frozenset[CellIndex] = frozenset()
    windows: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True)
class Heading:
    """A heading over the whole width, below y = ``top``; the first of its ``wordings`` that fits is shown."""

    top: float
    wordings: tuple[Text, ...]
    role: Role


@dataclass(frozen=True)
class Board:
    """Everything that a board shows.

    ``words`` is the sum of the selected cell and ``note`` a less important line; both are lists of wordings, the
    longest first. In exported figures, where nothing can be clicked, ``printed_note`` replaces the note.
    """

    grids: tuple[Grid, ...]
    headings: tuple[Heading, ...] = ()
    words: tuple[Wording, ...] = ()
    note: tuple[Text, ...] = ()
    printed_note: tuple[Text, ...] | None = None


def rows_of(values: np.ndarray) -> Rows:
    """Converts an array (rows, columns) to nested tuples, the type of ``Grid.values``."""
    return tuple(tuple(row) for row in values.astype(float).tolist())


def places_of(mask: np.ndarray) -> frozenset[CellIndex]:
    """The (row, column) of each cell in which a boolean ``mask`` (rows, columns) is true."""
    return frozenset((int(row), int(column)) for row, column in np.argwhere(mask))


def grid_of(block: Block, values: np.ndarray, before: np.ndarray | None) -> Grid:
    """The grid of a block with the values of its array; cells that are nan are empty.

    ``before`` are the previous values, ignored if their shape differs.
    """
    part = block.part_of(values)
    is_empty, old = np.isnan(part), None
    if before is not None and before.shape == values.shape:
        was = block.part_of(before)
        old = rows_of(np.where(np.isnan(was), part, was))
    return Grid(block, rows_of(np.where(is_empty, 0.0, part)), EMPTY, before=old, empty=places_of(is_empty))


def in_terms(words: str, count: int) -> Pieces:
    """Splits a sum into pieces: its first ``count`` terms, numbered from 1; all others, such as a bias, have 0."""
    if not count:
        return ((words, 0),)
    # Every second piece is a sign.
    pieces = enumerate(re.split(r"( [+−] )", words))
    return tuple((piece, 0 if number % 2 or number // 2 >= count else number // 2 + 1) for number, piece in pieces)


def listed_terms(words: Sequence[str]) -> Pieces:
    """Turns a list of words into pieces with commas between them. Each word is numbered as a term of its own, from 1,
    and so gets the colour of that term.
    """
    pieces = [((",  ", 0), (one, number)) for number, one in enumerate(words, start=1)]
    return tuple(piece for pair in pieces for piece in pair)[1:]


def sum_wordings(line: WorkingStep, count: int, with_letters: bool = False) -> tuple[Wording, ...]:
    """Wordings of a cell's sum for ``Board.words``, in numbers, with its first ``count`` terms marked.

    ``with_letters`` adds a longer wording that also shows the formula in letters.
    """
    line = replace(line, digits=_DIGITS)
    result = f" = {format_real(line.result, _DIGITS)}"
    name, value = ((f"{line.left} = ", 0),), ((result, 0),)
    digits = in_terms(line.arithmetic(), count)
    letters = (*name, *in_terms(line.formula(), count), (" = ", 0), *digits, *value)
    return (
        *((letters,) if with_letters else ()),
        (*name, *digits, *value),
        (*digits, *value),
        untranslated(line.left + result),
    )
