"""The base of all views: a stage that draws frames and turns dragging of handles into parameter changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Generic, TypeVar

import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGraphicsWidget, QVBoxLayout, QWidget

from engine.contract.experiment import Experiment
from engine.contract.fields import Field
from engine.contract.frame import required
from engine.contract.handle import Handle, Position, ProbePoint
from engine.contract.text import Text
from gui.plots.axes.chart import Chart
from gui.plots.board.choosing import ChoosingItem, StepChip
from gui.plots.drawing.stage_item import Grip
from gui.plots.pictures.cells import CellPicture
from gui.stage.accessible.accessibility_bridge import AccessibilityBridge
from gui.stage.fields_on_stage import FieldsOnStage, words_and_marks
from gui.stage.handle import RADIUS, HandleItem, inviting_handle
from gui.stage.keys import StageKeys
from gui.stage.pinned_runs import PinnedRuns
from gui.stage.snapshot import F, Layout, P, Snapshot, Spots, lies_over, refuse_foreign
from gui.stage.stage import Stage
from gui.stage.style_bindings import StyleBindings, single_shot
from gui.style.api import GRID, px
from gui.style.appearance import appearance, connect_while_visible

T = TypeVar("T")
_BY_TAB = {Qt.FocusReason.TabFocusReason: 1, Qt.FocusReason.BacktabFocusReason: -1}
_PAUSE = 800
"""Milliseconds without a key press after which the next key press begins a new undo step."""


class View(QWidget, StyleBindings, Generic[P, F]):
    """Draws an experiment's frames on ``stage`` (the main drawing area) and turns mouse and keyboard input there into
    parameter changes.

    A subclass creates its items once in ``build`` and only updates them in ``show_snapshot``; drawing a frame twice
    changes nothing. Signals: ``edited`` carries parameter changes and the name of their gesture (changes of one gesture
    are one undo step); ``gesture_ended``: the next changes are a new step; ``placed`` carries the name of a value of
    the run that is no parameter, such as a weight, and its new value; ``run_wanted`` asks to play the run,
    ``step_wanted`` to step; ``probed`` carries the engine's words on the point under the pointer, or None;
    ``working_wanted`` asks to show the worked calculation, after a selection; ``reached`` carries the scene box of a
    newly focused handle.
    """

    edited = Signal(object, str)
    gesture_ended = Signal()
    placed = Signal(str, object)
    run_wanted = Signal()
    step_wanted = Signal()
    probed = Signal(object)
    working_wanted = Signal()
    reached = Signal(QRectF)

    handle_plots: Mapping[str, str] = MappingProxyType({})
    """Maps the beginning of a handle's id (the longest that fits, "" for all others) to the attribute that holds its
    plot.
    """
    adds_on: str = ""
    """The name of the attribute with the plot on which a double click adds something."""
    keeps_in_sight: tuple[str, ...] = ()
    """The ids of handles that cannot be dragged out of the visible part of their plot, though their map goes on beyond
    it.
    """
    drags_from_start: bool = False
    """Whether a drag is applied to the state in which it began, so that everything it moved aside comes back, or step
    by step to the present state.
    """
    wide_from: float = 1.15
    """The ratio of width to height from which the stage's items stand side by side rather than one above the other."""
    compact_below: int = 310
    """The height in pixels (times the zoom) below which only the most important items are shown."""
    go_on: Any = None
    """The ``GoOnItem``, a clickable invitation to run or step, if the view has one; while it is visible, no handle
    invites.
    """

    def __init__(self, experiment: Experiment[P, F], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.experiment = experiment
        self.current: Snapshot[P, F] | None = None
        self.ghost: Snapshot[P, F] | None = None
        self.newest: Snapshot[P, F] | None = None
        self.handle_items: dict[str, HandleItem] = {}
        self._lit: frozenset[str] = frozenset()
        self._handles: tuple[Handle, ...] = ()
        self._arrangement: tuple[bool, bool] | None = None
        self._layout: Layout | None = None
        self._begun: Snapshot[P, F] | None = None
        self.invites, self._exporting = True, False
        self._pointer: QPointF | None = None
        self._held: str | None = None
        self._told: Snapshot[P, F] | None = None
        self.stage = Stage(self)
        # Arrow keys pressed one after the other are one step of undo.
        self.pause_of_keys = single_shot(self, _PAUSE, self.gesture_ended)
        self._grid_settles = single_shot(self, 0, self.stage.fill)
        self._invitation_settles = single_shot(self, 0, self._clear_invitation)
        self._spots = Spots()
        self.pinned = PinnedRuns(self)
        self.keys = StageKeys(self)
        self._voice = AccessibilityBridge(self, self.keys)
        self._fields = FieldsOnStage(experiment.params_type, self._change_by_item)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stage)
        self.setFocusProxy(self.stage)
        self.stage.installEventFilter(self)
        self.stage.scene().sigMouseMoved.connect(self._pointer_moved)
        self.stage.scene().sigMouseClicked.connect(self._stage_clicked)
        self.gesture_ended.connect(self.let_go)
        self.begin_dressing()
        self.dress(self._fields.restyle)
        others = set(vars(self))
        self.build()
        self.watch(value for name, value in vars(self).items() if name not in others)
        self.dress(self.restyle)
        self.renew()
        connect_while_visible(self, appearance().changed, self._appearance_changed)

    # What a subclass gives

    def build(self) -> None:
        """Create the items of the stage; called once."""
        raise NotImplementedError

    def layout_for(self, params: P, wide: bool, compact: bool) -> Layout | None:
        """The layout for these parameters: items side by side (``wide``) or stacked; ``compact`` shows only the most
        important ones. None for a view that places its items itself in ``arrange``.
        """
        return None

    def arrange(self, wide: bool, compact: bool) -> None:
        """Called after the items were placed in the layout; a subclass adapts them to the available room."""

    def restyle(self) -> None:
        """Apply colours and fonts to items that do not do so themselves; called at first and at each change of
        style.
        """

    def show_snapshot(self, current: Snapshot[P, F], ghost: Snapshot[P, F] | None) -> None:
        """Show a frame. ``ghost`` is the last frame before the latest change, to be drawn faintly, or None."""
        raise NotImplementedError

    def plot_of_handle(self, handle_id: str) -> pg.PlotItem:
        """The plot whose coordinates a handle uses, by ``handle_plots``."""
        begun = [start for start in self.handle_plots if handle_id.startswith(start)]
        if not begun:
            raise KeyError(handle_id)
        return getattr(self, self.handle_plots[max(begun, key=len)])

    # What the window calls

    def draw(
        self, params: P, frame: F, ghost: Snapshot[P, F] | None = None, newest: Snapshot[P, F] | None = None
    ) -> None:
        """Show a frame with its parameters; ``newest`` is the newest frame if an earlier one is shown. TypeError for a
        snapshot of another experiment.
        """
        refuse_foreign(self.experiment, Snapshot(params, frame), ghost, newest)
        if self.is_inviting and self.current is not None and self.current.params != params:
            # Other words and marks may stand where those of the invitation do.
            self._invitation_settles.start()
        self.current, self.ghost, self.newest = Snapshot(params, frame), ghost, newest
        self._handles = self.experiment.handles(params, frame)
        self._arrange()
        self._fields.show(params)
        self.pinned.apply(params, plain=self._exporting)
        self.show_snapshot(self.current, ghost)
        self._place_handles()
        if self._pointer is not None:
            self._probe_under(self._pointer)
        self._voice.drawn()

    def preview(self, changes: Mapping[str, object] | None) -> None:
        """Show the frame with other values of parameters that only change the view, while the pointer is over
        something; None ends the preview.
        """
        if self.current is None:
            return
        shown = self.current
        if changes is not None:
            shown = Snapshot(shown.params.replaced(changes), shown.frame)
        self.show_snapshot(shown, self.ghost)

    def sizeHint(self) -> QSize:
        return QSize(760, 520)

    def for_export(self, on: bool) -> bool:
        """Hide or show handles and invitations, which exports leave out; returns whether they were hidden before."""
        before, self._exporting = self._exporting, on
        if self.current is not None and before != on:
            self.draw(self.current.params, self.current.frame, self.ghost, self.newest)
        return before

    @property
    def handle_gap(self) -> float:
        """The gap in pixels between the tip of an arrow and the centre of its handle; 0 in exports, where no handle is
        shown.
        """
        return 0.0 if self._exporting else 9.0

    @property
    def is_inviting(self) -> bool:
        """Whether to show the invitation: until the user has done something, and not in an export."""
        return self.invites and not self._exporting

    # Handles

    def move_handle(self, handle_id: str, place: Position, by_key: bool = False) -> None:
        """Apply the parameter change of a handle dragged to a point, or moved there by a key."""
        if self.current is not None:
            self._begun = begun = self._begun or self.current
            self._held = handle_id
            stays = handle_id in self.handle_items and self.handle_items[handle_id].stays
            start = begun if (not by_key if stays else self.drags_from_start) else self.current
            if handle_id in self.keeps_in_sight:
                place = self._in_sight(handle_id, place)
            changes = self.experiment.drag(start.params, start.frame, handle_id, place)
            self.invites = False
            self.edited.emit(changes, f"drag {handle_id}")

    def _in_sight(self, handle_id: str, place: Position) -> Position:
        """The point nearest to ``place`` at which a handle's ring is completely visible."""
        box = self.plot_of_handle(handle_id).vb
        across, up = (px(RADIUS) * one for one in box.viewPixelSize())
        seen = box.viewRect().adjusted(across, up, -across, -up)
        return (
            min(max(place[0], seen.left()), seen.right()),
            min(max(place[1], seen.top()), seen.bottom()),
        )

    def let_go(self) -> None:
        """End the current gesture, so that the next change begins a new undo step."""
        self.pause_of_keys.stop()
        begun, self._begun = self._begun, None
        if begun is not None and self.current is not None:
            self.draw(self.current.params, self.current.frame, self.ghost, self.newest)

    def click_handle(self, handle_id: str) -> None:
        """Apply a click on a handle and give it the keyboard focus."""
        self.focus_handle(handle_id, by_pointer=True)
        self.press(handle_id)

    def press(self, handle_id: str) -> None:
        """Handle a click on an object that the experiment identifies like a handle, even if it is not among
        ``handles``.
        """
        self._do(self.experiment.click, handle_id)

    def remove_handle(self, handle_id: str) -> None:
        """Remove the object of a handle, if the experiment allows it."""
        self._do(self.experiment.remove, handle_id)

    def add_at(self, place: Position) -> None:
        """Add something at a point, if the experiment allows it."""
        self._do(self.experiment.add, place)

    def change(self, changes: Mapping[str, object], gesture: str = "") -> None:
        """Ask for a parameter change, such as the selection of a row, and to show the worked calculation."""
        self.edited.emit(changes, gesture)
        if not gesture:
            self.gesture_ended.emit()
        if "selected" in changes:
            self.working_wanted.emit()

    def probe_plot(self, plot: pg.PlotItem, part: str = "") -> None:
        """Ask the engine about the point under the pointer whenever it moves over a plot.

        ``part`` names the plot in the probe point if the stage has several plots with different meanings.
        """
        self._spots.add(plot, part)

    def choice(self, name: str, item: ChoosingItem, values: Sequence[object] = ()) -> ChoosingItem:
        """Make an item on the stage the control of a field.

        ``values`` are offered for a field that has no options of its own, such as a number.
        """
        self._fields.choice(name, item, values)
        self.add_control(item)
        return item

    def grips(self, item: Grip, handle_id: str) -> None:
        """Make dragging an item in a plot, such as a cursor, drag a handle."""
        item.grabbed.connect(lambda x, y: self.move_handle(handle_id, (x, y)))
        item.released.connect(self.gesture_ended)

    def selects(self, picture: CellPicture, name: str) -> None:
        """Make a grid of cells the control of a field whose values are cells, by click and arrow keys."""
        self._fields.selects(name, picture)
        self.add_control(picture)

    def steps_through(self, name: str, step: Callable[[int], object]) -> None:
        """Let arrow keys choose the value of a field that otherwise only a click on a point sets: ``step(n)`` returns
        the value n points further on. The tab stop is visible only while it is focused.
        """
        self._chip = StepChip()
        self._chip.setPos(GRID, GRID)
        self.stage.scene().addItem(self._chip)
        self._fields.chip(name, self._chip, step)
        self.add_control(self._chip)

    @property
    def axes_of(self) -> Snapshot[P, F]:
        """The snapshot to which axes are fitted. During a drag it is the one at the drag's start, so that axes do not
        move under the pointer; if an earlier update is shown, it is the newest one.
        """
        return self._begun or self.farthest

    @property
    def farthest(self) -> Snapshot[P, F]:
        """The newest snapshot of the run, or the one shown if none is newer."""
        return required(self.newest or self.current)

    def add_control(self, control: QGraphicsWidget) -> None:
        """Add a control on the stage to the tab order, after the handles; while focused, it handles its keys itself."""
        self.keys.controls.append(control)

    def probe(self, spot: ProbePoint | None) -> None:
        """Show what the engine says about a probe point; None when the pointer has left."""
        self.probed.emit(self._said_of(spot))

    def probe_at(self, scene_place: QPointF) -> Text | None:
        """The engine's words on a point of the scene; None if it has none."""
        return self._said_of(self._spots.at(scene_place))

    def field_at(self, scene_place: QPointF) -> str | None:
        """The name of the field whose control on the stage is at a point of the scene; None if there is none."""
        return self._fields.name_at(scene_place)

    def focused_handle(self) -> str | None:
        """The id of the handle with the keyboard focus; None if there is none."""
        return next((name for name, item in self.handle_items.items() if item.is_focused()), None)

    def focus_handle(self, handle_id: str | None, by_pointer: bool = False) -> None:
        """Focus a handle, or none; ``reached`` is not emitted if it was focused by a press."""
        before = self.focused_handle()
        for name, item in self.handle_items.items():
            item.set_focused(name == handle_id)
        if handle_id in self.handle_items and handle_id != before:
            self._voice.focused(self.handle_items[handle_id])
            if not by_pointer:
                self.reached.emit(self.handle_items[handle_id].sceneBoundingRect())

    def take_keys(self, part: str | QGraphicsWidget) -> None:
        """Give the keyboard focus to the stage, and in it to a handle or control."""
        self.stage.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(part, str):
            self.focus_handle(part)
        else:
            part.setFocus(Qt.FocusReason.OtherFocusReason)

    def field_of_control(self, control: QGraphicsWidget) -> Field | None:
        """The field that a control on the stage belongs to; None if there is none."""
        return self._fields.field_of_item(control)

    def magnified(self) -> list[Chart]:
        """The plots on the stage that are magnified."""
        return [item for item in self.stage.ci.items if isinstance(item, Chart) and item.is_magnified]

    def show_whole(self) -> None:
        """Show all plots unmagnified."""
        for plot in self.magnified():
            plot.show_whole()

    def _do(self, meaning: Callable[[P, F, T], Mapping[str, object]], about: T) -> None:
        """Call a method of the experiment, with the parameters and frame shown and ``about``, and ask for the parameter
        changes that it returns.
        """
        changes = meaning(self.current.params, self.current.frame, about) if self.current else None
        if changes:
            self.invites = False
            self.change(changes)

    def _place_handles(self) -> None:
        handles = {handle.id: handle for handle in self.handles()}
        for name, handle in handles.items():
            if name not in self.handle_items:
                self.handle_items[name] = self._new_handle(handle)
        for name, item in self.handle_items.items():
            # A handle whose plot is not on the stage at the moment is not reached by keys either.
            on_stage = self.plot_of_handle(name).scene() is not None
            item.setVisible(name in handles and on_stage and not self._exporting)
            if name in handles:
                item.place(handles[name])
            item.set_lit(name in self._lit)
        first = inviting_handle(self)
        for name, item in self.handle_items.items():
            item.set_inviting(bool(first and name == first.id), handles[name].hint if name in handles else (1.0, 0.0))
        if self.is_inviting and self.experiment.shape == "walk":
            # A step may write words where the invitation stands.
            self._invitation_settles.start()

    def light(self, handles: frozenset[str]) -> None:
        """Highlight the handles with these ids and no others, since a question or a goal is about the values they
        move.
        """
        self._lit = handles
        for name, item in self.handle_items.items():
            item.set_lit(name in handles)

    def handles(self) -> tuple[Handle, ...]:
        """The handles of the frame that is shown."""
        return self._handles

    def _clear_invitation(self) -> None:
        """Move the invitation to the place where it covers as little as possible of the painted words."""
        if not self.isVisible():
            return  # they invite nobody; and a scene on its way out must not be painted
        written = words_and_marks(self.stage)
        for item in self.handle_items.values():
            if not item.invitation_box().isEmpty():
                item.keep_clear_of([box for words, box in written if words != item.invitation])

    def _new_handle(self, handle: Handle) -> HandleItem:
        item = HandleItem(handle, self.plot_of_handle(handle.id), self.handle_items)
        item.invitation_moved.connect(self._invitation_settles.start)
        item.dragged.connect(lambda name, x, y: self.move_handle(name, (x, y)))
        item.drag_ended.connect(self.gesture_ended)
        item.clicked.connect(self.click_handle)
        item.body_clicked.connect(self._body_clicked)
        return item

    def _change_by_item(self, changes: Mapping[str, object]) -> None:
        self.focus_handle(None)
        self.change(changes)

    def _stage_clicked(self, event: MouseClickEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._click_stage(event.scenePos(), event.double())

    def _body_clicked(self, handle_id: str, scene_place: QPointF, double: bool) -> None:
        """Handle a click on a handle's body as a click on the plot below it, and focus the handle."""
        self.focus_handle(handle_id, by_pointer=True)
        self._click_stage(scene_place, double)

    def _click_stage(self, scene_place: QPointF, double: bool) -> None:
        if self.current is None:
            return
        if double:
            magnified = [plane for plane in self.magnified() if lies_over(plane.vb, scene_place)]
            if magnified:
                # Whoever double clicks there wants to see the whole; what else it means, the next one does.
                magnified[0].show_whole()
                return
            plot = getattr(self, self.adds_on) if self.adds_on else None
            if plot is not None and lies_over(plot.vb, scene_place):
                self.add_at(plot.vb.mapSceneToView(scene_place).toTuple())
            return
        if self._fields.click(scene_place):
            return
        # With its axes: whoever clicks the name of a bar means the bar.
        spot = self._spots.at(scene_place, with_axes=True)
        if spot is not None:
            self._do(self.experiment.click_at, spot)

    def _pointer_moved(self, scene_place: QPointF) -> None:
        self._pointer = scene_place
        if self._begun is None:
            self._held = None
        if self._held is None or self._told is not self.current:
            self._probe_under(scene_place)
        self.pinned.point_at(scene_place)

    def _probe_under(self, scene_place: QPointF) -> None:
        """Probe the point under the pointer, or, during a drag, the dragged handle's place."""
        self._told = self.current if self._held is not None else None
        self.probe(self._spot_of_held() or self._spots.at(scene_place))

    def _spot_of_held(self) -> ProbePoint | None:
        """The probe point of the handle that is dragged, or that was dragged last if the pointer has not moved since;
        None if there is no such handle.
        """
        if self._held is None or self.current is None:
            return None
        place = next((handle.place for handle in self.handles() if handle.id == self._held), None)
        return None if place is None else self._spots.on(self.plot_of_handle(self._held), place)

    def _said_of(self, spot: ProbePoint | None) -> Text | None:
        shown = self.current
        probe = None if shown is None or spot is None else self.experiment.probe(shown.params, shown.frame, spot)
        return probe.text if probe else None

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.stage:
            kind = event.type()
            if isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
                if self.keys.press(event):
                    return True
            elif isinstance(event, QKeyEvent) and kind == QEvent.Type.ShortcutOverride and self.keys.wants(event):
                event.accept()
            elif isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() in _BY_TAB:
                # Whoever comes by Tab sees at once where the keys are.
                self.keys.go_on(_BY_TAB[event.reason()])
            elif kind == QEvent.Type.FocusOut:
                self.focus_handle(None)
            elif kind == QEvent.Type.Leave:
                self._pointer = self._told = None
                self.probe(None)
                self.pinned.point_at(None)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= self.wide_from * max(1, self.height())
        arrangement = (wide, self.height() < px(self.compact_below))
        params = self.current.params if self.current else self.experiment.params_type()
        layout = self.layout_for(params, *arrangement)
        if (arrangement, layout) == (self._arrangement, self._layout):
            return
        before, self._arrangement, self._layout = self._layout, arrangement, layout
        held = self.keys.focused_control()
        if layout is not None:
            layout.apply(self.stage, vars(self), before)
        self.arrange(*arrangement)
        if self.current is not None:
            self._place_handles()
        if held is not None:
            self.keys.come_back_to(held)

    def _appearance_changed(self, *_: object) -> None:
        self.stage.restyle()
        for item in self.handle_items.values():
            item.restyle()
        self.renew()
        self._arrange()
        # Smaller type needs less room, which the grid does not take back by itself, nor before its items have said so.
        self.stage.fill()
        self._grid_settles.start()
        if self.current is not None:
            self.draw(self.current.params, self.current.frame, self.ghost, self.newest)
