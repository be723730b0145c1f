"""What every control of the form can do, whatever its kind."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.contract.fields import Field
from engine.contract.params import Params
from engine.contract.text.text import EMPTY, Text, notation
from gui.form.notice import Notice
from gui.form.row import RowContent
from gui.style.api import GRID, translate
from gui.style.plain_tip import plain_tip

# Taps on an arrow key and notches of the wheel belong together while the next comes within this time.
_PAUSE_MS = 600


class Control(RowContent):
    """Shows one parameter and asks for changes; only ``set_value`` changes what it holds.

    ``edited(value, gesture)`` carries a value that the field allows, with the name of the gesture it belongs to;
    ``gesture_ended()`` says that the next one is a new step of undo. ``refused(reason)`` tells of an entry that is
    not allowed: it stays where it was typed, with the reason under it, until it is mended. ``explained()`` follows
    whenever such a reason comes or goes.

    A subclass builds itself in ``__init__``; words and colours come with ``retranslate`` and ``restyle``.
    """

    edited = Signal(object, str)
    gesture_ended = Signal()
    refused = Signal(object)
    explained = Signal()

    def __init__(self, name: str, field: Field) -> None:
        super().__init__()
        self.name, self.field = name, field
        self._value: Any = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.gesture_ended)
        self._notice = Notice(self)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(GRID // 2)
        self._rows.addWidget(self._notice)

    # What a subclass gives

    def show_value(self, value: Any) -> None:
        """Put a value on the screen in place of whatever stands there."""
        raise NotImplementedError

    def show_among(self, params: Params) -> None:
        """Offer what there is to choose from beside these parameters, of which this one is one."""

    def mark(self, bad: bool) -> None:
        """Mark the entry as refused, or as in order."""

    def retranslate(self) -> None:
        """Take the words from the language in use."""
        self.setToolTip(plain_tip(translate(self.tip())))
        self._notice.retranslate()
        for widget in self.focus_widgets():
            widget.setAccessibleName(translate(self.field.label))
            widget.setAccessibleDescription(translate(self.tip()))
            widget.setToolTip(plain_tip(translate(self.tip())))

    def restyle(self) -> None:
        """Take fonts, measures and colours from the style."""
        self._notice.restyle()

    def tip(self) -> Text:
        """What the parameter does and what is allowed."""
        return _in_lines(self.field.help, self.range_words())

    def range_words(self) -> Text:
        """What is allowed, as a line of the tip; empty where the control shows it by itself."""
        allowed = self.field.allowed()
        return Text("Allowed: {allowed}")(allowed=allowed)

    # What the form uses

    @property
    def value(self) -> Any:
        """The value that was set last."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show another value; an entry that was refused makes way."""
        self._value = value
        self.show_value(value)
        self.explain(None)

    def explain(self, reason: Text | None) -> None:
        """Say under the control why its entry was refused; None takes that back."""
        self.mark(reason is not None)
        if self._notice.set_text(reason):
            self.explained.emit()

    def reason(self) -> Text | None:
        """Why the entry that stands there was refused."""
        return self._notice.reason

    def discard(self) -> None:
        """Give up an entry that was refused and show the value again."""
        self.set_value(self._value)

    # What subclasses use

    def add(self, widget: QWidget) -> None:
        """Put a widget above the place for the reason."""
        self._rows.insertWidget(self._rows.count() - 1, widget)

    def add_row(self, first: QWidget, *others: QWidget) -> None:
        """Put widgets side by side there; the first has all the room that the others leave."""
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(first, 1)
        for widget in others:
            layout.addWidget(widget)
        self.add(row)

    def enter(self, value: Any) -> None:
        """Ask for a value as a step of its own."""
        self.end_steps()
        if value == self._value:
            self.set_value(value)
        else:
            self.edited.emit(value, "")
            self.gesture_ended.emit()

    def drag_to(self, value: Any, gesture: str) -> None:
        """Ask for a value while a gesture goes on."""
        self.end_steps()
        if value != self._value:
            self.edited.emit(value, gesture)

    def step_to(self, value: Any) -> None:
        """Ask for a value as part of a series of small steps, which ends after a pause."""
        if value != self._value:
            self.edited.emit(value, f"step {self.name}")
            self._pause.start()

    def end_steps(self) -> None:
        """The series of small steps is over."""
        if self._pause.isActive():
            self._pause.stop()
            self.gesture_ended.emit()

    def refuse(self, reason: Text) -> None:
        """Say why an entry cannot be taken over."""
        self.explain(reason)
        self.refused.emit(reason)


def _in_lines(first: Text, second: Text) -> Text:
    if EMPTY in (first, second):
        return first if second == EMPTY else second
    return notation("{first}\n{second}")(first=first, second=second)
