"""The command ``pack``: proves packs, writes a first one, and lists those that are there."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path

from engine.contract.text import Refused, Text, counted, enumerated, path_words, shortened
from engine.export.record import Export
from engine.packs.checking import checking, over_own
from engine.packs.making import make_pack
from engine.packs.pack import Finding, Pack, at_line, read_pack
from engine.packs.trust import take_up
from start.console import write_data, write_line
from start.options import LANGUAGE, Option, given_or_help, no_words
from start.own_packs import take_up_own
from start.program import may_have_packs

_USAGE = "pack check PACK [PACK…] [--trust] [--json] | pack new FOLDER | pack list [--language L]"
_ABOUT = Text(
    "A pack is a folder or a .zip with further guides, lessons and data. 'check' plays all that it claims and says "
    "what does not hold, with file and line; 'new' writes a small one that holds, to begin with; 'list' shows those in "
    "your folder."
)
_OPTIONS = (
    Option("--trust", Text("run its own Python too: only where you know who made it")),
    Option("--json", Text("as JSON")),
    LANGUAGE,
)
_PARTS = ("check", "new", "list")
_WHICH = Text("pack needs one of {known}.")
_NO_PART = Text("pack has no “{word}”; there are {known}.")
_NOTHING = Text("pack {part} needs a folder.")
_HOLDS = Text("{path}: {guides}, {lessons}, {tables}; all of it holds.")
_FAILS = Text("{path}: {findings} in {guides}, {lessons}, {tables}.")
_NOT_RUN = Text("Its own Python, {count} of its files, was not run; --trust runs it too.")
_NOT_PLAYED = Text("Not played without it: {files}.")
_REST_HOLDS = Text("{path}: {guides}, {lessons}, {tables}; what was played of it holds.")
_MADE = Text("Written: {path}. Try it by 'pack check', change it, and open it in the window.")
_EMPTY = Text("There are no packs in {path}.")
_LEFT_OUT = Text("(its Python is left out)")
_NOT_RIGHT = 1


def run_pack(arguments: Sequence[str], language: str) -> int:
    """Does one part of the command; returns 0, or 1 where something of a pack does not hold."""
    given = given_or_help(arguments, _USAGE, _ABOUT, _OPTIONS, language)
    if given is None:
        return 0
    part, *words = given.words or [""]
    if part not in _PARTS:
        known = ", ".join(_PARTS)
        raise Refused(_NO_PART(word=shortened(part), known=known) if part else _WHICH(known=known))
    if part == "list":
        no_words(given, 1)
        return _list(language)
    if not words:
        raise Refused(_NOTHING(part=part))
    if part == "new":
        no_words(given, 2)
        make_pack(Path(words[0]))
        write_line(_MADE(path=path_words(words[0])).render(language))
        return 0
    return _check([Path(word) for word in words], language, given.has("--json"), given.has("--trust"))


def _check(paths: Sequence[Path], language: str, as_json: bool, trusted: bool) -> int:
    told, holds = list[dict[str, object]](), True
    read = [_read(path) for path in paths]
    # Those in the learner's folder may be what a lesson is over; of those that are checked what is given counts.
    if may_have_packs():
        take_up_own(language, [pack.id for pack in read if isinstance(pack, Pack)])
    for path, pack in zip(paths, read, strict=True):
        findings = _proved(pack, trusted) if isinstance(pack, Pack) else (pack,)
        holds &= not findings
        if as_json:
            told.append(
                {"pack": str(path), "holds": not findings, "findings": [_as_json(one, language) for one in findings]}
            )
            continue
        for one in findings:
            place = at_line(one.file, one.line, one.text) if one.file else one.text
            write_line(f"×  {place.render(language)}")
        if isinstance(pack, Pack):
            files = over_own(pack) if pack.python and not trusted else ()
            if pack.python and not trusted:
                write_line(_NOT_RUN(count=len(pack.python)).render(language))
                if files:
                    write_line(_NOT_PLAYED(files=enumerated([shortened(one) for one in files])).render(language))
            holding = _REST_HOLDS if files else _HOLDS
            write_line((_FAILS if findings else holding)(**_counts(path, pack, findings)).render(language))
    if as_json:
        write_data(json.dumps(told, ensure_ascii=True, indent=1) + "\n")
    return 0 if holds else _NOT_RIGHT


def _read(path: Path) -> Pack | Finding:
    """The pack, or why it cannot even be read; ``Refused`` if there is nothing at the path."""
    try:
        return read_pack(path)
    except Refused as refusal:
        if not path.exists():
            raise
        return Finding("", 1, refusal.text)


def _proved(pack: Pack, trusted: bool) -> tuple[Finding, ...]:
    """What does not hold in a pack."""
    # What the pack prints is none of the command's output.
    with redirect_stdout(sys.stderr):
        if trusted and (fault := take_up([pack]).get(pack.id)):
            return (Finding("", 1, fault),)
        working = checking(pack, trusted, _drawn if trusted and pack.own_experiments else None)
        while True:
            try:
                next(working)
            except StopIteration as stop:
                result: tuple[Finding, ...] = stop.value
                return result


def _drawn(export: Export) -> None:
    """Draw a figure as ``render`` does; what its view raises is raised, also where Qt had called it."""
    from start.render_command import DEFAULT_SIZE, prepare_drawing

    prepare_drawing()
    from gui.export.offscreen import figure_of

    raised: list[BaseException] = []
    before, sys.excepthook = sys.excepthook, lambda kind, error, trace: raised.append(error)
    try:
        with figure_of(export, DEFAULT_SIZE, "light") as figure:
            figure.view.stage.spoken()
    finally:
        sys.excepthook = before
    if raised:
        raise raised[0]


def _as_json(finding: Finding, language: str) -> dict[str, object]:
    return {"file": finding.file, "line": finding.line, "says": finding.text.render(language)}


def _counts(path: Path, pack: Pack, findings: Sequence[Finding]) -> dict[str, object]:
    return {
        "path": path_words(path),
        "guides": counted(len(pack.experiments), "guide"),
        "lessons": counted(len(pack.lessons), "lesson"),
        "tables": counted(len(pack.data), "data file"),
        "findings": counted(len(findings), "fault"),
    }


def _list(language: str) -> int:
    from engine.packs.installed import FOLDER, folders_in_wheels, installed_in
    from gui.app.settings import Settings

    settings = Settings()
    folder = settings.path.parent / FOLDER
    every = installed_in(folder, folders_in_wheels())
    for one in every:
        if one.pack is None:
            assert one.fault is not None
            write_line(f"×  {one.fault.render(language)}")
        else:
            title = one.pack.manifest.title.render(language)
            left_out = one.pack.python and settings.trusts(one.pack.id, one.pack.digest) is not True
            state = _LEFT_OUT.render(language) if left_out else ""
            write_line(f"✓  {one.pack.id}  {title}  {', '.join(one.pack.experiments)}  {state}".rstrip())
    if not every:
        write_line(_EMPTY(path=path_words(folder)).render(language))
    return _NOT_RIGHT if any(one.fault for one in every) else 0
