"""What a hand sets in a run without a parameter for it, such as a weight: it is in the journal, and the run goes on."""

from __future__ import annotations

import pytest

from engine.contract.numerals import format_real
from engine.playing import Player
from gui.style.language import set_language
from tests.frames import frames_equal
from tests.gui.window.shown import shown


def test_a_weight_that_is_set_is_drawn_at_once_and_can_be_replayed(qtbot, window):
    page = shown(qtbot, window, "playground")
    params = page.editor.params
    page.view.placed.emit("W1[0,1]", 2.5)
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.edits == 1)
    frame, run = page.controller.snapshot.frame, window.runner.run
    assert [(change.at_update, change.path, change.value) for change in run.journal] == [(250, "W1[0,1]", 2.5)]
    assert frame.parameters[1] == 2.5 and page.editor.params == params
    window.runner.step("epoch")
    qtbot.waitUntil(lambda: window.runner.is_settled and page.controller.snapshot.frame.update == 275)
    assert frames_equal(Player(page.controller.experiment, run).go(275), page.controller.snapshot.frame)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "set by hand at update 250 · after epoch 10: weight from input x1 to neuron 2 of hidden layer 1: "),
        ("zh_CN", "第 250 次更新 · 已完成 10 轮之后手动改了从输入 x1 到隐藏层 1 的神经元 2 的权重："),
    ],
)
def test_the_headline_says_that_a_weight_was_set_and_where(qtbot, window, language, words):
    set_language(language)
    page = shown(qtbot, window, "playground")
    before = format_real(float(page.controller.snapshot.frame.parameters[1]), 3)
    page.view.placed.emit("W1[0,1]", 2.5)
    note = page.headline.note
    assert (note.toolTip() or note.text()).startswith(f"{words}{before} → 2.5")
    page.controller.restart()
    assert note.text() == ""


def test_a_weight_can_be_set_while_it_learns(qtbot, window):
    page = shown(qtbot, window, "playground")
    window.runner.play()
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.update > 260)
    page.view.placed.emit("b2[0]", -1.0)
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.edits == 1)
    before = page.controller.snapshot.frame.update
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.update > before + 20)
    window.runner.pause()
    qtbot.waitUntil(lambda: window.runner.is_settled)
    shot, run = page.controller.snapshot, window.runner.run
    assert [change.path for change in run.journal] == ["b2[0]"]
    assert frames_equal(Player(page.controller.experiment, run).go(shot.frame.update), shot.frame)


def _weight(page):
    return float(page.controller.snapshot.frame.parameters[1])


def test_undo_puts_a_weight_back_and_redo_sets_it_again_a_drag_in_one_step(qtbot, window):
    page = shown(qtbot, window, "playground")
    first, stack = _weight(page), page.editor.undo_stack
    for value in (0.5, 1.5, 2.5):
        page.view.placed.emit("W1[0,1]", value)
    page.view.gesture_ended.emit()
    page.view.placed.emit("W1[0,1]", -1.0)
    page.view.gesture_ended.emit()
    for act, wanted in ((stack.undo, 2.5), (stack.undo, first), (stack.redo, 2.5), (stack.redo, -1.0)):
        act()
        qtbot.waitUntil(lambda wanted=wanted: abs(_weight(page) - wanted) < 1e-6, timeout=20_000)
    assert not stack.canRedo()


def test_undo_of_a_weight_does_nothing_to_a_run_that_was_begun_anew(qtbot, window):
    page = shown(qtbot, window, "playground")
    page.view.placed.emit("W1[0,1]", 2.5)
    page.view.gesture_ended.emit()
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.edits == 1)
    page.controller.restart()
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.edits == 0 and window.runner.is_settled)
    before = _weight(page)
    page.editor.undo_stack.undo()
    qtbot.waitUntil(lambda: window.runner.is_settled)
    assert _weight(page) == before and not window.runner.run.journal
