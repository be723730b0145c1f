"""The learner's file: reads and writes it, and watches for changes by other programs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from engine.contract.text import Refused
from engine.data.python_text import encoded
from engine.export.writing import write_together
from engine.own_network.checking import read_network
from gui.stage.style_bindings import single_shot

_SETTLES = 150
"""Milliseconds to wait after another program wrote the file, before it is read; some programs write in several steps.
"""


class OwnFile(QObject):
    """The file at ``path``, None before one was chosen; ``text`` is its content when it was last read or written, and
    ``is_there`` says whether it still exists.

    ``came(text)`` is emitted when another program has saved a different text, ``refused(text)`` when the file cannot be
    read after that, ``gone`` when it no longer exists.
    """

    came = Signal(str)
    refused = Signal(object)
    gone = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.text = ""
        self.is_there = False
        self._watcher = QFileSystemWatcher(self)
        self._settles = single_shot(self, _SETTLES, self._look)
        self._watcher.fileChanged.connect(self._settles.start)
        self._watcher.directoryChanged.connect(self._settles.start)

    def open(self, path: Path) -> None:
        """Read a file and watch it from now on; ``Refused`` if it cannot be read, and the present file stays."""
        self.text = read_network(path)
        self.path, self.is_there = path, True
        self._watch()

    def begin(self, path: Path, text: str) -> None:
        """Write a new file, and open it; ``Refused`` if it cannot be written."""
        _write(path, text)
        self.open(path)

    def save(self, text: str) -> None:
        """Write the text into the file; ``Refused`` if that fails."""
        assert self.path is not None
        _write(self.path, text)
        self.text, self.is_there = text, True
        self._watch()

    def _watch(self) -> None:
        """Watch the file, and its folder, since many editors replace the file by a new one."""
        if old := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(old)
        if self.path is not None:
            self._watcher.addPaths([str(one) for one in (self.path, self.path.parent) if one.exists()])

    def _look(self) -> None:
        if self.path is None:
            return
        if not self.path.exists():
            if self.is_there:
                self.is_there = False
                self.gone.emit()
            return
        self.is_there = True
        self._watch()
        try:
            text = read_network(self.path)
        except Refused as refusal:
            self.refused.emit(refusal.text)
            return
        if text != self.text:
            self.text = text
            self.came.emit(text)


def _write(path: Path, text: str) -> None:
    write_together({path: encoded(text)})
