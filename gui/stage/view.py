"""The base of all views: one stage that draws whole frames, and whose handles change parameters."""

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
from engine.contract.interaction.handle import Handle, Place
from engine.contract.interaction.probe_point import ProbePoint
from engine.contract.required import required
from engine.contract.text.text import Text
from gui.plots.axes.chart import Chart
from gui.plots.board.choosing import ChoosingItem
from gui.plots.board.step_chip import StepChip
from gui.plots.drawing.grip import Grip
from gui.plots.pictures.cell_picture import CellPicture
from gui.stage.accessible.accessibility_bridge import AccessibilityBridge
from gui.stage.fields_on_stage import FieldsOnStage
from gui.stage.handle import HandleItem
from gui.stage.inviting import inviting_handle
from gui.stage.keys.keys import StageKeys
from gui.stage.layout import Layout
from gui.stage.pinned_runs import PinnedRuns
from gui.stage.single_shot import single_shot
from gui.stage.snapshot import F, P, Snapshot, refuse_foreign
from gui.stage.spots import Spots, lies_over
from gui.stage.stage import Stage
from gui.stage.style_bindings import StyleBindings
from gui.stage.written import words_and_marks
from gui.style.api import GRID, px
from gui.style.appearance import appearance, connect_while_visible

T = TypeVar("T")
_BY_TAB = {Qt.FocusReason.TabFocusReason: 1, Qt.FocusReason.BacktabFocusReason: -1}
_PAUSE = 800
"""Milliseconds without a key after which the next one is a new step of undo."""


class View(QWidget, StyleBindings, Generic[P, F]):
    """Draws an experiment's frames on ``stage`` and turns what the hand does there into parameter changes.

    A subclass builds its items once in ``build`` and only updates them in ``show_snapshot``; drawing a frame twice
    changes nothing. ``edited`` carries parameter changes and the name of the gesture that they belong to (changes of
    one gesture are one step of undo); ``gesture_ended`` says that the next ones are a new step; ``placed`` carries a
    place of the run that is no parameter, such as a weight, and its new value; ``run_wanted`` asks for the run to go
    on; ``probed`` carries what the engine says of the place under the pointer, or None; ``working_wanted`` follows a
    selection; ``reached`` carries the box, in the scene, of a handle that the keys have come to.
    """

    edited = Signal(object, str)
    gesture_ended = Signal()
    placed = Signal(str, object)
    run_wanted = Signal()
    probed = Signal(object)
    working_wanted = Signal()
    reached = Signal(QRectF)

    handle_plots: Mapping[str, str] = MappingProxyType({})
    """The beginning of a handle's id (the longest that fits, "" for all others): the attribute that holds its plot."""
    adds_on: str = ""
    """The attribute of the plot on which a double click puts something new."""
    drags_from_start: bool = False
    """Whether a drag counts from where it began, so that what it pressed together comes back, or step by step."""
    wide_from: float = 1.15
    """Width over height from which the stage is laid out side by side rather than one above the other."""
    compact_below: int = 310
    """Height in pixels (times the zoom) below which only what matters most is shown."""
    go_on: Any = None
    """The ``GoOnItem`` that invites to run, where a stage has one; while it is there, no handle invites beside them."""

    def __init__(self, experiment: Experiment[P, F], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.experiment = experiment
        self.current: Snapshot[P, F] | None = None
        self.ghost: Snapshot[P, F] | None = None
        self.newest: Snapshot[P, F] | None = None
        self.handle_items: dict[str, HandleItem] = {}
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
        """Create the items, once."""
        raise NotImplementedError

    def layout_for(self, params: P, wide: bool, compact: bool) -> Layout | None:
        """Where the parts stand for these parameters: side by side (``wide``) or one above the other; ``compact`` shows
        only what matters most. None for a view that places its parts itself, in ``arrange``.
        """
        return None

    def arrange(self, wide: bool, compact: bool) -> None:
        """Called when the parts have been placed anew, for what depends on the room beside that."""

    def restyle(self) -> None:
        """Take colours and fonts for what does not do so by itself; called at first and whenever the look changes."""

    def show_snapshot(self, current: Snapshot[P, F], ghost: Snapshot[P, F] | None) -> None:
        """Show a frame; ``ghost`` is the last one before the latest change, to be drawn at a third of its strength."""
        raise NotImplementedError

    def plot_of_handle(self, handle_id: str) -> pg.PlotItem:
        """The plot in whose coordinates a handle of the engine lies, as ``handle_plots`` says."""
        begun = [start for start in self.handle_plots if handle_id.startswith(start)]
        if not begun:
            raise KeyError(handle_id)
        return getattr(self, self.handle_plots[max(begun, key=len)])

    # What the window calls

    def draw(
        self, params: P, frame: F, ghost: Snapshot[P, F] | None = None, newest: Snapshot[P, F] | None = None
    ) -> None:
        """Show a frame with the parameters it was made with; ``newest`` is how far the run has come where one looks at
        an earlier place of it. TypeError for any of them that is of another experiment.
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
        """Show what view parameters would show, while the pointer is there; None shows again what is."""
        if self.current is None:
            return
        shown = self.current
        if changes is not None:
            shown = Snapshot(shown.params.replaced(changes), shown.frame)
        self.show_snapshot(shown, self.ghost)

    def sizeHint(self) -> QSize:
        return QSize(760, 520)

    def for_export(self, on: bool) -> bool:
        """Leave out, or show again, what is for the hand only, handles and invitations; whether it was left out."""
        before, self._exporting = self._exporting, on
        if self.current is not None and before != on:
            self.draw(self.current.params, self.current.frame, self.ghost, self.newest)
        return before

    @property
    def handle_gap(self) -> float:
        """Pixels by which an arrow that ends in a handle stops short; none where no handle is shown."""
        return 0.0 if self._exporting else 9.0

    @property
    def is_inviting(self) -> bool:
        """Whether to show what is to be done first: until something was done, and not in an export."""
        return self.invites and not self._exporting

    # Handles

    def move_handle(self, handle_id: str, place: Place, by_key: bool = False) -> None:
        """Do what dragging a handle to a place does, or what a key does that brings it there from where it is."""
        if self.current is not None:
            self._begun = begun = self._begun or self.current
            self._held = handle_id
            stays = handle_id in self.handle_items and self.handle_items[handle_id].stays
            start = begun if (not by_key if stays else self.drags_from_start) else self.current
            changes = self.experiment.drag(start.params, start.frame, handle_id, place)
            self.invites = False
            self.edited.emit(changes, f"drag {handle_id}")

    def let_go(self) -> None:
        """The gesture under way is over, its own way or by a change from elsewhere: the next begins at what stands."""
        self.pause_of_keys.stop()
        begun, self._begun = self._begun, None
        if begun is not None and self.current is not None:
            self.draw(self.current.params, self.current.frame, self.ghost, self.newest)

    def click_handle(self, handle_id: str) -> None:
        """Do what a click on a handle does, and give it the arrow keys."""
        self.focus_handle(handle_id, by_pointer=True)
        self.press(handle_id)

    def press(self, handle_id: str) -> None:
        """Do what a click means on what the experiment calls a handle, be it one of ``handles`` or not."""
        self._do(self.experiment.click, handle_id)

    def remove_handle(self, handle_id: str) -> None:
        """Take away what a handle stands for, where that can be."""
        self._do(self.experiment.remove, handle_id)

    def add_at(self, place: Place) -> None:
        """Put something new at a place, where that can be."""
        self._do(self.experiment.add, place)

    def change(self, changes: Mapping[str, object], gesture: str = "") -> None:
        """Ask for a parameter change, such as a click on a row that selects it; that also asks for its working."""
        self.edited.emit(changes, gesture)
        if not gesture:
            self.gesture_ended.emit()
        if "selected" in changes:
            self.working_wanted.emit()

    def probe_plot(self, plot: pg.PlotItem, part: str = "") -> None:
        """Ask the engine about the place under the pointer whenever it moves over a plot.

        ``part`` is its name in the spot where the stage has several plots that mean different things.
        """
        self._spots.add(plot, part)

    def choice(self, name: str, item: ChoosingItem, values: Sequence[object] = ()) -> ChoosingItem:
        """Make an item on the stage the control of a field: its options, what is chosen, and what a choice changes.

        ``values`` are those that are offered of a field that has no options of its own, such as a number.
        """
        self._fields.choice(name, item, values)
        self.add_control(item)
        return item

    def grips(self, item: Grip, handle_id: str) -> None:
        """Have a drag of an item in a plot, such as a cursor, move a handle."""
        item.grabbed.connect(lambda x, y: self.move_handle(handle_id, (x, y)))
        item.released.connect(self.gesture_ended)

    def selects(self, picture: CellPicture, name: str) -> None:
        """Have a click on a cell, or arrow keys while the picture has them, choose it for a field of that kind."""
        self._fields.selects(name, picture)
        self.add_control(picture)

    def steps_through(self, name: str, step: Callable[[int], object]) -> None:
        """Have arrow keys choose the value of a field that a click on a point gives: ``step`` is told how many points
        further that is, and says which value lies there. Its stop of Tab shows only while it has the keys.
        """
        self._chip = StepChip()
        self._chip.setPos(GRID, GRID)
        self.stage.scene().addItem(self._chip)
        self._fields.chip(name, self._chip, step)
        self.add_control(self._chip)

    @property
    def axes_of(self) -> Snapshot[P, F]:
        """What the axes are to be fitted to: while something is dragged, what was shown when that began, since the
        place under the pointer must not run away from it; at an earlier place of a run, the newest one.
        """
        return self._begun or self.farthest

    @property
    def farthest(self) -> Snapshot[P, F]:
        """How far the run has come that is shown: the newest place there is, or the one that is shown."""
        return required(self.newest or self.current)

    def add_control(self, control: QGraphicsWidget) -> None:
        """Have Tab reach a control on the stage, after the handles; its keys are its own while it has the focus."""
        self.keys.controls.append(control)

    def probe(self, spot: ProbePoint | None) -> None:
        """Ask the engine what belongs to a spot, None when the pointer has left."""
        self.probed.emit(self._said_of(spot))

    def probe_at(self, scene_place: QPointF) -> Text | None:
        """What the engine says of a place of the scene, None where nothing is to be said."""
        return self._said_of(self._spots.at(scene_place))

    def field_at(self, scene_place: QPointF) -> str | None:
        """The field whose control on the stage lies at a place of the scene."""
        return self._fields.name_at(scene_place)

    def focused_handle(self) -> str | None:
        """The handle that the arrow keys move."""
        return next((name for name, item in self.handle_items.items() if item.is_focused()), None)

    def focus_handle(self, handle_id: str | None, by_pointer: bool = False) -> None:
        """Give the arrow keys to one handle, or to none, as to what has none; one that is pressed stays where it is."""
        before = self.focused_handle()
        for name, item in self.handle_items.items():
            item.set_focused(name == handle_id)
        if handle_id in self.handle_items and handle_id != before:
            self._voice.focused(self.handle_items[handle_id])
            if not by_pointer:
                self.reached.emit(self.handle_items[handle_id].sceneBoundingRect())

    def take_keys(self, part: str | QGraphicsWidget) -> None:
        """Have the keys come to the stage, and there to a handle or a control."""
        self.stage.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(part, str):
            self.focus_handle(part)
        else:
            part.setFocus(Qt.FocusReason.OtherFocusReason)

    def field_of_control(self, control: QGraphicsWidget) -> Field | None:
        """The field whose control stands on the stage there; None where it is that of none."""
        return self._fields.field_of_item(control)

    def magnified(self) -> list[Chart]:
        """The plots on the stage of which a part is shown larger."""
        return [item for item in self.stage.ci.items if isinstance(item, Chart) and item.is_magnified]

    def _do(self, meaning: Callable[[P, F, T], Mapping[str, object]], about: T) -> None:
        """Ask for what something means to the experiment in what is shown, if it means anything."""
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
        first = inviting_handle(self)
        for name, item in self.handle_items.items():
            item.set_inviting(bool(first and name == first.id), handles[name].hint if name in handles else (1.0, 0.0))
        if self.is_inviting and self.experiment.shape == "walk":
            # A step may write words where the invitation stands.
            self._invitation_settles.start()

    def handles(self) -> tuple[Handle, ...]:
        """What can be dragged in the frame that is shown."""
        return self._handles

    def _clear_invitation(self) -> None:
        """Have the words that invite cover as little as can be of what is written."""
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
        """What a click means there, as if the handle's body were not to be gripped; its keys go to the handle."""
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
        """Say what lies under the pointer; of what is dragged, where it is, which need not be where the pointer is."""
        self._told = self.current if self._held is not None else None
        self.probe(self._spot_of_held() or self._spots.at(scene_place))

    def _spot_of_held(self) -> ProbePoint | None:
        """Where the handle lies that is dragged, or was until the pointer moved again; None where there is none."""
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
