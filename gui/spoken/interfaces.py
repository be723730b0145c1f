"""Qt's accessibility interfaces for widgets and other objects that describe themselves to screen readers.

Qt keeps an interface as long as its object exists, then deletes it. Python must keep a reference to its interfaces for
as long, or Qt would be left with a dangling pointer. ``interface_cast`` must return the pointer 0 for an interface that
it lacks; None ends the process.
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
from PySide6.QtWidgets import QAccessibleWidget, QComboBox, QLabel, QWidget

from gui.spoken.spoken import Spoken
from gui.style.language import language

Speaks = Callable[[Any], Spoken]
"""A function that returns the accessible description of an object. It is called at every query with the object, which
the interface itself must not reference, or the object would never be deleted.
"""
_NOTHING = Spoken(QAccessible.Role.NoRole, "")
_NONE = shiboken6.VoidPtr(0)
_Type = QAccessible.InterfaceType


class _Number(QAccessibleValueInterface):
    """Qt's accessibility interface for the numeric value of an object: value, range, step, and setting it."""

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
    """Qt's accessibility interface for the actions of an object, by their names, such as "Press"."""

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
    """Qt's accessibility interface for attributes of an object: the language of its texts, and its level if it is a
    heading.
    """

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
    """The interfaces for value, actions and attributes of one object, the same for widgets and other objects."""

    def __init__(self, ask: Callable[[], Spoken]) -> None:
        self._ask = ask
        self._number, self._actions, self._attributes = _Number(ask), _Actions(ask), _Attributes(ask)

    def of(self, kind: QAccessible.InterfaceType) -> object:
        """The C++ pointer to the interface of this type; the pointer 0, not None, if the object has none."""
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
    """The accessibility interface of a widget. ``speaks`` describes it; Qt adds its rectangle, focus and whether it is
    enabled.
    """

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
    """The accessibility interface of an object that is not a widget, such as a draggable handle on the stage."""

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


_LEVEL = "layerwise_heading"
_installed = False
_held: list[QAccessibleInterface] = []
"""References to the interfaces whose objects exist. Those whose C++ part Qt has deleted are removed when the list has
grown enough.
"""
_clear_at = 256


def speak() -> None:
    """Install the factory of these interfaces in Qt, which calls it only while a screen reader or another assistive
    tool is active.
    """
    global _installed
    if not _installed:
        _installed = True
        QAccessible.installFactory(_interface_for)


def make_heading(label: QLabel, level: int) -> None:
    """Make a label a heading for screen readers, level 1 for the largest."""
    label.setProperty(_LEVEL, level)


def _combo(box: QComboBox) -> Spoken:
    """The accessible description of a combo box, with its label as the name and the chosen option as the value, which
    Qt's own interface gets wrong on some systems.
    """
    return Spoken(
        QAccessible.Role.ComboBox,
        box.accessibleName() or box.toolTip(),
        box.currentText(),
        box.accessibleDescription(),
        states=frozenset({"hasPopup", "expandable"}),
        actions={"Press": box.showPopup},
        children=[box.view()],
    )


def _heading(label: QLabel) -> Spoken:
    return Spoken(QAccessible.Role.Heading, label.accessibleName() or label.text(), level=int(label.property(_LEVEL)))


def _interface_for(class_name: str, part: QObject) -> QAccessibleInterface | None:
    """A new accessibility interface for ``part``; None if Qt's own is to be used. Qt calls this with the names of the
    object's class and of its base classes in turn.
    """
    speaks = _voice_of(class_name, part)
    if speaks is None:
        return None
    made = SpokenWidget(part, speaks) if isinstance(part, QWidget) else SpokenObject(part, speaks)
    _hold(made)
    return made


def _voice_of(class_name: str, part: QObject | None) -> Speaks | None:
    if hasattr(part, "spoken"):
        return _by_itself
    if class_name == "QComboBox":
        return _combo
    if class_name == "QLabel" and part is not None and part.property(_LEVEL):
        return _heading
    return None


def _by_itself(part: Any) -> Spoken:
    return part.spoken()


def _hold(made: QAccessibleInterface) -> None:
    global _clear_at
    if len(_held) >= _clear_at:
        _held[:] = [one for one in _held if shiboken6.isValid(one)]
        _clear_at = 2 * len(_held) + 256
    _held.append(made)
