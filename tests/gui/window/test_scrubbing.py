"""Going back in a run from the window: branch_question from there, undo, and what the transport says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from engine.contract.catalogue import load
from engine.contract.params import field_of, fields_of
from engine.contract.protocol import Progress
from engine.contract.run import Run
from engine.playing import Player
from gui.style.language import translate
from tests.bilingual import both
from tests.frames import frames_equal
from tests.gui.window.shown import shown
from tests.other_values import other_values
from tests.walk import EXPERIMENT_IDS


def _stepped(qtbot, window, count):
    page = shown(qtbot, window, "perceptron_rule")
    for _ in range(count):
        page.controller.step()
    qtbot.waitUntil(lambda: window.runner.state.newest == 1 + count and window.runner.is_settled)
    return page


def _scrubbed(qtbot, window, to=6):
    page = _stepped(qtbot, window, 10)
    page.transport.line.sought.emit(to)
    assert (window.runner.state.update, window.runner.state.newest) == (to, 11)
    return page


def _settled(qtbot, window, newest):
    qtbot.waitUntil(lambda: window.runner.state.newest == newest and window.runner.is_settled)


def test_a_live_change_after_going_back_asks_first_and_touches_nothing(qtbot, window):
    page = _scrubbed(qtbot, window)
    shown_before = page.controller.snapshot
    page.editor.change({"learning_rate": 0.5})
    assert "update 6" in page.branch_question.question.words or "sample 6" in page.branch_question.question.words
    assert (window.runner.state.newest, window.runner.run.journal) == (11, ())
    page.transport.line.sought.emit(4)
    assert " 4 " in page.branch_question.question.words
    page.branch_question.question.no.click()
    assert page.editor.params == shown_before.params and not page.branch_question.question.isVisible()
    assert (window.runner.state.newest, window.runner.run.journal) == (11, ())


def test_continuing_is_one_step_of_undo_that_brings_everything_back(qtbot, window):
    page = _scrubbed(qtbot, window)
    before = page.editor.params
    page.editor.change({"learning_rate": 0.5})
    page.branch_question.question.yes.click()
    _settled(qtbot, window, 6)
    assert page.controller.snapshot.params.learning_rate == 0.5
    assert [change.path for change in window.runner.run.journal] == ["learning_rate"]
    page.editor.undo_stack.undo()
    _settled(qtbot, window, 11)
    assert window.runner.run.journal == () and page.editor.params == before
    assert "differen" not in page.headline.note.text()
    assert not page.editor.undo_stack.canUndo()
    page.editor.undo_stack.redo()
    _settled(qtbot, window, 6)
    assert page.controller.snapshot.params.learning_rate == 0.5 == page.editor.params.learning_rate


def test_a_slider_dragged_while_scrubbed_back_is_one_step_and_the_old_run_never_has_the_new_rate(qtbot, window):
    page = _scrubbed(qtbot, window)
    before = page.editor.params
    pairs = []
    window.runner.frame_changed.connect(
        lambda _: pairs.append((window.runner.state.newest, page.editor.params.learning_rate))
    )
    control = page.form.controls["learning_rate"]
    for rate in (0.2, 0.4, 0.8):
        control.edited.emit(rate, "slide learning_rate")
    control.gesture_ended.emit()
    page.branch_question.accept()
    _settled(qtbot, window, 6)
    pairs.clear()
    page.editor.undo_stack.undo()
    _settled(qtbot, window, 11)
    assert page.editor.params == before and not page.editor.undo_stack.canUndo()
    assert set(pairs) <= {(11, before.learning_rate)}


def test_a_rate_typed_while_scrubbed_back_is_one_step(qtbot, window):
    page = _scrubbed(qtbot, window)
    before = page.editor.params
    box = page.form.controls["learning_rate"].box
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "0.5")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    page.branch_question.accept()
    _settled(qtbot, window, 6)
    page.editor.undo_stack.undo()
    _settled(qtbot, window, 11)
    assert page.editor.params == before and not page.editor.undo_stack.canUndo()


def test_to_step_on_is_a_yes_and_to_go_to_the_newest_makes_the_change_there(qtbot, window):
    page = _scrubbed(qtbot, window)
    page.editor.change({"learning_rate": 0.5})
    page.controller.step()
    _settled(qtbot, window, 7)
    page.transport.line.sought.emit(3)
    page.editor.change({"learning_rate": 0.25})
    page.transport.to_newest.emit()
    _settled(qtbot, window, 7)
    assert not page.branch_question.is_asking
    assert [(change.at_update, change.value) for change in window.runner.run.journal] == [(6, 0.5), (7, 0.25)]


def test_undo_while_scrubbed_back_drops_nothing(qtbot, window):
    page = _stepped(qtbot, window, 5)
    page.editor.change({"learning_rate": 0.5})
    for _ in range(5):
        page.controller.step()
    _settled(qtbot, window, 11)
    page.transport.line.sought.emit(3)
    page.editor.undo_stack.undo()
    _settled(qtbot, window, 11)
    assert not page.branch_question.is_asking and window.runner.state.at_newest
    assert [change.at_update for change in window.runner.run.journal] == [6, 11]


def test_a_live_change_says_what_was_changed_and_where(qtbot, window):
    page = _stepped(qtbot, window, 3)
    control = page.form.controls["learning_rate"]
    before = page.editor.params.learning_rate
    for rate in (0.2, 0.4):
        control.edited.emit(rate, "slide learning_rate")
    control.gesture_ended.emit()
    note = page.headline.note.text()
    assert note.startswith("from ") and f"{before:g} → 0.4" in note


def test_what_was_only_looked_at_while_the_question_stood_is_not_said_to_be_the_change(qtbot, window):
    page = _scrubbed(qtbot, window)
    page.editor.change({"learning_rate": 0.5})
    page.editor.change({"show_best": not page.editor.params.show_best})
    page.branch_question.question.yes.click()
    _settled(qtbot, window, 6)
    note = page.headline.note.text()
    looked_at = field_of(page.experiment.params_type, "show_best").label
    assert "0.5" in note and translate(looked_at) not in note


def test_what_is_said_of_the_way_ends_with_it(qtbot, window):
    page = _stepped(qtbot, window, 2)
    words_on_the_way = both("258 of 300", "258 / 300")
    window.runner.progressed.emit(Progress(words_on_the_way))
    assert "258" in page.probe_line.text()
    window.runner.state_changed.emit()
    assert page.probe_line.text() == ""


def test_a_restart_or_another_experiment_ends_the_question(qtbot, window):
    page = _scrubbed(qtbot, window)
    page.editor.change({"learning_rate": 0.5})
    window.show_experiment("gates")
    assert not page.branch_question.is_asking and page.editor.params.learning_rate != 0.5
    window.show_experiment("perceptron_rule")
    page.transport.line.sought.emit(6)
    page.editor.change({"learning_rate": 0.5})
    page.controller.restart()
    assert not page.branch_question.is_asking and page.editor.params.learning_rate == 0.5


def test_the_fastest_speed_belongs_to_the_experiment_that_it_was_chosen_for(qtbot, window):
    page = shown(qtbot, window, "perceptron_rule")
    box = page.transport._speed
    box.setCurrentIndex(box.count() - 1)
    assert window.runner.state.full_speed and not window.runner.is_running
    page.controller.toggle()
    qtbot.waitUntil(lambda: window.runner.state.newest > 3)
    other = shown(qtbot, window, "descent")
    assert not window.runner.state.full_speed and other.transport.speed == 1.0
    window.show_experiment("perceptron_rule")
    assert window.runner.state.full_speed and page.transport.speed is None
    box.setCurrentIndex(1)
    assert not window.runner.state.full_speed and page.transport.speed == 0.5


def test_the_chip_leads_back_to_the_newest(qtbot, window):
    page = _stepped(qtbot, window, 6)
    page.transport.line.sought.emit(2)
    assert window.runner.state.update == 2 and page.transport._newest.isVisible()
    page.transport._newest.click()
    assert window.runner.state.update == 7 and not page.transport._newest.isVisible()


def test_the_window_tells_the_stage_how_far_the_run_has_come(qtbot, window):
    page = shown(qtbot, window, "perceptron_rule")
    for _ in range(8):
        page.controller.step()
    qtbot.waitUntil(lambda: window.runner.state.newest == 9 and window.runner.is_settled)
    assert page.view.newest is None
    page.transport.line.sought.emit(3)
    assert (page.view.current.frame.update, page.view.newest.frame.update) == (3, 9)
    page.editor.change({"show_best": not page.editor.params.show_best})
    assert page.view.newest.params.show_best == page.view.current.params.show_best
    page.transport.to_newest.emit()
    assert page.view.newest is None


def test_a_session_saved_in_mid_run_reopens_there(qtbot, window, tmp_path):
    page = _stepped(qtbot, window, 4)
    page.editor.change({"learning_rate": 0.3})
    page.controller.step()
    qtbot.waitUntil(lambda: window.runner.state.newest == 6 and window.runner.is_settled)
    before = page.controller.snapshot
    assert window.files.save_to(tmp_path / "run.json")
    page.editor.restore_defaults()
    window.files.open_path(tmp_path / "run.json")
    qtbot.waitUntil(lambda: window.runner.state.newest == 6 and window.runner.is_settled)
    after = page.controller.snapshot
    assert after.frame.w.tolist() == before.frame.w.tolist()
    assert after.params.learning_rate == 0.3


def test_a_try_that_goes_to_the_end_runs_there(qtbot, window):
    page = shown(qtbot, window, "perceptron_rule")
    chosen = next(one for one in page.panels.guide.guide.tries if one.reach.to_end)
    window.runner.full_speed(True)
    page.controller.try_out(chosen)
    qtbot.waitUntil(lambda: window.runner.state.phase == "finished")
    assert all(claim.test(page.controller.snapshot.frame).holds for claim in chosen.claims)


def test_an_undo_that_restores_everything_leaves_nothing_to_compare_with(qtbot, window):
    page = _stepped(qtbot, window, 3)
    reached = window.runner.state.newest
    page.editor.change({"points": page.editor.params.points[1:]})
    _settled(qtbot, window, 1)
    assert page.view.ghost is not None and "differen" in page.headline.note.text()
    page.editor.undo_stack.undo()
    _settled(qtbot, window, reached)
    assert page.view.ghost is None and "differen" not in page.headline.note.text()
    page.editor.undo_stack.redo()
    _settled(qtbot, window, 1)
    page.editor.change({"learning_rate": 0.5})
    assert "from " in page.headline.note.text()
    page.editor.undo_stack.undo()
    assert "from " not in page.headline.note.text()


def test_a_drag_that_comes_back_leaves_nothing_to_compare_with(qtbot, window):
    page = shown(qtbot, window, "gates")
    before = page.editor.params
    page.controller.edit({"b": before.b + 0.2}, "drag")
    qtbot.waitUntil(lambda: page.view.ghost is not None and window.runner.is_settled)
    page.controller.edit({"b": before.b}, "drag")
    qtbot.waitUntil(lambda: page.controller.snapshot.params == before and window.runner.is_settled)
    assert page.view.ghost is None and "differen" not in page.headline.note.text()


def test_to_run_on_over_the_question_says_what_was_dropped(qtbot, window):
    page = _scrubbed(qtbot, window)
    page.editor.change({"learning_rate": 0.5})
    assert not window.notice.isVisible()
    page.controller.step()
    _settled(qtbot, window, 7)
    assert window.notice.isVisible()
    assert " 6 " in window.notice.words and " 11" in window.notice.words and "Undo" in window.notice.words
    page.transport.line.sought.emit(3)
    page.editor.change({"learning_rate": 0.25})
    window.notice.hide()
    page.branch_question.question.yes.click()
    assert not window.notice.isVisible()


def test_a_live_change_after_the_end_says_that_the_run_begins_again(qtbot, window):
    page = shown(qtbot, window, "perceptron_rule")
    window.runner.full_speed(True)
    page.controller.toggle()
    qtbot.waitUntil(lambda: window.runner.state.phase == "finished")
    page.editor.change({"learning_rate": 0.5})
    assert "The run has ended" in page.headline.note.text() and "0.5" in page.headline.note.text()


@pytest.mark.long
@pytest.mark.parametrize("way", ["step", "play", "restart", "back", "seek"])
def test_a_run_that_goes_on_takes_a_dragged_window_back(qtbot, window, way):
    page = shown(qtbot, window, "convolution")
    page.editor.change({"part": "z", "selected": (3, 1)})
    qtbot.waitUntil(lambda: not page.view.current.params.follows_walk)
    {
        "step": page.controller.step,
        "play": page.controller.toggle,
        "restart": page.controller.restart,
        "back": page.controller.back,
        "seek": lambda: page.transport.line.sought.emit(2),
    }[way]()
    qtbot.waitUntil(lambda: page.view.current.params.follows_walk)
    if way == "step":
        qtbot.waitUntil(lambda: window.runner.is_settled and page.view.current.frame.update == 6)
        assert next(grid for grid in page.view.board.grids if translate(grid.name) == "Z").selected == (1, 1)


def test_a_run_that_goes_on_leaves_a_sum_that_grows_chosen(qtbot, window):
    page = shown(qtbot, window, "convolution")
    page.editor.change({"view": "backward", "part": "dx0", "selected": (2, 2)})
    page.controller.step()
    qtbot.waitUntil(lambda: window.runner.is_settled and page.view.current.frame.update == 6)
    assert page.view.current.params.shown_part == "dx0"


def _looks():
    """All live fields of experiments that only choose what is looked at."""
    for experiment_id in EXPERIMENT_IDS:
        fields = fields_of(load(experiment_id).params_type).items()
        yield from ((experiment_id, name) for name, field in fields if field.effect == "live" and field.looks)


@pytest.mark.parametrize(("experiment_id", "name"), _looks())
def test_what_is_only_looked_at_leaves_no_flag_and_is_no_change_of_the_run(qtbot, window, experiment_id, name):
    page = shown(qtbot, window, experiment_id)
    params = page.editor.params
    visible = field_of(type(params), name).visible
    for value in visible.values if visible is not None else (None,):
        if value is not None:
            page.editor.change({visible.field: value})
        qtbot.waitUntil(lambda: window.runner.is_settled)
        other = next(iter(other_values(field_of(type(params), name), getattr(params, name))))
        if not page.experiment.has_course(page.editor.params):
            continue
        page.controller.step()
        qtbot.waitUntil(lambda: window.runner.is_settled)
        newest = window.runner.state.newest
        assert page.editor.change({name: other})
        qtbot.waitUntil(lambda: window.runner.is_settled)
        assert window.runner.timeline.flags == () and window.runner.state.newest == newest
        assert not page.headline.note.text().startswith("from ")
        page.editor.undo_stack.undo()


def test_scrubbed_back_one_may_look_at_other_pictures_and_nothing_is_dropped(qtbot, window):
    page = shown(qtbot, window, "digits")
    page.editor.change({"view": "test"})
    for _ in range(4):
        page.controller.step()
    qtbot.waitUntil(lambda: window.runner.is_settled and window.runner.state.newest == 14)
    page.transport.line.sought.emit(12)
    read = page.controller.snapshot.frame.evaluated
    for look in ({"index": 115}, {"only_wrong": True}, {"digit": "3"}):
        page.editor.end_gesture()
        page.editor.change(look)
        qtbot.waitUntil(lambda: window.runner.is_settled and page.controller.snapshot.params == page.editor.params)
        alone = Player(page.experiment, Run("digits", page.editor.params)).go(12)
        assert frames_equal(page.controller.snapshot.frame, alone)
    assert page.controller.snapshot.frame.evaluated == read == 1200
    assert not page.branch_question.is_asking and window.runner.timeline.flags == ()
    assert (window.runner.state.update, window.runner.state.newest) == (12, 14)
    page.editor.undo_stack.undo()
    qtbot.waitUntil(lambda: page.controller.snapshot.params == page.editor.params)
    assert (window.runner.state.update, page.editor.params.digit) == (12, "any")
    page.transport.to_newest.emit()
    assert page.controller.snapshot.frame.shown == window.runner.timeline.at(14).frame.shown


@pytest.mark.parametrize("size", [1000, 250])
def test_in_batches_of_another_size_counter_and_matrix_begin_together(qtbot, window, size):
    """The counter had gone on from the run before, with batches of another size."""
    page = shown(qtbot, window, "digits")
    page.editor.change({"view": "batches"})
    page.controller.step()
    _settled(qtbot, window, 11)
    page.editor.change({"batch_size": size})
    for number in (0, 1, 2):
        _settled(qtbot, window, number)
        assert page.controller.snapshot.frame.evaluated == number * size
        page.controller.step()
