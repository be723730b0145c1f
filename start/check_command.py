"""The command ``check``: checks code written for exercises; prints one line a check, a table for a folder, or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from engine.contract.text import Refused, Text
from engine.exercises import default_stage
from engine.exercises.elsewhere import Checking
from engine.exercises.exercise import Exercise
from engine.exercises.sentences import sentence_of, step_words
from engine.exercises.source_file import read_source_file
from engine.exercises.verdict import Verdict
from engine.sandbox.lacking import what_is_not_held
from start.console import write_data, write_error, write_line
from start.given_files import given_files
from start.options import Option, given_or_help

_USAGE = "check FILE.py [FILE.py…] [--json] [--language L]"
_ABOUT = Text(
    "Checks what was written for an exercise, each file in a process of its own. The first line of a file names the "
    "exercise, as in “# Layerwise exercise: affine”; so does the file's name. A folder gives a table of all its files."
)
_OPTIONS = (
    Option("--json", Text("as JSON")),
    Option("--language", Text("language: en or zh_CN"), "L"),
)
_NOT_RIGHT = 1


def run_check(arguments: Sequence[str], language: str) -> int:
    """Checks and prints; returns 0 if everything is right, 1 otherwise."""
    given = given_or_help(arguments, _USAGE, _ABOUT, _OPTIONS, language)
    if given is None:
        return 0
    results, lacks = [], frozenset[str]()
    for path, files in given_files("check", given, ".py", below=True):
        for file in files:
            exercise, verdict, refusal, unheld = _checked(file)
            if unheld and not lacks:
                write_error(what_is_not_held(unheld).render(language))
            lacks |= unheld
            results.append((file, exercise, verdict, refusal))
            if not given.has("--json"):
                for line in _lines(file, exercise, verdict, refusal, language, as_row=path.is_dir()):
                    write_line(line)
    if given.has("--json"):
        write_data(json.dumps([_as_json(*one, language) for one in results], ensure_ascii=True, indent=1) + "\n")
    return 0 if all(verdict is not None and verdict.is_right for _, _, verdict, _ in results) else _NOT_RIGHT


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
