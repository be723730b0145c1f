"""The result of a check: the steps passed, and the failure, if any; plain data that converts to JSON."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

from engine.sandbox.learner_code import Fault, FaultKind

VerdictKind = FaultKind | Literal["long", "infinite", "nothing", "type", "shape", "changed", "warned", "value", "whole"]
READS, RUNS, ENDS, FITS, UNCHANGED = range(5)
"""The steps before the exercise's own checks: every check repeats them, but they are counted once."""
FIRST_CHECK = 5
STEP_OF: dict[VerdictKind, int] = {
    "syntax": READS, "long": READS,
    "raised": RUNS, "missing": RUNS, "forbidden": RUNS, "memory": RUNS,
    "endless": ENDS, "ended": ENDS, "broken": ENDS,
    "nothing": FITS, "type": FITS, "shape": FITS, "infinite": FITS,
    "changed": UNCHANGED,
    "value": FIRST_CHECK, "whole": FIRST_CHECK, "warned": FIRST_CHECK,
}  # fmt: skip
"""The step that a failure is of, in whichever check it came out: it does not hold then, whatever held before."""


@dataclass(frozen=True)
class Failure:
    """A failed check. ``line`` is a line of the learner's code, counted from 1; ``words`` are Python's message, or a
    name.

    For a wrong number: ``quantity`` at the index ``place`` was ``yours`` where ``expected`` was right; None stands for
    a number that was not finite. For a wrong type or shape: ``got`` and ``wanted``, as Python writes them; for a
    dictionary the names that it has, and the one that it lacks. ``came_in`` are the inputs in short. ``mistake`` is the
    id of a known mistake that gives exactly these numbers. ``check`` is the index of the check in which running the
    code failed, although it ran with the first check; else None. ``caller`` is the line of the learner's code that
    called the function in which it failed; None if the checks did.
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
    """The result: how many ``steps`` were passed, counted from the first; all if ``failure`` is None. ``printed`` is
    what the learner's code printed.
    """

    steps: int
    failure: Failure | None = None
    printed: str = ""

    @property
    def is_right(self) -> bool:
        """Whether all checks passed."""
        return self.failure is None

    def holds(self, step: int) -> bool | None:
        """Whether a step was passed; None if it was not reached. Where one that all checks repeat failed in a later
        check, which the sentence names, that check has failed too, and those before it were passed.
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
        """As JSON."""
        return dataclasses.asdict(self)
