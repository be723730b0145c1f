"""The processor time of the window's process for one mouse move of a drag, until its frame is painted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from time import process_time

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from benchmarks.measurement import Measurement, Options
from benchmarks.stage import EXPERIMENT_IDS, OF_EACH_CHAPTER, Show

_WARM, _MOVES = 5, 40
_SLOWEST = 5
"""Number of slowest stages that are told one by one."""
_GATES, _OTHERS = 6.0, 12.0
"""Milliseconds that a move may take on gates, and on the slowest stages."""
_WHY = (
    "measured 18 to 23 ms on gates: about half is painting the whole stage by software, the rest 1,400 calls of our "
    "own; optimizers and descent also compute a run for every place of the hand"
)
_REST = 0.02
"""Seconds in which a move is usually done, with what is put off during a drag."""


def measure(options: Options) -> Iterator[Measurement]:
    """The first handle of every stage is dragged to and fro by the mouse; the median of its moves, compared with the
    same on gates. A stage without a handle, or whose handle follows no drag there, is left out.
    """
    found: list[tuple[float, str]] = []
    with closing(Show(EXPERIMENT_IDS[0])) as show:
        for experiment_id in EXPERIMENT_IDS if options.whole else OF_EACH_CHAPTER:
            show.open(experiment_id)
            show.wait_until(lambda: show.window.is_ahead)
            if moves := _moves(show):
                found.append((float(np.median(moves)), experiment_id))
    gates = next(value for value, name in found if name == EXPERIMENT_IDS[0])
    yield Measurement("a move of a drag on gates, processor time", gates, "ms", "gates", gates, _GATES, note=_WHY)
    for value, name in sorted(found, reverse=True)[:_SLOWEST]:
        yield Measurement(f"a move of a drag on {name}", value, "ms", "gates", gates, _OTHERS, note=_WHY)


def _moves(show: Show) -> list[float]:
    """Milliseconds of processor time of each move that changed a parameter."""
    view = show.page.view
    handles = view.handles()
    if not handles:
        return []
    stage = view.stage
    start = stage.mapFromScene(view.handle_items[handles[0].id].scenePos())
    QTest.mousePress(stage.viewport(), Qt.MouseButton.LeftButton, pos=start)
    found = []
    for number in range(_WARM + _MOVES):
        before, began = show.page.editor.params, process_time()
        place = start + QPoint(1, -1) * (8 + 3 * abs(7 - number % 14))
        QTest.mouseMove(stage.viewport(), place)
        if show.page.editor.params == before:
            continue
        show.let_go_for(_REST)  # in one piece: asking all the time costs more than the move
        show.wait_until(lambda: show.runner.is_settled and show.params == show.page.editor.params)
        if number >= _WARM:
            found.append((process_time() - began) * 1000)
    QTest.mouseRelease(stage.viewport(), Qt.MouseButton.LeftButton, pos=start)
    return found
