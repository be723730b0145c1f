"""The versions that are kept of what was written for an exercise, as a menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from engine.contract.text.text import Text, counted
from gui.style.language import translate

_NAME = Text("An older version")
_VERSION = Text("Version {number}: {lines}")


class OlderVersions(QMenu):
    """``chosen(source)`` carries the version that is wanted; they are asked for whenever ``parent`` is opened."""

    chosen = Signal(str)

    def __init__(self, parent: QMenu, versions: Callable[[], Sequence[str]]) -> None:
        super().__init__(parent)
        self._versions = versions
        parent.addMenu(self)
        parent.aboutToShow.connect(self._list)

    def restyle(self) -> None:
        """Take the words from the style."""
        self.setTitle(translate(_NAME))

    def _list(self) -> None:
        self.clear()
        versions = self._versions()
        for number, source in zip(range(len(versions), 0, -1), versions, strict=True):
            said = _VERSION(number=number, lines=counted(source.count("\n"), "line"))
            self.addAction(translate(said), lambda source=source: self.chosen.emit(source))
        self.setEnabled(bool(versions))
