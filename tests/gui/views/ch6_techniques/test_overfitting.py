"""The stage of `overfitting`: numbers, gap and kept network are those of the frame, in every size and language."""

from __future__ import annotations

from functools import cache

import pytest

from engine.contract.run import Run
from engine.experiments.ch6_techniques.overfitting import Overfitting
from engine.experiments.ch6_techniques.overfitting.params import OverfittingParams
from engine.playing import Player
from gui.stage.view import Snapshot
from gui.views.ch6_techniques.overfitting import OverfittingView
from tests.gui.views.hand import brought_up, check_restyled, draw

OVERFITTING = Overfitting()


@cache
def _frame(updates, **values):
    return Player(OVERFITTING, Run(OVERFITTING.id, OverfittingParams(**values))).go(updates)


def _shot(updates=30, look="weights", **values):
    return Snapshot(OverfittingParams(look=look, **values), _frame(updates, **values))


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, OverfittingView(OVERFITTING), _shot())


def test_going_on_and_coming_back_gives_the_same_picture(view):
    before = draw(view, _shot())
    draw(view, _shot(60), _shot())
    draw(view, _shot(30, "neurons", dropout=0.3))
    draw(view, _shot(30, early_stopping=True))
    assert draw(view, _shot()) == before


@pytest.mark.parametrize(("name", "value"), [("look", "neurons"), ("weight_decay", 0.3), ("early_stopping", True)])
def test_a_change_is_seen(view, name, value):
    assert draw(view, _shot()) != draw(view, _shot(**{name: value}))


@pytest.mark.parametrize("size", [(600, 430), (900, 600), (430, 700)])
def test_what_weight_decay_alone_leaves_of_a_weight_stands_on_the_stage(view, size):
    view.resize(*size)
    draw(view, _shot(weight_decay=0.1))
    assert "0.368" in view.kept.shown_words() and view.kept.scene() is not None
    draw(view, _shot())
    assert view.kept.scene() is None


def test_neurons_that_are_left_out_are_seen(view):
    assert draw(view, _shot(30, "neurons", dropout=0.3)) != draw(view, _shot(30, "neurons"))


def test_the_numbers_are_those_of_the_frame_and_of_the_plain_network(view):
    shot = _shot(30, weight_decay=0.1)
    draw(view, shot)
    texts = view.numbers.shown_texts()
    assert f"{100 * shot.frame.train_accuracy:.1f}%" in texts and f"{100 * shot.frame.test_accuracy:.1f}%" in texts
    assert f"without: {100 * shot.frame.plain_test:.1f}%" in texts


def test_the_kept_network_has_marks_on_both_curves(view):
    shot = _shot(600, early_stopping=True, patience=1)
    draw(view, shot)
    assert shot.frame.stopped
    for marks in view.curves.marks:
        assert marks.data["x"].tolist() == [shot.frame.best_update]


def test_the_histogram_keeps_the_outline_of_the_run_before(view):
    alone = draw(view, _shot(30, weight_decay=0.3))
    assert draw(view, _shot(30, weight_decay=0.3), _shot()) != alone


@pytest.mark.parametrize(("theme_name", "language"), [("dark", "en"), ("light", "zh_CN")])
def test_another_theme_or_language_is_drawn_as_if_anew(view, theme_name, language):
    check_restyled(view, _shot(), theme_name, language)
