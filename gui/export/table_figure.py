"""A table as a figure: its title, headings over a line, a row for each run, and a caption, on any paint device."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from engine.contract.numerals import NONE, format_real
from engine.contract.run import Session
from engine.contract.table import Table
from gui.style.pieces import GRID, font, scaled, show, theme

_WIDEST_HEAD, _WIDEST_CELL, _NARROWEST = 110, 280, 420
_WRAPPED = Qt.TextFlag.TextWordWrap
_LEFT, _RIGHT, _BOTTOM = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignBottom
_TOP, _MIDDLE = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
_UNLIMITED = 100_000


@dataclass(frozen=True)
class TableExport:
    """What a file says beside the picture of a table, and the ``session`` that reopens to its runs."""

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
    """``table`` in the theme, the language and the size of now; numbers are short, as in the window."""

    table: Table
    title: str
    caption: str

    @property
    def size(self) -> QSize:
        """Width and height in pixels."""
        _, _, _, whole = self._areas
        return whole.size().toSize()

    def paint(self, painter: QPainter) -> None:
        """Draw it from (0, 0) on; ``painter`` measures in the figure's pixels."""
        colors = theme()
        title, body, caption, whole = self._areas
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.fillRect(whole, QColor(colors.surface))
        _words(painter, title, self.title, font("headline"), colors.text, _LEFT | _TOP)
        head, line, left = self._head_height, self._line, body.left()
        for column in self._columns:
            box = QRectF(left, body.top(), column.width, head)
            _words(painter, box, column.head, font("notes"), colors.muted_text, column.side | _BOTTOM)
            for row, cell in enumerate(column.cells):
                box = QRectF(left, body.top() + head + scaled(GRID) + row * line, column.width, line)
                kind = font("text" if column.side == _LEFT else "number")
                _words(painter, box, cell, kind, colors.text, column.side | _MIDDLE, wraps=False)
            left += column.width + scaled(2 * GRID)
        painter.setPen(QPen(QColor(colors.control_outline), 1))
        for y in (body.top() + head + scaled(GRID) / 2, body.bottom()):
            painter.drawLine(QPointF(body.left(), y), QPointF(body.right(), y))
        _words(painter, caption, self.caption, font("text"), colors.muted_text, _LEFT | _TOP)

    @cached_property
    def _columns(self) -> tuple[_Column, ...]:
        found = []
        for column in self.table.columns:
            cells = tuple(_cell(value) for value in column.values)
            is_words = any(isinstance(value, str) for value in column.values)
            metrics, heads = QFontMetricsF(font("text" if is_words else "number")), QFontMetricsF(font("notes"))
            widest = max((metrics.horizontalAdvance(cell) for cell in cells), default=0.0)
            widest = min(widest, scaled(_WIDEST_CELL))
            head = show(column.title)
            # No word of a heading is broken.
            least = max((heads.horizontalAdvance(word) for word in head.split()), default=0.0) if " " in head else 0.0
            width = max(widest, least, min(heads.horizontalAdvance(head), scaled(_WIDEST_HEAD))) + 2
            cells = tuple(metrics.elidedText(cell, Qt.TextElideMode.ElideRight, width) for cell in cells)
            found.append(_Column(head, cells, _LEFT if is_words else _RIGHT, math.ceil(width)))
        return tuple(found)

    @property
    def _head_height(self) -> float:
        return max((_height(column.head, font("notes"), column.width) for column in self._columns), default=0.0)

    @property
    def _line(self) -> float:
        return max(QFontMetricsF(font(role)).height() for role in ("text", "number")) + scaled(GRID) / 2

    @cached_property
    def _areas(self) -> tuple[QRectF, QRectF, QRectF, QRectF]:
        """Where title, table and caption go, and the whole."""
        gap, rows = scaled(2 * GRID), len(self.table.columns[0].values)
        columns = sum(column.width for column in self._columns) + gap * (len(self._columns) - 1)
        width = max(columns, scaled(_NARROWEST))
        title = _height(self.title, font("headline"), width) + scaled(GRID)
        body = self._head_height + 1.5 * scaled(GRID) + rows * self._line
        caption = _height(self.caption, font("text"), width)
        below = gap + title + body + scaled(GRID)
        whole = QRectF(0, 0, math.ceil(width + 2 * gap), math.ceil(below + caption + gap))
        return (
            QRectF(gap, gap, width, title),
            QRectF(gap, gap + title, columns, body),
            QRectF(gap, below, width, caption),
            whole,
        )


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
