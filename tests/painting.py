"""While something is painted nothing else may be: no event loop, no picture taken of a widget, no second painting.

Qt has one painter on the window's ground while it paints; what is painted from within, or by an event that a loop hands
out in there, ends that painter's work or paints on what has been deleted. Only what is written in Python can ask for
such a thing, so what paints in Python is watched, and so is what it may not call.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

PAINTS = ("paintEvent", "paint", "drawBackground", "drawForeground", "prepareForPaint", "paintEngine", "drawTextItem")
LAYS_OUT = ("resizeEvent", "sizeHint", "minimumSizeHint", "heightForWidth", "tabSizeHint", "minimumTabSizeHint")
_SHOWN = 14
"""So many calls are named of those that led there."""
_kept: list[Any] = []
"""All that was ever put in a method's place: PySide 6.10 remembers what a class's method is, and does not hold it."""


def _forbidden() -> dict[str, tuple[Any, tuple[str, ...]]]:
    from PySide6.QtCore import QCoreApplication, QEventLoop
    from PySide6.QtWidgets import QApplication, QDialog, QGraphicsScene, QGraphicsView, QMenu, QWidget

    return {
        "QWidget": (QWidget, ("grab", "render", "repaint")),
        "QGraphicsView": (QGraphicsView, ("render",)),
        "QGraphicsScene": (QGraphicsScene, ("render",)),
        "QCoreApplication": (QCoreApplication, ("processEvents", "sendPostedEvents", "exec")),
        "QApplication": (QApplication, ("exec",)),
        "QEventLoop": (QEventLoop, ("exec", "processEvents")),
        "QDialog": (QDialog, ("exec",)),
        "QMenu": (QMenu, ("exec",)),
    }


class Painting:
    """What is being painted or laid out at the moment, the outermost first; ``told`` gets each call that may not be."""

    def __init__(self, told: Callable[[str], object]) -> None:
        self.under_way: list[str] = []
        self.count = 0
        self._told = told
        self._before: list[tuple[Any, str, Any]] = []

    def install(self) -> None:
        """Watch from now on; classes that are imported later are not seen."""
        from PySide6.QtCore import QObject
        from PySide6.QtGui import QPaintEngine
        from PySide6.QtWidgets import QGraphicsItem

        for name, (owner, calls) in _forbidden().items():
            for call in calls:
                self._put(owner, call, self._watched(f"{name}.{call}", getattr(owner, call)))
        for kind in {one for root in (QObject, QGraphicsItem, QPaintEngine) for one in _below(root)}:
            for call in (*PAINTS, *LAYS_OUT):
                if isinstance(function := vars(kind).get(call), FunctionType):
                    self._put(kind, call, self._counted(f"{kind.__name__}.{call}", function))

    def uninstall(self) -> None:
        """Leave everything as it was."""
        for owner, name, before in reversed(self._before):
            setattr(owner, name, before)
        self._before.clear()

    def _put(self, owner: Any, name: str, by: Any) -> None:
        self._before.append((owner, name, vars(owner).get(name, getattr(owner, name))))
        _kept.append(by)
        setattr(owner, name, by)

    def _counted(self, name: str, function: FunctionType) -> Any:
        @functools.wraps(function)
        def counted(*given: Any, **named: Any) -> Any:
            self.under_way.append(name)
            self.count += 1
            try:
                return function(*given, **named)
            finally:
                self.under_way.pop()

        return counted

    def _watched(self, name: str, call: Any) -> Any:
        @functools.wraps(call)
        def watched(*given: Any, **named: Any) -> Any:
            if self.under_way:
                frames = traceback.extract_stack()[-_SHOWN - 1 : -1]
                way = " < ".join(
                    f"{one.name} {one.filename.rpartition('/')[2]}:{one.lineno}" for one in reversed(frames)
                )
                self._told(f"{name} within {' > '.join(self.under_way)}: {way}")
            return call(*given, **named)

        return watched


def watch_painting(told: Callable[[str], object]) -> Painting:
    """Watch everything of the window from now on."""
    for found in pkgutil.walk_packages(importlib.import_module("gui").__path__, "gui."):
        importlib.import_module(found.name)
    painting = Painting(told)
    painting.install()
    return painting


@contextmanager
def painting_is_watched() -> Iterator[tuple[Painting, list[str]]]:
    """Within it every call that may not be is noted."""
    told: list[str] = []
    painting = watch_painting(told.append)
    try:
        yield painting, told
    finally:
        painting.uninstall()


def _below(root: type) -> Iterator[type]:
    for kind in root.__subclasses__():
        yield kind
        yield from _below(kind)
