"""The page of one experiment: stage, controls and panels, arranged for the width there is."""

from __future__ import annotations

from typing import Any, Literal

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QScrollBar, QSplitter, QVBoxLayout, QWidget

from engine.contract.experiment import Experiment
from gui.form.editor import ParameterEditor
from gui.form.form import Form
from gui.learner.goal_strip import GoalStrip
from gui.page.branch_question import BranchQuestion
from gui.page.experiment_controller import ExperimentController
from gui.page.headline import Headline
from gui.page.loading_overlay import LoadingOverlay
from gui.page.panel_tabs import PanelTabs
from gui.page.probe_line import ProbeLine
from gui.page.stage_room import StageRoom
from gui.page.transport import Transport
from gui.run.runner import Runner
from gui.shelf.behind import BehindCurves
from gui.shelf.row import ShelfRow
from gui.stage.stage_entries import show_whole
from gui.style.appearance import appearance, connect_while_visible, let_rest, wake
from gui.style.tokens import GRID
from gui.style.typography import font, px, zoom
from gui.views import load_view
from gui.window.page_area import PageArea
from gui.window.regions import Regions

Mode = Literal["wide", "medium", "narrow"]
WIDE_FROM, MEDIUM_FROM = 1600, 1000
_SIDE_WIDTH, _WRITING_WIDTH = 348, 560
_CODE_COLUMNS, _CODE_SHARE = 88, 0.45
"""So many characters of a line of code are seen where that takes no more than this share of the width."""
_FIRST_ROWS, _MOST_FOR_FORM = 4, 0.55
_FOLDED_BELOW, _ROOMY_FROM = 520, 620


class ExperimentPage(QWidget):
    """From 1600 pixels three columns, from 1000 the controls over the panels, below that a sheet under the stage.

    Its parameters are those of ``editor``, which becomes its own. ``state`` and ``take_state`` bring what a page leaves
    to another one that comes in its place.
    """

    export_tables_wanted = Signal()
    table_figure_wanted = Signal(object, str)
    stage_menu_wanted = Signal(QPoint)

    def __init__(
        self, experiment: Experiment, runner: Runner, editor: ParameterEditor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.experiment = experiment
        self._mode: Mode | None = None
        self._presenting = self._moved_by_hand = False
        self._guide_need: int | None = None
        # Only when the guide has laid itself out anew.
        self._guide_settles = QTimer(self)
        self._guide_settles.setSingleShot(True)
        self._guide_settles.setInterval(0)
        self._guide_settles.timeout.connect(self._look_at_guide)
        self.editor = editor
        editor.setParent(self)
        self.view = load_view(experiment.id)(experiment)
        self.headline = Headline()
        self.goal_strip = GoalStrip(experiment, self)
        self.headline.add_button(self.goal_strip.fold_button)
        self.transport = Transport(experiment, self)
        self.panels = PanelTabs(experiment)
        self.probe_line = ProbeLine()
        self.panels.data.export_requested.connect(self.export_tables_wanted)
        self.view.probed.connect(self.probe_line.show_text)
        self.loading_overlay = LoadingOverlay(experiment.id, self.view)
        self.room = StageRoom(self.view)
        self._stage = self._make_stage()
        self.form = Form(self.editor)
        self.form.restorable.connect(self.headline.defaults_button.setEnabled)
        self.headline.defaults_button.setEnabled(self.form.header.restore_button.isEnabled())
        self.headline.defaults_wanted.connect(self.form.restore_defaults)
        self._controls = _scrolled(self.form)
        self.regions = Regions((self.view.stage, self._controls, self.panels, self.transport), (self.form.header,))
        self._side = QSplitter(Qt.Orientation.Vertical)
        self._outer = QSplitter()
        for splitter in (self._side, self._outer):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(5)
            splitter.splitterMoved.connect(self._splitter_moved)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
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
        self.panels.folded.connect(self._panels_folded)
        self.panels.currentChanged.connect(self._panel_chosen)
        for widget in (self.view.stage, self.transport.line, self.form, self.panels.guide):
            widget.installEventFilter(self)
        connect_while_visible(self, appearance().zoom_changed, self._arrange)
        connect_while_visible(self, appearance().changed, self._guide_settles.start)

    def enter(self) -> None:
        """Become the visible page, in the look of now and with the run where it was left."""
        wake(self)
        self.controller.enter()

    def leave(self) -> None:
        """Make room for another page; whatever the look changes to meanwhile is taken with the next ``enter``."""
        self.controller.leave()
        let_rest(self)

    @property
    def may_go(self) -> bool:
        """Whether another page could come in its place with nothing lost: nothing is being written, derived, reasoned,
        asked or computed in it, no entry stands that was refused, no part of a plot is shown larger, and nothing of it
        is open.
        """
        panels, controls = self.panels, self.form.controls.values()
        opened = any(child.isWindow() and child.isVisible() for child in self.findChildren(QWidget))
        reasons = any(row.reasons is not None and row.reasons.chosen is not None for row in panels.guide.rows)
        written = panels.write is not None or panels.derive is not None or reasons
        busy = written or panels.guide.is_checking or self.branch_question.is_asking or opened
        return not (busy or self.view.magnified() or any(one.reason() is not None for one in controls))

    def state(self) -> tuple[Any, ...]:
        """What a page that is let go leaves beside its editor, for ``take_state``."""
        splitters = [one.saveState() for one in (self._outer, self._side)] if self._moved_by_hand else []
        form = (self.form.asked_open, self._controls.verticalScrollBar().value())
        room = self.size(), splitters, self._guide_need
        parts = (self.controller, self.headline, self.goal_strip, self.transport, self.panels)
        return room, form, self.view.invites, [part.state() for part in parts]

    def take_state(self, state: tuple[Any, ...]) -> None:
        """Be as the page was that left this; before ``enter``."""
        (size, splitters, self._guide_need), (more, place), self.view.invites, parts = state
        # As large as that one was, so that what is arranged by the width is arranged when the rest is taken.
        self.resize(size)
        self._arrange()
        for splitter, left in zip((self._outer, self._side), splitters, strict=False):
            splitter.restoreState(left)
        self._moved_by_hand = bool(splitters)
        self.form.set_more_open(more)
        self.controller.take_state(parts[0])
        self.headline.take_state(parts[1])
        self.goal_strip.take_state(parts[2])
        self.transport.take_state(parts[3])
        self.panels.take_state(parts[4])
        QTimer.singleShot(0, self, lambda: self._controls.verticalScrollBar().setValue(place))

    def show_lesson_bar(self, bar: QWidget) -> None:
        """Have a bar above everything on the stage; it goes when it is shown elsewhere."""
        if bar.parentWidget() is not self._stage:
            self._stage_layout.insertWidget(0, bar)
            bar.show()

    @Slot()
    def pin(self) -> None:
        """Put the run on the shelf, where there is one to be seen."""
        if self.can_pin:
            self.controller.shelf.pin()

    @property
    def can_pin(self) -> bool:
        """Whether there is a run to be put on the shelf."""
        return self.experiment.keeps_runs and not self.transport.isHidden()

    @property
    def can_keep_network(self) -> bool:
        """Whether there is a network to be kept: the run has one, and something of it is shown."""
        return self.experiment.keeps_network and self.controller.snapshot is not None

    @Slot()
    def show_differences(self) -> None:
        """Open the table of differences, if there is something on the shelf."""
        if self.controller.shelf.runs:
            from gui.shelf.table_dialog import TableDialog

            dialog = TableDialog(self.controller.shelf, self)
            dialog.figure_wanted.connect(self.table_figure_wanted)
            dialog.open()

    def show_whole(self) -> None:
        """End the magnifying of all plots on the stage."""
        show_whole(self.view)

    def set_presenting(self, presenting: bool) -> None:
        """Leave only stage and transport, or show everything again."""
        if presenting == self._presenting:
            return
        if self._mode is None:
            self._arrange()
        self._presenting = presenting
        self.panels.setVisible(not presenting)
        self._controls.setVisible(not presenting)
        # Elsewhere it has no place on the page: it would be shown as a window of its own.
        self._side.setVisible(not presenting and self._mode == "medium")
        self.goal_strip.set_presented(presenting)
        if not presenting:
            self._mode = None
            self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view.stage and isinstance(event, QContextMenuEvent):
            self.stage_menu_wanted.emit(event.globalPos())
            return True
        if watched is self.form and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            # Its rows wrap by its width, so its height is known only now.
            if not self._moved_by_hand and self._mode == "medium":
                self._share_out()
            return False
        if watched is self.panels.guide:
            is_wider = isinstance(event, QResizeEvent) and event.size().width() != event.oldSize().width()
            if is_wider or event.type() == QEvent.Type.Show:
                self._guide_settles.start()
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
        self._tell_room()
        if not self._moved_by_hand:
            self._share_out()

    def _make_stage(self) -> QWidget:
        stage = QWidget()
        stage.setAutoFillBackground(True)
        stage.setBackgroundRole(QPalette.ColorRole.Base)
        layout = QVBoxLayout(stage)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.headline)
        layout.addWidget(self.goal_strip)
        layout.addWidget(self.room, 1)
        layout.addWidget(self.probe_line)
        layout.addWidget(self.transport)
        self._stage_layout = layout
        return stage

    def _arrange(self) -> None:
        for part in (self.headline, self.goal_strip):
            part.keep_room(self.height() >= px(_ROOMY_FROM))
        width = self.width() / zoom()
        mode: Mode = "wide" if width >= WIDE_FROM else "medium" if width >= MEDIUM_FROM else "narrow"
        if mode == self._mode or self._presenting:
            return
        if self._mode == "narrow":
            self.panels.give_controls()
        self._mode = mode
        self._moved_by_hand = False
        self._outer.setOrientation(Qt.Orientation.Vertical if mode == "narrow" else Qt.Orientation.Horizontal)
        self._outer.insertWidget(0, self._stage)
        if mode == "narrow":
            self._side.setParent(None)
            self._outer.insertWidget(1, self.panels)
            self.panels.take_controls(self._controls)
            self.panels.fold(self.height() < px(_FOLDED_BELOW))
        elif mode == "medium":
            self._outer.insertWidget(1, self._side)
            self._side.insertWidget(0, self._controls)
            self._side.insertWidget(1, self.panels)
        else:
            self._side.setParent(None)
            self._outer.insertWidget(1, self._controls)
            self._outer.insertWidget(2, self.panels)
        for widget in (self._stage, self._controls, self.panels, self._side):
            widget.setVisible(widget is not self._side or mode == "medium")
        # Read out as they are looked at: the stage first, then the controls, then the panels.
        if mode != "narrow":
            self._controls.lower()
        self._stage.lower()
        for index in range(self._outer.count()):
            self._outer.setStretchFactor(index, 1 if index == 0 else 0)
        self._tell_room()
        self._share_out()

    def _tell_room(self) -> None:
        """Let the form show all its rows where the controls have a column of their own."""
        self.form.set_room(self.height() if self._mode == "wide" else 0)

    def _share_out(self) -> None:
        """Give the parts the room that suits the mode; once a border was dragged it stays where it was put."""
        writes = self.panels.is_writing or self.panels.is_deriving
        if self._mode == "narrow":
            sheet = min(max(px(150), round(self.height() * 0.34)), self.panels.maximumHeight())
            self._outer.setSizes([self.height() - sheet, sheet])
        elif self._mode == "medium":
            # As many rows as there is room for beside what the guide begins with, but at least the first few.
            free = self.height() - self._guide_needs() - self._side.handleWidth()
            wanted = min(self.form.sizeHint().height() + GRID, max(self.form.height_of_rows(_FIRST_ROWS), free))
            form = (
                self.form.height_of_rows(_FIRST_ROWS) if writes else min(wanted, round(self.height() * _MOST_FOR_FORM))
            )
            self._side.setSizes([form, self.height() - form])
            wide = self._panels_width()
            self._outer.setSizes([self.width() - wide, wide])
        else:
            controls, wide = px(_SIDE_WIDTH), self._panels_width()
            self._outer.setSizes([self.width() - controls - wide, controls, wide])

    def _panels_width(self) -> int:
        """Code opens wider than what is read as prose, since its lines are not broken."""
        side = min(px(_WRITING_WIDTH if self.panels.is_writing else _SIDE_WIDTH), self.width() // 2)
        if self.panels.currentWidget() is not self.panels.code:
            return side
        line = QFontMetrics(font("code")).horizontalAdvance("x" * _CODE_COLUMNS)
        return max(side, min(line + 4 * GRID, round(self.width() * _CODE_SHARE)))

    def _guide_needs(self) -> int:
        """The height from which the guide's question and first try are seen at once, with the row of tabs.

        What an answer makes of the try later does not count: nothing moves for it.
        """
        guide = self.panels.guide
        if self._guide_need is None and guide.rows:
            guide.lay_out()
            self._guide_need = guide.rows[0].geometry().bottom() + 1
        return self.panels.tabBar().sizeHint().height() + (self._guide_need or 0)

    @Slot()
    def _look_at_guide(self) -> None:
        """Share the room out by what the guide begins with now, in another language, width or size of type."""
        if self.panels.guide.rows:
            # Of one that was not built yet, what the page before knew stands.
            self._guide_need = None
        if self._mode == "medium" and not self._moved_by_hand:
            self._share_out()

    def _panel_chosen(self, _: int) -> None:
        """Make room for code where it is written or read."""
        if self._mode != "narrow" and not self._moved_by_hand:
            self._share_out()

    def _splitter_moved(self, *_: int) -> None:
        self._moved_by_hand = True

    def _panels_folded(self, _: bool) -> None:
        if self._mode == "narrow":
            self._share_out()


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
    """A scroll bar that is not to be seen while there is nothing to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)
