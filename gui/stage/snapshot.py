"""What a view is given to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from engine.contract.frame import Frame
from engine.contract.params import Params

P = TypeVar("P", bound=Params)
F = TypeVar("F", bound=Frame)


@dataclass(frozen=True)
class Snapshot(Generic[P, F]):
    """A frame and the parameters it was made with."""

    params: P
    frame: F
