"""The result of checking an exercise: the steps passed, and the failure, if any. Plain data that converts to JSON."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

from engine.sandbox.learner_code import Fault, FaultKind

VerdictKind = FaultKind | Literal["long", "infinite", "nothing", "type", "shape", "changed", "warned", "value", "whole"]
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
}  # fmt: skip
"""The step that each kind of failure belongs to, in whichever check it occurred."""


@dataclass(frozen=True)
class Failure:
    """A failed check.

    ``line`` is a line of the learner's code, counted from 1; ``words`` are Python's message, or a name.

    For a wrong value: ``quantity`` at the index ``place`` was ``yours`` where ``expected`` was right; None stands for a
    number that is not finite. For a wrong type or shape: ``got`` and ``wanted``, as Python writes them; for a missing
    entry of a dictionary, the names that it has and the missing one. ``came_in`` are the inputs as short text.
    ``mistake`` is the id of a known mistake that gives exactly these values. ``check`` is the index of the check in
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
    mistake: str = ""
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
