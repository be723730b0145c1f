"""How the form looks: words in every language, order, measures and colours."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from engine.contract.language import LANGUAGES
from engine.experiments.ch2_perceptron.gates import Gates
from gui.form.form import Form
from gui.form.widgets.check_box import CheckBox
from gui.form.widgets.number_box import NumberBox
from gui.style.language import set_language
from gui.style.theme import set_theme, theme
from gui.style.typography import set_zoom
from tests.gui.form.every_kind import Every

ShowForm = Callable[..., Form]


def _place(form: Form, widget: QWidget) -> QPoint:
    return widget.mapTo(form, QPoint())


def _words(form: Form) -> list[str]:
    words = [label.text() for label in form.findChildren(QLabel) if label.isVisible() and label.pixmap().isNull()]
    # A check box stands beside its label and has no words of its own.
    buttons = [button for button in form.findChildren(QAbstractButton) if not isinstance(button, CheckBox)]
    words += [button.text() for button in buttons if button.icon().isNull()]
    for combo in form.findChildren(QComboBox):
        words += [combo.itemText(index) for index in range(combo.count())]
    return words


@pytest.mark.parametrize("experiment", [Every, Gates])
def test_every_word_is_there_in_both_languages(show_form: ShowForm, experiment: type) -> None:
    form = show_form(experiment())
    form.set_more_open(True)
    english = _words(form)
    set_language("zh_CN")
    chinese = _words(form)
    assert len(english) == len(chinese)
    assert all(english)
    assert all(chinese)
    assert sum(one != other for one, other in zip(english, chinese, strict=True)) > len(english) / 2
    set_language("en")
    assert _words(form) == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_tab_visits_has_a_name_and_a_tip(show_form: ShowForm, language: str) -> None:
    set_language(language)
    form = show_form()
    for control in form.controls.values():
        for widget in control.focus_widgets():
            assert widget.accessibleName()
            assert control.field.help.render(language) in widget.toolTip()
            assert widget.accessibleDescription()
    for widget in (form.seed.box, form.seed.dice, form.presets.list):
        assert widget.accessibleName()
        assert widget.toolTip()
    assert "−3" in form.controls["weights"].toolTip()


def test_tab_goes_from_top_to_bottom_through_everything(qtbot: QtBot, show_form: ShowForm) -> None:
    form = show_form()
    form.set_more_open(True)
    form.editor.change({"smooth": True})
    form.editor.change({"units": 3})
    form.editor.undo_stack.undo()
    QApplication.processEvents()
    form.header.undo_button.setFocus()
    visited = []
    while QApplication.focusWidget() not in visited:
        visited.append(QApplication.focusWidget())
        qtbot.keyClick(visited[-1], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is visited[0]
    tops = [_place(form, widget).y() + widget.height() // 2 for widget in visited]
    assert all(below >= above - 4 for above, below in pairwise(tops))
    for name, control in form.controls.items():
        assert any(widget in visited for widget in control.focus_widgets()), name
    assert {form.presets.list, form.seed.box, form.seed.dice, form.more_button} <= set(visited)


def test_labels_stand_beside_their_controls_or_all_above(show_form: ShowForm) -> None:
    form = show_form()
    rows = [form.rows[name] for name in ("rate", "noise", "units", "smooth")]
    assert len({_place(form, row.content).x() for row in rows}) == 1
    assert all(row.content.y() == row.label.y() for row in rows)
    set_zoom(2.0)
    QApplication.processEvents()
    assert all(row.content.y() >= row.label.y() + row.label.height() for row in rows)
    set_zoom(1.0)
    QApplication.processEvents()
    assert all(row.content.y() == row.label.y() for row in rows)


def test_a_wide_form_has_two_columns_and_can_be_narrowed_again(show_form: ShowForm) -> None:
    form = show_form(width=640)
    QApplication.processEvents()
    assert _place(form, form.rows["rate"]).x() > 300
    form.resize(320, 900)
    QApplication.processEvents()
    assert _place(form, form.rows["noise"]).x() == _place(form, form.rows["rate"]).x()
    assert form.minimumSizeHint().width() <= 300


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "zoom"), [(300, 1.0), (320, 1.0), (360, 1.25), (320, 2.0), (640, 1.0), (640, 2.0)])
@pytest.mark.parametrize("experiment", [Every, Gates])
def test_nothing_is_cut_off(show_form: ShowForm, experiment: type, width: int, zoom: float, language: str) -> None:
    form = show_form(experiment(), width=800)
    set_language(language)
    set_zoom(zoom)
    form.set_more_open(True)
    form.editor.change({"smooth": True} if experiment is Every else {"w1": -0.25})
    for _ in range(3):
        form.resize(width, max(form.sizeHint().height(), form.heightForWidth(width)))
        QApplication.processEvents()
    for widget in form.findChildren(QWidget):
        if widget.isVisible():
            assert _place(form, widget).x() >= 0
            assert _place(form, widget).x() + widget.width() <= width, widget
    for widget in form.findChildren(QLabel) + form.findChildren(QAbstractButton):
        if widget.isVisible() and widget.text() and not isinstance(widget, QCheckBox):
            needed = widget.fontMetrics().horizontalAdvance(widget.text())
            wraps = isinstance(widget, QLabel) and widget.wordWrap()
            assert wraps or needed <= widget.width(), widget.text()
            if wraps:
                assert widget.heightForWidth(widget.width()) <= widget.height(), widget.text()
    for box in form.findChildren(NumberBox):
        if box.isVisible():
            margins = box.textMargins()
            room = box.width() - margins.left() - margins.right() - 6
            assert box.fontMetrics().horizontalAdvance(box.text()) <= room, box.text()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_theme_is_followed(show_form: ShowForm, name: str) -> None:
    form = show_form()
    other = "dark" if name == "light" else "light"
    set_theme(other)
    set_theme(name)
    QApplication.processEvents()
    picture = form.grab().toImage()
    assert picture.pixelColor(4, 4).name() == theme().window
    assert form.header.undo_button.icon().availableSizes()
