"""What a learner has done in an experiment, and on which days its questions come back: plain data, without Qt."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeGuard

from engine.contract.rewriting import rewritten
from engine.contract.text.refusal import Refused
from engine.lessons.answers import Answers, answers_in
from gui.learner.records import (
    Answered,
    TakenTest,
    day_in,
    joined_answers,
    joined_tests,
    read_answered,
    read_tests,
    with_answer,
)

BOXES = (1, 7, 21)
"""A question waits so many days in each of its boxes."""
FORGETTING = timedelta(days=7)
"""After so many days an answer that was read counts as forgotten, and its exercise may be written."""
TRUE_REASON = "="
"""What is kept as the reason of who gave the true one."""
_A_DAY = timedelta(days=1)
_LONGEST_KEY = 2000
_LONGEST_LINE = 200
"""So many characters can be typed into the gap of a line."""
_LONGEST_ANSWER, _LARGEST_ANSWER = 8, 1e300
_MOST_WRITTEN = 30_000
"""So many characters of JSON may come to stand for one experiment from elsewhere; what can be done takes a thousand."""
_LONGEST_SETTING, _MOST_HINTS = 300, 100
_ONE_VALUE = frozenset({"given"})
"""What is a list in JSON, and one value here."""


@dataclass(frozen=True)
class Given:
    """What was answered in a guide, and what was right: the keys of two answers or two numbers; "" is "not sure".

    ``reason`` is the key of the run that speaks against the reason that was given, or ``TRUE_REASON``, and ``sure``
    whether one was sure of both; where no reason was asked for, it is "".
    """

    answer: str | float
    right: str | float
    reason: str = ""
    sure: bool = False

    @property
    def is_surely_wrong(self) -> bool:
        """Whether somebody was sure of a wrong answer, or of a wrong reason."""
        return self.sure and (self.answer != self.right or self.reason != TRUE_REASON)


@dataclass(frozen=True)
class Question:
    """A question that was answered: its ``box``, counted from 0, and the local day on which it was asked last.

    ``variant`` are the numbers with which it was asked, None for the guide's own; ``given`` is what was answered in its
    guide, None where it was not answered there.
    """

    box: int
    asked: date
    variant: int | None = None
    given: Given | None = None

    def is_due(self, today: date) -> bool:
        """Whether it is to be asked again: its box's number of days has passed, or ``asked`` lies in the future.

        Tomorrow's date is no error, since a journey west can set the date back by a day. A later date comes from a
        wrong clock, and the question would otherwise not be asked before that day.
        """
        return self.asked > today + _A_DAY or today - self.asked >= timedelta(days=BOXES[self.box])

    def answered(self, right: bool | None, today: date, variant: int | None, given: Given | None = None) -> Question:
        """The question after another answer: one box up if it was right, back to the first if wrong or not sure.

        A right answer counts only when it was due: what was read a moment ago is soon known.
        """
        given = given or self.given
        if not right:
            return Question(0, today, variant, given)
        if not self.is_due(today):
            return dataclasses.replace(self, given=given)
        return Question(min(self.box + 1, len(BOXES) - 1), today, variant, given)


@dataclass(frozen=True)
class Progress:
    """What was done in one experiment: the keys of the tries that were followed and of the goals that were reached,
    and by their keys the questions that were answered. ``touched`` says that something was changed by hand. By their
    ids: the exercises that were ``written``, and the day on which the answer of one was ``read``; the derivations that
    were ``derived``, and by "derivation/line" the ``lines`` that stand, with what was typed, "" where it was shown.

    For a page to print: the first and the latest ``answers`` to each question, how many ``hints`` were read for a goal,
    and with which parameters it was ``reached_with``. A chapter has progress of its own, with its ``tests``; what was
    wrong there is among the ``questions`` and is ``brought_back``, until it is answered. So has a lesson, with what was
    answered there.
    """

    touched: bool = False
    followed: frozenset[str] = frozenset()
    goals: frozenset[str] = frozenset()
    questions: Mapping[str, Question] = field(default_factory=dict)
    written: frozenset[str] = frozenset()
    read: Mapping[str, date] = field(default_factory=dict)
    derived: frozenset[str] = frozenset()
    lines: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, tuple[Answered, ...]] = field(default_factory=dict)
    hints: Mapping[str, int] = field(default_factory=dict)
    reached_with: Mapping[str, str] = field(default_factory=dict)
    tests: tuple[TakenTest, ...] = ()
    brought_back: frozenset[str] = frozenset()
    lesson: Answers | None = None

    @property
    def is_begun(self) -> bool:
        """Whether anything was done here; a test over the chapter alone is no beginning."""
        own = {key: question for key, question in self.questions.items() if key not in self.brought_back}
        return dataclasses.replace(self, questions=own, brought_back=frozenset()) != Progress()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be kept."""
        return self == Progress()

    def due(self, today: date) -> tuple[str, ...]:
        """The keys of the questions that are to be asked again."""
        return tuple(key for key, question in self.questions.items() if question.is_due(today))

    def answered(
        self, key: str, right: bool | None, today: date, variant: int | None = None, given: Given | None = None
    ) -> Progress:
        """With one more answer; the first one to a question puts it into the first box, whatever it was."""
        known = self.questions.get(key)
        question = known.answered(right, today, variant, given) if known else Question(0, today, variant, given)
        told = (given.answer, given.right, variant, given.reason, given.sure) if given else (None, None, variant)
        answers = with_answer(self.answers.get(key, ()), Answered(today, right, *told))
        return dataclasses.replace(
            self,
            questions={**self.questions, key: question},
            answers={**self.answers, key: answers},
            brought_back=self.brought_back - {key},
        )

    def to_be_asked_again(self, key: str, today: date) -> Progress:
        """With a question in the first box, since what it asks was answered wrongly elsewhere, in a test."""
        known = self.questions.get(key)
        question = dataclasses.replace(known, box=0, asked=today) if known else Question(0, today)
        brought_back = self.brought_back if known else self.brought_back | {key}
        return dataclasses.replace(self, questions={**self.questions, key: question}, brought_back=brought_back)

    def hinted(self, goal: str, count: int) -> Progress:
        """With so many hints read for a goal; those read after it was reached do not count."""
        if goal in self.goals or count <= self.hints.get(goal, 0):
            return self
        return dataclasses.replace(self, hints={**self.hints, goal: count})

    def reached(self, goal: str, setting: str) -> Progress:
        """With a goal that was reached with these parameters, as JSON; the first time stays."""
        known = goal in self.goals or not 0 < len(setting) <= _LONGEST_SETTING
        settings = self.reached_with if known else {**self.reached_with, goal: setting}
        return dataclasses.replace(self, goals=self.goals | {goal}, reached_with=settings)

    def took(self, test: TakenTest) -> Progress:
        """With a test as far as it was answered."""
        return dataclasses.replace(self, tests=joined_tests(self.tests, (test,)))

    def merged(self, other: Progress) -> Progress:
        """All that was done here or there; of a question asked in both, what came of the later time.

        Of a line that stands here and there one that was typed counts before one that was shown.
        """
        questions = dict(self.questions)
        for key, question in other.questions.items():
            questions[key] = max(question, questions.get(key, question), key=_age)
        read = dict(self.read)
        for name, day in other.read.items():
            read[name] = max(day, read.get(name, day))
        lines = {
            line: max(one.get(line, "") for one in (self.lines, other.lines)) for line in {*self.lines, *other.lines}
        }
        return Progress(
            self.touched or other.touched, self.followed | other.followed, self.goals | other.goals, questions,
            self.written | other.written, read, self.derived | other.derived, lines,
            {key: joined_answers(self.answers.get(key, ()), other.answers.get(key, ()))
             for key in (*self.answers, *other.answers)},
            {key: max(self.hints.get(key, 0), other.hints.get(key, 0)) for key in (*self.hints, *other.hints)},
            {**other.reached_with, **self.reached_with},
            joined_tests(self.tests, other.tests),
            (self.brought_back | other.brought_back) - (self._met | other._met),
            self.lesson.joined(other.lesson) if self.lesson and other.lesson else self.lesson or other.lesson,
        )  # fmt: skip

    @property
    def _met(self) -> frozenset[str]:
        """The questions that were not only brought back."""
        return frozenset(self.questions) - self.brought_back

    def wrote(self, exercise: str, today: date) -> Progress:
        """With an exercise that was written; one whose answer was read counts only once it may be forgotten again."""
        if today - self.read.get(exercise, date.min) < FORGETTING and exercise in self.read:
            return self
        return dataclasses.replace(self, written=self.written | {exercise})

    def read_answer(self, exercise: str, today: date) -> Progress:
        """With an exercise whose answer was looked at before it was written; afterwards that changes nothing."""
        if exercise in self.written:
            return self
        return dataclasses.replace(self, read={**self.read, exercise: today})

    def with_line(self, line: str, typed: str) -> Progress:
        """With a line of a derivation that stands."""
        return dataclasses.replace(self, lines={**self.lines, line: typed})

    def without_lines(self, derivation: str) -> Progress:
        """With no line of a derivation, so that it can be begun anew."""
        left = {line: typed for line, typed in self.lines.items() if not line.startswith(f"{derivation}/")}
        return dataclasses.replace(self, lines=left)

    @property
    def is_bounded(self) -> bool:
        """Whether it is no larger than what is kept of one experiment."""
        return len(json.dumps(self.to_json())) <= _MOST_WRITTEN

    def with_days_until(self, today: date) -> Progress:
        """The same from somebody whose clock may go wrong: what was asked in the future counts as asked long ago.

        So it is due again, and takes no answer's place that was given here.
        """
        questions = {
            key: one if one.asked <= today + _A_DAY else dataclasses.replace(one, asked=date.min)
            for key, one in self.questions.items()
        }
        return dataclasses.replace(self, questions=questions)

    def to_json(self) -> dict[str, object]:
        """As JSON holds it; ``read_progress`` reads it."""
        return {
            "touched": self.touched,
            "followed": sorted(self.followed),
            "goals": sorted(self.goals),
            "questions": {
                key: {
                    "box": one.box,
                    "asked": one.asked.isoformat(),
                    "variant": one.variant,
                    **({"given": _written(one.given)} if one.given else {}),
                }
                for key, one in sorted(self.questions.items())
            },
            **({"written": sorted(self.written)} if self.written else {}),
            **({"read": {name: day.isoformat() for name, day in sorted(self.read.items())}} if self.read else {}),
            **({"derived": sorted(self.derived)} if self.derived else {}),
            **({"lines": dict(sorted(self.lines.items()))} if self.lines else {}),
            **_present(
                answers={key: [one.to_json() for one in every] for key, every in sorted(self.answers.items())},
                hints=dict(sorted(self.hints.items())),
                reached_with=dict(sorted(self.reached_with.items())),
                tests=[test.to_json() for test in self.tests],
                brought_back=sorted(self.brought_back),
                lesson=self.lesson.to_json() if self.lesson is not None else None,
            ),
        }


def read_progress(value: object) -> Progress:
    """The progress that something read from JSON stands for; what makes no sense in it counts as missing."""
    if not isinstance(value, dict):
        return Progress()
    questions = value.get("questions")
    read = {
        key: _question(question)
        for key, question in (questions.items() if isinstance(questions, dict) else ())
        if _is_key(key)
    }
    return Progress(
        touched=value.get("touched") is True,
        followed=_keys(value.get("followed")),
        goals=_keys(value.get("goals")),
        questions={key: question for key, question in read.items() if question is not None},
        written=_keys(value.get("written")),
        read=_days(value.get("read")),
        derived=_keys(value.get("derived")),
        lines=_lines(value.get("lines")),
        answers=_answers(value.get("answers")),
        hints={key: count for key, count in _entries(value.get("hints")) if _is_index(count) and count <= _MOST_HINTS},
        reached_with={
            key: setting
            for key, setting in _entries(value.get("reached_with"))
            if isinstance(setting, str) and len(setting) <= _LONGEST_SETTING
        },
        tests=read_tests(value.get("tests")),
        brought_back=_keys(value.get("brought_back")),
        lesson=_lesson(value.get("lesson")),
    )


def rewritten_progress(found: object, before: Progress, after: Progress) -> dict[str, object]:
    """What JSON held of one experiment, with the change from ``before`` to ``after``; what nobody understands stays."""
    return rewritten(found, before.to_json(), after.to_json(), _ONE_VALUE)


def json_in(text: str) -> object:
    """What a text of JSON stands for; None if it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _present(**parts: object) -> dict[str, object]:
    return {name: part for name, part in parts.items() if part}


def _entries(value: object) -> list[tuple[str, object]]:
    return [(key, one) for key, one in value.items() if _is_key(key)] if isinstance(value, dict) else []


def _answers(value: object) -> dict[str, tuple[Answered, ...]]:
    found: dict[str, tuple[Answered, ...]] = {}
    for key, every in _entries(value):
        for one in map(read_answered, every if isinstance(every, list) else ()):
            if one is not None:
                found[key] = with_answer(found.get(key, ()), one)
    return found


def _lesson(value: object) -> Answers | None:
    try:
        return answers_in(value) if isinstance(value, dict) else None
    except Refused:
        return None


def _question(value: object) -> Question | None:
    if not isinstance(value, dict):
        return None
    box, asked, variant = value.get("box"), day_in(value.get("asked")), value.get("variant")
    if asked is None or not _is_index(box):
        return None
    # A newer version may have more boxes: until it is answered here, the question stays in its own.
    return Question(
        min(box, len(BOXES) - 1), asked, variant if _is_index(variant) else None, _given(value.get("given"))
    )


def _written(given: Given) -> list[object]:
    return [given.answer, given.right, *((given.reason, given.sure) if given.reason else ())]


def _given(value: object) -> Given | None:
    if not isinstance(value, list) or len(value) not in (2, 4) or not all(map(_is_answer, value[:2])):
        return None
    answer, right, reason, sure = (*value, "", False)[:4]
    if not isinstance(reason, str) or len(reason) > _LONGEST_ANSWER or not isinstance(sure, bool):
        return None
    return Given(answer, right, reason, sure)


def _age(question: Question) -> tuple[date, int, int, str]:
    """Of two questions of one day the one in the lower box counts: it was answered wrongly there."""
    variant = -1 if question.variant is None else question.variant
    return question.asked, -question.box, variant, str(question.given or "")


def _keys(value: object) -> frozenset[str]:
    return frozenset(filter(_is_key, value)) if isinstance(value, list) else frozenset()


def _days(value: object) -> dict[str, date]:
    days = {key: day_in(day) for key, day in value.items() if _is_key(key)} if isinstance(value, dict) else {}
    return {key: day for key, day in days.items() if day is not None}


def _lines(value: object) -> dict[str, str]:
    lines = value.items() if isinstance(value, dict) else ()
    return {
        key: typed for key, typed in lines if _is_key(key) and isinstance(typed, str) and len(typed) <= _LONGEST_LINE
    }


def _is_key(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_KEY


def _is_answer(value: object) -> TypeGuard[str | float]:
    if isinstance(value, str):
        return len(value) <= _LONGEST_ANSWER
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _LARGEST_ANSWER


def _is_index(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**6
