"""A table as a figure: its title, headings above a line, the rows, and a caption, painted on any paint device."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from engine.contract.numerals import NONE, format_real
from engine.contract.run import Session
from engine.contract.table import Table
from gui.style.api import GRID, font, px, theme, translate

_WIDEST_HEAD, _WIDEST_CELL, _NARROWEST, _WIDEST = 110, 280, 420, 960
_WRAPPED = Qt.TextFlag.TextWordWrap
_LEFT, _RIGHT, _BOTTOM = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignBottom
_TOP, _MIDDLE = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
_UNLIMITED = 100_000


@dataclass(frozen=True)
class TableExport:
    """The texts stored in a table's file, and the ``session`` with its runs, which opening the file restores."""

    title: str
    caption: str
    session: Session
    when: str = ""


@dataclass(frozen=True)
class _Column:
    head: str
    cells: tuple[str, ...]
    side: Qt.AlignmentFlag
    width: float


@dataclass(frozen=True)
class TableFigure:
    """A table in the current theme, language and zoom; numbers are rounded, as in the window.

    Columns that do not fit the width form further blocks below, each of which repeats the first column.
    """

    table: Table
    title: str
    caption: str

    @property
    def size(self) -> QSize:
        """Width and height of the whole figure in pixels."""
        _, _, _, whole = self._areas
        return whole.size().toSize()

    def paint(self, painter: QPainter) -> None:
        """Paint the whole figure from (0, 0), in coordinates of one unit per pixel of the figure."""
        colors = theme()
        title, body, caption, whole = self._areas
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.fillRect(whole, QColor(colors.surface))
        _words(painter, title, self.title, font("headline"), colors.text, _LEFT | _TOP)
        top = body.top()
        for block in self._blocks:
            self._paint_block(painter, block, QPointF(body.left(), top))
            top += self._height_of(block) + px(2 * GRID)
        _words(painter, caption, self.caption, font("text"), colors.muted_text, _LEFT | _TOP)

    def _paint_block(self, painter: QPainter, block: Sequence[_Column], corner: QPointF) -> None:
        colors, head, line, left = theme(), _head_height(block), self._line, corner.x()
        for column in block:
            box = QRectF(left, corner.y(), column.width, head)
            _words(painter, box, column.head, font("notes"), colors.muted_text, column.side | _BOTTOM)
            for row, cell in enumerate(column.cells):
                box = QRectF(left, corner.y() + head + px(GRID) + row * line, column.width, line)
                kind = font("text" if column.side == _LEFT else "number")
                _words(painter, box, cell, kind, colors.text, column.side | _MIDDLE, wraps=False)
            left += column.width + px(2 * GRID)
        painter.setPen(QPen(QColor(colors.control_outline), 1))
        for y in (corner.y() + head + px(GRID) / 2, corner.y() + self._height_of(block)):
            painter.drawLine(QPointF(corner.x(), y), QPointF(corner.x() + _width(block), y))

    @cached_property
    def _blocks(self) -> list[list[_Column]]:
        """The columns split into blocks that fit the width; each block begins with the first column."""
        first, *others = self._columns
        blocks = [[first]]
        for column in others:
            if len(blocks[-1]) > 1 and _width([*blocks[-1], column]) > px(_WIDEST):
                blocks.append([first])
            blocks[-1].append(column)
        return blocks

    @cached_property
    def _columns(self) -> tuple[_Column, ...]:
        found = []
        for column in self.table.columns:
            cells = tuple(_cell(value) for value in column.values)
            is_words = any(isinstance(value, str) for value in column.values)
            metrics, heads = QFontMetricsF(font("text" if is_words else "number")), QFontMetricsF(font("notes"))
            widest = max((metrics.horizontalAdvance(cell) for cell in cells), default=0.0)
            widest = min(widest, px(_WIDEST_CELL))
            head = translate(column.title)
            # No word of a heading is broken.
            least = max((heads.horizontalAdvance(word) for word in head.split()), default=0.0) if " " in head else 0.0
            width = max(widest, least, min(heads.horizontalAdvance(head), px(_WIDEST_HEAD))) + 2
            cells = tuple(metrics.elidedText(cell, Qt.TextElideMode.ElideRight, width) for cell in cells)
            found.append(_Column(head, cells, _LEFT if is_words else _RIGHT, math.ceil(width)))
        return tuple(found)

    def _height_of(self, block: Sequence[_Column]) -> float:
        return _head_height(block) + 1.5 * px(GRID) + len(self.table.columns[0].values) * self._line

    @property
    def _line(self) -> float:
        return max(QFontMetricsF(font(role)).height() for role in ("text", "number")) + px(GRID) / 2

    @cached_property
    def _areas(self) -> tuple[QRectF, QRectF, QRectF, QRectF]:
        """The rectangles of the title, of the table, of the caption, and of the whole figure."""
        gap = px(2 * GRID)
        columns = max(_width(block) for block in self._blocks)
        width = max(columns, px(_NARROWEST))
        title = _height(self.title, font("headline"), width) + px(GRID)
        body = sum(self._height_of(block) for block in self._blocks) + gap * (len(self._blocks) - 1)
        caption = _height(self.caption, font("text"), width)
        below = gap + title + body + px(GRID)
        whole = QRectF(0, 0, math.ceil(width + 2 * gap), math.ceil(below + caption + gap))
        return (
            QRectF(gap, gap, width, title),
            QRectF(gap, gap + title, columns, body),
            QRectF(gap, below, width, caption),
            whole,
        )


def _width(block: Sequence[_Column]) -> float:
    return sum(column.width for column in block) + px(2 * GRID) * (len(block) - 1)


def _head_height(block: Sequence[_Column]) -> float:
    return max(_height(column.head, font("notes"), column.width) for column in block)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return NONE if math.isnan(value) else format_real(value)
    return str(value)


def _height(words: str, kind: QFont, width: float) -> float:
    if not words:
        return 0.0
    return math.ceil(QFontMetricsF(kind).boundingRect(QRectF(0, 0, width, _UNLIMITED), _WRAPPED, words).height())


def _words(
    painter: QPainter, area: QRectF, words: str, kind: QFont, color: str, align: Qt.AlignmentFlag, wraps: bool = True
) -> None:
    painter.setFont(kind)
    painter.setPen(QColor(color))
    painter.drawText(area, (_WRAPPED | align) if wraps else align, words)
