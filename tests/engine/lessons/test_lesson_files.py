"""The file of a lesson: what is written is read again, and whatever else comes is refused in one sentence."""

from __future__ import annotations

import json
import os

import pytest

from engine.contract.text import Refused
from engine.lessons import MOST_STEPS
from engine.lessons.answers import Words
from engine.lessons.reading import LARGEST, lesson_in, read_lesson
from engine.lessons.writing import digest_of, lesson_text


def test_a_lesson_that_was_written_is_read_as_it_was(lesson, tmp_path):
    path = tmp_path / "小课.lesson.json"
    path.write_text(lesson_text(lesson), encoding="utf-8")
    again = read_lesson(path)
    assert again == lesson
    assert digest_of(again) == digest_of(lesson)


def test_another_lesson_has_another_digest_and_another_version_of_the_program_has_not(lesson):
    data = json.loads(lesson_text(lesson))
    data["program"] = data["steps"][0]["session"]["program"] = "Layerwise 1.0"
    assert digest_of(lesson_in(json.dumps(data))) == digest_of(lesson)
    data["steps"][0]["words"] = "Other words."
    assert digest_of(lesson_in(json.dumps(data))) != digest_of(lesson)


def test_a_lesson_in_one_language_shows_that_one_and_braces_stand_for_themselves(lesson):
    words = lesson.steps[0].words
    assert words.render("zh_CN") == words.render("en") == words.text.render("zh_CN") == "A line {as it is}."
    assert Words(en="a", zh_CN="甲").render("zh_CN") == "甲"


def put(place, value):
    def change(data):
        *way, last = place
        for part in way:
            data = data[part]
        if value is ...:
            del data[last]
        else:
            data[last] = value

    return change


STEP, QUESTION, GOAL = ("steps", 0), ("steps", 0, "question"), ("steps", 2, "goal")
BAD = [
    (put(("layerwise_lesson",), ...), "it is no lesson of Layerwise"),
    (put(("layerwise_lesson",), 2), "its format is 2"),
    (put(("surprise",), 1), "a lesson has no “surprise”"),
    (put(("title",), ...), "the title: nothing is written"),
    (put(("title",), "x" * 81), "the title has more than 80 signs"),
    (put(("title",), {"fr": "x"}), "the title is"),
    (put(("steps",), []), f"1 to {MOST_STEPS} steps"),
    (put(("steps",), [1] * (MOST_STEPS + 1)), f"1 to {MOST_STEPS} steps"),
    (put(("steps", 1), 7), "step 2: a step is “7”"),
    (put((*STEP, "qestion"), {}), "step 1: a step has no “qestion”"),
    (put((*STEP, "session"), ...), "step 1: the session is"),
    (put((*STEP, "session", "experiment"), "gate"), "step 1: there is no experiment “gate”"),
    (put((*STEP, "session", "params"), {"c": 1}), "step 1: there is no parameter “c”"),
    (put((*STEP, "session", "update"), -1), "step 1: This session cannot be read"),
    (put((*STEP, "may_change"), ["c"]), "step 1: there is no parameter “c”"),
    (put((*STEP, "may_change"), "b"), "step 1: what may be changed is “b”, not a list"),
    (put((*STEP, "exercise"), "or_gate"), "step 1: the experiment gates has no exercise “or_gate”"),
    (put((*STEP, "exercise"), 7), "step 1: the exercise is “7”"),
    (put((*QUESTION, "answers", 0, "claim"), "correct"), "step 1: “correct” is not a claim"),
    (put((*QUESTION, "answers", 0, "claim"), "correct=4"), "step 1: two answers have the same claim"),
    (put((*QUESTION, "answers", 0, "claim"), "x.__class__=4"), "step 1: the claim “x.__class__=4”"),
    (put((*QUESTION, "answers", 0, "right"), True), "step 1: of the answers, 2 are marked as right"),
    (put((*QUESTION, "answers", 1), ...), "step 1: the question has 1 answer, 2 to 4 are needed."),
    (put((*QUESTION, "answers"), []), "step 1: the question needs either answers or a number"),
    (put((*QUESTION, "number"), "correct=4"), "step 1: the question needs either answers or a number"),
    (put((*QUESTION, "changes"), {"c": "1"}), "step 1: there is no parameter “c”"),
    (put((*QUESTION, "changes"), {"b": "many"}), "step 1: b:"),
    (put((*QUESTION, "until"), "far"), "step 1: “far” is not how far to play"),
    (put((*QUESTION, "until"), "3 epoch"), "step 1: there is no unit “epoch”"),
    (put((*QUESTION, "until"), "9" * 12 + " update"), "is not how far to play"),
    (put(("steps", 1, "question", "number"), "x[1]>3"), "step 2: “x[1]>3” does not say what the number is"),
    (put(("steps", 1, "question", "label"), ...), "step 2: the number that is asked for has no label"),
    (put((*GOAL, "target"), "goal:s2"), "step 3: “goal:s2” is not a goal"),
    (put((*GOAL, "target"), "goal:s9#correct=4;reference=s2:1"), "step 3: there is no parameter “s9”"),
    (put((*GOAL, "target"), "goal:s1#correct=4;reference=s2:1"), "step 3: the goal asks to change “s1”"),
    (put((*GOAL, "target"), "goal:s2#correct>before;reference=s2:[1%2C1%2C1]"), "step 3: the claim “correct>before”"),
    (put((*GOAL, "hints"), ["x"] * 6), "step 3: the goal has 6 hints"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), BAD, ids=[said for _, said in BAD])
def test_what_makes_no_sense_is_refused_with_its_step(lesson, change, said):
    data = json.loads(lesson_text(lesson))
    change(data)
    with pytest.raises(Refused) as refusal:
        lesson_in(json.dumps(data))
    assert said in str(refusal.value)
    assert refusal.value.text.render("zh_CN")


def test_hostile_files_are_refused_before_anything_is_made_of_them(tmp_path):
    path = tmp_path / "x.lesson.json"
    for content in (
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"layerwise_lesson": 1, "steps": ' + b"[" * 40 + b"]" * 40 + b"}",
        b'{"layerwise_lesson": 1, "title": "\\ud800"}',
        b'{"layerwise_lesson": NaN}',
        b"9" * 10_000,
        b" " * (LARGEST + 1),
    ):
        path.write_bytes(content)
        with pytest.raises(Refused, match=r"x\.lesson\.json"):
            read_lesson(path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(Refused, match="ordinary"):
            read_lesson(tmp_path / "pipe")


def test_signs_that_are_orders_to_a_terminal_are_left_out(lesson):
    data = json.loads(lesson_text(lesson))
    data["title"] = "red \x1b[31m and \u202eback"
    data["steps"][0]["words"] = "one\x07\ntwo"
    read = lesson_in(json.dumps(data))
    assert read.title.typed("en") == "red [31m and back"
    assert read.steps[0].words.typed("en") == "one\ntwo"
