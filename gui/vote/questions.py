"""Which questions can be asked of the room: those of the visible guide, lesson or chapter test."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from engine.chapter_tests.question import Question
from engine.contract.catalogue import load
from engine.contract.text import Refused
from engine.guides.guide import load_guide
from engine.guides.tries import Try, Verdict
from engine.lessons.lesson import Step, asked_in
from engine.lessons.proving import faults_of_question
from engine.votes.ballot import Ballot, ballot_of_question, ballot_of_try
from gui.style.language import show_one_after_the_other


@dataclass(frozen=True)
class RoomQuestion:
    """A question that can be asked of the room: a try, whose verdict is computed first, or one of a chapter's test.

    ``id`` is the same in every language. ``step`` is the lesson's, whose question a try may be.
    """

    id: str
    experiment: str
    asked: Try | None = None
    question: Question | None = None
    step: Step | None = None

    def ballot(self, language: str, verdict: Verdict | None) -> Ballot | None:
        """The question with its answers in a language; ``verdict`` is that of its try. None if nothing decides it."""
        if self.question is not None:
            return ballot_of_question(self.id, self.experiment, self.question, language)
        asked = self.in_language(language)
        if asked is None or verdict is None or (self.step is not None and faults_of_question(self.step, verdict)):
            return None
        ballot = ballot_of_try(self.id, self.experiment, asked, verdict, language)
        if self.step is None:
            return ballot
        # What the step says is not to be read on the stage, which the question covers.
        said = self.step.words.render(language)
        return dataclasses.replace(
            ballot, title=self.step.title.render(language), words=show_one_after_the_other((said, ballot.words))
        )

    def in_language(self, language: str) -> Try | None:
        """The try in a language; None for a question of a test."""
        if self.asked is None or self.step is not None:
            return asked_in(self.step, language) if self.step is not None else None
        found = (one.asked for one in questions_of_guide(self.experiment, language) if one.id == self.id)
        return next(found, self.asked)


def questions_of_guide(experiment_id: str, language: str) -> list[RoomQuestion]:
    """All questions of a guide, those of the path first; none where the guide cannot be read."""
    try:
        guide = load_guide(experiment_id, language)
    except Refused:
        return []
    experiment = load(experiment_id)
    tries = [asked.varied(experiment, language) for asked in guide.tries if asked.asks]
    in_order = sorted(tries, key=lambda asked: asked.more)
    return [RoomQuestion(f"guide:{experiment_id}:{asked.key}", experiment_id, asked) for asked in in_order]


def question_in_five_minutes(experiment_id: str, language: str) -> list[RoomQuestion]:
    """The question that stands for a guide where there are five minutes."""
    try:
        asked = load_guide(experiment_id, language).in_five_minutes
    except Refused:
        return []
    every = questions_of_guide(experiment_id, language)
    return [one for one in every if asked is not None and one.asked is not None and one.asked.key == asked.key]


def question_of_step(step: Step, digest: str, number: int, language: str) -> list[RoomQuestion]:
    """The question of a lesson's step, if it has one."""
    asked = asked_in(step, language)
    return [RoomQuestion(f"lesson:{digest}:{number}", step.session.run.experiment, asked, step=step)] if asked else []


def at(questions: Sequence[RoomQuestion], key: str) -> int:
    """The index of the question of a guide whose try has this key; 0 where none has."""
    return next((index for index, one in enumerate(questions) if one.asked is not None and one.asked.key == key), 0)
