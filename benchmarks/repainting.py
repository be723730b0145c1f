"""The time to repaint a stage, over all experiments and their presets, at several zooms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent

from benchmarks.measurement import Measurement, Options
from benchmarks.stage import EXPERIMENT_IDS
from engine.contract.catalogue import load
from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.protocol import NO_LIMIT
from engine.playing import Player, opened
from gui.stage.view import View
from gui.style.running import running_application
from gui.style.theme import apply_to
from gui.style.typography import set_zoom
from gui.views import load_view

_ZOOMS = (1.0, 1.5, 2.0)
_STAGE = (1366, 520)
"""The largest stage in a window of 1366 × 768."""
_LIMIT = 25
"""Milliseconds: forty pictures a second while something is dragged."""
_RUN = 2.0
"""Seconds of computing after which a run that does not end is looked at as at its end."""


def measure(options: Options) -> Iterator[Measurement]:
    """The slowest of all pictures at each zoom, compared with the slowest one without zoom."""
    apply_to(running_application([]))
    slowest = dict.fromkeys(_ZOOMS, (0.0, ""))
    for experiment_id in EXPERIMENT_IDS:
        with closing(_Stage(experiment_id)) as stage:
            for name, params, frame in _moments(stage.experiment, options.whole):
                stage.view.draw(params, frame)
                for zoom in _ZOOMS:
                    found = stage.repaint(zoom, max(3, options.repeats // 20))
                    slowest[zoom] = max(slowest[zoom], (found, f"{experiment_id} {name}".strip()))
    for zoom, (milliseconds, name) in slowest.items():
        words = f"repaint at {zoom:.0%}, {name}"
        yield Measurement(words, milliseconds, "ms", "the slowest at 100%", slowest[1.0][0], _LIMIT)


def _moments(experiment: Experiment, whole: bool) -> Iterator[tuple[str, Params, Frame]]:
    """The opening of every preset, and with ``whole`` the end of its run too."""
    defaults = experiment.params_type()
    named = [("", defaults), *((preset.id, defaults.replaced(preset.changes)) for preset in experiment.presets)]
    for name, params in named:
        player, frame = opened(experiment, params)
        yield name, params, frame
        if whole and experiment.has_course(params):
            yield f"{name}, run".strip(", "), *_end_of(player)


def _end_of(player: Player) -> tuple[Params, Frame]:
    ends = perf_counter() + _RUN
    while not player.finished and perf_counter() < ends:
        for _ in player.slice(NO_LIMIT):
            pass
    return player.params, player.go(0)


class _Stage:
    """A view on the screen, to be closed at the end."""

    def __init__(self, experiment_id: str) -> None:
        self.experiment = load(experiment_id)
        self.view: View = load_view(experiment_id)(self.experiment)
        self.view.resize(*_STAGE)
        self.view.show()

    def repaint(self, zoom: float, repeats: int) -> float:
        """Milliseconds of a repaint: the fastest of several, to exclude other load."""
        set_zoom(zoom)
        QCoreApplication.processEvents()
        port = self.view.stage.viewport()
        times = []
        for _ in range(repeats):
            began = perf_counter()
            port.repaint()
            times.append(perf_counter() - began)
        return min(times) * 1000

    def close(self) -> None:
        """Delete the view now: an item that outlives the application crashes the exit."""
        set_zoom(1.0)
        self.view.close()
        self.view.deleteLater()
        QCoreApplication.sendPostedEvents(self.view, QEvent.Type.DeferredDelete)
