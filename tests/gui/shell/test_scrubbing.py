"""Going back in a run from the window: continuing from there, undo, and what the transport says."""

from __future__ import annotations

from tests.gui.shell.shown import shown


def _stepped(qtbot, window, count):
    page = shown(qtbot, window, "perceptron_rule")
    for _ in range(count):
        page.conductor.step()
    qtbot.waitUntil(lambda: window.runner.state.newest == 1 + count and window.runner.is_settled, timeout=5000)
    return page


def test_a_live_change_after_going_back_continues_from_there_and_undo_brings_the_rest_back(qtbot, window):
    page = _stepped(qtbot, window, 10)
    for _ in range(5):
        page.conductor.back()
    assert (window.runner.state.update, window.runner.state.newest) == (6, 11)
    page.editor.change({"learning_rate": 0.5})
    qtbot.waitUntil(lambda: window.runner.state.newest == 6 and window.runner.is_settled, timeout=5000)
    assert page.conductor.snapshot.params.learning_rate == 0.5
    assert [change.path for change in window.runner.run.journal] == ["learning_rate"]
    page.editor.undo_stack.undo()
    qtbot.waitUntil(lambda: window.runner.state.newest == 11 and window.runner.is_settled, timeout=5000)
    assert window.runner.run.journal == ()


def test_the_chip_leads_back_to_the_newest(qtbot, window):
    page = _stepped(qtbot, window, 6)
    page.transport.line.sought.emit(2)
    assert window.runner.state.update == 2 and page.transport._newest.isVisible()
    page.transport._newest.click()
    assert window.runner.state.update == 7 and not page.transport._newest.isVisible()


def test_a_session_saved_in_mid_run_reopens_there(qtbot, window, tmp_path):
    page = _stepped(qtbot, window, 4)
    page.editor.change({"learning_rate": 0.3})
    page.conductor.step()
    qtbot.waitUntil(lambda: window.runner.state.newest == 6 and window.runner.is_settled, timeout=5000)
    before = page.conductor.snapshot
    assert window.files.save_to(tmp_path / "run.json")
    page.editor.restore_defaults()
    window.files.open_path(tmp_path / "run.json")
    qtbot.waitUntil(lambda: window.runner.state.newest == 6 and window.runner.is_settled, timeout=5000)
    after = page.conductor.snapshot
    assert after.frame.w.tolist() == before.frame.w.tolist()
    assert after.params.learning_rate == 0.3


def test_a_try_that_goes_to_the_end_runs_there(qtbot, window):
    page = shown(qtbot, window, "perceptron_rule")
    chosen = next(one for one in page.panels.guide.guide.tries if one.to_end)
    window.runner.full_speed(True)
    page.conductor.try_out(chosen)
    qtbot.waitUntil(lambda: window.runner.state.phase == "finished", timeout=8000)
    assert all(claim.test(page.conductor.snapshot.frame).holds for claim in chosen.claims)
