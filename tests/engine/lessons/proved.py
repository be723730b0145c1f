"""A lesson played to its end."""

from __future__ import annotations

from engine.contract.text import Text
from engine.lessons.lesson import Lesson
from engine.lessons.proving import proving


def prove(lesson: Lesson) -> tuple[Text, ...]:
    """One sentence for each error of a lesson."""
    steps = proving(lesson)
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            return stop.value
