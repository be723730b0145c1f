"""Tests on a chapter: eight questions without a main picture, with other numbers each time, computed by the engine.

``questions`` has a module for each experiment; ``draw_test`` selects eight of the questions in a chapter's modules.
"""

from __future__ import annotations

import dataclasses
import importlib
import importlib.util
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from random import Random

from engine.chapter_tests.question import ChoiceQuestion, Maker, Question, SentenceQuestion
from engine.contract.catalogue import chapters

LENGTH = 8
_DRAWS = 50
FORM_LENGTH = 6
"""The number of questions in each of two parallel forms (before and after a chapter), which take five minutes."""


@dataclass(frozen=True)
class Drawn:
    """A question drawn for a test, and its maker."""

    maker: Maker
    question: Question

    @property
    def again(self) -> str | None:
        """The key of the guide's try to offer after a wrong answer, since it teaches the same; None if there is
        none.
        """
        own = self.question.again if isinstance(self.question, ChoiceQuestion) else ""
        return own or self.maker.again


@cache
def makers_of(experiment_id: str) -> tuple[Maker, ...]:
    """The makers of an experiment's questions, in the order of its module; empty if it has none."""
    name = f"{__name__}.questions.{experiment_id}"
    if importlib.util.find_spec(name) is None:
        return ()
    module = importlib.import_module(name)
    return tuple(value for value in vars(module).values() if isinstance(value, Maker))


@cache
def asks_for_sentence(maker: Maker) -> bool:
    """Whether a maker's questions ask for a sentence, which is the same for all seeds."""
    return isinstance(maker.question(0), SentenceQuestion)


def draw_form(chapter: int, seed: int, after: bool) -> tuple[Drawn, ...]:
    """Draws the six questions of a test to be answered before a chapter, or of its equivalent for ``after`` the
    chapter.

    With the same seed both have questions of the same makers, with other numbers. The questions come from as many
    experiments as possible. None asks for a sentence, since only its writer can judge it.
    """
    entries = next(one.entries for one in chapters() if one.number == chapter)
    draw = Random(f"form {chapter} {seed}")
    packs = [[maker for maker in makers_of(entry.id) if not asks_for_sentence(maker)] for entry in entries]
    for pack in packs:
        draw.shuffle(pack)
    draw.shuffle(packs)
    # One of each experiment, then a second one of each.
    in_turn = [maker for turn in zip_longest(*packs) for maker in turn if maker is not None]
    makers = in_turn[:FORM_LENGTH]
    return tuple(Drawn(maker, _of_another_draw(maker, seed) if after else maker.question(seed)) for maker in makers)


def _of_another_draw(maker: Maker, seed: int) -> Question:
    """A question with other numbers than the one of this seed; the same one if the maker has no others."""
    first = maker.question(seed)
    others = (maker.question(seed + step) for step in range(1, _DRAWS))
    return next((other for other in others if _in_order(other) != _in_order(first)), first)


def _in_order(question: Question) -> Question:
    """The question with its answers in the maker's order, so that questions which differ only in the order compare
    equal.
    """
    return dataclasses.replace(question, order=()) if isinstance(question, ChoiceQuestion) else question


def draw_test(chapter: int, seed: int) -> tuple[Drawn, ...]:
    """Draws eight questions: at least one of every experiment, shuffled, with a sentence question last."""
    entries = next(one.entries for one in chapters() if one.number == chapter)
    makers = [maker for entry in entries for maker in makers_of(entry.id)]
    draw = Random(f"test {chapter} {seed}")
    draw.shuffle(makers)
    asked = {maker: maker.question(seed) for maker in makers}
    last = next(maker for maker in makers if isinstance(asked[maker], SentenceQuestion))
    left = [maker for maker in makers if not isinstance(asked[maker], SentenceQuestion)]
    counts, chosen = Counter({last.experiment: 1}), list[Maker]()
    while len(chosen) < LENGTH - 1:
        concepts = {maker.concept for maker in (*chosen, last)}
        # Of the experiment that has had the fewest, the next of the pack, of a new concept where there is one.
        following = min(left, key=lambda one: (counts[one.experiment], one.concept in concepts))
        left.remove(following)
        counts[following.experiment] += 1
        chosen.append(following)
    draw.shuffle(chosen)
    return tuple(Drawn(maker, asked[maker]) for maker in (*chosen, last))
