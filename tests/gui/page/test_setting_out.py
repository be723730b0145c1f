"""What a question or a goal speaks of stands on the stage before it is answered or reached."""

from __future__ import annotations

import pytest

from engine.contract.run import LearnerCode
from engine.exercises import load_exercise
from tests.gui.window.shown import shown
from tests.walk import EXPERIMENT_IDS


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_what_a_question_sets_out_from_stands_on_the_stage(qtbot, window, experiment_id):
    """Gone on to from the one before, whatever that has left there."""
    page = shown(qtbot, window, experiment_id)
    guide, editor = page.panels.guide, page.editor
    for row in guide.path[:3]:
        if row.asked.asks and not row.asked.adds:
            base = row.asked.base(page.experiment)
            assert (editor.params, editor.seed) == (base.params, base.seed), row.asked.words
        if row.not_sure is not None:
            row.not_sure.click()
        else:
            row.button.click()
        qtbot.waitUntil(guide.further_button.isVisible, timeout=60_000)
        guide.further_button.click()


def test_a_question_that_was_left_open_is_gone_back_to_with_its_beginning(qtbot, window):
    page = shown(qtbot, window, "gates")
    guide, first = page.panels.guide, page.panels.guide.path[0]
    page.editor.change({"b": 0.3})
    guide.path[1].opened.emit()
    first.opened.emit()
    assert page.editor.params == first.asked.base(page.experiment).params
    page.editor.undo_stack.undo()
    assert page.editor.params.b == 0.3


def test_a_run_that_is_itself_asked_about_is_set_out_at_its_start(qtbot, window):
    """Played to the opening, it would show at update 200 what is asked of update 200."""
    page = shown(qtbot, window, "training")
    row = next(row for row in page.panels.guide.path if not row.asked.changes)
    row.opened.emit()
    qtbot.waitUntil(lambda: window.runner.run == row.asked.base(page.experiment) and window.runner.is_settled)
    assert window.runner.entry.frame.update == 0


@pytest.mark.parametrize(
    ("experiment_id", "away", "wanted"),
    [("activations", {}, {"view": "stack"}), ("softmax", {"view": "batch"}, {"view": "bars"}),
     ("losses", {}, {"view": "batch"})],
)  # fmt: skip
def test_a_goal_brings_the_picture_that_it_is_about(qtbot, window, experiment_id, away, wanted):
    page = shown(qtbot, window, experiment_id)
    page.editor.change(away)
    guide = page.panels.guide
    guide.goal_button.click()
    assert {name: getattr(page.editor.params, name) for name in wanted} == wanted
    assert set(guide.goal_strip.goal.names) <= set(page.form.in_play)


def test_a_question_is_followed_with_the_code_that_is_in_use(qtbot, window):
    page = shown(qtbot, window, "gates")
    written = (LearnerCode("and_gate", load_exercise("and_gate").plain_source),)
    page.controller.use_written(written)
    row = page.panels.guide.path[0]
    row.not_sure.click()
    qtbot.waitUntil(
        lambda: window.runner.run is not None and window.runner.run.params == row.asked.run(page.experiment).params
    )
    assert [one.exercise for one in window.runner.run.written] == ["and_gate"]
    qtbot.waitUntil(lambda: not page.panels.guide.is_checking)
