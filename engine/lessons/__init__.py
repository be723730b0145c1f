"""Lessons: steps through experiments with words, questions, goals and exercises, each lesson a file of its own.

``lesson`` is what one consists of, ``reading`` and ``writing`` are its file, ``proving`` plays it and says what does
not hold, ``answers`` is what a learner answered, ``table`` what a class did.
"""

from __future__ import annotations

from pathlib import Path

from engine.contract.catalogue import RESOURCES
from engine.contract.text.text import Text

SUFFIX = ".lesson.json"
MOST_STEPS = 30
FEWEST_ANSWERS, MOST_ANSWERS = 2, 4
MOST_HINTS = 5
SHIPPED = {
    "1_xor": Text("XOR in 20 minutes"),
    "2_learning_rate": Text("Why the learning rate"),
    "3_cnn": Text("A CNN in an hour"),
}
"""The lessons that come with the program, by the names of their files, with their titles, so that none is opened for
the menu."""


def shipped_lessons() -> tuple[Path, ...]:
    """The files of the lessons that come with the program, in their order."""
    return tuple(RESOURCES / "lessons" / f"{name}{SUFFIX}" for name in SHIPPED)
