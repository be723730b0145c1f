"""The rings that are dragged lie on no words, on no mark of a point and on no other ring, in every preset; the arrow of
the one that invites lies on no words.
"""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from PySide6.QtCore import QLineF, QPointF, QRectF

from gui.plots.drawing.invitation import ARROW
from gui.stage.fields_on_stage import words_and_marks
from gui.stage.handle import inviting_handle
from gui.style.typography import px
from tests.gui.views.hand import draw, opened_view
from tests.shots import openings
from tests.truth.cases import by_experiment

_RING = 8.0
_ROOM = 3.0
"""Half the width of a ring in pixels, and the room around words that no letter takes."""
_SHAFT = (11, ARROW)
"""Where the arrow of an invitation begins and ends, in pixels from the middle of its ring."""
_LEAST = 12.0
"""Pixels of a letter or a mark that may be covered: less is not seen."""
_ON_CURVES = {("softmax", "book-overflow")}
"""Where a ring is that of the exponent, and the dots are those of all scores: they lie on one curve."""


@pytest.mark.long
@by_experiment
def test_rings_lie_clear_of_words_marks_and_one_another(qtbot, experiment_id):
    view, faults = opened_view(qtbot, experiment_id), []
    for shot in openings(experiment_id):
        if (experiment_id, shot.preset) in _ON_CURVES:
            continue
        draw(view, shot)
        quiet = {one.id for one in view.experiment.handles(shot.params, shot.frame) if one.quiet}
        items = [item for name, item in view.handle_items.items() if item.is_on_plot() and name not in quiet]
        rings = {item.handle_id: item.scenePos() for item in items if item.isVisible()}
        words = {item.invitation for item in items}
        for said, box in words_and_marks(view.stage):
            letters = box.adjusted(_ROOM, _ROOM, -_ROOM, -_ROOM) if said else box.adjusted(4, 4, -4, -4)
            for name, place in rings.items():
                over = letters & QRectF(place.x() - _RING, place.y() - _RING, 2 * _RING, 2 * _RING)
                if said not in words and over.isValid() and over.width() * over.height() > _LEAST:
                    faults.append(f"{shot.name}: ring {name} on {said or 'a mark'!r}")
        faults += [f"{shot.name}: the arrow of {name} on {words!r}" for name, words in _under_arrows(view, items)]
        for one, other in combinations(rings, 2):
            if QLineF(rings[one], rings[other]).length() < _RING:
                faults.append(f"{shot.name}: rings {one} and {other} on one another")
    assert not faults, "\n".join(faults)


def _under_arrows(view, items):
    """The words that lie under the arrow of an invitation, with the handle that invites."""
    written = [
        (words, box.adjusted(_ROOM, _ROOM + 2, -_ROOM, -_ROOM - 2)) for words, box in words_and_marks(view.stage)
    ]
    inviting = inviting_handle(view)
    for item in items:
        if inviting is not None and item.handle_id == inviting.id and any(inviting.hint):
            across, up = inviting.hint
            way = QPointF(across, -up) / math.hypot(across, up)
            shaft = [item.scenePos() + way * px(part) for part in range(*_SHAFT, 2)]
            for words, letters in written:
                if words and words != item.invitation and any(letters.contains(place) for place in shaft):
                    yield item.handle_id, words
