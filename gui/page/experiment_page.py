"""The page of one experiment: the stage (the plots) and, beside it, a column with the panels and the controls."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QScrollBar, QSplitter, QVBoxLayout, QWidget

from engine.contract.experiment import Experiment
from engine.contract.handle import Slide
from gui.form.editor import ParameterEditor
from gui.form.form import Form
from gui.learner.goal_strip import GoalStrip
from gui.page.branch_question import BranchQuestion
from gui.page.experiment_controller import ExperimentController
from gui.page.headline import Headline, ProbeLine
from gui.page.panel_tabs import PanelTabs
from gui.page.stage_room import Celebration, LoadingOverlay, StageRoom
from gui.page.transport import Transport
from gui.run.runner import Runner
from gui.shelf.behind import BehindCurves
from gui.shelf.row import ShelfRow
from gui.stage.view import View
from gui.style.appearance import appearance, connect_while_visible, let_rest, wake
from gui.style.language import translate
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.views import load_view
from gui.window import words
from gui.window.regions import PageArea, Regions
from gui.window.tab_row import TabRow

COLUMN = 400
"""Width of the column in pixels at 100 % zoom, the same for all panels, so that nothing moves between them."""
LEAST = 320
"""Minimum width of the stage in pixels beside the column; in a narrower window only one of them is shown at a time."""
_CODE_COLUMNS, _MOST_FOR_CODE = 88, 0.5
"""Characters of a line of code that the widened column has room for, and its maximum fraction of the page's width."""
_MOST_FOR_FORM = 0.55
_ROOMY_FROM = 620


@dataclass(frozen=True)
class Parts:
    """The widgets of a page that take longest to build, which can be built before the page itself."""

    view: View
    transport: Transport
    panels: PanelTabs
    form: Form


def building(experiment: Experiment, editor: ParameterEditor, holder: QWidget | None) -> Generator[None, None, Parts]:
    """A generator that builds the widgets of a page one after the other and returns them. Until the page takes them
    they are children of ``holder``: a widget without a parent might show up as a window of its own meanwhile.
    """
    # First: where the view of a pack fails, nothing else was begun.
    view_class = load_view(experiment.id)
    yield
    view = view_class(experiment)
    view.setParent(holder)
    yield
    form = Form(editor, holder)
    yield
    panels = PanelTabs(experiment, holder)
    yield
    return Parts(view, Transport(experiment, holder), panels, form)


def _built(experiment: Experiment, editor: ParameterEditor) -> Parts:
    """The widgets of a page, all built at once."""
    steps = building(experiment, editor, None)
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            parts: Parts = stop.value
            return parts


class ExperimentPage(QWidget):
    """The page of an experiment: stage and column side by side or, in a narrow window, one at a time under two tabs.

    ``editor`` holds the parameters and becomes a child of the page; ``parts`` are widgets that were built beforehand.
    ``state`` and ``take_state`` hand the state of a closed page to the page that replaces it.
    """

    export_tables_wanted = Signal()
    table_figure_wanted = Signal(object, str)
    stage_menu_wanted = Signal(QPoint)

    def __init__(
        self,
        experiment: Experiment,
        runner: Runner,
        editor: ParameterEditor,
        parts: Parts | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.experiment = experiment
        self._presenting = self._moved_by_hand = self._is_wide = False
        self._in_play: frozenset[str] = frozenset()
        self._moved_by: dict[str, set[str]] = {}
        parts = parts or _built(experiment, editor)
        self.view, self.transport, self.panels, self.form = parts.view, parts.transport, parts.panels, parts.form
        self.editor = editor
        editor.setParent(self)
        self.headline = Headline()
        self.goal_strip = GoalStrip(experiment, self)
        self.panels.guide.take_goal(self.goal_strip)
        self.probe_line = ProbeLine()
        self.panels.data.export_requested.connect(self.export_tables_wanted)
        self.view.probed.connect(self.probe_line.show_text)
        self.loading_overlay = LoadingOverlay(experiment.id, self.view)
        self.celebration = Celebration(self.view)
        self.goal_strip.reached.connect(self.celebration.begin)
        self.room = StageRoom(self.view)
        self._stage = self._make_stage()
        self.controls_area = _scrolled(self.form)
        self.regions = Regions((self.view.stage, self.panels, self.controls_area, self.transport), (self.form.header,))
        self.side = QSplitter(Qt.Orientation.Vertical)
        self._outer = QSplitter()
        for splitter in (self.side, self._outer):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(5)
            splitter.splitterMoved.connect(self._splitter_moved)
        self.side.addWidget(self.panels)
        self.side.addWidget(self.controls_area)
        self.side.setStretchFactor(0, 1)
        # Read out as they are looked at, while a splitter lowers what it is given.
        self.controls_area.raise_()
        self._outer.addWidget(self._stage)
        self._outer.addWidget(self.side)
        self._outer.setStretchFactor(0, 1)
        self.side.raise_()
        self.turns = TabRow("text")
        for _ in range(2):
            self.turns.addTab("")
        self.turns.currentChanged.connect(self._turn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.turns)
        layout.addWidget(self._outer)
        self.branch_question = BranchQuestion(runner, self.editor, self._stage, self.transport, self)
        self.controller = ExperimentController(
            experiment,
            runner,
            self.editor,
            self.form,
            self.view,
            self.headline,
            self.goal_strip,
            self.transport,
            self.panels,
            self.branch_question,
            self,
        )
        self.shelf_row = ShelfRow(self.controller.shelf, self.transport.before)
        self._stage_layout.addWidget(self.shelf_row)
        self._behind = BehindCurves(self.controller.shelf, self.view)
        self.shelf_row.wanted.connect(self.controller.go_back_to)
        self.shelf_row.before_wanted.connect(lambda: self.controller.back_to_run(last=True))
        self.shelf_row.table_wanted.connect(self.show_differences)
        self.transport.pinned.connect(self.pin)
        self.panels.wide_wanted.connect(self._give_width)
        self.panels.brought.connect(self.show_column)
        self.panels.guide.stage_wanted.connect(self._show_stage)
        self.panels.guide.in_play_changed.connect(self.set_in_play)
        self.controller.handles_changed.connect(self._look_at_handles)
        self.form.asked_for_all.connect(self.show_all_controls)
        for widget in (self.view.stage, self.transport.line, self.form):
            widget.installEventFilter(self)
        connect_while_visible(self, appearance().zoom_changed, self._arrange)
        connect_while_visible(self, appearance().changed, self._name_turns)
        self._name_turns()

    def enter(self) -> None:
        """Become the visible page: update the style and resume the run."""
        wake(self)
        self.controller.enter()

    def leave(self) -> None:
        """Become hidden; changes of style wait for the next ``enter``."""
        self.controller.leave()
        let_rest(self)

    @property
    def may_go(self) -> bool:
        """Whether the page can be closed without losing anything: nobody is writing, deriving, answering or asking in
        it, nothing is being computed, no entry is refused, no plot is magnified, and no dialog of it is open.
        """
        panels, controls = self.panels, self.form.controls.values()
        opened = any(child.isWindow() and child.isVisible() for child in self.findChildren(QWidget))
        written = panels.write is not None or panels.derive is not None
        busy = written or panels.guide.is_checking or self.branch_question.is_asking or opened
        return not (busy or self.view.magnified() or any(one.reason() is not None for one in controls))

    def state(self) -> tuple[Any, ...]:
        """The state of the page (sizes, open panels, scroll position, state of its parts) without that of its editor,
        for ``take_state``.
        """
        splitters = [one.saveState() for one in (self._outer, self.side)] if self._moved_by_hand else []
        form = (self.form.shows_all, self.form.asked_open, self.controls_area.verticalScrollBar().value())
        room = self.size(), splitters, self._is_wide, self.turns.currentIndex()
        parts = (self.controller, self.headline, self.goal_strip, self.transport, self.panels)
        return room, form, self.view.invites, [part.state() for part in parts]

    def take_state(self, state: tuple[Any, ...]) -> None:
        """Restore the ``state()`` of the closed page that this one replaces; to be called before ``enter``."""
        (size, splitters, self._is_wide, turn), (shows_all, more, place), self.view.invites, parts = state
        # As large as that one was, so that what is arranged by the width is arranged when the rest is taken.
        self.resize(size)
        self._arrange()
        for splitter, left in zip((self._outer, self.side), splitters, strict=False):
            splitter.restoreState(left)
        self._moved_by_hand = bool(splitters)
        self.turns.setCurrentIndex(turn)
        self.form.show_all(shows_all)
        self.form.set_more_open(more)
        self.controller.take_state(parts[0])
        self.headline.take_state(parts[1])
        self.goal_strip.take_state(parts[2])
        self.transport.take_state(parts[3])
        self.panels.take_state(parts[4])
        QTimer.singleShot(0, self, lambda: self.controls_area.verticalScrollBar().setValue(place))

    def show_lesson(self, lesson: QWidget | None) -> None:
        """Show ``lesson`` in place of the guide, or for None the guide again."""
        self.panels.show_lesson(lesson)
        if lesson is None:
            self.set_in_play(self.panels.guide.in_play)

    @Slot()
    def pin(self) -> None:
        """Pin the run, at the entry shown, to the shelf for comparison, if it can be pinned."""
        if self.can_pin:
            self.controller.shelf.pin()

    @property
    def can_pin(self) -> bool:
        """Whether runs of this experiment can be pinned for comparison at present."""
        return self.experiment.keeps_runs and not self.transport.isHidden()

    @property
    def can_keep_network(self) -> bool:
        """Whether the run has a network that can be saved, and a frame."""
        return self.experiment.keeps_network and self.controller.snapshot is not None

    @Slot()
    def show_differences(self) -> None:
        """Open the dialog with the table of how the runs on the shelf differ, if there are any."""
        if self.controller.shelf.runs:
            from gui.shelf.table_dialog import TableDialog

            dialog = TableDialog(self.controller.shelf, self)
            dialog.figure_wanted.connect(self.table_figure_wanted)
            dialog.open()

    def show_whole(self) -> None:
        """Reset the zoom of all plots on the stage."""
        self.view.show_whole()

    def set_presenting(self, presenting: bool) -> None:
        """Hide the column for a presentation, or show it again."""
        if presenting != self._presenting:
            self._presenting = presenting
            self._arrange()

    @Slot(bool)
    def show_all_controls(self, shows_all: bool) -> None:
        """Show the controls of all parameters under the panels, or only of those in play (which matter at present)."""
        self.form.show_all(shows_all)
        self._moved_by_hand = False
        self._share_out()

    def take_turns(self) -> None:
        """In a narrow window, which shows only stage or column, show the other one and give it the keyboard focus."""
        if not self.turns.isHidden():
            self.turns.setCurrentIndex(1 - self.turns.currentIndex())
            part = self.view.stage if self.turns.currentIndex() == 0 else self.panels.tabBar()
            part.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def show_column(self) -> None:
        """Show the column, if a narrow window shows only the stage."""
        self.turns.setCurrentIndex(1)

    @Slot()
    def _show_stage(self) -> None:
        if self.turns.currentIndex() == 1:
            self.take_turns()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view.stage and isinstance(event, QContextMenuEvent):
            self.stage_menu_wanted.emit(event.globalPos())
            return True
        if watched is self.form and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            # Its rows wrap by its width, so its height is known only now.
            if not self._moved_by_hand:
                self._share_out()
            return False
        # Space runs and pauses only from here: window-wide it would break every focused control.
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space and self.experiment.shape != "picture":
            if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
                self.controller.toggle()
            return event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _make_stage(self) -> QWidget:
        stage = QWidget()
        stage.setAutoFillBackground(True)
        stage.setBackgroundRole(QPalette.ColorRole.Base)
        layout = QVBoxLayout(stage)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.headline)
        layout.addWidget(self.room, 1)
        layout.addWidget(self.probe_line)
        layout.addWidget(self.transport)
        self._stage_layout = layout
        return stage

    def _arrange(self) -> None:
        self.form.set_room(round(self.height() * _MOST_FOR_FORM))
        self.headline.keep_room(self.height() >= px(_ROOMY_FROM))
        takes_turns = self.width() < px(COLUMN + LEAST) and not self._presenting
        self.turns.setVisible(takes_turns)
        self.panels.guide.set_takes_turns(takes_turns)
        self._turn()
        if not self._moved_by_hand:
            self._share_out()

    def _turn(self, _: int = 0) -> None:
        """Show stage and column or, in a narrow window, only the one whose tab is chosen."""
        is_stage = self.turns.currentIndex() == 0
        takes_turns = not self.turns.isHidden()
        self._stage.setVisible(self._presenting or not takes_turns or is_stage)
        self.side.setVisible(not self._presenting and not (takes_turns and is_stage))

    def _name_turns(self) -> None:
        for index, name in enumerate((words.STAGE, words.BESIDE)):
            self.turns.setTabText(index, translate(name))
        self.turns.setAccessibleName(translate(words.TAKE_TURNS))

    def _share_out(self) -> None:
        """Set the splitters to suitable sizes; not to be called while the user's own sizes should stay."""
        least = self.form.header.sizeHint().height() + 2 * GRID
        wanted = max(least, min(self.form.wanted_height, round(self.height() * _MOST_FOR_FORM)))
        self.side.setSizes([self.height() - wanted, wanted])
        column = self._column_width()
        self._outer.setSizes([self.width() - column, column])

    def _column_width(self) -> int:
        if not self._is_wide:
            return px(COLUMN)
        line = QFontMetrics(font("code")).horizontalAdvance("x" * _CODE_COLUMNS) + 4 * GRID
        return max(px(COLUMN), min(line, round(self.width() * _MOST_FOR_CODE)))

    @Slot(bool)
    def _give_width(self, is_wide: bool) -> None:
        self._is_wide, self._moved_by_hand = is_wide, False
        self._share_out()

    @Slot()
    def _look_at_handles(self) -> None:
        """Find out which parameters each draggable handle on the stage changes: those need no control of their own
        among the controls in play.
        """
        snapshot = self.controller.snapshot
        self._moved_by = {}
        if snapshot is not None:
            params, frame = snapshot.params, snapshot.frame
            for handle in self.experiment.handles(params, frame):
                moved = self._moved_by[handle.id] = set()
                for step in (handle.step, -handle.step):
                    place = handle.place[0] + step, handle.place[1] + step
                    if isinstance(handle, Slide):
                        moved |= set(handle.moved_to(place, params))
                    else:
                        moved |= set(self.experiment.drag(params, frame, handle.id, place))
        self.form.set_on_stage(set().union(*self._moved_by.values()))
        self._light()

    @Slot(object)
    def set_in_play(self, names: frozenset[str]) -> None:
        """Show and highlight the controls, or the handles on the stage, of these parameters."""
        self._in_play = names
        self.form.set_in_play(names)
        self._light()
        if not self._moved_by_hand:
            self._share_out()

    def _light(self) -> None:
        """Highlight, for each parameter in play, the handles that change it and the fewest other parameters."""
        lit: set[str] = set()
        others = {handle: len(moved - self._in_play) for handle, moved in self._moved_by.items()}
        for name in self._in_play:
            movers = [handle for handle, moved in self._moved_by.items() if name in moved]
            fewest = min((others[handle] for handle in movers), default=0)
            lit |= {handle for handle in movers if others[handle] == fewest}
        self.view.light(frozenset(lit))

    def _splitter_moved(self, *_: int) -> None:
        self._moved_by_hand = True


def _scrolled(form: Form) -> PageArea:
    area = PageArea()
    # The bar's room is always kept, in the form's own margin. Rows may be lower in less width, so that a bar that came
    # and went would come and go for ever.
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    area.setVerticalScrollBar(_QuietBar(area))
    form.leave_right(area.verticalScrollBar().sizeHint().width())
    area.setWidget(form)
    return area


class _QuietBar(QScrollBar):
    """A scroll bar that is invisible while there is nothing to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)
