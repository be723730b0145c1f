"""The packs in the learner's folder: installs and removes them, and lends what they bring to the rest of the window."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine.contract.fields.file import OfferedFile, laid_down, lend_files
from engine.contract.text import Refused, Text, enumerated, notation, path_words, shortened
from engine.glossary import Term, lend_terms
from engine.guides.guide import lend_guides
from engine.lessons import shipped_lessons
from engine.packs.installed import (
    FOLDER,
    Installed,
    folders_in_wheels,
    guides_over,
    installed_in,
    is_taken_in,
    progress_of,
    take_away,
    take_in,
)
from engine.packs.pack import Pack, read_pack
from engine.packs.trust import give_up, is_taken_up, take_up_trusted
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
_OF_WHEEL = Text("{path} came with a wheel, which pip takes away.")
_GONE = Text("The pack “{title}” is gone, and what was answered in it.")
_TRUST = Text("Trust the Python of “{title}”?")
_MEANS = Text(
    "It brings {count} files of Python, such as {files}. They may do all that you may do on this computer: trust them "
    "only if you know who made them. You are asked once, and again when the pack changes ({digest})."
)
_TRUST_IT, _LEAVE_OUT = Text("Trust it"), Text("Leave its Python out")
_NEXT_START = Text("The experiments of “{title}” are there from the next start on.")
_MOST_NAMED, _DIGITS = 3, 12
_OF = notation("{title} · {file}")


class Packs(QObject):
    """Manages the packs. ``changed`` is emitted when they have changed, ``leaving(ids)`` before experiments of a pack
    are removed. If something fails, a notice says so and nothing changes.
    """

    changed = Signal()
    leaving = Signal(object)

    def __init__(
        self, window: QWidget, notice: NoticeBar, settings: Settings, learner: Learner, lessons: Lessons
    ) -> None:
        super().__init__(window)
        self._window, self._notice, self._settings = window, notice, settings
        self._learner, self._lessons = learner, lessons
        self._installed: tuple[Installed, ...] | None = None
        self._is_lent = self.folder.is_dir()
        self._failed: dict[str, Text] = {}
        self.list_dialog: PacksDialog | None = None
        lend_guides(lambda experiment_id: guides_over(experiment_id, self.packs))
        lend_files(self._files)
        lend_terms(self._terms)
        window.destroyed.connect(_lend_nothing)

    @property
    def folder(self) -> Path:
        """The folder in which the packs are installed."""
        return self._settings.path.parent / FOLDER

    @property
    def installed(self) -> tuple[Installed, ...]:
        """All packs in the folder and those installed by pip, with their faults; read once until they change."""
        if self._installed is None:
            self._installed = installed_in(self.folder, folders_in_wheels())
        return self._installed

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The packs that have no fault."""
        return tuple(one.pack for one in self.installed if one.pack is not None)

    def take_up(self) -> None:
        """Make the experiments of packs with trusted Python available; called once, before the first page is built."""
        self._failed = take_up_trusted(self.packs, self._settings.trusts)

    def say_what_is_open(self) -> None:
        """Show the first fault of a pack, and ask about the first pack with Python of which it is undecided whether it
        is trusted.
        """
        faults = [*(one.fault for one in self.installed if one.fault is not None), *self._failed.values()]
        if faults:
            self._notice.show_text(faults[0])
        asked = next((one for one in self.packs if one.python and self.trusts(one) is None), None)
        if asked is not None:
            self.ask_for_trust(asked)

    def trusts(self, pack: Pack) -> bool | None:
        """Whether the Python of a pack, with its present files, is trusted; None if that was not decided."""
        return self._settings.trusts(pack.id, pack.digest)

    def ask_for_trust(self, pack: Pack) -> None:
        """Ask the user whether the Python of a pack is trusted."""
        title, files = pack.manifest.title.text, enumerated([shortened(one) for one in pack.python[:_MOST_NAMED]])
        meaning = translate(_MEANS(files=files, count=len(pack.python), digest=pack.digest[:_DIGITS]))
        box = question_box(self._window, translate(_TRUST(title=title)), meaning)
        yes = box.addButton(translate(_TRUST_IT), QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(translate(_LEAVE_OUT), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        yes.clicked.connect(lambda: self.decide(pack, True))
        no.clicked.connect(lambda: self.decide(pack, False))
        box.open()

    def decide(self, pack: Pack, trusts: bool) -> None:
        """Trust the Python of a pack, from the next start on, or distrust it at once."""
        if not trusts:
            self._close(pack)
        self._settings.set_trust(pack.id, pack.digest, trusts)
        self._look()
        title, what = pack.manifest.title.text, what_it_brings(pack, trusts)
        self._notice.show_text(_NEXT_START(title=title) if trusts else _HERE(title=title, what=what))

    @Slot()
    def ask(self) -> None:
        """Ask for a pack's file, and install it."""
        name, _ = QFileDialog.getOpenFileName(self._window, translate(_OPEN), self._settings.folder, translate(_FILTER))
        if name:
            self._settings.folder = str(Path(name).parent)
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Install the pack at a path; if one with its id is installed, ask first whether to replace it."""
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
        """Install the pack at a path; with ``replaces``, in place of one with the same id."""
        before = self.packs
        try:
            pack = take_in(path, self.folder, replaces)
        except Refused as refusal:
            self._notice.show_text(refusal.text)
            return
        for one in before:
            if one.id == pack.id and one.digest != pack.digest:
                self._close(one)
                gone = {*self._answered_in(one, self._settings.has_trusted(one.id))} - {*self._answered_in(pack, True)}
                self._learner.erase(gone)
                self._settings.forget_trust(pack.id)
        self._look()
        trusts = self.trusts(pack)
        what = what_it_brings(pack, trusts)
        self._notice.show_text(_HERE(title=pack.manifest.title.text, what=what), 2 * BRIEF)
        if pack.python and trusts is None:
            self.ask_for_trust(pack)

    def take_away(self, one: Installed) -> None:
        """Delete a pack, and the learner's progress in it; packs that pip installed are left to pip."""
        pack = one.pack
        if one.is_wheel:
            self._notice.show_text(_OF_WHEEL(path=path_words(one.path)))
            return
        answered = self._answered_in(pack, self._settings.has_trusted(pack.id)) if pack is not None else []
        try:
            take_away(one.path)
        except Refused as refusal:
            self._notice.show_text(refusal.text)
            return
        if pack is not None:
            self._close(pack)
            self._learner.erase(answered)
            self._settings.forget_trust(pack.id)
        self._look()
        if pack is not None:
            self._notice.show_text(_GONE(title=pack.manifest.title.text), BRIEF)

    def _close(self, pack: Pack) -> None:
        """Close an open lesson of a pack and the pages of its experiments, so that no more progress in it is stored."""
        gone = pack.own_experiments if is_taken_up(pack) else ()
        lesson, answers = self._lessons.lesson, self._lessons.answers
        if lesson is not None and answers is not None:
            is_over_gone = any(step.session.run.experiment in gone for step in lesson.steps)
            if is_over_gone or (self._lessons.path is None and answers.digest in _digests_in(pack)):
                self._lessons.leave()
        if gone:
            self.leaving.emit(gone)
            give_up(pack)
            self._settings.forget_left(gone)

    def _answered_in(self, pack: Pack, with_own: bool) -> list[str]:
        """The keys of the progress in a pack's guides and lessons, and ``with_own`` also in its own experiments;
        without, since experiments of a pack that was never trusted may have the ids of others with progress.
        """
        names = [name for name in self._learner.whole_progress() if name.startswith(progress_of(pack.id))]
        names += pack.own_experiments if with_own else ()
        return [*names, *map(lesson_key, _digests_in(pack))]

    def lessons_of(self, pack: Pack) -> list[tuple[Text, partial[None]]]:
        """The lessons of a pack: the title of each, and a function that opens it."""
        return [(pack.lesson_title(name).text, partial(self.open_lesson, pack, name)) for name in pack.lessons]

    def open_lesson(self, pack: Pack, name: str) -> None:
        """Open a lesson of a pack, by its file name in the pack; a notice if it cannot be read."""
        try:
            lesson = pack.lesson(name)
        except Refused as refusal:
            self._notice.show_text(Text("{title}: {reason}")(title=pack.manifest.title.text, reason=refusal.text))
            return
        self._lessons.open(lesson, None)

    @Slot()
    def show_all(self) -> None:
        """Show the list of packs. If pip installed some, create the folder of packs, so that the next start looks for
        them too.
        """
        if any(one.is_wheel for one in self.installed):
            with contextlib.suppress(OSError):
                self.folder.mkdir(parents=True, exist_ok=True)
            self._show_from_now_on()
        from gui.packs.list_dialog import PacksDialog

        if self.list_dialog is None:
            self.list_dialog = PacksDialog(lambda: self.installed, self.trusts, self._window)
            self.list_dialog.add_wanted.connect(self.ask)
            self.list_dialog.away_wanted.connect(self.take_away)
            self.list_dialog.trust_wanted.connect(self.ask_for_trust)
            self.list_dialog.distrusted.connect(lambda pack: self.decide(pack, False))
            self.changed.connect(self.list_dialog.refresh)
            self.list_dialog.destroyed.connect(self._list_closed)
        self.list_dialog.show()

    @Slot()
    def _list_closed(self) -> None:
        self.list_dialog = None

    def _look(self) -> None:
        self._installed = None
        self.changed.emit()

    def _show_from_now_on(self) -> None:
        """Emit ``changed`` once if there was no folder of packs at the start, so that packs from pip are shown."""
        if not self._is_lent:
            self._is_lent = True
            self.changed.emit()

    def _terms(self) -> dict[str, Term]:
        return {term_id: term for pack in reversed(self.packs) for term_id, term in pack.terms.items()}

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


def _digests_in(pack: Pack) -> set[str]:
    """The digests of a pack's lessons, without those that come with the program too."""
    if not pack.lessons:
        return set()
    from engine.lessons.reading import read_lesson
    from engine.lessons.writing import digest_of

    found = set()
    for name in pack.lessons:
        with contextlib.suppress(Refused):  # an unreadable lesson could not be answered
            found.add(digest_of(pack.lesson(name)))
    return found - {digest_of(read_lesson(path)) for path in shipped_lessons()}


def _lend_nothing() -> None:
    lend_guides(lambda _: ())
    lend_files(lambda _: ())
    lend_terms(dict)
