"""How smoothly the window draws while networks train at full speed, and how fast they train meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from time import perf_counter
from typing import TypeVar

import numpy as np

from benchmarks.alone import FROM, Alone
from benchmarks.measurement import Measurement, Options
from benchmarks.stage import Gaps, Redrawing, Show

ROUNDS = 3
"""What else a machine does changes from moment to moment: each value is taken this often, in turn with its baseline,
and the round in the middle counts."""
_SMALL = {"data": "hills", "hidden": (4, 2)}


T = TypeVar("T")


@dataclass(frozen=True)
class Round:
    """Results of a round: updates a second in the window and alone, frame intervals in training and idle, and gaps."""

    done: float
    alone: float
    busy: np.ndarray
    idle: np.ndarray
    gaps: np.ndarray


def measure(options: Options) -> Iterator[Measurement]:
    """Updates of ``training`` in the window and alone, frames and gaps meanwhile, and frames of ``descent``; then
    epochs and frames of ``playground`` with 250 points and a network 2-4-2-1, the usual start of such playgrounds.
    """
    with closing(Show("training")) as show, closing(Alone("training")) as alone:
        rounds = [one_round(show, alone, options.seconds) for _ in range(ROUNDS)]
        show.open("descent")
        descents: list[tuple[np.ndarray, np.ndarray]] = []
        for _ in range(ROUNDS):
            idle = _idle(show, options.seconds / 2)
            begin(show)
            descents.append((show.painting.intervals(show, options.seconds), idle))
            show.runner.pause()
    one = middle(rounds, lambda one: one.done / one.alone)
    name = "without a window"
    yield Measurement("training at full speed, beside the window", one.done, "/s", name, one.alone, 0.75, True, True)
    name = "idle redrawing"
    one = middle(rounds, lambda one: float(one.busy.mean()))
    rates = 1000 / one.busy.mean(), 1000 / one.idle.mean()
    yield Measurement("frames a second meanwhile", rates[0], "/s", name, rates[1], 58, at_least=True)
    one = middle(rounds, lambda one: _tail(one.busy) / _tail(one.idle))
    tails = _tail(one.busy), _tail(one.idle)
    yield Measurement("frame interval meanwhile, p99", tails[0], "ms", name, tails[1], 1.5, of_ratio=True)
    one = middle(rounds, lambda one: _tail(one.gaps))
    yield Measurement("gap in the event loop meanwhile, p99", _tail(one.gaps), "ms", "a frame", 1000 / 60, 25)
    busy, idle = middle(descents, lambda pair: float(pair[0].mean()))
    rates = 1000 / busy.mean(), 1000 / idle.mean()
    yield Measurement("descent at full speed, frames a second", rates[0], "/s", name, rates[1], 57, at_least=True)
    busy, idle = middle(descents, lambda pair: _tail(pair[0]) / _tail(pair[1]))
    yield Measurement("its frame interval, p99", _tail(busy), "ms", name, _tail(idle))
    yield from _small_network(options.seconds)


def _small_network(seconds: float) -> Iterator[Measurement]:
    with closing(Show("playground")) as show, closing(Alone("playground", _SMALL)) as alone:
        show.page.editor.change(_SMALL)
        show.wait_until(lambda: show.runner.is_settled and getattr(show.params, "hidden", None) == _SMALL["hidden"])
        rounds = [one_round(show, alone, seconds) for _ in range(ROUNDS)]
    one = middle(rounds, lambda one: one.done)
    per_epoch = 250 / 10
    name = "without a window"
    value, baseline = one.done / per_epoch, one.alone / per_epoch
    yield Measurement("epochs of a small network, beside the window", value, "/s", name, baseline, 1200, True)
    one = middle(rounds, lambda one: float(one.busy.mean()))
    rates = 1000 / one.busy.mean(), 1000 / one.idle.mean()
    why = "measured limit 56 to 62 from one run to the next: a frame takes 10 ms of the window beside the companion"
    yield Measurement(
        "frames a second meanwhile, with all maps", rates[0], "/s", "idle redrawing", rates[1], 58, True, note=why
    )


def middle(rounds: Sequence[T], key: Callable[[T], float]) -> T:
    """The median round by ``key``."""
    return sorted(rounds, key=key)[len(rounds) // 2]


def _tail(values: np.ndarray) -> float:
    return float(np.percentile(values, 99))


def one_round(show: Show, alone: Alone, seconds: float) -> Round:
    """Measure a round: redraw idly, compute alone, then train in the window, for ``seconds`` each."""
    idle = _idle(show, seconds)
    by_itself = alone.updates_per_second(seconds)
    begin(show)
    show.wait_until(lambda: show.runner.state.newest >= FROM)
    gaps, before, began = Gaps(), show.runner.state.newest, perf_counter()
    busy = show.painting.intervals(show, seconds)
    done = (show.runner.state.newest - before) / (perf_counter() - began)
    show.runner.pause()
    show.wait_until(lambda: show.runner.is_settled)
    return Round(done, by_itself, busy, idle, gaps.stop())


def begin(show: Show) -> None:
    """Run the shown experiment at full speed, from its start."""
    show.runner.restart()
    show.wait_until(lambda: show.runner.is_settled)
    show.runner.full_speed(True)
    show.runner.play()
    show.let_go_for(0.3)


def _idle(show: Show, seconds: float) -> np.ndarray:
    redrawing = Redrawing(show)
    show.let_go_for(0.2)
    idle = show.painting.intervals(show, seconds)
    redrawing.stop()
    return idle
