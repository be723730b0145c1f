"""The texts of a range test: headline, arithmetic, table and tooltips."""

from __future__ import annotations

import numpy as np

from engine.contract.api import Probe, Table, Text, WorkingStep, format_real, format_short, table_of, untranslated
from engine.experiments.ch6_techniques.hyperparameters.params import (
    HIGHEST_LOSS,
    RANGE_HIGH,
    RANGE_LOW,
    RangeTest,
)

_SAME_TO = 1.1
"""The learner's mark counts as right if it is off by less than this factor."""

_WAITS = Text(
    "In {planned} batches the rate will grow from {low} to {high}. Where will the loss fall fastest before its minimum?"
    " Drag the mark."
)
_GOES_ON = Text("Batch {batch} of {planned}: η = {rate}, loss {loss}.")
_FOUND = Text("Before its minimum the loss falls fastest at η = {steepest}{harmful}. The mark, {mark}, is {times}.")
_HARMFUL = Text(", and from {rate} on it is higher than at the start")
_LARGER = Text("larger by a factor of {times}")
_SMALLER = Text("smaller by a factor of {times}")
_RIGHT = Text("right there")
_FLAT = Text("The loss falls nowhere in this range.")
_FACTOR = Text("by what the rate is multiplied from batch to batch")
_NEWEST = Text("the rate of batch {batch}")
_BATCH = Text("batch {batch}: η = {rate}, loss {loss}, mean {mean}")
_COLUMNS = {
    "rate": Text("learning rate"),
    "loss": Text("loss"),
    "mean": Text("mean loss around it"),
}


def headline(test: RangeTest, finished: bool) -> Text:
    """One sentence with the newest batch's learning rate and loss; at the end, the rate at which the loss fell fastest,
    and how far from it the learner's mark is.
    """
    if not len(test.losses):
        return _WAITS(
            planned=test.planned, low=format_short(10.0**RANGE_LOW, 1), high=format_short(10.0**RANGE_HIGH, 2)
        )
    if not finished:
        batch = len(test.losses)
        rate, loss = format_short(float(test.rates[-1]), 2), format_real(float(test.losses[-1]), 3)
        return _GOES_ON(batch=batch, planned=test.planned, rate=rate, loss=loss)
    if test.steepest is None or test.times is None:
        return _FLAT
    off = max(test.times, 1 / test.times)
    words = _RIGHT if off < _SAME_TO else _LARGER if test.times > 1 else _SMALLER
    harmful = untranslated("") if test.harmful is None else _HARMFUL(rate=format_short(test.harmful, 2))
    return _FOUND(
        steepest=format_short(test.steepest, 2),
        harmful=harmful,
        mark=format_short(test.mark, 2),
        times=words(times=format_short(off, 2)),
    )


def tables(test: RangeTest) -> tuple[Table, ...]:
    """Two tables: a row for each batch, with learning rate, loss and mean loss; and one row with the results."""
    values = {"rate": test.rates, "loss": test.losses, "mean": test.means}
    batches = table_of(
        "range_test",
        Text("range test"),
        batch=(range(1, len(test.losses) + 1), Text("batch", context="number")),
        **{name: (row, _COLUMNS[name]) for name, row in values.items()},
    )
    found = table_of(
        "found",
        Text("what the range test finds"),
        mark=(test.mark, Text("my mark")),
        start=(test.start, Text("loss at the start")),
        steepest=(test.steepest, Text("steepest fall before the minimum at")),
        harmful=(test.harmful, Text("above the start from")),
        beyond=(test.beyond, Text("losses above {most}")(most=format_short(HIGHEST_LOSS))),
    )
    return batches, found


def working(test: RangeTest) -> tuple[WorkingStep, ...]:
    """The calculation of the factor by which the rate grows, and of the newest batch's rate."""
    factor = 10.0 ** ((RANGE_HIGH - RANGE_LOW) / (test.planned - 1))
    ends = {"a": RANGE_LOW, "b": RANGE_HIGH, "n": float(test.planned)}
    lines = [WorkingStep("q", "10^(({b} − {a}) / ({n} − 1))", ends, factor, _FACTOR)]
    if batch := len(test.losses):
        values = {"a": RANGE_LOW, "q": factor, "k": float(batch)}
        result = 10.0**RANGE_LOW * factor ** (batch - 1)
        lines.append(WorkingStep("η", "10^{a}·{q}^({k} − 1)", values, result, _NEWEST(batch=batch)))
    return tuple(lines)


def probe(test: RangeTest, power: float) -> Probe | None:
    """The tooltip of the batch whose learning rate is nearest to 10 to the power ``power``; None before the first
    batch.
    """
    if not len(test.rates):
        return None
    place = int(np.argmin(np.abs(np.log10(test.rates) - power)))
    loss, mean = (format_real(float(row[place]), 3) for row in (test.losses, test.means))
    return Probe(_BATCH(batch=place + 1, rate=format_short(float(test.rates[place]), 2), loss=loss, mean=mean))
