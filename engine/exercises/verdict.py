"""The result of checking an exercise: the steps passed, and the failure, if any. Plain data that converts to JSON."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from engine.sandbox.learner_code import Fault, FaultKind

VerdictKind = (
    FaultKind
    | Literal["long", "infinite", "nothing", "type", "shape", "changed", "warned", "value", "whole", "shared", "stale"]
)
READS, RUNS, ENDS, FITS, UNCHANGED = range(5)
"""The indices of the steps before an exercise's own checks; all checks repeat them, but they count once."""
FIRST_CHECK = 5
STEP_OF: dict[VerdictKind, int] = {
    "syntax": READS, "long": READS,
    "raised": RUNS, "missing": RUNS, "forbidden": RUNS, "memory": RUNS,
    "endless": ENDS, "ended": ENDS, "broken": ENDS,
    "nothing": FITS, "type": FITS, "shape": FITS, "infinite": FITS,
    "changed": UNCHANGED,
    "value": FIRST_CHECK, "whole": FIRST_CHECK, "warned": FIRST_CHECK,
    "shared": FIRST_CHECK, "stale": FIRST_CHECK,
}  # fmt: skip
"""The step that each kind of failure belongs to, in whichever check it occurred."""


@dataclass(frozen=True)
class Failure:
    """A failed check.

    ``line`` is a line of the learner's code, counted from 1; ``words`` are Python's message, or a name.

    For a wrong value: ``quantity`` at the index ``place`` was ``yours`` where ``expected`` was right; None stands for a
    number that is not finite. For a wrong type or shape: ``got`` and ``wanted``, as Python writes them; for a missing
    entry of a dictionary, the names that it has and the missing one. ``came_in`` are the inputs as short text.
    ``mistakes`` are the faults that give exactly these values, each by the keys of the mistakes that it may be.
    ``check`` is the index of the check in
    which running the code failed, although it ran in the first check; else None. ``caller`` is the line of the
    learner's code that called the function that failed; None if the check called it.
    """

    kind: VerdictKind
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
    mistakes: tuple[tuple[str, ...], ...] = ()
    check: int | None = None
    caller: int | None = None

    @classmethod
    def of(cls, fault: Fault, came_in: str = "") -> Failure:
        """Converts a fault that the sandbox process reported into a failure."""
        return cls(fault.kind, fault.line, fault.column, words=fault.words, came_in=came_in, caller=fault.caller)


@dataclass(frozen=True)
class Verdict:
    """The result of all checks: ``steps`` is how many steps were passed, from the first; all if ``failure`` is None.

    ``printed`` is what the learner's code printed.
    """

    steps: int
    failure: Failure | None = None
    printed: str = ""

    @property
    def is_right(self) -> bool:
        """Whether all checks passed."""
        return self.failure is None

    def holds(self, step: int) -> bool | None:
        """Whether a step was passed; None if it was not reached.

        If a step that every check repeats failed in a later check, that check counts as failed too, and those before it
        as passed.
        """
        if step < self.steps or self.failure is None:
            return True
        if step == self.steps:
            return False
        came_out, check = self.failure.check, step - FIRST_CHECK
        if came_out is None or not 0 <= check <= came_out:
            return None
        return check < came_out

    def to_json(self) -> dict[str, Any]:
        """Returns the verdict as data for JSON."""
        return dataclasses.asdict(self)


def first_difference(got: Any, wanted: Any, tolerance: float) -> tuple[int, ...] | None:
    """The first index, in row-major order, where two arrays differ by more than ``tolerance`` · max(1, |wanted|).

    Two equal values that are not finite, such as two nan, do not differ.
    """
    mine, other = np.asarray(got, dtype=float), np.asarray(wanted, dtype=float)
    with np.errstate(all="ignore"):
        near = np.isfinite(other) & (np.abs(mine - other) <= tolerance * np.maximum(1.0, np.abs(other)))
    near |= (mine == other) | (np.isnan(mine) & np.isnan(other))
    apart = np.argwhere(~near)
    return tuple(int(one) for one in apart[0]) if len(apart) else None


def wrong_number(
    kind: VerdictKind, name: str, place: tuple[int, ...], got: Any, wanted: Any, came_in: str = ""
) -> Failure:
    """The failure of one element of a quantity, at the index ``place``: what was got, and what was wanted."""
    mine, other = float(np.asarray(got)[place]), float(np.asarray(wanted)[place])
    return Failure(
        kind, quantity=name, place=place, yours=mine if np.isfinite(mine) else None,
        expected=other if np.isfinite(other) else None, got=f"{mine}", came_in=came_in,
    )  # fmt: skip
