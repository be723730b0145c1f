"""The list of results below the search field: title, kind and location of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from engine.search.entry import KINDS, Entry
from gui.style.language import translate
from gui.style.painting import tells_faults
from gui.style.plain import PlainLabel, plain_tip
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

_Index = QModelIndex | QPersistentModelIndex
_MOST_ROWS = 12
_FOR_PLACE = 0.4
"""Maximum fraction of a line's width for the text at its right end."""
_LINE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class FoundLine:
    """One search result as a line of the list: title, kind (such as "question"), and at the right ``place``: its
    shortcut or where it is.

    One that is not ``possible`` at present is pale and cannot be chosen.
    """

    entry: Entry
    title: str
    kind: str
    place: str
    possible: bool = True

    @property
    def spoken(self) -> str:
        """The text of the line for screen readers."""
        return ", ".join(filter(None, (self.title, self.kind, self.place)))


class _Lines(QAbstractListModel):
    """The Qt model of the results, for ``QListView``."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: Sequence[FoundLine] = ()

    def show_lines(self, lines: Sequence[FoundLine]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(line.title)
        return line if role == _LINE else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        possible = self.lines[index.row()].possible
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if possible else Qt.ItemFlag.NoItemFlags


class _Painter(QStyledItemDelegate):
    """The delegate that paints a result: kind, title and place, the kinds in a column, so that the titles align."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, line_height())

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: FoundLine = index.data(_LINE)
        box, state = QRect(option.rect), option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(theme().selection_fill))
        box = box.adjusted(px(GRID), 0, -px(GRID), 0)
        pale = theme().muted_text if line.possible else theme().disabled_text
        kinds = kind_column()
        _write(painter, "notes", pale, box.adjusted(0, 0, kinds - box.width(), 0), line.kind)
        box.adjust(kinds + px(GRID), 0, 0, 0)
        if line.place:
            metrics = QFontMetrics(font("notes"))
            width = min(metrics.horizontalAdvance(line.place) + 2, round(_FOR_PLACE * box.width()))
            place = box.adjusted(box.width() - width, 0, 0, 0)
            _write(painter, "notes", pale, place, line.place, Qt.AlignmentFlag.AlignRight)
            box.adjust(0, 0, -width - px(GRID), 0)
        _write(painter, "text", theme().text if line.possible else theme().disabled_text, box, line.title)


def _write(
    painter: QPainter,
    role: Any,
    color: str,
    box: QRect,
    words: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    letters = font(role)
    painter.setFont(letters)
    painter.setPen(QColor(color))
    shown = QFontMetrics(letters).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def line_height() -> int:
    """The height in pixels of one line of the list of results."""
    return QFontMetrics(font("text")).height() + px(GRID)


def kind_column() -> int:
    """The width in pixels of the longest name of a kind."""
    metrics = QFontMetrics(font("notes"))
    return max(metrics.horizontalAdvance(translate(name)) for name in KINDS.values()) + 2


class FoundList(QFrame):
    """The list of search results, a frame below the search field; ``chosen()`` when a line is clicked. The keyboard
    focus stays in the search field.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.Box)
        self.setAutoFillBackground(True)
        self._lines = _Lines(self)
        self.list = QListView()
        self.list.setModel(self._lines)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setMouseTracking(True)
        self.list.entered.connect(self._entered)
        self.list.clicked.connect(self._clicked)
        self.nothing = PlainLabel()
        self.nothing.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list)
        layout.addWidget(self.nothing)
        self.hide()

    @property
    def lines(self) -> Sequence[FoundLine]:
        """The results in the list, the best first."""
        return self._lines.lines

    @property
    def current(self) -> FoundLine | None:
        """The selected result; None if none is selected."""
        index = self.list.currentIndex()
        return self.lines[index.row()] if index.isValid() else None

    def show_lines(self, lines: Sequence[FoundLine], nothing: str) -> None:
        """Show these results, or the text ``nothing`` if there are none. The first is selected; if it is not possible
        at present, none is, so that Enter does not choose another one in its place.
        """
        self._lines.show_lines(lines)
        self.list.setVisible(bool(lines))
        self.nothing.setText(nothing)
        self.nothing.setVisible(not lines)
        self._mark(0 if lines and lines[0].possible else None)

    def step(self, by: int) -> None:
        """Move the selection ``by`` lines, skipping those that are not possible. A step of ±1 wraps around; a larger
        one stops at the ends.
        """
        rows = [row for row, line in enumerate(self.lines) if line.possible]
        if not rows:
            return
        here = rows.index(self.list.currentIndex().row()) if self.current is not None else -1 if by > 0 else 0
        there = here + by
        self._mark(rows[there % len(rows) if abs(by) == 1 else min(max(there, 0), len(rows) - 1)])

    def place_under(self, field: QWidget) -> None:
        """Show the list below ``field``, flush with its right edge and as high as its content needs and fits."""
        parent = self.parentWidget()
        assert parent is not None
        corner = field.mapTo(parent, field.rect().bottomRight())
        width = max(field.width(), min(px(620), parent.width() - 2 * GRID))
        room = parent.height() - corner.y() - 2 * GRID
        rows = min(len(self.lines), _MOST_ROWS, max(1, (room - 2) // line_height()))
        self.nothing.setFixedWidth(width - 2)
        height = rows * line_height() if self.lines else self.nothing.heightForWidth(width - 2)
        left = min(max(GRID, corner.x() + 1 - width), max(0, parent.width() - width))
        self.setGeometry(left, corner.y() + GRID // 2, width, height + 2)
        self.raise_()
        self.show()

    def restyle(self) -> None:
        """Apply the style's fonts and colours."""
        palette = self.palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, QColor(theme().surface))
        palette.setColor(palette.ColorRole.WindowText, QColor(theme().control_outline))
        self.setPalette(palette)
        ink = self.nothing.palette()
        ink.setColor(ink.ColorRole.WindowText, QColor(theme().muted_text))
        self.nothing.setPalette(ink)
        self.nothing.setFont(font("text"))
        self.nothing.setContentsMargins(px(GRID), px(GRID) // 2, px(GRID), px(GRID) // 2)
        self.list.doItemsLayout()

    def _mark(self, row: int | None) -> None:
        self.list.setCurrentIndex(self._lines.index(row, 0) if row is not None else QModelIndex())

    def _entered(self, index: QModelIndex) -> None:
        if self.lines[index.row()].possible:
            self._mark(index.row())

    def _clicked(self, index: QModelIndex) -> None:
        if self.lines[index.row()].possible:
            self.chosen.emit()
