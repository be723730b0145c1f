"""What came of a check: how far it went and, where it failed, what was wrong and where; plain data, as JSON too."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

from engine.sandbox.learner_code import Fault, FaultKind

Kind = FaultKind | Literal["long", "infinite", "nothing", "type", "shape", "changed", "warned", "value", "whole"]
READS, RUNS, ENDS, FITS, UNCHANGED = range(5)
"""The steps before the exercise's own checks: every check makes them again, and they count as made with the first."""
FIRST_CHECK = 5


@dataclass(frozen=True)
class Failure:
    """What was wrong. ``line`` is one of the learner's, counted from 1; ``words`` are Python's own, or a name.

    Of a number: ``quantity`` at ``place`` was ``yours`` where ``expected`` was meant, None where it was not finite. Of
    a type or a shape: ``got`` and ``wanted`` as Python writes them. ``came_in`` are the inputs, shortly. ``mistake`` is
    the id of a known one that makes just these numbers.
    """

    kind: Kind
    line: int | None = None
    column: int | None = None
    words: str = ""
    quantity: str = ""
    place: tuple[int, ...] = ()
    yours: float | None = None
    expected: float | None = None
    got: str = ""
    wanted: str = ""
    came_in: str = ""
    mistake: str = ""

    @classmethod
    def of(cls, fault: Fault, came_in: str = "") -> Failure:
        """What the process of foreign code said, or what became of it."""
        return cls(fault.kind, fault.line, fault.column, words=fault.words, came_in=came_in)


@dataclass(frozen=True)
class Verdict:
    """``steps`` that hold, from the first on: all where ``failure`` is None. ``printed`` is what was printed."""

    steps: int
    failure: Failure | None = None
    printed: str = ""

    @property
    def is_right(self) -> bool:
        """Whether everything holds."""
        return self.failure is None

    def to_json(self) -> dict[str, Any]:
        """As JSON holds it."""
        return dataclasses.asdict(self)
