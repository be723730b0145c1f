"""What is kept of single answers: those to a guide's question, one after the other, and those of a test over a chapter.

Plain data, without Qt. What makes no sense in JSON counts as missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from engine.chapter_tests import LENGTH, draw_test
from engine.contract.plain_json import is_number

LONGEST_SENTENCE = 300
"""So many characters of a sentence are kept."""
MOST_TESTS = 8
"""So many tests of a chapter are kept at most: the best, the newest, and one that goes on."""
_MOST_ANSWERS = 6
_LONGEST_KEY = 60
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

Value = str | float
"""An answer's key or a number; "" is "not sure"."""


@dataclass(frozen=True)
class Answered:
    """An answer to a question on a day: whether it was right (None: not sure), what it was and what was right.

    ``variant`` are the numbers with which it was asked, None for the guide's own; ``answer`` and ``expected`` are None
    where they were not told. ``reason`` and ``sure`` are those of ``progress.Given``.
    """

    day: date
    right: bool | None
    answer: Value | None = None
    expected: Value | None = None
    variant: int | None = None
    reason: str = ""
    sure: bool = False

    def to_json(self) -> list[object]:
        """As JSON holds it; ``read_answered`` reads it."""
        reason = [self.reason, self.sure] if self.reason else []
        return [self.day.isoformat(), self.right, self.answer, self.expected, self.variant, *reason]


@dataclass(frozen=True)
class AnswerInTest:
    """An answer to the question of a test that the maker with this id made; ``right`` is None by who was not sure.

    ``given`` is a number, the name of a mistake, "" for the right choice, or a sentence.
    """

    question: str
    given: Value
    right: bool | None


@dataclass(frozen=True)
class TakenTest:
    """A test that was begun on a day; its ``seed`` makes its questions again. One without all answers goes on."""

    seed: int
    begun: date
    answers: tuple[AnswerInTest, ...] = ()

    @property
    def is_finished(self) -> bool:
        """Whether all was answered."""
        return len(self.answers) >= LENGTH

    @property
    def count_right(self) -> int:
        """How many answers were right."""
        return sum(one.right is True for one in self.answers)

    def is_of(self, chapter: int) -> bool:
        """Whether this version asks the same over a chapter, so that its questions can be shown."""
        asked = [drawn.maker.id for drawn in draw_test(chapter, self.seed)]
        return [one.question for one in self.answers] == asked[: len(self.answers)]

    def to_json(self) -> dict[str, object]:
        """As JSON holds it; ``read_tests`` reads it."""
        answers = [[one.question, one.given, one.right] for one in self.answers]
        return {"seed": self.seed, "begun": self.begun.isoformat(), "answers": answers}


def with_answer(before: Iterable[Answered], answer: Answered) -> tuple[Answered, ...]:
    """One more answer: of many the first one stays, and the latest."""
    every = (*before, answer)
    return every if len(every) <= _MOST_ANSWERS else (every[0], *every[1 - _MOST_ANSWERS :])


def joined_answers(one: Iterable[Answered], other: Iterable[Answered]) -> tuple[Answered, ...]:
    """Answers that were given here or there, by their days."""
    every = sorted({*one, *other}, key=lambda answer: (answer.day, repr(answer.to_json())))
    return tuple(every) if len(every) <= _MOST_ANSWERS else (every[0], *every[1 - _MOST_ANSWERS :])


def joined_tests(one: Iterable[TakenTest], other: Iterable[TakenTest]) -> tuple[TakenTest, ...]:
    """Tests that were taken here or there, the oldest first: of one test the longer record, of many the best and the
    newest, and of those that were not finished only the newest.
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
    """Of the tests over a chapter, the oldest first, the last one that was finished and can be shown again."""
    return next((test for test in reversed(tests) if test.is_finished and test.is_of(chapter)), None)


def read_answered(value: object) -> Answered | None:
    """The answer that something read from JSON stands for."""
    if not isinstance(value, list) or len(value) not in (5, 7):
        return None
    day, right, answer, expected, variant = day_in(value[0]), *value[1:5]
    reason, sure = value[5:] or ("", False)
    if not isinstance(reason, str) or len(reason) > _LONGEST_KEY or not isinstance(sure, bool):
        return None
    known = all(one is None or _is_value(one) for one in (answer, expected))
    if day is None or not _is_verdict(right) or not known:
        return None
    numbered = isinstance(variant, int) and not isinstance(variant, bool) and 0 <= variant < 10**6
    return Answered(day, right, answer, expected, variant if numbered else None, reason, sure)


def read_tests(value: object) -> tuple[TakenTest, ...]:
    """The tests that something read from JSON stands for."""
    found = [_test(one) for one in value] if isinstance(value, list) else []
    return joined_tests([one for one in found if one is not None], ())


def _test(value: object) -> TakenTest | None:
    if not isinstance(value, dict):
        return None
    seed, begun, answers = value.get("seed"), day_in(value.get("begun")), value.get("answers")
    if not isinstance(seed, int) or isinstance(seed, bool) or begun is None or not isinstance(answers, list):
        return None
    read = [_test_answer(one) for one in answers[:LENGTH]]
    if not 0 <= seed < 2**32 or any(one is None for one in read):
        return None
    return TakenTest(seed, begun, tuple(one for one in read if one is not None))


def _test_answer(value: object) -> AnswerInTest | None:
    if not isinstance(value, list) or len(value) != 3:
        return None
    question, given, right = value
    if not isinstance(question, str) or not 0 < len(question) <= _LONGEST_KEY or not _is_verdict(right):
        return None
    return AnswerInTest(question, given, right) if _is_value(given) else None


def _is_verdict(value: object) -> bool:
    return value is None or isinstance(value, bool)


def _is_value(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST_SENTENCE
    return is_number(value)


def day_in(value: object) -> date | None:
    """The day that a text such as 2026-03-01 stands for; None if it is none."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
