"""The command ``check``: checks code that was written; prints one line a check, a table for a folder, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from engine.contract.text import Refused, Text, shortened
from engine.exercises import default_stage
from engine.exercises.checking import Checking
from engine.exercises.exercise import Exercise
from engine.exercises.sentences import sentence_of, step_words
from engine.exercises.source_file import read_source_file
from engine.exercises.verdict import Verdict
from engine.own_network.checking import is_network
from engine.own_network.stations import LAST
from engine.sandbox.lacking import what_is_not_held
from start import any_network_check
from start.any_network_check import check_class, classes_in, is_for_stations
from start.console import write_data, write_error, write_line
from start.given_files import given_files
from start.network_check import as_json, check_network, lines_of
from start.options import LANGUAGE, Option, given_or_help

_USAGE = "check FILE.py [FILE.py…] [--station N] [--json] [--language L]"
_ABOUT = Text(
    "Checks what was written for an exercise, each file in a process of its own. The first line of a file names the "
    "exercise, as in “# Layerwise exercise: affine”; so does the file's name. Any other file is taken for a network "
    "of your own: its class TwoLayerNet is checked station by station, any other class with params, loss and gradient "
    "as it is. A folder gives a table of all its files."
)
_OPTIONS = (
    Option("--station", Text("of a network only this station, 1 to {last}")(last=LAST), "N", repeated=True),
    Option("--json", Text("as JSON")),
    LANGUAGE,
)
_NO_STATION = Text("There is no station {words}. The stations are 1 to {last}.")
_NOT_RIGHT = 1


def run_check(arguments: Sequence[str], language: str) -> int:
    """Checks and prints; returns 0 if everything is right, 1 otherwise."""
    given = given_or_help(arguments, _USAGE, _ABOUT, _OPTIONS, language)
    if given is None:
        return 0
    orders = tuple(_order(words) for words in given.all("--station"))
    records, lacks, is_right = list[dict[str, object]](), frozenset[str](), True
    for path, files in given_files("check", given, ".py", below=True):
        for file in files:
            for told in _told_of(file, orders, language, as_row=path.is_dir()):
                is_right &= told.is_right
                records.append(told.record)
                if told.unheld and not lacks:
                    write_error(what_is_not_held(told.unheld).render(language))
                lacks |= told.unheld
                if not given.has("--json"):
                    for line in told.lines:
                        write_line(line)
    if given.has("--json"):
        write_data(json.dumps(records, ensure_ascii=True, indent=1) + "\n")
    return 0 if is_right else _NOT_RIGHT


class _Told(NamedTuple):
    """What is said of one file, or of one class of it."""

    is_right: bool
    lines: Iterable[str]
    record: dict[str, object]
    unheld: frozenset[str]


def _told_of(file: Path, orders: tuple[int, ...], language: str, as_row: bool) -> Iterator[_Told]:
    if not is_network(file):
        exercise, verdict, refusal, unheld = _checked(file)
        lines = _lines(file, exercise, verdict, refusal, language, as_row)
        record = _as_json(file, exercise, verdict, refusal, language)
        yield _Told(verdict is not None and verdict.is_right, lines, record, unheld)
        return
    if orders or is_for_stations(file):
        network = check_network(file, orders)
        yield _Told(network.is_right, lines_of(network, language, as_row), as_json(network, language), network.lacks)
    for name in () if orders else classes_in(file):
        checked = check_class(file, name, language)
        said = any_network_check.lines_of(checked, language, as_row)
        record = any_network_check.as_json(checked, language)
        yield _Told(checked.is_right, said, record, checked.lacks)


def _order(words: str) -> int:
    if words not in {str(order) for order in range(1, LAST + 1)}:
        raise Refused(_NO_STATION(words=shortened(words), last=LAST))
    return int(words)


def _checked(path: Path) -> tuple[Exercise | None, Verdict | None, Text | None, frozenset[str]]:
    """The result for one file, and the restrictions that the system could not impose on its code."""
    try:
        exercise, *_ = read = read_source_file(path)
    except Refused as refusal:
        return None, None, refusal.text, frozenset()
    checking = Checking(exercise, read.in_its_lines, default_stage(exercise))
    return exercise, checking.verdict(), None, checking.lacks


def _lines(
    path: Path, exercise: Exercise | None, verdict: Verdict | None, refusal: Text | None, language: str, as_row: bool
) -> list[str]:
    if exercise is None or verdict is None:
        return [f"×  {path}  {refusal.render(language) if refusal else ''}"]
    words = [text.render(language) for text in step_words(exercise)]
    said = sentence_of(verdict.failure, exercise).render(language) if verdict.failure else ""
    if as_row:
        sign = "✓" if verdict.is_right else "×"
        return [f"{sign}  {path}  {exercise.id}  {verdict.steps}/{len(words)}  {said}".rstrip()]
    held = [f"✓  {one}" for one in words[: verdict.steps]]
    failed = [f"×  {words[verdict.steps]}: {said}"] if verdict.failure else []
    return [f"{path}: {exercise.heading.render(language)}", *held, *failed]


def _as_json(
    path: Path, exercise: Exercise | None, verdict: Verdict | None, refusal: Text | None, language: str
) -> dict[str, object]:
    if exercise is None or verdict is None:
        return {"file": str(path), "right": False, "says": refusal.render(language) if refusal else ""}
    said = sentence_of(verdict.failure, exercise).render(language) if verdict.failure else ""
    return {"file": str(path), "exercise": exercise.id, "right": verdict.is_right, "says": said, **verdict.to_json()}
