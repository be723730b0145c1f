"""What a hand sets in a run without a parameter for it, such as a weight: it is in the journal, and the run goes on."""

from __future__ import annotations

from engine.contract.frame import frames_equal
from engine.contract.player import Player
from tests.gui.shell.shown import shown


def test_a_weight_that_is_set_is_drawn_at_once_and_can_be_replayed(qtbot, window):
    page = shown(qtbot, window, "playground")
    params = page.editor.params
    page.view.placed.emit("W1[0,1]", 2.5)
    qtbot.waitUntil(lambda: page.conductor.snapshot.frame.edits == 1, timeout=5000)
    frame, run = page.conductor.snapshot.frame, window.runner.run
    assert [(change.at_update, change.path, change.value) for change in run.journal] == [(250, "W1[0,1]", 2.5)]
    assert frame.parameters[1] == 2.5 and page.editor.params == params and not page.editor.undo_stack.canUndo()
    window.runner.step("epoch")
    qtbot.waitUntil(lambda: window.runner.is_settled and page.conductor.snapshot.frame.update == 275, timeout=5000)
    assert frames_equal(Player(page.conductor.experiment, run).go(275), page.conductor.snapshot.frame)


def test_a_weight_can_be_set_while_it_learns(qtbot, window):
    page = shown(qtbot, window, "playground")
    window.runner.play()
    qtbot.waitUntil(lambda: page.conductor.snapshot.frame.update > 260, timeout=5000)
    page.view.placed.emit("b2[0]", -1.0)
    qtbot.waitUntil(lambda: page.conductor.snapshot.frame.edits == 1, timeout=5000)
    before = page.conductor.snapshot.frame.update
    qtbot.waitUntil(lambda: page.conductor.snapshot.frame.update > before + 20, timeout=5000)
    window.runner.pause()
    qtbot.waitUntil(lambda: window.runner.is_settled, timeout=5000)
    shot, run = page.conductor.snapshot, window.runner.run
    assert [change.path for change in run.journal] == ["b2[0]"]
    assert frames_equal(Player(page.conductor.experiment, run).go(shot.frame.update), shot.frame)
