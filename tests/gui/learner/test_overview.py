"""The overview: marks of what was done, the next one, and old questions that are answered where they are asked."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from engine.chapter_tests import draw_test
from engine.contract.catalogue import chapters, entries, entry_of, load
from engine.contract.text import LANGUAGES
from engine.guides.guide import load_guide
from engine.guides.tries import check_try
from gui.learner.overview import Overview
from gui.learner.progress import Progress, Question
from gui.learner.records import BEFORE, AnswerInTest, TakenTest
from gui.panels.wrapped import WrappedButton
from gui.style.language import set_language
from gui.style.theme import set_theme
from gui.style.typography import set_zoom
from tests.gui.window.shown import lead, shown
from tests.walk import EXPERIMENT_IDS, runs_whole

TODAY = date(2026, 3, 1)
SAID = {
    1: ("Begun, goal open", "Goal reached"),
    2: ("Begun, 0 of 2 goals reached", "Begun, 1 of 2 goals reached", "Goal reached"),
}
"""What is said of an experiment with so many goals, of which so many were reached."""
ASKING = {
    entry.id: next(asked for asked in load_guide(entry.id, "en").tries if asked.answers and asked.returns)
    for entry in entries()
    if any(asked.answers and asked.returns for asked in load_guide(entry.id, "en").tries)
}


@pytest.fixture
def overview(qtbot, window):
    """The overview of a window, on a day on which nothing was done yet."""
    window.learner.today = lambda: TODAY
    shown(qtbot, window, EXPERIMENT_IDS[0])
    window.show_overview()
    return window.overview


def _due(window, *experiment_ids):
    """Have a question of each experiment asked again today, and look."""
    for experiment_id in experiment_ids:
        questions = {ASKING[experiment_id].key: Question(0, TODAY - timedelta(1))}
        window.learner.merge({experiment_id: Progress(questions=questions)})
    overview = window.overview
    overview.hide()
    overview.show()
    overview.focus_card(None)
    return list(overview.questions.cards)


def _answer(qtbot, card, index):
    card.row.answers[index].click()
    qtbot.waitUntil(lambda: card.row.verdict is not None)


# Marks


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_its_own_words_and_sign_and_is_told_to_those_who_do_not_see(qtbot, window, overview, language):
    set_language(language)
    key = ASKING["xor"].key
    window.learner.touch("gates")
    window.learner.merge({"xor": Progress(questions={key: Question(0, TODAY - timedelta(1))})})
    cards = [overview.cards[name] for name in ("gates", "xor", "perceptron_rule", "softmax")]
    overview.cards["forward"].show_state("reached", is_next=False, is_first=False)
    cards.append(overview.cards["forward"])
    said = {
        "en": ["Begun, goal open", "Due again", "Next", "Not begun", "Goal reached"],
        "zh_CN": ["已开始，挑战未完成", "该复习了", "接下来学这个", "未开始", "挑战完成"],
        "ja": ["着手済み、挑戦は未達成", "復習の時期", "次はこれ", "未着手", "挑戦達成"],
    }[language]
    assert [card.accessibleDescription().split("\n")[0] for card in cards] == said
    assert all(words in card.toolTip() for card, words in zip(cards, said, strict=True))
    seen = []
    for card in cards:
        image = card.grab().toImage()
        foot = image.copy(0, image.height() - card._state_height(), image.width(), card._state_height())
        assert all(foot != other for other in seen)
        seen.append(foot)


def test_the_path_begins_at_its_first_experiment_and_goes_on_where_it_was_left(window, overview):
    assert overview.cards[EXPERIMENT_IDS[0]].state_words == "Start here"
    for before, following in itertools.pairwise(EXPERIMENT_IDS):
        window.learner.touch(before)
        named = [one for one, card in overview.cards.items() if card.state_words == "Next"]
        assert named == [following]
    window.learner.touch(EXPERIMENT_IDS[-1])
    assert all(card.state_words.startswith("Begun") for card in overview.cards.values())
    assert all(card.isEnabled() for card in overview.cards.values())


def test_the_mark_says_what_completes_an_experiment(window, overview):
    by_count = {len(load_guide(experiment_id, "en").goals): experiment_id for experiment_id in EXPERIMENT_IDS}
    for experiment_id in by_count.values():
        window.learner.touch(experiment_id)
    # The next one says that it is, rather than how it stands.
    window.learner.touch(EXPERIMENT_IDS[0])
    for experiment_id in by_count.values():
        card = overview.cards[experiment_id]
        goals = {language: load_guide(experiment_id, language).goals for language in LANGUAGES}
        for count in range(len(goals["en"]) + 1):
            for language in LANGUAGES:
                set_language(language)
                for told in (card.toolTip(), card.accessibleDescription()):
                    assert [goal.words in told for goal in goals[language]] == [
                        index >= count for index in range(len(goals[language]))
                    ]
            set_language("en")
            assert card.state_words == SAID[len(goals["en"])][count]
            if count < len(goals["en"]):
                window.learner.reach(experiment_id, goals["en"][count].key)


def test_each_chapter_says_how_much_of_it_was_begun(window, overview):
    window.learner.touch("gates")
    window.learner.touch("xor")
    lines = [line.text() for line in overview._lines]
    assert lines[0].endswith("2 of 3 begun") and not any("begun" in line for line in lines[1:3])
    set_language("zh_CN")
    assert overview._lines[0].text().endswith("已开始 2/3")


# Old questions


def test_nothing_is_offered_where_nothing_is_due(window, overview):
    assert not overview.questions.isVisible()
    assert QApplication.focusWidget() is overview.cards[EXPERIMENT_IDS[0]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_due_questions_are_offered_in_every_language_and_seen_at_once(qtbot, window, overview, language):
    set_language(language)
    names = list(ASKING)[:4]
    for count, heading in enumerate(
        {"en": ("An old question", "Two old questions", "Three old questions", "Three old questions"),
         "zh_CN": ("一个老问题", "两个老问题", "三个老问题", "三个老问题"),
         "ja": ("復習問題", "復習問題2問", "復習問題3問", "復習問題3問")}[language], 1
    ):  # fmt: skip
        cards = _due(window, *names[:count])
        assert len(cards) == min(count, 3) and overview.questions.isVisible()
        assert overview.questions.findChildren(QLabel)[0].text() == heading
        assert QApplication.focusWidget() is cards[0].row.button
        qtbot.waitUntil(lambda card=cards[0]: not card.row.button.visibleRegion().isEmpty())


@pytest.mark.parametrize("experiment_id", runs_whole(ASKING))
def test_a_question_is_answered_where_it_is_asked_and_leads_to_its_experiment(qtbot, window, overview, experiment_id):
    (card,) = _due(window, experiment_id)
    assert overview.cards[experiment_id].state == "due" and not card.open_button.isVisible()
    verdict_before = card.row.verdict
    card.row.button.click()
    assert card.row.verdict is verdict_before and overview.isVisible()
    lead(card.row)
    qtbot.waitUntil(lambda: card.row.verdict is not None)
    key = ASKING[experiment_id].key
    question = window.learner.progress(experiment_id).questions[key]
    assert (question.box, question.asked) == (1 if card.row.is_right else 0, TODAY)
    assert not question.is_due(TODAY) and overview.cards[experiment_id].state == "begun"
    assert card.row.outcome.text() and card.isVisible()
    qtbot.mouseClick(card.open_button, Qt.MouseButton.LeftButton)
    assert window.page.experiment.id == experiment_id and not overview.isVisible()
    assert window.page.editor.params == card.row.verdict.params
    window.show_overview()
    assert not overview.questions.isVisible()


def test_what_is_answered_anew_can_be_opened_once_it_is_judged_anew(qtbot, window, overview):
    (card,) = _due(window, "xor")
    _answer(qtbot, card, 0)
    card.row.answers[1].click()
    assert card.row.verdict is None
    card.open_button.click()
    assert window.page.experiment.id == EXPERIMENT_IDS[0]
    qtbot.waitUntil(lambda: card.row.verdict is not None)
    card.open_button.click()
    assert window.page.experiment.id == "xor"


def test_wrong_and_not_sure_come_back_tomorrow_and_the_right_answer_is_marked(qtbot, window, overview):
    (card,) = _due(window, "gates")
    wrong = next(index for index in range(len(card.row.answers)) if index != _right(card))
    _answer(qtbot, card, wrong)
    assert card.row.is_right is False
    assert card.row.answers[_right(card)].sign() == "✓" and card.row.answers[wrong].sign() == "×"
    (question,) = window.learner.progress("gates").questions.values()
    assert question == Question(0, TODAY, card.question.variant)
    window.learner.today = lambda: TODAY + timedelta(1)
    (again,) = _due(window)
    again.row.not_sure.click()
    qtbot.waitUntil(lambda: again.row.verdict is not None)
    (question,) = window.learner.progress("gates").questions.values()
    assert (question.box, question.asked) == (0, TODAY + timedelta(1))


def test_an_old_question_asks_for_a_number_once_more_and_the_last_one_counts(qtbot, window, overview):
    asked = next(one for one in load_guide("gates", "en").tries if one.number is not None)
    window.learner.merge({"gates": Progress(questions={asked.key: Question(0, TODAY - timedelta(1))})})
    overview.hide()
    overview.show()
    overview.focus_card(None)
    (card,) = overview.questions.cards
    row, b = card.row, float(card.question.asked("en").changes["b"])
    row.entry.box.setText(f"{1 + b:.6f}")
    row.entry.button.click()
    qtbot.waitUntil(lambda: row.entry.slip.text() == f"{row.asked.number.slips[0].why} Once more?")
    assert not card.open_button.isVisible() and window.learner.progress("gates").questions[asked.key].box == 0
    row.entry.box.setText(f"{(1 + b) / 0.5**0.5:.6f}")
    row.entry.button.click()
    qtbot.waitUntil(card.open_button.isVisible)
    assert row.is_right and window.learner.progress("gates").questions[asked.key].box == 1


VARIED = {
    entry.id: asked
    for entry in entries()
    for asked in load_guide(entry.id, "en").tries
    if asked.asks and asked.variants
}


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", runs_whole(VARIED))
def test_a_question_comes_back_with_other_numbers_in_its_words_and_on_the_stage(qtbot, window, overview, experiment_id):
    asked = VARIED[experiment_id]
    window.learner.answer(experiment_id, asked.key, None)
    for day, variant in enumerate((*range(len(asked.variants)), None, 0), 1):
        window.learner.today = lambda day=day: TODAY + timedelta(30 * day)
        (card,) = _due(window)
        wanted = asked.varied(load(experiment_id), "en", variant)
        assert (card.row.asked.words, card.row.asked.changes) == (wanted.words, wanted.changes)
        card.row.not_sure.click()
        qtbot.waitUntil(lambda card=card: card.row.verdict is not None)
    card.open_button.click()
    changes = {**asked.start, **asked.variants[0]}
    assert window.page.editor.params == window.page.experiment.params_type().with_texts(changes)


def test_another_language_keeps_what_was_answered(qtbot, window, overview):
    (card,) = _due(window, "gates")
    _answer(qtbot, card, _right(card))
    set_language("zh_CN")
    assert overview.questions.cards == [card]
    assert card.row.outcome.text().startswith("答对了。")
    assert entry_of("gates").name.render("zh_CN") in card.open_button.words()


def test_off_offers_and_marks_nothing_and_keeps_what_is_known(window, overview):
    _due(window, "gates")
    window.learner.set_asks_again(False)
    assert not overview.questions.isVisible() and overview.cards["gates"].state == "begun"
    assert _due(window) == []
    window.learner.set_asks_again(True)
    assert len(_due(window)) == 1


def test_after_all_was_erased_nothing_is_asked(window, overview):
    _due(window, "gates", "xor")
    window.learner.erase()
    assert not overview.questions.isVisible()
    assert {card.state for card in overview.cards.values()} == {"untouched"}


def test_old_questions_are_answered_by_keys_alone(qtbot, window, overview):
    (card,) = _due(window, "gates")
    for _ in range(1 + _right(card)):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is card.row.answers[_right(card)]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: card.row.verdict is not None)
    for _ in range(12):
        if QApplication.focusWidget() is card.open_button:
            break
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert window.page.experiment.id == "gates"


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(640, 560), (1366, 768)])
@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_nothing_of_the_questions_is_cut_off(qtbot, window, overview, language, size, zoom):
    set_language(language)
    set_theme("dark")
    set_zoom(zoom)
    window.resize(*size)
    cards = _due(window, *list(ASKING)[:3])
    for card in cards:
        card.row.not_sure.click()
        qtbot.waitUntil(lambda card=card: card.row.verdict is not None)

    def settled():
        for card in cards:
            assert card.mapTo(overview.widget(), card.rect().bottomRight()).x() <= overview.viewport().width()
            for button in card.findChildren(WrappedButton):
                assert button.isHidden() or button.heightForWidth(button.width()) <= button.height()
            assert card.row.outcome.heightForWidth(card.row.outcome.width()) <= card.row.outcome.height()
        return True

    qtbot.waitUntil(lambda: _passes(settled))


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_links_of_a_chapter_are_seen_in_a_small_window_in_large_letters(qtbot, window, overview, language):
    set_language(language)
    set_zoom(2.0)
    window.resize(640, 560)
    links = overview.links[2]
    missed = tuple(AnswerInTest(drawn.maker.id, "", False) for drawn in draw_test(2, 1))
    links.show_tests([TakenTest(1, TODAY, missed)], {BEFORE: TakenTest(1, TODAY)}, True)
    assert all(button.isVisible() for button in links.buttons)
    qtbot.waitUntil(lambda: overview.widget().width() <= overview.viewport().width())
    for button in links.buttons:
        assert links.rect().contains(button.geometry()) and button.width() >= button.sizeHint().width()


def test_everything_in_the_overview_has_a_name(window, overview):
    _due(window, "gates")
    for button in overview.findChildren(QAbstractButton):
        assert button.accessibleName() or button.text()


def test_the_overview_needs_no_window_to_be_made(qtbot, window):
    made = Overview((), window.learner)
    qtbot.addWidget(made)
    made.show()
    made.focus_card(None)


def _right(card):
    """The answer that is right, from what the experiment computes."""
    return check_try(load(card.question.experiment), card.row.asked).right_answer


def _passes(check):
    try:
        return check()
    except AssertionError:
        return False


def test_the_overview_is_laid_out_at_any_size_and_every_card_is_to_be_seen(overview):
    overview.setParent(None)
    try:
        for zoom in (1.0, 2.0):
            set_zoom(zoom)
            for width, height in ((200, 150), (60, 40), (10, 10), (240, 300), (400, 200), (640, 560), (1920, 1080)):
                overview.resize(width, height)
                overview.show()
                # A card that were less than a picture wide could not be told from another; and Qt warns of sizes < 0.
                assert all(card.iconSize().width() > 0 for card in overview.cards.values()), (width, height)
                assert not overview.grab().isNull()
    finally:
        set_zoom(1.0)
        overview.hide()
        overview.deleteLater()


def test_tab_goes_through_a_chapters_links_before_its_cards(qtbot, window):
    window.show()
    window.show_overview()
    overview = window.overview
    qtbot.waitUntil(overview.isVisible)
    for before, after in itertools.pairwise(chapters()):
        last = overview.cards[before.entries[-1].id]
        links, first = overview.links[after.number], overview.cards[after.entries[0].id]
        stops, stop = [], last.nextInFocusChain()
        while stop is not first:
            stops += [stop] if stop.isVisible() and stop.focusPolicy() & Qt.FocusPolicy.TabFocus else []
            stop = stop.nextInFocusChain()
        assert stops == [one for one in links.buttons if one.isVisible()] and len(stops) >= 2
