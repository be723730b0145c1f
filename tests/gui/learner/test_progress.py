"""What was done and when questions come back: laws of the boxes, of merging, and of what is read from anywhere."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.app.settings import Settings
from gui.learner.progress import BOXES, Given, Progress, Question, json_in, read_progress

TODAY = date(2026, 3, 1)
_DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
_KEYS = st.text("abc1", min_size=1, max_size=3)
_ANSWERS = st.sampled_from(["", "0a1b2c3d", "ffffffff"]) | st.integers(-9, 9) | st.floats(-1e9, 1e9)
_REASONS = st.sampled_from(["=", "0a1b2c3d"])
_QUESTIONS = st.builds(
    Question,
    st.integers(0, len(BOXES) - 1),
    _DAYS,
    st.none() | st.integers(0, 4),
    st.none() | st.builds(Given, _ANSWERS, _ANSWERS) | st.builds(Given, _ANSWERS, _ANSWERS, _REASONS, st.booleans()),
)
_PROGRESS = st.builds(
    Progress,
    st.booleans(),
    st.frozensets(_KEYS),
    st.frozensets(_KEYS),
    st.dictionaries(_KEYS, _QUESTIONS),
    derived=st.frozensets(_KEYS),
    lines=st.dictionaries(_KEYS, st.text(max_size=20)),
)
_RIGHT = st.sampled_from([True, False, None])
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["2026-01-01", "9999-12-31"]),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.sampled_from(["touched", "followed", "goals", "questions", "box", "asked", "variant", "given", "k"]), inner
    ),
    max_leaves=30,
)  # fmt: skip


# Boxes


def _asked_on(progress, day):
    return "k" in progress.due(day)


@given(right=_RIGHT, day=_DAYS)
def test_the_first_answer_brings_a_question_back_tomorrow_and_not_today(right, day):
    progress = Progress().answered("k", right, day)
    assert not _asked_on(progress, day)
    assert _asked_on(progress, day + timedelta(days=1))


@given(day=_DAYS)
def test_right_answers_let_it_wait_longer_and_it_never_goes_for_good(day):
    progress, waited = Progress().answered("k", True, day), []
    for _ in range(5):
        first = next(n for n in range(1, 100) if _asked_on(progress, day + timedelta(days=n)))
        waited.append(first)
        day += timedelta(days=first)
        progress = progress.answered("k", True, day)
    assert waited == [1, 7, 21, 21, 21]


@given(question=_QUESTIONS, day=_DAYS, right=st.sampled_from([False, None]))
def test_wrong_and_not_sure_come_back_tomorrow_from_every_box(question, day, right):
    progress = Progress(questions={"k": question}).answered("k", right, day)
    assert not _asked_on(progress, day) and _asked_on(progress, day + timedelta(days=1))


@given(question=_QUESTIONS, day=_DAYS)
def test_a_right_answer_before_its_day_changes_nothing(question, day):
    if not question.is_due(day):
        assert question.answered(True, day, None) == question


@given(answers=st.lists(st.tuples(_RIGHT, _DAYS), min_size=1, max_size=8), today=_DAYS)
def test_whatever_the_clock_did_no_question_waits_longer_than_its_box(answers, today):
    progress = Progress()
    for right, day in answers:
        progress = progress.answered("k", right, day)
    longest = BOXES[-1] + 1
    assert any(_asked_on(progress, today + timedelta(days=n)) for n in range(longest + 1))


def test_a_day_back_by_travelling_west_asks_nothing_early():
    progress = Progress().answered("k", True, TODAY)
    assert not _asked_on(progress, TODAY - timedelta(days=1)) and not _asked_on(progress, TODAY)


# Merging, writing, reading


@given(one=_PROGRESS, other=_PROGRESS)
def test_merging_loses_nothing_and_asks_not_which_came_first(one, other):
    merged = one.merged(other)
    assert merged == other.merged(one)
    assert merged.merged(one) == merged.merged(other) == merged
    assert one.followed | other.followed == merged.followed and one.goals | other.goals == merged.goals
    assert set(merged.questions) == set(one.questions) | set(other.questions)


@given(progress=_PROGRESS)
def test_what_is_written_is_read(progress):
    assert read_progress(json_in(json.dumps(progress.to_json()))) == progress


@given(value=_JSON, today=_DAYS)
def test_whatever_is_read_is_progress_and_what_makes_no_sense_is_missing(value, today):
    progress = read_progress(value)
    progress.due(today)
    assert read_progress(json_in(json.dumps(progress.to_json()))) == progress


@given(progress=_PROGRESS, key=_KEYS, nonsense=_JSON)
def test_one_thing_that_makes_no_sense_leaves_all_others(progress, key, nonsense):
    value = progress.to_json()
    value["questions"][key] = {"box": nonsense, "asked": "2026-02-30"}
    read = read_progress(value)
    assert {**read.questions, key: None} == {**progress.questions, key: None}
    assert (read.followed, read.goals) == (progress.followed, progress.goals)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "\ud800", "nan(", "\0"])
def test_a_text_that_is_no_json_is_nothing(text):
    assert json_in(text) is None


# In the settings


@pytest.mark.parametrize("value", [5.5, True, ["a", "b"], "{", "[]", '{"questions": 3, "followed": [[]]}', b"\xff"])
def test_a_stored_value_that_makes_no_sense_is_missing_and_the_others_stay(settings, value):
    settings.change_progress({"xor": lambda progress: progress.answered("k", True, TODAY)})
    settings.store.put("progress/gates", value)
    settings.save()
    again = Settings(settings.path)
    assert again.progress("gates") == Progress()
    assert again.progress("xor").questions == {"k": Question(0, TODAY)}
    again.change_progress({"gates": lambda progress: progress.answered("k", False, TODAY)})
    assert Settings(settings.path).progress("gates").questions == {"k": Question(0, TODAY)}


def test_where_nothing_can_be_written_progress_lasts_till_the_end(tmp_path):
    (tmp_path / "file").touch()
    settings = Settings(tmp_path / "file" / "folder" / "layerwise.ini")
    settings.change_progress({"gates": lambda progress: progress.answered("k", True, TODAY)})
    settings.change_progress({"gates": lambda progress: progress.answered("l", True, TODAY)})
    assert set(settings.whole_progress()["gates"].questions) == {"k", "l"}
    settings.erase_progress()
    assert settings.whole_progress() == {}
