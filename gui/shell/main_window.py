"""The main window: chapters, the visible experiment, the overview, and the commands that act on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from engine.contract.catalogue import chapters, entry_of
from engine.contract.run import Session
from engine.contract.text import Text
from gui.run.runner import Runner
from gui.shell import words
from gui.shell.about import AboutDialog
from gui.shell.actions import SEPARATOR, Actions, Command
from gui.shell.chapter_page import ChapterPage
from gui.shell.faults import Faults
from gui.shell.files import Files
from gui.shell.notice_bar import NoticeBar
from gui.shell.overview import Overview
from gui.shell.settings import Settings
from gui.shell.top_bar import TopBar
from gui.style.language import language, set_language
from gui.style.theme import set_theme, theme
from gui.style.typography import zoom, zoom_in, zoom_out, zoom_reset

if TYPE_CHECKING:
    from gui.shell.experiment_page import ExperimentPage

TITLE = Text("{experiment} – Layerwise", "{experiment} – Layerwise 逐层")
_MINIMUM = QSize(640, 560)
_USUAL = QSize(1280, 800)


class MainWindow(QMainWindow):
    """One runner serves whichever experiment is visible; pages are made when they are first shown."""

    def __init__(self, settings: Settings, faults: Faults) -> None:
        super().__init__()
        self._settings, self._faults = settings, faults
        self.runner = Runner(self, before_exit=self._save_settings)
        self.runner.frame_changed.connect(self._frame_changed)
        self.runner.state_changed.connect(self._state_changed)
        self.runner.progressed.connect(self._progressed)
        self.runner.failed.connect(self._run_failed)
        self._page: ExperimentPage | None = None
        self._chapter_pages: dict[int, ChapterPage] = {}
        self._overview: Overview | None = None
        self.files = Files(self, settings)
        self.actions_of_window = Actions(self, self._commands())
        self.top_bar = TopBar(chapters(), self.actions_of_window.menu)
        self.top_bar.chapter_chosen.connect(self.show_chapter)
        self.top_bar.overview_wanted.connect(self.show_overview)
        self.top_bar.language_switched.connect(self.switch_language)
        self.top_bar.theme_switched.connect(self.switch_theme)
        self.notice = NoticeBar()
        self._stack = QStackedWidget()
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.top_bar, self.notice):
            layout.addWidget(widget)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(central)
        self.setMinimumSize(_MINIMUM)
        if settings.geometry is None or not self.restoreGeometry(settings.geometry):
            self.resize(_USUAL)

    # Going somewhere

    @Slot(int)
    def show_chapter(self, number: int) -> None:
        """Show a chapter with the experiment of it that was visible last."""
        self._show(self._chapter_page(number), self._chapter_page(number).chosen)

    @Slot(str)
    def show_experiment(self, experiment_id: str) -> None:
        """Show an experiment; ``Refused`` for an unknown id."""
        self._show(self._chapter_page(entry_of(experiment_id).chapter), experiment_id)

    @Slot()
    def show_overview(self) -> None:
        """Show all experiments as thumbnails; once more goes back."""
        if self._overview is None:
            self._overview = Overview(chapters())
            self._overview.experiment_chosen.connect(self.show_experiment)
            self._overview.closed.connect(self._leave_overview)
            self._stack.addWidget(self._overview)
        if self._stack.currentWidget() is self._overview:
            self._leave_overview()
            return
        if self._page is not None:
            self.runner.pause()
        self._stack.setCurrentWidget(self._overview)
        self._overview.setFocus()

    def open_session(self, session: Session) -> None:
        """Show what a session holds."""
        page = self._chapter_page(entry_of(session.run.experiment).chapter).show_experiment(session.run.experiment)
        page.conductor.open_session(session)
        self.show_experiment(session.run.experiment)

    @property
    def page(self) -> ExperimentPage | None:
        """The visible experiment's page."""
        return self._page

    # Commands

    @Slot()
    def switch_language(self) -> None:
        """The other language, while everything goes on."""
        set_language("en" if language() == "zh_CN" else "zh_CN")
        self._retitle()

    @Slot()
    def switch_theme(self) -> None:
        """The other theme, while everything goes on."""
        set_theme("light" if theme().name == "dark" else "dark")

    def toggle_presentation(self) -> None:
        """Fill the screen with stage and transport, or come back."""
        presenting = not self.isFullScreen()
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self.top_bar.setVisible(not presenting)
        for chapter_page in self._chapter_pages.values():
            chapter_page.set_presenting(presenting)
        if self._page is not None:
            self._page.set_presenting(presenting)

    def leave_presentation(self) -> None:
        """What Escape does."""
        if self.isFullScreen():
            self.toggle_presentation()

    def _commands(self) -> list[Command | None]:
        def on_page(call: object) -> object:
            """A command that needs a visible experiment."""
            return lambda: call(self._page) if self._page is not None else None

        numbers = [chapter.number for chapter in chapters()]
        go = [
            Command(chapter.title, (f"Ctrl+{index + 1}",), _calling(self.show_chapter, numbers[index]), in_menu=False)
            for index, chapter in enumerate(chapters())
        ]
        return [
            Command(words.OPEN_SESSION, ("Ctrl+O",), self.files.open_session),
            Command(words.SAVE_SESSION, ("Ctrl+S",), self.files.save_session),
            Command(words.EXPORT, ("Ctrl+E",), self.files.export),
            Command(words.COPY_PICTURE, ("Ctrl+Shift+C",), self.files.copy_picture),
            SEPARATOR,
            Command(words.UNDO, ("Ctrl+Z",), on_page(lambda page: page.editor.undo_stack.undo())),
            Command(words.REDO, ("Ctrl+Shift+Z", "Ctrl+Y"), on_page(lambda page: page.editor.undo_stack.redo())),
            Command(words.RESTORE_DEFAULTS, ("Ctrl+D",), on_page(lambda page: page.editor.restore_defaults())),
            Command(words.RESTART, ("Ctrl+R",), on_page(lambda page: page.conductor.restart()), in_menu=False),
            Command(words.STEP, ("PgDown",), on_page(lambda page: page.conductor.step()), in_menu=False),
            Command(words.BACK, ("PgUp",), on_page(lambda page: page.conductor.back()), in_menu=False),
            SEPARATOR,
            Command(words.OVERVIEW, ("Ctrl+0",), self.show_overview),
            Command(words.LARGER, ("Ctrl++", "Ctrl+="), zoom_in),
            Command(words.SMALLER, ("Ctrl+-",), zoom_out),
            Command(words.NORMAL_SIZE, ("Ctrl+Shift+0",), zoom_reset),
            Command(words.PRESENTATION, ("F11",), self.toggle_presentation),
            Command(words.CLOSE, ("Escape",), self.leave_presentation, in_menu=False),
            SEPARATOR,
            Command(words.GUIDE, ("F1",), on_page(lambda page: page.panels.show_panel(page.panels.guide))),
            Command(words.GLOSSARY, ("Shift+F1",), on_page(lambda page: page.panels.guide.open_glossary())),
            Command(words.ABOUT, (), self._show_about),
            SEPARATOR,
            Command(words.QUIT, ("Ctrl+Q",), self.close),
            *go,
        ]

    def _show_about(self) -> None:
        AboutDialog(self).open()

    # Inside

    def _chapter_page(self, number: int) -> ChapterPage:
        if number not in self._chapter_pages:
            chapter = next(chapter for chapter in chapters() if chapter.number == number)
            page = ChapterPage(chapter, self.runner)
            page.experiment_chosen.connect(self.show_experiment)
            self._chapter_pages[number] = page
            self._stack.addWidget(page)
        return self._chapter_pages[number]

    def _show(self, chapter_page: ChapterPage, experiment_id: str | None) -> None:
        page = chapter_page.show_experiment(experiment_id)
        if page is not self._page:
            if self._page is not None:
                self._page.conductor.leave()
            self._page = page
            if page is not None:
                # Once however often the page comes back.
                unique = Qt.ConnectionType.UniqueConnection
                page.export_tables_wanted.connect(self.files.export_tables, unique)
                page.stage_menu_wanted.connect(self._show_stage_menu, unique)
                page.conductor.enter()
        self._stack.setCurrentWidget(chapter_page)
        if page is not None:
            page.view.setFocus()
        self.top_bar.show_chapter(chapter_page.chapter.number)
        self._retitle()

    @Slot(QPoint)
    def _show_stage_menu(self, place: QPoint) -> None:
        # Only now: pyqtgraph comes with it.
        from gui.plots.stage_entries import entries_at

        view = self._page.view
        entries = entries_at(view, view.stage.viewport().mapFromGlobal(place))
        self.actions_of_window.menu_of((words.COPY_PICTURE, words.EXPORT, words.SAVE_SESSION), entries).popup(place)

    def _leave_overview(self) -> None:
        if self._page is not None:
            self.show_experiment(self._page.experiment.id)

    def _retitle(self) -> None:
        chapter = next(c for c in chapters() if c.number == self.top_bar.tabs.tabData(self.top_bar.tabs.currentIndex()))
        name = entry_of(self._page.experiment.id).name if self._page is not None else chapter.title
        self.setWindowTitle(TITLE.with_values(experiment=name).render(language()))

    @Slot(object)
    def _frame_changed(self, entry: object) -> None:
        if self._page is not None:
            with self.runner.drawing():
                self._page.probe_line.show_progress(None)
                self._page.conductor.show_entry(entry)

    @Slot()
    def _state_changed(self) -> None:
        if self._page is not None:
            self._page.conductor.show_state()

    @Slot(object)
    def _progressed(self, progress: object) -> None:
        if self._page is not None:
            self._page.probe_line.show_progress(progress)

    @Slot(object, str)
    def _run_failed(self, sentence: Text, details: str) -> None:
        # Without details it is nothing that the program did wrong.
        if details:
            self._faults.report(sentence.render(language()), details)
        else:
            self.notice.show_text(sentence)

    def _save_settings(self) -> None:
        settings = self._settings
        settings.language, settings.theme, settings.zoom = language(), theme().name, zoom()
        if not self.isFullScreen():
            settings.geometry = self.saveGeometry()
        if self._page is not None:
            settings.experiment = self._page.experiment.id
        settings.save()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._save_settings()
        self.runner.close()
        event.accept()


def _calling(function: object, argument: object) -> object:
    return lambda: function(argument)
