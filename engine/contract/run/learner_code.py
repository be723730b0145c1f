"""A piece of the learner's own code that a run is played with, in place of the engine's."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class LearnerCode:
    """What a learner wrote for an exercise, by its id. It never runs in the window's process, and in no file of a
    session: whoever opens one gets the engine's own code. ``called`` says that a run has used it.
    """

    exercise: str
    source: str
    called: bool = field(default=False, compare=False)
