"""The search of the window: its keys, its list, and that every kind of thing leads where it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from engine.contract.catalogue import load
from engine.contract.language import LANGUAGES
from engine.glossary import term
from engine.guides.guide import load_guide
from engine.search.entry import KINDS
from gui.form.widgets.number_box import NumberBox
from gui.panels.data.sheet import Sheet
from gui.panels.guide.glossary_dialog import GlossaryDialog
from gui.style.language import set_language, translate
from gui.style.theme import theme
from gui.style.typography import font, set_zoom
from gui.window import words
from gui.window.found_list import kind_column
from tests.gui.window.shown import shown

KNOWN = """
About Layerwise | Ask old questions again | Back | Copy picture | Edit a lesson file… | Erase progress… | Menu | Quit
Export a moving picture… | Export progress… | Export… | Glossary | Import progress… | Keep this network… | Keys | Larger
Leave the lesson | Leave the overview, the presentation or a question | Make a lesson of this… | My networks… | Undo
Next experiment | Next part of the window = Next part of the window: stage, panels, controls, run | Redo
Open a lesson… | Open session… | Overview | Page to print… | Presentation | Previous experiment
Previous part of the window | Restart | Put this run on the shelf | Restore defaults | Save answers…
Save session… | Smaller | Step | Table of differences
What is this? | Zoom back to 100% | Panel: Guide | Panel: Write it | Panel: Derive | Panel: Data | Guide = Panel: Guide
Working = Panel: How | Code = Panel: How | Dark theme = Light or dark theme | Stage alone = Presentation
Why the learning rate | XOR in 20 minutes | A CNN in an hour
"""
"""What could be done in 0.16.1 by a command or a button of the window, and what it is called today where that differs.
Parameters, presets and exercises are the same as then, and all in the index."""


def _opened(qtbot, window, experiment_id):
    """The page of an experiment with the keys on its stage, in a window that is active."""
    page = shown(qtbot, window, experiment_id)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.view.stage.setFocus()
    return page


def _typed(window, text):
    """What is listed once a text stands in the field."""
    window.open_search()
    window.search.field.setText(text)
    return window.search.list.lines


def _go(window, text, kind, id=None):
    """Type a text, go down to the first line of a kind, and press Enter."""
    lines = _typed(window, text)
    row = next(row for row, line in enumerate(lines) if line.entry.kind == kind and id in (None, line.entry.id))
    for _ in range(row):
        QTest.keyClick(window.search.field, Qt.Key.Key_Down)
    assert window.search.list.current is lines[row]
    QTest.keyClick(window.search.field, Qt.Key.Key_Return)
    assert not window.search.list.isVisible() and window.search.field.text() == ""
    return lines[row].entry


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Slash, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_both_keys_open_it_and_escape_gives_the_keys_back(qtbot, window, key, modifiers):
    page = _opened(qtbot, window, "gates")
    QTest.keyClick(page.view.stage, key, modifiers)
    assert window.search.field.hasFocus() and not window.search.list.isVisible()
    QTest.keyClicks(window.search.field, "bias")
    assert window.search.list.isVisible() and window.search.list.lines
    QTest.keyClick(window.search.field, Qt.Key.Key_Escape)
    assert page.view.stage.hasFocus() and not window.search.list.isVisible() and not window.search.field.text()


def test_a_slash_that_is_typed_into_a_box_stays_there(qtbot, window):
    page = _opened(qtbot, window, "layers")
    page.show_all_controls(True)
    page.panels.show_exercise(page.panels.begin_writing().exercises[0].id)
    boxes = [page.panels.write.findChild(QPlainTextEdit), page.panels.write.findChild(QLineEdit), window.search.field]
    boxes += [next(one for one in page.form.findChildren(NumberBox) if one.isVisible())]
    for box in filter(None, boxes):
        if not box.isVisible() or box.isReadOnly():
            continue
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Slash)
        text = box.toPlainText() if isinstance(box, QPlainTextEdit) else box.text()
        assert box.hasFocus() and "/" in text, box
        if isinstance(box, NumberBox):
            QTest.keyClick(box, Qt.Key.Key_Escape)


def test_arrows_go_round_and_pages_stop_at_the_ends(qtbot, window):
    _opened(qtbot, window, "gates")
    lines = _typed(window, "learning rate")
    found = window.search.list
    assert len(lines) > 11 and found.current is lines[0]
    for key, row in (
        (Qt.Key.Key_Up, -1), (Qt.Key.Key_Down, 0), (Qt.Key.Key_Down, 1), (Qt.Key.Key_PageDown, 11),
        (Qt.Key.Key_PageUp, 1), (Qt.Key.Key_PageUp, 0),
    ):  # fmt: skip
        QTest.keyClick(window.search.field, key)
        assert found.current is lines[row]
    assert window.page.controller.snapshot is not None and window.runner.state.phase in ("paused", "finished")


def test_a_click_on_a_line_goes_there_and_one_beside_closes(qtbot, window):
    page = _opened(qtbot, window, "gates")
    lines = _typed(window, "softmax")
    QCoreApplication.processEvents()
    found = window.search.list.list
    row = next(row for row, line in enumerate(lines) if line.entry.kind == "experiment")
    place = found.visualRect(found.model().index(row, 0)).center()
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.page.experiment.id == "softmax" and not window.search.list.isVisible()
    window.show_experiment("gates")
    _typed(window, "softmax")
    page.view.stage.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not window.search.list.isVisible() and window.page is page


def test_the_pointer_marks_the_line_that_it_is_over(qtbot, window):
    _opened(qtbot, window, "gates")
    lines = _typed(window, "undo softmax") or _typed(window, "softmax")
    QCoreApplication.processEvents()
    found = window.search.list.list
    QTest.mouseMove(found.viewport(), found.visualRect(found.model().index(0, 0)).center())
    QTest.mouseMove(found.viewport(), found.visualRect(found.model().index(2, 0)).center())
    assert window.search.list.current is lines[2]
    row = _typed(window, "undo")[0]
    found.entered.emit(found.model().index(0, 0))
    assert not row.possible and window.search.list.current is None


def test_no_kind_and_no_place_is_cut_where_there_is_room(qtbot, window):
    _opened(qtbot, window, "gates")
    for language in LANGUAGES:
        set_language(language)
        for name in KINDS.values():
            words_, room = translate(name), kind_column()
            letters = QFontMetrics(font("notes"))
            assert letters.elidedText(words_, Qt.TextElideMode.ElideRight, room) == words_


def test_an_experiment_is_shown(qtbot, window):
    _opened(qtbot, window, "gates")
    _go(window, "xor", "experiment")
    assert window.page.experiment.id == "xor" and window.page.isVisible()


def test_a_question_is_opened_in_its_guide(qtbot, window):
    _opened(qtbot, window, "gates")
    entry = _go(window, "rotated 90", "question")
    qtbot.waitUntil(lambda: window.page.panels.guide.open_row is not None)
    assert entry.experiment == window.page.experiment.id
    assert window.page.panels.guide.open_row.asked.key == entry.id


@pytest.mark.parametrize("experiment_id", ["xor", "playground"])
def test_a_goal_is_opened_in_its_guide(qtbot, window, experiment_id):
    _opened(qtbot, window, "gates")
    for goal in load_guide(experiment_id, "en").goals:
        _go(window, goal.words, "goal", goal.key)
        page = window.page
        assert page.experiment.id == experiment_id and page.panels.currentWidget() is page.panels.guide
        assert page.goal_strip.isVisible() and page.goal_strip.goal.key == goal.key
        assert page.panels.guide.goal_button.hasFocus()


def test_an_exercise_is_opened(qtbot, window):
    _opened(qtbot, window, "gates")
    entry = _go(window, "xor_gate", "exercise")
    panel = window.page.panels.write
    assert window.page.panels.is_writing and panel.exercises[panel.chooser.currentIndex()].id == entry.id


def test_a_derivation_is_opened(qtbot, window):
    _opened(qtbot, window, "gates")
    for language, typed in (("en", "sigmoid"), ("zh_CN", "softmax")):
        set_language(language)
        entry = _go(window, typed, "derivation")
        assert window.page.experiment.id == entry.experiment and window.page.panels.is_deriving
        assert window.page.panels.derive.derivation.id == entry.id


@pytest.mark.parametrize(
    ("typed", "experiment_id", "name"),
    [("learning rate mini-batch", "training", "learning_rate"), ("bias b gates", "gates", "b")],
)
def test_a_parameter_is_brought_into_sight_with_the_keys(qtbot, window, typed, experiment_id, name):
    _opened(qtbot, window, "xor")
    _go(window, typed, "parameter", name)
    page = window.page
    assert page.experiment.id == experiment_id and page.form.shows_all
    control = page.form.controls[name]
    assert control.isAncestorOf(QApplication.focusWidget())
    QCoreApplication.processEvents()
    top = control.mapTo(page.controls_area.viewport(), QPoint(0, 0)).y()
    assert 0 <= top < page.controls_area.viewport().height()


def test_a_parameter_that_is_not_shown_now_leads_to_what_makes_it_appear(qtbot, window):
    page = _opened(qtbot, window, "playground")
    hidden = [name for name, one in page.form.controls.items() if not page.editor.params.shows(name)]
    assert hidden
    field = page.form.controls[hidden[0]].field
    window.search._goes.go(next(
        one.entry for one in window.search.index.all if one.entry.target == ("parameter", "playground", hidden[0])
    ))  # fmt: skip
    assert window.notice.isVisible() and translate(field.label) in window.notice.findChild(QLabel).text()


def test_a_parameter_on_the_stage_has_the_keys_there(qtbot, window):
    page = _opened(qtbot, window, "gates")
    _go(window, "view xor", "parameter", "view")
    page = window.page
    assert page.experiment.id == "xor" and page.view.stage.hasFocus()
    control = page.view.keys.focused_control()
    assert page.view.field_of_control(control).label == load("xor").params_type.__dataclass_fields__["view"].metadata[
        "field"
    ].label  # fmt: skip


@pytest.mark.parametrize("experiment_id", ["training", "xor"])
def test_a_preset_is_applied_and_can_be_undone(qtbot, window, experiment_id):
    _opened(qtbot, window, "gates")
    preset = load(experiment_id).presets[-1]
    _go(window, f"{translate(preset.label)} {experiment_id}", "preset", preset.id)
    editor = window.page.editor
    assert window.page.experiment.id == experiment_id and editor.equal_preset([preset]) is preset
    editor.undo_stack.undo()
    assert editor.equal_preset([preset]) is None


def test_a_term_is_explained_beside_the_guide_or_in_the_glossary(qtbot, window):
    _opened(qtbot, window, "gates")
    _go(window, "感知机", "term", "perceptron")
    (sheet,) = [one for one in window.findChildren(Sheet) if one.isVisible()]
    assert translate(term("perceptron").definition) in sheet.accessibleDescription()
    sheet.close()
    window.show_overview()
    _go(window, "softmax", "term")
    (dialog,) = [one for one in window.findChildren(GlossaryDialog) if one.isVisible()]
    assert dialog.search.text()
    dialog.close()


def test_a_command_is_done_and_one_that_is_not_possible_is_pale(qtbot, window):
    page = _opened(qtbot, window, "gates")
    before = theme().name
    _go(window, "dark theme", "command")
    assert theme().name != before
    lines = _typed(window, "undo")
    assert lines[0].entry.id == "Undo" and not lines[0].possible and lines[0].place == "Ctrl+Z"
    assert window.search.list.current is None
    QTest.keyClick(window.search.field, Qt.Key.Key_Return)
    assert window.search.list.isVisible()
    page.editor.change({"b": 0.5})
    _go(window, "undo", "command", "Undo")
    assert page.editor.is_default()


def test_while_a_lesson_has_the_place_of_the_guide_its_questions_and_goals_are_pale(qtbot, window):
    page = _opened(qtbot, window, "gates")
    assert all(line.possible for line in _typed(window, "gates"))
    lesson = QWidget()
    page.show_lesson(lesson)
    lines = _typed(window, "gates")
    in_guide = [line for line in lines if line.entry.kind in ("question", "goal")]
    assert in_guide and {line.possible for line in in_guide} == {False}
    assert any(line.possible for line in lines)
    page.show_lesson(None)
    assert all(line.possible for line in _typed(window, "gates"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_in_the_index_once_and_found_by_its_name_in_every_language(window, language):
    set_language(language)
    commands = window.actions_of_window.actions
    ids = [one.entry.id for one in window.search.index.all if one.entry.kind == "command"]
    assert sorted(ids) == sorted(command.id for command, _ in commands) and len(set(ids)) == len(ids)
    for command, action in commands:
        for named in LANGUAGES:
            found = window.search.index.find(command.name.render(named), language)
            assert command.id in [one.id for one in found[:12] if one.kind == "command"], command.id
        under = translate(command.under) if command.under is not None else ""
        assert window.search._goes.place(_entry(window, command.id)) == (action.shortcut().toString() or under)


@pytest.mark.long
@pytest.mark.parametrize("known", [name for line in KNOWN.strip().splitlines() for name in line.split(" | ")])
def test_whoever_knows_how_it_was_called_finds_it(window, known):
    name, _, today = known.partition(" = ")
    found = window.search.index.find(name, "en")[:12]
    assert (today or name) in [one.id for one in found if one.kind == "command"]


def _entry(window, command_id):
    return next(
        one.entry for one in window.search.index.all if (one.entry.kind, one.entry.id) == ("command", command_id)
    )


def test_everything_in_the_index_is_told_apart_and_has_a_place(qtbot, window):
    targets = [one.entry.target for one in window.search.index.all]
    assert len(targets) == len(set(targets)) > 900
    for one in window.search.index.all:
        line = window.search._line(one.entry)
        assert line.title and line.kind and (line.place or one.entry.kind in ("command", "term"))


def test_what_is_found_nowhere_is_one_sentence_in_every_language(qtbot, window, said):
    _opened(qtbot, window, "gates")
    sentences = {
        "en": "Nothing here is called “xqzzz”.", "ja": "「xqzzz」は見つかりません。", "zh_CN": "没有找到“xqzzz”。",
    }  # fmt: skip
    for language in LANGUAGES:
        set_language(language)
        sentence = sentences[language]
        assert not _typed(window, "xqzzz")
        assert window.search.list.nothing.text() == sentence and window.search.list.nothing.isVisible()
        window.search._tell()
        assert said[-1] == sentence
    QTest.keyClick(window.search.field, Qt.Key.Key_Return)
    assert window.search.field.hasFocus()


def test_what_is_found_and_where_the_arrows_come_is_said(qtbot, window, said):
    _opened(qtbot, window, "gates")
    lines = _typed(window, "perceptron rule")
    window.search._tell()
    assert said[-1].startswith(f"{len(lines)} found, first The perceptron rule, Experiment, 2.3")
    QTest.keyClick(window.search.field, Qt.Key.Key_Down)
    assert said[-1] == lines[1].spoken
    listed = window.search.list.list
    assert listed.accessibleName() and window.search.field.accessibleName() == "Search"
    assert listed.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == lines[1].spoken


def test_the_list_lies_within_the_window_at_every_size(qtbot, window):
    _opened(qtbot, window, "gates")
    for zoomed, size in ((1.0, (1366, 768)), (1.0, (640, 560)), (2.0, (1366, 768)), (2.0, (800, 620))):
        set_zoom(zoomed)
        window.resize(*size)
        QCoreApplication.processEvents()
        for text in ("softmax", "xqzzz"):
            _typed(window, text)
            window.resize(size[0] + 20, size[1])
            QCoreApplication.processEvents()
            found = window.search.list
            assert window.rect().contains(found.geometry()) and found.y() >= window.search.field.geometry().bottom()
            assert found.width() <= window.width() and not found.list.horizontalScrollBar().isVisible()
        window.search.give_up()


def test_a_presentation_has_the_search_while_one_searches(qtbot, window):
    _opened(qtbot, window, "gates")
    window.toggle_presentation()
    assert not window.top_bar.isVisible()
    _typed(window, "xor")
    assert window.top_bar.isVisible() and window.search.list.isVisible()
    window.search.give_up()
    assert not window.top_bar.isVisible()
    _go(window, "presentation", "command", words.PRESENTATION.message)
    assert window.top_bar.isVisible()


def test_another_language_lists_the_same_things_anew(qtbot, window):
    _opened(qtbot, window, "gates")
    before = [line.entry.id for line in _typed(window, "gradient descent")[:1]]
    set_language("zh_CN")
    after = window.search.list.lines
    assert (
        [line.entry.id for line in after[:1]] == before and after[0].title == "梯度下降法" and after[0].kind == "实验"
    )
