"""A network that trains at full speed while two other processes keep the machine busy, as on a laptop in use."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

from benchmarks.alone import Alone
from benchmarks.measurement import Measurement, Options
from benchmarks.smoothness import begin, middle, one_round
from benchmarks.stage import Show

_ROUNDS = 3
_BUSY = "while True: sum(range(10_000))"
_WHY_FEWER = (
    "measured limit 34 to 39, from one run to the next: with the companion four processes share two cores: a frame "
    "takes twice its 10 to 16 ms, and idle redrawing comes to 50. A companion that gave way would cost the speed above"
)


def measure(options: Options) -> Iterator[Measurement]:
    """Updates of ``training`` beside the window and alone on the same busy machine, and frames meanwhile."""
    with closing(Show("training")) as show, closing(Alone("training")) as alone, _two_busy_processes():
        rounds = [one_round(show, alone, options.seconds) for _ in range(_ROUNDS)]
        show.open("descent")
        begin(show)
        descent = show.painting.intervals(show, options.seconds)
        show.runner.pause()
    one = middle(rounds, lambda one: one.done / one.alone)
    name = "without a window"
    yield Measurement("training beside two busy processes", one.done, "/s", name, one.alone, 0.6, True, True)
    one = middle(rounds, lambda one: float(one.busy.mean()))
    rates = 1000 / one.busy.mean(), 1000 / one.idle.mean()
    yield Measurement(
        "frames a second, two busy beside", rates[0], "/s", "idle redrawing", rates[1], 50, True, note=_WHY_FEWER
    )
    rate = 1000 / descent.mean()
    yield Measurement(
        "descent's frames a second, two busy beside", rate, "/s", "idle redrawing", rates[1], 50, True, note=_WHY_FEWER
    )


@contextmanager
def _two_busy_processes() -> Iterator[None]:
    busy = [subprocess.Popen([sys.executable, "-c", _BUSY]) for _ in range(2)]
    try:
        yield
    finally:
        for one in busy:
            one.kill()
            one.wait()
