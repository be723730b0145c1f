"""Makes the text of a fault report: program, system, open experiment, traceback, end of the log."""

from __future__ import annotations

import json
import os
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtGui import QGuiApplication

from engine.version import PROGRAM
from gui.style.language import language
from gui.style.theme import theme
from gui.style.typography import zoom

if TYPE_CHECKING:
    from gui.page.experiment_page import ExperimentPage

LAST_LINES = 40
"""Number of lines of the log in a fault report."""
_MOST_READ = 40_000


def report_text(page: ExperimentPage | None, log_file: Path | None, details: str = "") -> str:
    """The text of a fault report, in English for the developers; ``page`` is the visible experiment's page, ``details``
    a traceback.

    It does not name the user: the home folder is written as ~.
    """
    parts = [_program(), _open_experiment(page)]
    if details:
        parts.append(f"Traceback\n{details.rstrip()}")
    parts.append(f"Last lines of the log\n{_end_of(log_file)}")
    text = "\n\n".join(parts) + "\n"
    for home in _spellings_of_home():
        text = text.replace(home, "~")
    return text


def _spellings_of_home() -> list[str]:
    """All spellings of the home folder's path that Python, Qt and the system use in messages, the longest first."""
    try:
        home = Path.home()
    except RuntimeError:  # it cannot be found out
        return []
    places = (str(home), os.path.realpath(home))
    spellings = {one for place in places for one in (place, place.replace("\\", "\\\\"), Path(place).as_posix())}
    return sorted((one for one in spellings if len(one) > 1), key=len, reverse=True)


def _program() -> str:
    kind = "bundle" if getattr(sys, "frozen", False) else "source"
    screen = QGuiApplication.primaryScreen()
    size = f", {screen.size().width()}×{screen.size().height()} at {screen.devicePixelRatio():g}" if screen else ""
    return "\n".join(
        [
            f"{PROGRAM} ({kind})",
            f"{platform.platform()}, Python {platform.python_version()}",
            f"PySide6 {PySide6.__version__}, {QGuiApplication.platformName()}{size}",
            f"{language()}, {theme().name}, zoom {zoom():g}",
        ]
    )


def _open_experiment(page: ExperimentPage | None) -> str:
    if page is None:
        return "No experiment was open."
    snapshot = page.controller.snapshot
    place = f", update {snapshot.frame.update}" if snapshot is not None else ""
    params = json.dumps(page.editor.params.to_json(), ensure_ascii=False)
    return f"{page.experiment.id}, seed {page.editor.seed}{place}\n{params}"


def _end_of(log_file: Path | None) -> str:
    if log_file is None:
        return "(no log could be written)"
    try:
        with log_file.open("rb") as file:
            file.seek(max(0, log_file.stat().st_size - _MOST_READ))
            lines = file.read(_MOST_READ).decode("utf-8", "replace").splitlines()
    except OSError:
        return "(there is none)"
    return "\n".join(lines[-LAST_LINES:]) or "(it is empty)"
