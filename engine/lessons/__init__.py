"""Lessons: sequences of steps through experiments, with text, questions, goals and exercises; each lesson is a file.

``lesson`` has the data types, ``reading`` and ``writing`` the file format. ``proving`` plays a lesson and reports
errors, ``answers`` has a learner's answers, ``table`` the results of a class.
"""

from __future__ import annotations

from pathlib import Path

from engine.contract.catalogue import RESOURCES
from engine.contract.text import Text

SUFFIX = ".lesson.json"
MOST_STEPS = 30
FEWEST_ANSWERS, MOST_ANSWERS = 2, 4
MOST_HINTS = 5
SHIPPED = {
    "1_xor": Text("XOR in 20 minutes"),
    "2_learning_rate": Text("Why the learning rate"),
    "3_cnn": Text("A CNN in an hour"),
}
"""The titles of the lessons that come with the program, by file name, so that the menu need not open the files."""

_SIGNS = '\\/:*?"<>|'
"""Characters that are not valid in file names on every system."""


def plain_name(words: str) -> str:
    """Words turned into a valid file name."""
    return "".join("_" if sign in _SIGNS else sign for sign in words).strip(". ") or SUFFIX.strip(".").partition(".")[0]


def shipped_lessons() -> tuple[Path, ...]:
    """The paths of the lessons that come with the program, in order."""
    return tuple(RESOURCES / "lessons" / f"{name}{SUFFIX}" for name in SHIPPED)
