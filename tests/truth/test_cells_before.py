"""What stood in a cell before can be read, and is said to be of before; else a corner stands for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QRectF

from engine.boards.experiment import BoardExperiment
from engine.contract.catalogue import load
from engine.contract.params import Params, fields_of
from engine.playing import opened
from gui.plots.pictures.cells_before import CORNER, SMALL, LegendBefore
from gui.stage.fields_on_stage import words_and_marks
from gui.stage.view import Snapshot
from gui.style.language import set_language, translate
from tests.gui.views.hand import BY_SIZE, draw, opened_view
from tests.other_values import other_values
from tests.walk import EXPERIMENT_IDS

_ROUND_THE_WORDS = 4.0
"""Pixels by which the boxes of words are wider than their letters, at each side."""
_ON_BOARDS = [one for one in EXPERIMENT_IDS if isinstance(load(one), BoardExperiment)] + ["filters"]


@pytest.mark.parametrize("language", ["en", pytest.param("zh_CN", marks=pytest.mark.whole)])
@pytest.mark.parametrize("size", BY_SIZE)
@pytest.mark.parametrize("experiment_id", _ON_BOARDS)
def test_numbers_of_before_lie_on_no_others_and_are_named(qtbot, experiment_id, size, language):
    set_language(language)
    view = opened_view(qtbot, experiment_id, size=size)
    faults, seen = [], 0
    for preset in (None, *(one.id for one in view.experiment.presets)):
        params = _params(view.experiment, preset)
        now = Snapshot(params, opened(view.experiment, params)[1])
        draw(view, now)
        before = _written(view)
        plain, touching = Counter(words for words, _ in before), set(_lying_on_others(before))
        for changed in _numbers_changed(params):
            draw(view, now, Snapshot(changed, opened(view.experiment, changed)[1]))
            written = _written(view)
            added = Counter(words for words, _ in written) - plain
            numbers = [words for words in added if any(sign.isdigit() for sign in words)]
            seen += bool(numbers)
            if numbers and translate(SMALL) not in added:
                faults.append(f"{preset}: {numbers} are not said to be of before")
            new = [pair for pair in _lying_on_others(written) if pair not in touching]
            faults += [f"{preset}: {one} lies on {other}" for one, other in new]
    assert not faults, "\n".join(dict.fromkeys(faults))
    assert seen or min(size) < 500


def _params(experiment, preset) -> Params:
    changes = next((one.changes for one in experiment.presets if one.id == preset), {})
    return experiment.params_type().replaced(changes)


def _numbers_changed(params: Params) -> Iterator[Params]:
    """The parameters with each array of numbers that is shown changed in one place and as a whole."""
    for name, field in fields_of(type(params)).items():
        if field.kind == "matrix" and params.shows(name):
            values = list(other_values(field, getattr(params, name)))
            yield from (params.replaced({name: value}) for value in (*values[:1], *values[-1:]))


def _written(view) -> list[tuple[str, QRectF]]:
    return [(words, box) for words, box in words_and_marks(view.stage) if words]


def _lying_on_others(written) -> Iterator[tuple[str, str]]:
    aside = _ROUND_THE_WORDS
    boxes = [(words, box.adjusted(aside, aside, -aside, -aside)) for words, box in written]
    return ((one, other) for (one, box), (other, second) in combinations(boxes, 2) if box.intersects(second))


def test_a_legend_stands_above_a_grid_that_it_is_about():
    sketch = SimpleNamespace(width_of=lambda words: 60.0)
    corners, numbers = (
        SimpleNamespace(places={(0, 0): 1.0}, are_numbers=one, has_corners=not one) for one in (False, True)
    )
    lines = [(QRectF(100.0 * index, 0, 90, 20), grid) for index, grid in enumerate((corners, numbers))]
    drawn = []
    sketch.words = lambda words, box, **_: drawn.append((words, box.left()))
    sketch.shape = lambda *_: None
    LegendBefore(sketch, (corners, numbers), lines).draw()
    assert [(words, left // 100) for words, left in drawn] == [(translate(SMALL), 1), (translate(CORNER), 0)]
    # Where the grid of the numbers has no room above it, they are named above another.
    drawn.clear()
    LegendBefore(sketch, (corners, numbers), lines[:1]).draw()
    assert drawn[0] == (translate(SMALL), 0)
