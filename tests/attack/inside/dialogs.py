"""What dialogs of the system would ask is answered by chance, and nothing opens a browser."""

from __future__ import annotations

import random
import re
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

_SUFFIX = re.compile(r"\*(\.[\w.]+)")


class _Nobody(QObject):
    """Takes what would be opened by another program."""

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        pass


def answer_dialogs(chance: random.Random, folder: Path) -> None:
    """From now on a place to save is a new or an old one in ``folder``, and a file to open one that was saved there,
    one that is not there, or one that is something else; now and then none.
    """
    foreign = folder / "foreign.json"
    foreign.write_text('{"what": [1, 2, "三"]}')
    (folder / "empty.layerwise.json").write_text("")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))

    def to_save(parent: object, title: str = "", start: str = "", filters: str = "", *_: object) -> tuple[str, str]:
        if chance.random() < 0.15:
            return "", ""
        chosen = chance.choice(filters.split(";;")) if filters else ""
        suffixes = _SUFFIX.findall(chosen)
        if suffixes and chance.random() < 0.8:
            return str(folder / f"{chance.choice('abcdef')}{chance.choice(suffixes)}"), chosen
        return str(folder / chance.choice(("no suffix", "图.png", "a.b.c", "missing/folder/a.png"))), chosen

    def to_open(parent: object, title: str = "", start: str = "", filters: str = "", *_: object) -> tuple[str, str]:
        if chance.random() < 0.15:
            return "", ""
        suffixes = tuple(_SUFFIX.findall(filters))
        there = sorted(one for one in folder.iterdir() if one.is_file())
        fitting = [one for one in there if not suffixes or one.name.endswith(suffixes)]
        if fitting and chance.random() < 0.8:
            return str(chance.choice(fitting)), ""
        return str(chance.choice([*there, folder / "nowhere"])), ""

    QFileDialog.getSaveFileName = staticmethod(to_save)
    QFileDialog.getOpenFileName = staticmethod(to_open)
    QFileDialog.getExistingDirectory = staticmethod(lambda *_: str(folder))
    QFileDialog.getOpenFileNames = staticmethod(lambda *given: ([to_open(*given)[0]], ""))
    global _nobody
    _nobody = _Nobody()
    for scheme in ("http", "https", "file", "mailto"):
        QDesktopServices.setUrlHandler(scheme, _nobody, "take")


_nobody: _Nobody | None = None
