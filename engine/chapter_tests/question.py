"""What a test asks: a number, a choice or a sentence, with the right answer and those that known mistakes give."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from engine.contract.text.text import Text, notation

NEAR = 0.02
"""What is not a whole number may be given two percent too large or too small, as in the guides."""
_ROUNDING = 1e-9
_ATTEMPTS = 200


@dataclass(frozen=True)
class KnownError:
    """A number that a known ``mistake`` gives; ``why`` tells whoever gave it what went wrong."""

    mistake: str
    value: float
    why: Text


@dataclass(frozen=True)
class Wrong:
    """An answer of a choice that a known ``mistake`` gives; ``why`` tells whoever chose it what speaks against it."""

    mistake: str
    words: Text
    why: Text


@dataclass(frozen=True)
class NumberQuestion:
    """Asks for one number, ``label``; an int has to be exact. ``why`` is the way to it."""

    words: Text
    label: Text
    value: float
    why: Text
    slips: tuple[KnownError, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it counts something, and nothing beside it is right."""
        return isinstance(self.value, int)

    def is_right(self, given: float) -> bool:
        """Whether a number is the one asked for, within the tolerance."""
        return self._is(given, self.value)

    def slip(self, given: float) -> KnownError | None:
        """The known mistake that gives this number; None where it is right, or nobody knows how it came about."""
        if self.is_right(given):
            return None
        return next((slip for slip in self.slips if self._is(given, slip.value)), None)

    @property
    def is_clear(self) -> bool:
        """Whether no mistake gives the right number, nor two the same one: else a test could not tell them apart."""
        values = [self.value, *(slip.value for slip in self.slips)]
        return all(
            not self._is(one, other) and not self._is(other, one)
            for index, one in enumerate(values)
            for other in values[index + 1 :]
        )

    def _is(self, given: float, value: float) -> bool:
        near = _ROUNDING if self.is_whole else NEAR * abs(value) + _ROUNDING
        return math.isfinite(given) and abs(given - value) <= near


@dataclass(frozen=True)
class ChoiceQuestion:
    """Offers one ``right`` answer among those of known mistakes, in the ``order`` of their places.

    ``why`` is told whatever was chosen. The right answer is at place 0 before the order changes it. ``again`` is the
    try that asks it again, where that is another one with these numbers than its maker says.
    """

    words: Text
    right: Text
    why: Text
    wrong: tuple[Wrong, ...]
    order: tuple[int, ...] = ()
    again: str = ""

    @property
    def options(self) -> tuple[Text, ...]:
        """The answers as they are offered."""
        offered = (self.right, *(one.words for one in self.wrong))
        return tuple(offered[place] for place in self._order)

    @property
    def right_option(self) -> int:
        """Which of the ``options`` is right."""
        return self._order.index(0)

    def wrong_at(self, option: int) -> Wrong | None:
        """What the answer at a place of ``options`` stands for; None for the right one."""
        place = self._order[option]
        return self.wrong[place - 1] if place else None

    def mixed(self, draw: Random) -> ChoiceQuestion:
        """The same with its answers in another order."""
        places = range(len(self.wrong) + 1)
        return dataclasses.replace(self, order=tuple(draw.sample(places, len(places))))

    @property
    def is_clear(self) -> bool:
        """Whether no two answers look alike."""
        return len({option.render("en") for option in self.options}) == len(self.options)

    @property
    def _order(self) -> tuple[int, ...]:
        return self.order or tuple(range(len(self.wrong) + 1))


@dataclass(frozen=True)
class SentenceQuestion:
    """Asks for a sentence in the learner's own words, who then holds it against ``model``."""

    words: Text
    model: Text

    @property
    def is_clear(self) -> bool:
        """Always: nobody but the learner judges it."""
        return True


Question = NumberQuestion | ChoiceQuestion | SentenceQuestion


@dataclass(frozen=True)
class Maker:
    """Makes one question with ever other numbers. ``make(draw)`` takes them from a seeded generator, and computes with
    those that are shown and no others.

    It belongs to an ``experiment`` and to a ``concept``, a term of the glossary. Whoever was wrong is asked ``again``
    by the try of that experiment's guide with this key; None where none of them teaches the same, and the experiment
    itself is all there is to go to.
    """

    id: str
    experiment: str
    concept: str
    again: str | None
    make: Callable[[Random], Question]

    def question(self, seed: int) -> Question:
        """The question with the numbers of a seed: the first with which its mistakes can be told apart."""
        for attempt in range(_ATTEMPTS):
            draw = Random(f"{self.id} {seed} {attempt}")
            made = self.make(draw)
            if made.is_clear:
                return made.mixed(draw) if isinstance(made, ChoiceQuestion) else made
        raise AssertionError(f"{self.id}: hardly any numbers tell its mistakes apart")


def question_for(concept: str, again: str | None = None) -> Callable[[Callable[[Random], Question]], Maker]:
    """Makes a ``Maker`` of a function: its name is the id, and its module is called after the experiment."""

    def made(make: Callable[[Random], Question]) -> Maker:
        return Maker(make.__name__, make.__module__.rpartition(".")[2], concept, again, make)

    return made


def one_of(
    words: Text, right: str, why: Text, answers: Mapping[str, Text], refuted: Mapping[str, Text]
) -> ChoiceQuestion:
    """A choice whose answers are always the same, and of which the one called ``right`` is right this time.

    ``refuted`` says of each what speaks against it where it is wrong; its name is that of the mistake.
    """
    wrong = tuple(Wrong(name, answer, refuted[name]) for name, answer in answers.items() if name != right)
    return ChoiceQuestion(words, answers[right], why, wrong)


# What questions are written with


def number(value: float) -> Text:
    """A number in a sentence, or as an answer: whole ones in full, others with four digits."""
    if value == round(value):
        return notation("{value}")(value=round(value))
    return notation("{value:.4g}")(value=value)


def bracketed(value: float) -> Text:
    """A number behind another sign: 3, but (−3)."""
    return number(value) if value >= 0 else notation("({value:.4g})")(value=value)


def vector(values: Iterable[float]) -> Text:
    """(0.3, −1, 2)."""
    return _listing([[*values]])


def rows(matrix: Iterable[Iterable[float]]) -> Text:
    """(1, 0; 2, −1): the rows of a matrix, one after the other."""
    return _listing([[*line] for line in matrix])


def sides(*shape: int) -> Text:
    """3 × 4, the shape of an array."""
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
