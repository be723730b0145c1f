"""What takes words, fonts and colours from the style, so that views need not: items, and calls with texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from engine.contract.text.text import Text
from gui.style.language import translate


class StyleBindings:
    """A part of a view: ``renew`` is called at first and whenever language, theme or size has changed."""

    def begin_dressing(self) -> None:
        """Nothing is watched or called yet."""
        self._dressed_items: list[Any] = []
        self._dressing_calls: list[tuple[Callable[..., object], tuple[object, ...]]] = []

    def watch(self, attributes: Iterable[object]) -> None:
        """Restyle everything among these that can do so by itself, also what lies in tuples, lists and dictionaries."""
        for value in attributes:
            if hasattr(value, "restyle"):
                self._dressed_items.append(value)
            elif isinstance(value, dict):
                self.watch(value.values())
            elif isinstance(value, (tuple, list)):
                self.watch(value)

    def dress(self, method: Callable[..., object], *arguments: object) -> None:
        """Call a method whenever the look changes, such as the one that names a plot's axes; every ``Text`` among the
        arguments is words in the language in use by then.
        """
        self._dressing_calls.append((method, arguments))

    def renew(self) -> None:
        """First the items take their fonts and colours, then they are given their words."""
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
