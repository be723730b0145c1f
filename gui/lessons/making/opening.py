"""Opens the window for making lessons: for a new lesson, for the open one, or for one from a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from engine.lessons import SUFFIX, plain_name, shipped_lessons
from gui.app.settings import Settings
from gui.lessons import words
from gui.lessons.files import LessonFiles, with_suffix
from gui.lessons.lessons import Lessons, Window
from gui.style.language import language, translate
from gui.window.dialogs import ask_where_to_save

if TYPE_CHECKING:
    from engine.contract.run import Session
    from engine.lessons.lesson import Lesson
    from gui.lessons.making.draft import Draft, DraftStep
    from gui.lessons.making.maker_dialog import MakerDialog
    from gui.lessons.making.quantities import Named


class Making(QObject):
    """Manages the window for making lessons, of which there is at most one. Modules that only it needs are imported
    where they are used.
    """

    def __init__(self, window: QWidget, host: Window, lessons: Lessons, files: LessonFiles, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._host, self._lessons = window, host, lessons
        self._files, self._settings = files, settings
        self._path: Path | None = None
        self.dialog: MakerDialog | None = None
        lessons.edit_wanted.connect(self.edit)

    def begin(self) -> None:
        """Open the window with a new lesson, whose first step is what the stage shows."""
        from gui.lessons.making.draft import Draft, DraftStep

        if self._show_again():
            return
        self._path = None
        session = self._session()
        self._open(Draft(steps=[] if session is None else [DraftStep.of_session(session)]))

    @Slot()
    def edit(self) -> None:
        """Open the window with the lesson that is open."""
        if not self._show_again() and self._lessons.lesson is not None:
            self._edit(self._lessons.lesson, self._lessons.path)

    def edit_file(self) -> None:
        """Ask for a lesson's file, to edit it without opening the lesson."""
        if not self._show_again() and (path := self._files.ask(words.EDIT_FILE)) is not None:
            self.edit_path(path)

    def edit_path(self, path: Path) -> bool:
        """Open the window with the lesson in a file; False, with a notice, if it cannot be read."""
        lesson = self._files.read(path)
        if lesson is None:
            return False
        self._edit(lesson, path)
        return True

    def _edit(self, lesson: Lesson, path: Path | None) -> None:
        from gui.lessons.making.draft import Draft

        # Shipped lessons are not overwritten.
        self._path = None if path in shipped_lessons() else path
        self._open(Draft.of_lesson(lesson))

    def holds_open(self) -> bool:
        """Whether there are unsaved changes, which keep the main window open; asks whether to discard them."""
        if self.dialog is None or self.dialog.is_saved:
            return False
        self.dialog.reject()
        return True

    def _show_again(self) -> bool:
        if self.dialog is None:
            return False
        self.dialog.activateWindow()
        return True

    def _open(self, draft: Draft) -> None:
        from gui.lessons.making.maker_dialog import MakerDialog

        self.dialog = dialog = MakerDialog(draft, self._session, self._quantities, self._window)
        dialog.proved.connect(self._save)
        dialog.shown.connect(self._show)
        dialog.destroyed.connect(self._gone)
        dialog.show()

    @Slot()
    def _gone(self) -> None:
        self.dialog = None

    def _session(self) -> Session | None:
        page = self._host.page
        export = page.controller.export() if page is not None else None
        return export.session if export is not None else None

    def _quantities(self, draft: DraftStep) -> Iterable[Named]:
        from gui.lessons.making.quantities import quantities_of

        page = self._host.page
        shown = page.controller.snapshot if page is not None else None
        if page is None or shown is None or page.experiment.id != draft.session.run.experiment:
            return ()
        return quantities_of(page.experiment.id, shown.frame)

    @Slot(object)
    def _show(self, session: Session) -> None:
        self._host.show_experiment(session.run.experiment)
        assert self._host.page is not None
        self._host.page.controller.open_session(session)

    @Slot(object)
    def _save(self, lesson: Lesson) -> None:
        """Ask for a file name, and write the lesson."""
        name = plain_name(lesson.title.render(language()))
        start = self._path or Path(self._settings.folder) / f"{name}{SUFFIX}"
        path = ask_where_to_save(
            self._window, words.SAVE, start, translate(words.FILTER), lambda path, _: with_suffix(path, SUFFIX)
        )
        if path is not None and self.dialog is not None:
            self.write(lesson, path)

    def write(self, lesson: Lesson, path: Path) -> bool:
        """Write a lesson to a file; False, with a notice, if it fails."""
        from engine.lessons.writing import lesson_text

        if not self._files.write({path: lesson_text(lesson).encode()}):
            return False
        self._path, self._settings.folder = path, str(path.parent)
        if self.dialog is not None:
            self.dialog.is_saved = True
        return True
