"""Serialises a lesson, and computes the digest that identifies it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

from engine.guides.tries import Reach
from engine.lessons.answers import Words
from engine.lessons.lesson import Aim, Lesson, Question, Step
from engine.lessons.reading import FORMAT
from engine.version import PROGRAM

_DIGITS = 16


def lesson_text(lesson: Lesson) -> str:
    """The lesson as JSON, for ``reading.lesson_in``."""
    return json.dumps(_json(lesson), ensure_ascii=False, indent=1) + "\n"


def digest_of(lesson: Lesson) -> str:
    """The lesson's digest: it changes with any content, and does not depend on the author or version."""
    plain = _json(lesson)
    del plain["program"]
    for step in plain["steps"]:
        step["session"].pop("program", None)
    spelled = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(spelled.encode()).hexdigest()[:_DIGITS]


def reach_text(reach: Reach) -> str:
    """How far to play as text, for ``reading.reach_of``."""
    if reach.to_end:
        return "end"
    return f"{reach.amount.count} {reach.amount.unit}" if reach.amount is not None else ""


def _json(lesson: Lesson) -> dict[str, Any]:
    return {
        "layerwise_lesson": FORMAT,
        "program": PROGRAM,
        "title": lesson.title.to_json(),
        **_present(introduction=_words(lesson.introduction)),
        "steps": [_step(step) for step in lesson.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    # What stood on a shelf beside it is none of the lesson's.
    session = json.loads(dataclasses.replace(step.session, shelf=()).to_json())
    return {
        "title": step.title.to_json(),
        "words": step.words.to_json(),
        "session": session,
        **({} if step.may_change is None else {"may_change": list(step.may_change)}),
        **_present(
            question=_question(step.question) if step.question else None,
            goal=_aim(step.goal) if step.goal else None,
            exercise=step.exercise,
        ),
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "words": question.words.to_json(),
        **_present(
            changes=dict(question.changes),
            until=reach_text(question.reach),
            answers=[
                {
                    "words": one.words.to_json(),
                    "claim": one.claims,
                    **_present(right=one.right, label=_words(one.label), why=_words(one.why)),
                }
                for one in question.choices
            ],
            number=question.number,
            label=_words(question.label),
            after=_words(question.after),
        ),
    }


def _aim(aim: Aim) -> dict[str, Any]:
    return {
        "words": aim.words.to_json(),
        "target": aim.target,
        **_present(
            labels=[one.to_json() for one in aim.labels],
            why=_words(aim.why),
            hints=[one.to_json() for one in aim.hints],
        ),
    }


def _words(words: Words) -> dict[str, str]:
    return words.to_json()


def _present(**parts: Any) -> dict[str, Any]:
    return {name: part for name, part in parts.items() if part}
