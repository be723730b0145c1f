"""What a view is given to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from engine.contract.experiment import Experiment
from engine.contract.output.frame import Frame
from engine.contract.params import Params

P = TypeVar("P", bound=Params)
F = TypeVar("F", bound=Frame)


@dataclass(frozen=True)
class Snapshot(Generic[P, F]):
    """A frame and the parameters it was made with."""

    params: P
    frame: F


def refuse_foreign(experiment: Experiment[Any, Any], *snapshots: Snapshot[Any, Any] | None) -> None:
    """TypeError unless all of these are the experiment's: where fields of two are named alike, numbers of the one would
    be drawn for those of the other in silence.
    """
    for shown in snapshots:
        if shown is not None and not experiment.owns(shown.params, shown.frame):
            raise TypeError(f"{experiment.id}: {type(shown.frame).__name__} is of another experiment")
