"""What a lesson is: steps, each an experiment as it was left, with words and at most one thing asked of each kind."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.contract import catalogue
from engine.contract.experiment import Amount, Experiment
from engine.contract.output.frame import Frame
from engine.contract.params import Params, fields_of
from engine.contract.run.run import Run, Session
from engine.contract.text.refusal import Refused
from engine.contract.text.text import Text
from engine.guides.asked import AskedNumber
from engine.guides.claim import Claim, parse_claims
from engine.guides.goal import Goal, Standing, parse_goal
from engine.guides.tries import Answer, Reach, Try
from engine.lessons.words import Words

SEED = "seed"
"""How the random seed is named among what may be changed."""
_QUESTION = Text("Question")


@dataclass(frozen=True)
class Choice:
    """One of several answers: ``claims`` as in a guide, CLAIM&CLAIM…, which hold for the ``right`` one alone.

    ``label`` names the quantity of a single claim, ``why`` is told to who chose it.
    """

    words: Words
    claims: str
    right: bool = False
    why: Words = Words()
    label: Words = Words()


@dataclass(frozen=True)
class Question:
    """Something to be answered before it is shown: which of several ``choices`` comes true, or what a number is.

    ``number`` is one claim such as ``x[1]=3.62``, whose field holds the number, with the ``label`` as its name.
    ``changes`` are spelled values by name, put on top of the step; what comes of them is played to ``reach``, without
    one as far as the step was. ``after`` is told whatever was answered.
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
        """Which of the choices is said to be right; None where a number is asked for."""
        return next((index for index, one in enumerate(self.choices) if one.right), None)


@dataclass(frozen=True)
class Aim:
    """A goal of a step: ``target`` as in a guide (``engine.guides.goal``), counted from the step instead of defaults.

    ``labels`` name the quantities of its claims, one each or none; ``why`` is told when it is reached.
    """

    words: Words
    target: str
    labels: tuple[Words, ...] = ()
    why: Words = Words()
    hints: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Step:
    """An experiment as the ``session`` has it, and what is said and asked there.

    ``may_change`` names the fields that the learner may change, ``seed`` among them; None for all. ``exercise`` is the
    id of one of the experiment's, "" for none: nothing of it runs before somebody presses Check.
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
        """The experiment that is shown."""
        return catalogue.load(self.session.run.experiment)

    @property
    def params(self) -> Params:
        """The parameters that are shown, with the live changes made by then."""
        return self.session.run.params_at(self.session.update)

    @property
    def locked(self) -> tuple[str, ...]:
        """The names that the learner may not change, ``seed`` among them."""
        if self.may_change is None:
            return ()
        return tuple(name for name in (*fields_of(type(self.params)), SEED) if name not in self.may_change)

    @property
    def asks_anything(self) -> bool:
        """Whether there is something to be done in it."""
        return bool(self.question or self.goal or self.exercise)


@dataclass(frozen=True)
class Lesson:
    """A ``title``, an ``introduction``, which may be empty, and one step or more."""

    title: Words
    introduction: Words
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class StepTry(Try):
    """The question of a step as a guide's try, which begins from the step and not from the defaults."""

    session: Session | None = None

    def base(self, experiment: Experiment[Any, Any], current: Run | None = None) -> Run:
        """The run of the step, whatever has become of it meanwhile."""
        assert self.session is not None
        return self.session.run

    def run(self, experiment: Experiment[Any, Any], current: Run | None = None) -> Run:
        """The run of the step, or one of its own from the parameters that the step shows with the changes."""
        assert self.session is not None
        if not self.changes:
            return self.session.run
        params = self.session.run.params_at(self.session.update)
        return Run(experiment.id, params.with_texts(self.changes), self.session.run.seed)


@dataclass(frozen=True)
class StepGoal(Goal):
    """The goal of a step as a guide's, counted from the parameters that the step shows."""

    begun: Params | None = None

    def start(self, experiment: Experiment[Any, Any]) -> Params:
        assert self.begun is not None
        return self.begun

    def standing(self, experiment: Experiment[Any, Any], params: Params, frame: Frame) -> Standing:
        """How a frame stands to the goal; it is not reached where a stranger's claim makes no sense for the frame."""
        try:
            return super().standing(experiment, params, frame)
        except Refused:
            return Standing(False, (), None)


def asked_in(step: Step, language: str) -> StepTry | None:
    """The question of a step in one language; ``Refused`` where a claim is not one."""
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
    """The goal of a step in one language; ``Refused`` where its target is not one."""
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
    """How far the run of a question, or an attempt at a goal, is played: as said, or else as far as the step was."""
    return reach if reach.amount or reach.to_end else Reach(Amount(step.session.update, step.experiment.unit_ids[0]))


def _claims(choice: Choice, language: str) -> tuple[Claim, ...]:
    return parse_claims(choice.claims, choice.label.render(language))
