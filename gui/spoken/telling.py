"""What the screen reader is told of its own accord: where the keys are, a value that changed, a sentence."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleValueChangeEvent


def is_listening() -> bool:
    """Whether a screen reader, or another helper, is at work; asked before anything is made for it."""
    return QAccessible.isActive()


def tell_focus(part: QObject) -> None:
    """The keys are with this part now."""
    if is_listening():
        QAccessible.updateAccessibility(QAccessibleEvent(part, QAccessible.Event.Focus))


def tell_value(part: QObject, value: object) -> None:
    """A part that says its number, or else its name, has another one."""
    if is_listening():
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(part, value))


def say(part: QObject, words: str) -> None:
    """Have a sentence read once what is being said is over."""
    if words and is_listening():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(part, words))
