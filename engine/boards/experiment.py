"""The base of experiments with a board: how clicks and drags change cells, and the texts about them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from engine.boards.board import Board
from engine.boards.layout import FAULTY, Block, found_at
from engine.boards.trace import Cell
from engine.contract.api import Frame, Handle, Params, Position, Probe, ProbePoint, Slide, Text, pulled_cell
from engine.contract.experiment import Experiment, F, P

Before = tuple[Any, Any] | None
"""The parameters and the frame before the latest change."""
_DECIMALS = 1


@dataclass(frozen=True)
class Given:
    """A parameter's number that is shown in a cell of the board, and can be dragged there ("given", not computed).

    ``handle`` and ``name`` are the id and the label of the cell's handle, ``field`` is the parameter, ``index`` the
    number's (row, column) in it, ``step`` the change by one press of an arrow key.
    """

    handle: str
    name: str
    field: str
    index: tuple[int, int] | None
    step: float = 0.1


class BoardExperiment(Experiment[P, F]):
    """Base of experiments with cells in ``blocks``, the layout of the arrays; ``board`` fills them with their content.

    Numbers for which ``given`` returns a parameter can be dragged up and down in their cells.
    """

    @abstractmethod
    def blocks(self, params: P, frame: F) -> Sequence[Block]:
        """The layout of the arrays."""

    @abstractmethod
    def board(self, params: P, frame: F, before: Before = None) -> Board:
        """The content of the board. ``before`` is the state to compare with: where a number differs, the old one is
        shown too.
        """

    @abstractmethod
    def said_of(self, params: P, frame: F, cell: Cell) -> Text | None:
        """The tooltip of a cell; None for none."""

    @abstractmethod
    def chosen(self, params: P, frame: F, cell: Cell) -> Mapping[str, object]:
        """The parameter changes of a click on a cell; empty where it does nothing."""

    def given(self, params: P, cell: Cell) -> Given | None:
        """The parameter that a cell shows; None for one that is computed."""
        return None

    def said_of_mistake(self, params: P, frame: F, cell: Cell) -> Text | None:
        """The tooltip of a cell that a mistake has changed."""
        return None

    def stroke(self, params: P, frame: F, way: Sequence[Position]) -> Mapping[str, object]:
        """The parameter changes of a brush stroke over a painted grid. ``way`` are the places that the stroke has
        passed so far; ``params`` and ``frame`` are those from before it began.
        """
        return {}

    def probe(self, params: P, frame: F, spot: ProbePoint) -> Probe | None:
        found = found_at(self.blocks(params, frame), spot.x, spot.y)
        if found is None:
            return None
        said = (self.said_of_mistake if found[0].kind == FAULTY else self.said_of)(params, frame, found[1])
        return None if said is None else Probe(said)

    def click_at(self, params: P, frame: F, spot: ProbePoint) -> Mapping[str, object]:
        """The parameter changes of a click on a cell; none for a cell that shows a mistake's result."""
        found = found_at(self.blocks(params, frame), spot.x, spot.y)
        return {} if found is None or found[0].kind == FAULTY else self.chosen(params, frame, found[1])

    def click(self, params: P, frame: F, handle: str) -> Mapping[str, object]:
        """The parameter changes of a click on a number's handle, which lies in the middle of its cell: those of a click
        on the cell.
        """
        places = [one.place for one in self.handles(params, frame) if one.id == handle and one.stays]
        return self.click_at(params, frame, ProbePoint(*places[0])) if places else {}

    def handles(self, params: P, frame: F) -> tuple[Handle, ...]:
        """The handles of all given numbers: dragging up increases them, dragging down decreases them."""
        return tuple(handle for block in self.blocks(params, frame) for handle in _pulled(self, params, block))


@lru_cache(maxsize=64)
def _pulled(experiment: BoardExperiment[Params, Frame], params: Params, block: Block) -> tuple[Slide, ...]:
    return () if block.kind else tuple(_pulled_cells(experiment, params, block))


def _pulled_cells(experiment: BoardExperiment[Params, Frame], params: Params, block: Block) -> Iterator[Slide]:
    for place in np.ndindex(block.rows, block.columns):
        given = experiment.given(params, block.cell(*place))
        if given is not None:
            yield pulled_cell(
                given.handle, block.middle(*place), given.name, given.field, given.index, step=given.step,
                decimals=_DECIMALS,
            )  # fmt: skip
