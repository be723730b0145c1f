"""Says to Qt who speaks for which object: whoever has a method ``spoken``, and kinds of Qt's own widgets."""

from __future__ import annotations

from typing import Any

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from gui.spoken.interfaces import Speaks, SpokenObject, SpokenWidget
from gui.spoken.spoken import Spoken

_LEVEL = "layerwise_heading"
_installed = False
_held: list[QAccessibleInterface] = []
"""Interfaces whose objects live; of the others Qt has deleted the insides, and they go with the next clearing."""
_clear_at = 256


def speak() -> None:
    """Have Qt ask here from now on; it asks only while a screen reader, or another helper, is at work."""
    global _installed
    if not _installed:
        _installed = True
        QAccessible.installFactory(_interface_for)


def make_heading(label: QLabel, level: int) -> None:
    """Have a label be read as a heading, 1 for the largest."""
    label.setProperty(_LEVEL, level)


def _combo(box: QComboBox) -> Spoken:
    """Named by its label and not by what is chosen, which is its value: on some systems Qt has it otherwise."""
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
    """The interface of an object, which Qt offers under the names of its class and of those above it in turn."""
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
