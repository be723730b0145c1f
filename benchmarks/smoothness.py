"""How smoothly the window draws while the engine computes at full speed."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Slot

from benchmarks.measurement import Measurement, Options
from benchmarks.stage import Show, playground_run
from engine.contract.player import Player
from gui.run.display import DISPLAY_INTERVAL
from tests.dummies import Playground


class _Redrawing(QObject):
    """Draws the same frame again at the display's rate, with nothing computed beside it."""

    def __init__(self, show: Show) -> None:
        super().__init__()
        self._show = show
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._redraw)
        self._timer.start(DISPLAY_INTERVAL)

    def stop(self) -> None:
        """Draw no more."""
        self._timer.stop()

    @Slot()
    def _redraw(self) -> None:
        self._show.stage.draw(self._show.runner.entry)


def measure(options: Options) -> Iterator[Measurement]:
    """Frames a second and the regularity of their painting, idle and at full speed, and what the engine gets done."""
    show = Show()
    try:
        redrawing = _Redrawing(show)
        show.let_go_for(0.5)
        idle = _watch(show, options.seconds)
        redrawing.stop()
        show.runner.full_speed(True)
        show.runner.play()
        show.let_go_for(0.5)
        before, began = show.runner.state.newest, perf_counter()
        busy = _watch(show, options.seconds)
        done = (show.runner.state.newest - before) / (perf_counter() - began)
    finally:
        show.close()
    name = "idle redrawing"
    rates = 1000 / busy.mean(), 1000 / idle.mean()
    middles = np.median(busy), np.median(idle)
    tails = np.percentile(busy, 99), np.percentile(idle, 99)
    yield Measurement("frames a second at full speed", rates[0], "/s", name, rates[1], 58, at_least=True)
    yield Measurement("frame interval at full speed, median", middles[0], "ms", name, middles[1])
    yield Measurement("frame interval at full speed, p99", tails[0], "ms", name, tails[1], 1.5, of_ratio=True)
    yield Measurement("updates a second beside a drawing window", done, "/s", "no window", _alone())


def _watch(show: Show, seconds: float) -> np.ndarray:
    """Milliseconds between the paintings of different frames."""
    show.stage.painted.clear()
    show.let_go_for(seconds)
    times = [at for index, (at, shown) in enumerate(show.stage.painted) if not index or _is_new(show, index, shown)]
    return np.diff(times) * 1000


def _is_new(show: Show, index: int, shown: int) -> bool:
    return show.stage.painted[index - 1][1] != shown


def _alone() -> float:
    """Updates a second of the engine by itself."""
    player = Player(Playground(), playground_run())
    player.go(1000)
    began = perf_counter()
    player.go(10_000)
    return 10_000 / (perf_counter() - began)
