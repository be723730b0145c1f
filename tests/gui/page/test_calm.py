"""A calm window: few things to press and few words at first, what is asked about in sight, and nothing that moves."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QSlider, QTabBar, QToolButton, QWidget

from engine.contract.language import language_of
from engine.contract.params import fields_of
from engine.guides.guide import load_guide
from gui.form.widgets.segmented import Segment
from gui.panels.prose import Prose
from gui.panels.wrapped import WrappedButton
from gui.style.language import language
from gui.style.typography import set_zoom
from gui.window.main_window import MainWindow
from tests.gui.window.shown import shown
from tests.walk import EXPERIMENT_IDS

_MOST_TO_PRESS, _MOST_WHERE_SOMETHING_RUNS, _MOST_WORDS = 26, 30, 90
_LONG_QUESTIONS = {
    "differentiation": 93, "gradient_check": 101, "layers": 103, "training": 103,
}  # fmt: skip
"""Experiments whose first question takes more words, with how many there are: fewer are welcome, more are not."""
_LEFT_TO_ALL = {
    "digits": {"drawing"}, "cnn": {"drawing"}, "feature_maps": {"drawing"}, "playground": {"hidden"},
    "activations": {"functions"}, "optimizers": {"shown"}, "pooling": {"numbers"},
}  # fmt: skip
"""What is drawn or pressed on the stage itself, and two lists of nine boxes that stand among all controls."""
_WORD = re.compile(r"[^\W\d_]{2,}")


def to_press(window: MainWindow) -> list[str]:
    """Everything in the window whose press would change something, but for the stage: what is chosen already is not."""
    found = []
    for part in seen_parts(window):
        name = part.accessibleName() or type(part).__name__
        if isinstance(part, QTabBar):
            found += [part.tabText(one) for one in tabs_of(part) if one != part.currentIndex()]
        elif isinstance(part, Prose):
            found += re.findall(r'href="([^"]*)"', part.toHtml())
        elif isinstance(part, QAbstractButton):
            is_plain = isinstance(part, WrappedButton) and part.is_plain
            if not is_plain and not (isinstance(part, Segment) and part.isChecked()):
                found.append(name)
        elif isinstance(part, (QComboBox, QSlider)) or (
            isinstance(part, QLineEdit) and not isinstance(part.parentWidget(), QComboBox)
        ):
            found.append(name)
    return found


def words_in(window: MainWindow) -> list[str]:
    """The words in the window beside the stage, of at least two letters, but for the sign of the language in use."""
    said = []
    for part in seen_parts(window, enabled=False):
        if isinstance(part, QTabBar):
            said += [part.tabText(one) for one in tabs_of(part)]
        elif isinstance(part, Prose):
            said.append(part.toPlainText())
        elif isinstance(part, WrappedButton):
            said.append(part.words())
        elif isinstance(part, (QAbstractButton, QLabel)):
            said.append(part.text())
        elif isinstance(part, QComboBox):
            said.append(part.currentText())
    return [word for word in _WORD.findall(" ".join(said)) if word != language_of(language()).sign]


def tabs_of(bar: QTabBar) -> list[int]:
    """The tabs that are shown."""
    return [index for index in range(bar.count()) if bar.isTabVisible(index)]


def seen_parts(window: MainWindow, enabled: bool = True) -> list[QWidget]:
    """The parts of the window of which something is seen, without what lies on the stage."""
    stage = window.page.view
    return [
        part
        for part in window.findChildren(QWidget)
        if part.isVisible()
        and (part.isEnabled() or not enabled)
        and not stage.isAncestorOf(part)
        and is_seen(part, window)
    ]


def is_seen(part: QWidget, window: QWidget) -> bool:
    """Whether some of it lies within everything that it stands in."""
    box, inside = part.rect(), part
    while inside is not window and inside.parentWidget() is not None:
        box = QRect(inside.mapToParent(box.topLeft()), box.size()) & inside.parentWidget().rect()
        inside = inside.parentWidget()
        if box.isEmpty():
            return False
    return True


def opened(qtbot, window: MainWindow, experiment_id: str, width: int = 1366, height: int = 768) -> MainWindow:
    """The window with an experiment as it opens for somebody new."""
    window.resize(width, height)
    shown(qtbot, window, experiment_id)
    QTest.qWait(50)
    return window


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_few_things_are_to_be_pressed_and_few_words_to_be_read_at_first(qtbot, window, experiment_id):
    opened(qtbot, window, experiment_id)
    runs = not window.page.transport.isHidden()
    found = to_press(window)
    assert len(found) <= (_MOST_WHERE_SOMETHING_RUNS if runs else _MOST_TO_PRESS), found
    said = words_in(window)
    assert len(said) <= _LONG_QUESTIONS.get(experiment_id, _MOST_WORDS), " ".join(said)


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_going_from_panel_to_panel_moves_nothing(qtbot, window, experiment_id):
    opened(qtbot, window, experiment_id)
    page = window.page
    bar = page.panels.tabBar()

    def places():
        return [bar.tabRect(one).translated(bar.mapTo(window, bar.rect().topLeft())) for one in tabs_of(bar)]

    before, picture = places(), page.view.grab().toImage()
    for index in [*tabs_of(bar)[1:], 0]:
        page.panels.setCurrentIndex(index)
        QTest.qWait(20)
        assert places() == before
        assert page.view.grab().toImage() == picture, bar.tabText(index)


@pytest.mark.parametrize("size", [(1366, 768), (1024, 640)], ids=lambda size: "{}x{}".format(*size))
@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_what_is_asked_about_is_in_sight(qtbot, window, experiment_id, size):
    """Each parameter that a question or goal changes has its control in sight, or is changed on the stage."""
    opened(qtbot, window, experiment_id, *size)
    page = window.page
    guide, form = page.panels.guide, page.form
    fields = fields_of(page.experiment.params_type)
    lacking = []

    def look(named, names):
        QTest.qWait(1)
        for name in names:
            if fields[name].on_stage or name in form.on_stage or name in _LEFT_TO_ALL.get(experiment_id, ()):
                continue
            row = form.rows[name]
            visible = fields[name].visible
            if visible is not None and not page.editor.params.shows(name):
                continue  # it comes with the option that it belongs to
            seen = row.isVisible() and _inside(row, window)
            if not seen:
                lacking.append(f"{named}: {name}")

    for row in guide.rows:
        guide.open_question(row.asked.key)
        look(row.asked.words, row.asked.changes)
    guide.open_question("")
    for goal in load_guide(experiment_id, "en").goals:
        guide.open_goal(goal.key)
        look(f"goal {goal.words}", goal.names)
    assert not lacking


def _inside(part: QWidget, window: QWidget) -> bool:
    """Whether the whole of it lies within everything that it stands in."""
    inside = part
    box = part.rect()
    while inside is not window:
        box = QRect(inside.mapToParent(box.topLeft()), box.size())
        inside = inside.parentWidget()
        if not inside.rect().contains(box):
            return False
    return True


def test_a_goal_is_reached_where_the_hand_lets_go(qtbot, window):
    """A drag that goes through the goal and out again has not reached it; one that ends there has."""
    opened(qtbot, window, "gates")
    page, reached = window.page, []
    page.goal_strip.reached.connect(reached.append)
    for b in (-0.7, -0.75, -2.0):
        page.editor.change({"w1": 1.0, "w2": 1.0, "b": 2 * b}, "dragged")
        qtbot.waitUntil(lambda b=b: page.controller.snapshot.params.b == 2 * b)
    page.editor.end_gesture()
    assert not reached
    page.editor.change({"b": -1.5}, "dragged again")
    qtbot.waitUntil(lambda: page.controller.snapshot.params.b == -1.5)
    assert not reached
    page.editor.end_gesture()
    assert len(reached) == 1 and page.celebration.isVisible()


def test_what_is_set_by_the_guide_is_nobody_s_mistake(qtbot, window):
    """The goal says which change it does not allow only where that was made by hand."""
    opened(qtbot, window, "gates")
    page = window.page
    asked = next(row.asked for row in page.panels.guide.rows if "target" in row.asked.changes)
    page.controller.try_out(asked)
    qtbot.waitUntil(lambda: page.controller.snapshot.params.target == "XOR" and window.runner.is_settled)
    assert "Target" not in page.goal_strip.words and page.goal_strip.action_button.text() == "Begin"
    page.editor.change({"target": "OR"})
    qtbot.waitUntil(lambda: page.controller.snapshot.params.target == "OR")
    assert "Target" in page.goal_strip.words and page.goal_strip.action_button.text() == "Put back"


def test_questions_come_one_at_a_time_and_the_goal_behind_the_last(qtbot, window):
    opened(qtbot, window, "gates")
    guide = window.page.panels.guide
    for number, row in enumerate(guide.path, start=1):
        assert [one for one in guide.rows if one.isVisible()] == [row]
        assert guide.further_button.isHidden() and not window.page.goal_strip.isVisible()
        row.not_sure.click()
        qtbot.waitUntil(lambda: guide.further_button.isVisible())
        minutes = guide.guide.minutes
        place = (
            f"Question {number} of {len(guide.path)}" if number > 1 else f"{len(guide.path)} questions · {minutes} min"
        )
        assert place in [one.text() for one in guide.findChildren(QLabel)]
        guide.further_button.click()
    assert not any(row.isVisible() for row in guide.rows) and window.page.goal_strip.isVisible()
    guide.answered_button.click()
    assert all(row.isVisible() for row in guide.path)
    guide.path[2].button.click()
    assert guide.open_row is guide.path[2] and guide.path[2].outcome.isVisible()


def test_another_seed_is_a_change_like_others(qtbot, window):
    """What differs from the run before is told with the seed, in one line, and alone where it is the only one."""
    opened(qtbot, window, "playground")
    page, editor = window.page, window.page.editor

    def noted():
        return [one.text() for one in page.headline.findChildren(QLabel) if one.text().startswith("the only")]

    editor.set_seed(7)
    qtbot.waitUntil(lambda: window.runner.run.seed == 7 and window.runner.is_settled)
    assert noted() == ["the only difference from before: Random seed 0 → 7"]
    editor.set_seed(0)
    qtbot.waitUntil(lambda: window.runner.run.seed == 0 and window.runner.is_settled)
    assert noted() == ["the only difference from before: Random seed 7 → 0"]
    editor.change({"data": "xor"})
    qtbot.waitUntil(lambda: page.controller.snapshot.params.data == "xor" and window.runner.is_settled)
    (line,) = noted()
    assert line.startswith("the only difference from before: Data")


def test_stage_and_column_take_turns_where_there_is_no_room_for_both(qtbot, window):
    set_zoom(2.0)
    opened(qtbot, window, "gates", 1200, 768)
    page = window.page
    assert page.view.isVisible() and not page.panels.isVisible()
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.panels.isVisible() and not page.view.isVisible())
    set_zoom(1.0)
    qtbot.waitUntil(lambda: page.panels.isVisible() and page.view.isVisible() and page.turns.isHidden())


def test_the_count_counts(qtbot, window):
    """What is counted as pressed and read is there: the law can fail."""
    opened(qtbot, window, "gates")
    before = len(to_press(window)), len(words_in(window))
    window.page.show_all_controls(True)
    QTest.qWait(20)
    assert len(to_press(window)) > before[0] + 5 and len(words_in(window)) > before[1] + 5


_LIT = [
    ("descent", {"learning_rate"}, {"rate"}), ("descent", {"function", "start", "learning_rate"}, {"rate", "start"}),
    ("gates", {"b"}, {"line"}), ("gates", {"w1", "w2", "b"}, {"line", "w"}),
]  # fmt: skip


@pytest.mark.parametrize(("experiment_id", "asked", "lit"), _LIT)
def test_what_is_asked_about_is_lit_on_the_stage_too(qtbot, window, experiment_id, asked, lit):
    opened(qtbot, window, experiment_id)
    view, guide = window.page.view, window.page.panels.guide
    guide.open_question("")
    quiet = view.grab().toImage()
    assert not any(item.is_lit for item in view.handle_items.values())
    guide.open_question(next(row for row in guide.rows if set(row.asked.changes) == asked).asked.key)
    assert {name for name, item in view.handle_items.items() if item.is_lit} == lit
    assert view.grab().toImage() != quiet


@pytest.mark.parametrize(("experiment_id", "is_begun"), [("perceptron_rule", True), ("gradient_check", False)])
def test_an_opening_behind_the_beginning_can_be_stepped_back(qtbot, window, experiment_id, is_begun):
    opened(qtbot, window, experiment_id)
    page = window.page
    assert (window.runner.entry.update > 0) == is_begun
    (back,) = [one for one in page.transport.findChildren(QToolButton) if one.accessibleName() == "Back"]
    assert back.isVisible() == is_begun


def test_where_no_control_is_in_play_no_heading_stands(qtbot, window):
    opened(qtbot, window, "optimizers")
    form = window.page.form
    headed = [one for one in form.header.findChildren(QLabel) if one.text() == "Controls"]
    form.set_in_play(())
    assert not any(one.isVisible() for one in headed)
    form.set_in_play(("function",))
    assert all(one.isVisible() for one in headed) and headed
