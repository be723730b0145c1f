"""The learning-rate schedules, one record each: from it come the field, its words, the shown code and the curves.

A new one is a function in a file of its own and a record here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from engine.contract.text.text import Text
from engine.nn.schedules.constant import constant
from engine.nn.schedules.cosine import cosine
from engine.nn.schedules.inverse_time import inverse_time
from engine.nn.schedules.step_decay import step_decay
from engine.nn.schedules.warm_up import warm_up

Rule = Callable[[float, int, int], float]
"""The rate of the update that comes after so many others: ``rule(rate, update, total)``, ``total`` at least 1."""

_POINTS = 257
"""As many as a curve of the whole plan needs to look smooth."""


@dataclass(frozen=True)
class ScheduleRecord:
    """A schedule: ``id`` as in fields, ``name`` for people, and the ``rule`` that gives the rate of every update."""

    id: str
    name: Text
    rule: Rule

    def plan(self, total: int, reached: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """Updates (K,) up to ``total``, or as far as a run has ``reached``, and the share (K,) of the rate that is set
        which the update after so many others has.
        """
        updates = np.unique(np.linspace(0, max(total, reached), _POINTS).round().astype(np.int64))
        return updates, np.array([self.rule(1.0, update, total) for update in updates.tolist()])


CONSTANT = "constant"

SCHEDULES: Mapping[str, ScheduleRecord] = MappingProxyType(
    {
        one.id: one
        for one in (
            ScheduleRecord(CONSTANT, Text("constant"), constant),
            ScheduleRecord("step", Text("in steps"), step_decay),
            ScheduleRecord("inverse", Text("like 1/t"), inverse_time),
            ScheduleRecord("cosine", Text("cosine"), cosine),
            ScheduleRecord("warm_up", Text("warm-up, then cosine"), warm_up),
        )
    }
)
"""By their ids, the plainest first."""
