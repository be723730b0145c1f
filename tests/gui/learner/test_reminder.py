"""Old questions are said to be due: by a number on the menu's button and a card when the program starts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.contract.text import LANGUAGES
from engine.guides.guide import load_guide
from gui.app.application import _open_first
from gui.app.settings import Settings
from gui.learner.progress import Progress, Question
from gui.style.language import set_language
from tests.gui.window.shown import shown

TODAY = date(2026, 3, 1)
IDS = ("gates", "forward", "losses", "graph")


def _key(experiment_id):
    return next(one.key for one in load_guide(experiment_id, "en").tries if one.asks)


def _begun(qtbot, window, *days, box=0):
    """The window at the start of a day on which questions are due that were asked so many days ago."""
    window.learner.today = lambda: TODAY
    for experiment_id, ago in zip(IDS, days, strict=False):
        questions = {_key(experiment_id): Question(box, TODAY - timedelta(ago))}
        window.learner.merge({experiment_id: Progress(questions=questions)})
    window.reminder.begin()
    shown(qtbot, window, "gates")
    return window.reminder.card


def _entries(window):
    """What the open menu has."""
    menu = window.actions_of_window.menu
    menu.aboutToShow.emit()
    menu.aboutToHide.emit()
    return [action.text() for action in menu.actions()]


def _named(window):
    button = window.top_bar.menu_button
    return button.badge, button.accessibleName()


_DUE = {
    "en": (
        ("Menu: 3 old questions are due", "Overview: 3 old questions are due"),
        ("Menu: one old question is due", "Overview: one old question is due"),
        ("Menu", "Overview"),
    ),
    "zh_CN": (
        ("菜单：有 3 个老问题该复习了", "目录：有 3 个老问题该复习了"),
        ("菜单：有 1 个老问题该复习了", "目录：有 1 个老问题该复习了"),
        ("菜单", "目录"),
    ),
    "ja": (
        ("メニュー：復習問題が3問あります", "目次：復習問題が3問あります"),
        ("メニュー：復習問題が1問あります", "目次：復習問題が1問あります"),
        ("メニュー", "目次"),
    ),
}
"""The menu's button and its first entry with three old questions, with one, and with none."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menus_button_carries_the_number_of_questions_and_is_named_by_it(qtbot, window, language):
    set_language(language)
    _begun(qtbot, window, 8, 9, 10, 11)
    several, one, none = _DUE[language]
    assert _named(window) == (3, several[0])
    assert window.top_bar.menu_button.toolTip() == f"{several[0]} (F10)"
    assert several[1] in _entries(window)
    for experiment_id in IDS[:3]:
        window.learner.answer(experiment_id, _key(experiment_id), True)
    assert _named(window) == (1, one[0]) and one[1] in _entries(window)
    window.learner.set_asks_again(False)
    assert _named(window) == (0, none[0]) and none[1] in _entries(window)


def test_the_number_is_painted(qtbot, window):
    button = window.top_bar.menu_button
    window.show()
    before = button.grab().toImage()
    _begun(qtbot, window, 8)
    with_one = button.grab().toImage()
    assert before != with_one
    window.top_bar.show_due(2)
    assert button.grab().toImage() != with_one
    window.top_bar.show_due(0)
    assert button.grab().toImage() == before


@pytest.mark.parametrize(
    ("days", "english", "chinese"),
    [
        ((1,), "One question from yesterday, one minute.", "昨天的 1 个问题，一分钟就够。"),
        ((3, 4), "2 questions from a few days ago, two minutes.", "前几天的 2 个问题，两分钟就够。"),
        ((7, 9, 13), "3 questions from last week, two minutes.", "上周的 3 个问题，两分钟就够。"),
        ((14, 60), "2 questions from some weeks ago, two minutes.", "几周前的 2 个问题，两分钟就够。"),
        ((1, 8), "2 questions from earlier days, two minutes.", "以前的 2 个问题，两分钟就够。"),
        ((-9,), "One question from earlier days, one minute.", "以前的 1 个问题，一分钟就够。"),
    ],
)
def test_the_card_says_what_is_due_and_of_when(qtbot, window, days, english, chinese):
    # What comes from elsewhere is never of the future.
    window.learner.today = lambda: TODAY
    if min(days) < 0:
        question = Question(0, TODAY - timedelta(days[0]))
        window._settings.change_progress({"gates": lambda _: Progress(questions={_key("gates"): question})})
        days = ()
    card = _begun(qtbot, window, *days)
    assert card.isVisible() and card.words.text() == card.accessibleName() == english
    set_language("zh_CN")
    assert card.words.text() == card.accessibleName() == chinese


def test_the_card_leads_to_the_questions_and_blocks_nothing(qtbot, window):
    card = _begun(qtbot, window, 8)
    window.page.editor.change({"w1": 0.3})
    qtbot.waitUntil(lambda: window.page.controller.snapshot.params.w1 == 0.3)
    assert card.isVisible()
    QTest.mouseClick(card.answer, Qt.MouseButton.LeftButton)
    assert not card.isVisible()
    assert window._stack.currentWidget() is window.overview
    assert len(window.overview.questions.cards) == 1


def test_the_program_starts_with_the_card(qtbot, window, settings):
    window.learner.today = lambda: TODAY
    window.learner.merge({"gates": Progress(questions={_key("gates"): Question(0, TODAY - timedelta(1))})})
    window.show()
    _open_first(window, settings, None, "forward", None)
    assert window.page.experiment.id == "forward" and window.reminder.card.isVisible()


def test_who_puts_the_card_away_is_not_reminded_again_on_that_day(qtbot, window, settings):
    card = _begun(qtbot, window, 8)
    QTest.mouseClick(card.not_today, Qt.MouseButton.LeftButton)
    assert not card.isVisible() and _named(window)[0] == 1
    window.reminder.begin()
    assert not card.isVisible()
    assert Settings(settings.path).put_away_on == TODAY
    window.learner.today = lambda: TODAY + timedelta(1)
    window.reminder.begin()
    assert card.isVisible()


def test_the_card_goes_with_the_last_question_and_is_not_there_where_nothing_is_due(qtbot, window):
    window.learner.today = lambda: TODAY
    window.reminder.begin()
    assert not window.reminder.card.isVisible() and _named(window) == (0, "Menu")
    card = _begun(qtbot, window, 8)
    window.learner.answer("gates", _key("gates"), True)
    assert not card.isVisible()
