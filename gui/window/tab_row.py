"""A plain tab bar: texts, with a line under the current one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QTabBar, QWidget

from gui.plots.drawing.ink import pen
from gui.style.appearance import appearance
from gui.style.focus_ring import paint_focus_ring
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import Role, font, px, zoom

_WIDEST_GAP, _NARROWEST_GAP = 3 * GRID, GRID + GRID // 4
"""Horizontal space in pixels around a tab's text, left and right together, at 100 % zoom."""


class TabRow(QTabBar):
    """A QTabBar painted as plain texts; keyboard, scroll buttons and accessibility are Qt's.

    If it is too narrow, all tabs but the current one show only their number, the first part of their text. If
    ``tightens``, the tabs instead move closer first, and then the longest texts but the current one are elided.
    """

    def __init__(self, role: Role, parent: QWidget | None = None, tightens: bool = False) -> None:
        super().__init__(parent)
        self._role, self._tightens = role, tightens
        self._gap = _WIDEST_GAP
        self._short, self._room = False, 0
        self._lit: set[int] = set()
        # The window asks anew whenever a word in it changes, many times a second while a run goes on.
        self._sizes: dict[str, QSize] = {}
        self._hint: tuple[tuple[object, ...], QSize] | None = None
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setMouseTracking(True)
        self.currentChanged.connect(self.choose_words)
        self._restyle()
        appearance().changed.connect(self._restyle)

    def light(self, index: int, lit: bool = True) -> None:
        """Show or hide a dot beside a tab's text, which says that its page has new content."""
        self._lit = self._lit | {index} if lit else self._lit - {index}
        self.update()

    def is_lit(self, index: int) -> bool:
        """Whether the tab at ``index`` has the dot for new content."""
        return index in self._lit

    def tabSizeHint(self, index: int) -> QSize:
        return self._size_of(self._shown_words(index))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(80), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        asked = (self._gap, *map(self.tabText, range(self.count())))
        if self._hint is None or self._hint[0] != asked:
            self._hint = (asked, self._hint_of_all())
        return self._hint[1]

    def _hint_of_all(self) -> QSize:
        """The size of the tab bar that shows all texts in full."""
        sizes = [self._size_of(self.tabText(index)) for index in range(self.count())]
        height = max((size.height() for size in sizes), default=super().sizeHint().height())
        wide = sum(size.width() for size in sizes) + self.count() * (px(_WIDEST_GAP) - px(self._gap))
        return QSize(wide, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # First, or Qt would scroll to make room for what is about to be shorter, and stay there.
        self.choose_words()
        super().resizeEvent(event)

    def tabInserted(self, index: int) -> None:
        super().tabInserted(index)
        self._lit = {lit + (lit >= index) for lit in self._lit}

    def tabRemoved(self, index: int) -> None:
        super().tabRemoved(index)
        self._lit = {lit - (lit > index) for lit in self._lit if lit != index}

    def tabLayoutChange(self) -> None:
        super().tabLayoutChange()
        self.update()

    def choose_words(self, *_: int) -> None:
        """Show full texts if they fit, else shortened ones; to be called after texts were set.

        The icon size is set and restored because that makes Qt lay out the tabs again.
        """
        if self._tightens and self.count():
            words = sum(self.fontMetrics().horizontalAdvance(self.tabText(index)) for index in range(self.count()))
            gap = int((self.width() - words) / self.count() / zoom())
            gap = min(max(gap, _NARROWEST_GAP), _WIDEST_GAP)
            if gap != self._gap:
                self._gap = gap
                self._sizes.clear()
        full = sum(self._size_of(self.tabText(index)).width() for index in range(self.count()))
        self._short = full > self.width()
        if self._short and self._tightens:
            self._room = self._room_for_words()
        self.setIconSize(self.iconSize() + QSize(1, 0))
        self.setIconSize(self.iconSize() - QSize(1, 0))

    def _room_for_words(self) -> int:
        """The maximum text width in pixels of the tabs other than the current one with which all fit into the row."""
        metrics = self.fontMetrics()
        widths = [metrics.horizontalAdvance(self.tabText(index)) for index in range(self.count())]
        chosen = widths.pop(self.currentIndex()) if 0 <= self.currentIndex() < len(widths) else 0
        left = self.width() - self.count() * px(self._gap) - chosen
        # The short ones keep their words; the others share what is left.
        for number, width in enumerate(sorted(widths)):
            share = left // (len(widths) - number)
            if width > share:
                return max(0, share)
            left -= width
        return max(widths, default=0)

    def _shown_words(self, index: int) -> str:
        words = self.tabText(index)
        if not self._short or index == self.currentIndex():
            return words
        if self._tightens:
            return self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self._room)
        return words.partition(" ")[0]

    def _size_of(self, words: str) -> QSize:
        if words not in self._sizes:
            metrics = self.fontMetrics()
            size = QSize(metrics.horizontalAdvance(words) + px(self._gap), metrics.height() + px(2 * GRID))
            self._sizes[words] = size
        return self._sizes[words]

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        with QPainter(self) as painter:
            pointer = self.mapFromGlobal(self.cursor().pos())
            for index in range(self.count()):
                box = self.tabRect(index)
                chosen = index == self.currentIndex()
                if chosen and self.hasFocus():
                    paint_focus_ring(painter, QRectF(box).adjusted(2, 2, -2, -3))
                lit = chosen or (box.contains(pointer) and self.underMouse())
                painter.setPen(pen(colors.text if lit else colors.muted_text))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._shown_words(index))
                if index in self._lit:
                    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(QColor(colors.accent))
                    painter.drawEllipse(QPointF(box.right() - px(GRID) * 0.75, box.center().y()), px(3), px(3))
                    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
                if chosen:
                    aside = round(px(self._gap) / 3)
                    line = QRect(box.left() + aside, box.bottom() - 2, box.width() - 2 * aside, 3)
                    painter.fillRect(line, QColor(colors.accent))

    def _restyle(self) -> None:
        self._sizes.clear()
        self._hint = None
        self.setFont(font(self._role))
        self.updateGeometry()
        self.choose_words()
