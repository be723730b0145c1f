"""What was answered in a lesson: its file, read without trust, and the table over a class."""

from __future__ import annotations

import csv
import dataclasses
import io
import itertools
import json

import pytest

from engine.contract.text import Refused
from engine.lessons import MOST_STEPS
from engine.lessons.answers import LARGEST, NOT_SURE, Done, Words, answers_in, answers_text, read_answers
from engine.lessons.table import csv_table, lessons_in, text_table
from engine.lessons.unanswered import no_answers


@pytest.fixture
def answers(lesson):
    none = no_answers(lesson)
    choice = none.steps[0].answered(0, "Two", False, 1).answered(1, "Four", True, 1)
    number = none.steps[1].answered(0.0025, "0.0025", True, 0.00248)
    mended = dataclasses.replace(none.steps[2], reached=True)
    return dataclasses.replace(none, steps=(choice, number, mended), name="小明", place=2)


def test_the_first_answer_counts_and_the_others_are_counted(answers):
    first = answers.steps[0]
    assert (first.answer, first.right, first.tries) == (0, False, 2)
    assert (answers.count_right, answers.asked) == (1, 2)


def test_a_file_of_answers_is_read_as_it_was_written(answers, tmp_path):
    path = tmp_path / "a.answers.json"
    path.write_text(answers_text(answers), encoding="utf-8")
    assert read_answers(path) == answers


GIVEN = {"nothing": None, "right": (1, "Four", True), "wrong": (0, "Two", False), "not sure": (NOT_SURE, "", None)}
COMBINATIONS = list(itertools.product(GIVEN, (1, 3), (False, True), (False, True)))
"""What was given to a question and how often, whether the goal was reached, and the exercise solved."""


def _done(given, tries, reached, solved):
    """What was done in a step that asks for everything."""
    done = Done(Words(en="AND", zh_CN="与门"), "gates", True, True, True, reached=reached, solved=solved)
    for _ in range(tries if GIVEN[given] else 0):
        done = done.answered(*GIVEN[given], expected=1)
    return done


def _read(lesson, steps):
    """Steps as a file of answers gives them back."""
    answers = dataclasses.replace(no_answers(lesson), steps=tuple(steps))
    return answers_in(json.loads(answers_text(answers))).steps


def test_whatever_was_done_in_a_step_comes_back_and_stands_in_the_table(lesson):
    """All combinations in one lesson: a column each for question, goal and exercise, in which a learner has a mark."""
    steps = [_done(*one) for one in COMBINATIONS]
    marks = {"nothing": "·", "right": "✓", "wrong": "×", "not sure": "○"}
    for first in range(0, len(steps), MOST_STEPS):
        part, asked = steps[first : first + MOST_STEPS], COMBINATIONS[first : first + MOST_STEPS]
        read = _read(lesson, part)
        assert list(read) == part
        for done, (given, tries, reached, solved) in zip(read, asked, strict=True):
            assert done.is_begun == (given != "nothing" or reached or solved)
            assert done.tries == (tries if GIVEN[given] else 0)
            assert (done.answer, done.said, done.right) == (GIVEN[given] or (None, "", None))
            assert (done.reached, done.solved) == (reached, solved)
        answers = dataclasses.replace(no_answers(lesson), steps=read)
        assert answers.count_right == sum(given == "right" for given, *_ in asked)
        row = text_table([("Ann", answers)], "en")[3].split()
        expected = [mark for given, _, reached, solved in asked
                    for mark in (marks[given], "✓" if reached else "·", "✓" if solved else "·")]  # fmt: skip
        assert row[1:-1] == expected
        assert row[-1] == f"{round(100 * expected.count('✓') / len(expected))}%"


def test_of_any_two_that_are_joined_the_first_answer_from_here_stays_and_all_that_was_reached_is(lesson):
    none = no_answers(lesson)
    for one, other in itertools.product(COMBINATIONS, repeat=2):
        here, there = (dataclasses.replace(none, steps=(_done(*what),)) for what in (one, other))
        (joined,) = here.joined(there).steps
        given, tries, *_ = one if one[0] != "nothing" else other
        assert joined == _done(given, tries, one[2] or other[2], one[3] or other[3])


@pytest.mark.parametrize("asks", [False, True])
@pytest.mark.parametrize("aims", [False, True])
@pytest.mark.parametrize("exercises", [False, True])
def test_only_what_a_step_asks_for_can_have_been_done_in_it(lesson, asks, aims, exercises):
    """A file that says more is read as if it did not."""
    step = dataclasses.replace(_done("right", 1, True, True), asks=asks, aims=aims, exercises=exercises)
    (read,) = _read(lesson, [step])
    assert (read.asks, read.aims, read.exercises) == (asks, aims, exercises)
    assert (read.tries > 0, read.reached, read.solved) == (asks, aims, exercises)
    assert read.is_begun == (asks or aims or exercises)


def test_what_was_done_elsewhere_is_added_and_the_first_answer_from_here_stays(answers, lesson):
    other = no_answers(lesson)
    other = other.with_step(0, other.steps[0].answered(1, "Four", True, 1))
    other = other.with_step(2, dataclasses.replace(other.steps[2], solved=True))
    joined = answers.joined(other)
    assert joined.steps[0].answer == 0
    assert joined.steps[2].reached and joined.steps[2].solved
    assert answers.joined(dataclasses.replace(other, digest="0" * 16)) == answers


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("digest",), "../../etc"),
        (("name",), "x" * 81),
        (("name",), 7),
        (("steps",), []),
        (("steps",), [{}] * 31),
        (("steps", 0), "x"),
        (("steps", 0, "experiment"), 7),
        (("steps", 0, "question"), 7),
        (("steps", 0, "question", "tries"), 10**9),
        (("steps", 0, "question", "tries"), True),
        (("steps", 0, "question", "answer"), "x"),
        (("steps", 0, "question", "right"), "yes"),
        (("steps", 0, "question", "said"), "x" * 301),
        (("steps", 0, "title"), {"en": 7}),
        (("lesson",), None),
    ],
)
def test_a_damaged_file_is_refused_in_one_sentence(answers, tmp_path, place, value):
    data = json.loads(answers_text(answers))
    part = data
    for name in place[:-1]:
        part = part[name]
    part[place[-1]] = value
    path = tmp_path / "a.answers.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(Refused, match=r"a\.answers\.json is damaged"):
        read_answers(path)


def test_what_is_no_file_of_answers_is_refused(tmp_path):
    path = tmp_path / "a.answers.json"
    for content in (b"", b"{}", b"\xff", b"[" * 50_000, b'{"layerwise_answers": 9}', b" " * (LARGEST + 1)):
        path.write_bytes(content)
        with pytest.raises(Refused, match=r"a\.answers\.json"):
            read_answers(path)


def test_a_name_gives_no_orders_to_a_terminal_and_no_formula_to_a_spreadsheet(answers):
    data = json.loads(answers_text(answers)) | {"name": "=1+1\x1b[31m"}
    read = answers_in(data)
    assert "\x1b" not in read.name
    rows = list(csv.reader(io.StringIO(csv_table([(read.name, read)], "en"))))
    assert rows[1][0].startswith("'=1+1")


def test_the_table_has_a_row_a_learner_and_the_shares_that_were_right(answers, lesson):
    none = no_answers(lesson)
    unsure = none.with_step(0, none.steps[0].answered(NOT_SURE, "", None, 1))
    class_ = [("小明", answers), ("Ann", unsure)]
    lines = text_table(class_, "en")
    assert lines[2].split() == ["learner", "1", "2", "3", "goal", "3", "exercise", "right"]
    assert lines[3].split() == ["小明", "×", "✓", "✓", "·", "50%"]
    assert lines[4].split() == ["Ann", "○", "·", "·", "·", "0%"]
    assert lines[5].split() == ["share", "0%", "50%", "50%", "0%"]
    rows = list(csv.reader(io.StringIO(csv_table(class_, "zh_CN"))))
    assert rows[1] == ["小明", "错", "对", "完成", "未完成", "50%"]
    assert rows[2][:3] == ["Ann", "不确定", ""]


def test_answers_to_different_lessons_stand_in_different_tables_whatever_their_digest_says(answers, lesson):
    forged = dataclasses.replace(answers, steps=answers.steps[:1])
    assert [len(one) for one in lessons_in([("a", answers), ("b", forged), ("c", no_answers(lesson))])] == [2, 1]
