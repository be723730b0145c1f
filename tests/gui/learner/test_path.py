"""The way through the book: what is marked, what comes next, which questions are asked again and with which numbers."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.catalogue import entries, entry_of, load
from engine.contract.text import LANGUAGES
from engine.guides.goal import parse_goal
from engine.guides.guide import load_guide
from engine.guides.tries import check_try
from gui.learner import path
from gui.learner.path import MOST_ASKED, OldQuestion, due_questions, next_entry, old_questions, state_of
from gui.learner.progress import BOXES, Given, Progress, Question
from tests.walk import EXPERIMENT_IDS

TODAY = date(2026, 3, 1)
QUESTIONS = [
    (entry.id, asked.key) for entry in entries() for asked in load_guide(entry.id, "en").tries if asked.returns
]
_ASKED = st.builds(
    Question, st.integers(0, len(BOXES) - 1), st.integers(0, 60).map(lambda n: TODAY - timedelta(n)), st.none()
)


def _whole(asked):
    whole = {}
    for (experiment_id, key), question in asked.items():
        known = whole.get(experiment_id, Progress())
        whole[experiment_id] = dataclasses.replace(known, questions={**known.questions, key: question})
    return whole


@given(st.dictionaries(st.sampled_from([*QUESTIONS, ("gates", "gone"), ("no_such", "k")]), _ASKED))
def test_old_questions_are_due_at_most_three_of_many_chapters_and_the_oldest_first(asked):
    due = {one: question.asked for one, question in asked.items() if one in QUESTIONS and question.is_due(TODAY)}
    chosen = [(one.experiment, one.key) for one in old_questions(_whole(asked), TODAY)]
    assert set(chosen) <= set(due) and len(set(chosen)) == len(chosen) == min(MOST_ASKED, len(due))
    chapters = {entry_of(experiment_id).chapter for experiment_id, _ in due}
    assert len({entry_of(experiment_id).chapter for experiment_id, _ in chosen}) == min(len(chosen), len(chapters))
    for chapter in chapters:
        own = {one: day for one, day in due.items() if entry_of(one[0]).chapter == chapter}
        taken = [own[one] for one in chosen if one in own]
        assert taken == sorted(own.values())[: len(taken)]
    if due:
        assert due[chosen[0]] == min(due.values())


def test_what_was_answered_again_today_is_one_of_the_three():
    whole = _whole({one: Question(0, TODAY - timedelta(30)) for one in QUESTIONS[:6]})
    assert len(old_questions(whole, TODAY)) == MOST_ASKED
    experiment_id, key = QUESTIONS[0]
    first = whole[experiment_id].answered(key, False, TODAY - timedelta(30))
    assert len(old_questions({**whole, experiment_id: first}, TODAY)) == MOST_ASKED
    again = first.answered(key, True, TODAY)
    assert len(old_questions({**whole, experiment_id: again}, TODAY)) == MOST_ASKED - 1


def test_of_what_somebody_was_sure_and_wrong_comes_first():
    first, last = QUESTIONS[0], QUESTIONS[-1]

    def foremost(*answered):
        old, young = Question(0, TODAY - timedelta(30)), Question(0, TODAY - timedelta(2), None, Given(*answered))
        chosen = old_questions(_whole({first: old, last: young}), TODAY)[0]
        return chosen.experiment, chosen.key

    assert foremost("a", "b", "=", True) == last
    assert foremost("b", "b", "c", True) == last
    assert foremost("a", "b", "=", False) == first
    assert foremost("b", "b", "=", True) == first


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("experiment_id", "key"), QUESTIONS)
def test_every_question_can_be_asked_again_in_all_its_numbers_one_after_the_other(experiment_id, key, language):
    (asked,) = (one for one in load_guide(experiment_id, language).tries if one.key == key)
    last, seen = None, []
    for _ in range(len(asked.variants) + 1):
        whole = _whole({(experiment_id, key): Question(0, TODAY - timedelta(1), last)})
        (again,) = old_questions(whole, TODAY)
        assert again.variant != last or not asked.variants
        found = again.asked(language)
        assert found.key == key and not found.adds
        seen.append(found.changes)
        last = again.variant
    assert seen == [*asked.variants, asked.changes]


def test_an_old_question_begins_from_the_defaults_whatever_is_on_the_stage(monkeypatch):
    gates = load("gates")
    guide = load_guide("gates", "en")
    adding = dataclasses.replace(next(one for one in guide.tries if one.asks), adds=True, variants=({"b": "-0.7"},))
    monkeypatch.setattr(path, "load_guide", lambda *_: dataclasses.replace(guide, tries=(adding,)))
    whole = _whole({("gates", adding.key): Question(0, TODAY - timedelta(1))})
    (again,) = old_questions(whole, TODAY)
    assert again == OldQuestion("gates", adding.key, 0)
    verdict = check_try(gates, again.asked("en"))
    assert verdict.base == gates.params_type() and verdict.params.b == -0.7
    # Numbers that the guide no longer has are followed by its own.
    later = _whole({("gates", adding.key): Question(0, TODAY - timedelta(1), 7)})
    assert old_questions(later, TODAY)[0].variant is None


def test_a_question_that_needs_the_stage_is_not_asked_again(monkeypatch):
    guide = load_guide("gates", "en")
    asked = next(one for one in guide.tries if one.asks)
    whole = _whole({("gates", asked.key): Question(0, TODAY - timedelta(1))})
    assert [one.key for one in old_questions(whole, TODAY)] == [asked.key]
    bound = dataclasses.replace(guide, tries=(dataclasses.replace(asked, variants=(), here=True),))
    monkeypatch.setattr(path, "load_guide", lambda *_: bound)
    assert old_questions(whole, TODAY) == () and state_of(entry_of("gates"), whole["gates"], TODAY) == "begun"


def test_each_experiment_is_untouched_begun_reached_or_due(monkeypatch):
    entry = entry_of("gates")
    guide = load_guide("gates", "en")
    key = next(one.key for one in guide.tries if one.asks)
    goals = [parse_goal(f"goal:b#correct={n};reference=b:1") for n in (3, 4)]
    monkeypatch.setattr(path, "load_guide", lambda *_: dataclasses.replace(guide, goals=tuple(goals)))
    keys = [goal.key for goal in goals]
    assert state_of(entry, Progress(), TODAY) == "untouched"
    for begun in (Progress(touched=True), Progress(followed=frozenset({key})), Progress(goals=frozenset(keys[:1]))):
        assert state_of(entry, begun, TODAY) == "begun"
    reached = Progress(goals=frozenset(keys))
    assert state_of(entry, reached, TODAY) == "reached"
    asked = dataclasses.replace(reached, questions={key: Question(0, TODAY)})
    assert state_of(entry, asked, TODAY) == "reached"
    tomorrow = TODAY + timedelta(1)
    assert state_of(entry, asked, tomorrow) == "due" and state_of(entry, asked, None) == "reached"
    assert due_questions("gates", Progress(questions={"gone": Question(0, TODAY)}), tomorrow) == {}


@given(st.sets(st.sampled_from(EXPERIMENT_IDS)))
def test_next_is_the_first_of_the_book_that_was_not_begun(begun):
    following = next_entry({one: Progress(touched=True) for one in begun})
    left = [one for one in EXPERIMENT_IDS if one not in begun]
    assert (following.id if following else None) == (left[0] if left else None)
