"""The file with a class's votes, a row for each question; saved after every change, and not trusted when read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.contract.plain_json import is_text, is_whole
from engine.contract.text import Refused, Text, path_words
from engine.data.plain_file import read_marked_file
from engine.lessons.answers import one_line
from engine.version import PROGRAM
from engine.votes.vote import MOST_HANDS, Vote

SUFFIX = ".votes.json"
FORMAT = 1
MOST_ROWS, MOST_OPTIONS = 5000, 12
_LARGEST = 16 * 2**20
_LONGEST_WORDS, _LONGEST_NAME, _LONGEST_TIME = 2000, 80, 40
_MARK = "layerwise_votes"
_NO_VOTES = Text("{path} holds no votes of Layerwise.")
_DAMAGED = Text("{path} is damaged: row {number} makes no sense.")


@dataclass(frozen=True)
class KeptVote:
    """A question that was voted on, with the counted hands.

    ``when`` is the local time at which it was asked, in ISO 8601 to the second; ``question`` the id of its ballot.
    Words are in the language in which it was asked. ``right`` is the index of the right answer, None if there is none;
    ``over`` tells whether the class has seen the answer.
    """

    when: str
    experiment: str
    question: str
    words: str
    options: tuple[str, ...]
    vote: Vote
    right: int | None = None
    over: bool = False

    def to_json(self) -> dict[str, Any]:
        """Returns the row as data for the JSON file."""
        rows = {name: list(row) for name, row in zip(("first", "second"), self.vote.hands, strict=True)}
        found = {"when": self.when, "experiment": self.experiment, "question": self.question, "words": self.words}
        return {**found, "options": list(self.options), **rows, "right": self.right, "over": self.over}


def read_votes(path: Path) -> tuple[KeptVote, ...]:
    """Reads the rows of a file, the oldest first; ``Refused`` names the file if it is invalid."""
    document = _document(path)
    rows = document["votes"]
    found = []
    for number, row in enumerate(rows, 1):
        if (kept := _row(row)) is None:
            raise Refused(_DAMAGED(path=path_words(path), number=number))
        found.append(kept)
    return tuple(found)


def with_vote(content: dict[str, Any], kept: KeptVote) -> dict[str, Any]:
    """The content of a file with a row added, or replaced if there is one with its question and time.

    If there are too many rows, the oldest are dropped. Other data, written by a newer version, is kept.
    """
    rows = [row for row in content.get("votes", []) if not (_is_same(row, kept))]
    return {**content, _MARK: FORMAT, "program": PROGRAM, "votes": [*rows, kept.to_json()][-MOST_ROWS:]}


def content_of(path: Path) -> dict[str, Any]:
    """The JSON content of a file, for ``with_vote``; empty if there is no file, ``Refused`` if it is invalid."""
    return _document(path) if path.exists() else {}


def text_of(content: dict[str, Any]) -> str:
    """The content as JSON text for the file."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def begun_since(rows: Sequence[KeptVote], question: str, since: datetime) -> KeptVote | None:
    """The newest row of this question that was asked after ``since``, a local time, and is not over."""
    first = since.isoformat(timespec="seconds")
    begun = (row for row in reversed(rows) if row.question == question and not row.over and row.when >= first)
    return next(begun, None)


def _document(path: Path) -> dict[str, Any]:
    value = read_marked_file(path, _MARK, FORMAT, _LARGEST, _NO_VOTES)
    if not isinstance(value.get("votes"), list):
        raise Refused(_NO_VOTES(path=path_words(path)))
    return value


def _is_same(row: object, kept: KeptVote) -> bool:
    return isinstance(row, dict) and row.get("when") == kept.when and row.get("question") == kept.question


def _row(row: object) -> KeptVote | None:
    if not isinstance(row, dict):
        return None
    when, experiment, question, words, options, right = (
        row.get(name) for name in ("when", "experiment", "question", "words", "options", "right")
    )
    hands = [row.get(name) for name in ("first", "second")]
    if not (
        is_text(when, _LONGEST_TIME, 10)
        and is_text(experiment, _LONGEST_NAME)
        and is_text(question, _LONGEST_NAME)
        and is_text(words, _LONGEST_WORDS)
        and isinstance(options, list)
        and 2 <= len(options) <= MOST_OPTIONS
        and all(is_text(one, _LONGEST_WORDS) for one in options)
        and all(_are_hands(one, len(options)) for one in hands)
        and (right is None or is_whole(right, len(options) - 1))
    ):
        return None
    first, second = (tuple(one) for one in hands if isinstance(one, list))
    when, experiment, words, *options = (one_line(one) for one in (when, experiment, words, *options))
    over = row.get("over") is True
    return KeptVote(when, experiment, question, words, tuple(options), Vote((first, second)), right, over)


def _are_hands(row: object, options: int) -> bool:
    return isinstance(row, list) and len(row) == options and all(is_whole(one, MOST_HANDS) for one in row)
