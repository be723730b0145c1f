"""Reads a lesson's file, from whoever it comes: everything in it is checked before anything is made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.contract import catalogue
from engine.contract.experiment import Experiment
from engine.contract.params import field_of
from engine.contract.plain_json import read_json
from engine.contract.refusal import Refused, path_words, shortened
from engine.contract.run import MOST_UPDATES, read_session
from engine.contract.text import Text, counted
from engine.data.plain_file import Unreadable, read_plain_file
from engine.exercises import ids_of
from engine.guides.claim import Claim, parse_claims
from engine.guides.tries import Reach, parse_reach
from engine.lessons import FEWEST_ANSWERS, MOST_ANSWERS, MOST_HINTS, MOST_STEPS
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
from engine.lessons.words import LONGEST_LINE, LONGEST_TITLE, LONGEST_WORDS, read_words

FORMAT = 1
LARGEST = 4 * 2**20
"""Bytes of the largest file that is read; a step takes one or two thousand."""
_LONGEST_CODE = 500
_NAME = re.compile(r"[a-z_]\w{0,60}", re.ASCII)

STEP = Text("step {number}: {reason}", "第 {number} 步：{reason}")
_NOT_OPENED = Text("{path} cannot be opened: {reason}.", "{path} 打不开：{reason}。")
_IN_FILE = Text("{path}: {reason}", "{path}：{reason}")
_NO_LESSON = Text("it is no lesson of Layerwise, or it is damaged", "它不是 Layerwise 的课，或者已损坏")
_NEWER = Text(
    "its format is {found}, this program reads {known}", "它的格式是 {found}，本程序只读 {known}"
)  # fmt: skip
_COUNT = Text("it has no list of 1 to {most} steps", "它没有 1 到 {most} 步的列表")
_NOT_A_TABLE = Text(
    "{what} is “{value}”, not a table of names and values.", "{what}是“{value}”，不是名称与值的对照表。"
)
_UNKNOWN = Text("{what} has no “{name}”; there are {known}.", "{what}里没有“{name}”，可用的有 {known}。")
_NOT_TEXT = Text(
    "{what} is “{value}”, not a text of at most {most} signs.", "{what}是“{value}”，应是不超过 {most} 个字符的文字。"
)
_ANSWER_COUNT = Text(
    "the question has {answers}, {fewest} to {most} are needed.",
    "问题有 {answers}，应有 {fewest} 到 {most} 个。",
)
_ONE_RIGHT = Text(
    "of the answers, {count} are marked as right; it has to be one.", "标为正确的答案有 {count} 个，应该正好一个。"
)
_ALIKE = Text("two answers have the same claim, “{claim}”.", "有两个答案的断言相同：“{claim}”。")
_ONE_KIND = Text("the question needs either answers or a number.", "问题要么有几个答案可选，要么问一个数，两者取一。")
_NUMBER = Text(
    "“{claim}” does not say what the number is; it is written x[1]=3.62.",
    "“{claim}”没有说明这个数是什么，应写成 x[1]=3.62。",
)
_NO_LABEL = Text("the number that is asked for has no label.", "要问的数没有名称。")
_NOT_FAR = Text(
    "“{value}” is not how far to play; it is written end, or 30 update.",
    "“{value}”没有说清运行到哪里，应写成 end 或 30 update。",
)
_BAD_CLAIM = Text("the claim “{claim}” cannot stand there.", "断言“{claim}”不能用在这里。")
_NO_UNIT = Text("there is no unit “{unit}”; there are {units}.", "没有单位“{unit}”，可用的有 {units}。")
_MANY_HINTS = Text("the goal has {count} hints, {most} at most.", "挑战有 {count} 条提示，最多 {most} 条。")
_LOCKED_GOAL = Text(
    "the goal asks to change “{name}”, which may not be changed here.", "挑战要改“{name}”，可这一步不许改它。"
)
_NO_EXERCISE = Text(
    "the experiment {experiment} has no exercise “{name}”; there are {known}.",
    "实验 {experiment} 没有练习“{name}”，有的是 {known}。",
)
_EXERCISE_NONE = Text("the experiment {experiment} has no exercises.", "实验 {experiment} 没有练习。")
_NO_LIST = Text("{what} is “{value}”, not a list.", "{what}是“{value}”，不是列表。")
_TITLE, _INTRODUCTION = Text("the title", "标题"), Text("the introduction", "引言")
_LESSON, _A_STEP, _SESSION = Text("a lesson", "课"), Text("a step", "步骤"), Text("the session", "会话")
_WORDS, _QUESTION, _ANSWER = Text("the words", "说明文字"), Text("the question", "问题"), Text("an answer", "答案")
_WHY, _AFTER, _LABEL = Text("a reason", "理由"), Text("what is said afterwards", "答后的说明"), Text("a label", "名称")
_GOAL, _HINT, _EXERCISE = Text("the goal", "挑战"), Text("a hint", "提示"), Text("the exercise", "练习")
_CLAIM, _UNTIL, _CHANGES = (
    Text("a claim", "断言"),
    Text("how far it is played", "运行到哪里"),
    Text("the changes", "改动"),
)
_MAY_CHANGE = Text("what may be changed", "可以改的参数")


def read_lesson(path: Path) -> Lesson:
    """The lesson in a file; ``Refused`` names the file and, where it is one of its steps, which, and says why."""
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
    """The lesson in the text of a file; ``Refused`` says what is wrong, and in which step."""
    try:
        data = read_json(text)
    except ValueError:
        raise Refused(_sentence(_NO_LESSON)) from None
    if not isinstance(data, dict) or "layerwise_lesson" not in data:
        raise Refused(_sentence(_NO_LESSON))
    if data["layerwise_lesson"] != FORMAT:
        raise Refused(_sentence(_NEWER(found=shortened(data["layerwise_lesson"]), known=FORMAT)))
    _known(data, ("layerwise_lesson", "program", "title", "introduction", "steps"), _LESSON)
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
    """The step, if what it asks fits its experiment and its parameters; ``Refused`` says what does not."""
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
    """The claim that says what a number is; ``Refused`` for several, and for one that says something else."""
    claims = parse_claims(text)
    if len(claims) != 1 or claims[0].relation != "=" or claims[0].needs_before:
        raise Refused(_NUMBER(claim=shortened(text)))
    return claims[0]


def reach_of(text: str) -> Reach:
    """How far to play, as it is typed: end, 30 update, or nothing."""
    plain = text.strip()
    try:
        return parse_reach(plain, plain or None)
    except Refused:
        raise Refused(_NOT_FAR(value=shortened(text))) from None


def _step(row: object) -> Step:
    data = _table(row, _A_STEP)
    names = ("experiment", "session", "title", "words", "may_change", "question", "goal", "exercise")
    _known(data, names, _A_STEP)
    session = _table(data.get("session"), _SESSION)
    may_change = data.get("may_change")
    question, goal = data.get("question"), data.get("goal")
    return checked(
        Step(
            session=read_session(json.dumps(session), catalogue.load),
            title=read_words(data.get("title"), _TITLE, LONGEST_TITLE),
            words=read_words(data.get("words"), _WORDS, LONGEST_WORDS),
            may_change=None if may_change is None else _names(may_change),
            question=None if question is None else _question(_table(question, _QUESTION)),
            goal=None if goal is None else _aim(_table(goal, _GOAL)),
            exercise=_code(data.get("exercise", ""), _EXERCISE),
        )
    )


def _question(data: Mapping[str, Any]) -> Question:
    _known(data, ("words", "answers", "number", "label", "changes", "until", "after"), _QUESTION)
    changes = _table(data.get("changes", {}), _CHANGES)
    return Question(
        words=read_words(data.get("words"), _QUESTION, LONGEST_WORDS),
        choices=tuple(_choice(_table(one, _ANSWER)) for one in _list(data.get("answers", []), _ANSWER)),
        number=_code(data.get("number", ""), _CLAIM),
        label=read_words(data.get("label"), _LABEL, LONGEST_LINE, needed=False),
        changes={_code(name, _CHANGES): _code(value, _CHANGES, LARGEST) for name, value in changes.items()},
        reach=reach_of(_code(data.get("until", ""), _UNTIL)),
        after=read_words(data.get("after"), _AFTER, LONGEST_WORDS, needed=False),
    )


def _choice(data: Mapping[str, Any]) -> Choice:
    _known(data, ("words", "claim", "right", "why", "label"), _ANSWER)
    return Choice(
        words=read_words(data.get("words"), _ANSWER, LONGEST_LINE),
        claims=_code(data.get("claim", ""), _CLAIM),
        right=data.get("right") is True,
        why=read_words(data.get("why"), _WHY, LONGEST_WORDS, needed=False),
        label=read_words(data.get("label"), _LABEL, LONGEST_LINE, needed=False),
    )


def _aim(data: Mapping[str, Any]) -> Aim:
    _known(data, ("words", "target", "labels", "why", "hints"), _GOAL)
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
        answers = counted(len(question.choices), "answer", "个答案")
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


def _known(data: Mapping[str, Any], names: Sequence[str], what: Text) -> None:
    for name in data:
        if name not in names:
            raise Refused(_UNKNOWN(what=what, name=shortened(name), known=", ".join(names)))


def _table(value: object, what: Text) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Refused(_NOT_A_TABLE(what=what, value=shortened(value)))
    return value


def _list(value: object, what: Text) -> list[Any]:
    if not isinstance(value, list):
        raise Refused(_NO_LIST(what=what, value=shortened(value)))
    return value


def _names(value: object) -> tuple[str, ...]:
    return tuple(_code(one, _MAY_CHANGE) for one in _list(value, _MAY_CHANGE))


def _code(value: object, what: Text, most: int = _LONGEST_CODE) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise Refused(_NOT_TEXT(what=what, value=shortened(value), most=most))
    return value


def _sentence(reason: Text) -> Text:
    return Text("{reason}.", "{reason}。")(reason=reason)
