"""The keys of a stage: Tab from stop to stop, arrows within an array or on a handle, Enter, Delete, Escape."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGraphicsWidget

from engine.contract.interaction.handle import Handle, Slide
from gui.stage.keys.cell_keys import CellKeys
from gui.stage.keys.stops import arrays_of, beside
from gui.stage.stage_host import StageHost

ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier

Stop = tuple[str, ...] | QGraphicsWidget


class StageKeys:
    """Arrows move the handle that has the keys. In an array of handles, Control and an arrow go to the one beside it;
    among numbers in cells arrows do so by themselves, and ``CellKeys`` change the number. Escape gives the keys back to
    the stage, and Tab comes back to where it was in an array.
    """

    def __init__(self, view: StageHost) -> None:
        self._view = view
        self.controls: list[QGraphicsWidget] = []
        """The controls that Tab reaches after the handles."""
        self._cells = CellKeys(view)
        self._last: dict[str, str] = {}

    def reached_handles(self) -> list[str]:
        """The handles that can be seen, in the order in which Tab comes to them."""
        return [name for name, item in self._view.handle_items.items() if item.isVisible()]

    def focused_control(self) -> QGraphicsWidget | None:
        """The control that has the keys."""
        return next((control for control in self.controls if control.hasFocus()), None)

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key means something here that it would otherwise mean to the window."""
        held = bool(self._view.focused_handle() or self.focused_control())
        return held and (event.key() in ARROWS or event.key() == Qt.Key.Key_Escape)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; whether it means anything."""
        key, view = event.key(), self._view
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return self.go_on(1 if key == Qt.Key.Key_Tab else -1)
        focused, control = view.focused_handle(), self.focused_control()
        if key == Qt.Key.Key_Escape and (focused or control):
            self._take(None)
            return True
        if focused is None or focused not in self.reached_handles():
            return False
        if key in _ENTER:
            view.click_handle(focused)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            view.remove_handle(focused)
        elif self._of_cell(focused, event):
            pass
        elif key in ARROWS:
            self._arrow(focused, ARROWS[key], event.modifiers())
        else:
            return False
        return True

    def go_on(self, step: int) -> bool:
        """Give the keys to the next stop; False where there is none and Tab leaves the stage."""
        stops = self.stops()
        here: Any = self._view.focused_handle() or self.focused_control()
        held = (stop is here or (isinstance(stop, tuple) and here in stop) for stop in stops)
        at = next((number for number, is_here in enumerate(held) if is_here), None)
        index = at + step if at is not None else (0 if step == 1 else len(stops) - 1)
        self._take(stops[index] if 0 <= index < len(stops) else None)
        return 0 <= index < len(stops)

    def come_back_to(self, control: QGraphicsWidget) -> None:
        """Give the keys to a control that another layout has taken off the stage for a moment; where it is gone, to the
        first stop that there is.
        """
        stops = self.stops()
        self._take(control if control in stops else next(iter(stops), None))

    def stops(self) -> list[Stop]:
        """Arrays of handles, of one or more, and the controls that are on the stage."""
        reached = self.reached_handles()
        arrays = arrays_of(self._view.handles())
        found: dict[Stop, None] = {}
        for name in reached:
            found[tuple(one for one in arrays.get(name, (name,)) if one in reached)] = None
        seen = [one for one in self.controls if one.isVisible() and one.isEnabled() and one.scene()]
        return [*found, *seen]

    def array_of(self, name: str) -> tuple[str, ...]:
        """The handles of the array that a handle is of, it alone where it is of none."""
        return next((stop for stop in self.stops() if isinstance(stop, tuple) and name in stop), (name,))

    def _of_cell(self, focused: str, event: QKeyEvent) -> bool:
        """Do what a key means to a number in a cell; whether it means anything there."""
        handle = next(handle for handle in self._view.handles() if handle.id == focused)
        if not isinstance(handle, Slide) or not handle.stays:
            return False
        if notches := self._cells.notches(event):
            self._move(handle, (0, notches))
        elif self._cells.begins(event):
            self._cells.ask(handle, event.text())
        else:
            return False
        return True

    def _arrow(self, focused: str, way: tuple[int, int], modifiers: Qt.KeyboardModifier) -> None:
        view = self._view
        array = self.array_of(focused)
        if len(array) > 1 and (modifiers & _CONTROL or view.handle_items[focused].stays):
            view.focus_handle(beside(focused, array, view.handle_items, way))
            self._remember(array)
            return
        many = 10 if modifiers & _SHIFT else 1
        handle = next(handle for handle in view.handles() if handle.id == focused)
        self._move(handle, (many * way[0], many * way[1]))

    def _move(self, handle: Handle, steps: tuple[int, int]) -> None:
        view, step = self._view, handle.step
        view.move_handle(handle.id, (handle.place[0] + steps[0] * step, handle.place[1] + steps[1] * step), by_key=True)
        view.pause_of_keys.start()

    def _take(self, stop: Stop | None) -> None:
        """Give the keys to a stop, or to none; of an array to the handle that had them last, and at first to the one
        that comes first of all.
        """
        name = None
        if isinstance(stop, tuple):
            first = next(one for one in self.reached_handles() if one in stop)
            name = self._last.get(stop[0], first)
            name = name if name in stop else first
        self._view.focus_handle(name)
        for control in self.controls:
            if control is stop:
                control.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                control.clearFocus()

    def _remember(self, array: tuple[str, ...]) -> None:
        focused = self._view.focused_handle()
        if focused is not None:
            self._last[array[0]] = focused
