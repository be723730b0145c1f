"""The packs of the learner's folder: takes them in and away, and lends what they bring to the rest of the window."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine.contract.fields.file import OfferedFile, laid_down, lend_files
from engine.contract.text import Refused, Text, notation
from engine.guides.guide import lend_guides
from engine.packs.installed import (
    FOLDER,
    Installed,
    guides_over,
    installed_in,
    is_taken_in,
    progress_of,
    take_away,
    take_in,
)
from engine.packs.pack import Pack, read_pack
from gui.app.settings import Settings
from gui.learner.learner import Learner, lesson_key
from gui.lessons.lessons import Lessons
from gui.packs.words import what_it_brings
from gui.style.language import translate
from gui.window.dialogs import question_box
from gui.window.notice_bar import BRIEF, NoticeBar

if TYPE_CHECKING:
    from gui.packs.list_dialog import PacksDialog

_OPEN, _FILTER = Text("Add a pack"), Text("Packs (*.zip)")
_HERE = Text("The pack “{title}” is here: {what}.")
_REPLACE = Text("Replace the pack “{title}”?")
_REPLACED = Text("There is one of this name already. What was answered in it stays, where the questions are the same.")
_REPLACE_IT, _KEEP = Text("Replace"), Text("Keep")
_GONE = Text("The pack “{title}” is gone, and what was answered in it.")
_OF = notation("{title} · {file}")


class Packs(QObject):
    """The packs; ``changed`` tells that there are others. What fails becomes a notice and changes nothing."""

    changed = Signal()

    def __init__(
        self, window: QWidget, notice: NoticeBar, settings: Settings, learner: Learner, lessons: Lessons
    ) -> None:
        super().__init__(window)
        self._window, self._notice, self._settings = window, notice, settings
        self._learner, self._lessons = learner, lessons
        self._installed: tuple[Installed, ...] | None = None
        self._list: PacksDialog | None = None
        lend_guides(lambda experiment_id: guides_over(experiment_id, self.packs))
        lend_files(self._files)
        window.destroyed.connect(_lend_nothing)

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self._settings.path.parent / FOLDER

    @property
    def installed(self) -> tuple[Installed, ...]:
        """Everything in the folder, read once."""
        if self._installed is None:
            self._installed = installed_in(self.folder)
        return self._installed

    @property
    def packs(self) -> tuple[Pack, ...]:
        """Those without a fault."""
        return tuple(one.pack for one in self.installed if one.pack is not None)

    def say_faults(self) -> None:
        """Tell of the first one that has a fault, and is left out."""
        fault = next((one.fault for one in self.installed if one.fault is not None), None)
        if fault is not None:
            self._notice.show_text(fault)

    @Slot()
    def ask(self) -> None:
        """Ask for a pack's file, and take it in."""
        name, _ = QFileDialog.getOpenFileName(self._window, translate(_OPEN), self._settings.folder, translate(_FILTER))
        if name:
            self._settings.folder = str(Path(name).parent)
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Take in the pack at a path; where one of its id is there already, ask first."""
        try:
            pack = read_pack(path)
        except Refused as refusal:
            self._notice.show_text(refusal.text)
            return
        if not is_taken_in(pack, self.folder):
            self.take(path)
            return
        box = question_box(self._window, translate(_REPLACE(title=pack.manifest.title.text)), translate(_REPLACED))
        yes = box.addButton(translate(_REPLACE_IT), QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(translate(_KEEP), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        yes.clicked.connect(lambda: self.take(path, replaces=True))
        box.open()

    def take(self, path: Path, replaces: bool = False) -> None:
        """Take in the pack at a path, in place of one of its id if it ``replaces`` that."""
        try:
            pack = take_in(path, self.folder, replaces)
        except Refused as refusal:
            self._notice.show_text(refusal.text)
            return
        self._look()
        self._notice.show_text(_HERE(title=pack.manifest.title.text, what=what_it_brings(pack)), 2 * BRIEF)

    def take_away(self, one: Installed) -> None:
        """Delete a pack, and what was answered in it."""
        pack = one.pack
        answered = self._answered_in(pack) if pack is not None else ()
        try:
            take_away(one.path)
        except Refused as refusal:
            self._notice.show_text(refusal.text)
            return
        if pack is not None:
            self._learner.erase(answered)
        self._look()
        if pack is not None:
            self._notice.show_text(_GONE(title=pack.manifest.title.text), BRIEF)

    def _answered_in(self, pack: Pack) -> tuple[str, ...]:
        """What the keys of progress in its guides and lessons begin with."""
        from engine.lessons.writing import digest_of

        keys = [progress_of(pack.id)]
        for name in pack.lessons:
            try:
                keys.append(lesson_key(digest_of(pack.lesson(name))))
            except Refused:
                continue  # nobody could open it
        return tuple(keys)

    def lessons_of(self, pack: Pack) -> list[tuple[Text, partial[None]]]:
        """The lessons of a pack by title, each with what opens it."""
        return [(pack.lesson_title(name).text, partial(self.open_lesson, pack, name)) for name in pack.lessons]

    def open_lesson(self, pack: Pack, name: str) -> None:
        """Open a lesson of a pack."""
        try:
            lesson = pack.lesson(name)
        except Refused as refusal:
            self._notice.show_text(Text("{title}: {reason}")(title=pack.manifest.title.text, reason=refusal.text))
            return
        self._lessons.open(lesson, None)

    @Slot()
    def show_all(self) -> None:
        """Show the list of packs."""
        from gui.packs.list_dialog import PacksDialog

        if self._list is None:
            self._list = PacksDialog(lambda: self.installed, self._window)
            self._list.add_wanted.connect(self.ask)
            self._list.away_wanted.connect(self.take_away)
            self.changed.connect(self._list.refresh)
            self._list.destroyed.connect(self._list_closed)
        self._list.show()

    @Slot()
    def _list_closed(self) -> None:
        self._list = None

    def _look(self) -> None:
        self._installed = None
        self.changed.emit()

    def _files(self, suffixes: Sequence[str]) -> tuple[OfferedFile, ...]:
        return tuple(
            OfferedFile(
                _OF(title=pack.manifest.title.text, file=name.rpartition("/")[2]),
                partial(laid_down, name.rpartition("/")[2], pack.files[name]),
            )
            for pack in self.packs
            for name in pack.data
            if name.casefold().endswith(tuple(suffixes))
        )


def _lend_nothing() -> None:
    lend_guides(lambda _: ())
    lend_files(lambda _: ())
