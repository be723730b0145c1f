"""The page of a vote: keys count, what is covered tells nothing, everything has room, and the clock can be changed."""

from __future__ import annotations

from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.chapter_tests import makers_of
from engine.chapter_tests.question import NumberQuestion, SentenceQuestion
from engine.contract.language import LANGUAGES
from engine.contract.text import Text
from engine.votes.ballot import Ballot, Option, ballot_of_question, ballot_of_try
from engine.votes.kept import KeptVote
from engine.votes.vote import Vote
from gui.style.language import set_language
from gui.style.typography import present
from gui.vote.vote_page import CLOCK_STEP, TALK_SECONDS, VotePage
from tests.verdicts import judged_questions
from tests.walk import EXPERIMENT_IDS

BALLOT = Ballot(
    "guide:gates:1", "gates", "A title", "Which of these?",
    (Option("one", ("Because of one.",)), Option("two"), Option("three", ("Because of three.",))), 1, ("After all.",),
)  # fmt: skip
_KEY = Qt.Key


class Clock:
    """Time that stands until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def page(qtbot):
    made = VotePage(clock=Clock())
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.ask(BALLOT, True, 1, 3)
    made.show()
    return made


def _press(page, *keys):
    for key in keys:
        QTest.keyClick(page, key)


def test_a_key_counts_a_hand_and_shift_takes_one_away(page):
    _press(page, "a", "a", "b", "c", "c", "c", "z")
    QTest.keyClick(page, _KEY.Key_C, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page, _KEY.Key_B, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page, _KEY.Key_B, Qt.KeyboardModifier.ShiftModifier)
    assert page.vote == Vote(((2, 0, 2), (0, 0, 0)))


def test_a_number_and_a_letter_set_a_count(page):
    _press(page, "2", "4", _KEY.Key_Backspace, "3", "a", "7", "c", "c")
    assert page.vote == Vote(((23, 0, 8), (0, 0, 0)))
    _press(page, "9", "9", "9", "9", "b")
    assert page.vote.hands[0][1] == 999


@pytest.mark.parametrize("seed", range(20))
def test_taking_back_is_the_way_one_came(page, seed):
    keys = Random(seed).choices("abc12Z", k=30)
    states = [page.vote]
    for key in keys:
        if key == "Z":
            # What was typed for a count goes first.
            states = states if page.typed else states[:-1] or states
            page.take_back()
        else:
            QTest.keyClick(page, key)
            if page.vote != states[-1]:
                states.append(page.vote)
        assert page.vote == states[-1]


def _told(page) -> str:
    """All that stands on the page and is spoken of its answers."""
    labels = [page.heading, page.title, page.question, page.model, page.told, page.keys]
    return " ".join([*(one.text() for one in labels if one.isVisible()), *(row.accessibleName() for row in page.rows)])


def test_under_the_cover_two_different_votes_of_as_many_hands_look_alike(page):
    pictures, told = [], []
    for keys in ("aaab", "bccc"):
        page.ask(BALLOT, True, 1, 3)
        _press(page, *keys)
        pictures.append(page.grab().toImage())
        told.append(_told(page))
    assert pictures[0] == pictures[1] and told[0] == told[1]
    _press(page, _KEY.Key_Space)
    assert "3 · 75%" in _told(page) and page.grab().toImage() != pictures[1]


def test_nothing_tells_the_right_answer_before_its_phase(page):
    other = Ballot(**{**vars(BALLOT), "right": 2})
    for phase in ("first", "talk", "second", "both", "stage"):
        seen = []
        for ballot in (BALLOT, other):
            page.ask(ballot, True, 1, 3)
            _press(page, *"aab")
            while page.phase != phase:
                _press(page, _KEY.Key_Return)
            seen.append((_told(page), page.grab().toImage()))
        assert seen[0] == seen[1], phase
        assert "Because" not in seen[0][0] and "After" not in seen[0][0]


def test_the_reason_for_the_commonest_wrong_answer_is_told_first(page):
    _press(page, *"ccca", _KEY.Key_Return, _KEY.Key_PageDown, *"bbbb")
    for _ in range(3):
        _press(page, _KEY.Key_Return)
    assert page.phase == "told"
    assert page.told.text().startswith("C, First vote: 3 of 4. Because of three.\nB is right.")
    assert page.told.text().endswith("After all.")
    assert [row.is_right for row in page.rows] == [None, True, False]


def test_a_wrong_answer_that_the_room_has_left_is_not_the_one_that_is_spoken_of(page):
    _press(page, *"ccca", _KEY.Key_Return, _KEY.Key_PageDown, *"aab")
    for _ in range(3):
        _press(page, _KEY.Key_Return)
    assert page.told.text().startswith("A, Second vote: 2 of 3.")
    assert [row.is_right for row in page.rows] == [False, True, None]


def test_no_hand_is_taken_back_where_none_is_counted_and_none_of_another_vote(page):
    _press(page, *"ccca", _KEY.Key_Return)
    for _ in range(5):
        QTest.keyClick(page, _KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert page.vote.hands == ((1, 0, 3), (0, 0, 0))
        if page.phase == "second":
            _press(page, "b")
            QTest.keyClick(page, _KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
        _press(page, _KEY.Key_PageDown)


def test_the_phases_go_on_and_back_by_keys_and_a_question_without_a_run_shows_none(page):
    seen = [page.phase]
    for key in (_KEY.Key_Return, _KEY.Key_Enter, _KEY.Key_PageDown, _KEY.Key_Return, _KEY.Key_Return, _KEY.Key_Return):
        _press(page, key)
        seen.append(page.phase)
    assert seen == ["first", "talk", "second", "both", "stage", "told", "told"]
    _press(page, _KEY.Key_PageUp, _KEY.Key_PageUp)
    assert page.phase == "both"
    page.ask(BALLOT, False, 1, 1)
    assert page.phases == ("first", "talk", "second", "both", "told")


def test_the_talk_has_two_minutes_and_half_a_minute_more_or_less(page):
    clock = page.clock
    _press(page, _KEY.Key_Return)
    assert TALK_SECONDS == 120 and page.clock_label.text() == "2:00" and page.clock_label.isVisible()
    _press(page, _KEY.Key_Up)
    assert page.clock_label.text() == "2:30"
    clock.now += 100
    _press(page, _KEY.Key_Down)
    assert page.clock_label.text() == "0:20" == f"0:{150 - 100 - CLOCK_STEP}"
    _press(page, _KEY.Key_Minus)
    assert page.clock_label.text() == "0:00"
    _press(page, "a")
    assert page.vote.total(0) == 0  # nothing is counted while the room talks


def test_another_question_is_gone_to_only_where_nothing_would_be_lost_from_sight(page, qtbot):
    wanted = []
    page.other_wanted.connect(wanted.append)
    _press(page, _KEY.Key_Right, _KEY.Key_Left, "a", _KEY.Key_Right)
    assert wanted == [1, -1]
    for _ in range(5):
        _press(page, _KEY.Key_Return)
    _press(page, _KEY.Key_Right)
    assert wanted == [1, -1, 1]


def test_a_sentence_is_thought_of_first_and_then_held_against_the_model(page):
    makers = [maker for one in EXPERIMENT_IDS for maker in makers_of(one)]
    question = next(q for q in (maker.question(1) for maker in makers) if isinstance(q, SentenceQuestion))
    ballot = ballot_of_question("test:1", "gates", question, "en")
    page.ask(ballot, False, 1, 1)
    assert ballot.model[0] not in _told(page) and not any(row.isVisible() for row in page.rows)
    _press(page, _KEY.Key_Return, *"aab")
    assert ballot.model[0] in page.model.text() and page.vote.hands[0] == (2, 1)


def test_a_typed_number_is_dropped_by_undo_and_by_a_letter_that_no_answer_has(page):
    _press(page, *"2a", "7")
    page.take_back()
    assert page.vote.hands[0] == (2, 0, 0) and not page.typed
    _press(page, *"24d", *"10b")
    assert page.vote.hands[0] == (2, 10, 0)
    page.take_back()
    assert page.vote.hands[0] == (2, 0, 0)


def test_a_question_by_itself_is_not_asked_anew_by_the_arrows(page):
    wanted = []
    page.other_wanted.connect(wanted.append)
    page.ask(BALLOT, False, 1, 1)
    _press(page, "a", *(_KEY.Key_Return,) * 4, _KEY.Key_Right, _KEY.Key_Left)
    assert page.phase == "told" and not wanted and page.vote.hands[0] == (1, 0, 0)


def test_a_vote_that_is_over_is_shown_as_it_was(page):
    _press(page, *"aab", *(_KEY.Key_Return,) * 2, *"bbb", *(_KEY.Key_Return,) * 3)
    assert page.phase == "told"
    vote = page.vote
    kept = KeptVote("2026-05-01T10:00:00", "gates", BALLOT.id, "Q", ("one", "two", "three"), vote, 1, True)
    page.ask(BALLOT, True, 1, 3, kept)
    assert page.phase == "both" and page.vote == vote and not page.is_covered


def test_going_back_to_the_talk_leaves_its_time(page):
    _press(page, _KEY.Key_Return)
    page.clock.now += 50
    _press(page, _KEY.Key_Return, _KEY.Key_PageUp)
    assert page.phase == "talk" and page.clock_label.text() == "1:10"


def test_a_number_without_known_mistakes_is_worked_out_before_it_is_shown(page):
    question = NumberQuestion(Text("How many?"), Text("n"), 5, Text("So it is."), ())
    ballot = ballot_of_question("test:1", "gates", question, "en")
    page.ask(ballot, False, 1, 1)
    assert page.phase == "think" and "5" not in _told(page) and not any(row.isVisible() for row in page.rows)
    _press(page, _KEY.Key_Return, *"aab", _KEY.Key_Return)
    assert page.model.text() == "n = 5" and page.vote.hands[0] == (2, 1) and page.told.text() == "So it is."


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_every_question_has_room_on_a_projector_in_every_phase(page, experiment_id):
    present(720)
    page.show()
    for language in LANGUAGES:
        set_language(language)
        for asked, verdict in judged_questions(experiment_id, language):
            ballot = ballot_of_try(asked.key, experiment_id, asked, verdict, language)
            page.resize(1280, 720)
            page.ask(ballot, True, 1, 9)
            _press(page, *"aabbc")
            for phase in page.phases[1:]:
                page.resize(1280 if phase in ("talk", "second", "both") else 512, 720)
                _press(page, _KEY.Key_Return)
                page.grab()
                parts = [one for one in (*page.rows, page.told, page.question, page.keys) if one.isVisible()]
                for part in parts:
                    assert page.rect().contains(part.geometry()), (language, phase, ballot.words)
                    needed = part.heightForWidth(part.width())
                    assert part.height() >= needed - 1, (language, phase, ballot.words, type(part).__name__)
                # Read from the last row.
                least = 720 / 40 if page.width() == 1280 else 13
                assert page.rows[0].font().pixelSize() >= least, (language, phase, ballot.words)
                assert page.rows[0].counts_size >= 0.9 * least and page.question.font().pixelSize() >= least
