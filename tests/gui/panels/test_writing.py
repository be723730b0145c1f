"""Writing an exercise in the window: by hand, the code, its checks, the cell on the stage, and the code at work."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from engine.contract.run import Session
from engine.exercises import load_exercise
from gui.app.faults import Faults
from gui.app.settings import Settings
from gui.panels.code.code_editor import CodeEditor
from gui.style.language import set_language
from gui.style.typography import set_zoom
from gui.window.main_window import MainWindow
from tests.gui.window.shown import shown

RIGHT = load_exercise("affine").plain_source
_LONG = 60_000


def writing(qtbot, window, experiment_id="layers"):
    """An experiment's page with the panel in which one writes in front."""
    page = shown(qtbot, window, experiment_id)
    panel = page.panels.begin_writing()
    page.panels.setCurrentWidget(panel.parentWidget())
    here = [one.id for one in panel.exercises]
    if "affine" in here:
        panel.chooser.setCurrentIndex(here.index("affine"))
    qtbot.waitUntil(panel.isVisible)
    return page, panel


def checked(qtbot, panel, source):
    """What is said of a source, and the signs of its checks."""
    panel.first_step.let_me_write.click()
    panel.editor.setPlainText(source)
    panel.check_button.click()
    qtbot.waitUntil(lambda: not panel.is_checking, timeout=_LONG)
    return panel.outcome, panel.checks.signs


def _reading(page):
    return page.headline.findChild(QLabel).text()


def test_what_is_said_of_a_check_is_seen_whole_in_large_letters_too(qtbot, window):
    page, panel = writing(qtbot, window, "pooling")
    window.resize(1024, 640)
    set_zoom(2.0)
    page.turns.setCurrentIndex(1)
    page.panels.setCurrentWidget(panel.parentWidget())
    qtbot.waitUntil(panel.isVisible)
    right = load_exercise("max_pooling").plain_source
    panel.chooser.setCurrentIndex([one.id for one in panel.exercises].index("max_pooling"))
    panel.first_step.let_me_write.click()
    for source, told in ((right.replace("np.argmax", "np.argmin"), "yours"), (right, "All checks hold.")):
        panel.editor.setPlainText(source)
        panel.editor.setFocus()
        panel.editor.moveCursor(QTextCursor.MoveOperation.End)
        QTest.keyClick(panel.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: not panel.is_checking, timeout=_LONG)
        (label,) = (one for one in panel.findChildren(QLabel) if one.isVisible() and told in one.text())

        def is_seen(label=label):
            place = QRect(label.mapTo(panel.viewport(), QPoint(0, 0)), label.size())
            return panel.viewport().rect().contains(place)

        qtbot.waitUntil(is_seen, timeout=5000)
    set_zoom(1.0)


def test_code_at_work_is_named_where_its_numbers_are_seen_and_the_last_right_one_is(qtbot, window):
    page, panel = writing(qtbot, window, "losses")
    right = load_exercise("squared_error").plain_source
    panel.chooser.setCurrentIndex([one.id for one in panel.exercises].index("squared_error"))
    checked(qtbot, panel, right)
    panel.use_button.click()
    qtbot.waitUntil(lambda: "Computed by your sum_squared_error" in _reading(page), timeout=_LONG)
    assert "what stands here now" not in panel.outcome
    page.controller.edit({"view": "batch", "pitfall": "class_numbers"})
    qtbot.waitUntil(lambda: page.controller.snapshot.params.view == "batch" and window.runner.is_settled)
    assert "Computed by your" not in _reading(page)
    # The number in the sentence stands on no stage now, and that is said.
    outcome, _ = checked(qtbot, panel, right.replace("0.5", "1.0"))
    assert "The stage shows something else now" in outcome
    panel.use_button.click()
    panel.use_button.click()
    assert "the code that passed last" in panel.outcome
    page.controller.edit({"view": "one"})
    qtbot.waitUntil(lambda: "Computed by your sum_squared_error" in _reading(page), timeout=_LONG)
    outcome, _ = checked(qtbot, panel, right.replace("0.5", "1.0"))
    assert "something else now" not in outcome


def test_a_slip_by_hand_is_named_by_the_mistake_that_leads_to_it(qtbot, window):
    _, panel = writing(qtbot, window)
    panel.first_step.number.box.setText("1.5")
    panel.first_step.number.button.click()
    hint = next(one.hint for one in load_exercise("affine").mistakes if one.id == "averaged")
    assert panel.first_step.number.slip.text() == f"Your 1.5: {hint.render('en')} Once more?"
    panel.first_step.number.box.setText("3")
    panel.first_step.number.button.click()
    assert "Right: dW[1,0] = 3" in panel.outcome and panel.first_step.number.slip.isHidden()


def test_a_number_by_hand_comes_first_and_the_code_after_it_right_or_wrong(qtbot, window):
    _, panel = writing(qtbot, window)
    assert panel.first_step.number.isVisible() and not panel.editor.isVisible()
    panel.first_step.number.box.setText("5")
    panel.first_step.number.button.click()
    assert panel.first_step.number.slip.text() == "Not so: dW[1,0] is not 5. Once more?"
    assert not panel.editor.isVisible()
    panel.first_step.number.button.click()
    assert "Not so: dW[1,0] = 3" in panel.outcome
    assert panel.editor.isVisible() and panel.editor.hasFocus() and not panel.first_step.number.isVisible()
    line = panel.editor.textCursor().block().text()
    assert line.strip() == '"""(N, D) -> (N, M)"""'


def test_the_hint_that_speaks_to_the_check_that_fails_comes_first(qtbot, window):
    _, panel = writing(qtbot, window)
    hints = [one.render("en") for one in panel.exercise.hints]
    unflattened = RIGHT.replace("x.reshape(x.shape[0], -1)", "x")
    assert unflattened != RIGHT
    checked(qtbot, panel, unflattened)
    assert panel.exercise.checks[5].hint == 2
    for read in ([hints[2]], [hints[2], hints[0]], [hints[2], hints[0], hints[1]]):
        panel.hint_button.click()
        assert panel.notes == "\n\n".join(read)
        assert not panel.order.isVisible()
    assert panel.hint_button.text() == "Name the steps"


def test_of_several_quantities_with_the_value_that_is_right_the_one_that_is_asked_for_is_worked_out(qtbot, window):
    """On the line the output is 0, and so is the distance."""
    page, panel = writing(qtbot, window, "gates")
    page.editor.change({"b": -0.5})
    qtbot.waitUntil(lambda: window.runner.is_settled and page.controller.snapshot.params.b == -0.5)
    right = panel.exercise.plain_source
    checked(qtbot, panel, right.replace("a > 0", "a >= 0"))
    qtbot.waitUntil(lambda: "By hand" in panel.outcome)
    assert "y = step(a) = step(0)" in panel.outcome and "sqrt" not in panel.outcome


def test_a_wrong_cell_is_lit_on_the_stage_and_worked_out_with_the_hint_of_a_known_mistake(qtbot, window):
    page, panel = writing(qtbot, window)
    said, signs = checked(qtbot, panel, RIGHT.replace("np.sum(dout, axis=0)", "dout[0]"))
    qtbot.waitUntil(lambda: "By hand" in panel.outcome)
    said = panel.outcome
    assert "db[0]: yours 1, expected 4.5" in said and "one sample only" in said
    assert (page.editor.params.part, page.editor.params.selected[1]) == ("db", 0)
    assert "db[0] = dZ[0,0] + dZ[1,0] + dZ[2,0] + dZ[3,0] = 1 − 1 + 2 + 2.5" in said
    assert signs == "✓" * 6 + "×" + "○" * 5


def test_a_stage_that_somebody_has_set_is_left_as_it_is_by_a_wrong_cell(qtbot, window):
    page, panel = writing(qtbot, window, "graph")
    panel.chooser.setCurrentIndex([one.id for one in panel.exercises].index("mul_layer"))
    page.editor.change({"graph": "fruit"})
    before = page.editor.params
    source = load_exercise("mul_layer").plain_source
    said, _ = checked(qtbot, panel, source.replace("return x * y", "return x + y"))
    assert "yours" in said and page.editor.params == before


def test_a_line_that_raises_is_lit_and_typing_takes_the_light_away(qtbot, window):
    _, panel = writing(qtbot, window)
    raising = RIGHT.replace("        self.original_x_shape = x.shape\n", "        y = x / None\n")
    said, signs = checked(qtbot, panel, raising)
    assert said.startswith("Line 7: Python stopped with TypeError") and panel.editor.lit == 7
    assert signs.startswith("✓×")
    QTest.keyClicks(panel.editor, "#")
    assert panel.editor.lit is None


@pytest.mark.parametrize(
    ("count", "heading"), [(2, "Printed"), (900, "Printed; only the first 2000 characters are kept")]
)
def test_what_is_printed_has_a_box_of_its_own_that_scrolls_and_ends_with_a_whole_line(qtbot, window, count, heading):
    _, panel = writing(qtbot, window)
    floods = RIGHT.replace(
        "        self.original_x_shape = x.shape\n", f"{' ' * 8}for n in range({count}): print('line', n)\n" * 2
    )
    checked(qtbot, panel, floods)
    lines = panel.printed.box.toPlainText().split("\n")
    assert panel.printed.isVisible() and panel.printed.heading.text() == heading
    assert all(line.startswith("line ") and line != "line " for line in lines) and len(lines) >= 2
    assert panel.printed.box.height() <= 9 * panel.printed.box.fontMetrics().lineSpacing() and "line" not in panel.notes
    checked(qtbot, panel, RIGHT)
    assert not panel.printed.isVisible()


def test_right_code_works_in_the_experiment_and_ours_comes_back(qtbot, window, two_cores):
    page, panel = writing(qtbot, window)
    assert not panel.use_button.isVisible()
    said, signs = checked(qtbot, panel, RIGHT)
    assert said == "All checks hold." and signs == "✓" * 12
    before = page.controller.snapshot.frame
    panel.use_button.click()
    qtbot.waitUntil(lambda: "Computed by your Affine" in _reading(page), timeout=_LONG)
    qtbot.waitUntil(lambda: window.runner.is_settled)
    after = page.controller.snapshot.frame
    assert after is not before and np.allclose(after.arrays["dw"], before.arrays["dw"])
    assert window.runner.run.written[0].source.strip() == RIGHT.strip()
    assert "written" not in Session(window.runner.run).to_json()
    panel.use_button.click()
    qtbot.waitUntil(lambda: "Computed by your" not in _reading(page), timeout=_LONG)
    assert window.runner.run.written == ()


def test_code_that_fails_in_the_run_is_told_and_the_window_goes_on(qtbot, window, two_cores):
    page, panel = writing(qtbot, window, "training")
    window.learner.keep_source("affine.right", RIGHT.replace("self.dW =", "1 / 0; self.dW ="))
    panel.set_known({}, {"affine": window.learner.source("affine.right")}, set(), window.learner.versions)
    panel.at_work.switches["affine"].click()
    qtbot.waitUntil(lambda: window.runner.state.phase == "failed", timeout=_LONG)
    assert "Your Affine stopped the run. Line 12" in window.notice.words
    panel.at_work.switches["affine"].click()
    qtbot.waitUntil(lambda: window.runner.is_settled and window.runner.state.phase != "failed", timeout=_LONG)
    assert page.controller.snapshot is not None


_HOLDS = "def relu(x):\n    if x.size > 50:\n        10 ** 10 ** 9\n    return np.maximum(x, 0)\n"
"""It passes every check, and holds the interpreter with the many numbers of a curve."""


def _put_to_work(window, panel, exercise, source):
    window.learner.keep_source(f"{exercise}.right", source)
    panel.set_known({}, {exercise: window.learner.source(f"{exercise}.right")}, set(), window.learner.versions)
    panel.at_work.switches[exercise].click()


_PRETENDS = (
    "import typing\nmodules = typing.sys.modules\n"
    "def relu(x):\n    if x.size > 50:\n"
    "        modules['engine.exercises.at_work'].CallWatch.overdue = lambda *_: None\n"
    "        while True: modules['time'].sleep(0.1)\n    return np.maximum(x, 0)\n"
)
"""It takes the watch away, and goes on saying that all is well."""


@pytest.mark.long
@pytest.mark.parametrize("way_out", ["ours again", "a restart", "Escape"])
def test_everything_gets_past_code_that_only_pretends_to_work(qtbot, window, two_cores, way_out):
    page, panel = writing(qtbot, window, "activations")
    _put_to_work(window, panel, "relu_function", _PRETENDS)
    qtbot.waitUntil(lambda: window.runner.state.phase == "loading", timeout=_LONG)
    began = time.monotonic()
    if way_out == "a restart":
        page.editor.change({"x": 1.5})
    if way_out == "Escape":
        window.escape()
    else:
        panel.at_work.switches["relu_function"].click()
    qtbot.waitUntil(
        lambda: window.runner.is_settled and window.runner.run.written == () and window.runner.state.phase != "failed",
        timeout=_LONG,
    )
    assert time.monotonic() - began < 12  # five on a quiet machine
    assert not panel.at_work.is_in_use("relu_function")


@pytest.mark.parametrize("way_out", ["nothing", "ours again", "a restart"])
def test_a_call_that_holds_the_interpreter_is_ended_and_everything_gets_past_it(qtbot, window, two_cores, way_out):
    page, panel = writing(qtbot, window, "activations")
    _put_to_work(window, panel, "relu_function", _HOLDS)
    qtbot.waitUntil(lambda: window.runner.state.phase == "loading", timeout=_LONG)
    began = time.monotonic()
    if way_out == "ours again":
        panel.at_work.switches["relu_function"].click()
    elif way_out == "a restart":
        page.editor.change({"x": 1.5})
        panel.at_work.switches["relu_function"].click()
    else:
        qtbot.waitUntil(lambda: window.runner.state.phase == "failed", timeout=_LONG)
        assert "has ended" in window.notice.words
        panel.at_work.switches["relu_function"].click()
    qtbot.waitUntil(
        lambda: window.runner.is_settled and window.runner.run.written == () and window.runner.state.phase != "failed",
        timeout=_LONG,
    )
    assert time.monotonic() - began < 15  # seven on a quiet machine
    assert page.controller.snapshot is not None


def test_what_a_system_does_not_keep_away_is_said_once(qtbot, window, monkeypatch):
    monkeypatch.setattr("engine.sandbox.cancellable.expected", lambda: frozenset(("files", "calls", "windows")))
    _, panel = writing(qtbot, window)
    checked(qtbot, panel, RIGHT)
    assert "This system does not keep code that is checked from" in window.notice.words and window.notice.isVisible()
    window.notice.hide()
    checked(qtbot, panel, RIGHT + "\n")
    assert not window.notice.isVisible()


def test_what_was_written_is_there_again_and_old_versions_with_it(qtbot, window, settings, tmp_path):
    _, panel = writing(qtbot, window)
    wrong = RIGHT.replace("axis=0", "axis=1")
    for source in (wrong, RIGHT):
        checked(qtbot, panel, source)
    assert window.learner.progress("layers").written == {"affine"}
    assert [one.strip() for one in window.learner.versions("affine")] == [RIGHT.strip(), wrong.strip()]
    other = MainWindow(Settings(settings.path), Faults(tmp_path / "other.txt"))
    qtbot.addWidget(other)
    other.show()
    _, again = writing(qtbot, other)
    assert again.editor.source.strip() == RIGHT.strip() and again.use_button.isVisible()
    again.anew.trigger()
    assert again.editor.source.strip() == again.exercise.blank.render("en").strip()
    again.more.menu().aboutToShow.emit()
    again.older.actions()[-1].trigger()
    assert again.editor.source.strip() == wrong.strip()
    other.close()


def test_whoever_reads_our_code_has_read_it_and_not_written_it(qtbot, window):
    _, panel = writing(qtbot, window)
    panel.first_step.let_me_write.click()
    panel.compare.trigger()
    assert "class Affine" in panel.ours.toPlainText() and panel.ours.isVisible()
    assert "counts as read" in panel.notes
    checked(qtbot, panel, RIGHT)
    assert window.learner.progress("layers").written == frozenset()
    assert set(window.learner.progress("layers").read) == {"affine"}


def test_a_file_takes_the_code_along_and_what_comes_in_one_does_not_run(qtbot, window, tmp_path, monkeypatch):
    _, panel = writing(qtbot, window)
    panel.first_step.let_me_write.click()
    panel.editor.setPlainText(RIGHT)
    path = tmp_path / "mine.py"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    panel.export.trigger()
    assert path.read_text(encoding="utf-8").startswith("# Layerwise exercise: affine\n")
    panel.editor.setPlainText("")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    panel.load.trigger()
    assert panel.editor.source.strip() == RIGHT.strip()
    assert "runs only when you press Check" in panel.outcome and not panel.is_checking
    path.write_text("# Layerwise exercise: no_such\n", encoding="utf-8")
    panel.load.trigger()
    assert "no exercise “no_such”" in window.notice.words
    assert panel.editor.source.strip() == RIGHT.strip()


def test_tab_indents_and_escape_then_tab_leaves(qtbot, window):
    _, panel = writing(qtbot, window)
    panel.first_step.let_me_write.click()
    editor = panel.editor
    editor.setPlainText("")
    for key in (Qt.Key.Key_D, Qt.Key.Key_Tab, Qt.Key.Key_Colon, Qt.Key.Key_Return):
        QTest.keyClick(editor, key)
    QTest.keyClicks(editor, "x")
    assert editor.toPlainText() == "d   \n    x" or editor.toPlainText().startswith("d   :\n    x")
    QTest.keyClick(editor, Qt.Key.Key_Home)
    QTest.keyClick(editor, Qt.Key.Key_Backtab)
    assert editor.toPlainText().splitlines()[1] == "x"
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert not editor.hasFocus()


def test_the_line_that_is_being_written_stays_in_sight(qtbot, window):
    window.resize(1024, 640)
    _, panel = writing(qtbot, window)
    panel.first_step.let_me_write.click()
    panel.editor.setFocus()
    for _ in range(30):
        QTest.keyClick(panel.editor, Qt.Key.Key_Return)
        QTest.qWait(5)
        line = panel.editor.cursorRect()
        place = panel.editor.viewport().mapTo(panel.viewport(), line.bottomLeft())
        assert 0 < place.y() <= panel.viewport().height()


def test_code_that_is_begun_shows_the_beginnings_of_its_lines(qtbot, window):
    window.resize(1100, 720)
    _, panel = writing(qtbot, window, "optimizers")
    panel.first_step.let_me_write.click()
    qtbot.waitUntil(lambda: panel.editor.textCursor().positionInBlock() > 0)
    assert panel.editor.horizontalScrollBar().maximum() > 0
    assert panel.editor.horizontalScrollBar().value() == 0


def test_what_is_pasted_is_plain_and_undo_is_the_editor_s_own(qtbot, window):
    page, panel = writing(qtbot, window)
    panel.first_step.let_me_write.click()
    QApplication.clipboard().setText("a = 1\n")
    panel.editor.selectAll()
    panel.editor.paste()
    assert panel.editor.toPlainText() == "a = 1\n"
    panel.editor.undo()
    assert "class Affine" in panel.editor.toPlainText()
    assert not page.editor.undo_stack.canUndo()


def test_the_blank_changes_its_language_and_what_was_written_does_not(qtbot, window):
    _, panel = writing(qtbot, window)
    panel.first_step.let_me_write.click()
    set_language("zh_CN")
    assert panel.at_work.switches["affine"].text().startswith("用我写的")
    assert panel.editor.source.strip() == panel.exercise.blank.render("zh_CN").strip()
    panel.editor.setPlainText(RIGHT)
    set_language("en")
    assert panel.editor.source.strip() == RIGHT.strip()


def test_closing_the_window_ends_a_check_that_does_not_end(qtbot, window):
    _, panel = writing(qtbot, window)
    panel.first_step.let_me_write.click()
    panel.editor.setPlainText("while True: pass")
    panel.check_button.click()
    qtbot.waitUntil(lambda: any(one.name == "check" for one in threading.enumerate()))
    window.close()
    qtbot.waitUntil(lambda: not any(one.name.startswith("check") for one in threading.enumerate()), timeout=3000)


@pytest.mark.parametrize("experiment_id", ["gradient_check"])
def test_where_nothing_is_to_be_written_it_is_told_what_can_be_put_to_work(qtbot, window, experiment_id):
    page, panel = writing(qtbot, window, experiment_id)
    assert not panel.exercises and not panel.editor.isVisible()
    assert not panel.at_work.switches["affine"].isEnabled()
    with qtbot.waitSignal(panel.place_wanted):
        panel.at_work.way("affine").click()
    assert window.page.experiment.id == "layers"
    assert page is not window.page


def test_what_was_not_checked_is_kept_too_when_another_exercise_is_chosen_and_at_the_end(qtbot, window, settings):
    _, panel = writing(qtbot, window)
    panel.first_step.let_me_write.click()
    panel.editor.setPlainText("# a draft\n")
    here = panel.chooser.currentIndex()
    panel.chooser.setCurrentIndex(here - 1)
    panel.first_step.let_me_write.click()
    panel.editor.setPlainText("# another\n")
    panel.chooser.setCurrentIndex(here)
    assert panel.editor.toPlainText().strip() == "# a draft"
    panel.editor.setPlainText("# a later draft\n")
    window.close()
    assert Settings(settings.path).versions("affine")[0] == "# a later draft\n"


def test_only_what_a_run_has_called_is_said_to_be_in_it(qtbot, window, two_cores):
    page, panel = writing(qtbot, window)
    checked(qtbot, panel, RIGHT)
    panel.use_button.click()
    qtbot.waitUntil(lambda: "Computed by your Affine" in _reading(page), timeout=_LONG)
    page.editor.change({"layer": "relu"})
    qtbot.waitUntil(lambda: window.runner.is_settled and page.controller.snapshot.params.layer == "relu", timeout=_LONG)
    assert "Computed by your" not in _reading(page) and panel.at_work.is_in_use("affine")


def test_a_run_that_is_brought_back_brings_whose_code_it_is_played_with(qtbot, window, two_cores):
    page, panel = writing(qtbot, window)
    checked(qtbot, panel, RIGHT)
    panel.use_button.click()
    qtbot.waitUntil(lambda: "Computed by your Affine" in _reading(page), timeout=_LONG)
    page.editor.change({"samples": 3})
    qtbot.waitUntil(lambda: page.controller.snapshot.params.samples == 3, timeout=_LONG)
    panel.use_button.click()
    qtbot.waitUntil(lambda: "Computed by your" not in _reading(page), timeout=_LONG)
    page.editor.undo_stack.undo()
    qtbot.waitUntil(lambda: "Computed by your Affine" in _reading(page), timeout=_LONG)
    assert panel.at_work.is_in_use("affine")


def test_a_repair_opens_with_an_input_that_shows_its_fault_and_marks_what_is_changed(qtbot, window):
    _, panel = writing(qtbot, window)
    ids = [one.id for one in panel.exercises]
    panel.chooser.setCurrentIndex(ids.index("mend_upstream"))
    assert panel.chooser.currentText().startswith("Mend: ")
    step = panel.first_step
    assert panel.editor.isVisible() and panel.editor.isReadOnly() and not panel.check_button.isVisible()
    assert not step.let_me_write.isVisible() and step.number.box.text() == "1"
    step.number.button.click()
    assert "Nothing is to be seen here" in step.outcome and panel.editor.isReadOnly()
    step.number.box.setText("9")
    step.number.button.click()
    assert step.outcome == "dout is a number from −5 to 5."
    step.number.box.setText("2")
    step.number.button.click()
    assert "dout = 2: this code gives dX[0,0]" in panel.outcome and panel.outcome.endswith("Now mend it.")
    assert not step.isVisible() and not panel.editor.isReadOnly() and panel.editor.changed == frozenset()
    faulty = panel.editor.source
    said, signs = checked(qtbot, panel, faulty)
    assert "dout, does not count" in said and "×" in signs
    said, _ = checked(qtbot, panel, faulty.replace("/ batch_size", "/ batch_size * dout"))
    assert said == "All checks hold." and panel.editor.changed == {len(faulty.splitlines())}
    assert window.learner.progress("layers").written == {"mend_upstream"}
    assert "mend_upstream" not in panel.at_work.switches and not panel.use_button.isVisible()
    panel.chooser.setCurrentIndex(ids.index("affine"))
    assert panel.editor.changed == frozenset()


def test_a_repair_offers_choices_and_one_without_a_search_begins_with_its_code(qtbot, window):
    _, panel = writing(qtbot, window)
    ids = [one.id for one in panel.exercises]
    panel.chooser.setCurrentIndex(ids.index("mend_class_numbers"))
    step = panel.first_step
    assert step.choices.isVisible() and not step.number.isVisible()
    for index, told in ((0, "both give"), (1, "Python stops with ValueError")):
        step.choices.setCurrentIndex(index)
        step.try_button.click()
        assert told in step.outcome and panel.editor.isReadOnly()
    set_language("zh_CN")
    assert "Python 停下了" in step.outcome and "类别编号" in step.choices.itemText(2)
    assert panel.chooser.currentText().startswith("改错：")
    assert "t：one-hot" in panel.editor.source
    step.choices.setCurrentIndex(2)
    step.try_button.click()
    assert "现在来改" in panel.outcome and not panel.editor.isReadOnly()
    panel.chooser.setCurrentIndex(ids.index("mend_relu"))
    assert not step.isVisible() and panel.check_button.isVisible() and not panel.editor.isReadOnly()


def test_lines_that_are_gone_or_new_are_marked(qtbot):
    editor = CodeEditor()
    qtbot.addWidget(editor)
    editor.setPlainText("a\nb\nc\n")
    editor.mark_changes(("a\nb\nc\n", "other\n"))
    assert editor.changed == frozenset()
    for source, changed in (("a\nc\n", {1}), ("b\nc\n", {1}), ("a\nx\ny\nb\nc\n", {2, 3}), ("a\nb\nz\n", {3})):
        editor.setPlainText(source)
        assert editor.changed == changed
    editor.mark_changes(())
    assert editor.changed == frozenset()


def test_beginning_anew_leaves_the_check_that_is_under_way(qtbot, window):
    _, panel = writing(qtbot, window)
    panel.first_step.let_me_write.click()
    panel.editor.setPlainText(RIGHT)
    panel.check_button.click()
    assert panel.is_checking
    next(one for one in panel._menu.actions() if one.text() == "Begin anew").trigger()
    assert not panel.is_checking and panel.editor.source != RIGHT
    assert checked(qtbot, panel, RIGHT)[0] == "All checks hold."
