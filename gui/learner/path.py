"""The way through the book: how each experiment stands for a learner, which one comes next, what is asked again."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from engine.contract.catalogue import Entry, entries, load
from engine.contract.text.refusal import Refused
from engine.contract.text.text import LANGUAGES
from engine.guides.guide import Guide, Try, load_guide
from gui.learner.progress import Progress, Question

MOST_ASKED = 3

State = Literal["untouched", "begun", "reached", "due"]
"""Not yet begun; begun; every goal of the guide reached; a question of it to be asked again."""


@dataclass(frozen=True)
class OldQuestion:
    """A question that is asked again, and the numbers with which it is asked this time: None for the guide's own."""

    experiment: str
    key: str
    variant: int | None

    def asked(self, language: str) -> Try:
        """The try, with its numbers put in; it begins from the defaults, whatever was on the stage."""
        found = next(one for one in load_guide(self.experiment, language).tries if one.key == self.key)
        return dataclasses.replace(found.varied(load(self.experiment), language, self.variant), adds=False)


def state_of(entry: Entry, progress: Progress, today: date | None) -> State:
    """How an experiment stands; without a day nothing is asked again."""
    if today is not None and due_questions(entry.id, progress, today):
        return "due"
    guide = _guide(entry.id) if progress.goals else None
    if guide is not None and guide.goals and all(goal.key in progress.goals for goal in guide.goals):
        return "reached"
    return "begun" if progress.is_begun else "untouched"


def open_goals(entry: Entry, progress: Progress, language: str) -> tuple[tuple[str, ...], int]:
    """The goals that are still to be reached before an experiment is complete, in words, and how many it has."""
    try:
        goals = load_guide(entry.id, language).goals
    except Refused:
        goals = ()
    return tuple(goal.words for goal in goals if goal.key not in progress.goals), len(goals)


def next_entry(whole: Mapping[str, Progress]) -> Entry | None:
    """The first experiment of the book that was not begun; None when all were."""
    return next((entry for entry in entries() if not whole.get(entry.id, Progress()).is_begun), None)


def due_questions(experiment_id: str, progress: Progress, today: date) -> dict[str, Question]:
    """The questions of an experiment that are to be asked again and that its guide still asks."""
    due = progress.due(today)
    guide = _guide(experiment_id) if due else None
    asking = {one.key for one in guide.tries if one.returns} if guide is not None else set()
    return {key: progress.questions[key] for key in due if key in asking}


def old_questions(whole: Mapping[str, Progress], today: date) -> tuple[OldQuestion, ...]:
    """Up to three questions for this day, those that were answered today included: of as many chapters as there are,
    first the ones of which somebody was sure and wrong, then those asked longest ago.
    """
    waiting = [
        ((not _is_surely_wrong(question), question.asked), entry, key)
        for entry in entries()
        for key, question in due_questions(entry.id, whole.get(entry.id, Progress()), today).items()
    ]
    waiting.sort(key=lambda one: one[0])
    # Every chapter has its turn before one has a second.
    turns: Counter[int] = Counter()
    by_turn = []
    for place, entry, key in waiting:
        turns[entry.chapter] += 1
        by_turn.append((turns[entry.chapter], place, entry, key))
    by_turn.sort(key=lambda one: one[:2])
    return tuple(
        OldQuestion(entry.id, key, _other_variant(entry.id, key, whole[entry.id].questions[key].variant))
        for _, _, entry, key in by_turn[: max(0, MOST_ASKED - _answered_again(whole, today))]
    )


def _answered_again(whole: Mapping[str, Progress], today: date) -> int:
    """How many questions of earlier days were answered today."""
    kept = (answers for progress in whole.values() for answers in progress.answers.values() if answers)
    return sum(answers[0].day < today == answers[-1].day for answers in kept)


def _is_surely_wrong(question: Question) -> bool:
    return question.box == 0 and question.given is not None and question.given.is_surely_wrong


def _other_variant(experiment_id: str, key: str, last: int | None) -> int | None:
    """The numbers that follow those of the last time; after the last ones the guide's own, which are None."""
    guide = _guide(experiment_id)
    count = next(len(one.variants) for one in guide.tries if one.key == key) if guide is not None else 0
    following = 0 if last is None else last + 1
    return following if following < count else None


def _guide(experiment_id: str) -> Guide | None:
    """A guide for what is the same in all languages; None where it cannot be read."""
    try:
        return load_guide(experiment_id, LANGUAGES[0])
    except Refused:
        return None
