"""What came of a check: how far it went and, where it failed, what was wrong and where; plain data, as JSON too."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal, get_args

from engine.sandbox.learner_code import Fault, FaultKind

Kind = FaultKind | Literal["long", "infinite", "nothing", "type", "shape", "changed", "warned", "value", "whole"]
_KINDS = tuple(kind for kinds in get_args(Kind) for kind in get_args(kinds))
READS, RUNS, ENDS, FITS, UNCHANGED = range(5)
"""The steps before the exercise's own checks: every check makes them again, and they count as made with the first."""
FIRST_CHECK = 5
_LONGEST = 2_000


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
        """As JSON holds it; ``read_verdict`` reads it."""
        return dataclasses.asdict(self)


def read_verdict(value: object, count: int) -> Verdict:
    """What ``to_json`` made, of an exercise with ``count`` steps; ValueError for anything else.

    It is right with all of them only, and wrong with fewer.
    """
    if not isinstance(value, Mapping) or not _is_count(value.get("steps")):
        raise ValueError("this is no verdict")
    printed, failure = value.get("printed", ""), value.get("failure")
    if not isinstance(printed, str) or len(printed) > _LONGEST:
        raise ValueError("what was printed is no text, or too long")
    if (value["steps"] == count) != (failure is None) or value["steps"] > count:
        raise ValueError("steps and failure of a verdict are at odds")
    return Verdict(value["steps"], None if failure is None else _read_failure(failure), printed)


def _read_failure(value: object) -> Failure:
    if not isinstance(value, Mapping) or value.get("kind") not in _KINDS:
        raise ValueError("this is no failure")
    words = {name: value.get(name, "") for name in ("words", "quantity", "got", "wanted", "came_in", "mistake")}
    if not all(isinstance(one, str) and len(one) <= _LONGEST for one in words.values()):
        raise ValueError("a text of a failure is none, or too long")
    line, column, place = value.get("line"), value.get("column"), value.get("place", [])
    if not isinstance(place, (list, tuple)) or not all(_is_count(one) for one in (*place, line or 0, column or 0)):
        raise ValueError("a place of a failure is none")
    return Failure(
        value["kind"], line, column, place=tuple(place), yours=_number(value.get("yours")),
        expected=_number(value.get("expected")), **words,
    )  # fmt: skip


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9


def _number(value: object) -> float | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value):
        return float(value)
    return None
