"""The accessible description of a part of the window: role, name, value, place, and actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from types import MappingProxyType

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleValueChangeEvent
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class SpokenNumber:
    """A number with its range, in displayed units; ``set`` is None if it is read-only."""

    value: float
    low: float
    high: float
    step: float = 0.0
    set: Callable[[float], object] | None = None


@dataclass(frozen=True)
class Spoken:
    """An accessible description: ``value`` is in words, ``states`` name those of ``QAccessible.State``, ``actions`` are
    functions by name.

    ``children`` are the parts in reading order; None lets Qt find those of a widget. ``level`` is that of a heading. An
    object that is no widget must also give its parent and its rectangle on the screen.
    """

    role: QAccessible.Role
    name: str
    value: str = ""
    help: str = ""
    number: SpokenNumber | None = None
    states: frozenset[str] = frozenset()
    actions: Mapping[str, Callable[[], object]] = field(default_factory=lambda: MappingProxyType({}))
    children: Sequence[QObject] | None = None
    level: int = 0
    parent: QObject | None = None
    box: QRect = field(default_factory=QRect)


def is_listening() -> bool:
    """Whether a screen reader or another assistive tool is active; checked before anything is created for it."""
    return QAccessible.isActive()


def tell_focus(part: QObject) -> None:
    """Announce that a part has got the keyboard focus."""
    if is_listening():
        QAccessible.updateAccessibility(QAccessibleEvent(part, QAccessible.Event.Focus))


def tell_value(part: QObject, value: object) -> None:
    """Announce that the number of a part, or the name of a part without a number, has changed to ``value``."""
    if is_listening():
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(part, value))


def say(part: QObject, words: str) -> None:
    """Announce a sentence after the current speech."""
    if words and is_listening():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(part, words))


REST = 0.5
"""Seconds without a change after which the sentence is read."""
APART = 1.0
"""Seconds from one reading to the next at least, and from a first change to its reading at most."""


class Announcer(QObject):
    """Announces the sentence that ``ask`` returns after a delay, unless it was announced last or the widget is
    hidden.
    """

    def __init__(self, widget: QWidget, ask: Callable[[], str]) -> None:
        super().__init__(widget)
        self._widget, self._ask = widget, ask
        self._said = ""
        self._said_at = self._changed_at = -APART
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._say)

    def changed(self) -> None:
        """Note that the sentence may have changed; does nothing unless a screen reader is active."""
        if not is_listening():
            return
        now = monotonic()
        if not self._timer.isActive():
            self._changed_at = now
        due = max(min(now + REST, self._changed_at + APART), self._said_at + APART)
        self._timer.start(max(0, round(1000 * (due - now))))

    def forget(self) -> None:
        """Cancel a pending announcement, such as a value of a part that lost the focus; the next sentence is announced
        even if it is the same.
        """
        self._timer.stop()
        self._said = ""

    def _say(self) -> None:
        words = self._ask()
        if words != self._said and self._widget.isVisible():
            self._said, self._said_at = words, monotonic()
            say(self._widget, words)
