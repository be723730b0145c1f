"""Finds what can be used on the window, and uses it by events of mouse and keyboard."""

from __future__ import annotations

import random
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import isValid

Steps = Iterator[None]
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def seen(root: QWidget, kind: type[QWidget] = QWidget) -> list[QWidget]:
    """The widgets of a kind below ``root`` that are to be seen and take what is done to them, in one order always."""
    return [one for one in root.findChildren(kind) if one.isVisible() and one.isEnabled() and one.width() > 2]


def on_top() -> QWidget | None:
    """The menu or the dialog that takes everything now, if there is one."""
    return QApplication.activePopupWidget() or QApplication.activeModalWidget()


def place_in(box: QRect, chance: random.Random) -> QPoint:
    """Somewhere in a box, at times at its edge."""
    if chance.random() < 0.1:
        return chance.choice((box.topLeft(), box.bottomRight(), box.topRight(), box.bottomLeft()))
    return QPoint(
        chance.randint(box.left(), max(box.left(), box.right())),
        chance.randint(box.top(), max(box.top(), box.bottom())),
    )


def press(widget: QWidget, place: QPoint | None = None, button: Qt.MouseButton = LEFT) -> None:
    """A click; each half of it goes only to what is still there."""
    place = widget.rect().center() if place is None else place
    QTest.mousePress(widget, button, NONE, place)
    if isValid(widget) and widget.isVisible():
        QTest.mouseRelease(widget, button, NONE, place)


def drag(widget: QWidget, start: QPoint, end: QPoint, count: int = 6) -> Steps:
    """Press, move, let go, in several turns of the event loop."""
    QTest.mouseMove(widget, start)
    QTest.mousePress(widget, LEFT, NONE, start)
    for number in range(1, count + 1):
        yield
        if not isValid(widget):
            return
        move(widget, start + (end - start) * number / count, LEFT)
    yield
    if isValid(widget):
        QTest.mouseRelease(widget, LEFT, NONE, end)


def move(widget: QWidget, place: QPoint, held: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """The pointer comes by, perhaps with a button held."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    there = QPointF(widget.mapToGlobal(place))
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(place), there, Qt.MouseButton.NoButton, held, NONE)
    QApplication.sendEvent(widget, event)


def turn_wheel(widget: QWidget, place: QPoint, notches: int, keys: Qt.KeyboardModifier = NONE) -> None:
    """Notches of the wheel over a place."""
    event = QWheelEvent(
        QPointF(place), QPointF(widget.mapToGlobal(place)), QPoint(0, 0), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def strike(key: Qt.Key, keys: Qt.KeyboardModifier = NONE, widget: QWidget | None = None) -> None:
    """A key, to whatever has the keyboard."""
    target = widget or QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
    if target is not None:
        QTest.keyClick(target, key, keys)


def strike_keys(sequence: str) -> None:
    """A shortcut as it is written, such as ``Ctrl+Z``."""
    target = QApplication.focusWidget() or QApplication.activeWindow()
    if target is not None:
        QTest.keySequence(target, sequence)


def choose_from(menu: QMenu, chance: random.Random, never: frozenset[str]) -> str:
    """Choose something of an open menu by mouse or keys, or leave it; what was chosen."""
    actions = [one for one in menu.actions() if one.isEnabled() and one.isVisible() and not one.isSeparator()]
    if not actions or chance.random() < 0.15:
        strike(Qt.Key.Key_Escape, widget=menu)
        return "nothing"
    action = chance.choice(actions)
    text = action.text()
    if any(one.toString() in never for one in action.shortcuts()):
        strike(Qt.Key.Key_Escape, widget=menu)
        return f"not {text}"
    if chance.random() < 0.5:
        menu.setActiveAction(action)
        strike(Qt.Key.Key_Return, widget=menu)
    else:
        press(menu, menu.actionGeometry(action).center())
    return text


def about(widget: QWidget) -> str:
    """What a widget is called, short."""
    words = ""
    for ask in ("text", "accessibleName", "windowTitle"):
        # Of some widgets this is a property or a part.
        told = getattr(widget, ask, "")
        words = words or (told() if callable(told) else str(told))
    return f"{type(widget).__name__} {words.strip()[:40]!r}"
