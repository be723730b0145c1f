"""Words on the stage have the room that their letters take, at every zoom."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from engine.contract.catalogue import load
from engine.playing import opened
from gui.plots.board.table import FittingWords
from gui.plots.learning.go_on import PRESS_RUN
from gui.stage.fields_on_stage import words_and_marks
from gui.style.language import LANGUAGES, set_language, translate
from gui.style.typography import font, set_zoom
from tests.approved.stage import SIZE, own_fonts
from tests.gui.views.hand import opened_view, picture
from tests.walk import EXPERIMENT_IDS

_TOUCH = 4
"""Pixels by which words may reach into one another, or beyond the edge."""


@pytest.mark.long
@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_a_caption_is_as_high_as_its_letters(qtbot, experiment_id, zoom):
    set_zoom(zoom)
    view = opened_view(qtbot, experiment_id, size=(round(900 * zoom), round(560 * zoom)))
    picture(view)
    needed = QFontMetricsF(font("strong")).height()
    for name, item in vars(view).items():
        if isinstance(item, FittingWords) and item.scene() is not None and item.shown_words():
            assert item.size().height() >= needed - 1, f"{name} is {item.size().height()} px high for {needed} px"
            width = QFontMetricsF(font("strong")).horizontalAdvance(item.shown_words())
            assert width <= item.size().width() + 1, f"{name} is too narrow for {item.shown_words()!r}"


@pytest.mark.long
@pytest.mark.parametrize(
    "language", [pytest.param(one, marks=[pytest.mark.whole] * (one != "en")) for one in LANGUAGES]
)
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_in_large_letters_no_part_of_any_preset_is_cut_off_by_the_edge(qtbot, experiment_id, language):
    experiment = load(experiment_id)
    defaults = experiment.params_type()
    with own_fonts():
        set_zoom(2.0)
        set_language(language)
        view = opened_view(qtbot, experiment_id, size=SIZE)
        for preset in experiment.presets:
            player, frame = opened(experiment, defaults.replaced(preset.changes))
            view.draw(player.params, frame)
            picture(view)
            # The lines of a Chinese font are higher than its letters, which says nothing of what they cover.
            if language == "en":
                _check_words(view, preset.id)
            edges = view.stage.sceneRect().adjusted(-3, -3, 3, 3)
            for item in view.stage.ci.items:
                place = item.sceneBoundingRect()
                assert not item.isVisible() or edges.contains(place), f"{preset.id}: {item} at {place.getRect()}"


def _check_words(view, preset: str) -> None:
    """All words lie within the stage, and none on others, but for what has one letter, such as a term's number in the
    corner of a cell.
    """
    # An axis takes the room of its numbers once they were painted.
    picture(view)
    edges = view.stage.sceneRect().adjusted(-_TOUCH, -_TOUCH, _TOUCH, _TOUCH)
    boxes = [(words, _letters(box)) for words, box in words_and_marks(view.stage) if words.strip()]
    for words, box in boxes:
        assert edges.contains(box), f"{preset}: {words!r} at {box.getRect()}"
    # What invites goes at the first press.
    inviting = {translate(PRESS_RUN), *(item.invitation for item in view.handle_items.values())}
    staying = [(words, box) for words, box in boxes if len(words.strip()) > 1 and words not in inviting]
    for (one, here), (other, there) in combinations(staying, 2):
        shared = here & there
        assert shared.width() <= _TOUCH or shared.height() <= _TOUCH, (preset, one, other)


def _letters(box: QRectF) -> QRectF:
    """What the letters fill of the box of a line, which counts some pixels around it as its own."""
    return box.adjusted(3, box.height() / 6, -3, -box.height() / 6)
