"""What a part of the window is to somebody who does not see it: role, name, value, place, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible


@dataclass(frozen=True)
class SpokenNumber:
    """A number within its range, in the units in which it is read; ``set`` is None where nobody may set it."""

    value: float
    low: float
    high: float
    step: float = 0.0
    set: Callable[[float], object] | None = None


@dataclass(frozen=True)
class Spoken:
    """``value`` is the value in words, ``states`` are names of ``QAccessible.State``, ``actions`` of that interface.

    ``children`` are parts of it in the order in which they are read; None leaves them to Qt, of a widget. ``level`` is
    that of a heading. What is no widget gives the object that it belongs to and its place on the screen.
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
