"""How soon a run at full speed lets go, and a restart is on the screen."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from time import perf_counter

import numpy as np

from benchmarks.measurement import Measurement, Options
from benchmarks.stage import Show
from engine.contract.catalogue import load
from engine.contract.player import Player
from engine.contract.run import Run
from engine.contract.slices import SLICE
from gui.run.control import Control
from gui.run.gate import Gate
from gui.run.mailbox import Mailbox
from gui.run.players import Players
from gui.run.playing import Playing
from gui.run.worker import Worker


def measure(options: Options) -> Iterator[Measurement]:
    """How soon whoever plays ``training`` is free for something else; from a new rate of ``descent`` to its picture."""
    cancels = np.array(_cancels(options.repeats))
    yield Measurement(
        "from cancel to being free, p99", np.percentile(cancels, 99), "ms", "one slice", SLICE * 1000, 10
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


def _cancels(repeats: int) -> list[float]:
    control = Control()
    players = Players(control.condition)
    worker = Worker(control, Mailbox(control.condition), Gate(), players)
    experiment = load("training")
    playing = Playing(experiment, Run(experiment.id, experiment.params_type()), (0, 0), recording=True)
    something_else = load("perceptron_rule")
    other = players.player_for(something_else, Run(something_else.id, something_else.params_type()), lambda: True)
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
    began = perf_counter()
    Player(experiment, Run(experiment.id, experiment.params_type())).go_by(experiment.opening)
    return (perf_counter() - began) * 1000


def _restarts(repeats: int, running: bool) -> list[float]:
    found = []
    with closing(Show("descent")) as show:
        editor = show.window.page.editor
        if running:
            show.runner.full_speed(True)
            show.runner.play()
        for index in range(repeats):
            show.let_go_for(0.03)
            rate = 0.3 + 0.01 * (index % 2)
            show.painting.times.clear()
            began = perf_counter()
            editor.change({"learning_rate": rate}, "")

            def is_painted(rate: float = rate) -> bool:
                return show.params.learning_rate == rate and show.painting.is_up_to_date and show.painting.times

            show.wait_until(is_painted)
            found.append((show.painting.times[-1] - began) * 1000)
    return found
