"""What was answered in a lesson: its file, read without trust, and the table over a class."""

from __future__ import annotations

import csv
import dataclasses
import io
import json

import pytest

from engine.contract.text.refusal import Refused
from engine.lessons.answers import LARGEST, NOT_SURE, answers_in, answers_text, read_answers
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
