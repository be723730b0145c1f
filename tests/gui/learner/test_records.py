"""What is kept of answers and tests: JSON and back, two records joined, and nothing without end."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, timedelta

import pytest

from engine.chapter_tests import LENGTH
from gui.learner.progress import Given, Progress, read_progress
from gui.learner.records import (
    LONGEST_SENTENCE,
    MOST_TESTS,
    Answered,
    AnswerInTest,
    TakenTest,
    joined_tests,
    read_answered,
    read_tests,
    with_answer,
)

TODAY = date(2026, 3, 1)


def _test(seed, right=LENGTH, answers=LENGTH, day=TODAY):
    given = [AnswerInTest(f"question_{place}", 0.5, place < right) for place in range(answers)]
    return TakenTest(seed, day, tuple(given))


def _whole():
    done = (
        Progress(touched=True)
        .answered("a", False, TODAY, 1, Given("x", 2.5, "r", True))
        .answered("a", True, TODAY, None)
    )
    done = done.hinted("g", 2).reached("g", '{"b": 1}').took(_test(3)).to_be_asked_again("b", TODAY)
    return done


def test_everything_comes_back_from_json():
    whole = _whole()
    assert read_progress(json.loads(json.dumps(whole.to_json()))) == whole
    assert whole.is_bounded and whole.brought_back == {"b"} and whole.answers["a"][0].reason == "r"


def test_joining_with_itself_or_with_nothing_changes_nothing():
    whole = _whole()
    assert whole.merged(whole) == whole.merged(Progress()) == Progress().merged(whole) == whole


def test_what_was_answered_here_is_not_only_brought_back_there():
    here, there = Progress().answered("b", True, TODAY), Progress().to_be_asked_again("b", TODAY)
    assert not there.is_begun and here.is_begun
    assert here.merged(there).is_begun and there.merged(here).is_begun
    assert there.answered("b", True, TODAY).is_begun


def test_a_wrong_answer_in_a_test_brings_a_question_back_to_the_first_box():
    later = TODAY + timedelta(40)
    known = Progress().answered("a", True, TODAY, 1).answered("a", True, TODAY + timedelta(9), 1)
    back = known.to_be_asked_again("a", later).questions["a"]
    assert (back.box, back.asked, back.variant) == (0, later, 1)


def test_the_first_answer_stays_and_the_latest_do():
    answers = ()
    for day in range(20):
        answers = with_answer(answers, Answered(TODAY + timedelta(day), True))
    assert len(answers) == 6 and answers[0].day == TODAY and answers[-1].day == TODAY + timedelta(19)


def test_a_reason_is_added_to_the_answer_for_which_it_was_given():
    first = Answered(TODAY, True, "a", "a", sure=True)
    with_reason = dataclasses.replace(first, right=False, reason="r")
    assert with_answer((first,), with_reason) == (with_reason,)
    for other in (
        first, dataclasses.replace(first, right=False), dataclasses.replace(with_reason, day=TODAY + timedelta(1)),
        dataclasses.replace(with_reason, answer="b"), dataclasses.replace(with_reason, variant=1),
    ):  # fmt: skip
        assert with_answer((first,), other) == (first, other)
    assert [read_answered(one.to_json()) for one in (first, with_reason)] == [first, with_reason]


def test_of_many_tests_the_best_and_the_newest_are_kept_and_one_that_goes_on():
    tests = ()
    for seed in range(20):
        tests = joined_tests(tests, (_test(seed, right=8 if seed == 4 else 2, day=TODAY + timedelta(seed)),))
    assert len(tests) == MOST_TESTS - 1 and 4 in [test.seed for test in tests] and tests[-1].seed == 19
    going_on = joined_tests(tests, (_test(90, answers=3, day=TODAY + timedelta(30)),))
    assert going_on[-1].seed == 90 and not going_on[-1].is_finished
    assert [test.seed for test in joined_tests(going_on, (_test(91, day=TODAY + timedelta(31)),))][-1] == 91
    longer = joined_tests(going_on, (_test(90, answers=5, day=TODAY + timedelta(30)),))
    assert len(longer[-1].answers) == 5
    assert Progress(tests=tests).is_bounded


def test_the_longest_sentences_in_chinese_are_not_too_much():
    said = AnswerInTest("question", "说" * LONGEST_SENTENCE, True)
    tests = tuple(TakenTest(seed, TODAY, (*_test(seed).answers[:-1], said)) for seed in range(MOST_TESTS))
    assert Progress(tests=tests).is_bounded


@pytest.mark.parametrize(
    "value", [None, 3, [], ["2026-03-01"], ["x", True, None, None, None], ["2026-03-01", 1, None, None, None],
              ["2026-03-01", True, [], None, None], ["2026-03-01", True, float("nan"), None, None],
              ["2026-03-01", True, 1, 1, None, "r", 1]],
)  # fmt: skip
def test_what_makes_no_sense_is_no_answer(value):
    assert read_answered(value) is None


@pytest.mark.parametrize(
    "change", [{"seed": -1}, {"seed": True}, {"begun": "x"}, {"answers": None}, {"answers": [["q", [], True]]},
               {"answers": [["", 1, True]]}, {"answers": [["q", "x" * (LONGEST_SENTENCE + 1), True]]}],
)  # fmt: skip
def test_what_makes_no_sense_is_no_test(change):
    assert read_tests([_test(1).to_json()]) == (_test(1),)
    assert read_tests([{**_test(1).to_json(), **change}]) == ()
    assert read_tests({"a": 1}) == ()
