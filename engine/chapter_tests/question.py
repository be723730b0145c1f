"""Questions of a test: a number, a choice or a sentence, with the right answer and those of known mistakes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from engine.asked_number import are_told_apart, is_right, slip_of
from engine.contract.text import Text, notation

_ATTEMPTS = 200


@dataclass(frozen=True)
class KnownError:
    """A wrong number, and the known ``mistake`` that leads to it; ``why`` explains the mistake."""

    mistake: str
    value: float
    why: Text


@dataclass(frozen=True)
class Wrong:
    """A wrong answer of a choice, and the known ``mistake`` behind it; ``why`` refutes it."""

    mistake: str
    words: Text
    why: Text


@dataclass(frozen=True)
class NumberQuestion:
    """A question for one number, named by ``label``; if ``value``, the right number, is an int, the answer must be
    exact.

    ``why`` explains the solution.
    """

    words: Text
    label: Text
    value: float
    why: Text
    slips: tuple[KnownError, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the right number is an integer, so that the answer must be exact."""
        return isinstance(self.value, int)

    def is_right(self, given: float) -> bool:
        """Whether a given number is right, within the tolerance."""
        return is_right(given, self.value)

    def slip(self, given: float) -> KnownError | None:
        """The known mistake that leads to the number ``given``; None if there is none, or the number is right."""
        found = slip_of(given, self.value, [slip.value for slip in self.slips])
        return self.slips[found] if found is not None else None

    @property
    def is_clear(self) -> bool:
        """Whether all mistakes give distinct wrong numbers, so that the test can tell them apart."""
        return are_told_apart(self.value, [slip.value for slip in self.slips])


@dataclass(frozen=True)
class ChoiceQuestion:
    """A question that offers the ``right`` answer among wrong ones of known mistakes.

    Answers are numbered, the right one 0; ``order`` lists the numbers as shown. ``why`` is shown after any choice.
    ``again`` is the key of the try to repeat, if with these numbers it differs from the maker's.
    """

    words: Text
    right: Text
    why: Text
    wrong: tuple[Wrong, ...]
    order: tuple[int, ...] = ()
    again: str = ""

    @property
    def options(self) -> tuple[Text, ...]:
        """The answers in the order shown."""
        offered = (self.right, *(one.words for one in self.wrong))
        return tuple(offered[place] for place in self._order)

    @property
    def right_option(self) -> int:
        """The index of the right answer in ``options``."""
        return self._order.index(0)

    def wrong_at(self, option: int) -> Wrong | None:
        """The mistake behind an answer in ``options``; None for the right one."""
        place = self._order[option]
        return self.wrong[place - 1] if place else None

    def mixed(self, draw: Random) -> ChoiceQuestion:
        """A copy with shuffled answers."""
        places = range(len(self.wrong) + 1)
        return dataclasses.replace(self, order=tuple(draw.sample(places, len(places))))

    @property
    def is_clear(self) -> bool:
        """Whether all answers are distinct."""
        return len({option.render("en") for option in self.options}) == len(self.options)

    @property
    def _order(self) -> tuple[int, ...]:
        return self.order or tuple(range(len(self.wrong) + 1))


@dataclass(frozen=True)
class SentenceQuestion:
    """A question for a sentence in the learner's own words, which the learner compares with ``model``."""

    words: Text
    model: Text

    @property
    def is_clear(self) -> bool:
        """Always True: there are no answers to distinguish, since the learner judges the sentence."""
        return True


Question = NumberQuestion | ChoiceQuestion | SentenceQuestion


@dataclass(frozen=True)
class Maker:
    """Makes a question with new numbers each time: ``make(draw)`` draws them from a seeded generator.

    It computes only with numbers that are shown. A maker belongs to an ``experiment`` and to a ``concept``, a term of
    the glossary. After a wrong answer, the try of that experiment's guide with the key ``again`` is offered; if it is
    None, no try teaches the same, and the experiment itself is offered.
    """

    id: str
    experiment: str
    concept: str
    again: str | None
    make: Callable[[Random], Question]

    def question(self, seed: int) -> Question:
        """The question for a seed; numbers are drawn again until all known mistakes lead to different answers."""
        for attempt in range(_ATTEMPTS):
            draw = Random(f"{self.id} {seed} {attempt}")
            made = self.make(draw)
            if made.is_clear:
                return made.mixed(draw) if isinstance(made, ChoiceQuestion) else made
        raise AssertionError(f"{self.id}: hardly any numbers tell its mistakes apart")


def question_for(concept: str, again: str | None = None) -> Callable[[Callable[[Random], Question]], Maker]:
    """A decorator that makes a ``Maker`` of a function: its name is the id, and its module's name the experiment."""

    def made(make: Callable[[Random], Question]) -> Maker:
        return Maker(make.__name__, make.__module__.rpartition(".")[2], concept, again, make)

    return made


def one_of(
    words: Text, right: str, why: Text, answers: Mapping[str, Text], refuted: Mapping[str, Text]
) -> ChoiceQuestion:
    """A question with fixed ``answers`` by key, of which the one with the key ``right`` is right this time.

    ``refuted`` has for each answer the reason why it is wrong; its key is also the name of the mistake.
    """
    wrong = tuple(Wrong(name, answer, refuted[name]) for name, answer in answers.items() if name != right)
    return ChoiceQuestion(words, answers[right], why, wrong)


# What questions are written with

_IN_FULL_BELOW = 1e15
"""From this absolute value on a float has no fraction, and a typed answer may have hundreds of digits."""


def number(value: float) -> Text:
    """Formats a number for a sentence or an answer: integers in full; very large ones and fractions with four
    digits.
    """
    if value == round(value) and abs(value) < _IN_FULL_BELOW:
        return notation("{value}")(value=round(value))
    return notation("{value:.4g}")(value=value)


def bracketed(value: float) -> Text:
    """Formats a number that follows an operator: 3, but (−3)."""
    return number(value) if value >= 0 else notation("({value:.4g})")(value=value)


def vector(values: Iterable[float]) -> Text:
    """Formats a vector: (0.3, −1, 2)."""
    return _listing([[*values]])


def rows(matrix: Iterable[Iterable[float]]) -> Text:
    """Formats a matrix row by row: (1, 0; 2, −1)."""
    return _listing([[*line] for line in matrix])


def sides(*shape: int) -> Text:
    """Formats the shape of an array, such as 3 × 4."""
    names = [f"side{index}" for index in range(len(shape))]
    template = " × ".join(f"{{{name}}}" for name in names)
    return notation(template)(**dict(zip(names, shape, strict=True)))


def _listing(lines: Sequence[Sequence[float]]) -> Text:
    values = {
        f"cell{row}_{column}": number(float(one)) for row, line in enumerate(lines) for column, one in enumerate(line)
    }
    inner = "; ".join(
        ", ".join(f"{{cell{row}_{column}}}" for column in range(len(line))) for row, line in enumerate(lines)
    )
    return notation(f"({inner})")(**values)
