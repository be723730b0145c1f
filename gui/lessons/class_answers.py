"""A lesson's answers in the folder of the class: a file that is written after every answer, on a thread."""

from __future__ import annotations

import dataclasses
import getpass
import json
import os
from contextlib import suppress
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine.class_file import answers_folder
from engine.contract.plain_json import read_document
from engine.contract.text import Refused, Text
from engine.data.plain_file import Unreadable, read_plain_file
from engine.export.writing import not_written, reason_of, write_new, write_together
from engine.lessons import SUFFIX, plain_name
from engine.lessons.answers import LARGEST, LONGEST_NAME, Answers
from engine.lessons.answers import SUFFIX as ANSWERS_SUFFIX
from gui.app.promises import Promise
from gui.app.settings import Settings
from gui.run.aside import start_thread
from gui.window.notice_bar import NoticeBar

_THE_FILE = Text("The file of your answers for the class")
_NOT_YET = Text("{reason} Your answers are kept on this computer for now; it will be tried again.")
_WRITER = "writer"
_AGAIN = 10_000
"""Milliseconds after which a failed write is tried again."""
_LONGEST = 28
"""The most characters of the lesson's name, and of the learner's, in the name of a file, which may have 255 bytes."""


class ClassAnswers(QObject):
    """Writes the answers to a lesson to the learner's own file in the folder of the class; only the latest state is
    kept.

    A network share may be slow: the window waits for it only when it is closed. A failed write is reported once and
    tried again after the timer ``again``; ``emptied`` is emitted when nothing is left to be written.
    """

    emptied = Signal()
    _ended = Signal(str, object, object)

    def __init__(self, parent: QObject, notice: NoticeBar, settings: Settings) -> None:
        super().__init__(parent)
        self._notice, self._settings = notice, settings
        self._promise = Promise(self)
        self._waiting: dict[str, tuple[str, Answers]] = {}
        self._ours: dict[str, Path] = {}
        self._is_writing = self._is_said = False
        self.again = QTimer(self)
        self.again.setSingleShot(True)
        self.again.setInterval(_AGAIN)
        self.again.timeout.connect(self._go_on)
        self._ended.connect(self._take)

    def keep(self, lesson: Path | None, answers: Answers) -> None:
        """Write a lesson's answers as soon as possible; nothing without a folder of the class, for a lesson that has no
        file, or before it was begun.
        """
        if answers_folder() is None or lesson is None or not answers.is_begun:
            return
        self._waiting[answers.digest] = lesson.name.removesuffix(SUFFIX), answers
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        folder = answers_folder()
        if self._is_writing or not self._waiting or folder is None:
            return
        self.again.stop()
        self._is_writing = True
        self._promise.make(_THE_FILE)
        digest, (lesson, answers) = next(iter(self._waiting.items()))
        del self._waiting[digest]
        ours, writer = self._ours.get(digest), self._settings.writer
        before = self._settings.answers_file(digest) if ours is None else None
        start_thread(lambda: self._write(folder, lesson, answers, writer, ours, before), "answers for the class")

    def _write(
        self, folder: Path, lesson: str, answers: Answers, writer: str, ours: Path | None, before: Path | None
    ) -> None:
        """Write the answers; runs on the thread. ``ours`` is the file written earlier in this session, ``before`` that
        of an earlier session.
        """
        if ours is None and before is not None and before.parent == folder and _is_by(before, writer, answers.digest):
            ours = before
        failure = None
        try:
            ours = _written(folder, lesson, answers, writer, ours)
        except Refused as refusal:
            failure = refusal.text
        except OSError as error:
            failure = not_written(folder, reason_of(error))
        with suppress(RuntimeError):  # the window may be gone
            self._ended.emit(lesson, answers, (ours, failure))

    @Slot(str, object, object)
    def _take(self, lesson: str, answers: Answers, came: tuple[Path | None, Text | None]) -> None:
        path, failure = came
        self._is_writing = False
        if path is not None and self._ours.get(answers.digest) != path:
            self._ours[answers.digest] = path
            self._settings.keep_answers_file(answers.digest, path)
        if failure is not None:
            # Answers that came meanwhile are newer and stay.
            self._waiting.setdefault(answers.digest, (lesson, answers))
            if not self._is_said:
                self._is_said = True
                self._notice.show_text(_NOT_YET(reason=failure))
            self.again.start()
            self._promise.end(kept=False)
        elif self._waiting:
            self._go_on()
        else:
            self._is_said = False
            self._promise.end(kept=True)
            self.emptied.emit()


def _written(folder: Path, lesson: str, answers: Answers, writer: str, ours: Path | None) -> Path:
    """Write the answers to the file ``ours``, or to a new one under the first free name, and return its path."""
    if ours is not None:
        write_together({ours: _content(answers, _learner_in(ours, lesson), writer)})
        return ours
    taken: set[str] = set()
    with suppress(PermissionError):  # a folder that takes files and shows none; each name is tried then
        taken = {name.casefold() for name in os.listdir(folder)}
    for number in count(1):
        learner = f"{_account()} {number}" if number > 1 else _account()
        path = folder / f"{_stem(lesson)} {learner}{ANSWERS_SUFFIX}"
        # Another program may take the name between the two.
        if path.name.casefold() not in taken and write_new(path, _content(answers, learner, writer)):
            return path
    raise AssertionError("numbers do not end")


def _stem(lesson: str) -> str:
    return plain_name(lesson[:_LONGEST])


def _learner_in(path: Path, lesson: str) -> str:
    return path.name.removesuffix(ANSWERS_SUFFIX).removeprefix(f"{_stem(lesson)} ")


def _account() -> str:
    """The name of the user's account, which several learners may share."""
    try:
        name = getpass.getuser()
    except (ImportError, KeyError, OSError):  # an account without a name
        name = ""
    return plain_name(name[:_LONGEST]) if name.strip(". ") else "learner"


def _content(answers: Answers, learner: str, writer: str) -> bytes:
    """The content of the file; ``writer`` is an id that tells it from files of others with the same account name."""
    named = answers.name or learner[:LONGEST_NAME]
    found = {**dataclasses.replace(answers, name=named).to_json(), _WRITER: writer}
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _is_by(path: Path, writer: str, digest: str) -> bool:
    try:
        found = read_document(read_plain_file(path, LARGEST).decode("utf-8"), "layerwise_answers")
    except (Unreadable, ValueError):
        return False
    return (found.get(_WRITER), found.get("digest")) == (writer, digest)
