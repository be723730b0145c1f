"""The path through the book: the state of each experiment, the next one, and the questions to repeat."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from engine.contract.catalogue import CatalogueEntry, entries, load
from engine.contract.text import LANGUAGES, Refused
from engine.guides.guide import Guide, Try, load_guide
from gui.learner.progress import Progress, Question

MOST_ASKED = 3

PathState = Literal["untouched", "begun", "reached", "due"]
"""Nothing done yet; begun; every goal of the guide reached; a question of the guide to be asked again."""


@dataclass(frozen=True)
class OldQuestion:
    """A question to ask again: its experiment, the key of its try, and the ``variant`` whose numbers are used this
    time, None for the guide's own numbers.
    """

    experiment: str
    key: str
    variant: int | None

    def asked(self, language: str) -> Try:
        """The try with the variant's numbers, changed to start from the defaults, whatever the experiment shows."""
        found = next(one for one in load_guide(self.experiment, language).tries if one.key == self.key)
        return dataclasses.replace(found.varied(load(self.experiment), language, self.variant), adds=False)


def state_of(entry: CatalogueEntry, progress: Progress, today: date | None) -> PathState:
    """The state of an experiment; if ``today`` is None, no questions count as due."""
    if today is not None and due_questions(entry.id, progress, today):
        return "due"
    guide = _guide(entry.id) if progress.goals else None
    if guide is not None and guide.goals and all(goal.key in progress.goals for goal in guide.goals):
        return "reached"
    return "begun" if progress.is_begun else "untouched"


def open_goals(entry: CatalogueEntry, progress: Progress, language: str) -> tuple[tuple[str, ...], int]:
    """The texts of an experiment's goals that are not reached, and how many goals it has."""
    try:
        goals = load_guide(entry.id, language).goals
    except Refused:
        goals = ()
    return tuple(goal.words for goal in goals if goal.key not in progress.goals), len(goals)


def next_entry(whole: Mapping[str, Progress]) -> CatalogueEntry | None:
    """The first experiment of the book that was not begun; None when all were."""
    return next((entry for entry in entries() if not whole.get(entry.id, Progress()).is_begun), None)


def due_questions(experiment_id: str, progress: Progress, today: date) -> dict[str, Question]:
    """The questions of an experiment that are due and still exist in its guide."""
    due = progress.due(today)
    guide = _guide(experiment_id) if due else None
    asking = {one.key for one in guide.tries if one.returns} if guide is not None else set()
    return {key: progress.questions[key] for key in due if key in asking}


def old_questions(whole: Mapping[str, Progress], today: date) -> tuple[OldQuestion, ...]:
    """Up to three questions for this day, including those answered today. They come from as many chapters as possible;
    first those that were answered wrongly although the learner was sure, then those asked longest ago.
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
    """The number of questions that were first answered on an earlier day and again today."""
    kept = (answers for progress in whole.values() for answers in progress.answers.values() if answers)
    return sum(answers[0].day < today == answers[-1].day for answers in kept)


def _is_surely_wrong(question: Question) -> bool:
    return question.box == 0 and question.given is not None and question.given.is_surely_wrong


def _other_variant(experiment_id: str, key: str, last: int | None) -> int | None:
    """The variant that follows the one used last; after the last variant None, which means the guide's own numbers."""
    guide = _guide(experiment_id)
    count = next(len(one.variants) for one in guide.tries if one.key == key) if guide is not None else 0
    following = 0 if last is None else last + 1
    return following if following < count else None


def _guide(experiment_id: str) -> Guide | None:
    """The guide of an experiment, in one language, for what is the same in all; None if it cannot be read."""
    try:
        return load_guide(experiment_id, LANGUAGES[0])
    except Refused:
        return None
