"""The keyboard on a stage: tab stops, arrow keys in a grid of cells, and typing of numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGraphicsWidget, QLineEdit, QWidget

from engine.contract.handle import Handle, Slide
from engine.contract.numerals import format_real, parse_real
from engine.contract.text import Refused
from gui.stage.handle import HandleItem
from gui.stage.stage_host import StageHost
from gui.style.api import font, px, theme
from gui.style.foreground import write_in
from gui.style.language import translate

_OWN = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_AWAY_A_MOMENT = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class TypedNumber(QLineEdit):
    """A line edit for a number over a cell; emits ``given(number)`` on Enter. Text that is no number stays, in red.

    Escape, a press elsewhere or a change of focus cancels. ``closed`` is emitted, before ``given``, when the line edit
    is gone and the stage has the keyboard focus again.
    """

    given = Signal(float)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def ask(self, middle: QPoint, number: float, name: str, begun: str = "") -> None:
        """Show the line edit around a point of the parent, with ``number`` selected, or with ``begun`` as typed so far;
        ``name`` is its accessible name.
        """
        self.setFont(font("text"))
        self._ink(theme().text)
        self.setText(begun or format_real(number, 3))
        self.setAccessibleName(name)
        self.resize(px(72), self.sizeHint().height())
        room = self._over.rect().adjusted(0, 0, -self.width(), -self.height())
        corner = middle - QPoint(self.width() // 2, self.height() // 2)
        self.move(max(0, min(corner.x(), room.right())), max(0, min(corner.y(), room.bottom())))
        self.show()
        if not begun:
            self.selectAll()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self._over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._end()
        return False

    def event(self, event: QEvent) -> bool:
        # Or the window would take it, for which it closes what is topmost.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _OWN:
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _AWAY_A_MOMENT and self.isVisible():
            self._over.removeEventFilter(self)
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Neither goes on to the stage below, where Enter presses a button.
        if event.key() == Qt.Key.Key_Escape:
            self._end()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        try:
            number = parse_real(self.text())
        except Refused:
            self._ink(theme().wrong)
            return
        self._end()
        self.given.emit(number)

    def _end(self) -> None:
        self._over.removeEventFilter(self)
        # First, or the keys would go to whatever follows the box when it goes.
        self._over.setFocus()
        self.hide()
        self.closed.emit()

    def _ink(self, color: str) -> None:
        write_in(self, color)


_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_BEGINS = frozenset("0123456789.+-\N{MINUS SIGN}")


class CellKeys(QObject):
    """Keyboard input for a handle that is the value of a cell: keys that step it, and typing of a new value.

    The focus returns to the cell when typing was ended with Enter or cancelled.
    """

    def __init__(self, view: StageHost) -> None:
        super().__init__(view.stage)
        self._view = view
        self._box: TypedNumber | None = None
        self._asked = ""

    def steps(self, event: QKeyEvent) -> int:
        """By how many steps a key increases the cell's value; 0 for other keys."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return _STEPS.get(Qt.Key(event.key()), 0) if shift and not control else 0

    def begins(self, event: QKeyEvent) -> bool:
        """Whether a key starts typing a number, such as a digit or a minus sign."""
        return event.text() in _BEGINS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier

    def ask(self, handle: Slide, begun: str) -> None:
        """Open a line edit over the handle's cell, with ``begun`` as its text."""
        view = self._view
        if view.current is None:
            return
        if self._box is None:
            self._box = TypedNumber(view.stage.viewport())
            self._box.given.connect(self._set)
            self._box.closed.connect(lambda: view.focus_handle(self._asked))
        self._asked = handle.id
        middle = view.stage.mapFromScene(view.handle_items[handle.id].scenePos())
        self._box.ask(middle, handle.number(view.current.params), translate(handle.name), begun)

    def _set(self, number: float) -> None:
        view = self._view
        handle = next((one for one in view.handles() if one.id == self._asked), None)
        if isinstance(handle, Slide) and view.current is not None:
            view.change(handle.set_to(number, view.current.params))


_MANY = 5
"""From this number on, alike handles with rings of their own also form an array, such as a row of bars."""
_NUMBER = re.compile(r"\d+")


def arrays_of(handles: Sequence[Handle]) -> dict[str, tuple[str, ...]]:
    """For each handle id, the ids of all handles of its array (a group of alike handles), in numerical order; a handle
    without an array stands alone.

    Handles whose ids differ only in their numbers form an array if they lie on cells or points that are drawn already,
    or if there are many.
    """
    alike: dict[tuple[str, bool, bool], list[str]] = {}
    kinds = {handle.id: (_NUMBER.sub("#", handle.id), handle.quiet, handle.stays) for handle in handles}
    for name, kind in kinds.items():
        alike.setdefault(kind, []).append(name)
    arrays = {
        kind: tuple(sorted(names, key=_numbers)) for kind, names in alike.items() if kind[1] or len(names) >= _MANY
    }
    return {name: arrays.get(kind, (name,)) for name, kind in kinds.items()}


def _numbers(name: str) -> list[int]:
    return [int(number) for number in _NUMBER.findall(name)]


def beside(name: str, array: Sequence[str], items: Mapping[str, HandleItem], way: tuple[int, int]) -> str:
    """The id of the neighbour of a handle in an array: ``way`` (1, 0) is the next and (−1, 0) the previous one in
    order, (0, 1) and (0, −1) the nearest above and below. It is ``name`` itself if there is none.
    """
    across, up = way
    if across:
        index = array.index(name) + across
        return array[index] if 0 <= index < len(array) else name
    here = items[name].scenePos()
    found = [(name, 0.0)]
    for other in array:
        there = items[other].scenePos() - here
        along, aside = -there.y() * up, abs(there.x())
        if along > 1 and aside <= along:
            found.append((other, along + 2 * aside))
    return min(found[1:], key=lambda one: one[1])[0] if len(found) > 1 else name


ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier

Stop = tuple[str, ...] | QGraphicsWidget


class StageKeys:
    """Keyboard handling of a stage: arrow keys move the focused handle.

    In an array of handles, Control and an arrow focus a neighbour; if the handles are values in cells, an arrow alone
    does that, and ``CellKeys`` change the value. Escape returns the focus to the stage; Tab returns to the handle of an
    array that last had the focus.
    """

    def __init__(self, view: StageHost) -> None:
        self._view = view
        self.controls: list[QGraphicsWidget] = []
        """The controls that Tab reaches after the handles."""
        self._cells = CellKeys(view)
        self._last: dict[str, str] = {}

    def reached_handles(self) -> list[str]:
        """The ids of the visible handles, in tab order."""
        return [name for name, item in self._view.handle_items.items() if item.isVisible()]

    def focused_control(self) -> QGraphicsWidget | None:
        """The control on the stage that has the keyboard focus; None if there is none."""
        return next((control for control in self.controls if control.hasFocus()), None)

    def wants(self, event: QKeyEvent) -> bool:
        """Whether the stage uses a key that the window would otherwise take as a shortcut."""
        held = bool(self._view.focused_handle() or self.focused_control())
        return held and (event.key() in ARROWS or event.key() == Qt.Key.Key_Escape)

    def press(self, event: QKeyEvent) -> bool:
        """Handle a key press; False if the key has no meaning on the stage."""
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
        """Focus the next (1) or previous (−1) tab stop; False if Tab should leave the stage."""
        stops = self.stops()
        here: Any = self._view.focused_handle() or self.focused_control()
        held = (stop is here or (isinstance(stop, tuple) and here in stop) for stop in stops)
        at = next((number for number, is_here in enumerate(held) if is_here), None)
        index = at + step if at is not None else (0 if step == 1 else len(stops) - 1)
        self._take(stops[index] if 0 <= index < len(stops) else None)
        return 0 <= index < len(stops)

    def come_back_to(self, control: QGraphicsWidget) -> None:
        """Focus a control again that a change of layout had removed from the stage for a moment. If it is gone for
        good, focus the first tab stop.
        """
        stops = self.stops()
        self._take(control if control in stops else next(iter(stops), None))

    def stops(self) -> list[Stop]:
        """The tab stops: arrays of one or more handles, then the controls on the stage."""
        reached = self.reached_handles()
        arrays = arrays_of(self._view.handles())
        found: dict[Stop, None] = {}
        for name in reached:
            found[tuple(one for one in arrays.get(name, (name,)) if one in reached)] = None
        seen = [one for one in self.controls if one.isVisible() and one.isEnabled() and one.scene()]
        return [*found, *seen]

    def array_of(self, name: str) -> tuple[str, ...]:
        """The ids of the handles in a handle's array, or its own id alone."""
        return next((stop for stop in self.stops() if isinstance(stop, tuple) and name in stop), (name,))

    def _of_cell(self, focused: str, event: QKeyEvent) -> bool:
        """Handle a key while the value of a cell is focused; False if the key has no meaning there."""
        handle = next(handle for handle in self._view.handles() if handle.id == focused)
        if not isinstance(handle, Slide) or not handle.stays:
            return False
        if steps := self._cells.steps(event):
            self._move(handle, (0, steps))
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
        """Focus a tab stop, or nothing. In an array, focus the handle that had the focus last, at first the first
        one.
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
