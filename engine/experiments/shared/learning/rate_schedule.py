"""Learning-rate schedules for experiments: their two parameter fields, the rates of a run, and texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.contract.api import Remedy, Status, Text, VisibleWhen, choice, format_short, integer, percent, quantity
from engine.contract.history import History
from engine.contract.table import Table, table_of
from engine.experiments.shared.learning.batch_run import ROWS
from engine.nn.schedules import CONSTANT, SCHEDULES

MOST_PLANNED = 20_000

_RATE = Text("learning rate")
_SAYS_RATE = Text("{said} η is now {rate}.")
_SAYS_SHARE = Text("{said} All η are now at {share}.")
_ENDED = Text("The schedule has come to its end: after {planned:,} updates η is 0, and nothing is learned any more.")


def schedule_choice() -> Any:
    """The parameter field for the schedule; a change restarts the run, since a schedule plans the whole run."""
    return choice(
        CONSTANT,
        {one.id: one.name for one in SCHEDULES.values()},
        Text("Schedule of η"),
        Text("How the learning rate changes from update to update."),
        more=True,
    )


def planned_updates(default: int) -> Any:
    """The parameter field for the schedule's length in updates; hidden for the constant schedule."""
    return integer(
        default,
        (1, MOST_PLANNED),
        Text("Planned updates T"),
        Text("The schedule is spread over so many updates."),
        more=True,
        visible=VisibleWhen("schedule", tuple(one for one in SCHEDULES if one != CONSTANT)),
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class ScheduledRates:
    """The learning rates that a schedule gives to the L learners of a run; L is 1 if all have the same rate.

    ``now`` (L,) are the rates of the newest update, or before any update those of the first. ``share`` is their ratio
    to the rates that the user set. ``curves`` (L, R) are the rates at the recorded ``updates`` (R,). ``plan_shares``
    (K,) is the same ratio over the whole schedule, for the update that follows after ``plan_updates`` (K,) updates.
    """

    now: np.ndarray
    share: float = quantity(share=True)
    updates: np.ndarray
    curves: np.ndarray
    plan_updates: np.ndarray
    plan_shares: np.ndarray


class RatePlan:
    """Computes the learning rates of every update, and records them if the schedule is not constant."""

    def __init__(self, schedule: str, planned: int, learners: int = 1) -> None:
        self._schedule, self._planned = SCHEDULES[schedule], planned
        self._is_constant = schedule == CONSTANT
        self._used = History(tuple(str(number) for number in range(learners)), ROWS)
        self._newest, self._share = list[float](), self._schedule.rule(1.0, 0, planned)

    def rates(self, update: int, set_rates: Sequence[float]) -> list[float]:
        """The rates of the update that follows after ``update`` updates; ``set_rates`` and the result have one for each
        learner.
        """
        self._newest = [self._schedule.rule(rate, update, self._planned) for rate in set_rates]
        return self._newest

    def done(self, update: int) -> None:
        """Record the rates computed last as those of this update."""
        if not self._is_constant:
            self._share = self._schedule.rule(1.0, update - 1, self._planned)
            self._used.append(update, *self._newest)

    def state(self, update: int, set_rates: Sequence[float]) -> ScheduledRates | None:
        """The learning rates after ``update`` updates, for a frame; None if the schedule is constant.

        ``set_rates`` are the rates that the user set, one for each learner.
        """
        if self._is_constant:
            return None
        curves = [self._used.curve(name) for name in self._used.names]
        to_come = [self._schedule.rule(rate, 0, self._planned) for rate in set_rates]
        plan_updates, plan_shares = self._schedule.plan(self._planned, update)
        return ScheduledRates(
            now=np.array([curve.last[-1] for curve in curves] if len(curves[0].last) else to_come),
            share=self._share,
            updates=curves[0].updates,
            curves=np.array([curve.last for curve in curves]),
            plan_updates=plan_updates,
            plan_shares=plan_shares,
        )


def rate_table(
    rates: ScheduledRates | None, names: Sequence[tuple[str, Text]] = (("rate", _RATE),)
) -> tuple[Table, ...]:
    """The table of the rates used so far, with a column for each learner; no table with a constant rate.

    ``names`` has the name and label of each column.
    """
    if rates is None:
        return ()
    columns = {name: (curve, label) for (name, label), curve in zip(names, rates.curves, strict=True)}
    update = (rates.updates, Text("update"))
    return (table_of("rate", Text("learning rate of the update"), update=update, **columns),)


def with_rate(said: Text, rates: ScheduledRates | None) -> Text:
    """Append the current rate to a headline, or with several learners the ratio to the set rates, if there is a
    schedule.
    """
    if rates is None:
        return said
    if len(rates.now) > 1:
        return _SAYS_SHARE(said=said, share=percent(rates.share, 1))
    return _SAYS_RATE(said=said, rate=format_short(float(rates.now[0]), 3))


def schedule_ended(rates: ScheduledRates | None, planned: int) -> Status | None:
    """The notice that the schedule has reduced the rates to 0; None if it has not."""
    if rates is None or rates.share > 0:
        return None
    longer = min(2 * planned, MOST_PLANNED)
    remedy = Remedy(Text("Plan twice as many"), {"planned": longer}) if longer > planned else None
    return Status("schedule_ended", _ENDED(planned=planned), remedy)
