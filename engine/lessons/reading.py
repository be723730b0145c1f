"""Parses lesson files, which are not trusted: everything is validated before it is used."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.contract import catalogue
from engine.contract.experiment import Experiment
from engine.contract.params import field_of
from engine.contract.plain_json import is_text, read_document
from engine.contract.run import MOST_UPDATES, read_session
from engine.contract.text import Refused, Text, counted, path_words, shortened
from engine.data.plain_file import Unreadable, read_plain_file
from engine.exercises import ids_of
from engine.guides.claim import Claim, parse_claims
from engine.guides.tries import Reach, parse_reach
from engine.lessons import FEWEST_ANSWERS, MOST_ANSWERS, MOST_HINTS, MOST_STEPS
from engine.lessons.answers import LONGEST_LINE, LONGEST_TITLE, LONGEST_WORDS, read_words
from engine.lessons.lesson import (
    SEED,
    Aim,
    Choice,
    Lesson,
    Question,
    Step,
    asked_in,
    goal_in,
)

FORMAT = 1
LARGEST = 4 * 2**20
"""The maximum size in bytes of a file that is read; a step takes one or two thousand."""
_LONGEST_CODE = 500
_NAME = re.compile(r"[a-z_]\w{0,60}", re.ASCII)

STEP = Text("step {number}: {reason}")
_NOT_OPENED = Text("{path} cannot be opened: {reason}.")
_IN_FILE = Text("{path}: {reason}")
_NO_LESSON = Text("it is no lesson of Layerwise, or it is damaged")
_NEWER = Text(
    "its format is {found}, this program reads {known}"
)  # fmt: skip
_COUNT = Text("it has no list of 1 to {most} steps")
_NOT_A_TABLE = Text("{what} is “{value}”, not a table of names and values.")
_UNKNOWN = Text("{what} has no “{name}”; there are {known}.")
_NOT_TEXT = Text("{what} is “{value}”, not a text of at most {most} signs.")
_ANSWER_COUNT = Text("the question has {answers}, {fewest} to {most} are needed.")
_ONE_RIGHT = Text("of the answers, {count} are marked as right; it has to be one.")
_ALIKE = Text("two answers have the same claim, “{claim}”.")
_ONE_KIND = Text("the question needs either answers or a number.")
_NUMBER = Text("“{claim}” does not say what the number is; it is written x[1]=3.62.")
_NO_LABEL = Text("the number that is asked for has no label.")
_NOT_FAR = Text("“{value}” is not how far to play; it is written end, or 30 update.")
_BAD_CLAIM = Text("the claim “{claim}” cannot stand there.")
_NO_UNIT = Text("there is no unit “{unit}”; there are {units}.")
_MANY_HINTS = Text("the goal has {count} hints, {most} at most.")
_LOCKED_GOAL = Text("the goal asks to change “{name}”, which may not be changed here.")
_NO_EXERCISE = Text("the experiment {experiment} has no exercise “{name}”; there are {known}.")
_EXERCISE_NONE = Text("the experiment {experiment} has no exercises.")
_NO_LIST = Text("{what} is “{value}”, not a list.")
_TITLE, _INTRODUCTION = Text("the title"), Text("the introduction")
_LESSON, _A_STEP, _SESSION = Text("a lesson"), Text("a step"), Text("the session")
_WORDS, _QUESTION, _ANSWER = Text("the words"), Text("the question"), Text("an answer")
_WHY, _AFTER, _LABEL = Text("a reason"), Text("what is said afterwards"), Text("a label")
_GOAL, _HINT, _EXERCISE = Text("the goal"), Text("a hint"), Text("the exercise")
_CLAIM, _UNTIL, _CHANGES = (
    Text("a claim"),
    Text("how far it is played"),
    Text("the changes"),
)
_MAY_CHANGE = Text("what may be changed")


def read_lesson(path: Path) -> Lesson:
    """Loads the lesson in a file; ``Refused`` names the file, the step that has the error, if any, and the reason."""
    try:
        text = read_plain_file(path, LARGEST).decode("utf-8-sig")
    except Unreadable as error:
        raise Refused(_NOT_OPENED(path=path_words(path), reason=error.reason)) from None
    except ValueError:
        raise Refused(_NOT_OPENED(path=path_words(path), reason=_NO_LESSON)) from None
    try:
        return lesson_in(text)
    except Refused as refusal:
        raise Refused(_IN_FILE(path=path_words(path), reason=refusal.text)) from None


def lesson_in(text: str) -> Lesson:
    """Parses a lesson; ``Refused`` names the error and its step."""
    try:
        data = read_document(text, "layerwise_lesson")
    except ValueError:
        raise Refused(_sentence(_NO_LESSON)) from None
    if data["layerwise_lesson"] != FORMAT:
        raise Refused(_sentence(_NEWER(found=shortened(data["layerwise_lesson"]), known=FORMAT)))
    _table(data, _LESSON, "layerwise_lesson", "program", "title", "introduction", "steps")
    title = read_words(data.get("title"), _TITLE, LONGEST_TITLE)
    introduction = read_words(data.get("introduction"), _INTRODUCTION, LONGEST_WORDS, needed=False)
    rows = data.get("steps")
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_STEPS:
        raise Refused(_sentence(_COUNT(most=MOST_STEPS)))
    steps = []
    for number, row in enumerate(rows, 1):
        try:
            steps.append(_step(row))
        except Refused as refusal:
            raise Refused(STEP(number=number, reason=refusal.text)) from None
    return Lesson(title, introduction, tuple(steps))


def checked(step: Step) -> Step:
    """Returns the step; raises ``Refused`` with the reason if its tasks do not fit its experiment and parameters."""
    experiment, question, params_type = step.experiment, step.question, type(step.params)
    for name in step.may_change or ():
        if name != SEED:
            field_of(params_type, name)
    if question is not None:
        _check_question(question, experiment)
        step.params.with_texts(question.changes)
        asked_in(step, "en")
    goal = goal_in(step, "en")
    if goal is not None:
        for name in goal.names:
            field_of(params_type, name)
            if name in step.locked:
                raise Refused(_LOCKED_GOAL(name=name))
        for changes in (goal.reference, *goal.near):
            step.params.with_texts(changes)
        _check_claims(goal.claims, goal=True)
        _check_reach(goal.reach, experiment)
    known = ids_of(experiment.id)
    if step.exercise and step.exercise not in known:
        if not known:
            raise Refused(_EXERCISE_NONE(experiment=experiment.id))
        raise Refused(_NO_EXERCISE(experiment=experiment.id, name=shortened(step.exercise), known=", ".join(known)))
    return step


def number_claim(text: str) -> Claim:
    """Parses the claim of a question for a number; ``Refused`` for several claims, or for a relation other than =."""
    claims = parse_claims(text)
    if len(claims) != 1 or claims[0].relation != "=" or claims[0].needs_before:
        raise Refused(_NUMBER(claim=shortened(text)))
    return claims[0]


def reach_of(text: str) -> Reach:
    """Parses how far to play, as the author types it: "end", "30 update", or "" for the default."""
    plain = text.strip()
    try:
        return parse_reach(plain, plain or None)
    except Refused:
        raise Refused(_NOT_FAR(value=shortened(text))) from None


def _step(row: object) -> Step:
    names = ("experiment", "session", "title", "words", "may_change", "question", "goal", "exercise")
    data = _table(row, _A_STEP, *names)
    session = _table(data.get("session"), _SESSION)
    may_change = data.get("may_change")
    question, goal = data.get("question"), data.get("goal")
    return checked(
        Step(
            session=read_session(json.dumps(session), catalogue.load),
            title=read_words(data.get("title"), _TITLE, LONGEST_TITLE),
            words=read_words(data.get("words"), _WORDS, LONGEST_WORDS),
            may_change=None if may_change is None else tuple(map(_name, _list(may_change, _MAY_CHANGE))),
            question=None if question is None else _question(question),
            goal=None if goal is None else _aim(goal),
            exercise=_code(data.get("exercise", ""), _EXERCISE),
        )
    )


def _question(value: object) -> Question:
    data = _table(value, _QUESTION, "words", "answers", "number", "label", "changes", "until", "after")
    changes = _table(data.get("changes", {}), _CHANGES)
    return Question(
        words=read_words(data.get("words"), _QUESTION, LONGEST_WORDS),
        choices=tuple(map(_choice, _list(data.get("answers", []), _ANSWER))),
        number=_code(data.get("number", ""), _CLAIM),
        label=read_words(data.get("label"), _LABEL, LONGEST_LINE, needed=False),
        changes={_code(name, _CHANGES): _code(value, _CHANGES, LARGEST) for name, value in changes.items()},
        reach=reach_of(_code(data.get("until", ""), _UNTIL)),
        after=read_words(data.get("after"), _AFTER, LONGEST_WORDS, needed=False),
    )


def _choice(value: object) -> Choice:
    data = _table(value, _ANSWER, "words", "claim", "right", "why", "label")
    return Choice(
        words=read_words(data.get("words"), _ANSWER, LONGEST_LINE),
        claims=_code(data.get("claim", ""), _CLAIM),
        right=data.get("right") is True,
        why=read_words(data.get("why"), _WHY, LONGEST_WORDS, needed=False),
        label=read_words(data.get("label"), _LABEL, LONGEST_LINE, needed=False),
    )


def _aim(value: object) -> Aim:
    data = _table(value, _GOAL, "words", "target", "labels", "why", "hints")
    hints = _list(data.get("hints", []), _HINT)
    if len(hints) > MOST_HINTS:
        raise Refused(_MANY_HINTS(count=len(hints), most=MOST_HINTS))
    return Aim(
        words=read_words(data.get("words"), _GOAL, LONGEST_LINE),
        target=_code(data.get("target", ""), _GOAL, LONGEST_WORDS),
        labels=tuple(read_words(one, _LABEL, LONGEST_LINE) for one in _list(data.get("labels", []), _LABEL)),
        why=read_words(data.get("why"), _WHY, LONGEST_WORDS, needed=False),
        hints=tuple(read_words(one, _HINT, LONGEST_LINE) for one in hints),
    )


def _check_question(question: Question, experiment: Experiment[Any, Any]) -> None:
    if bool(question.choices) == bool(question.number):
        raise Refused(_ONE_KIND)
    if question.number:
        number_claim(question.number)
        if not question.label:
            raise Refused(_NO_LABEL)
    elif not FEWEST_ANSWERS <= len(question.choices) <= MOST_ANSWERS:
        answers = counted(len(question.choices), "answer")
        raise Refused(_ANSWER_COUNT(answers=answers, fewest=FEWEST_ANSWERS, most=MOST_ANSWERS))
    elif (count := sum(one.right for one in question.choices)) != 1:
        raise Refused(_ONE_RIGHT(count=count))
    claims = [one.claims for one in question.choices]
    for claim in claims:
        if claims.count(claim) > 1:
            raise Refused(_ALIKE(claim=shortened(claim)))
    _check_claims([one for choice in question.choices for one in parse_claims(choice.claims)])
    _check_reach(question.reach, experiment)


def _check_claims(claims: Sequence[Claim], goal: bool = False) -> None:
    for claim in claims:
        if re.search(r"(^|\.)_", claim.field) or (goal and claim.needs_before):
            raise Refused(_BAD_CLAIM(claim=shortened(str(claim))))


def _check_reach(reach: Reach, experiment: Experiment[Any, Any]) -> None:
    if reach.amount is not None and reach.amount.unit not in experiment.unit_ids:
        raise Refused(_NO_UNIT(unit=shortened(reach.amount.unit), units=", ".join(experiment.unit_ids)))
    if reach.amount is not None and reach.amount.count > MOST_UPDATES:
        raise Refused(_NOT_FAR(value=shortened(reach.amount.count)))


def _table(value: object, what: Text, *known: str) -> Mapping[str, Any]:
    """Returns a JSON object as a mapping.

    ``Refused`` if it is not an object or, if ``known`` names are given, has another key.
    """
    if not isinstance(value, dict):
        raise Refused(_NOT_A_TABLE(what=what, value=shortened(value)))
    for name in value if known else ():
        if name not in known:
            raise Refused(_UNKNOWN(what=what, name=shortened(name), known=", ".join(known)))
    return value


def _list(value: object, what: Text) -> list[Any]:
    if not isinstance(value, list):
        raise Refused(_NO_LIST(what=what, value=shortened(value)))
    return value


def _name(value: object) -> str:
    return _code(value, _MAY_CHANGE)


def _code(value: object, what: Text, most: int = _LONGEST_CODE) -> str:
    if not is_text(value, most):
        raise Refused(_NOT_TEXT(what=what, value=shortened(value), most=most))
    return value


def _sentence(reason: Text) -> Text:
    return Text("{reason}.")(reason=reason)
