"""The interfaces through which Qt asks what a part of the window is: of widgets, and of what is no widget.

Qt keeps an interface as long as its object lives, and deletes it then. What is written in Python has to be held here as
long, or Qt would be left with a pointer to nothing; and where an interface lacks a part, its pointer is 0, not None,
which ends the process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import QLocale, QObject, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAttributesInterface,
    QAccessibleInterface,
    QAccessibleObject,
    QAccessibleValueInterface,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from gui.spoken.spoken import Spoken
from gui.style.language import language

Speaks = Callable[[Any], Spoken]
"""What an object is, asked anew each time: an interface holds no object, or none could go."""
_NOTHING = Spoken(QAccessible.Role.NoRole, "")
_NONE = shiboken6.VoidPtr(0)
_Type = QAccessible.InterfaceType


class _Number(QAccessibleValueInterface):
    """The number of a part, where it has one."""

    def __init__(self, ask: Callable[[], Spoken]) -> None:
        super().__init__()
        self._ask = ask

    def currentValue(self) -> float:
        number = self._ask().number
        return number.value if number else 0.0

    def minimumValue(self) -> float:
        number = self._ask().number
        return number.low if number else 0.0

    def maximumValue(self) -> float:
        number = self._ask().number
        return number.high if number else 0.0

    def minimumStepSize(self) -> float:
        number = self._ask().number
        return number.step if number else 0.0

    def setCurrentValue(self, value: float) -> None:
        number = self._ask().number
        if number is not None and number.set is not None:
            number.set(float(value))


class _Actions(QAccessibleActionInterface):
    """What can be done with a part, by the names that Qt has for it."""

    def __init__(self, ask: Callable[[], Spoken]) -> None:
        super().__init__()
        self._ask = ask

    def actionNames(self) -> list[str]:
        return [*self._ask().actions]

    def doAction(self, name: str) -> None:
        action = self._ask().actions.get(name)
        if action is not None:
            action()

    def keyBindingsForAction(self, name: str) -> list[str]:
        return []


class _Attributes(QAccessibleAttributesInterface):
    """The language of the words, and the level of a heading."""

    def __init__(self, ask: Callable[[], Spoken]) -> None:
        super().__init__()
        self._ask = ask

    def attributeKeys(self) -> list[QAccessible.Attribute]:
        level = [QAccessible.Attribute.Level] if self._ask().level else []
        return [QAccessible.Attribute.Locale, *level]

    def attributeValue(self, key: QAccessible.Attribute) -> object:
        if key == QAccessible.Attribute.Locale:
            return QLocale(language())
        return self._ask().level or None


class _Parts:
    """What both kinds of interface have beside their own."""

    def __init__(self, ask: Callable[[], Spoken]) -> None:
        self._ask = ask
        self._number, self._actions, self._attributes = _Number(ask), _Actions(ask), _Attributes(ask)

    def of(self, kind: QAccessible.InterfaceType) -> object:
        """The pointer that Qt wants for a part of an interface."""
        spoken = self._ask()
        if kind == _Type.ValueInterface and spoken.number is not None:
            part: shiboken6.Object = self._number
        elif kind == _Type.ActionInterface and spoken.actions:
            part = self._actions
        elif kind == _Type.AttributesInterface:
            part = self._attributes
        else:
            return _NONE
        return shiboken6.VoidPtr(shiboken6.getCppPointer(part)[0])


class SpokenWidget(QAccessibleWidget):
    """A widget that says itself what it is; its place, its focus and whether it can be used are Qt's."""

    def __init__(self, widget: QWidget, speaks: Speaks) -> None:
        super().__init__(widget, QAccessible.Role.NoRole)
        self._speaks, self._parts = speaks, _Parts(self._ask)

    def _ask(self) -> Spoken:
        return _asked(self, self._speaks)

    def role(self) -> QAccessible.Role:
        return self._ask().role

    def text(self, kind: QAccessible.Text) -> str:
        return _words(self._ask(), kind)

    def state(self) -> QAccessible.State:
        return _with_states(super().state(), self._ask())

    def childCount(self) -> int:
        children = self._ask().children
        return super().childCount() if children is None else len(children)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override] # Qt takes none for no child
        children = self._ask().children
        if children is None:
            return super().child(index)
        return _interface_at(children, index)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        children = self._ask().children
        return super().indexOfChild(child) if children is None else _index_of(children, child)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # type: ignore[override] # a pointer
        if kind == _Type.ActionInterface and not self._ask().actions:
            return super().interface_cast(kind) or _NONE
        return self._parts.of(kind)


class SpokenObject(QAccessibleObject):
    """What is no widget, such as a handle on a stage."""

    def __init__(self, part: QObject, speaks: Speaks) -> None:
        super().__init__(part)
        self._speaks, self._parts = speaks, _Parts(self._ask)

    def _ask(self) -> Spoken:
        return _asked(self, self._speaks)

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override] # Qt takes none for what has no parent
        parent = self._ask().parent
        return QAccessible.queryAccessibleInterface(parent) if parent is not None else None

    def role(self) -> QAccessible.Role:
        return self._ask().role

    def text(self, kind: QAccessible.Text) -> str:
        return _words(self._ask(), kind)

    def state(self) -> QAccessible.State:
        return _with_states(QAccessible.State(), self._ask())

    def rect(self) -> QRect:
        return self._ask().box

    def childCount(self) -> int:
        return len(self._ask().children or ())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override] # Qt takes none for no child
        return _interface_at(self._ask().children or (), index)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return _index_of(self._ask().children or (), child)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # type: ignore[override] # a pointer
        return self._parts.of(kind)


def _asked(interface: QAccessibleInterface, speaks: Speaks) -> Spoken:
    part = interface.object()
    return speaks(part) if part is not None else _NOTHING


def _words(spoken: Spoken, kind: QAccessible.Text) -> str:
    kinds = QAccessible.Text
    by_kind = {kinds.Name: spoken.name, kinds.Value: spoken.value, kinds.Description: spoken.help}
    return by_kind.get(kind, "")


def _with_states(state: QAccessible.State, spoken: Spoken) -> QAccessible.State:
    for name in spoken.states:
        setattr(state, name, True)
    return state


def _interface_at(children: Sequence[QObject], index: int) -> QAccessibleInterface | None:
    return QAccessible.queryAccessibleInterface(children[index]) if 0 <= index < len(children) else None


def _index_of(children: Sequence[QObject], child: QAccessibleInterface) -> int:
    sought = child.object() if child is not None else None
    return next((index for index, one in enumerate(children) if one is sought), -1)
