"""The time until a run at full speed yields to another command, and until a restart is painted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from time import perf_counter

import numpy as np

from benchmarks.measurement import Measurement, Options
from benchmarks.stage import Show
from engine.contract.catalogue import load
from engine.contract.params import Params
from engine.contract.run import Run
from engine.playing import SLICE, Player
from gui.run.mailbox import Mailbox
from gui.run.paint_priority import PaintPriority
from gui.run.player_factory import PlayerFactory
from gui.run.worker import Worker
from gui.run.worker_commands import RunHandle, WorkerCommands

_WHY_LATER = (
    "measured limit 47 to 64 ms paused, 69 to 96 ms running, from one run to the next: a new start of descent makes "
    "and keeps all 31 frames of its way, which exact Back needs (27 ms), and paints the whole stage (10 ms)"
)


def measure(options: Options) -> Iterator[Measurement]:
    """The time until a run of ``training`` yields; from a restart of ``descent`` to its picture."""
    cancels = np.array(_cancels(options.repeats))
    yield Measurement("from cancel to being free, p99", np.percentile(cancels, 99), "ms", "one slice", SLICE * 1000, 10)
    alone = np.median([_opening() for _ in range(10)])
    for running in (False, True):
        restarts = np.array(_restarts(options.repeats, running))
        word = "running" if running else "paused"
        for name, value in (("median", np.median(restarts)), ("p99", np.percentile(restarts, 99))):
            row = f"from restart to drawn, {word}, {name}"
            target = 50 if name == "p99" else None
            yield Measurement(row, value, "ms", "opening without a window", alone, target, note=_WHY_LATER)


def _cancels(repeats: int) -> list[float]:
    control = WorkerCommands()
    players = PlayerFactory(control.condition)
    worker = Worker(control, Mailbox(control.condition), PaintPriority(), players)
    experiment = load("training")
    playing = RunHandle(experiment, Run(experiment.id, experiment.params_type()), (0, 0), recording=True)
    something_else = load("perceptron_rule")
    other = players.player_for(something_else, Run(something_else.id, something_else.params_type()), lambda: True)
    assert other is not None
    other.go()
    found = []
    for number in range(1, repeats + 1):
        control.begin(number)
        control.set_full_speed(True)
        control.play()
        loop = threading.Thread(target=worker.start, args=(playing, number))
        loop.start()
        loop.join(2.0 if number == 1 else 0.03)  # let it get going; joining a thread that does not end only waits
        began = perf_counter()
        control.cancel()
        loop.join()
        other.go()
        found.append((perf_counter() - began) * 1000)
    players.close()
    return found


def _opening() -> float:
    experiment = load("descent")
    params = experiment.params_type()
    began = perf_counter()
    Player(experiment, Run(experiment.id, params)).go_by(experiment.opening_for(params))
    return (perf_counter() - began) * 1000


def _painted_with(show: Show, wanted: Params) -> float:
    """Wait until something with these parameters is painted; returns when."""
    show.wait_until(lambda: show.painting.first_with(wanted) is not None)
    painted = show.painting.first_with(wanted)
    assert painted is not None
    return painted


def _restarts(repeats: int, running: bool) -> list[float]:
    found = []
    with closing(Show("descent")) as show:
        page = show.page
        if running:
            show.runner.full_speed(True)
            show.runner.play()
        for index in range(repeats):
            show.let_go_for(0.03)
            show.painting.clear()
            began = perf_counter()
            page.view.move_handle("start", (-6.0 - 0.1 * (index % 2), 2.0))  # as the hand does
            found.append((_painted_with(show, page.editor.params) - began) * 1000)
    return found
