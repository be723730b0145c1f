"""How long a stage takes to repaint, over all experiments and their presets, at the usual sizes of type."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent

from benchmarks.measurement import Measurement, Options
from engine.contract.catalogue import load
from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params
from gui.stage.view import View
from gui.style.running import running_application
from gui.style.theme import apply_to
from gui.style.typography import set_zoom
from gui.views import load_view
from tests.walk import EXPERIMENT_IDS, opened

_ZOOMS = (1.0, 1.5, 2.0)
_STAGE = (1366, 520)
"""The largest stage in a window of 1366 × 768."""
_FRAME = 33
"""Milliseconds: thirty pictures a second while something is dragged."""


def measure(options: Options) -> Iterator[Measurement]:
    """At each zoom the slowest of all pictures, beside the slowest one without zoom."""
    apply_to(running_application([]))
    slowest = dict.fromkeys(_ZOOMS, (0.0, ""))
    for experiment_id in EXPERIMENT_IDS:
        with closing(_Stage(experiment_id)) as stage:
            for name, params, frame in _openings(stage.experiment):
                stage.view.draw(params, frame)
                for zoom in _ZOOMS:
                    found = stage.repaint(zoom, max(3, options.repeats // 20))
                    slowest[zoom] = max(slowest[zoom], (found, f"{experiment_id} {name}".strip()))
    for zoom, (milliseconds, name) in slowest.items():
        words = f"repaint at {zoom:.0%}, {name}"
        yield Measurement(words, milliseconds, "ms", "the slowest at 100%", slowest[1.0][0], _FRAME)


def _openings(experiment: Experiment) -> Iterator[tuple[str, Params, Frame]]:
    defaults = experiment.params_type()
    named = [("", defaults), *((preset.id, defaults.replaced(preset.changes)) for preset in experiment.presets)]
    for name, params in named:
        yield name, params, opened(experiment, params)[1]


class _Stage:
    """A view of its own on the screen, to be closed."""

    def __init__(self, experiment_id: str) -> None:
        self.experiment = load(experiment_id)
        self.view: View = load_view(experiment_id)(self.experiment)
        self.view.resize(*_STAGE)
        self.view.show()

    def repaint(self, zoom: float, repeats: int) -> float:
        """Milliseconds of one repaint, the quickest: what else the machine does at the moment is none of its affair."""
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
