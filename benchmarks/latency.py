"""How soon a running loop lets go, and a restart is on the screen."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from time import perf_counter

import numpy as np

from benchmarks.measurement import Measurement, Options
from benchmarks.stage import Show, playground_run
from engine.contract.player import Player
from gui.run.control import Control
from gui.run.gate import Gate
from gui.run.mailbox import Mailbox
from gui.run.playing import SLICE, Playing
from gui.run.worker import Worker
from tests.dummies import Playground


def measure(options: Options) -> Iterator[Measurement]:
    """Cancel latency of a loop at full speed, and the time from a restart to its picture, paused and running."""
    cancels = np.array([_cancel() for _ in range(options.repeats)])
    yield Measurement(
        "from cancel to the loop's end, p99", np.percentile(cancels, 99), "ms", "one slice", SLICE * 1000, 10
    )
    alone = np.median([_opening() for _ in range(10)])
    for running in (False, True):
        restarts = np.array(_restarts(options.repeats, running))
        word = "running" if running else "paused"
        for name, value in (("median", np.median(restarts)), ("p99", np.percentile(restarts, 99))):
            target = 50 if name == "p99" else None
            yield Measurement(
                f"from restart to drawn, {word}, {name}", value, "ms", "opening without a window", alone, target
            )


def _cancel() -> float:
    control = Control()
    worker = Worker(control, Mailbox(control.condition), Gate())
    playing = Playing(Playground(), playground_run(), (0, 0), recording=True)
    control.begin(1)
    control.set_full_speed(True)
    control.play()
    loop = threading.Thread(target=worker.start, args=(playing, 1))
    loop.start()
    loop.join(0.02)  # let it get going; joining a thread that does not end only waits
    began = perf_counter()
    control.cancel()
    loop.join()
    return (perf_counter() - began) * 1000


def _opening() -> float:
    began = perf_counter()
    Player(Playground(), playground_run()).go_by(Playground.opening)
    return (perf_counter() - began) * 1000


def _restarts(repeats: int, running: bool) -> list[float]:
    show = Show()
    found = []
    try:
        if running:
            show.runner.full_speed(True)
            show.runner.play()
        for index in range(repeats):
            show.let_go_for(0.03)
            run = playground_run(samples=200 + 10 * (index % 2))
            before = show.stage.shown
            began = perf_counter()
            show.runner.restart(run)

            def is_painted(before: int = before, run: object = run) -> bool:
                drawn = show.stage.painted[-1][1] if show.stage.painted else 0
                return drawn > before and show.runner.entry.params == run.params

            show.wait_until(is_painted)
            found.append((show.stage.painted[-1][0] - began) * 1000)
    finally:
        show.close()
    return found
