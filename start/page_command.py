"""The command ``page``: the learner's progress as a page to print, from this computer or from an exported file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from engine.contract.catalogue import chapters
from engine.contract.text import Refused, Text
from start.options import LANGUAGE, Option, given_or_help, no_words, one_of

_USAGE = "page [--chapter N] [--name NAME] [--progress FILE] [--language L] -o OUT"
_ABOUT = Text(
    "Writes a page to print: answers, goals, exercises and tests, as .html or .pdf. Without --chapter it is about all "
    "chapters; a name stands on it only if it is given here."
)
_OPTIONS = (
    Option("--chapter", Text("of this chapter only"), "N"),
    Option("--name", Text("the name on the page"), "NAME"),
    Option("--progress", Text("read exported progress instead"), "FILE"),
    LANGUAGE,
    Option("-o", Text("the file to write: .html or .pdf"), "OUT"),
)
_NO_OUTPUT = Text("-o: no output; name a file, .html or .pdf.")


def run_page(arguments: Sequence[str], language: str) -> int:
    """Write the page and return 0; ``Refused`` for bad input, and then nothing was written."""
    given = given_or_help(arguments, _USAGE, _ABOUT, _OPTIONS, language)
    if given is None:
        return 0
    no_words(given)
    every = chapters()
    number = one_of("--chapter", given.last("--chapter"), [str(chapter.number) for chapter in every])
    output = given.last("-o")
    if not output:
        raise Refused(_NO_OUTPUT)

    from start.system_libraries import require_pictures

    require_pictures()
    from gui.app.settings import Settings
    from gui.learner.printed.document import check_suffix, write_page
    from gui.learner.printed.page import page_html
    from gui.learner.progress_files import read_progress_file

    path, source = Path(output), given.last("--progress")
    check_suffix(path)
    whole = read_progress_file(Path(source)) if source is not None else Settings().whole_progress()
    chosen = [chapter for chapter in every if number is None or str(chapter.number) == number]
    page = page_html(chosen, whole, language, date.today(), given.last("--name") or "")
    if path.suffix.lower() == ".pdf":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from gui.export.offscreen import application

        application()
    write_page(page, path, language)
    return 0
