"""The texts of `optimizer_race`: headline, status and tooltips."""

from __future__ import annotations

import numpy as np

from engine.contract.api import NONE, Probe, Remedy, Status, Text, counted, fixed_digits, listed, notation, percent
from engine.experiments.ch6_techniques.optimizer_race.params import (
    NAMES,
    OptimizerRaceFrame,
    OptimizerRaceParams,
)
from engine.experiments.shared.learning.batches import nearest_row
from engine.experiments.shared.learning.race import LEARNS
from engine.experiments.shared.learning.rate_schedule import schedule_ended, with_rate
from engine.nn.optimizer_registry import OPTIMIZERS

_ONE = notation("{name} {loss}")


def headline(params: OptimizerRaceParams, frame: OptimizerRaceFrame) -> Text:
    """One sentence with the lowest and the highest loss and the optimizers that have them."""
    if len(frame.learners) == 1:
        words = Text("{name}, alone: after {updates} its loss is {low}, and {test} of the test digits are right.")
    elif frame.ahead is None:
        words = Text("The same weights, the same batches to come; only the optimizers and their rates differ.")
        if frame.update:
            words = Text("After {updates} no loss is a finite number any more: all rates are too large.")
    elif frame.has_band:
        words = Text(
            "Means of {seeds} seeds after {updates}: loss {low} ({ahead}) to {high} ({last}). Only the optimizers and"
            " their rates differ."
        )
    else:
        words = Text(
            "After {updates}: loss {low} ({ahead}) to {high} ({last}). Only the optimizers and their rates differ."
        )
    known = frame.mean_losses[np.isfinite(frame.mean_losses)]
    last = np.argmax(np.where(np.isfinite(frame.mean_losses), frame.mean_losses, -np.inf))
    said = words(
        name=NAMES[frame.learners[0]],
        updates=counted(frame.update, "update", context="times"),
        low=fixed_digits(float(np.min(known))) if len(known) else NONE,
        high=fixed_digits(float(np.max(known))) if len(known) else NONE,
        ahead=NAMES[frame.ahead] if frame.ahead else NONE,
        last=NAMES[frame.learners[int(last)]],
        seeds=frame.seeds,
        test=percent(float(frame.sample_test[0, -1]), 1),
    )
    return with_rate(said, frame.rates)


def status(params: OptimizerRaceParams, frame: OptimizerRaceFrame) -> Status | None:
    """The notice that learners are lost, with a remedy, or that the schedule has ended; else None."""
    lost = [one for one, at in zip(frame.learners, frame.lost_at, strict=True) if at != LEARNS]
    if not lost:
        return schedule_ended(frame.rates, params.planned)
    words = Text("{names}: the steps are so long that the numbers became too large for a computer. The others go on.")
    if len(lost) == len(frame.learners):
        words = Text("{names}: the steps are so long that the numbers became too large for a computer.")
    too_large = {
        f"{one}_rate": OPTIMIZERS[one].usual_rate for one in lost if params.rate(one) > OPTIMIZERS[one].usual_rate
    }
    remedy = Remedy(Text("The usual rate"), too_large) if too_large else None
    return Status("diverged", words(names=listed([NAMES[one] for one in lost])), remedy)


def curve_probe(frame: OptimizerRaceFrame, across: str, place: float) -> Probe | None:
    """The tooltip with all learners' mean losses at the x ``place``, an update or, if ``across`` is
    "seconds", a time.
    """
    if not len(frame.loss_updates):
        return None
    if across == "seconds":
        rows = [nearest_row(spent, place) for spent in frame.seconds]
        words = Text("after {at} s of updates: {losses}")
        at: object = f"{max(place, 0.0):.2f}"
    else:
        row = nearest_row(frame.loss_updates, place)
        rows, at = [row] * len(frame.learners), int(frame.loss_updates[row])
        words = Text("update {at}: {losses}")
    found = [
        _ONE(name=OPTIMIZERS[one].name, loss=fixed_digits(float(curve[row])))
        for one, curve, row in zip(frame.learners, frame.loss_mean, rows, strict=True)
    ]
    return Probe(words(at=at, losses=listed(found)))


def bar_probe(frame: OptimizerRaceFrame, number: int) -> Probe | None:
    """The tooltip with the newest test accuracy of the learner with the index ``number``, and its extremes over the
    seeds.
    """
    if not 0 <= number < len(frame.learners):
        return None
    words = Text("{name}: {test} of {count:,} test digits right at update {update:,}")
    if frame.has_band:
        words = Text(
            "{name}: {test} of {count:,} test digits right at update {update:,}; {low} to {high} with {seeds} seeds"
        )
    shares = {"test": frame.sample_test, "low": frame.test_minimum, "high": frame.test_maximum}
    values = {name: percent(float(curve[number, -1]), 1) for name, curve in shares.items()}
    at = {"count": frame.test_count, "update": int(frame.sample_updates[-1]), "seeds": frame.seeds}
    return Probe(words(name=NAMES[frame.learners[number]], **at, **values))
