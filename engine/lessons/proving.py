"""Validates a lesson by playing it: checks the author's statements about right answers and goals."""

from __future__ import annotations

import math
from collections.abc import Generator, Mapping
from numbers import Real

from engine.contract.experiment import Amount
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.text import Refused, Text, shortened
from engine.guides.proving import changes_in_words, findings_in_words
from engine.guides.tries import Verdict, checking, played
from engine.lessons.lesson import Lesson, Step, StepGoal, asked_in, goal_in, reach_in
from engine.lessons.reading import STEP, checked, number_claim

Proving = Generator[int, None, tuple[Text, ...]]
"""A generator that yields, after every small slice of work, the number of the current step; returns the errors."""

_RIGHT_FAILS = Text("the right answer “{answer}” does not come true: {findings}.")
_WRONG_HOLDS = Text("the wrong answer “{answer}” comes true as well.")
_NUMBER_FAILS = Text("the number is not as claimed: {findings}.")
_NO_NUMBER = Text("“{field}” is no number there: {value}.")
_REACHED = Text("the goal is reached already as the step opens.")
_REFERENCE = Text("the reference {changes} does not reach the goal.")
_NEAR = Text("{changes} is to miss the goal, but reaches it.")


def proving(lesson: Lesson) -> Proving:
    """Plays a lesson in small slices, so that the caller can do other things in between; returns a sentence for each
    error.

    Yields the number of the step being played.
    """
    found: list[Text] = []
    for number, step in enumerate(lesson.steps, 1):
        working = faults_of(step)
        try:
            while True:
                try:
                    next(working)
                except StopIteration as stop:
                    found += [STEP(number=number, reason=fault) for fault in stop.value]
                    break
                yield number
        except Refused as refusal:
            found.append(STEP(number=number, reason=refusal.text))
    return tuple(found)


def faults_of(step: Step) -> Generator[None, None, tuple[Text, ...]]:
    """A generator that returns the errors in one step; ``Refused`` if the step cannot be played at all."""
    checked(step)
    frame = yield from _opened(step)
    found: list[Text] = []
    asked = asked_in(step, "en")
    if asked is not None:
        verdict = yield from checking(step.experiment, asked)
        found += faults_of_question(step, verdict)
    goal = goal_in(step, "en")
    if goal is not None:
        if goal.standing(step.experiment, step.params, frame).reached:
            found.append(_REACHED)
        for changes, reaches in ((goal.reference, True), *((one, False) for one in goal.near)):
            if (yield from attempted(step, goal, changes)) != reaches:
                found.append((_REFERENCE if reaches else _NEAR)(changes=changes_in_words(changes)))
    return tuple(found)


def faults_of_question(step: Step, verdict: Verdict) -> list[Text]:
    """The errors in a step's answers, given the verdict on its question."""
    question = step.question
    assert question is not None
    if question.number:
        claim = number_claim(question.number)
        value = verdict.number
        if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
            return [_NO_NUMBER(field=shortened(claim.field), value=shortened(value))]
        finding = claim.test(verdict.frame, verdict.before)
        return [] if finding.holds else [_NUMBER_FAILS(findings=findings_in_words([finding]))]
    found = []
    for index, choice in enumerate(question.choices):
        holds, words = verdict.is_right(index), choice.words.text
        if choice.right and not holds:
            failing = [one for one in verdict.answers[index] if not one.holds]
            found.append(_RIGHT_FAILS(answer=words, findings=findings_in_words(failing)))
        elif holds and not choice.right:
            found.append(_WRONG_HOLDS(answer=words))
    return found


def attempted(step: Step, goal: StepGoal, changes: Mapping[str, str]) -> Generator[None, None, bool]:
    """A generator that returns whether a step's goal is reached with these changes to its initial parameters."""
    run = goal.run(step.experiment, changes, goal.seed if goal.seed is not None else step.session.run.seed)
    stop = reach_in(step, goal.reach).stop(step.experiment, run.params)
    frame = yield from played(step.experiment, run, stop)
    return goal.standing(step.experiment, run.params, frame).reached


def opened(step: Step) -> Generator[None, None, tuple[Params, Frame]]:
    """A generator that returns the parameters and the frame that a step shows when it is opened."""
    frame = yield from _opened(step)
    return step.params, frame


def _opened(step: Step) -> Generator[None, None, Frame]:
    stop = Amount(step.session.update, step.experiment.unit_ids[0])
    return (yield from played(step.experiment, step.session.run, stop))
