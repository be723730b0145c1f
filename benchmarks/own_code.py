"""The learner's code: the time until a check's verdict, and the speed of an experiment with it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter

from benchmarks.measurement import Measurement, Options
from engine.contract.catalogue import load
from engine.contract.run import LearnerCode, Run
from engine.exercises import default_stage, load_exercise
from engine.exercises.checking import Checking
from engine.exercises.own_companion import OwnCompanion, OwnPlayer
from engine.playing import Player, RunPlayer

_VERDICT, _SPEED = 250.0, 0.3
_UPDATES = 300
_AFFINE = """
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.shape, self.x = x.shape, x.reshape(len(x), -1)
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout):
        self.dW, self.db = np.dot(self.x.T, dout), np.sum(dout, axis=0)
        return np.dot(dout, self.W.T).reshape(self.shape)
"""


def measure(options: Options) -> Iterator[Measurement]:
    """The median from a press of Check to its verdict; and updates a second of training with the learner's layer."""
    exercise = load_exercise("affine")
    stage = default_stage(exercise)
    both: tuple[list[float], list[float]] = ([], [])
    for _ in range(max(5, options.repeats // 5)):
        for times, work in zip(both, (Checking(exercise, _AFFINE, stage).verdict, _bare_numpy), strict=True):
            times.append(_seconds(work))
    verdict, bare = (1000 * median(times) for times in both)
    yield Measurement("check of Affine, to its verdict", verdict, "ms", "Python that imports NumPy", bare, _VERDICT)
    training, written = load("training"), (LearnerCode("affine", _AFFINE),)
    companion = OwnCompanion(threading.Condition(), written)
    try:
        companion.wait_until_ready(lambda: True)
        params = training.params_type()
        players = (
            OwnPlayer(companion, training, Run("training", params, written=written), lambda: True),
            Player(training, Run("training", params)),
        )
        rounds = [tuple(map(_speed, players)) for _ in range(3)]  # in turn, since machines are noisy
    finally:
        companion.close()
    theirs, ours = (median(speeds) for speeds in zip(*rounds, strict=True))
    name = "training with the learner's Affine"
    yield Measurement(name, theirs, "updates/s", "with ours", ours, _SPEED, at_least=True, of_ratio=True)


def _speed(player: RunPlayer) -> float:
    player.go(20)  # once everything is warm
    return _UPDATES / _seconds(lambda: player.go(_UPDATES))


def _bare_numpy() -> None:
    subprocess.run([sys.executable, "-I", "-c", "import numpy"], check=True)


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
