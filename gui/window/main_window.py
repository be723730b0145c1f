"""The main window: chapters, the visible experiment, the overview, and the commands that act on them."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from engine.class_file import answers_folder
from engine.contract.catalogue import chapters, entries, entry_after, entry_of
from engine.contract.text import Text
from engine.networks.folder import lend_folder
from gui.app.faults import Faults
from gui.app.promises import Promises
from gui.app.settings import Settings
from gui.learner.guide_progress import GuideProgress
from gui.learner.learner import Learner
from gui.learner.progress_files import ProgressFiles, UnsavedProgress
from gui.learner.reminder import Reminder
from gui.lessons.files import LessonFiles
from gui.lessons.lessons import Lessons
from gui.lessons.making.opening import Making
from gui.networks.networks import Networks
from gui.page.runner_presenter import RunnerPresenter
from gui.style.language import after, language, set_language
from gui.style.theme import set_theme, theme
from gui.style.typography import present, usual_zoom
from gui.window import words
from gui.window.commands import Actions, commands_of
from gui.window.files import Files
from gui.window.focus import EnterClicks, FocusRings, FocusScrolling
from gui.window.going import Going
from gui.window.notice_bar import BRIEF, NoticeBar
from gui.window.search import Search
from gui.window.top_bar import TopBar
from gui.window.whats_this import WhatsThis

if TYPE_CHECKING:
    from engine.contract.run import LearnerCode, Session
    from engine.guides.tries import Try, Verdict
    from engine.search.entry import Entry
    from gui.learner.chapter_end import ChapterEnd
    from gui.learner.overview import Overview
    from gui.own_network.own_page import OwnPage
    from gui.packs.packs import Packs
    from gui.page.chapter_page import ChapterPage
    from gui.page.experiment_page import ExperimentPage
    from gui.page.last_parameters import LastParameters
    from gui.page.pages import Pages
    from gui.page.pages_ahead import PagesAhead
    from gui.panels.exercises.write_panel import WritePanel
    from gui.panels.guide.glossary_dialog import GlossaryDialog
    from gui.run.runner import Runner
    from gui.vote.asking import Asking

TITLE = Text("{shown} – Layerwise")
_MINIMUM, _USUAL = QSize(640, 560), QSize(1280, 800)
_FRAME = QSize(8, 48)
"""Width and height in pixels that borders and title bar take at most."""
AHEAD_AFTER = 300
"""Milliseconds from showing a page until the pages likely to be opened next are built."""


class MainWindow(QMainWindow):
    """The main window: one runner plays the visible experiment; pages are created when they are first shown.

    Modules that the first painting does not need are imported where they are used.
    """

    def __init__(self, settings: Settings, faults: Faults) -> None:
        super().__init__()
        self._settings, self._faults = settings, faults
        self._page: ExperimentPage | None = None
        self._chapter_pages: dict[int, ChapterPage] = {}
        self._is_presenting = False
        self.overview: Overview | None = None
        self.chapter_end: ChapterEnd | None = None
        self.own_page: OwnPage | None = None
        self.asking: Asking | None = None
        self._packs: Packs | None = None
        self._glossary: GlossaryDialog | None = None
        self._waiting: str | None = None
        self._left_as: LastParameters | None = None
        self.pages: Pages | None = None
        self._ahead: PagesAhead | None = None
        central = QWidget()
        self.notice = NoticeBar(central, lambda: self._page.transport if self._page is not None else None)
        self._runner_link = RunnerPresenter(self, self._visible_page, self.notice, faults, self._save_settings)
        self.files = Files(
            self,
            self._visible_page,
            self.open_session,
            self.notice,
            settings,
            lambda one: self.lessons.open_path(one),
            lambda one: self.packs.open(one),
        )
        self._promises = Promises(self, self.notice)
        self.learner = Learner(settings, self)
        self._unsaved = UnsavedProgress(self, self.notice, settings, self.learner)
        settings.store.reason_changed = self.learner.changed.emit
        self.learning = ProgressFiles(self, self.notice, settings, self.learner)
        lend_folder(settings.path.parent / "networks")
        self.networks = Networks(self, lambda: self.runner, self._visible_page, self.notice, settings)
        self.networks.experiment_wanted.connect(self.show_experiment)
        self.lessons = Lessons(self, self, self.notice, settings, self.learner)
        self.lesson_files = LessonFiles(self, self.lessons, self.notice, settings)
        self.making = Making(self, self, self.lessons, self.lesson_files, settings)
        self._guide_progress = GuideProgress(self, lambda: self.runner, self._visible_page, self.learner)
        self._guide_progress.experiment_wanted.connect(self.show_experiment)
        self._guide_progress.overview_wanted.connect(self.show_overview)
        self._guide_progress.chapter_ended.connect(self.show_summary)
        self.reminder = Reminder(settings, self.learner, self)
        self.reminder.wanted.connect(self.show_overview)
        self.whats_this = WhatsThis(self)
        self.actions_of_window = Actions(self, commands_of(self))
        self.top_bar = TopBar(chapters(), self.actions_of_window.menu)
        self.top_bar.chapter_chosen.connect(self.show_chapter)
        self.top_bar.language_chosen.connect(self.choose_language)
        self.reminder.due.connect(self.top_bar.show_due)
        self.search = Search(self, self.top_bar.search, self._what_can_be_found, self._here, Going(self))
        self.search.closed.connect(self._search_closed)
        self._stack = QStackedWidget()
        self._room = layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top_bar)
        layout.addWidget(self.reminder.card)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(central)
        self.setMinimumSize(_MINIMUM)
        self.setAcceptDrops(True)
        self._filters = FocusScrolling(self), EnterClicks(self), FocusRings(self)
        geometry = settings.geometry
        self._is_new = geometry is None or not self.restoreGeometry(geometry)
        if self._is_new:
            self.resize(_USUAL.boundedTo(self.screen().availableSize()))

    def show_first(self) -> None:
        """Show the window in its last size and place or, at the first start, in its usual size, maximised if the screen
        is too small for that.
        """
        available = self.screen().availableSize()
        fits = available.width() >= _USUAL.width() + _FRAME.width() and available.height() >= (_USUAL + _FRAME).height()
        if self._is_new and not fits:
            self.showMaximized()
        else:
            self.show()

    @property
    def packs(self) -> Packs:
        """The installed packs, which bring further experiments and lessons; created on first use."""
        if self._packs is None:
            from gui.packs.packs import Packs

            self._packs = Packs(self, self.notice, self._settings, self.learner, self.lessons)
            self._packs.changed.connect(self._show_what_packs_bring)
            self._packs.leaving.connect(self._forget_experiments)
        return self._packs

    def take_up_packs(self) -> None:
        """Add the content of installed packs to the window, if there are any; does so once, before the first page."""
        if self._packs is None and (self._settings.path.parent / "packs").is_dir():
            self.packs.take_up()
            self._show_what_packs_bring()
            # Behind the page, whose coming takes every notice away.
            QTimer.singleShot(0, self, self.packs.say_what_is_open)

    def show_packs(self) -> None:
        """Show the list of packs."""
        self.packs.show_all()

    @Slot()
    def _show_what_packs_bring(self) -> None:
        menus = [(one.manifest.title.text, self.packs.lessons_of(one)) for one in self.packs.packs if one.lessons]
        self.actions_of_window.show_menus(words.LESSONS, menus)
        self._guide_progress.look_for_guides()
        self._show_what_there_is()
        self.search.look_anew()

    @Slot(object)
    def _forget_experiments(self, going: tuple[str, ...]) -> None:
        """Close the pages of experiments whose pack is being removed; if one of them is visible, show a neighbour."""
        if self._page is not None and self._page.experiment.id in going:
            left = [one for one in entries() if one.id not in going]
            beside = [one for one in left if one.chapter == self._page.experiment.chapter]
            self.show_experiment((beside or left)[-1].id)
        for experiment_id in going:
            if self.pages is not None:
                self.pages.forget(experiment_id)

    def _show_what_there_is(self) -> None:
        """Update the chapters' tab rows and the overview to the experiments that the catalogue has now."""
        stale = [page for page in self._chapter_pages.values() if page.chapter not in chapters()]
        for page in stale:
            page.take_chapter(next(one for one in chapters() if one.number == page.chapter.number))
        if stale and self.overview is not None:
            is_seen = self._stack.currentWidget() is self.overview
            self._stack.removeWidget(self.overview)
            self.overview.deleteLater()
            self.overview = None
            if is_seen:
                self.show_overview()

    @property
    def runner(self) -> Runner:
        """The window's runner, which plays the visible experiment; created on first use."""
        return self._runner_link.runner

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
        """Show the overview of all experiments, or hide it again."""
        if self.overview is None:
            from gui.learner.overview import Overview

            self.overview = Overview(chapters(), self.learner)
            self.overview.experiment_chosen.connect(self._come_back_to)
            self.overview.try_wanted.connect(self.show_try)
            self.overview.summary_wanted.connect(self.show_summary)
            self.overview.test_wanted.connect(self.show_test)
            self.overview.result_wanted.connect(self.show_result)
            self.overview.form_wanted.connect(self.show_form)
            self.overview.own_network_wanted.connect(self.show_own_network)
            self.overview.unheld.connect(self.files.say_what_is_not_held)
            self._stack.addWidget(self.overview)
        if self._stack.currentWidget() is self.overview:
            self._leave_overview()
            return
        self._cover_with(self.overview)
        self._retitle()
        self.overview.focus_card(self._page.experiment.id if self._page is not None else None)

    @Slot(int)
    def show_summary(self, chapter: int) -> None:
        """Show the summary of a chapter."""
        self._cover_with_end_of(chapter).show_summary(chapter)

    @Slot(int)
    def show_test(self, chapter: int) -> None:
        """Show the test of a chapter, the unfinished one or a new one."""
        self._cover_with_end_of(chapter).show_test(chapter)

    @Slot(int)
    def show_result(self, chapter: int) -> None:
        """Show the result of the last test of a chapter."""
        self._cover_with_end_of(chapter).show_result(chapter)

    @Slot(int)
    def show_form(self, chapter: int) -> None:
        """Show the six questions before a chapter or, once these are answered, those after it."""
        self._cover_with_end_of(chapter).show_form(chapter)

    @Slot()
    def show_own_network(self) -> None:
        """Show the page for a network of the learner's own."""
        if self.own_page is None:
            from gui.own_network.own_page import OwnPage

            self.own_page = OwnPage(self._settings, self.learner)
            self.own_page.play_wanted.connect(self._play_with)
            self.own_page.network_wanted.connect(self._show_network_in)
            self.own_page.back_wanted.connect(self.escape)
            self.own_page.unheld.connect(self.files.say_what_is_not_held)
            self._stack.addWidget(self.own_page)
        self._cover_with(self.own_page)
        self._retitle()

    @Slot()
    def check_network(self) -> None:
        """Show the page on which a network class from any Python file is checked."""
        self.show_own_network()
        assert self.own_page is not None
        self.own_page.show_any()

    @Slot(str, object)
    def _play_with(self, experiment_id: str, written: tuple[LearnerCode, ...]) -> None:
        self.show_experiment(experiment_id)
        assert self._page is not None
        self._page.controller.use_written(written)
        self._offer_way_back_to_network()

    @Slot(str, str)
    def _show_network_in(self, experiment_id: str, network: str) -> None:
        self.show_experiment(experiment_id)
        assert self._page is not None
        shown = {"view": "draw"} if experiment_id == "digits" else {"view": "maps", "weights": "trained"}
        self._page.controller.edit({**shown, "network": network})
        self._offer_way_back_to_network()

    def _offer_way_back_to_network(self) -> None:
        self.notice.show_text(words.FROM_NETWORK, remedy=(words.BACK_TO_NETWORK, self.show_own_network))

    @Slot(str, str)
    def show_question(self, experiment_id: str, key: str) -> None:
        """Show an experiment with the try of its guide that has this key, and a notice whose button leads back to the
        result of the test that the question is from.
        """
        self.show_experiment(experiment_id)
        assert self._page is not None
        self._page.panels.show_try(key)
        chapter = entry_of(experiment_id).chapter
        self.notice.show_text(words.FROM_RESULT, remedy=(words.BACK_TO_RESULT, lambda: self.show_result(chapter)))

    @Slot(str, object)
    def show_place(self, experiment_id: str, place: Try | None) -> None:
        """Show an experiment and, if ``place`` is given, apply that try of its guide."""
        self.show_experiment(experiment_id)
        if place is not None and self._page is not None:
            self._page.controller.try_out(place)

    @Slot(str, object, object)
    def show_try(self, experiment_id: str, asked: Try, verdict: Verdict) -> None:
        """Show an experiment with a try applied and compared with its base."""
        self.show_experiment(experiment_id)
        assert self._page is not None
        self._page.controller.try_out(asked)
        self._page.controller.compare(asked, verdict)

    def open_session(self, session: Session) -> None:
        """Show the experiment of a saved session, with its run and shelf."""
        self.page_for(session.run.experiment).controller.open_session(session)
        self.show_experiment(session.run.experiment)

    def page_for(self, experiment_id: str) -> ExperimentPage:
        """The page of an experiment, created if necessary, without showing it."""
        self._chapter_page(entry_of(experiment_id).chapter)
        assert self.pages is not None
        return self.pages.page(experiment_id)

    @property
    def page(self) -> ExperimentPage | None:
        """The visible experiment's page; None if none is visible."""
        return self._page

    def _here(self) -> str:
        """The id of the visible experiment; "" if none is."""
        return self._page.experiment.id if self._page is not None else ""

    def _what_can_be_found(self) -> list[Entry]:
        from engine.search.things import experiments, lent, read

        further = lent() if self._packs is not None else []
        return [*experiments(), *read(), *further, *self.actions_of_window.entries()]

    def _search_closed(self) -> None:
        self.top_bar.setVisible(not self._is_presenting)

    def _visible_page(self) -> ExperimentPage | None:
        return self._page

    def show_neighbour(self, step: int) -> None:
        """Show the next (``step`` 1) or previous (−1) experiment, cyclically; from a chapter without experiments, the
        nearest one in that direction.
        """
        ids = [entry.id for entry in entries()]
        if self._page is not None:
            index = ids.index(self._page.experiment.id) + step
        else:
            before = sum(entry.chapter < self._chapter_number() for entry in entries())
            index = before if step > 0 else before - 1
        if ids:
            self.show_experiment(ids[index % len(ids)])

    # Commands

    @Slot()
    def switch_language(self) -> None:
        """Switch to the next language."""
        self.choose_language(after(language()))

    @Slot(str)
    def choose_language(self, code: str) -> None:
        """Switch the window to the language with this code, such as "en"."""
        set_language(code)
        self._retitle()

    @Slot()
    def switch_theme(self) -> None:
        """Switch between the light and the dark theme."""
        set_theme("light" if theme().name == "dark" else "dark")

    def toggle_presentation(self) -> None:
        """Start a presentation, full screen with stage and transport only, or end it."""
        self._is_presenting = presenting = not self.isFullScreen()
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self.top_bar.setVisible(not presenting)
        self.reminder.card.hide()
        if not presenting:
            # Before the page is arranged anew, or it would be twice.
            present(None)
            self.notice.hide()
        for chapter_page in self._chapter_pages.values():
            chapter_page.set_presenting(presenting)
        if self._page is not None:
            self._page.set_presenting(presenting)
        if presenting:
            present(self.screen().size().height())
            self.notice.show_text(words.LEAVE_PRESENTATION, BRIEF)

    def ask_room(self) -> None:
        """Open the page on which a class votes on the question at hand: that of the test or lesson shown, or of the
        guide.
        """
        self._room_asked().open()

    def ask_room_briefly(self) -> None:
        """Open the vote of a class on the one question that the guide names for a lesson of five minutes."""
        self._room_asked().open_in_five_minutes()

    def _room_asked(self) -> Asking:
        if self.asking is None:
            from gui.vote.asking import Asking

            folder = answers_folder() or self._settings.path.parent
            self.asking = Asking(self.centralWidget(), self._room, self, self.notice, folder)
            self.asking.closed.connect(self._come_back_from_room)
        return self.asking

    @Slot()
    def _come_back_from_room(self) -> None:
        shown = self._stack.currentWidget()
        if shown is self.chapter_end and self.chapter_end is not None:
            self.chapter_end.take_keys()
        elif self._page is not None:
            self._page.view.setFocus()

    def leave_presentation(self) -> None:
        """End the presentation."""
        if self.isFullScreen():
            self.toggle_presentation()

    def escape(self) -> None:
        """Close or cancel the first of these that is there: vote, question on continuing a run, overview or other page
        over the experiment, long computation, presentation, notice.
        """
        if self.asking is not None and self.asking.is_open:
            self.asking.close()
        elif self._page is not None and self._page.branch_question.is_asking:
            self._page.branch_question.decline()
        elif self._stack.currentWidget() in (self.overview, self.chapter_end, self.own_page):
            self._leave_overview()
        elif not (self._page and self._page.controller.leave_own_code()) and not self.runner.stay_here():
            (self.leave_presentation if self._is_presenting else self.notice.hide)()

    def show_keys(self) -> None:
        """Show the list of shortcuts."""
        from gui.window.keys_dialog import KeysDialog

        KeysDialog(self.actions_of_window.keys(), self).open()

    def open_search(self) -> None:
        """Give the search field the keyboard focus; in a presentation the top bar is shown until the search closes."""
        self.top_bar.show()
        self.search.open()

    def open_menu(self) -> None:
        """Open the menu by its shortcut, with the first entry selected."""
        self.top_bar.open_menu()

    def show_glossary(self, query: str = "") -> None:
        """Open the glossary with the terms that match ``query``; "" shows all."""
        if self._page is not None:
            self._page.panels.guide.open_glossary(query)
            return
        from gui.panels.guide.glossary_dialog import GlossaryDialog

        if self._glossary is None:
            self._glossary = GlossaryDialog(self)
        self._glossary.show_query(query)

    def show_help(self) -> None:
        """Focus the guide; if it has the focus, show the list of shortcuts."""
        page = self._page
        if page is None or page.panels.has_keys_in_guide:
            self.show_keys()
        else:
            page.panels.choose(words.GUIDE)

    def print_page(self) -> None:
        """Open the dialog for saving a printable page; it begins with the chapter whose summary or test is shown."""
        shown = self.chapter_end if self._stack.currentWidget() is self.chapter_end else None
        self.learning.print_page(shown.chapter if shown is not None else None)

    @property
    def can_move(self) -> bool:
        """Whether the run has advanced, so that an animation can be made."""
        page, timeline = self._page, self.runner.timeline
        return page is not None and not page.transport.isHidden() and timeline is not None and len(timeline) > 1

    def export_moving(self) -> None:
        """Open the dialog for exporting the run as an animation, if it has advanced."""
        if self._page is not None and self.can_move:
            from gui.moving.opening import open_moving_dialog

            open_moving_dialog(self, self._page, self.runner, self._settings, self.notice)

    def show_about(self) -> None:
        from gui.window.about import AboutDialog

        AboutDialog(self, self.report_text).open()

    def report_text(self, details: str = "") -> str:
        """The text of a fault report on the program and its present state; ``details`` is a traceback."""
        from gui.app.fault_report import report_text

        return report_text(self._page, self._faults.log_file, details)

    # Inside

    def _chapter_page(self, number: int) -> ChapterPage:
        if number not in self._chapter_pages:
            from gui.page.chapter_page import ChapterPage
            from gui.page.last_parameters import LastParameters
            from gui.page.pages import Pages

            self._left_as = self._left_as or LastParameters(self._settings)
            self.take_up_packs()
            if self.pages is None:
                self.pages = Pages(self.runner, self._left_as, self)
                self.pages.gone.connect(self._guide_progress.forget)
            chapter = next(chapter for chapter in chapters() if chapter.number == number)
            page = ChapterPage(chapter, self.pages)
            page.experiment_chosen.connect(self.show_experiment)
            self._chapter_pages[number] = page
            self._stack.addWidget(page)
        return self._chapter_pages[number]

    def _show(self, chapter_page: ChapterPage, experiment_id: str | None) -> None:
        before = self._page
        if before is not None and experiment_id is not None and self.pages is not None:
            self.pages.begin(experiment_id, self._leave_page)
        try:
            page = chapter_page.show_experiment(experiment_id)
        except Exception as error:  # whatever the view of a pack does
            self._faults.report(f"{type(error).__name__}: {error}", traceback.format_exc(), again=True)
            self._stay(chapter_page, experiment_id, before)
            return
        # A presentation goes on from one experiment to the next.
        chapter_page.set_presenting(self._is_presenting)
        if page is not None:
            page.set_presenting(self._is_presenting)
        if self._stack.currentWidget() is not chapter_page or before not in (None, page):
            # What was said was said of something else.
            self.notice.hide()
        if page is not self._page:
            self._leave_page()
            self._page = page
            if page is not None:
                # Once however often the page comes back.
                unique = Qt.ConnectionType.UniqueConnection
                page.export_tables_wanted.connect(self.files.export_tables, unique)
                page.table_figure_wanted.connect(self.files.export_table, unique)
                page.stage_menu_wanted.connect(self._show_stage_menu, unique)
                page.headline.lead_chosen.connect(self.show_experiment, unique)
                page.branch_question.asking.connect(self.notice.hide, unique)
                page.branch_question.gone_on.connect(self._say_gone_on, unique)
                page.transport.network_wanted.connect(self.networks.keep, unique)
                page.controller.shelf.said.connect(self._say_gone_on, unique)
                self.runner.said.connect(self._say_gone_on, unique)
                page.panels.writing_begun.connect(self._serve_writing, unique)
                self._guide_progress.serve(page)
                page.enter()
        self.lessons.show_page(page)
        self._stack.setCurrentWidget(chapter_page)
        if page is not None:
            self.runner.show_prepared()
            page.view.setFocus()
            QTimer.singleShot(AHEAD_AFTER, self, self._build_ahead)
        self.top_bar.show_chapter(chapter_page.chapter.number)
        self._retitle()

    @property
    def is_ahead(self) -> bool:
        """Whether all pages that are likely to be opened next have been built."""
        return self._ahead is not None and self._ahead.is_done

    @Slot()
    def _build_ahead(self) -> None:
        """Have the pages of the next experiment on the learner's path and of the previous one in the tab row built."""
        if self._page is None or self.pages is None:
            return
        if self._ahead is None:
            from gui.page.pages_ahead import PagesAhead

            self._ahead = PagesAhead(self.pages, self.runner, self)
        shown = self._page.experiment.id
        row = self._chapter_pages[entry_of(shown).chapter].experiment_ids
        after, before = entry_after(shown), row[: row.index(shown)][-1:]
        self._ahead.want([*((after.id,) if after is not None else ()), *before])

    def _stay(self, chapter_page: ChapterPage, failing: str | None, before: ExperimentPage | None) -> None:
        """Show the page ``before`` again, or else the overview, since the page of experiment ``failing`` could not be
        built.
        """
        if others := [one for one in chapter_page.experiment_ids if one != failing]:
            chapter_page.choose(others[0])
        if before is not None:
            self.show_experiment(before.experiment.id)
        else:  # another one might fail as well
            self.show_overview()

    def _leave_page(self) -> None:
        if self._page is not None:
            self._keep_digit()
            self.lessons.leave_page(self._page)
            self._page.leave()
            self._keep_what_was_set()
            self._page = None

    @Slot(object)
    def _serve_writing(self, panel: WritePanel) -> None:
        panel.export_wanted.connect(self.files.export_source)
        panel.import_wanted.connect(self.files.import_source)
        panel.unheld.connect(self.files.say_what_is_not_held)

    @Slot(QPoint)
    def _show_stage_menu(self, place: QPoint) -> None:
        # Only now: pyqtgraph comes with it.
        from gui.stage.stage_entries import entries_at

        if self._page is None:
            return
        view = self._page.view
        entries = entries_at(view, view.stage.viewport().mapFromGlobal(place))
        moving = (words.EXPORT_MOVING,) if self.can_move else ()
        names = (words.COPY_PICTURE, words.EXPORT, *moving, words.SAVE_SESSION)
        self.actions_of_window.menu_of(names, entries).popup(place)

    @Slot(object)
    def _say_gone_on(self, text: Text) -> None:
        self.notice.show_text(text, 2 * BRIEF)

    def _cover_with_end_of(self, chapter: int) -> ChapterEnd:
        if self.chapter_end is None:
            from gui.learner.chapter_end import ChapterEnd

            self.chapter_end = ChapterEnd(self.learner)
            self.chapter_end.place_wanted.connect(self.show_place)
            self.chapter_end.question_wanted.connect(self.show_question)
            self.chapter_end.overview_wanted.connect(self.show_overview)
            self.chapter_end.title_changed.connect(self._retitle)
            self._stack.addWidget(self.chapter_end)
        self._cover_with(self.chapter_end)
        self.top_bar.show_chapter(chapter)
        return self.chapter_end

    def _cover_with(self, widget: QWidget) -> None:
        """Show ``widget`` in place of the experiment, whose run pauses; if it was playing, it plays on when the
        experiment is shown again.
        """
        is_seen = self._stack.currentWidget() not in (self.overview, self.chapter_end, self.own_page)
        if self._page is not None and is_seen:
            self._keep_digit()
            self._waiting = self._page.experiment.id if self.runner.state.phase == "running" else None
            self.runner.pause()
        self.notice.hide()
        self.reminder.card.hide()
        self._stack.setCurrentWidget(widget)

    def _keep_digit(self) -> None:
        """Give the digit drawn in the experiment to the page of the learner's own network, before the page is left."""
        seen = self._page.controller.snapshot if self._page is not None else None
        if self._page is not None and self.own_page is not None and seen is not None:
            self.own_page.keep_digit(self._page.experiment, seen.params, seen.frame)

    def _leave_overview(self) -> None:
        if self._page is not None:
            self._come_back_to(self._page.experiment.id)

    @Slot(str)
    def _come_back_to(self, experiment_id: str) -> None:
        """Show an experiment again, and play its run on if ``_cover_with`` had paused it."""
        self.show_experiment(experiment_id)
        if self._waiting == experiment_id:
            self.runner.play()
        self._waiting = None

    def _chapter_number(self) -> int:
        return self.top_bar.tabs.tabData(self.top_bar.tabs.currentIndex())

    @Slot()
    def _retitle(self) -> None:
        covering = self._stack.currentWidget()
        if covering is not None and covering is self.overview:
            shown = words.OVERVIEW
        elif self.chapter_end is not None and covering is self.chapter_end:
            shown = self.chapter_end.title
        elif self.own_page is not None and covering is self.own_page:
            shown = words.OWN_NETWORK_TITLE
        elif self._page is not None:
            shown = entry_of(self._page.experiment.id).name
        else:
            shown = next(chapter.title for chapter in chapters() if chapter.number == self._chapter_number())
        self.setWindowTitle(TITLE(shown=shown).render(language()))

    def _save_settings(self) -> None:
        settings = self._settings
        settings.language, settings.theme = language(), theme().name
        settings.zoom = usual_zoom()
        if not self.isFullScreen():
            settings.geometry = self.saveGeometry()
        if self._page is not None:
            settings.experiment = self._page.experiment.id
        self._keep_what_was_set()
        settings.save_now()

    def _keep_what_was_set(self) -> None:
        if self._page is not None and self._left_as is not None:
            before = self.lessons.state_before(self._page.experiment.id)
            self._left_as.keep(self._page.experiment.id, before or self._page.editor.state)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            self.files.open_path(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.save_now()
        if self._unsaved.holds_open() or self.making.holds_open() or self._promises.holds_open():
            event.ignore()
            return
        for dialog in self.findChildren(QDialog):
            dialog.close()  # gives up what it is making; a window that is only deleted does not ask it to
        self._save_settings()
        self._runner_link.end()


def _dropped(event: QDropEvent) -> Path | None:
    """The path of the single local file or folder that was dropped; None if it is anything else."""
    addresses = event.mimeData().urls()
    return Path(addresses[0].toLocalFile()) if len(addresses) == 1 and addresses[0].isLocalFile() else None
