"""What the window asks of the process that draws moving pictures, and what it answers; both are pickled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.contract.output.frame import Frame
from engine.contract.params import Params
from engine.contract.run.run import Run, Shelved
from engine.contract.text.text import Text
from gui.export.moving.wanted import MovingPicture


@dataclass(frozen=True)
class Order:
    """A moving picture of a run, in the format of ``suffix``, to be written to ``path``; without one it is only told
    how large it will be, about.

    ``kept`` are parameters and frames of the run by update; what else is needed is played again. What is ``near`` to an
    update stands for it where that takes long, and nothing is written.
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
class Going:
    """``done`` of ``count`` places are played, or with ``draws`` drawn."""

    done: int
    count: int
    draws: bool


@dataclass(frozen=True)
class About:
    """How large the file will be, in bytes."""

    size: int


@dataclass(frozen=True)
class Made:
    """The file is written."""


@dataclass(frozen=True)
class NotMade:
    """It could not be; the file is no use. ``trace`` where the program is at fault."""

    reason: Text
    trace: str = ""
