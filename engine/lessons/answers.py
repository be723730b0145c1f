"""A learner's answers in a lesson, step by step: kept by the program, and exported as a file on request."""

from __future__ import annotations

import dataclasses
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.contract.language import ENGLISH, LANGUAGES, known_languages
from engine.contract.plain_json import is_number, is_text, is_whole
from engine.contract.text import Refused, Text, enumerated, path_words, shortened, text_of
from engine.data.plain_file import read_marked_file
from engine.lessons import MOST_ANSWERS, MOST_STEPS
from engine.version import PROGRAM

LONGEST_TITLE, LONGEST_LINE, LONGEST_WORDS = 80, 300, 2000
"""The maximum lengths of a title, of one line such as an answer, and of a step's text, in characters."""
_NO_WORDS = Text("{what}: nothing is written there yet.")
_NOT_WORDS = Text("{what} is “{value}”, but words are a text, or one text for each of {languages}.")
_TOO_LONG = Text("{what} has more than {most} signs.")


@dataclass(frozen=True, init=False)
class Words:
    """A text in several languages, by their ids: ``Words(en="Sum", zh_CN="和")``.

    If a language is missing, the English text is used, or else that of the first language that has it.
    """

    said: tuple[tuple[str, str], ...]

    def __init__(self, **said: str) -> None:
        ordered = [(language, said[language]) for language in known_languages() if said.get(language)]
        object.__setattr__(self, "said", tuple(ordered))

    def __bool__(self) -> bool:
        return bool(self.said)

    def render(self, language: str) -> str:
        """The text in a language; if it is missing there, that of another language."""
        return self.typed(language) or self.typed(ENGLISH.id) or next((words for _, words in self.said), "")

    def typed(self, language: str) -> str:
        """The text that was entered in this language; "" if none was."""
        return dict(self.said).get(language, "")

    def with_typed(self, language: str, words: str) -> Words:
        """A copy with another text in this language."""
        return Words(**(dict(self.said) | {language: words}))

    @property
    def text(self) -> Text:
        """Converts to a ``Text`` of the program; braces are escaped."""
        return text_of({language: _escaped(self.render(language)) for language in LANGUAGES})

    def to_json(self) -> dict[str, str]:
        """Returns the words as JSON data for a lesson's file."""
        return dict(self.said)


def words_in_all(words: str) -> Words:
    """Uses one text for every language."""
    return Words(**dict.fromkeys(known_languages(), words))


def words_of(text: Text) -> Words:
    """Renders a ``Text`` of the program in every language that is offered."""
    return Words(**{language: text.render(language) for language in LANGUAGES})


def read_words(value: object, what: Text, most: int = LONGEST_WORDS, needed: bool = True) -> Words:
    """Parses words from JSON; ``what`` names them in the error message of ``Refused``.

    A single string is used for all languages. Invisible characters are removed; a title or a line is one line.
    """
    if value is None:
        found = Words()
    elif isinstance(value, str):
        found = words_in_all(_plain(value, most))
    elif isinstance(value, dict) and all(
        name in known_languages() and isinstance(one, str) for name, one in value.items()
    ):
        found = Words(**{name: _plain(one, most) for name, one in value.items()})
    else:
        languages = enumerated(LANGUAGES)
        raise Refused(_NOT_WORDS(what=what, value=shortened(value), languages=languages))
    if any(len(words) > most for _, words in found.said):
        raise Refused(_TOO_LONG(what=what, most=most))
    if needed and not found:
        raise Refused(_NO_WORDS(what=what))
    return found


def one_line(words: str) -> str:
    """Joins untrusted text to one line, without control characters that would affect a terminal or a window."""
    return " ".join("".join(sign if _is_seen(sign) else " " for sign in words).split())


def _plain(words: str, most: int) -> str:
    if most < LONGEST_WORDS:
        return one_line(words)
    return "\n".join(one_line(line) for line in words.splitlines()).strip()


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def _escaped(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


SUFFIX = ".answers.json"
FORMAT = 1
LARGEST = 256 * 1024
"""The maximum size in bytes of a file that is read; a step takes about two hundred."""
LONGEST_NAME = 80
NOT_SURE = -1
"""The value of ``Done.answer`` for "not sure"."""
_MOST_TRIES = 10_000
_DIGEST = re.compile(r"[0-9a-f]{16}")

_NO_ANSWERS = Text("{path} holds no answers to a lesson of Layerwise.")
_DAMAGED = Text("{path} is damaged: {what} makes no sense.")
_A_TITLE, _A_DIGEST, _STEPS = (
    Text("its title"),
    Text("its digest"),
    Text("its list of steps"),
)
_A_NAME, _A_STEP = Text("its name"), Text("step {number}")


@dataclass(frozen=True)
class Done:
    """What the learner has done in one step of a lesson.

    ``answer`` is the first answer: the index of a choice, a number, or ``NOT_SURE``; None if there is none yet.
    ``said`` is its text. ``right`` tells whether it was right, None for ``NOT_SURE``; ``expected`` is the right answer.
    ``tries`` counts all attempts, of which only the first one counts for the result.
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
        """Whether the learner has done anything in the step."""
        return bool(self.tries or self.reached or self.solved)

    def answered(self, answer: float, said: str, right: bool | None, expected: float) -> Done:
        """A copy with one more attempt counted; ``answer`` is stored only if it is the first."""
        if self.tries:
            return dataclasses.replace(self, tries=min(self.tries + 1, _MOST_TRIES))
        return dataclasses.replace(self, answer=answer, said=said, right=right, expected=expected, tries=1)

    def to_json(self) -> dict[str, Any]:
        """Returns the data as JSON for the file, without empty values."""
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
    """A learner's answers in the lesson that ``digest`` identifies; ``name`` is the learner's, "" if none was entered.

    ``place`` is the current step, counted from 0, −1 at the introduction.
    """

    title: Words
    digest: str
    steps: tuple[Done, ...]
    name: str = ""
    place: int = -1

    @property
    def is_begun(self) -> bool:
        """Whether the learner has done anything in the lesson."""
        return any(step.is_begun for step in self.steps)

    @property
    def asked(self) -> int:
        """The number of questions in the lesson."""
        return sum(step.asks for step in self.steps)

    @property
    def count_right(self) -> int:
        """The number of questions that were answered correctly at the first attempt."""
        return sum(step.right is True for step in self.steps)

    def with_step(self, index: int, done: Done) -> Answers:
        """A copy with the answer of one step."""
        return dataclasses.replace(self, steps=(*self.steps[:index], done, *self.steps[index + 1 :]))

    def joined(self, other: Answers) -> Answers:
        """Merges these answers with others to the same lesson; if both have a first answer to a step, this object's is
        kept.
        """
        if other.digest != self.digest or len(other.steps) != len(self.steps):
            return self
        pairs = zip(self.steps, other.steps, strict=True)
        return dataclasses.replace(self, steps=tuple(_joined(one, two) for one, two in pairs))

    def to_json(self) -> dict[str, Any]:
        """Returns the answers as JSON for a file or the settings."""
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
    """The answers as the text of a file."""
    return json.dumps(answers.to_json(), ensure_ascii=False, indent=1) + "\n"


def read_answers(path: Path) -> Answers:
    """Loads answers from a file; ``Refused``, with one sentence that names the file, if it is invalid."""
    value = read_marked_file(path, "layerwise_answers", FORMAT, LARGEST, _NO_ANSWERS)
    try:
        return answers_in(value)
    except Refused as refusal:
        raise Refused(_DAMAGED(path=path_words(path), what=refusal.text)) from None


def answers_in(value: Mapping[str, Any]) -> Answers:
    """Parses answers from JSON; ``Refused`` names the invalid part."""
    title = _words(value.get("lesson"), _A_TITLE)
    digest, name, rows, place = (value.get(key) for key in ("digest", "name", "steps", "place"))
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise Refused(_A_DIGEST)
    if name is not None and not is_text(name, LONGEST_NAME):
        raise Refused(_A_NAME)
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_STEPS:
        raise Refused(_STEPS)
    steps = tuple(_done(row, _A_STEP(number=number)) for number, row in enumerate(rows, 1))
    return Answers(title, digest, steps, one_line(name or ""), place if is_whole(place, len(steps) - 1) else -1)


def _done(row: object, what: Text) -> Done:
    if not isinstance(row, dict) or not is_text(row.get("experiment"), LONGEST_NAME):
        raise Refused(what)
    question, goal, exercise = (row.get(name) for name in ("question", "goal", "exercise"))
    if not all(isinstance(part, dict | None) for part in (question, goal, exercise)):
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
    if question is None or is_whole(tries := question.get("tries"), 0):
        return done
    answer, said, right, expected = (question.get(name) for name in ("answer", "said", "right", "expected"))
    numbers = is_whole(tries, _MOST_TRIES) and is_number(answer) and is_number(expected)
    if not numbers or not is_text(said, LONGEST_LINE) or not isinstance(right, bool | None):
        raise Refused(what)
    return dataclasses.replace(done, tries=tries, answer=answer, said=one_line(said), right=right, expected=expected)


def _joined(one: Done, two: Done) -> Done:
    first = one if one.tries or not two.tries else two
    return dataclasses.replace(first, reached=one.reached or two.reached, solved=one.solved or two.solved)


def _words(value: object, what: Text) -> Words:
    if isinstance(value, dict):  # a newer version may know more languages
        value = {language: words for language, words in value.items() if language in known_languages()}
    try:
        return read_words(value, what, LONGEST_TITLE)
    except Refused:
        raise Refused(what) from None


def is_choice(answer: float | None) -> bool:
    """Whether an answer can be the index of a choice, or is ``NOT_SURE``."""
    return isinstance(answer, int) and NOT_SURE <= answer < MOST_ANSWERS
