"""The base of experiments with a board: its layout and content, the effects of clicks and drags, and tooltips."""

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
"""The parameters and the frame before the latest change; None if there was none."""
_DECIMALS = 1


@dataclass(frozen=True)
class Given:
    """An element of a parameter that is shown in a cell of the board, and can be dragged there ("given", not computed).

    ``handle`` and ``name`` are the id and the label of the cell's drag handle, ``field`` is the parameter, ``index``
    the element's (row, column) in it, ``step`` the change by one press of an arrow key.
    """

    handle: str
    name: str
    field: str
    index: tuple[int, int] | None
    step: float = 0.1


class BoardExperiment(Experiment[P, F]):
    """Base of experiments with a board: ``blocks`` lays the arrays out, ``board`` gives them their content.

    Elements for which ``given`` returns a parameter can be dragged up and down in their cells.
    """

    @abstractmethod
    def blocks(self, params: P, frame: F) -> Sequence[Block]:
        """Where each array lies on the board."""

    @abstractmethod
    def board(self, params: P, frame: F, before: Before = None) -> Board:
        """The content of the board; where a value differs from the state ``before``, the old one is shown too."""

    @abstractmethod
    def said_of(self, params: P, frame: F, cell: Cell) -> Text | None:
        """The tooltip of a cell; None if it has none."""

    @abstractmethod
    def chosen(self, params: P, frame: F, cell: Cell) -> Mapping[str, object]:
        """The parameter changes of a click on a cell; empty if a click has no effect."""

    def given(self, params: P, cell: Cell) -> Given | None:
        """The parameter's element that a cell shows; None for a computed one."""
        return None

    def said_of_mistake(self, params: P, frame: F, cell: Cell) -> Text | None:
        """The tooltip of a cell that a mistake has changed."""
        return None

    def stroke(self, params: P, frame: F, way: Sequence[Position]) -> Mapping[str, object]:
        """The parameter changes of a brush stroke over a painted grid.

        ``way`` are the points that the stroke has passed so far; ``params`` and ``frame`` are those from before it
        began.
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
        """The parameter changes of a click on a drag handle, which lies in the centre of its cell: those of a click on
        the cell.
        """
        places = [one.place for one in self.handles(params, frame) if one.id == handle and one.stays]
        return self.click_at(params, frame, ProbePoint(*places[0])) if places else {}

    def handles(self, params: P, frame: F) -> tuple[Handle, ...]:
        """The drag handles of all given elements: dragging up increases them, dragging down decreases them."""
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
