"""Answers to a lesson that has not been begun: a list of its tasks."""

from __future__ import annotations

from engine.lessons.answers import Answers, Done
from engine.lessons.lesson import Lesson
from engine.lessons.writing import digest_of


def no_answers(lesson: Lesson) -> Answers:
    """The empty answers to a lesson, with all of its tasks."""
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
