"""``self-check``: opens every experiment in the window, one after the other, and says what does not work.

Settings and progress stay as they are.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.class_file import ClassFile, take_class, use_class
from engine.contract.catalogue import entries, entry_of
from engine.contract.text import LANGUAGES, Refused, Text, path_words, shortened
from start.console import write_line
from start.options import CLASS, LANGUAGE, Given, Option, help_text, no_words, one_of, parse
from start.program import folder_beside

if TYPE_CHECKING:
    from gui.app.self_check import Seen
    from gui.window.main_window import MainWindow

_USAGE = "self-check [--experiment ID]... [--seconds S] [--class FILE] [--json] [--language L]"
_ABOUT = Text(
    "Opens every experiment in the window, lets it run for a second and shows its code, then closes the window: one "
    "line each, and 1 as exit status where something does not work. Settings and progress stay as they are. With "
    "QT_QPA_PLATFORM=offscreen no screen is needed."
)
_OPTIONS = (
    Option("--experiment", Text("this experiment only"), "ID", repeated=True),
    Option("--seconds", Text("let each run so long, 1 unless given"), "S"),
    CLASS,
    Option("--json", Text("each line as JSON")),
    LANGUAGE,
)
_CLASS_WELL = Text("{path}: every key is understood.")
_WELL = Text("All {count} experiments work.")
_NOT_WELL = Text("{count} of {all} experiments do not work.")


def run_self_check(arguments: Sequence[str], language: str) -> int:
    """Opens, runs and closes; returns 0 if everything works, 1 otherwise."""
    given = parse(arguments, _OPTIONS)
    if given.has("--help"):
        write_line(help_text(_USAGE, _ABOUT, _OPTIONS, language))
        return 0
    no_words(given)
    one_of("--language", given.last("--language"), LANGUAGES)
    wanted = given.all("--experiment") or [entry.id for entry in entries()]
    for name in wanted:
        entry_of(name)
    seconds = _seconds(given)
    as_json = given.has("--json")

    of_class = _checked(take_class(given.last("--class"), folder_beside()))
    if of_class.path is not None and not as_json:
        write_line((of_class.told or _CLASS_WELL(path=path_words(of_class.path))).render(language))
    use_class(None)  # every panel is looked at

    from start.system_libraries import require_window

    require_window()
    from gui.app.plain_imports import skip_source_reading

    skip_source_reading()
    from gui.app.application import run_window
    from gui.app.faults import NotOpened
    from gui.app.self_check import SelfCheck
    from gui.app.settings import Settings

    seen: list[Seen] = []

    def told(one: Seen) -> None:
        seen.append(one)
        write_line(_as_json(one) if as_json else one.sentence.render(language))

    def begin(window: MainWindow) -> None:
        if as_json:
            write_line(json.dumps({"painted": True, "pid": os.getpid()}))
        SelfCheck(window, wanted, seconds, told)

    with tempfile.TemporaryDirectory(prefix="layerwise-") as folder:
        try:
            status = run_window(
                experiment=wanted[0], language=language, settings=Settings(Path(folder) / "settings.ini"), then=begin
            )
        except NotOpened as failure:
            write_line(failure.text.render(language), sys.stderr)
            return 1
    bad = len(wanted) - sum(not one.faults for one in seen)
    if not as_json:
        write_line((_NOT_WELL if bad else _WELL)(count=bad or len(wanted), all=len(wanted)).render(language))
    return status or int(bad > 0 or bool(of_class.problems))


def _checked(of_class: ClassFile) -> ClassFile:
    """The class file with what is wrong with its lesson and its folder, which the window sees only when it is there."""
    problems = list(of_class.problems)
    try:
        if of_class.lesson is not None:
            from engine.lessons.reading import read_lesson

            read_lesson(of_class.lesson)
    except Refused as refusal:
        problems.append(refusal.text)
    try:
        if of_class.answers is not None:
            from engine.export.writing import check_targets

            check_targets([of_class.answers / "answers"])
    except Refused as refusal:
        problems.append(refusal.text)
    return replace(of_class, problems=tuple(problems))


def _as_json(seen: Seen) -> str:
    return json.dumps(
        {
            "experiment": seen.experiment,
            "opened": round(seen.opened, 3),
            "frames": seen.frames,
            "sources": seen.sources,
            "faults": [text.render("en") for text in seen.faults],
        }
    )


def _seconds(given: Given) -> float:
    text = given.last("--seconds")
    try:
        seconds = 1.0 if text is None else float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 60:
        raise Refused(Text("--seconds: “{value}” is not a number from 0 to 60.")(value=shortened(text or "")))
    return seconds
