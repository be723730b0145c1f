"""What was done, taken elsewhere and erased: a JSON file out and in, and a question before anything is forgotten."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine.contract.catalogue import chapters
from engine.contract.text.refusal import Refused, path_words, shortened
from engine.contract.text.text import Text, notation
from engine.data.plain_file import Unreadable, read_plain_file
from engine.export.writing import write_together
from gui.app.settings import Settings
from gui.learner.learner import Learner
from gui.learner.progress import Progress, json_in, read_progress, rewritten_progress
from gui.style.language import language, translate
from gui.window.notice_bar import BRIEF, NoticeBar
from gui.window.question_box import question_box
from gui.window.save_place import ask_where_to_save

_EXPORT = Text("Export progress")
_PAGE = Text("Page to print")
_PAGES = notation("{html} (*.html);;{pdf} (*.pdf)")
_IMPORT = Text("Import progress")
_FILTER = Text("Progress (*.json)")
_SAVED = Text("Saved: {path}")
_NOT_READ = Text("{path} could not be read: {reason}.")
_NO_PROGRESS = Text("{path} holds no progress of Layerwise.")
_ADDED = Text("What was done there has been added to what was done here.")
_ADDED_PARTLY = Text("What was done there has been added, but for what is too much to have been done by anybody.")
_NEWER = Text("{path}: its format is {found}, this program reads {known}.")
_ERASE = Text("Erase all progress?")
_ERASED = Text("Marks, goals reached and old questions will be forgotten. This cannot be undone. Exported files stay.")
_YES = Text("Erase")
_NO = Text("Keep")
_DONE = Text("Progress has been erased.")

_NAME = "layerwise-progress.json"
_PAGE_NAME = "layerwise.html"
_FORMAT, _EXPERIMENTS, _KNOWN = "layerwise_progress", "experiments", 1
_LARGEST = 4 * 2**20
_ID = re.compile(r"[a-z]\w{0,60}", re.ASCII)


class ProgressFiles(QObject):
    """Each method asks first; what cannot be done becomes a notice and changes nothing."""

    def __init__(self, window: QWidget, notice: NoticeBar, settings: Settings, learner: Learner) -> None:
        super().__init__(window)
        self._window, self._notice, self._settings, self._learner = window, notice, settings, learner

    def export(self) -> None:
        """Ask for a place and write there what was done."""
        start = Path(self._settings.folder) / _NAME
        path = ask_where_to_save(self._window, _EXPORT, start, translate(_FILTER), _completed)
        if path is not None:
            self._settings.folder = str(path.parent)
            self.write_to(path)

    def print_page(self, chapter: int | None) -> None:
        """Ask what is to stand on a page to print, this chapter first, then for a place, and write it there."""
        # Only now: it brings the guides along.
        from gui.learner.printed.dialog import PageDialog

        dialog = PageDialog(chapter, self._window)
        dialog.page_wanted.connect(self._save_page)
        dialog.open()

    def _save_page(self, chapter: int | None, name: str) -> None:
        start = Path(self._settings.folder) / _PAGE_NAME
        path = ask_where_to_save(self._window, _PAGE, start, translate(_PAGES(html="HTML", pdf="PDF")), _as_page)
        if path is not None:
            self._settings.folder = str(path.parent)
            self.write_page(path, chapter, name)

    def write_page(self, path: Path, chapter: int | None = None, name: str = "") -> None:
        """Write the page over a chapter, or over all, to a file."""
        from gui.learner.printed.files import write_page
        from gui.learner.printed.page import page_html

        chosen = [one for one in chapters() if chapter in (None, one.number)]
        page = page_html(chosen, self._learner.whole_progress(), language(), self._learner.today(), name)
        try:
            write_page(page, path, language())
        except Refused as refusal:
            self._say(refusal.text)
        else:
            self._say(_SAVED(path=path_words(path)), BRIEF)

    def bring_in(self) -> None:
        """Ask for a file and add what was done there to what was done here."""
        folder = self._settings.folder
        name, _ = QFileDialog.getOpenFileName(self._window, translate(_IMPORT), folder, translate(_FILTER))
        if name:
            self._settings.folder = str(Path(name).parent)
            self.add_from(Path(name))

    def write_to(self, path: Path) -> None:
        """Write what was done to a file."""
        try:
            write_together(
                {path: progress_text(self._learner.whole_progress(), self._settings.progress_as_found()).encode()}
            )
        except Refused as refusal:
            self._say(refusal.text)
        else:
            self._say(_SAVED(path=path_words(path)), BRIEF)

    def add_from(self, path: Path) -> None:
        """Add what a file holds."""
        try:
            whole = read_progress_file(path)
        except Refused as refusal:
            self._say(refusal.text)
        else:
            if self._learner.merge(whole):
                self._say(_ADDED, BRIEF)
            else:
                self._say(_ADDED_PARTLY)

    def erase(self) -> None:
        """Ask whether all is to be forgotten."""
        box = question_box(self._window, translate(_ERASE), translate(_ERASED))
        yes = box.addButton(translate(_YES), QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton(translate(_NO), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        yes.clicked.connect(self._erase)
        box.open()

    def _erase(self) -> None:
        self._learner.erase()
        self._say(_DONE, BRIEF)

    def _say(self, text: Text, milliseconds: int = 0) -> None:
        self._notice.show_text(text, milliseconds)


def _completed(path: Path, _: str) -> Path:
    return path if path.suffix else path.with_suffix(".json")


def _as_page(path: Path, chosen: str) -> Path:
    return (
        path if path.suffix.lower() in (".html", ".pdf") else path.with_suffix(".pdf" if "pdf" in chosen else ".html")
    )


def progress_text(whole: Mapping[str, Progress], as_found: Mapping[str, object] | None = None) -> str:
    """What was done, as a file holds it, with what a newer version left in it ``as_found``."""
    found = as_found or {}
    experiments = {name: rewritten_progress(found.get(name), one, one) for name, one in sorted(whole.items())}
    return json.dumps({_FORMAT: _KNOWN, _EXPERIMENTS: experiments}) + "\n"


def read_progress_file(path: Path) -> dict[str, Progress]:
    """What a file holds; what makes no sense in it is left out.

    ``Refused`` for a file that cannot be read, or that is none of these at all.
    """
    try:
        content = read_plain_file(path, _LARGEST)
    except Unreadable as error:
        raise Refused(_NOT_READ(path=path_words(path), reason=error.reason)) from None
    value = json_in(content.decode("utf-8-sig", errors="replace"))
    if not isinstance(value, dict) or _FORMAT not in value or not isinstance(value.get(_EXPERIMENTS), dict):
        raise Refused(_NO_PROGRESS(path=path_words(path)))
    if value[_FORMAT] != _KNOWN:
        raise Refused(_NEWER(path=path_words(path), found=shortened(value[_FORMAT]), known=_KNOWN))
    whole = {name: read_progress(progress) for name, progress in value[_EXPERIMENTS].items() if _ID.fullmatch(name)}
    return {name: progress for name, progress in whole.items() if not progress.is_empty}
