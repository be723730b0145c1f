"""The end of a chapter: a test answered by keys alone, left and gone on with, kept, and what leads to it and away."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from engine.chapter_tests import LENGTH, draw_test
from engine.chapter_tests.question import ChoiceQuestion, NumberQuestion, Wrong, number
from engine.chapter_tests.summary import summary_of
from engine.contract.catalogue import chapters
from engine.contract.text import LANGUAGES
from engine.guides.guide import load_guide
from gui.learner import progress_files
from gui.learner.chapter_end import ChapterEnd
from gui.learner.learner import Learner
from gui.learner.path import old_questions
from gui.learner.printed.dialog import PageDialog
from gui.learner.question_card import QuestionCard
from gui.learner.result_view import ResultView
from gui.style.language import set_language, translate
from gui.style.theme import set_theme
from tests.gui.window.shown import shown

pytestmark = pytest.mark.long

TODAY = date(2026, 3, 1)
CHAPTER = 4


@pytest.fixture
def learner(settings):
    return Learner(settings, today=lambda: TODAY)


@pytest.fixture
def end(qtbot, learner):
    """The end of chapters, with tests whose seeds are 0, 1, 2 …"""
    made = ChapterEnd(learner, itertools.count().__next__)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def _answer(end, right=True):
    """Answer what is asked by keys alone, and go on; the last question is a sentence."""
    card = end.content
    question = card.question
    if isinstance(question, NumberQuestion):
        QTest.keyClicks(card.entry.box, f"{question.value if right else question.slips[0].value:.6f}")
        QTest.keyClick(card.entry.box, Qt.Key.Key_Return)
    elif isinstance(question, ChoiceQuestion):
        option = question.right_option if right else (question.right_option + 1) % len(question.options)
        QTest.keyClick(card.options[0], "abcdefgh"[option])
    else:
        QTest.keyClicks(card.sentence, "It is so")
        QTest.keyClick(card.sentence, Qt.Key.Key_Return)
        assert card.answer is None and translate(question.model) in card.outcome.text()
        QTest.keyClick(card.options[0], "a" if right else "b")
    assert card.answer.right is right
    card.next_button.click()


def test_a_test_is_taken_by_keys_alone_and_what_was_wrong_comes_back(end, learner):
    end.show_test(CHAPTER)
    drawn = draw_test(CHAPTER, 0)
    for place, one in enumerate(drawn):
        assert end.content.question == one.question
        _answer(end, right=place % 3 != 0)
    assert isinstance(end.content, ResultView)
    (test,) = learner.tests(CHAPTER)
    assert test.is_finished and test.begun == TODAY and test.count_right == 5
    assert [answer.question for answer in test.answers] == [one.maker.id for one in drawn]
    assert test.answers[-1].given == "It is so"
    wrong = {(one.maker.experiment, one.again) for place, one in enumerate(drawn) if place % 3 == 0 and one.again}
    waiting = {(name, key) for name, one in learner.whole_progress().items() for key in one.questions}
    assert waiting == wrong
    assert all(learner.progress(name).questions[key].box == 0 for name, key in wrong)
    assert not any(one.is_begun for name, one in learner.whole_progress().items() if not name.startswith("chapter"))
    asked = old_questions(learner.whole_progress(), TODAY + timedelta(1))
    assert {(one.experiment, one.key) for one in asked} <= wrong and len(asked) == min(3, len(wrong))


def test_each_row_of_the_result_leads_to_the_try_that_shows_it(qtbot, end):
    end.show_test(CHAPTER)
    drawn = draw_test(CHAPTER, 0)
    for place in range(LENGTH):
        _answer(end, right=place % 3 != 0)
    last, layout = drawn[-1].maker, end.content.layout()
    about = end.content.rows[last.concept, last.experiment]
    assert layout.indexOf(end.content.sentence) == layout.indexOf(about) + 1
    for place, row in end.content.rows.items():
        with qtbot.waitSignal(end.question_wanted, timeout=1000) as caught:
            row.click()
        again = {one.again or "" for one in drawn if (one.maker.concept, one.maker.experiment) == place}
        assert caught.args[0] == place[1] and caught.args[1] in again


def test_below_a_missed_question_stand_its_words_the_answer_and_the_right_one(end):
    end.show_test(CHAPTER)
    drawn = draw_test(CHAPTER, 0)
    for place in range(LENGTH):
        _answer(end, right=place % 3 != 0)
    result = end.content
    for place, (one, answer) in enumerate(zip(drawn, end.test.answers, strict=True)):
        key = one.maker.concept, one.maker.experiment
        told = result.missed[key].text() if key in result.missed else ""
        if isinstance(one.question, NumberQuestion | ChoiceQuestion):
            assert (translate(one.question.words) in told) == (place % 3 == 0)
        else:
            assert translate(one.question.words) in result.sentence.text()
        if place % 3 == 0 and isinstance(one.question, NumberQuestion):
            assert translate(number(answer.given)) in told and translate(number(one.question.value)) in told
        elif place % 3 == 0 and isinstance(one.question, ChoiceQuestion):
            (wrong,) = [other for other in one.question.wrong if other.mistake == answer.given]
            assert translate(wrong.words) in told and translate(one.question.right) in told


def test_what_no_guide_asks_leads_to_the_experiment_alone_and_does_not_come_back(qtbot, learner):
    seed = next(seed for seed in range(99) if any(one.again is None for one in draw_test(3, seed)))
    end = ChapterEnd(learner, lambda: seed)
    qtbot.addWidget(end)
    end.show_test(3)
    drawn = draw_test(3, seed)
    for one in drawn:
        _answer(end, right=one.again is not None)
    (place,) = [(one.maker.concept, one.maker.experiment) for one in drawn if one.again is None]
    with qtbot.waitSignal(end.question_wanted, timeout=1000) as caught:
        end.content.rows[place].click()
    assert caught.args == [place[1], ""]
    assert not any(one.questions for one in learner.whole_progress().values()) and end.content.told.isHidden()


def test_each_mistake_is_told_with_its_reason(end):
    end.show_test(CHAPTER)
    while isinstance(end.content, QuestionCard):
        card = end.content
        _answer(end, right=False)
        if isinstance(card.question, NumberQuestion):
            assert translate(card.question.slips[0].why) in card.outcome.text()
            assert translate(number(card.question.value)) in card.outcome.text()
        elif isinstance(card.question, ChoiceQuestion):
            assert translate(card.question.wrong_at(card.options.index(_pressed(card))).why) in card.outcome.text()
        if not card.sentence:
            assert translate(card.question.why) in card.outcome.text()


def _pressed(card):
    return next(button for button in card.options if button.sign() == "×")


def test_an_interrupted_test_goes_on_and_a_repeated_one_has_other_numbers(qtbot, end, learner):
    end.show_test(CHAPTER)
    for _ in range(3):
        _answer(end)
    end.show_summary(2)
    end.show_test(CHAPTER)
    again = ChapterEnd(learner, lambda: 99)
    qtbot.addWidget(again)
    again.show_test(CHAPTER)
    for one in (end, again):
        assert one.test.seed == 0 and one.content.question == draw_test(CHAPTER, 0)[3].question
    while isinstance(end.content, QuestionCard):
        _answer(end)
    assert end.test.count_right == LENGTH
    end.content.again_button.click()
    assert end.test.seed == 1 and end.content.question == draw_test(CHAPTER, 1)[0].question


def test_tests_travel_with_the_progress_and_are_erased_with_it(end, learner, tmp_path):
    end.show_test(CHAPTER)
    while isinstance(end.content, QuestionCard):
        _answer(end)
    kept = learner.tests(CHAPTER)
    (tmp_path / "kept.json").write_text(progress_files.progress_text(learner.whole_progress()), encoding="utf-8")
    learner.erase()
    assert learner.tests(CHAPTER) == ()
    assert learner.merge(progress_files.read_progress_file(tmp_path / "kept.json"))
    assert learner.tests(CHAPTER) == kept


def test_not_sure_counts_as_not_known_and_shows_the_way(end, learner):
    end.show_test(CHAPTER)
    for _ in range(LENGTH):
        card = end.content
        if isinstance(card.question, ChoiceQuestion):
            QTest.keyClick(card.options[0], card.not_sure.sign())
        else:
            card.not_sure.click()
        assert card.answer.right is None and card.outcome.text()
        card.next_button.click()
    assert learner.tests(CHAPTER)[0].count_right == 0 and end.content.told.text()


def _made(qtbot, question):
    card = QuestionCard("some", question, False)
    qtbot.addWidget(card)
    card.show()
    return card


def test_answers_have_letters_and_a_digit_never_chooses_another_answer_than_it_says(qtbot):
    numbers = [number(value) for value in (1, 0, 2)]
    wrong = tuple(Wrong(f"m{place}", words, words) for place, words in enumerate(numbers[1:]))
    card = _made(qtbot, ChoiceQuestion(number(5), numbers[0], number(5), wrong, order=(1, 0, 2)))
    assert [one.sign() + one.words() for one in (*card.options, card.not_sure)] == ["A0", "B1", "C2", "DNot sure"]
    for digit in "0123456789":
        QTest.keyClick(card, digit)
    assert card.answer is None
    QTest.keyClick(card, "D", Qt.KeyboardModifier.ShiftModifier)
    assert card.answer.right is None


def test_where_a_number_is_typed_no_key_means_not_sure(qtbot):
    card = _made(qtbot, NumberQuestion(number(5), number(5), 0, number(5), ()))
    for key in "0d":
        QTest.keyClick(card.entry.button, key)
        QTest.keyClick(card.not_sure, key)
    assert card.answer is None and card.not_sure.sign() == "○"


def test_numbers_may_be_typed_as_percentages_or_with_commas_where_that_is_clear(qtbot):
    share = _made(qtbot, NumberQuestion(number(5), number(5), 0.2, number(5), ()))
    count = _made(qtbot, NumberQuestion(number(5), number(5), 5770, number(5), ()))
    for card, text in ((share, "２０％"), (count, "5,770")):
        card.entry.box.setText(text)
        QTest.keyClick(card.entry.box, Qt.Key.Key_Return)
        assert card.answer.right is True


def test_what_is_no_number_is_refused_and_asked_again(end):
    end.show_test(CHAPTER)
    while not isinstance(end.content.question, NumberQuestion):
        _answer(end)
    card = end.content
    QTest.keyClicks(card.entry.box, "much")
    QTest.keyClick(card.entry.box, Qt.Key.Key_Return)
    assert card.answer is None and "much" in card._note.text()


def test_a_typed_number_of_any_size_is_shown_in_the_result_in_few_characters(end):
    end.show_test(CHAPTER)
    while isinstance(end.content, QuestionCard):
        card = end.content
        if isinstance(card.question, NumberQuestion):
            card.entry.box.setText("1e308")
            QTest.keyClick(card.entry.box, Qt.Key.Key_Return)
            card.next_button.click()
        else:
            _answer(end)
    assert isinstance(end.content, ResultView)
    told = [label.text() for label in end.content.findChildren(QLabel) if "10³⁰⁸" in label.text()]
    assert told and "000000" not in "".join(told)


def test_a_result_opens_at_its_score(qtbot, end):
    end.resize(700, 300)
    end.show_test(CHAPTER)
    while isinstance(end.content, QuestionCard):
        _answer(end, right=False)
    QTest.qWait(50)
    bar = end.verticalScrollBar()
    assert bar.maximum() > 0 == bar.value() and not end.content.score.visibleRegion().isEmpty()


@pytest.mark.parametrize("right", [True, False])
def test_in_the_window_too_a_result_opens_at_its_score(qtbot, window, right):
    """The window scrolls to what gets the keys, and that had been a button at the bottom."""
    window.resize(1024, 640)
    window.show()
    window.show_test(CHAPTER)
    end = window.chapter_end
    while isinstance(end.content, QuestionCard):
        _answer(end, right=right)
    QTest.qWait(50)
    assert end.verticalScrollBar().value() == 0 and not end.content.score.visibleRegion().isEmpty()


_HALF = {"en": "4 of 8 right", "zh_CN": "8 题对了 4 题", "ja": "8問中4問正解"}


def test_language_and_theme_change_while_one_answers(end):
    end.show_test(CHAPTER)
    for place in range(LENGTH):
        card = end.content
        seen = {}
        for language in LANGUAGES:
            set_language(language)
            set_theme("dark" if language == "en" else "light")
            seen[language] = card.words.text()
            assert seen[language] == card.question.words.render(language)
        assert len(set(seen.values())) == len(LANGUAGES)
        _answer(end, right=bool(place % 2))
        if place < LENGTH - 1:
            assert end.content is not card
    for language in LANGUAGES:
        set_language(language)
        assert end.content.score.text() == _HALF[language]


def test_a_summary_leads_where_each_sentence_was_seen(qtbot, end):
    for chapter in (one.number for one in chapters() if one.entries):
        end.show_summary(chapter)
        for row, taught in zip(end.content.rows, summary_of(chapter), strict=True):
            with qtbot.waitSignal(end.place_wanted) as caught:
                row.click()
            assert caught.args == [taught.experiment, taught.place]
            assert translate(taught.words) in row.words()


def test_a_row_of_the_result_leads_to_its_question_without_the_answer_and_there_is_a_way_back(qtbot, window):
    shown(qtbot, window, "perceptron_rule")
    window.show_test(2)
    end = window.chapter_end
    while isinstance(end.content, QuestionCard):
        _answer(end, right=False)
    # The row whose question stands furthest down in its guide, of those that change what stands on the stage.
    keys = {place: [one.key for one in load_guide(place[1], "en").tries if one.changes] for place in end.content.rows}
    asked = {place: key for place, key in end.content._tries.items() if key in keys.get(place, ())}
    place = max(asked, key=lambda place: keys[place].index(asked[place]))
    key = asked[place]
    end.content.rows[place].click()
    page = window.page
    assert page.experiment.id == place[1]
    guide = page.panels.guide
    qtbot.waitUntil(lambda: bool(guide.rows) and page.controller.snapshot is not None)
    row = next(row for row in guide.rows if row.asked.key == key)
    # Its question is still open: so the stage does not give away what comes out, and the keys are there.
    assert row.asked.asks and row.button.sign() == "?" and row.button.hasFocus()
    assert page.editor.params == page.experiment.params_type()
    qtbot.waitUntil(lambda: _is_in_sight(guide, row.button))
    window.notice.button.click()
    assert window._stack.currentWidget() is end and isinstance(end.content, ResultView)
    # From one row to the next by keys.
    assert end.content.rows[place].hasFocus()
    # Once it was answered, the row shows it on the stage.
    end.content.rows[place].click()
    row.not_sure.click()
    qtbot.waitUntil(lambda: row.verdict is not None)
    page.editor.restore_defaults()
    window.show_overview()
    window.overview.links[2].result.click()
    assert isinstance(end.content, ResultView)
    end.content.rows[place].click()
    assert page.editor.params == row.asked.run(page.experiment).params != page.experiment.params_type()


def _is_in_sight(guide, part):
    top = part.mapTo(guide.viewport(), part.rect().topLeft()).y()
    return top >= 0 and top + part.height() <= guide.viewport().height()


def test_a_result_is_reached_from_the_overview_once_there_is_one(window):
    window.show()
    window.show_overview()
    links = window.overview.links[4]
    assert not links.result.isVisible()
    window.show_test(4)
    end = window.chapter_end
    for _ in range(3):
        _answer(end)
    window.show_overview()
    assert not links.result.isVisible() and links.test.text() == "Go on with the test"
    links.test.click()
    while isinstance(end.content, QuestionCard):
        _answer(end, right=False)
    window.show_test(4)
    window.show_overview()
    assert links.result.isVisible() and links.result.text() == "Last result"
    links.result.click()
    assert end.content.score.text() == "3 of 8 right"


def test_it_is_reached_from_the_overview_and_the_last_guide_and_left_by_escape(qtbot, window, tmp_path, monkeypatch):
    # Chapter 2 ends with an experiment that is quickly computed.
    page = shown(qtbot, window, "perceptron_rule")
    window.show_overview()
    overview = window.overview
    assert overview.links[2].test.text() == "Test"
    overview.links[2].test.click()
    end = window.chapter_end
    assert window._stack.currentWidget() is end and end.chapter == 2
    while isinstance(end.content, QuestionCard):
        _answer(end)
    end.content.overview_button.click()
    assert window._stack.currentWidget() is overview
    assert overview.links[2].test.text() == "Test · 8 of 8 at best"
    window.show_test(2)
    _answer(end)
    window.escape()
    assert window.page is page and window._stack.currentWidget() is not end
    window.show_overview()
    assert overview.links[2].test.text() == "Go on with the test"
    window.escape()
    qtbot.waitUntil(lambda: page.panels.guide.end_button is not None)
    page.panels.guide.end_button.click()
    assert window._stack.currentWidget() is end
    end.content.rows[1].click()
    assert window.page.experiment.id == "gates"
    qtbot.waitUntil(lambda: window.page.editor.params.w1 == 5)
    # A page to print is of the chapter whose end is shown, if nothing else is chosen.
    window.show_summary(2)
    window.print_page()
    dialog = window.findChild(PageDialog)
    assert dialog.chapter.currentData() == 2
    dialog.name.setText("Ann")
    path = tmp_path / "page.html"
    monkeypatch.setattr("gui.learner.printed.dialog.ask_where_to_save", lambda *_: path)
    dialog.save()
    assert "Ann" in path.read_text(encoding="utf-8")
    assert not window.notice.isHidden()
