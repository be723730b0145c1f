"""What lies on a board: grids of numbers with their marks, headings between them, and the sum below.

Colours are roles, and a term of a sum is told by its number; which inks these are is the view's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from engine.boards.layout import Block
from engine.contract.api import EMPTY, Text, WorkingStep, format_real, untranslated

Place = tuple[int, int]
"""Row and column of a grid."""
Rows = tuple[tuple[float, ...], ...]
Role = Literal["text", "forward", "backward", "wrong"]
Pieces = tuple[tuple[str, int], ...]
"""Pieces of words, each with the number of the term that it writes out; 0 for what belongs to none."""
Wording = Text | Pieces
_DIGITS = 4


@dataclass(frozen=True)
class Grid:
    """The numbers (rows, columns) of a block, and what is marked among them.

    ``name`` and, of ``notes``, the first that fits stand above the grid, or to its right where the block is named
    beside. ``lit`` cells have a frame in the colour of the term of a sum that they belong to (0 for none), ``outlined``
    ones that of a mistake. ``before`` are the numbers of before, of the same shape, shown small where they differ.
    Cells of a ``chosen_from`` grid answer to keys; those of an ``edited`` one can be pulled up and down, which its name
    shows; a ``painted`` one takes strokes.

    ``most`` is the number that has the full colour (None for the largest there is). ``empty`` cells are drawn without a
    number, such as those that are not computed yet, ``faint`` ones step back, and ``outside`` ones are shaded, such as
    padding. ``crossed`` ones are crossed out, since they play no part. ``marked`` cells are framed thinner than lit
    ones and leave the others as they are. ``windows`` are frames around several cells: first row, first column, and the
    number of rows and columns.
    """

    block: Block
    values: Rows
    name: Text
    notes: tuple[Text, ...] = ()
    role: Role = "text"
    lit: Mapping[Place, int] = field(default_factory=dict)
    outlined: frozenset[Place] = frozenset()
    crossed: frozenset[Place] = frozenset()
    selected: Place | None = None
    before: Rows | None = None
    chosen_from: bool = False
    edited: bool = False
    painted: bool = False
    most: float | None = None
    empty: frozenset[Place] = frozenset()
    faint: frozenset[Place] = frozenset()
    outside: frozenset[Place] = frozenset()
    marked: frozenset[Place] = frozenset()
    windows: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True)
class Heading:
    """Words over the whole width, below the line y = ``top``; of several wordings the first that fits."""

    top: float
    wordings: tuple[Text, ...]
    role: Role


@dataclass(frozen=True)
class Board:
    """All that is shown; ``words`` is the sum of the chosen cell and ``note`` a line of less weight, both in wordings
    from the fullest to the shortest; ``printed_note`` stands in its place where there is no hand, as in a file.
    """

    grids: tuple[Grid, ...]
    headings: tuple[Heading, ...] = ()
    words: tuple[Wording, ...] = ()
    note: tuple[Text, ...] = ()
    printed_note: tuple[Text, ...] | None = None


def rows_of(values: np.ndarray) -> Rows:
    """The numbers (rows, columns) as a grid has them."""
    return tuple(tuple(row) for row in values.astype(float).tolist())


def places_of(mask: np.ndarray) -> frozenset[Place]:
    """The cells (rows, columns) in which ``mask`` is true."""
    return frozenset((int(row), int(column)) for row, column in np.argwhere(mask))


def grid_of(block: Block, values: np.ndarray, before: np.ndarray | None) -> Grid:
    """A block with the numbers of its array, empty where they are nan, and those of before if they had that shape."""
    part = block.part_of(values)
    is_empty, old = np.isnan(part), None
    if before is not None and before.shape == values.shape:
        was = block.part_of(before)
        old = rows_of(np.where(np.isnan(was), part, was))
    return Grid(block, rows_of(np.where(is_empty, 0.0, part)), EMPTY, before=old, empty=places_of(is_empty))


def in_terms(words: str, count: int) -> Pieces:
    """A sum in pieces, each of its first ``count`` terms by itself; what comes after, such as a bias, is no term."""
    if not count:
        return ((words, 0),)
    # Every second piece is a sign.
    pieces = enumerate(re.split(r"( [+−] )", words))
    return tuple((piece, 0 if number % 2 or number // 2 >= count else number // 2 + 1) for number, piece in pieces)


def listed_terms(words: Sequence[str]) -> Pieces:
    """Words one after the other, each a term of its own."""
    pieces = [((",  ", 0), (one, number)) for number, one in enumerate(words, start=1)]
    return tuple(piece for pair in pieces for piece in pair)[1:]


def sum_wordings(line: WorkingStep, count: int, with_letters: bool = False) -> tuple[Wording, ...]:
    """The sum of a cell with its numbers, its first ``count`` terms told apart; ``with_letters`` the fullest wording
    has the letters as well.
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
