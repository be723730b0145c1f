"""Controls of choices, switches, vectors and points, and what all controls have in common."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.contract.fields import Choice, LabelledPoints, Option, Real, Switch, Vector
from engine.contract.language import LANGUAGES
from engine.contract.text import untranslated
from gui.form.controls import control_for
from gui.form.widgets.segmented import Segmented
from gui.style.language import set_language
from tests.bilingual import both
from tests.gui.form.shown_control import ShownControl, leave, turn_wheel, type_into
from tests.strategies import FIELDS, values_of

_VECTOR = Vector(label=both("w", "w"), components=("w1", "w2", "b"), minimum=-1, maximum=1, step=0.1)
_OPTIONS = tuple(Option(value, both(f"the {value}", f"第 {value} 个")) for value in "abcdef")
_FEW = Choice(label=both("Side", "边"), options=_OPTIONS[:3])
_MANY = Choice(label=both("Letter", "字母"), options=_OPTIONS)
_SWITCH = Switch(label=both("Smooth", "平滑"))
_POINTS = LabelledPoints(label=both("Points", "点"), minimum=-3, maximum=3, classes=2, fewest=1, most=9)


@pytest.mark.parametrize("kind", sorted(FIELDS))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_setting_a_value_asks_for_nothing_and_holds_it(kind: str, qapp: QApplication, data: st.DataObject) -> None:
    field = data.draw(FIELDS[kind])
    control = control_for("it", field)
    asked: list[object] = []
    control.edited.connect(lambda value, gesture: asked.append(value))
    for value in data.draw(st.lists(values_of(field), min_size=1, max_size=3)):
        control.set_value(value)
        assert control.value == value
    control.retranslate()
    control.restyle()
    for widget in control.focus_widgets():
        leave(widget)
    assert asked == []
    assert control.reason() is None
    control.deleteLater()


# Choices and switches


def test_few_options_stand_side_by_side_and_answer_keys(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _FEW, "a")
    segments = shown.control.options.segments
    assert [segment.isChecked() for segment in segments] == [True, False, False]
    qtbot.mouseClick(segments[2], Qt.MouseButton.LeftButton)
    segments[2].setFocus()
    qtbot.keyClick(segments[2], Qt.Key.Key_Left)
    assert shown.asked == [("c", ""), ("b", "")]
    assert shown.ended == 2
    assert [segment.isChecked() for segment in segments] == [False, True, False]


@pytest.mark.parametrize("width", [500, 60])
@pytest.mark.parametrize("language", LANGUAGES)
def test_segments_make_way_for_a_list_rather_than_clip(qtbot: QtBot, width: int, language: str) -> None:
    set_language(language)
    segmented = Segmented([(option.value, option.label) for option in _FEW.options])
    qtbot.addWidget(segmented)
    segmented.resize(width, segmented.sizeHint().height())
    with qtbot.waitExposed(segmented):
        segmented.show()
    assert segmented.row.isVisible() is (width == 500)
    assert segmented.list.isVisible() is (width == 60)
    for segment in segmented.segments:
        if segment.isVisible():
            assert segment.width() >= segment.fontMetrics().horizontalAdvance(segment.text()) + 8
    segmented.set_value("b")
    assert segmented.list.value() == "b"


def test_many_options_are_a_list(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _MANY, "f")
    options = shown.control.options
    assert (options.currentText(), options.count()) == ("the f", 6)
    options.setFocus()
    qtbot.keyClick(options, Qt.Key.Key_Up)
    assert shown.asked == [("e", "")]
    set_language("zh_CN")
    shown.control.retranslate()
    assert options.currentText() == "第 e 个"
    shown.control.setFocus()
    options.clearFocus()
    turn_wheel(options, 1)
    assert len(shown.asked) == 1


def test_a_switch_is_switched_by_the_space_key(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _SWITCH, False)
    assert not shown.control.check_box.isChecked()
    qtbot.keyClick(shown.control.check_box, Qt.Key.Key_Space)
    assert shown.asked == [(True, "")]
    assert shown.control.check_box.isChecked()


# Vectors


def test_components_are_typed_one_by_one(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _VECTOR, (0.5, -0.5, 0.25))
    type_into(qtbot, shown.control.boxes[1], "－１")
    assert shown.asked == [((0.5, -1.0, 0.25), "")]
    qtbot.keyClick(shown.control.boxes[2], Qt.Key.Key_Up)
    assert shown.asked[-1] == ((0.5, -1.0, 0.35), "step it")


def test_a_bad_component_survives_a_change_of_another(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _VECTOR, (0.5, -0.5, 0.25))
    boxes = shown.control.boxes
    type_into(qtbot, boxes[0], "7")
    assert shown.reason == "7 is outside −1 to 1."
    type_into(qtbot, boxes[1], "1")
    assert shown.asked == [((0.5, 1.0, 0.25), "")]
    assert (boxes[0].text(), boxes[0].is_bad(), boxes[1].is_bad()) == ("7", True, False)
    assert shown.reason == "7 is outside −1 to 1."
    type_into(qtbot, boxes[0], "-1")
    assert shown.asked[-1] == ((-1.0, 1.0, 0.25), "")
    assert (shown.reason, boxes[0].is_bad()) == (None, False)


@pytest.mark.parametrize(("width", "columns"), [(400, 3), (200, 2), (90, 1)])
def test_components_wrap_when_it_is_narrow(qtbot: QtBot, width: int, columns: int) -> None:
    shown = ShownControl(qtbot, _VECTOR, (0.5, -0.5, 0.25))
    shown.control.resize(width, 200)
    QApplication.processEvents()
    boxes = shown.control.boxes
    tops = [box.mapTo(shown.control, QPoint()).y() for box in boxes]
    assert tops.count(tops[0]) == columns
    assert all(box.mapTo(shown.control, QPoint(box.width(), 0)).x() <= width for box in boxes)


# Points


def test_points_are_counted_by_class(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _POINTS, ((0.0, 1.0, 0), (1.0, 1.0, 1), (2.0, 1.0, 1)))
    words = [label.accessibleName() for label in shown.control._counts]
    assert words == ["Points of class 0: 1", "Points of class 1: 2"]
    assert all(not mark.pixmap().isNull() for mark in shown.control._marks)


def test_unnamed_fields_have_no_empty_words(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, Real(label=untranslated("x"), minimum=0, maximum=1, step=0.1), 0.5)
    assert shown.control.toolTip() == "Allowed: 0 to 1"
