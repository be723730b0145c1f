"""What a learner answered in a lesson, step by step: kept by the program, and a file of its own once it is wanted."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.contract.plain_json import is_number, read_json
from engine.contract.text.language import CHINESE, ENGLISH
from engine.contract.text.refusal import Refused, path_words, shortened
from engine.contract.text.text import Text
from engine.data.plain_file import Unreadable, read_plain_file
from engine.lessons import MOST_ANSWERS, MOST_STEPS
from engine.lessons.words import LONGEST_LINE, LONGEST_TITLE, Words, one_line, read_words
from engine.version import PROGRAM

SUFFIX = ".answers.json"
FORMAT = 1
LARGEST = 256 * 1024
"""Bytes of the largest file that is read; a step takes two hundred."""
LONGEST_NAME = 80
NOT_SURE = -1
"""The answer of who is not sure."""
_MOST_TRIES = 10_000
_DIGEST = re.compile(r"[0-9a-f]{16}")

_NOT_OPENED = Text("{path} cannot be opened: {reason}.")
_NO_ANSWERS = Text("{path} holds no answers to a lesson of Layerwise.")
_NEWER = Text("{path}: its format is {found}, this program reads {known}.")
_DAMAGED = Text("{path} is damaged: {what} makes no sense.")
_A_TITLE, _A_DIGEST, _STEPS = (
    Text("its title"),
    Text("its digest"),
    Text("its list of steps"),
)
_A_NAME, _A_STEP = Text("its name"), Text("step {number}")


@dataclass(frozen=True)
class Done:
    """What was done in one step, and what there was to do.

    ``answer`` is which of the choices was taken first, or the number that was given first, ``NOT_SURE`` for neither,
    and None before; ``said`` is that in words. ``right`` is None for who was not sure; ``expected`` is what is right.
    So many ``tries`` were made, of which the first one counts.
    """

    title: Words
    experiment: str
    asks: bool = False
    aims: bool = False
    exercises: bool = False
    answer: float | None = None
    said: str = ""
    right: bool | None = None
    expected: float | None = None
    tries: int = 0
    reached: bool = False
    solved: bool = False

    @property
    def is_begun(self) -> bool:
        """Whether anything was done."""
        return bool(self.tries or self.reached or self.solved)

    def answered(self, answer: float, said: str, right: bool | None, expected: float) -> Done:
        """With one more answer; the first one stays."""
        if self.tries:
            return dataclasses.replace(self, tries=min(self.tries + 1, _MOST_TRIES))
        return dataclasses.replace(self, answer=answer, said=said, right=right, expected=expected, tries=1)

    def to_json(self) -> dict[str, Any]:
        """As the file holds it; what there is not is left out."""
        found: dict[str, Any] = {"title": self.title.to_json(), "experiment": self.experiment}
        if self.asks:
            given = {"answer": self.answer, "said": self.said, "right": self.right, "expected": self.expected}
            found["question"] = {"tries": self.tries, **(given if self.tries else {})}
        if self.aims:
            found["goal"] = {"reached": self.reached}
        if self.exercises:
            found["exercise"] = {"solved": self.solved}
        return found


@dataclass(frozen=True)
class Answers:
    """What one learner did in one lesson: ``digest`` says in which, ``name`` whose it is, "" where none was typed.

    ``place`` is the step that is open, counted from 0, −1 at the introduction.
    """

    title: Words
    digest: str
    steps: tuple[Done, ...]
    name: str = ""
    place: int = -1

    @property
    def is_begun(self) -> bool:
        """Whether anything was done."""
        return any(step.is_begun for step in self.steps)

    @property
    def asked(self) -> int:
        """How many questions there are."""
        return sum(step.asks for step in self.steps)

    @property
    def count_right(self) -> int:
        """How many questions were answered rightly at once."""
        return sum(step.right is True for step in self.steps)

    def with_step(self, index: int, done: Done) -> Answers:
        """With what was done in one step."""
        return dataclasses.replace(self, steps=(*self.steps[:index], done, *self.steps[index + 1 :]))

    def joined(self, other: Answers) -> Answers:
        """All that was done here or elsewhere in the same lesson; of two first answers the one from here stays."""
        if other.digest != self.digest or len(other.steps) != len(self.steps):
            return self
        pairs = zip(self.steps, other.steps, strict=True)
        return dataclasses.replace(self, steps=tuple(_joined(one, two) for one, two in pairs))

    def to_json(self) -> dict[str, Any]:
        """As a file, or the settings, hold it."""
        return {
            "layerwise_answers": FORMAT,
            "program": PROGRAM,
            "lesson": self.title.to_json(),
            "digest": self.digest,
            **({"name": self.name} if self.name else {}),
            "place": self.place,
            "steps": [step.to_json() for step in self.steps],
        }


def answers_text(answers: Answers) -> str:
    """The answers as a file holds them."""
    return json.dumps(answers.to_json(), ensure_ascii=False, indent=1) + "\n"


def read_answers(path: Path) -> Answers:
    """The answers in a file; ``Refused`` with one sentence that names the file for anything else."""
    try:
        value = read_json(read_plain_file(path, LARGEST).decode("utf-8-sig"))
    except Unreadable as error:
        raise Refused(_NOT_OPENED(path=path_words(path), reason=error.reason)) from None
    except ValueError:
        raise Refused(_NO_ANSWERS(path=path_words(path))) from None
    if not isinstance(value, dict) or "layerwise_answers" not in value:
        raise Refused(_NO_ANSWERS(path=path_words(path)))
    if value["layerwise_answers"] != FORMAT:
        found = shortened(value["layerwise_answers"])
        raise Refused(_NEWER(path=path_words(path), found=found, known=FORMAT))
    try:
        return answers_in(value)
    except Refused as refusal:
        raise Refused(_DAMAGED(path=path_words(path), what=refusal.text)) from None


def answers_in(value: Mapping[str, Any]) -> Answers:
    """The answers that something read from JSON stands for; ``Refused`` names the part that makes no sense."""
    title = _words(value.get("lesson"), _A_TITLE)
    digest, name, rows, place = (value.get(key) for key in ("digest", "name", "steps", "place"))
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise Refused(_A_DIGEST)
    if name is not None and (not isinstance(name, str) or len(name) > LONGEST_NAME):
        raise Refused(_A_NAME)
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_STEPS:
        raise Refused(_STEPS)
    steps = tuple(_done(row, _A_STEP(number=number)) for number, row in enumerate(rows, 1))
    known = isinstance(place, int) and not isinstance(place, bool) and -1 <= place < len(steps)
    return Answers(title, digest, steps, one_line(name or ""), place if known and isinstance(place, int) else -1)


def _done(row: object, what: Text) -> Done:
    if not isinstance(row, dict) or not isinstance(row.get("experiment"), str) or len(row["experiment"]) > LONGEST_NAME:
        raise Refused(what)
    question, goal, exercise = (row.get(name) for name in ("question", "goal", "exercise"))
    if not all(part is None or isinstance(part, dict) for part in (question, goal, exercise)):
        raise Refused(what)
    done = Done(
        title=_words(row.get("title"), what),
        experiment=one_line(row["experiment"]),
        asks=question is not None,
        aims=goal is not None,
        exercises=exercise is not None,
        reached=goal is not None and goal.get("reached") is True,
        solved=exercise is not None and exercise.get("solved") is True,
    )
    tries = question.get("tries") if isinstance(question, dict) else 0
    if not isinstance(tries, int) or isinstance(tries, bool) or not 0 <= tries <= _MOST_TRIES:
        raise Refused(what)
    if not tries or not isinstance(question, dict):
        return done
    answer, said, right, expected = (question.get(name) for name in ("answer", "said", "right", "expected"))
    if not isinstance(said, str) or len(said) > LONGEST_LINE or not isinstance(right, (bool, type(None))):
        raise Refused(what)
    if not is_number(answer) or not is_number(expected):
        raise Refused(what)
    return dataclasses.replace(done, tries=tries, answer=answer, said=one_line(said), right=right, expected=expected)


def _joined(one: Done, two: Done) -> Done:
    first = one if one.tries or not two.tries else two
    return dataclasses.replace(first, reached=one.reached or two.reached, solved=one.solved or two.solved)


def _words(value: object, what: Text) -> Words:
    if isinstance(value, dict):  # a newer version may know more languages
        value = {language: words for language, words in value.items() if language in (ENGLISH.id, CHINESE)}
    try:
        return read_words(value, what, LONGEST_TITLE)
    except Refused:
        raise Refused(what) from None


def is_choice(answer: float | None) -> bool:
    """Whether an answer can be which of several choices was taken."""
    return isinstance(answer, int) and NOT_SURE <= answer < MOST_ANSWERS
