"""Export, import, printing and deletion of progress, with their dialogs, and the warning when it cannot be saved."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine.contract.catalogue import chapters
from engine.contract.text import Refused, Text, path_words, shortened
from engine.data.plain_file import Unreadable, read_plain_file
from engine.export.writing import write_together
from gui.app.settings import Settings
from gui.learner.learner import Learner
from gui.learner.progress import Progress, json_in, read_progress, rewritten_progress
from gui.style.language import language, translate
from gui.window.dialogs import ask_before_losing, ask_where_to_save, question_box
from gui.window.notice_bar import BRIEF, NoticeBar

_EXPORT = Text("Export progress")
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
    """Exports, imports, prints and deletes progress, with their dialogs; if something fails, a notice says so and
    nothing changes.
    """

    def __init__(self, window: QWidget, notice: NoticeBar, settings: Settings, learner: Learner) -> None:
        super().__init__(window)
        self._window, self._notice, self._settings, self._learner = window, notice, settings, learner

    def export(self) -> None:
        """Ask for a file name and export the progress."""
        start = Path(self._settings.folder) / _NAME
        path = ask_where_to_save(self._window, _EXPORT, start, translate(_FILTER), _completed)
        if path is not None:
            self._settings.folder = str(path.parent)
            self.write_to(path)

    def print_page(self, chapter: int | None) -> None:
        """Open the dialog of the page to print, with this chapter preselected; from there ask for a file name and write
        the page.
        """
        # Only now: it brings the guides along.
        from gui.learner.printed.dialog import PageDialog

        dialog = PageDialog(chapter, self._window)
        dialog.page_wanted.connect(self._save_page)
        dialog.open()

    def _save_page(self, chapter: int | None, name: str) -> None:
        from gui.learner.printed.dialog import ask_for_page

        path = ask_for_page(self._window, Path(self._settings.folder) / _PAGE_NAME)
        if path is not None:
            self._settings.folder = str(path.parent)
            self.write_page(path, chapter, name)

    def write_page(self, path: Path, chapter: int | None = None, name: str = "") -> None:
        """Write the page about a chapter, or for None about all, to a file."""
        from gui.learner.printed.document import write_page
        from gui.learner.printed.page import page_html

        chosen = [one for one in chapters() if chapter in (None, one.number)]
        page = page_html(chosen, self._learner.whole_progress(), language(), self._learner.today(), name)
        try:
            write_page(page, path, language())
        except Refused as refusal:
            self._say(refusal.text)
        else:
            self._say(_SAVED(path=path_words(path)), BRIEF)

    def show_what_stays(self) -> None:
        """Open the dialog with figures of what the learner still knows, which can also be saved there."""
        from gui.learner.what_stays import what_stays
        from gui.learner.what_stays_dialog import WhatStaysDialog

        stays = what_stays(self._learner.whole_progress())
        WhatStaysDialog(stays, Path(self._settings.folder), self._write_figures, self._window).open()

    def _write_figures(self, path: Path, text: str) -> None:
        self._settings.folder = str(path.parent)
        try:
            write_together({path: text.encode()})
        except Refused as refusal:
            self._say(refusal.text)
        else:
            self._say(_SAVED(path=path_words(path)), BRIEF)

    def bring_in(self) -> None:
        """Ask for a file, and merge its progress into the learner's."""
        folder = self._settings.folder
        name, _ = QFileDialog.getOpenFileName(self._window, translate(_IMPORT), folder, translate(_FILTER))
        if name:
            self._settings.folder = str(Path(name).parent)
            self.add_from(Path(name))

    def write_to(self, path: Path) -> None:
        """Write the progress to a file."""
        try:
            write_together(
                {path: progress_text(self._learner.whole_progress(), self._settings.progress_as_found()).encode()}
            )
        except Refused as refusal:
            self._say(refusal.text)
        else:
            self._say(_SAVED(path=path_words(path)), BRIEF)

    def add_from(self, path: Path) -> None:
        """Merge the progress of a file into the learner's; a notice says if some was left out."""
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
        """Ask for confirmation, and delete all progress."""
        ask_before_losing(self._window, translate(_ERASE), translate(_ERASED), _YES, _NO, self._erase)

    def _erase(self) -> None:
        self._learner.erase()
        self._say(_DONE, BRIEF)

    def _say(self, text: Text, milliseconds: int = 0) -> None:
        self._notice.show_text(text, milliseconds)


def _completed(path: Path, _: str) -> Path:
    return path if path.suffix else path.with_suffix(".json")


def progress_text(whole: Mapping[str, Progress], as_found: Mapping[str, object] | None = None) -> str:
    """The progress as the text of a file; entries that only a newer version understands are taken from ``as_found``."""
    found = as_found or {}
    experiments = {name: rewritten_progress(found.get(name), one, one) for name, one in sorted(whole.items())}
    return json.dumps({_FORMAT: _KNOWN, _EXPERIMENTS: experiments}) + "\n"


def read_progress_file(path: Path) -> dict[str, Progress]:
    """The progress in a file, by experiment; invalid entries are left out.

    ``Refused`` for a file that cannot be read or has no progress in it.
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


EVERY_MS = 1000
_NOT_SAVED = Text("{reason} What you do is not saved for now; it will be tried again.")
_SAVED_OF_UNSAVED = Text("What you have done is saved now.")
_CLOSE = Text("Close without saving what you have done?")
_REASON = Text(
    "{reason} When the window closes, the latest answers and marks are lost. Export progress in the menu can keep them"
    " in another place."
)
_YES_OF_UNSAVED = Text("Close")
_AGAIN = Text("Try again")
_NO_OF_UNSAVED = Text("Stay")


class UnsavedProgress(QObject):
    """Warns when a window's progress could not be saved, tries again every second, and asks before the window is
    closed.
    """

    def __init__(self, window: QWidget, notice: NoticeBar, settings: Settings, learner: Learner) -> None:
        super().__init__(window)
        self._window, self._notice, self._settings = window, notice, settings
        self._said: Text | None = None
        self._given_up = False
        self._box: QMessageBox | None = None
        self._again = QTimer(self)
        self._again.setInterval(EVERY_MS)
        self._again.timeout.connect(self.try_again)
        learner.changed.connect(self._look)

    @Slot()
    def try_again(self) -> None:
        """Try to save again."""
        self._settings.save()
        self._look()

    def holds_open(self) -> bool:
        """Whether the window must stay open to ask about progress that could not be saved; tries to save it first."""
        self.try_again()
        reason = self._settings.unsaved
        if reason is None or self._given_up:
            return False
        self._ask(reason)
        return True

    @Slot()
    def _look(self) -> None:
        reason = self._settings.unsaved
        if reason is None and self._said is not None:
            self._again.stop()
            self._notice.take_back(self._said)
            self._said = None
            self._notice.show_text(_SAVED_OF_UNSAVED, BRIEF)
        elif reason is not None and self._said is None:
            self._said = _NOT_SAVED(reason=reason)
            self._notice.show_text(self._said)
            self._again.start()

    def _ask(self, reason: Text) -> None:
        if self._box is not None:
            return
        self._box = box = question_box(self._window, translate(_CLOSE), translate(_REASON(reason=reason)))
        box.addButton(translate(_YES_OF_UNSAVED), QMessageBox.ButtonRole.DestructiveRole).clicked.connect(self._close)
        again = box.addButton(translate(_AGAIN), QMessageBox.ButtonRole.AcceptRole)
        again.clicked.connect(self._window.close, Qt.ConnectionType.QueuedConnection)
        no = box.addButton(translate(_NO_OF_UNSAVED), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(again)
        box.setEscapeButton(no)
        box.finished.connect(self._answered)
        # Opened without waiting for it: the system, too, may ask the window to close.
        box.open()

    @Slot()
    def _answered(self) -> None:
        self._box = None

    @Slot()
    def _close(self) -> None:
        self._given_up = True
        self._window.close()
