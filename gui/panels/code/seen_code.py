"""Highlights only the visible code, so that typing in a long source stays fast."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlock, QTextLayout

from gui.panels.code.highlighting import CodeRole, code_formats, runs_between

_LONGEST = 400
"""The number of characters of a line that are highlighted; lines of code are usually shorter."""


_PLAIN: tuple[CodeRole, ...] = ("plain", "number")
"""Roles that look like plain text and get no format, since Qt lays out each formatted range separately."""


class SeenCode(QObject):
    """Formats blocks of one document. The hash of a block's formats is kept as its block state, so that a block is
    formatted again only if its formats change.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._formats = code_formats()
        self._styled = 0
        self._shown: tuple[str, int, int] | None = None

    def restyle(self) -> None:
        """Apply the style's fonts and colours; the visible blocks must be shown again."""
        self._formats = code_formats()
        self._styled += 1
        self._shown = None

    def show(self, source: str, first: QTextBlock, count: int) -> None:
        """Format ``count`` blocks from ``first`` on, in a document that contains ``source``."""
        shown = (source, first.blockNumber(), count)
        if shown == self._shown:
            return
        self._shown = shown
        blocks: list[QTextBlock] = []
        block = first
        while block.isValid() and len(blocks) < count:
            blocks.append(block)
            block = block.next()
        if not blocks:
            return
        lines = [one.text() for one in blocks]
        # Qt counts UTF-16 code units, Python counts code points: they differ beyond U+FFFF.
        is_plain = len(source) == first.document().characterCount() - 1
        start = first.position() if is_plain else _place_of_line(source, first.blockNumber())
        end = min(start + sum(len(line) + 1 for line in lines), len(source))
        for one, line in zip(blocks, _by_line(runs_between(source, start, end, _LONGEST)), strict=False):
            looks = tuple(part for part in line if part[0] < _LONGEST and part[2] not in _PLAIN)
            sign = hash((self._styled, looks)) & 0x7FFFFFFF
            if one.userState() != sign:
                one.setUserState(sign)
                one.layout().setFormats([self._range(*part) for part in looks])
                one.document().markContentsDirty(one.position(), one.length())

    def _range(self, start: int, count: int, kind: CodeRole) -> QTextLayout.FormatRange:
        found = QTextLayout.FormatRange()
        found.start, found.length, found.format = start, count, self._formats[kind]
        return found


def _place_of_line(source: str, number: int) -> int:
    place = 0
    for _ in range(number):
        place = source.index("\n", place) + 1
    return place


def _by_line(runs: list[tuple[str, CodeRole]]) -> list[list[tuple[int, int, CodeRole]]]:
    """The runs of each line, as (start column, length, role)."""
    lines: list[list[tuple[int, int, CodeRole]]] = [[]]
    column = 0
    for text, kind in runs:
        for index, piece in enumerate(text.split("\n")):
            if index:
                lines.append([])
                column = 0
            if piece:
                lines[-1].append((column, len(piece), kind))
                column += len(piece)
    return lines
