"""The grid of a matrix: numbers one by one, kept drafts, another size, and more than there is room for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.contract.fields import Integer, Matrix, parameter
from engine.contract.params import Params
from engine.contract.text import untranslated
from gui.form.controls.matrix import Control
from gui.form.editor import ParameterEditor
from gui.form.form import Form
from gui.style.language import set_language
from tests.bilingual import both
from tests.dummies import Counting
from tests.gui.form.shown_control import ShownControl, type_into

_FIELD = Matrix(
    label=both("Weights W", "权重 W"),
    rows="inputs",
    columns="outputs",
    minimum=-1,
    maximum=1,
    step=0.1,
    most_rows=8,
    most_columns=8,
    row_names=tuple(f"x{i}" for i in range(1, 9)),
    column_names=tuple(f"a{i}" for i in range(1, 9)),
    fill=(0.1, 0.1, 0.2),
)
_W = ((0.1, 0.3, 0.5), (0.2, 0.4, 0.6))


class _Sized(Params):
    inputs: int = parameter(2, Integer(label=both("Inputs", "输入数"), minimum=1, maximum=8))
    outputs: int = parameter(3, Integer(label=both("Outputs", "输出数"), minimum=1, maximum=8))
    W: tuple = parameter(_W, _FIELD)


class _SizedExperiment(Counting):
    """Has a matrix whose size comes from two numbers."""

    params_type = _Sized
    title = untranslated("Sized")


def test_numbers_are_typed_one_by_one_also_on_chinese_keyboards(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _FIELD, _W)
    type_into(qtbot, shown.control.box(1, 2), "－０．５")
    assert shown.asked == [(((0.1, 0.3, 0.5), (0.2, 0.4, -0.5)), "")]
    qtbot.keyClick(shown.control.box(0, 1), Qt.Key.Key_Up)
    assert shown.asked[-1] == (((0.1, 0.4, 0.5), (0.2, 0.4, -0.5)), "step it")


def test_a_bad_number_survives_a_change_of_another_and_says_why(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _FIELD, _W)
    control = shown.control
    type_into(qtbot, control.box(0, 0), "7")
    assert shown.reason == "7 is outside −1 to 1."
    type_into(qtbot, control.box(1, 1), "1")
    assert shown.asked == [(((0.1, 0.3, 0.5), (0.2, 1.0, 0.6)), "")]
    assert (control.box(0, 0).text(), control.box(0, 0).is_bad(), control.box(1, 1).is_bad()) == ("7", True, False)
    control.discard()
    assert (shown.reason, control.box(0, 0).text()) == (None, "0.1")


def test_another_size_shows_other_boxes_and_forgets_drafts_that_went(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _FIELD, _W)
    control = shown.control
    type_into(qtbot, control.box(1, 2), "9")
    assert shown.reason is not None
    control.set_value(((0.1,),))
    assert shown.reason is None
    assert [box.text() for box in control.focus_widgets()] == ["0.1"]
    with pytest.raises(KeyError):
        control.box(1, 2)
    control.set_value(((0.1, 0.2), (0.3, 0.4), (0.5, 0.6)))
    assert [box.text() for box in control.focus_widgets()] == ["0.1", "0.2", "0.3", "0.4", "0.5", "0.6"]
    assert [label.isHidden() for label in control._row_labels[:4]] == [False, False, False, True]


def test_five_rows_are_visible_and_the_rest_is_scrolled_to(qtbot: QtBot) -> None:
    five = ShownControl(qtbot, _FIELD, ((0.5,),) * 5).control
    eight = ShownControl(qtbot, _FIELD, ((0.5,),) * 8).control
    assert abs(five._area.height() - eight._area.height()) <= 1
    assert five._area.verticalScrollBar().maximum() == 0
    assert eight._area.verticalScrollBar().maximum() > 0


def test_a_narrow_form_scrolls_sideways_and_cuts_nothing_below(qtbot: QtBot) -> None:
    control = ShownControl(qtbot, _FIELD, ((0.5,) * 8,) * 2).control
    control.resize(160, 200)
    QApplication.processEvents()
    assert control._area.horizontalScrollBar().maximum() > 0
    last = control.box(1, 0)
    bottom = last.mapTo(control._area.viewport(), QPoint(0, last.height())).y()
    assert bottom <= control._area.viewport().height()


def test_boxes_are_named_by_row_and_column(qtbot: QtBot) -> None:
    control = ShownControl(qtbot, _FIELD, _W).control
    assert control.box(1, 2).accessibleName() == "Weights W, row 2, column 3"
    set_language("zh_CN")
    control.retranslate()
    assert control.box(1, 2).accessibleName() == "权重 W，第 2 行第 3 列"


def test_the_form_follows_a_size_and_undo_brings_the_numbers_back(qtbot: QtBot) -> None:
    editor = ParameterEditor(_SizedExperiment())
    form = Form(editor)
    qtbot.addWidget(form)
    control = form.controls["W"]
    assert isinstance(control, Control)
    editor.change({"inputs": 1})
    assert [box.text() for box in control.focus_widgets()] == ["0.1", "0.3", "0.5"]
    editor.undo_stack.undo()
    assert editor.params.W == _W
    assert [box.text() for box in control.focus_widgets()] == ["0.1", "0.3", "0.5", "0.2", "0.4", "0.6"]
