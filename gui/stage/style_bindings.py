"""Applies language, fonts and colours to a view's items and texts, so that views need not do so themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, QTimer, SignalInstance

from engine.contract.text import Text
from gui.style.language import translate


class StyleBindings:
    """Mixin of a view that keeps its style up to date: ``renew`` is called at first and whenever language, theme or
    size has changed.
    """

    def begin_dressing(self) -> None:
        """Remove all registered items and calls."""
        self._dressed_items: list[Any] = []
        self._dressing_calls: list[tuple[Callable[..., object], tuple[object, ...]]] = []

    def watch(self, attributes: Iterable[object]) -> None:
        """Register those of these objects that have a method ``restyle``, also those in tuples, lists and
        dictionaries.
        """
        for value in attributes:
            if hasattr(value, "restyle"):
                self._dressed_items.append(value)
            elif isinstance(value, dict):
                self.watch(value.values())
            elif isinstance(value, (tuple, list)):
                self.watch(value)

    def dress(self, method: Callable[..., object], *arguments: object) -> None:
        """Register a call, such as one that labels a plot's axes. ``renew`` makes it at first and at each change of
        style, with every ``Text`` among the arguments translated.
        """
        self._dressing_calls.append((method, arguments))

    def renew(self) -> None:
        """Restyle the items, then repeat the calls that set their texts."""
        for item in self._dressed_items:
            item.restyle()
        for method, arguments in self._dressing_calls:
            method(*(_worded(argument) for argument in arguments))


def _worded(argument: object) -> object:
    if isinstance(argument, Text):
        return translate(argument)
    if isinstance(argument, (tuple, list)):
        return tuple(_worded(one) for one in argument)
    return argument


def single_shot(parent: QObject, milliseconds: int, call: Callable[[], None] | SignalInstance) -> QTimer:
    """A single-shot timer that is not started yet and calls ``call`` on timeout."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(call)
    return timer
