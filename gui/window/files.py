"""The window's file commands: open and save sessions, export images and data, copy to the clipboard."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.contract.text import Refused, Text, sentences
from engine.lessons import SUFFIX as LESSON_SUFFIX
from gui.app.settings import Settings
from gui.style.language import language, translate
from gui.window.dialogs import ask_where_to_save
from gui.window.notice_bar import BRIEF, NoticeBar

if TYPE_CHECKING:
    from engine.contract.run import Session
    from engine.contract.table import Table
    from engine.exercises.exercise import Exercise
    from engine.export.record import Export
    from gui.export.figure import Figure
    from gui.page.experiment_page import ExperimentPage
    from gui.panels.exercises.write_panel import WritePanel


OPEN = Text("Open a session")
SAVE = Text("Save the session")
EXPORT = Text("Export")
IMPORT = Text("Import code")
PYTHON = "Python (*.py)"
SESSIONS = Text("Sessions, and pictures that carry one ({patterns})")
SAVED = Text("Saved: {path}")
COPIED = Text("The picture is on the clipboard.")


class Files(QObject):
    """The file commands, which ask for a file name. A file that is refused changes nothing and is explained in the
    notice bar.
    """

    def __init__(
        self,
        window: QWidget,
        page_of: Callable[[], ExperimentPage | None],
        show_session: Callable[[Session], None],
        notice: NoticeBar,
        settings: Settings,
        open_lesson: Callable[[Path], object],
        open_pack: Callable[[Path], object],
    ) -> None:
        super().__init__(window)
        self._window, self._page_of, self._show_session = window, page_of, show_session
        self._open_lesson, self._open_pack = open_lesson, open_pack
        self._notice, self._settings = notice, settings

    def open_session(self) -> None:
        """Ask for the file of a saved session and show it."""
        from engine.export.session_file import SESSION_SUFFIXES

        patterns = " ".join(f"*{suffix}" for suffix in SESSION_SUFFIXES)
        filters = translate(SESSIONS(patterns=patterns))
        name, _ = QFileDialog.getOpenFileName(self._window, translate(OPEN), self._settings.folder, filters)
        if name:
            self._settings.folder = str(Path(name).parent)
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open a file by its kind: show a session, open a lesson, or add a pack (a .zip file or a folder). A damaged
        one changes nothing and is explained in the notice bar.
        """
        from engine.export.session_file import load_session

        if path.suffix.lower() == ".zip" or os.path.isdir(path):
            self._open_pack(path)
            return
        if path.name.endswith(LESSON_SUFFIX):
            self._open_lesson(path)
            return
        try:
            session = load_session(path)
            self._show_session(session)
        except Refused as refusal:
            self._notice.show_text(refusal.text)
        else:
            if session.notes:
                self._notice.show_text(sentences(session.notes))

    def save_session(self) -> None:
        """Ask for a file name and save the session: the run shown and the shelf."""
        from engine.export.json_format import SUFFIX

        self._ask_and_save(SAVE, (SUFFIX,))

    def export(self, suffixes: tuple[str, ...] = ()) -> None:
        """Ask for a file name and export what is shown in the format of its suffix: an image, data, a session or a
        script; only formats with one of ``suffixes``, if any are given.
        """
        self._ask_and_save(EXPORT, suffixes)

    @Slot()
    def export_tables(self) -> None:
        """Ask for a file name and export the tables of the frame shown as CSV."""
        self._ask_and_save(EXPORT, (".csv",))

    @Slot(object, str)
    def export_table(self, table: Table, caption: str) -> None:
        """Ask for a file name and save an image of ``table`` with its caption; the session with the runs is embedded in
        the file.
        """
        from gui.export.formats import FIGURE_FORMATS, save_figure
        from gui.export.table_figure import TableExport, TableFigure

        export = self._export()
        if export is None:
            return

        def save(path: Path) -> None:
            title = translate(table.title)
            described = TableExport(title, caption, export.session, export.when)
            try:
                save_figure(described, path, TableFigure(table, title, caption))
            except Refused as refusal:
                self._notice.show_text(refusal.text)
            else:
                self._notice.show_text(SAVED(path=str(path)), BRIEF)

        self._ask_and_save(EXPORT, tuple(one.suffix for one in FIGURE_FORMATS), save, f"-{table.name}")

    def copy_picture(self) -> None:
        """Copy an image of the stage, with title and caption, to the clipboard."""
        from gui.export.clipboard import copy_figure

        export = self._export()
        if export is not None:
            copy_figure(export, self._figure(export))
            self._notice.show_text(COPIED, BRIEF)

    def save_to(self, path: Path) -> bool:
        """Export what is shown to ``path`` in the format of its suffix; False, with a notice, if that fails."""
        from gui.export.formats import save

        export = self._export()
        if export is None:
            return False
        try:
            written = save(export, [path], self._figure(export))
        except Refused as refusal:
            self._notice.show_text(refusal.text)
            return False
        self._notice.show_text(SAVED(path=", ".join(str(one) for one in written)), BRIEF)
        return True

    def export_source(self, exercise: Exercise, source: str) -> None:
        """Ask for a file name and write the learner's code of an exercise, with its checks."""
        from engine.exercises.source_file import file_of
        from engine.export.writing import write_together

        start = Path(self._settings.folder) / f"{exercise.id}.py"
        path = ask_where_to_save(self._window, EXPORT, start, PYTHON, lambda path, _: path.with_suffix(".py"))
        if path is None:
            return
        self._settings.folder = str(path.parent)
        try:
            write_together({path: file_of(exercise, source, language()).encode()})
        except Refused as refusal:
            self._notice.show_text(refusal.text)
        else:
            self._notice.show_text(SAVED(path=str(path)), BRIEF)

    def import_source(self, panel: WritePanel) -> None:
        """Ask for a file and show its code in the panel, without running it."""
        from engine.exercises.source_file import read_source_file

        name, _ = QFileDialog.getOpenFileName(self._window, translate(IMPORT), self._settings.folder, PYTHON)
        if not name:
            return
        self._settings.folder = str(Path(name).parent)
        try:
            exercise, source, _ = read_source_file(Path(name))
            panel.take_file(exercise, source, Path(name).name)
        except Refused as refusal:
            self._notice.show_text(refusal.text)

    @Slot(object)
    def say_what_is_not_held(self, lacks: frozenset[str]) -> None:
        """Show a notice, only once ever, on the accesses (``lacks``) that this system cannot deny to learners' code."""
        from engine.sandbox.lacking import what_is_not_held

        if self._settings.say_once("unheld"):
            self._notice.show_text(what_is_not_held(lacks))

    def _ask_and_save(
        self,
        title: Text,
        suffixes: tuple[str, ...],
        save: Callable[[Path], object] | None = None,
        ending: str = "",
    ) -> None:
        from gui.export.formats import FORMATS, suffix_of

        page = self._page_of()
        if page is None:
            return
        offered = [entry for suffix, entry in FORMATS.items() if not suffixes or suffix in suffixes]
        filters = {f"{translate(entry.label)} (*{entry.suffix})": entry.suffix for entry in offered}
        start = Path(self._settings.folder) / f"{page.experiment.id}{ending}{offered[0].suffix}"

        def completed(path: Path, chosen: str) -> Path:
            wanted, written = filters.get(chosen, offered[0].suffix), suffix_of(path)
            # Of two formats that end alike, such as .py and .layerwise.py, the list says which is meant.
            if written and wanted.endswith(written):
                return path.with_name(path.name[: -len(written)] + wanted)
            return path if written in FORMATS else path.with_name(path.name + wanted)

        path = ask_where_to_save(self._window, title, start, ";;".join(filters), completed)
        if path is not None:
            self._settings.folder = str(path.parent)
            (save or self.save_to)(path)

    def _export(self) -> Export | None:
        page = self._page_of()
        now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
        return page.controller.export(now) if page is not None else None

    def _figure(self, export: Export) -> Figure:
        from gui.export.figure import Figure

        page = self._page_of()
        assert page is not None  # what is exported stands on it
        return Figure(page.view, export.title, export.caption)
