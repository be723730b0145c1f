"""What came of an attack with one seed; an attack is a module of this folder with a ``NAME`` and an ``attack``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """``tried`` counts what was done; each of the ``faults`` says in one line what was done, with which seed, and what
    came of it that should not have."""

    tried: int = 0
    faults: list[str] = field(default_factory=list)

    def expect(self, holds: object, fault: str) -> None:
        """One more thing tried; ``fault`` is told where it does not hold."""
        self.tried += 1
        if not holds:
            self.faults.append(fault)


Attack = Callable[[int, bool], Outcome]
"""An attack with a seed; the same seed does the same things again. With True it is the short form, which takes ten
seconds at most and is one of every day's tests."""
