"""The time to change language, theme, size or presentation in a window in which every experiment was open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from time import perf_counter

import numpy as np
from PySide6.QtCore import QCoreApplication

from benchmarks.measurement import Measurement, Options
from benchmarks.stage import EXPERIMENT_IDS, OF_EACH_CHAPTER, Show
from gui.style.typography import set_zoom, zoom

_SHOWN = "descent"


def measure(options: Options) -> Iterator[Measurement]:
    """The medians, beside those of a window in which only one experiment was open."""
    times = 2 * max(1, options.repeats // 20)
    with closing(Show(_SHOWN)) as show:
        alone = _changes(show, times)
        for experiment_id in EXPERIMENT_IDS if options.whole else OF_EACH_CHAPTER:
            show.open(experiment_id)
        show.open(_SHOWN)
        show.let_go_for(2.0)
        for name, milliseconds in _changes(show, times).items():
            yield Measurement(f"change of {name}, all visited", milliseconds, "ms", "one visited", alone[name], 250)


def _changes(show: Show, times: int) -> dict[str, float]:
    window = show.window
    changes: dict[str, Callable[[], object]] = {
        "language": window.switch_language,
        "theme": window.switch_theme,
        "size": lambda: set_zoom(1.25 if zoom() == 1.0 else 1.0),
        "presentation": window.toggle_presentation,
    }
    return {name: float(np.median([_time_of(show, change) for _ in range(times)])) for name, change in changes.items()}


def _time_of(show: Show, change: Callable[[], object]) -> float:
    """Milliseconds until everything caused by the change was done."""
    began = perf_counter()
    change()
    for _ in range(4):
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()
    took = (perf_counter() - began) * 1000
    show.let_go_for(0.2)
    return took
