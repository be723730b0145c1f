"""What a guide says of a try is what the stage shows, and what a try is compared with is on the stage too."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

from engine.contract.params import changes_in_words
from engine.guides.claim import field_value
from gui.style.language import translate
from tests.gui.window.shown import lead, shown
from tests.walk import EXPERIMENT_IDS, runs_whole


def _opened(qtbot, window, experiment_id):
    page = shown(qtbot, window, experiment_id)
    page.panels.show_panel(page.panels.guide)
    window.runner.full_speed(True)
    return page


def _followed(qtbot, window, page, row):
    """Follow a try, or give its first answer, and wait until both guide and stage stand."""
    lead(row)
    qtbot.waitUntil(lambda: not page.panels.guide.is_checking)
    qtbot.waitUntil(lambda: window.runner.is_settled and window.runner.state.phase in ("paused", "finished"))


def _assert_shown(page, row):
    """The stage has what the claims speak of, its ghost what they compare with, and the headline what was changed."""
    verdict, shown_now, ghost = row.verdict, page.controller.snapshot, page.view.ghost
    where = f"{page.experiment.id}, {row.asked.words}"
    assert shown_now.params == verdict.params == page.editor.params, where
    assert shown_now.frame.update == verdict.frame.update, where
    for finding in (*verdict.findings, *(found for answer in verdict.answers for found in answer)):
        path = finding.claim.field
        assert _same(field_value(shown_now.frame, path), finding.value), f"{where}: {path}"
        if finding.claim.needs_before:
            assert _same(field_value(ghost.frame, path), finding.before), f"{where}: {path} before"
    changes = changes_in_words(verdict.base, verdict.params, most=1)
    said = " ".join(label.text() for label in page.headline.findChildren(QLabel))
    if changes is not None:
        assert ghost.params == verdict.base, where
        assert ghost.frame is verdict.before, where
        assert translate(changes).removesuffix(", …") in said, f"{where}: {said}"
    else:
        assert ghost is None, where


def _same(one, other):
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return one == other or (one != one and other != other)


@pytest.mark.parametrize("experiment_id", runs_whole())
def test_a_try_shows_what_the_guide_says_and_so_does_the_next_and_the_first_again(qtbot, window, experiment_id):
    _follow_in_order(qtbot, window, experiment_id, 2)


@pytest.mark.whole
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_every_try_followed_in_order_shows_what_the_guide_says(qtbot, window, experiment_id):
    _follow_in_order(qtbot, window, experiment_id, None)


def _follow_in_order(qtbot, window, experiment_id, most):
    page = _opened(qtbot, window, experiment_id)
    for row in (*page.panels.guide.rows[:most], page.panels.guide.rows[0]):
        _followed(qtbot, window, page, row)
        _assert_shown(page, row)


@pytest.mark.parametrize("experiment_id", ["perceptron_rule", "descent", "forward"])
def test_a_try_stands_where_it_stops_though_the_run_was_playing(qtbot, window, experiment_id):
    page = _opened(qtbot, window, experiment_id)
    for row in page.panels.guide.rows[:2]:
        window.runner.play()
        _followed(qtbot, window, page, row)
        assert window.runner.state.phase in ("paused", "finished")
        _assert_shown(page, row)


def test_a_try_after_changes_and_steps_by_hand_begins_anew(qtbot, window):
    page = _opened(qtbot, window, "perceptron_rule")
    row = next(row for row in page.panels.guide.rows if row.asked.changes == {"learning_rate": "0.01"})
    page.controller.step()
    page.editor.change({"learning_rate": 0.01})
    qtbot.waitUntil(lambda: window.runner.is_settled and window.runner.run.journal != ())
    _followed(qtbot, window, page, row)
    _assert_shown(page, row)
    assert window.runner.run.journal == ()


def test_a_change_by_hand_after_a_try_is_compared_with_the_try(qtbot, window):
    page = _opened(qtbot, window, "gates")
    _followed(qtbot, window, page, page.panels.guide.rows[0])
    page.editor.change({"b": -1.5})
    qtbot.waitUntil(lambda: page.controller.snapshot.params.b == -1.5)
    assert page.view.ghost.params.b == -0.7


def test_a_change_by_hand_before_a_try_was_checked_keeps_its_own_comparison(qtbot, window):
    page = _opened(qtbot, window, "gates")
    row = page.panels.guide.rows[0]
    lead(row)
    page.editor.change({"b": -1.5})
    qtbot.waitUntil(lambda: not page.panels.guide.is_checking and window.runner.is_settled)
    qtbot.waitUntil(lambda: page.controller.snapshot.params.b == -1.5)
    assert page.view.ghost is not None
    assert page.view.ghost.frame is not row.verdict.before


def test_a_try_is_one_step_of_undo_by_its_own_name(qtbot, window):
    page = _opened(qtbot, window, "gates")
    _followed(qtbot, window, page, page.panels.guide.rows[2])
    assert page.editor.undo_stack.count() == 1
    assert page.editor.undo_stack.undoText() == "Try “b = −0.9”"
    page.editor.undo_stack.undo()
    qtbot.waitUntil(lambda: page.controller.snapshot.params == page.experiment.params_type())
