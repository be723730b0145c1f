"""The time from a click to the last change of the picture, for every experiment in one window: the next one on the path
once nothing has happened for a while, any other one, and coming back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from time import perf_counter

from PySide6.QtCore import QEvent, QObject

from benchmarks.first_paint import bare_window
from benchmarks.measurement import Measurement, Options
from benchmarks.stage import EXPERIMENT_IDS, OF_EACH_CHAPTER, Show

_QUIET = 0.3
"""Seconds without a painting after which nothing more is expected."""
_MEDIAN, _SLOWEST, _AGAIN = 0.25, 0.7, 0.2
"""Of a bare window at most: the median and the slowest of those that are opened by a click, and coming back."""


def measure(options: Options) -> Iterator[Measurement]:
    """Experiments in the order of the book, each with time to be built ahead, compared with a bare pyqtgraph window."""
    ids = [one for one in (EXPERIMENT_IDS if options.whole else OF_EACH_CHAPTER) if one != EXPERIMENT_IDS[0]]
    bare = bare_window(max(options.starts, 1))
    with closing(Show(EXPERIMENT_IDS[0])) as show:
        first = [_opening(show, one, EXPERIMENT_IDS[EXPERIMENT_IDS.index(one) - 1]) for one in ids]
        again = []
        for one in ids:
            _let_go(show)
            again.append(_opening(show, one, EXPERIMENT_IDS[EXPERIMENT_IDS.index(one) - 1]))
        _let_go(show)
        cold = [_opening(show, one) for one in reversed(ids)]
    yield from _rows("opening the next one", list(zip(first, ids, strict=True)), bare, _MEDIAN, _SLOWEST)
    yield from _rows("coming back to a page let go", list(zip(again, ids, strict=True)), bare, _AGAIN)
    yield from _rows("opening another one at once", list(zip(cold, reversed(ids), strict=True)), bare)


def _rows(
    words: str, found: Sequence[tuple[float, str]], bare: float, median: float | None = None, most: float | None = None
) -> Iterator[Measurement]:
    ordered, name = sorted(found), "bare pyqtgraph window"
    middle, (slowest, which) = ordered[len(ordered) // 2][0], ordered[-1]
    yield Measurement(f"{words}, median", middle, "ms", name, bare, median, of_ratio=True)
    yield Measurement(f"{words}, slowest: {which}", slowest, "ms", name, bare, most, of_ratio=True)


def _opening(show: Show, experiment_id: str, before: str | None = None) -> float:
    """Milliseconds until the stage was painted for the last time, once the pages next to ``before`` were built."""
    if before is not None:
        show.open(before)
        pages = show.window.pages
        assert pages is not None  # there are some
        show.wait_until(lambda: pages.there(experiment_id) is not None and show.window.is_ahead)
    began = perf_counter()
    show.window.show_experiment(experiment_id)
    watch = _LastPainting(show.page.view.stage.viewport())
    show.wait_until(lambda: show.runner.entry is not None and show.runner.is_settled)
    show.wait_until(lambda: perf_counter() - watch.at > _QUIET)
    return (watch.at - began) * 1000


def _let_go(show: Show) -> None:
    """Close all pages but the one that is shown."""
    pages = show.window.pages
    assert pages is not None  # there are some
    for one in EXPERIMENT_IDS:
        if pages.there(one) not in (None, show.page):
            pages.let_go(one)


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
