"""The learner's progress in an experiment, and the spaced repetition of its questions: plain data, without Qt."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, field, fields
from datetime import date, timedelta
from functools import partial
from operator import itemgetter, or_
from typing import Any, TypeGuard

from engine.contract.plain_json import is_number, is_text, is_whole, rewritten
from engine.contract.text import Refused
from engine.lessons.answers import Answers, answers_in
from gui.learner.records import (
    Answered,
    OwnDigit,
    TakenTest,
    day_in,
    index_in,
    joined_answers,
    joined_tests,
    own_digit_in,
    read_answered,
    read_form,
    read_tests,
    with_answer,
)

BOXES = (1, 7, 21)
"""The days that a question waits in each box of the spaced repetition."""
FORGETTING = timedelta(days=7)
"""The time after which our code counts as forgotten, so that an exercise whose answer was read can count as solved."""
TRUE_REASON = "="
"""The stored key of the true reason; that of a wrong one is the key of the run that refutes it."""
A_DAY = timedelta(days=1)
_DERIVES = "derive/"
_LONGEST_KEY = 2000
_LONGEST_LINE = 200
"""The most characters that can be typed into the gap of a derivation's line."""
_LONGEST_ANSWER, _LARGEST_ANSWER = 8, 1e300
_MOST_WRITTEN = 30_000
"""The most characters of JSON for one experiment that are taken from a file; all that can be done takes about a
thousand.
"""
_LONGEST_SETTING, _MOST_HINTS, _MOST_CHECKS = 300, 100, 9999
_ALWAYS_WRITTEN = ("touched", "followed", "goals", "questions")
_ONE_VALUE = frozenset({"given"})
"""Entries that are a list in JSON but are replaced as one value."""


@dataclass(frozen=True)
class Given:
    """The stored answer to a guide's question and the right answer: each the key of an answer, or a number; "" stands
    for "not sure".

    ``reason`` is the key of the run that refutes the chosen reason, ``TRUE_REASON``, or "" if none was chosen; ``sure``
    is whether the learner was sure of the answer, where that is asked.
    """

    answer: str | float
    right: str | float
    reason: str = ""
    sure: bool = False

    @property
    def is_surely_wrong(self) -> bool:
        """Whether the learner was sure of a wrong answer, or of a right one for a wrong reason."""
        return self.sure and (self.answer != self.right or self.reason not in ("", TRUE_REASON))

    def to_json(self) -> list[object]:
        """The answer as a JSON list; ``_given_in`` reads it."""
        return [self.answer, self.right, *((self.reason, self.sure) if self.reason or self.sure else ())]


@dataclass(frozen=True)
class Question:
    """An answered question: the index ``box`` of its box of the spaced repetition, and the local day on which it was
    last asked. ``variant`` is the index of the variant whose numbers it had, None for the guide's own; ``given`` is the
    answer in its guide, None if it was not answered there.
    """

    box: int
    asked: date
    variant: int | None = None
    given: Given | None = None

    def is_due(self, today: date) -> bool:
        """Whether the question is to be asked again: the number of days that belongs to its box has passed, or
        ``asked`` lies in the future.

        Only tomorrow's date does not count as the future, since a journey west can set the date back by a day. A later
        date comes from a wrong clock, and the question would otherwise not be asked before that day.
        """
        return self.asked > today + A_DAY or today - self.asked >= timedelta(days=BOXES[self.box])

    def answered(self, right: bool | None, today: date, variant: int | None, given: Given | None = None) -> Question:
        """The question after another answer: one box up if the answer was right, back to the first box if wrong or not
        sure.

        A right answer counts only if the question was due, since something just read is easily known.
        """
        given = given or self.given
        if not right:
            return Question(0, today, variant, given)
        if not self.is_due(today):
            return dataclasses.replace(self, given=given)
        return Question(min(self.box + 1, len(BOXES) - 1), today, variant, given)

    def to_json(self) -> dict[str, object]:
        """The question as a JSON object; ``_question_in`` reads it."""
        given = {"given": self.given.to_json()} if self.given else {}
        return {"box": self.box, "asked": self.asked.isoformat(), "variant": self.variant, **given}


WEEKLY_BOX = BOXES.index(7)
UNDATED = Question(WEEKLY_BOX, date.min)
"""The state of a piece for which an earlier version stored no day, only that it was solved."""


def piece_of(name: str, *, derives: bool = False) -> str:
    """The key of a piece in ``Progress.pieces``: an exercise's id, or a derivation's id after the prefix "derive/"."""
    return f"{_DERIVES}{name}" if derives else name


def derivation_in(key: str) -> str | None:
    """The id of the derivation that a piece's key stands for; None for an exercise."""
    return key.removeprefix(_DERIVES) if key.startswith(_DERIVES) else None


def _question_in(value: object) -> Question | None:
    if not isinstance(value, dict):
        return None
    box, asked = index_in(value.get("box")), day_in(value.get("asked"))
    if asked is None or box is None:
        return None
    # A newer version may have more boxes: until it is answered here, the question stays in its own.
    return Question(min(box, len(BOXES) - 1), asked, index_in(value.get("variant")), _given_in(value.get("given")))


def _given_in(value: object) -> Given | None:
    if not isinstance(value, list) or len(value) not in (2, 4):
        return None
    answer, right, reason, sure = (*value, "", False)[:4]
    known = all(is_text(one, _LONGEST_ANSWER) or is_number(one, _LARGEST_ANSWER) for one in (answer, right))
    if not known or not is_text(reason, _LONGEST_ANSWER) or not isinstance(sure, bool):
        return None
    return Given(answer, right, reason, sure)


def _age(question: Question) -> tuple[date, int, int, str]:
    """A sort key by age. Of two records of a question on one day, the one in the lower box counts as newer, since the
    question was answered wrongly there.
    """
    variant = -1 if question.variant is None else question.variant
    return question.asked, -question.box, variant, str(question.given or "")


def _part(read: Callable[[object], Any], write: Callable[[Any], object], join: Callable[[Any, Any], Any]) -> Any:
    """Declare a field of ``Progress``: ``read`` parses it from JSON, where invalid values count as missing, ``write``
    converts it back, and ``join`` merges the values of two records. Its default is ``read(None)``.
    """
    return field(default_factory=lambda: read(None), metadata={"read": read, "write": write, "join": join})


def _keys() -> Any:
    return _part(
        lambda value: frozenset(filter(_is_key, value)) if isinstance(value, list) else frozenset(), sorted, or_
    )


def _table(read: Callable[[object], Any], write: Callable[[Any], object], join: Callable[[list[Any]], Any]) -> Any:
    """Declare a field of ``Progress`` that is a mapping: ``read`` parses a value and returns None if it is invalid,
    ``write`` converts it back, ``join`` merges all values under one key.
    """

    def read_all(value: object) -> dict[str, Any]:
        entries = value.items() if isinstance(value, dict) else ()
        found = {key: read(one) for key, one in entries if _is_key(key)}
        return {key: one for key, one in found.items() if one is not None}

    def join_all(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
        return {key: join([table[key] for table in (one, other) if key in table]) for key in {**one, **other}}

    return _part(read_all, lambda table: {key: write(one) for key, one in sorted(table.items())}, join_all)


def _texts(longest: int, join: Callable[[list[str]], str]) -> Any:
    return _table(lambda value: value if is_text(value, longest) else None, str, join)


def _is_key(value: object) -> TypeGuard[str]:
    return is_text(value, _LONGEST_KEY, 1)


def _answers_in(value: object) -> tuple[Answered, ...] | None:
    found: tuple[Answered, ...] = ()
    for one in filter(None, map(read_answered, value if isinstance(value, list) else ())):
        found = with_answer(found, one)
    return found or None


def _lesson_in(value: object) -> Answers | None:
    try:
        return answers_in(value) if isinstance(value, dict) else None
    except Refused:
        return None


def _joined_lessons(one: Answers | None, other: Answers | None) -> Answers | None:
    return one.joined(other) if one and other else one or other


def _joined_digits(one: OwnDigit | None, other: OwnDigit | None) -> OwnDigit | None:
    """One of the two digits, the same whichever comes first, since neither is known to be newer."""
    return max((digit for digit in (one, other) if digit is not None), key=astuple, default=None)


@dataclass(frozen=True)
class Progress:
    """The progress in one experiment. ``followed`` and ``goals`` hold the keys of tries followed and goals reached,
    ``questions`` the answered questions by key. ``touched``: a parameter was changed by hand.

    By id: ``written`` are the solved exercises, ``read`` the days on which our code of an exercise was read,
    ``ordered`` the exercises whose lines were given to be put in order, ``derived`` the finished derivations. ``lines``
    are finished lines of derivations by "derivation/line", as typed, "" if shown.
    ``pieces`` are solved exercises and derivations, by ``piece_of``, with the day and box of their repetition;
    ``variant`` counts the lines repeated so far, None for none yet.
    For the page to print: the first and the latest ``answers`` to each question, how many ``hints`` were read for a
    goal, and ``reached_with``, the parameters that reached it. ``checks`` count how often an exercise was checked until
    it passed.
    A chapter has a ``Progress`` of its own, with its ``tests``, and its ``forms`` ``BEFORE`` and ``AFTER``. Questions
    related to a wrong test answer are among their experiment's ``questions``, and in ``brought_back`` until they are
    answered.
    A lesson has a ``Progress`` with its answers; the learner's own network has one with its ``best_accuracy``, and the
    ``digit`` drawn for it with the network's answer.
    """

    touched: bool = _part(lambda value: value is True, bool, or_)
    followed: frozenset[str] = _keys()
    goals: frozenset[str] = _keys()
    questions: Mapping[str, Question] = _table(_question_in, Question.to_json, partial(max, key=_age))
    written: frozenset[str] = _keys()
    read: Mapping[str, date] = _table(day_in, date.isoformat, max)
    ordered: frozenset[str] = _keys()
    pieces: Mapping[str, Question] = _table(_question_in, Question.to_json, partial(max, key=_age))
    derived: frozenset[str] = _keys()
    lines: Mapping[str, str] = _texts(_LONGEST_LINE, max)
    answers: Mapping[str, tuple[Answered, ...]] = _table(
        _answers_in, lambda every: [one.to_json() for one in every], lambda records: joined_answers(*records)
    )
    hints: Mapping[str, int] = _table(lambda value: value if is_whole(value, _MOST_HINTS) else None, int, max)
    reached_with: Mapping[str, str] = _texts(_LONGEST_SETTING, itemgetter(0))
    tests: tuple[TakenTest, ...] = _part(read_tests, lambda tests: [one.to_json() for one in tests], joined_tests)
    forms: Mapping[str, TakenTest] = _table(
        read_form, TakenTest.to_json, partial(max, key=lambda one: len(one.answers))
    )
    checks: Mapping[str, int] = _table(lambda value: value if is_whole(value, _MOST_CHECKS) else None, int, max)
    brought_back: frozenset[str] = _keys()
    best_accuracy: float = _part(lambda value: float(value) if is_number(value, 1) and value > 0 else 0.0, float, max)
    digit: OwnDigit | None = _part(own_digit_in, lambda digit: digit and digit.to_json(), _joined_digits)
    lesson: Answers | None = _part(_lesson_in, lambda lesson: lesson and lesson.to_json(), _joined_lessons)

    @property
    def is_begun(self) -> bool:
        """Whether anything was done here; questions that only a chapter's test brought back do not count."""
        own = {key: question for key, question in self.questions.items() if key not in self.brought_back}
        return dataclasses.replace(self, questions=own, brought_back=frozenset()) != Progress()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to store."""
        return self == Progress()

    def due(self, today: date) -> tuple[str, ...]:
        """The keys of the questions that are due."""
        return tuple(key for key, question in self.questions.items() if question.is_due(today))

    def answered(
        self, key: str, right: bool | None, today: date, variant: int | None = None, given: Given | None = None
    ) -> Progress:
        """The progress after one more answer; the first one, right or wrong, puts its question into the first box."""
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
        """The progress with a question in the first box, since a related question of a test was answered wrongly."""
        known = self.questions.get(key)
        question = dataclasses.replace(known, box=0, asked=today) if known else Question(0, today)
        brought_back = self.brought_back if known else self.brought_back | {key}
        return dataclasses.replace(self, questions={**self.questions, key: question}, brought_back=brought_back)

    def hinted(self, goal: str, count: int) -> Progress:
        """The progress with ``count`` hints read for a goal; hints read after it was reached do not count."""
        if goal in self.goals or count <= self.hints.get(goal, 0):
            return self
        return dataclasses.replace(self, hints={**self.hints, goal: count})

    def reached(self, goal: str, setting: str) -> Progress:
        """The progress with a goal reached. ``setting`` are the parameters that reached it, as JSON; only those of the
        first time are kept.
        """
        known = goal in self.goals or not 0 < len(setting) <= _LONGEST_SETTING
        settings = self.reached_with if known else {**self.reached_with, goal: setting}
        return dataclasses.replace(self, goals=self.goals | {goal}, reached_with=settings)

    def checked(self, exercise: str) -> Progress:
        """The progress with one more check of an exercise; checks after it was solved do not count."""
        if exercise in self.written:
            return self
        return dataclasses.replace(self, checks={**self.checks, exercise: self.checks.get(exercise, 0) + 1})

    def with_form(self, part: str, form: TakenTest) -> Progress:
        """The progress with one of a chapter's two forms (six questions each), ``BEFORE`` or ``AFTER`` it, and the
        answers given so far.
        """
        return dataclasses.replace(self, forms={**self.forms, part: form})

    def took(self, test: TakenTest) -> Progress:
        """The progress with a chapter's test and the answers given so far."""
        return dataclasses.replace(self, tests=joined_tests(self.tests, (test,)))

    def merged(self, other: Progress) -> Progress:
        """This progress merged with another; if both have a question, the later answer counts.

        If both have a line of a derivation, one that was typed counts before one that was shown.
        """
        joined = {
            one.name: one.metadata["join"](getattr(self, one.name), getattr(other, one.name)) for one in fields(self)
        }
        joined["brought_back"] -= self._met | other._met
        return Progress(**joined)

    @property
    def _met(self) -> frozenset[str]:
        """The keys of questions that were answered in the guide; not those that only a test brought back."""
        return frozenset(self.questions) - self.brought_back

    def wrote(self, exercise: str, today: date) -> Progress:
        """The progress with an exercise solved. If our code was read, solving it counts only after ``FORGETTING``."""
        if today - self.read.get(exercise, date.min) < FORGETTING and exercise in self.read:
            return self
        return dataclasses.replace(self, written=self.written | {exercise}).with_piece(exercise, today)

    def derived_whole(self, derivation: str, today: date) -> Progress:
        """The progress with a derivation of which the learner typed all lines."""
        derived = dataclasses.replace(self, derived=self.derived | {derivation})
        return derived.with_piece(piece_of(derivation, derives=True), today)

    def with_piece(self, key: str, today: date) -> Progress:
        """The progress with a piece, that is, a whole exercise or derivation, that was solved. It is asked again in a
        week, or later if it was due and is known.
        """
        known = self.pieces.get(key)
        piece = known.answered(True, today, known.variant) if known else Question(WEEKLY_BOX, today)
        return dataclasses.replace(self, pieces={**self.pieces, key: piece})

    def answered_piece(self, key: str, right: bool | None, today: date, turn: int) -> Progress:
        """The progress after an exercise or derivation was asked again, with one line to be filled in: ``right``, or
        None for "not sure". ``turn`` is the number of its lines that were asked for before.
        """
        known = self.pieces.get(key, UNDATED)
        return dataclasses.replace(self, pieces={**self.pieces, key: known.answered(right, today, turn)})

    def read_answer(self, exercise: str, today: date) -> Progress:
        """The progress with an exercise whose answer, our code, was read; unchanged if it was solved before."""
        if exercise in self.written:
            return self
        return dataclasses.replace(self, read={**self.read, exercise: today})

    def with_ordered(self, exercise: str) -> Progress:
        """Progress with an exercise whose lines were given to be put in order; unchanged if it was solved before."""
        if exercise in self.written:
            return self
        return dataclasses.replace(self, ordered=self.ordered | {exercise})

    def with_line(self, line: str, typed: str) -> Progress:
        """The progress with a finished line of a derivation; ``line`` is its key "derivation/line"."""
        return dataclasses.replace(self, lines={**self.lines, line: typed})

    def without_lines(self, derivation: str) -> Progress:
        """Progress without the lines of a derivation, to restart it."""
        left = {line: typed for line, typed in self.lines.items() if not line.startswith(f"{derivation}/")}
        return dataclasses.replace(self, lines=left)

    @property
    def is_bounded(self) -> bool:
        """Whether the progress is small enough to be stored."""
        return len(json.dumps(self.to_json())) <= _MOST_WRITTEN

    def with_days_until(self, today: date) -> Progress:
        """The progress with dates of questions in the future, which come from a wrong clock, replaced by dates long
        ago.

        So such questions are due again, and do not replace answers that were given on this computer when both are
        merged.
        """

        def until_today(asked: Mapping[str, Question]) -> dict[str, Question]:
            return {
                key: one if one.asked <= today + A_DAY else dataclasses.replace(one, asked=date.min)
                for key, one in asked.items()
            }

        return dataclasses.replace(self, questions=until_today(self.questions), pieces=until_today(self.pieces))

    def to_json(self) -> dict[str, object]:
        """The progress as a JSON object; ``read_progress`` reads it."""
        written = {one.name: one.metadata["write"](getattr(self, one.name)) for one in fields(self)}
        return {name: part for name, part in written.items() if part or name in _ALWAYS_WRITTEN}


def read_progress(value: object) -> Progress:
    """The progress in a JSON value; invalid entries count as missing."""
    if not isinstance(value, dict):
        return Progress()
    return Progress(**{one.name: one.metadata["read"](value.get(one.name)) for one in fields(Progress)})


def rewritten_progress(found: object, before: Progress, after: Progress) -> dict[str, object]:
    """The JSON object of one experiment as ``found`` in the file, with the changes from ``before`` to ``after``;
    entries unknown to this version are kept.
    """
    return rewritten(found, before.to_json(), after.to_json(), _ONE_VALUE)


def json_in(text: str) -> object:
    """The value of a JSON text; None if the text is not valid JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
