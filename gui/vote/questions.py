"""The questions on which a class can vote: those of a guide, of a lesson's step, or of a chapter's test."""

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
    """A question on which a class can vote: a try of a guide or lesson (``asked``), whose verdict must be computed
    first, or a ``question`` of a chapter's test.

    ``id`` is the same in all languages. ``step`` is the step of the lesson that asks it, None outside a lesson.
    """

    id: str
    experiment: str
    asked: Try | None = None
    question: Question | None = None
    step: Step | None = None

    def ballot(self, language: str, verdict: Verdict | None) -> Ballot | None:
        """The question with its answers in a language, for the page. ``verdict`` is the computed result of its try.
        None is returned if that is missing or does not decide which answer is right.
        """
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
        """The question's try in a language; None for a question of a test."""
        if self.asked is None or self.step is not None:
            return asked_in(self.step, language) if self.step is not None else None
        found = (one.asked for one in questions_of_guide(self.experiment, language) if one.id == self.id)
        return next(found, self.asked)


def questions_of_guide(experiment_id: str, language: str) -> list[RoomQuestion]:
    """All questions of an experiment's guide, those of its main path first; empty if the guide cannot be read."""
    try:
        guide = load_guide(experiment_id, language)
    except Refused:
        return []
    experiment = load(experiment_id)
    tries = [asked.varied(experiment, language) for asked in guide.tries if asked.asks]
    in_order = sorted(tries, key=lambda asked: asked.more)
    return [RoomQuestion(f"guide:{experiment_id}:{asked.key}", experiment_id, asked) for asked in in_order]


def question_in_five_minutes(experiment_id: str, language: str) -> list[RoomQuestion]:
    """The one question that an experiment's guide names for a lesson of five minutes, as a list; empty if none."""
    try:
        asked = load_guide(experiment_id, language).in_five_minutes
    except Refused:
        return []
    every = questions_of_guide(experiment_id, language)
    return [one for one in every if asked is not None and one.asked is not None and one.asked.key == asked.key]


def question_of_step(step: Step, digest: str, number: int, language: str) -> list[RoomQuestion]:
    """The question of a lesson's step in a list, empty if it has none. ``digest`` identifies the lesson, ``number`` is
    the step's index.
    """
    asked = asked_in(step, language)
    return [RoomQuestion(f"lesson:{digest}:{number}", step.session.run.experiment, asked, step=step)] if asked else []


def at(questions: Sequence[RoomQuestion], key: str) -> int:
    """The index of the question whose try has this key; 0 if there is none."""
    return next((index for index, one in enumerate(questions) if one.asked is not None and one.asked.key == key), 0)
