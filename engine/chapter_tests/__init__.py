"""Tests over a chapter: eight questions without a stage, with other numbers each time, computed by the engine.

``questions`` has a module for each experiment; ``draw_test`` takes eight of what a chapter's modules can ask.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections import Counter
from dataclasses import dataclass
from functools import cache
from random import Random

from engine.chapter_tests.question import ChoiceQuestion, Maker, Question, SentenceQuestion
from engine.contract.catalogue import chapters

LENGTH = 8


@dataclass(frozen=True)
class Drawn:
    """A question of a test, and its maker."""

    maker: Maker
    question: Question

    @property
    def again(self) -> str | None:
        """The key of the guide's try that teaches the same and is offered after a wrong answer; None if there is
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
