"""Records of single answers: to a guide's question, in a chapter's test; and of the digit that a network read.

Plain data, without Qt. Invalid JSON values count as missing.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

from engine.contract.plain_json import is_number, is_text, is_whole

LONGEST_SENTENCE = 300
"""The most characters of a learner's sentence that are kept."""
MOST_TESTS = 8
"""The most tests of a chapter that are kept: the best, the newest, and an unfinished one."""
BEFORE, AFTER = "before", "after"
"""The keys of a chapter's two forms: six questions before it, and the same with other numbers after it."""
_MOST_ANSWERS = 6
_LONGEST_KEY = 60
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

SIDE = 28
"""The pixels along a side of the image that a network reads."""
_LONGEST_PICTURE = 2 * SIDE * SIDE

Value = str | float
"""The key of an answer, or a number; "" is "not sure"."""


@dataclass(frozen=True)
class Answered:
    """An answer to a guide's question on a day: whether it was right (None for not sure), the answer, and the right
    one.

    ``variant`` is the index of the variant whose numbers the question had, None for the guide's own; ``answer`` and
    ``expected`` are None if unknown. ``reason`` and ``sure`` are as in ``progress.Given``.
    """

    day: date
    right: bool | None
    answer: Value | None = None
    expected: Value | None = None
    variant: int | None = None
    reason: str = ""
    sure: bool = False

    def to_json(self) -> list[object]:
        """The answer as JSON; ``read_answered`` reads it."""
        reason = [self.reason, self.sure] if self.reason or self.sure else []
        return [self.day.isoformat(), self.right, self.answer, self.expected, self.variant, *reason]

    def gives_reason_for(self, before: Answered) -> bool:
        """Whether this is the same answer as the one ``before``, now with its reason."""
        same = dataclasses.replace(self, right=before.right, reason="")
        return bool(self.reason) and same == before


@dataclass(frozen=True)
class AnswerInTest:
    """An answer to a test question; ``question`` is the id of its ``Maker``, ``right`` is None for "not sure".

    ``given`` is a number, the name of a mistake, "" for the right choice, or a sentence.
    """

    question: str
    given: Value
    right: bool | None


@dataclass(frozen=True)
class TakenTest:
    """A chapter's test, or a form before or after it, begun on a day; ``seed`` draws the same questions again. It is
    unfinished while answers are missing.
    """

    seed: int
    begun: date
    answers: tuple[AnswerInTest, ...] = ()

    @property
    def is_finished(self) -> bool:
        """Whether all questions of the test were answered; not for forms, which are shorter."""
        from engine.chapter_tests import LENGTH

        return len(self.answers) >= LENGTH

    @property
    def count_right(self) -> int:
        """The number of right answers."""
        return sum(one.right is True for one in self.answers)

    def is_of(self, chapter: int) -> bool:
        """Whether this version still draws the same questions for the chapter, so that the test can be shown."""
        from engine.chapter_tests import draw_test

        asked = [drawn.maker.id for drawn in draw_test(chapter, self.seed)]
        return [one.question for one in self.answers] == asked[: len(self.answers)]

    def to_json(self) -> dict[str, object]:
        """The test as JSON; ``read_tests`` reads it."""
        answers = [[one.question, one.given, one.right] for one in self.answers]
        return {"seed": self.seed, "begun": self.begun.isoformat(), "answers": answers}


def next_form(forms: Mapping[str, TakenTest]) -> str | None:
    """Which of a chapter's two forms is to be answered next, ``BEFORE`` or ``AFTER``; None if both were answered."""
    from engine.chapter_tests import FORM_LENGTH

    return next((part for part in (BEFORE, AFTER) if part not in forms or len(forms[part].answers) < FORM_LENGTH), None)


def with_answer(before: Iterable[Answered], answer: Answered) -> tuple[Answered, ...]:
    """The answers with one more. It replaces the last one if it only adds the reason to it. If there are too many, the
    first and the latest ones are kept.
    """
    every = (*before, answer)
    if len(every) > 1 and answer.gives_reason_for(every[-2]):
        every = (*every[:-2], answer)
    return every if len(every) <= _MOST_ANSWERS else (every[0], *every[1 - _MOST_ANSWERS :])


def joined_answers(*records: Iterable[Answered]) -> tuple[Answered, ...]:
    """The answers of several records without duplicates, by day. If there are too many, the first and the latest are
    kept.
    """
    every = sorted(
        {one for record in records for one in record}, key=lambda answer: (answer.day, repr(answer.to_json()))
    )
    return tuple(every) if len(every) <= _MOST_ANSWERS else (every[0], *every[1 - _MOST_ANSWERS :])


def joined_tests(one: Iterable[TakenTest], other: Iterable[TakenTest]) -> tuple[TakenTest, ...]:
    """The tests of two records, the oldest first. If both have a test, the longer record of it counts. If there are too
    many, the best and the newest are kept; of unfinished ones only the newest.
    """
    found: dict[int, TakenTest] = {}
    for test in (*one, *other):
        known = found.get(test.seed)
        if known is None or len(test.answers) > len(known.answers):
            found[test.seed] = test
    every = sorted(found.values(), key=lambda test: (test.begun, test.is_finished is False))
    done = [test for test in every if test.is_finished]
    kept = done if len(done) < MOST_TESTS else [max(done, key=lambda test: test.count_right), *done[2 - MOST_TESTS :]]
    newest = every[-1:] if every and not every[-1].is_finished else []
    return tuple(dict.fromkeys((*kept, *newest)))


def last_result(chapter: int, tests: Sequence[TakenTest]) -> TakenTest | None:
    """The latest finished test whose questions this version still draws; None if there is none."""
    return next((test for test in reversed(tests) if test.is_finished and test.is_of(chapter)), None)


def read_answered(value: object) -> Answered | None:
    """The answer in a JSON value; None if it is not valid."""
    if not isinstance(value, list) or len(value) not in (5, 7):
        return None
    told, right, answer, expected, variant, reason, sure = (*value, "", False)[:7]
    known = all(one is None or _is_value(one) for one in (answer, expected)) and is_text(reason, _LONGEST_KEY)
    if (day := day_in(told)) is None or not known or not isinstance(right, bool | None) or not isinstance(sure, bool):
        return None
    return Answered(day, right, answer, expected, index_in(variant), reason, sure)


def read_tests(value: object) -> tuple[TakenTest, ...]:
    """The tests in a JSON value; invalid ones are left out."""
    found = map(_test, value if isinstance(value, list) else ())
    return joined_tests(filter(None, found), ())


def read_form(value: object) -> TakenTest | None:
    """The form in a JSON value; None if it is not valid."""
    return _test(value)


def _test(value: object) -> TakenTest | None:
    from engine.chapter_tests import LENGTH

    match value:
        case {"seed": seed, "begun": day, "answers": [*answers]} if is_whole(seed, 2**32 - 1):
            begun, read = day_in(day), [_test_answer(one) for one in answers[:LENGTH]]
            return None if begun is None or None in read else TakenTest(seed, begun, tuple(filter(None, read)))
    return None


def _test_answer(value: object) -> AnswerInTest | None:
    match value:
        case [question, given, bool() | None as right] if is_text(question, _LONGEST_KEY, 1) and _is_value(given):
            return AnswerInTest(question, given, right)
    return None


def _is_value(value: object) -> TypeGuard[Value]:
    return is_text(value, LONGEST_SENTENCE) or is_number(value)


def index_in(value: object) -> int | None:
    """A JSON value as the index of a box or of a variant; None if it is not valid."""
    return value if is_whole(value, 10**6 - 1) else None


def day_in(value: object) -> date | None:
    """The date in a text such as 2026-03-01; None if it is not valid."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


@dataclass(frozen=True)
class OwnDigit:
    """A digit drawn for the learner's own network, and how it was read. ``picture`` are the SIDE × SIDE bytes that the
    network gets, row by row, 255 for full ink; ``answer`` is the most probable digit, ``probability`` its probability.
    """

    picture: bytes
    answer: int
    probability: float

    def to_json(self) -> dict[str, object]:
        """The digit as a JSON object, the image in base 64."""
        picture = base64.b64encode(self.picture).decode("ascii")
        return {"picture": picture, "answer": self.answer, "probability": self.probability}


def own_digit_in(value: object) -> OwnDigit | None:
    """The digit in a JSON value; None if it is not valid."""
    if not isinstance(value, dict):
        return None
    written, answer, probability = (value.get(name) for name in ("picture", "answer", "probability"))
    if not is_text(written, _LONGEST_PICTURE) or not is_whole(answer, 9):
        return None
    if not is_number(probability, 1) or probability < 0:
        return None
    try:
        picture = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        return None
    return OwnDigit(picture, answer, float(probability)) if len(picture) == SIDE * SIDE else None
