"""What a newer version has kept is not thinned out by an older one: one change changes that and nothing else."""

from __future__ import annotations

import copy
import dataclasses
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.catalogue import load
from engine.lessons.answers import Answers, Done, Words
from gui.app.settings import Settings
from gui.form.command import FormState
from gui.learner.learner import Learner
from gui.learner.progress import Given, Progress, Question, read_progress, rewritten_progress
from gui.learner.progress_files import progress_text
from gui.learner.records import AnswerInTest, TakenTest
from gui.page.last_parameters import LastParameters

TODAY = date(2026, 3, 1)
_EXTRA = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
_LESSON = Answers(Words(en="A", zh_CN="甲"), "0123456789abcdef", (
    Done(Words(en="a", zh_CN="一"), "gates", asks=True).answered(1, "Two", True, 1),
    Done(Words(en="b", zh_CN="二"), "xor", aims=True),
))  # fmt: skip
_FULL = Progress(
    touched=True,
    followed=frozenset({"t1", "t2"}),
    goals=frozenset({"g1"}),
    questions={"q1": Question(1, TODAY, 2, Given("a", "b", "=", True)), "q2": Question(0, TODAY)},
    written=frozenset({"affine"}),
    read={"relu": TODAY},
    derived=frozenset({"d"}),
    lines={"d/1": "x+1"},
    hints={"g1": 2},
    reached_with={"g1": "{}"},
    tests=(TakenTest(7, TODAY, (AnswerInTest("one", 1.5, True),)),),
    brought_back=frozenset({"q2"}),
    lesson=_LESSON,
).answered("q3", False, TODAY, None, Given("a", "b"))
_CHANGES = {
    "touch": lambda one: one.merged(Progress(touched=True)),
    "follow": lambda one: one.merged(Progress(followed=frozenset({"t3"}))),
    "reach": lambda one: one.reached("g2", "{}"),
    "hint": lambda one: one.hinted("g3", 1),
    "answer anew": lambda one: one.answered("new", True, TODAY),
    "answer": lambda one: one.answered("q1", False, TODAY),
    "test": lambda one: one.took(TakenTest(8, TODAY)),
    "test goes on": lambda one: one.took(TakenTest(7, TODAY, (AnswerInTest("one", 1.5, True),) * 2)),
    "line": lambda one: one.with_line("d/2", "y"),
    "write": lambda one: one.wrote("softmax", TODAY),
    "lesson": lambda one: dataclasses.replace(
        one, lesson=one.lesson.with_step(1, dataclasses.replace(one.lesson.steps[1], reached=True))
    ),
}


def _places(value, path=()):
    """Every mapping in a document, by the way to it."""
    if isinstance(value, dict):
        yield path
        for key, one in value.items():
            yield from _places(one, (*path, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _places(one, (*path, index))


def _at(value, path):
    for key in path:
        value = value[key]
    return value


def _extras_in(value):
    if isinstance(value, dict):
        yield from ((key, one) for key, one in value.items() if isinstance(key, str) and key.startswith("newer"))
        for one in value.values():
            yield from _extras_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _extras_in(one)


@given(st.data())
def test_a_document_with_unknown_fields_at_every_level_keeps_them_through_one_change(data):
    document = json.loads(json.dumps(_FULL.to_json()))
    for number, path in enumerate(list(_places(document))):
        _at(document, path)[f"newer {number}"] = data.draw(_EXTRA)
    document["goals"].append({"a goal": "of another kind"})
    found = copy.deepcopy(document)
    before = read_progress(document)
    after = _CHANGES[data.draw(st.sampled_from(sorted(_CHANGES)))](before)
    made = json.loads(json.dumps(rewritten_progress(document, before, after)))
    assert document == found, "what was read is not changed"
    wanted, kept = dict(_extras_in(found)), dict(_extras_in(made))
    assert kept == wanted
    assert {"a goal": "of another kind"} in made["goals"]
    assert read_progress(made) == after


@given(st.data())
def test_what_is_understood_is_as_if_nothing_else_were_there(data):
    before = read_progress(_FULL.to_json())
    after = _CHANGES[data.draw(st.sampled_from(sorted(_CHANGES)))](before)
    made = rewritten_progress(_FULL.to_json(), before, after)
    assert read_progress(json.loads(json.dumps(made))) == after


def test_a_box_beyond_the_known_stays_until_its_question_is_answered_wrongly():
    document = {"questions": {"q": {"box": 5, "asked": "2026-01-01", "variant": None}}}
    before = read_progress(document)
    assert before.questions["q"].box == 2, "it counts as the last one"
    touched = rewritten_progress(document, before, before.merged(Progress(touched=True)))
    assert touched["questions"]["q"]["box"] == 5
    right = rewritten_progress(document, before, before.answered("q", True, TODAY))
    assert right["questions"]["q"] == {"box": 5, "asked": TODAY.isoformat(), "variant": None}
    wrong = rewritten_progress(document, before, before.answered("q", False, TODAY))
    assert wrong["questions"]["q"]["box"] == 0


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "a.ini")


def test_the_settings_keep_what_a_newer_version_wrote(settings):
    newer = {"touched": False, "newer": [1], "questions": {"q": {"box": 7, "asked": "2026-01-01", "hint": "x"}}}
    settings.store.put("progress/gates", json.dumps(newer))
    settings.store.put("progress/an_experiment_of_then", json.dumps(newer))
    settings.store.put("a_setting_of_then", "x")
    settings.save()
    learner = Learner(settings, today=lambda: TODAY)
    learner.answer("gates", "other", True)
    again = Settings(settings.path)
    kept = json.loads(again.store.value("progress/gates"))
    assert kept["newer"] == [1] and kept["questions"]["q"] == newer["questions"]["q"]
    assert kept["questions"]["other"]["box"] == 0
    assert json.loads(again.store.value("progress/an_experiment_of_then")) == newer
    assert again.store.value("a_setting_of_then") == "x"
    file = json.loads(progress_text(learner.whole_progress(), settings.progress_as_found()))
    assert file["experiments"]["gates"]["newer"] == [1]


def test_how_an_experiment_was_left_keeps_what_a_newer_version_wrote(settings):
    experiment = load("descent")
    params = experiment.params_type()
    settings.leave("descent", json.dumps({"params": {"of_then": 3}, "seed": 4, "zoom": 2}))
    left = LastParameters(settings)
    state = left.state_of(experiment)
    assert state.seed == 4
    left.keep("descent", FormState(params, 0))
    assert json.loads(settings.left("descent")) == {"params": {"of_then": 3}, "seed": 0, "zoom": 2}
    settings.leave("descent", "")
    left.keep("descent", FormState(params, 1))
    left.keep("descent", FormState(params, 0))
    assert settings.left("descent") == ""
