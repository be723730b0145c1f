"""The accessible description of a widget or other object (role, name, value, actions), and what screen readers are told
of changes.
"""

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
    """The numeric value of an object for screen readers, with its range and step, as displayed. ``set`` changes it;
    None if it is read-only.
    """

    value: float
    low: float
    high: float
    step: float = 0.0
    set: Callable[[float], object] | None = None


@dataclass(frozen=True)
class Spoken:
    """The accessible description of a widget or other object: ``value`` is in words, ``states`` are the names of flags
    of ``QAccessible.State`` that are set, ``actions`` are functions by name.

    ``children`` are its child objects in reading order; None lets Qt find those of a widget. ``level`` is that of a
    heading. For an object that is not a widget, ``parent`` and ``box`` (its rectangle on the screen) are needed too.
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
    """Tell screen readers that a widget or other object has got the keyboard focus."""
    if is_listening():
        QAccessible.updateAccessibility(QAccessibleEvent(part, QAccessible.Event.Focus))


def tell_value(part: QObject, value: object) -> None:
    """Tell screen readers the new ``value`` of an object that shows a number, or the new name of one that does not."""
    if is_listening():
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(part, value))


def say(part: QObject, words: str) -> None:
    """Have screen readers say a sentence, after what they are saying now; ``part`` is the object that it is about."""
    if words and is_listening():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(part, words))


REST = 0.5
"""Seconds without a change after which an ``Announcer`` has its sentence said."""
APART = 1.0
"""Minimum seconds between two sentences of an ``Announcer``, and maximum from a first change to its sentence."""


class Announcer(QObject):
    """Has screen readers say a sentence that may change often: ``ask()`` returns it, a short while after ``changed``
    was called. Nothing is said if it is the same as before or the widget is hidden.
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
        """Cancel the pending sentence, such as the value of a widget that lost the focus. The next one is said even if
        it is the same as before.
        """
        self._timer.stop()
        self._said = ""

    def _say(self) -> None:
        words = self._ask()
        if words != self._said and self._widget.isVisible():
            self._said, self._said_at = words, monotonic()
            say(self._widget, words)
