"""The form: the editor's parameters as rows, at most eight of them, each of them one with what the editor holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.experiments.ch2_perceptron.gates import Gates
from engine.experiments.ch2_perceptron.perceptron_rule import PerceptronRule
from engine.experiments.ch5_backpropagation.playground import Playground
from gui.form.form import MOST_ROWS, Form
from gui.form.widgets.number_box import NumberBox
from gui.style.language import set_language
from gui.style.theme import set_theme, theme
from gui.style.typography import set_zoom
from tests.bilingual import both
from tests.dummies import Line
from tests.gui.form.every_kind import OTHERS, SMOOTH, WIDE, Every, EveryKind
from tests.gui.form.writing import write

ShowForm = Callable[..., Form]


def _type(qtbot: QtBot, box: NumberBox, text: str) -> None:
    box.setFocus()
    box.selectAll()
    write(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def _visible_rows(form: Form) -> list[str]:
    return [name for name, row in form.rows.items() if row.isVisible()]


def _place(form: Form, widget: QWidget) -> QPoint:
    return widget.mapTo(form, QPoint())


_MAIN = ["rate", "noise", "units", "side", "letter", "smooth"]
_MORE = ["weights", "points", "decay", "marked"]

# What is shown


def test_no_more_than_eight_rows_are_shown_at_first(show_form: ShowForm) -> None:
    form = show_form()
    extra = [form.presets, form.seed]
    assert len(_visible_rows(form)) + sum(widget.isVisible() for widget in extra) == MOST_ROWS
    assert _visible_rows(form) == _MAIN


def test_the_rest_is_under_more(qtbot: QtBot, show_form: ShowForm) -> None:
    form = show_form()
    qtbot.mouseClick(form.more_button, Qt.MouseButton.LeftButton)
    assert _visible_rows(form) == [*_MAIN, *_MORE]
    assert form.more_button.isChecked()
    for name in _MORE:
        assert _place(form, form.rows[name]).y() > _place(form, form.more_button).y()
    qtbot.keyClick(form.more_button, Qt.Key.Key_Space)
    assert _visible_rows(form) == _MAIN


def test_where_all_rows_have_room_more_stands_open_unless_it_was_closed(qtbot: QtBot, show_form: ShowForm) -> None:
    form = show_form()
    form.set_room(5000)
    assert form.more_button.isChecked() and _visible_rows(form) == [*_MAIN, *_MORE]
    QApplication.processEvents()
    needed = max(row.geometry().bottom() for row in form.rows.values() if row.isVisible())
    form.set_room(needed)
    assert not form.more_button.isChecked() and _visible_rows(form) == _MAIN
    form.set_room(needed + 40)
    assert form.more_button.isChecked()
    form.set_room(0)
    assert not form.more_button.isChecked()
    form.set_room(5000)
    qtbot.mouseClick(form.more_button, Qt.MouseButton.LeftButton)
    form.set_room(0)
    form.set_room(5000)
    assert _visible_rows(form) == _MAIN and form.asked_open is False
    form.set_more_open(None)
    assert _visible_rows(form) == [*_MAIN, *_MORE]


def test_only_what_is_in_play_is_shown_until_all_is_asked_for(qtbot: QtBot, show_form: ShowForm) -> None:
    form = show_form(shows_all=False)
    header = form.header
    kept = (header.undo_button, header.redo_button, header.restore_button, form.presets, form.seed, form.more_button)
    assert _visible_rows(form) == [] and not any(one.isVisible() for one in kept)
    form.set_in_play({"decay", "rate"})
    assert _visible_rows(form) == ["rate", "decay"] and not any(one.isVisible() for one in kept)
    with qtbot.waitSignal(form.asked_for_all) as asked:
        qtbot.mouseClick(header.all_button, Qt.MouseButton.LeftButton)
    assert asked.args == [True]
    form.show_all(True)
    # What is in play never waits under 'more'.
    assert {"rate", "decay"} < set(_visible_rows(form)) and all(one.isVisible() for one in kept)
    form.set_in_play(set())
    assert _visible_rows(form) == _MAIN
    form.show_all(False)
    assert _visible_rows(form) == []


def test_fields_on_the_stage_have_no_row(show_form: ShowForm) -> None:
    assert "shown" not in show_form().rows
    assert set(show_form(Gates()).rows) == {"target", "w1", "w2", "b", "selected"}


def test_a_small_experiment_has_neither_more_nor_presets_nor_seed(show_form: ShowForm) -> None:
    form = show_form(Line())
    assert form.presets is None
    assert form.seed is None
    assert not form.more_button.isVisible()


def test_rows_come_and_go_with_what_they_depend_on(show_form: ShowForm) -> None:
    form = show_form()
    assert not form.rows["slope"].isVisible()
    labels = {name: _place(form, form.rows[name].label).x() for name in _MAIN}
    controls = {name: _place(form, form.controls[name]).x() for name in _MAIN}
    form.editor.change({"smooth": True})
    form.set_more_open(True)
    QApplication.processEvents()
    assert form.rows["slope"].isVisible()
    for name, x in labels.items():
        assert _place(form, form.rows[name].label).x() == x
        assert _place(form, form.controls[name]).x() == controls[name]
    form.editor.undo_stack.undo()
    assert not form.rows["slope"].isVisible()


# What is done


@pytest.mark.parametrize("name", [name for name in OTHERS if name != "shown"])
def test_controls_follow_the_editor(show_form: ShowForm, name: str) -> None:
    form = show_form()
    form.editor.change({name: OTHERS[name]})
    assert form.controls[name].value == OTHERS[name]
    form.editor.undo_stack.undo()
    assert form.controls[name].value == getattr(EveryKind(), name)


def test_boxes_and_lists_offer_the_columns_that_the_file_of_a_table_has(show_form: ShowForm, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("1,2,3,x\n4,5,7,y\n" * 6, encoding="utf-8")
    form = show_form(Playground())
    form.set_more_open(True)
    boxes, across = form.controls["inputs"].boxes, form.controls["across"].options
    for table, columns in (("", 4), (str(path), 3), ("", 4)):
        form.editor.change({"data": "table", "table": table})
        assert [box.isVisible() for box in boxes] == [number < columns for number in range(len(boxes))]
        assert across.count() == columns and across.value() == "1"


def test_what_is_typed_reaches_the_editor_and_can_be_undone(qtbot: QtBot, show_form: ShowForm) -> None:
    form = show_form(Gates())
    _type(qtbot, form.controls["b"].box, "−０．７")
    assert form.editor.params.b == -0.7
    assert form.header.undo_button.toolTip() == "Undo: Bias b −0.2 → −0.7"
    qtbot.mouseClick(form.header.undo_button, Qt.MouseButton.LeftButton)
    assert form.editor.params.b == -0.2
    assert form.controls["b"].box.text() == "−0.2"
    assert not form.header.undo_button.isEnabled()
    qtbot.mouseClick(form.header.redo_button, Qt.MouseButton.LeftButton)
    assert form.editor.params.b == -0.7


def test_a_held_key_is_one_step(qtbot: QtBot, show_form: ShowForm) -> None:
    form = show_form()
    slider = form.controls["units"].slider
    slider.setFocus()
    for _ in range(5):
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert form.editor.params.units == 55
    assert form.editor.undo_stack.count() == 1
    with qtbot.waitSignal(form.controls["units"].gesture_ended):
        pass
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert form.editor.undo_stack.count() == 2


def test_the_end_of_a_series_does_not_cut_another_gesture_in_two(qtbot: QtBot, show_form: ShowForm) -> None:
    form = show_form()
    qtbot.keyClick(form.controls["units"].slider, Qt.Key.Key_Right)
    form.editor.change({"rate": 1.0}, "drag on the stage")
    with qtbot.waitSignal(form.controls["units"].gesture_ended):
        pass
    form.editor.change({"rate": 2.0}, "drag on the stage")
    assert form.editor.undo_stack.count() == 2


def test_a_bad_entry_stays_while_other_things_change(qtbot: QtBot, show_form: ShowForm) -> None:
    form = show_form()
    box = form.controls["noise"].box
    _type(qtbot, box, "loud")
    form.editor.change({"units": 3, "rate": 1.0})
    set_language("zh_CN")
    set_theme("dark")
    set_zoom(1.5)
    assert (box.text(), box.is_bad()) == ("loud", True)
    assert form.controls["noise"].reason().render("zh_CN") == "“loud”不是一个数，应取 0 到 100。"
    assert box.palette().text().color().name() == theme().wrong
    form.editor.change({"noise": 5.0})
    assert (box.text(), box.is_bad(), form.controls["noise"].reason()) == ("5", False, None)


def test_restoring_defaults_takes_everything_back_and_can_be_undone(qtbot: QtBot, show_form: ShowForm) -> None:
    form = show_form()
    button = form.header.restore_button
    assert not button.isEnabled()
    form.editor.change(OTHERS)
    changed = form.editor.params
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert form.editor.params == EveryKind()
    assert not button.isEnabled()
    form.editor.undo_stack.undo()
    assert form.editor.params == changed
    assert all(control.value == getattr(changed, name) for name, control in form.controls.items())


def test_restoring_defaults_mends_bad_entries(qtbot: QtBot, show_form: ShowForm) -> None:
    form = show_form()
    _type(qtbot, form.controls["noise"].box, "loud")
    _type(qtbot, form.seed.box, "-1")
    assert form.header.restore_button.isEnabled()
    qtbot.mouseClick(form.header.restore_button, Qt.MouseButton.LeftButton)
    assert (form.controls["noise"].box.text(), form.seed.box.text()) == ("12.5", "0")
    assert not form.seed.box.is_bad()
    assert form.editor.undo_stack.count() == 0


def test_a_double_click_on_a_label_restores_one_default(qtbot: QtBot, show_form: ShowForm) -> None:
    form = show_form()
    form.editor.change({"units": 3, "rate": 1.0})
    label = form.rows["units"].label
    qtbot.mouseDClick(label, Qt.MouseButton.LeftButton)
    assert (form.editor.params.units, form.editor.params.rate) == (50, 1.0)
    assert label.toolTip().endswith("Double-click: back to the default, 50")
    form.editor.undo_stack.undo()
    assert form.editor.params.units == 3


def test_presets_show_which_one_the_parameters_equal(show_form: ShowForm) -> None:
    form = show_form()
    shown = form.presets.list
    assert shown.currentText() == "Defaults"
    form.editor.apply_preset(WIDE)
    assert shown.currentText() == "Wide"
    form.editor.change({"marked": 5})
    assert shown.currentText() == "Wide"
    form.editor.change({"units": 99})
    assert shown.currentText() == "custom"
    set_language("zh_CN")
    assert shown.currentText() == "自定义"
    form.editor.undo_stack.undo()
    assert shown.currentText() == "宽"


def test_a_preset_is_applied_by_choosing_it(qtbot: QtBot, show_form: ShowForm) -> None:
    form = show_form()
    shown = form.presets.list
    shown.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    assert form.editor.equal_preset([SMOOTH]) is SMOOTH
    qtbot.keyClick(shown, Qt.Key.Key_Home)
    assert form.editor.params == EveryKind()
    assert form.editor.undo_stack.count() == 3


def test_a_preset_that_is_the_default_is_shown_by_its_own_name(show_form: ShowForm) -> None:
    class Named(Every):
        presets = (type(WIDE)("usual", both("Usual", "平常"), {}), WIDE)

    form = show_form(Named())
    shown = form.presets.list
    assert [shown.itemText(index) for index in range(shown.count())] == ["Usual", "Wide"]


def test_the_seed_is_typed_and_thrown(qtbot: QtBot, show_form: ShowForm) -> None:
    form = show_form()
    _type(qtbot, form.seed.box, "４２")
    assert form.editor.seed == 42
    for _ in range(20):
        before = form.editor.seed
        qtbot.mouseClick(form.seed.dice, Qt.MouseButton.LeftButton)
        assert form.editor.seed != before
        assert form.seed.box.text() == str(form.editor.seed)
    _type(qtbot, form.seed.box, "4294967296")
    assert form.seed.box.is_bad()
    assert form.seed.notice.text() == "“4294967296” is not a whole number from 0 to 4294967295."
    set_language("zh_CN")
    assert form.seed.notice.text() == "“4294967296”不是 0 到 4294967295 的整数。"
    _type(qtbot, form.seed.box, "4294967295")
    assert (form.editor.seed, form.seed.box.is_bad()) == (4294967295, False)


def test_what_only_the_parameters_together_refuse_is_explained_at_the_control(show_form: ShowForm) -> None:
    form = show_form()
    form.editor.refused.emit("decay", both("No.", "不行。"))
    assert form.more_button.isChecked()
    assert form.controls["decay"].reason().render("zh_CN") == "不行。"


def test_a_refusal_at_a_control_that_is_not_shown_asks_for_all(qtbot: QtBot, show_form: ShowForm) -> None:
    form = show_form(shows_all=False)
    form.asked_for_all.connect(form.show_all)
    form.editor.refused.emit("decay", both("No.", "不行。"))
    assert form.controls["decay"].isVisible() and form.controls["decay"].reason().render("en") == "No."


def test_the_seed_is_offered_only_where_it_matters(show_form: ShowForm) -> None:
    form = show_form(PerceptronRule())
    assert not form._seed_row.isVisible()
    form.editor.change({"order": "shuffled"})
    assert form._seed_row.isVisible()
    form.editor.change({"order": "fixed"})
    assert not form._seed_row.isVisible()
