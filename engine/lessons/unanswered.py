"""The answers to a lesson that was not begun, which say what there is to be done in it."""

from __future__ import annotations

from engine.lessons.answers import Answers, Done
from engine.lessons.lesson import Lesson
from engine.lessons.writing import digest_of


def no_answers(lesson: Lesson) -> Answers:
    """Those to a lesson that was not begun."""
    steps = tuple(
        Done(
            title=step.title,
            experiment=step.session.run.experiment,
            asks=step.question is not None,
            aims=step.goal is not None,
            exercises=bool(step.exercise),
        )
        for step in lesson.steps
    )
    return Answers(lesson.title, digest_of(lesson), steps)
