"""The base of experiments with a board that shows which cells a cell is computed from, and what a mistake changes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import ClassVar, TypeVar

import numpy as np

from engine.boards.board import Board, Grid, Heading, Role, Wording, grid_of, sum_wordings
from engine.boards.cells import Arrays, differing, spelled, value_of
from engine.boards.experiment import Before, BoardExperiment, Given
from engine.boards.fields import ArraysParams
from engine.boards.layout import FAULTY, Block
from engine.boards.trace import Cell, Trace
from engine.contract.api import Frame, Table, Text, WorkingStep, grid_table, table_of, untranslated

_CELL = Text("cell")
_MISTAKEN = Text("{name}, mistaken")
_IS_WRONG = Text("the mistake makes {name} = {value}, and {right} is right")


class ArraysFrame(Frame):
    """All arrays on the board by id, two-dimensional (``arrays``), and those that a mistake changes (``wrong``)."""

    arrays: Mapping[str, np.ndarray]
    wrong: Mapping[str, np.ndarray]


P = TypeVar("P", bound=ArraysParams)
F = TypeVar("F", bound=ArraysFrame)


class TracedExperiment(BoardExperiment[P, F]):
    """Base of experiments in which a cell is selected, its operands are highlighted, and its sum is written below."""

    mistaken_names: ClassVar[Mapping[str, Text]] = MappingProxyType({})
    """The names of the arrays with the mistake, where they differ from the default names."""
    sums_have_letters: ClassVar[bool] = False
    partner_names: ClassVar[tuple[str, str]]
    """The ids of the table of the highlighted cells, and of its column."""
    partner_labels: ClassVar[tuple[Text, Text, Text]]
    """The labels of that table, of the column of the highlighted cells, and of the column of their terms."""

    def looked_at(self, params: P, frame: F) -> Cell:
        """The selected cell, as (array, row, column)."""
        return (params.shown_part, *params.selected)

    @abstractmethod
    def trace_of(self, params: P, frame: F, cell: Cell) -> Trace:
        """How a cell is computed from others."""

    @abstractmethod
    def line_of(self, params: P, frame: F, cell: Cell) -> WorkingStep:
        """The worked calculation of a cell, with its formula and numbers."""

    @abstractmethod
    def symbol(self, params: P, array: str) -> str:
        """The letter of an array in formulas, such as X."""

    @abstractmethod
    def cell_name(self, params: P, cell: Cell) -> str:
        """The name of a cell as shown to the user, such as that of an element of X."""

    def caption(self, params: P, block: Block) -> tuple[str, str]:
        """The name and the shape that label a block, the shape as NumPy writes it, such as (2, 3)."""
        rows, columns = params.size_of(block.array)
        return self.symbol(params, block.array), f"({rows}, {columns})"

    @abstractmethod
    def role(self, array: str) -> Role:
        """The colour role of an array, such as that of the forward or the backward pass."""

    @abstractmethod
    def field_of(self, params: P, array: str) -> str | None:
        """The parameter that holds an array; None for one that is computed."""

    @abstractmethod
    def is_chosen_from(self, params: P, array: str) -> bool:
        """Whether the cells of an array can be selected."""

    def given(self, params: P, cell: Cell) -> Given | None:
        (array, row, column), name = cell, self.cell_name(params, cell)
        field = self.field_of(params, array)
        return None if field is None else Given(f"{field}{row}{column}", name, field, (row, column))

    def working(self, params: P, frame: F) -> tuple[WorkingStep, ...]:
        return (self.line_of(params, frame, self.looked_at(params, frame)),)

    def alike(self, params: P, cell: Cell) -> Cell:
        """The cell whose computation is shown for this cell.

        If an array is shown twice in different shapes, it is the cell with the same element in the main array.
        """
        return cell

    def shown(self, params: P, frame: F, cell: Cell) -> Arrays:
        """The arrays on the board while ``cell`` is selected; nan in cells that are not computed yet."""
        return frame.arrays

    def numbers_before(self, params: P, before: Before) -> tuple[Arrays, Arrays]:
        """The previous arrays: the right ones and those with the mistake; both empty if the layout was another."""
        return ({}, {}) if before is None else (before[1].arrays, before[1].wrong)

    def headings(self, params: P, frame: F) -> tuple[Heading, ...]:
        """The headings between the grids; none by default."""
        return ()

    def note(self, params: P, frame: F) -> tuple[Text, ...]:
        """Wordings of a less important line below the sum, the longest first."""
        return ()

    def words_below(self, params: P, frame: F, made_of: Trace) -> tuple[Wording, ...]:
        """Wordings of the selected cell's sum, the longest first."""
        # The brackets of a quotient part no terms.
        count = 0 if "(" in made_of.expression else max(made_of.terms.values(), default=0)
        return sum_wordings(self.line_of(params, frame, made_of.cell), count, self.sums_have_letters)

    def board(self, params: P, frame: F, before: Before = None) -> Board:
        made_of = self.trace_of(params, frame, self.looked_at(params, frame))
        now, old = (self.shown(params, frame, made_of.cell), frame.wrong), self.numbers_before(params, before)
        grids = []
        for block in self.blocks(params, frame):
            is_wrong = block.kind == FAULTY
            values, previous = now[is_wrong][block.array], old[is_wrong].get(block.array)
            grids.append(self.grid(params, frame, grid_of(block, values, previous), made_of))
        words, note = self.words_below(params, frame, made_of), self.note(params, frame)
        return Board(tuple(grids), self.headings(params, frame), words, note)

    def grid(self, params: P, frame: F, grid: Grid, made_of: Trace) -> Grid:
        """Adds the name and the highlights to a grid that so far has only its values."""
        block = grid.block
        array, cells = block.array, {block.cell(*place): place for place in np.ndindex(block.rows, block.columns)}
        name, shape = self.caption(params, block)
        if block.kind == FAULTY:
            wrong = frozenset(cells[one] for one in differing(frame.arrays, frame.wrong) if one in cells)
            words = self.mistaken_names.get(array, _MISTAKEN)(name=name)
            return replace(grid, name=words, notes=(untranslated(shape),), role="wrong", outlined=wrong)
        return replace(
            grid,
            name=untranslated(name),
            notes=(untranslated(shape),),
            role=self.role(array),
            lit={place: made_of.terms[one] for one, place in cells.items() if one in made_of.terms},
            selected=next((place for one, place in cells.items() if self.alike(params, one) == made_of.cell), None),
            chosen_from=not block.kind and self.is_chosen_from(params, self.alike(params, (array, 0, 0))[0]),
            edited=not block.kind and self.field_of(params, array) is not None,
        )

    def said_of_mistake(self, params: P, frame: F, cell: Cell) -> Text:
        name, value = self.cell_name(params, cell), spelled(frame.wrong, cell)
        return _IS_WRONG(name=name, value=value, right=spelled(frame.arrays, cell))

    def array_table(self, params: P, frame: F, array: str) -> Table:
        """The elements of an array as a table, one row for each."""
        name = untranslated(self.symbol(params, array))
        return grid_table(array, name, value=(frame.arrays[array], name))

    def cell_tables(self, params: P, frame: F, made_of: Trace, partners: Iterable[Cell]) -> tuple[Table, ...]:
        """The table of the cells that belong to the selected one; with a mistake switched on, also the table of the
        cells whose values the mistake changes.

        ``made_of`` says how the selected cell is computed. ``partners`` are the cells highlighted with it: its
        operands, or cells that it is an operand of.
        """

        def named(cells: Iterable[Cell]) -> list[str]:
            return [self.cell_name(params, cell) for cell in cells]

        def numbers(arrays: Arrays, cells: Iterable[Cell]) -> list[float]:
            return [value_of(arrays, cell) for cell in cells]

        lit, changed = list(partners), differing(frame.arrays, frame.wrong)
        label, partner, term = self.partner_labels
        shown = {
            "cell": (named([made_of.cell]) * len(lit), _CELL),
            self.partner_names[1]: (named(lit), partner),
            "term": ([made_of.terms[one] for one in lit], term),
            "value": (numbers(frame.arrays, lit), Text("value")),
        }
        differences = table_of(
            "difference",
            Text("cells that the mistake changes"),
            cell=(named(changed), _CELL),
            right=(numbers(frame.arrays, changed), Text("right")),
            wrong=(numbers(frame.wrong, changed), Text("wrong")),
        )
        return (table_of(self.partner_names[0], label, **shown), *((differences,) if frame.wrong else ()))
