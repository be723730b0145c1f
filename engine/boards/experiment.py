"""The base of experiments whose arrays lie on a board: what a hand does to cells, and what is said of them."""

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
from engine.contract.api import Frame, Handle, Params, Place, Probe, ProbePoint, Slide, Text, pulled_cell
from engine.contract.experiment import Experiment, F, P

Before = tuple[Any, Any] | None
"""The parameters and the frame of before the latest change."""
_DECIMALS = 1


@dataclass(frozen=True)
class Given:
    """A number that goes into the arrays: the id and the name of its handle, the field that holds it, its place there,
    and the step of an arrow key.
    """

    handle: str
    name: str
    field: str
    index: tuple[int, int] | None
    step: float = 0.1


class BoardExperiment(Experiment[P, F]):
    """What lies under the pointer is a cell of one of the ``blocks``, and ``board`` fills these with what is shown.

    Numbers that are ``given`` can be pulled up and down in their cells.
    """

    @abstractmethod
    def blocks(self, params: P, frame: F) -> Sequence[Block]:
        """Where the arrays lie."""

    @abstractmethod
    def board(self, params: P, frame: F, before: Before = None) -> Board:
        """Everything that is shown; numbers that differ from those of ``before`` show these as well."""

    @abstractmethod
    def said_of(self, params: P, frame: F, cell: Cell) -> Text | None:
        """What is said of a cell under the pointer; None where there is nothing to say."""

    @abstractmethod
    def chosen(self, params: P, frame: F, cell: Cell) -> Mapping[str, object]:
        """The parameter changes of a click on a cell; empty where it does nothing."""

    def given(self, params: P, cell: Cell) -> Given | None:
        """The parameter that a cell shows; None for one that is computed."""
        return None

    def said_of_mistake(self, params: P, frame: F, cell: Cell) -> Text | None:
        """What is said of a cell that a mistake has made."""
        return None

    def stroke(self, params: P, frame: F, way: Sequence[Place]) -> Mapping[str, object]:
        """The parameter changes of a stroke over a painted grid, by the places on its ``way``; ``params`` and ``frame``
        are those of before it.
        """
        return {}

    def probe(self, params: P, frame: F, spot: ProbePoint) -> Probe | None:
        found = found_at(self.blocks(params, frame), spot.x, spot.y)
        if found is None:
            return None
        said = (self.said_of_mistake if found[0].kind == FAULTY else self.said_of)(params, frame, found[1])
        return None if said is None else Probe(said)

    def click_at(self, params: P, frame: F, spot: ProbePoint) -> Mapping[str, object]:
        """What a click on a cell means; one on what a mistake has made changes nothing."""
        found = found_at(self.blocks(params, frame), spot.x, spot.y)
        return {} if found is None or found[0].kind == FAULTY else self.chosen(params, frame, found[1])

    def click(self, params: P, frame: F, handle: str) -> Mapping[str, object]:
        """On the handle of a number, which lies in the middle of its cell, what a click beside it means."""
        places = [one.place for one in self.handles(params, frame) if one.id == handle and one.stays]
        return self.click_at(params, frame, ProbePoint(*places[0])) if places else {}

    def handles(self, params: P, frame: F) -> tuple[Handle, ...]:
        """Every number that is given: pulled up it grows, pulled down it shrinks."""
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
