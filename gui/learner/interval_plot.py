"""A small plot of shares, each with its confidence interval, which is wide for few answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.contract.text import Text
from gui.learner.what_stays import Share
from gui.plots.drawing.ink import pen
from gui.style.language import translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

_ROW, _FOOT = 30, 24
_NAMES = 190
_TICKS = (0, 25, 50, 75, 100)


class IntervalPlot(QWidget):
    """Rows with a name, a point at the share, a line over its interval, and the counts; the axis is 0 to 100 %."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[tuple[Text, Share]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, title: Text, rows: Sequence[tuple[Text, Share]]) -> None:
        """Show these rows; the plot is hidden if there are none. ``title`` is for the accessible name."""
        self._rows = rows
        self.setVisible(bool(rows))
        told = (f"{translate(name)}: {share.right}/{share.count}" for name, share in rows)
        self.setAccessibleName(f"{translate(title)}: " + "; ".join(told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(480), px(_ROW * len(self._rows) + _FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(320), self.sizeHint().height())

    def places(self) -> list[tuple[float, float, float]]:
        """For every row the x coordinates, in pixels, of the interval's lower end, the share, and the upper end."""
        room = self._room()

        def across(part: float) -> float:
            return room.left() + part * room.width()

        return [
            (across(share.interval[0]), across(share.right / share.count), across(share.interval[1]))
            for _, share in self._rows
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, room = theme(), self._room()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font("notes"))
            for tick in _TICKS:
                x = room.left() + tick / 100 * room.width()
                painter.setPen(pen(colors.grid, 1))
                painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
                painter.setPen(QColor(colors.muted_text))
                place = QRectF(x - px(30), room.bottom(), px(60), px(_FOOT))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{tick}%")
            for number, ((name, share), (low, middle, high)) in enumerate(zip(self._rows, self.places(), strict=True)):
                y = room.top() + (number + 0.5) * px(_ROW)
                painter.setFont(font("text"))
                painter.setPen(QColor(colors.text))
                height = px(_ROW)
                names = QRectF(0, y - height / 2, px(_NAMES), height)
                painter.drawText(names, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, translate(name))
                counts = QRectF(room.right() + px(2 * GRID), y - height / 2, self.width() - room.right(), height)
                painter.drawText(counts, Qt.AlignmentFlag.AlignVCenter, f"{share.right}/{share.count}")
                painter.setPen(pen(colors.accent, 2))
                painter.drawLine(QPointF(low, y), QPointF(high, y))
                for end in (low, high):
                    painter.drawLine(QPointF(end, y - px(4)), QPointF(end, y + px(4)))
                painter.setBrush(QColor(colors.accent))
                painter.drawEllipse(QPointF(middle, y), px(5), px(5))

    def _room(self) -> QRectF:
        """The rectangle in which the shares are drawn."""
        left, right = px(_NAMES) + px(GRID), px(56)
        return QRectF(left, 0, max(1, self.width() - left - right), px(_ROW) * len(self._rows))
