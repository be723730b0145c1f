"""The data types of a lesson: steps, each a saved experiment with text and at most one task of each kind."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.contract import catalogue
from engine.contract.experiment import Amount, Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params, fields_of
from engine.contract.run import Run, Session
from engine.contract.text import Refused, Text
from engine.guides.claim import Claim, parse_claims
from engine.guides.goal import Goal, Standing, parse_goal
from engine.guides.guide import GOAL_MINUTES
from engine.guides.sections import reading_minutes
from engine.guides.tries import Answer, AskedNumber, Reach, Try
from engine.lessons.answers import Words

SEED = "seed"
"""The name of the random seed in ``Step.may_change`` and ``Step.locked``."""
_QUESTION = Text("Question")
_EXERCISE_MINUTES = 8


@dataclass(frozen=True)
class Choice:
    """One of several answers; its ``claims`` are written as in a guide, CLAIM&CLAIM…, and hold only for the ``right``
    one.

    ``label`` names the quantity of a single claim; ``why`` is shown after this answer was chosen.
    """

    words: Words
    claims: str
    right: bool = False
    why: Words = Words()
    label: Words = Words()


@dataclass(frozen=True)
class Question:
    """A question asked before the result is shown: which of several ``choices`` will hold, or the value of a number.

    ``number`` is one claim such as ``x[1]=3.62``; its field holds the number, and ``label`` names it. ``changes`` are
    values as text by parameter, applied to the step's parameters; the run is then played to ``reach``, by default as
    far as the step's own run. ``after`` is shown after any answer.
    """

    words: Words
    choices: tuple[Choice, ...] = ()
    number: str = ""
    label: Words = Words()
    changes: Mapping[str, str] = field(default_factory=dict)
    reach: Reach = Reach()
    after: Words = Words()

    @property
    def right_choice(self) -> int | None:
        """The index of the choice marked as right; None where a number is asked for."""
        return next((index for index, one in enumerate(self.choices) if one.right), None)


@dataclass(frozen=True)
class Aim:
    """A goal of a step: ``target`` is written as in a guide (``engine.guides.goal``), but its changes start from the
    step, not from the defaults.

    ``labels`` name the quantities of its claims, one each or none; ``why`` is shown when the goal is reached.
    """

    words: Words
    target: str
    labels: tuple[Words, ...] = ()
    why: Words = Words()
    hints: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of a lesson: an experiment in the state of ``session``, with a text and tasks.

    ``may_change`` names the parameters that the learner may change, and ``seed`` if the seed may be changed; None means
    all. ``exercise`` is the id of an exercise of the experiment, "" for none: its code never runs before somebody
    presses Check.
    """

    session: Session
    title: Words
    words: Words
    may_change: tuple[str, ...] | None = None
    question: Question | None = None
    goal: Aim | None = None
    exercise: str = ""

    @property
    def experiment(self) -> Experiment[Any, Any]:
        """The experiment of the session."""
        return catalogue.load(self.session.run.experiment)

    @property
    def params(self) -> Params:
        """The session's parameters at its update, including live changes."""
        return self.session.run.params_at(self.session.update)

    @property
    def locked(self) -> tuple[str, ...]:
        """The names of the parameters that the learner may not change, with ``seed`` if the seed is one of them."""
        if self.may_change is None:
            return ()
        return tuple(name for name in (*fields_of(type(self.params)), SEED) if name not in self.may_change)


@dataclass(frozen=True)
class Lesson:
    """A lesson: ``title``, ``introduction``, which may be empty, and at least one step."""

    title: Words
    introduction: Words
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class StepTry(Try):
    """A step's question in the form of a guide's try, compared with the step's own run instead of one with default
    parameters.
    """

    session: Session | None = None

    def base(self, experiment: Experiment[Any, Any], current: Run | None = None) -> Run:
        """The run of the step's session, whatever the learner has changed since."""
        assert self.session is not None
        return self.session.run

    def run(self, experiment: Experiment[Any, Any], current: Run | None = None) -> Run:
        """The run of the step's session or, if the question has changes, a new one with the step's parameters and the
        changes.
        """
        assert self.session is not None
        if not self.changes:
            return self.session.run
        params = self.session.run.params_at(self.session.update)
        return Run(experiment.id, params.with_texts(self.changes), self.session.run.seed)


@dataclass(frozen=True)
class StepGoal(Goal):
    """A step's goal in the form of a guide's goal, starting from the step's parameters instead of the defaults."""

    begun: Params | None = None

    def start(self, experiment: Experiment[Any, Any]) -> Params:
        assert self.begun is not None
        return self.begun

    def standing(self, experiment: Experiment[Any, Any], params: Params, frame: Frame) -> Standing:
        """The state of a frame with respect to the goal; not reached if a claim does not apply to the frame."""
        try:
            return super().standing(experiment, params, frame)
        except Refused:
            return Standing(False, (), None)


def asked_in(step: Step, language: str) -> StepTry | None:
    """A step's question in one language, or None; ``Refused`` if a claim is invalid."""
    question = step.question
    if question is None:
        return None
    number = parse_claims(question.number)[0] if question.number else None
    return StepTry(
        target=f"lesson:{question.number}&{'|'.join(one.claims for one in question.choices)}",
        words=_QUESTION.render(language),
        text=question.words.render(language),
        changes=question.changes,
        reach=reach_in(step, question.reach),
        answers=tuple(
            Answer(one.words.render(language), _claims(one, language), one.why.render(language))
            for one in question.choices
        ),
        number=AskedNumber(number.field, question.label.render(language)) if number else None,
        after=question.after.render(language),
        session=step.session,
    )


def goal_in(step: Step, language: str) -> StepGoal | None:
    """A step's goal in one language, or None; ``Refused`` if its target is invalid."""
    aim = step.goal
    if aim is None:
        return None
    parsed = parse_goal(aim.target).labelled(tuple(label.render(language) for label in aim.labels))
    return StepGoal(
        **{one.name: getattr(parsed, one.name) for one in dataclasses.fields(Goal)}
        | {
            "words": aim.words.render(language),
            "why": aim.why.render(language),
            "hints": tuple(hint.render(language) for hint in aim.hints),
        },
        begun=step.params,
    )


def reach_in(step: Step, reach: Reach) -> Reach:
    """How far the run of a question or a goal is played: to ``reach`` if that is set, or else as far as the step."""
    return reach if reach.amount or reach.to_end else Reach(Amount(step.session.update, step.experiment.unit_ids[0]))


def _claims(choice: Choice, language: str) -> tuple[Claim, ...]:
    return parse_claims(choice.claims, choice.label.render(language))


def minutes_of_step(step: Step, language: str) -> int:
    """The estimated minutes for a step: its text, its question, its goal and its exercise."""
    asked = asked_in(step, language)
    of_question = asked.minutes if asked is not None else 0.0
    further = GOAL_MINUTES * (step.goal is not None) + _EXERCISE_MINUTES * bool(step.exercise)
    return math.ceil(reading_minutes([step.words.render(language)]) + of_question + further)
