"""The orders that the window sends to the process that draws moving pictures, and its replies; all are pickled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.run import Run, Shelved
from engine.contract.text import Text
from gui.export.moving.wanted import MovingPicture


@dataclass(frozen=True)
class Order:
    """An order to write a moving picture in the format of ``suffix`` to ``path``; without a path, to estimate its file
    size.

    ``kept`` are parameters and frames of the run by update; others are played again. For an estimate, a frame from
    ``near`` is used where that would take long.
    """

    run: Run
    wanted: MovingPicture
    suffix: str
    kept: Mapping[int, tuple[Params, Frame]]
    language: str
    near: Mapping[int, tuple[Params, Frame]] = field(default_factory=dict)
    path: str = ""
    when: str = ""
    shelf: tuple[Shelved, ...] = ()


@dataclass(frozen=True)
class Ready:
    """Reply, sent once before the first order: the process has its pipes."""


@dataclass(frozen=True)
class Going:
    """Reply: ``done`` of ``count`` moments are played, or, if ``draws``, drawn."""

    done: int
    count: int
    draws: bool


@dataclass(frozen=True)
class About:
    """Reply: the estimated file size in bytes."""

    size: int


@dataclass(frozen=True)
class Made:
    """Reply: the file is written."""


@dataclass(frozen=True)
class NotMade:
    """Reply: the file could not be written and is incomplete. ``trace`` is a traceback if the program is at fault, else
    "".
    """

    reason: Text
    trace: str = ""
