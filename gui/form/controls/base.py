"""The base of the form's controls."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.contract.fields import Field
from engine.contract.params import Params
from engine.contract.text import EMPTY, Text, notation
from gui.form.row import Notice, RowContent
from gui.style.api import GRID, translate
from gui.style.plain import plain_tip

# Taps on an arrow key and notches of the wheel belong together while the next comes within this time.
_PAUSE_MS = 600


class Control(RowContent):
    """Base class of the widgets that show one parameter and let the user change it; only ``set_value`` sets its value.

    ``edited(value, gesture)`` carries a value that the field allows, and the name of the gesture (such as a drag) that
    it is part of, or ""; values with the same gesture form one undo step until ``gesture_ended()``. ``refused(reason)``
    is emitted for an entry that is not allowed: it stays in the control, with the reason below, until it is corrected.
    ``explained()`` is emitted whenever such a reason appears or disappears.

    A subclass builds itself in ``__init__``; texts and colours are set in ``retranslate`` and ``restyle``.
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
        """Display ``value`` in place of an unfinished or refused entry; to be implemented by the subclass."""
        raise NotImplementedError

    def show_among(self, params: Params) -> None:
        """Update the options offered, which may depend on the other parameters; by default, nothing."""

    def mark(self, bad: bool) -> None:
        """Give the entry the colour of a refused one if ``bad``, else its usual colour."""

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.setToolTip(plain_tip(translate(self.tip())))
        self._notice.retranslate()
        for widget in self.focus_widgets():
            widget.setAccessibleName(translate(self.field.label))
            widget.setAccessibleDescription(translate(self.tip()))
            widget.setToolTip(plain_tip(translate(self.tip())))

    def restyle(self) -> None:
        """Apply the style's fonts, sizes and colours."""
        self._notice.restyle()

    def tip(self) -> Text:
        """The tooltip: what the parameter does and what is allowed."""
        return _in_lines(self.field.help, self.range_words())

    def range_words(self) -> Text:
        """The allowed values, as a line of the tooltip; empty if the control itself shows them."""
        allowed = self.field.allowed()
        return Text("Allowed: {allowed}")(allowed=allowed)

    # What the form uses

    @property
    def value(self) -> Any:
        """The value that ``set_value`` was called with last."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Set and show the value, without emitting ``edited``; a refused entry is discarded."""
        self._value = value
        self.show_value(value)
        self.explain(None)

    def explain(self, reason: Text | None) -> None:
        """Show below the control the reason why the entry was refused; None removes it."""
        self.mark(reason is not None)
        if self._notice.set_text(reason):
            self.explained.emit()

    def reason(self) -> Text | None:
        """The reason why the current entry was refused; None if it was not."""
        return self._notice.reason

    def discard(self) -> None:
        """Discard a refused entry and show the value again."""
        self.set_value(self._value)

    # What subclasses use

    def add(self, widget: QWidget) -> None:
        """Add a widget to the control, above the label that shows why an entry was refused."""
        self._rows.insertWidget(self._rows.count() - 1, widget)

    def add_row(self, first: QWidget, *others: QWidget) -> None:
        """Add widgets side by side; the first takes the remaining width."""
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(first, 1)
        for widget in others:
            layout.addWidget(widget)
        self.add(row)

    def enter(self, value: Any) -> None:
        """Emit ``edited`` with a value that forms an undo step of its own."""
        self.end_steps()
        if value == self._value:
            self.set_value(value)
        else:
            self.edited.emit(value, "")
            self.gesture_ended.emit()

    def drag_to(self, value: Any, gesture: str) -> None:
        """Emit ``edited`` with a value during a drag; all with the same ``gesture`` form one undo step."""
        self.end_steps()
        if value != self._value:
            self.edited.emit(value, gesture)

    def step_to(self, value: Any) -> None:
        """Emit ``edited`` with a value reached by an arrow key or the wheel. A series of these forms one undo step,
        which ends after a pause.
        """
        if value != self._value:
            self.edited.emit(value, f"step {self.name}")
            self._pause.start()

    def end_steps(self) -> None:
        """End the undo step of ``step_to``, if one is under way."""
        if self._pause.isActive():
            self._pause.stop()
            self.gesture_ended.emit()

    def refuse(self, reason: Text) -> None:
        """Show below the control why an entry is refused, and emit ``refused``."""
        self.explain(reason)
        self.refused.emit(reason)


def _in_lines(first: Text, second: Text) -> Text:
    if EMPTY in (first, second):
        return first if second == EMPTY else second
    return notation("{first}\n{second}")(first=first, second=second)
