"""The time from a click to the last change of the picture, for every experiment in one window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from time import perf_counter

from PySide6.QtCore import QEvent, QObject

from benchmarks.measurement import Measurement, Options
from benchmarks.stage import EXPERIMENT_IDS, OF_EACH_CHAPTER, Show

_QUIET = 0.3
"""Seconds without a painting after which nothing more is expected."""
_MOST = 700


def measure(options: Options) -> Iterator[Measurement]:
    """Each experiment opened for the first time, and again after its page was closed: the slowest and the median."""
    ids = EXPERIMENT_IDS if options.whole else OF_EACH_CHAPTER
    with closing(Show(EXPERIMENT_IDS[1])) as show:
        first = sorted((_opening(show, one), one) for one in ids if one != EXPERIMENT_IDS[1])
        show.open(EXPERIMENT_IDS[1])
        pages = show.window.pages
        assert pages is not None  # there are some
        for one in ids:
            if pages.there(one) is not None and one != EXPERIMENT_IDS[1]:
                pages.let_go(one)
        again = sorted((_opening(show, one), one) for one in ids if one != EXPERIMENT_IDS[1])
    for words, found, limit in (("opening by a click", first, _MOST), ("coming back to a page let go", again, None)):
        milliseconds, slowest = found[-1]
        name = f"{words}, slowest: {slowest}"
        yield Measurement(name, milliseconds, "ms", "the median of all", found[len(found) // 2][0], limit)


def _opening(show: Show, experiment_id: str) -> float:
    """Milliseconds until the stage was painted for the last time."""
    began = perf_counter()
    show.window.show_experiment(experiment_id)
    watch = _LastPainting(show.page.view.stage.viewport())
    show.wait_until(lambda: show.runner.entry is not None and show.runner.is_settled)
    show.wait_until(lambda: perf_counter() - watch.at > _QUIET)
    return (watch.at - began) * 1000


class _LastPainting(QObject):
    """Event filter that records when a widget was last painted."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.at = perf_counter()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.at = perf_counter()
        return False
