"""Approved words: all that a learner reads of an experiment, as one text file, and what differs from it now."""

from __future__ import annotations

import difflib
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from engine.contract.catalogue import load
from engine.contract.handle import ProbePoint
from engine.contract.text import LANGUAGES
from tests.approved.declared import declared
from tests.approved.digest import alike_but_for_numbers, nearly
from tests.approved.kept import BESIDE_EACH_OTHER, Part, only, read, settled, written
from tests.approved.moments import moments, nearest_before
from tests.approved.said import said_of, spot_key
from tests.shots import Shot

FOLDER = Path(__file__).parent / "words"
_MADE_WITH = Path(__file__).parent / "arithmetic.txt"
"""The arithmetic that the words were approved with; with another one, what is left of rounding differs."""
_ROUNDED = re.compile(r"(frame|table|handle \S+ place|drag|click|form) ?")
_PROBE = re.compile(r"probe (\S+) \((\S+), (\S+)\)")
_MOST_LINES = 60


def check_words(experiment_id: str, quick: bool = False) -> None:
    """Fails where an experiment says something else than approved; with ``quick`` only its openings are looked at.

    The message has the lines that differ, and what to do with them.
    """
    __tracebackhide__ = True
    difference = words_difference(experiment_id, quick)
    if difference and arithmetic() != _MADE_WITH.read_text(encoding="utf-8").strip():
        # What is left of numbers that take each other away is another computer's own, and some of it is told.
        difference = words_difference(experiment_id, quick, numbers_too=False)
    assert not difference, "\n".join(
        (f"what {experiment_id} says is not what was approved:", *_shortened(difference), advice(experiment_id))
    )


def advice(experiment_id: str) -> str:
    """What to do with words that are meant so."""
    return f"Where it is meant so, look at each line, then: python3 -m tools.approved_words --approve {experiment_id}"


def arithmetic() -> str:
    """What stands for the last bits of this computer's sums, products and powers."""
    some = np.random.default_rng(0).standard_normal((48, 48))
    results = [np.exp(kind @ kind.T / 48) @ np.tanh(kind) for kind in (some, some.astype(np.float32))]
    return hashlib.sha256(b"".join(result.tobytes() for result in results)).hexdigest()[:16]


def words_difference(experiment_id: str, quick: bool = False, numbers_too: bool = True) -> list[str]:
    """The lines of a unified diff from the approved words to what is said now; empty where nothing differs.

    Without ``numbers_too`` two lines that differ in their numbers alone are the same.
    """
    same = _same if numbers_too else _same_words
    lines: list[str] = []
    for path, now in _files(experiment_id, quick):
        text = _read(path)
        before = only(text, {part.name for part in now}) if quick else text
        after = written(experiment_id, settled(now, read(text), same))
        file = path.relative_to(Path(__file__).parents[2]).as_posix()
        lines += difflib.unified_diff(
            before.splitlines(), after.splitlines(), f"approved: {file}", "now", lineterm="", n=1
        )
    return lines


def approve_words(experiment_id: str) -> bool:
    """Write anew what an experiment says; whether that changed a file."""
    changed = False
    for path, parts in _files(experiment_id):
        before, text = _read(path), written(experiment_id, parts)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        changed |= text != before
    _MADE_WITH.write_text(arithmetic() + "\n", encoding="utf-8", newline="\n")
    return changed


def path_of(experiment_id: str, language: str | None = None) -> Path:
    """The file of an experiment's approved words, in English and Chinese or in one of the other languages."""
    return (FOLDER / language if language else FOLDER) / f"{experiment_id}.txt"


def other_languages() -> list[str]:
    """Those that have files of their own."""
    return [language for language in LANGUAGES if language not in BESIDE_EACH_OTHER]


def _files(experiment_id: str, quick: bool = False) -> Iterator[tuple[Path, list[Part]]]:
    """Each file of an experiment with what is said now; in the other languages what the openings say in them."""
    path = path_of(experiment_id)
    kept = read(_read(path))
    parts = _parts(experiment_id, quick, kept, BESIDE_EACH_OTHER)
    yield path, parts
    for language in other_languages():
        own = [_without(one, parts) for one in _parts(experiment_id, True, kept, (language,))]
        yield path_of(experiment_id, language), own


def _without(part: Part, others: Sequence[Part]) -> Part:
    """A part with those lines alone that stand otherwise in the part of its name."""
    (other,) = (one.lines for one in others if one.name == part.name)
    return Part(part.name, {key: text for key, text in part.lines.items() if other.get(key) != text}, part.like)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _parts(experiment_id: str, quick: bool, kept: Sequence[Part], languages: tuple[str, ...]) -> list[Part]:
    experiment, found = load(experiment_id), moments(experiment_id, quick)
    spots = {part.name: list(_spots_of(part)) for part in kept}
    if any(shot.name not in spots for shot in found):
        spots = {**_new_spots(experiment_id, found), **spots}
    said = [
        said_of(
            experiment, shot, nearest_before(shot, found[:place]), sorted(spots[shot.name], key=spot_key), languages
        )
        for place, shot in enumerate(found)
    ]
    return [declared(experiment, found[0].frame, languages), *said]


def _spots_of(part: Part) -> Iterator[ProbePoint]:
    """Those that are asked about in approved words."""
    found = dict.fromkeys(match.groups() for match in map(_PROBE.match, part.lines) if match)
    for name, x, y in found:
        yield ProbePoint(float(x), float(y), "" if name == "·" else name)


def _new_spots(experiment_id: str, found: Sequence[Shot]) -> dict[str, list[ProbePoint]]:
    """Those of shots that nobody has approved yet, which takes a view."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from gui.export.offscreen import application
    from tests.approved.spots import chosen

    application()
    return chosen(load(experiment_id), found)


def _same(key: str, kept: str, now: str) -> bool:
    """Whether a line is as approved: words and what a learner reads exactly, digests but for rounding."""
    return kept == now or (_ROUNDED.match(key) is not None and nearly(kept, now))


def _same_words(key: str, kept: str, now: str) -> bool:
    return _same(key, kept, now) or alike_but_for_numbers(kept, now)


def _shortened(lines: Sequence[str]) -> list[str]:
    left = len(lines) - _MOST_LINES
    return [*lines[:_MOST_LINES], *([f"… and {left} more lines"] if left > 0 else [])]
