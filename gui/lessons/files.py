"""The file dialogs of lessons: opening a lesson, and saving its answers."""

from __future__ import annotations

import dataclasses
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.contract.text import Refused, Text
from engine.export.writing import write_together
from engine.lessons import plain_name
from engine.lessons.answers import SUFFIX as ANSWERS_SUFFIX
from engine.lessons.answers import answers_text, one_line
from gui.app.settings import Settings
from gui.lessons.lessons import Lessons
from gui.lessons.words import ANSWERS_FILTER, FILTER, NAME_ABOUT, NAME_TITLE, OPEN, SAVE_ANSWERS, SAVED
from gui.style.language import language, translate
from gui.window.dialogs import ask_where_to_save
from gui.window.notice_bar import BRIEF, NoticeBar

if TYPE_CHECKING:
    from engine.lessons.lesson import Lesson


class LessonFiles(QObject):
    """Asks for the files of lessons, and reads and writes them; if that fails, a notice says so and nothing changes."""

    def __init__(self, window: QWidget, lessons: Lessons, notice: NoticeBar, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._lessons, self._notice, self._settings = window, lessons, notice, settings
        self._name = ""
        lessons.answers_wanted.connect(self.save_answers)

    def open(self) -> None:
        """Ask for a lesson and open it."""
        path = self.ask(OPEN)
        if path is not None:
            self._lessons.open_path(path)

    def ask(self, title: Text) -> Path | None:
        """Ask for a lesson's file in a dialog with this title; None if cancelled."""
        folder = self._settings.folder
        name, _ = QFileDialog.getOpenFileName(self._window, translate(title), folder, translate(FILTER))
        if not name:
            return None
        self._settings.folder = str(Path(name).parent)
        return Path(name)

    def read(self, path: Path) -> Lesson | None:
        """The lesson in a file; None, with a notice, if it cannot be read."""
        from engine.lessons.reading import read_lesson

        try:
            return read_lesson(path)
        except Refused as refusal:
            self._notice.show_text(refusal.text)
            return None

    @Slot()
    def save_answers(self) -> None:
        """Ask for the learner's name, which may stay empty, then for a file, and save the answers there."""
        if self._lessons.answers is None:
            return
        from gui.window.dialogs import NameDialog

        dialog = NameDialog(NAME_TITLE, NAME_ABOUT, self._name, self._window)
        dialog.wanted.connect(self._save_answers)
        dialog.open()

    @Slot(str)
    def _save_answers(self, name: str) -> None:
        answers = self._lessons.answers
        if answers is None:
            return
        self._name = one_line(name)
        start = _free_place(Path(self._settings.folder), self._name or answers.title.render(language()))
        path = ask_where_to_save(
            self._window,
            SAVE_ANSWERS,
            start,
            translate(ANSWERS_FILTER),
            lambda path, _: with_suffix(path, ANSWERS_SUFFIX),
        )
        if path is not None:
            self._settings.folder = str(path.parent)
            self.write_answers(path, self._name)

    def write_answers(self, path: Path, name: str = "") -> bool:
        """Write the open lesson's answers, with this name, to a file; False, with a notice, if it fails."""
        answers = self._lessons.answers
        if answers is None:
            return False
        return self.write({path: answers_text(dataclasses.replace(answers, name=name)).encode()})

    def write(self, files: dict[Path, bytes]) -> bool:
        """Write all files or none; False, with a notice, if it fails."""
        try:
            write_together(files)
        except Refused as refusal:
            self._notice.show_text(refusal.text)
            return False
        self._notice.show_text(SAVED(path=", ".join(map(str, files))), BRIEF)
        return True


def _free_place(folder: Path, called: str) -> Path:
    """A path for answers that does not exist yet, since several learners may have no name or the same one. ``called``
    is the learner's name, or the lesson's title.
    """
    name = plain_name(called)
    names = chain([name], (f"{name} {number}" for number in count(2)))
    return next(place for one in names if not (place := folder / f"{one}{ANSWERS_SUFFIX}").exists())


def with_suffix(path: Path, suffix: str) -> Path:
    """A typed path completed by ``suffix``, which has two parts, such as .lesson.json."""
    if path.name.lower().endswith(suffix):
        return path
    last = suffix[suffix.rindex(".") :]
    return path.with_name(path.name.removesuffix(last) + suffix)
