"""The slider that shows the timeline of a run: the part that was computed, completed epochs, changes by hand, and the
entry shown.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.plots.drawing.ink import brush, pen
from gui.run.timeline import Timeline
from gui.spoken.spoken import Spoken, SpokenNumber, tell_value
from gui.style.focus_ring import paint_focus_ring
from gui.style.language import translate
from gui.style.theme import theme
from gui.style.typography import px
from gui.window import words

_MOST_TICKS = 200


class TimelineBar(QWidget):
    """A slider over a run's updates; ``sought`` carries the update that the user goes to.

    Ticks mark the updates at which the largest unit, such as an epoch, was completed, flags those at which something
    was changed, and a cross the one at which the run diverged.
    """

    sought = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timeline: Timeline | None = None
        self._update = 0
        self._end = 0
        self._place = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def say_place(self, place: str) -> None:
        """Set the text of the update shown, such as "update 120", as the value that screen readers are told."""
        if place != self._place:
            self._place = place
            if self.hasFocus():
                tell_value(self, self._update)

    def spoken(self) -> Spoken:
        """Role, name and value of the slider for screen readers."""
        newest = self._timeline.newest if self._timeline else None
        number = SpokenNumber(self._update, 0, newest.update if newest else 0, 1, self._seek_update)
        return Spoken(QAccessible.Role.Slider, translate(words.TIMELINE), self._place, number=number)

    def show_timeline(self, timeline: Timeline | None, update: int, end: int) -> None:
        """Show the record of a run, with the slider at ``update`` and the axis from 0 to ``end``, in updates."""
        self._timeline, self._update, self._end = timeline, update, max(1, end)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(160), px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(60), px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle = self.height() / 2
            left, right = self._edges()
            newest = self._timeline.newest if self._timeline else None
            reached = self._x(newest.update) if newest else left
            painter.setPen(pen(colors.hairline, 4))
            painter.drawLine(QPointF(left, middle), QPointF(right, middle))
            painter.setPen(pen(colors.muted_text, 4))
            painter.drawLine(QPointF(left, middle), QPointF(reached, middle))
            self._paint_marks(painter, middle)
            if self.hasFocus():
                x, reach = self._x(self._update), min(px(11), middle - 2)
                paint_focus_ring(painter, QRectF(x - reach, middle - reach, 2 * reach, 2 * reach), reach)
            painter.setPen(pen(colors.surface, 1.5))
            painter.setBrush(brush(colors.accent))
            painter.drawEllipse(QPointF(self._x(self._update), middle), px(7), px(7))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.meaning_at(event.pos().x()):
            QToolTip.showText(event.globalPos(), self.meaning_at(event.pos().x()), self)
            return True
        return super().event(event)

    def meaning_at(self, x: float) -> str:
        """The tool tip of the cross (the run diverged here) if it is at ``x``, in pixels; otherwise ""."""
        diverged = self._timeline.diverged if self._timeline is not None else None
        if diverged is None or abs(x - self._x(diverged)) > px(7):
            return ""
        return translate(words.DIVERGED_HERE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._seek(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry = None
        if self._timeline is not None:
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Down):
                entry = self._timeline.previous(self._update)
            elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Up):
                entry = self._timeline.next(self._update)
            elif event.key() == Qt.Key.Key_Home:
                entry = self._timeline.first
            elif event.key() == Qt.Key.Key_End:
                entry = self._timeline.newest
        if entry is None:
            super().keyPressEvent(event)
        else:
            self.sought.emit(entry.update)

    def _paint_marks(self, painter: QPainter, middle: float) -> None:
        if self._timeline is None:
            return
        colors = theme()
        painter.setPen(pen(colors.muted_text, 1))
        for update in self._ticks():
            x = self._x(update)
            painter.drawLine(QPointF(x, middle + px(5)), QPointF(x, middle + px(10)))
        painter.setPen(pen(colors.accent, 1.5))
        painter.setBrush(brush(colors.accent))
        for update in self._timeline.flags:
            x = self._x(update)
            painter.drawLine(QPointF(x, middle), QPointF(x, middle - px(11)))
            flag = [
                QPointF(x, middle - px(11)),
                QPointF(x + px(6), middle - px(9)),
                QPointF(x, middle - px(7)),
            ]
            painter.drawPolygon(QPolygonF(flag))
        if self._timeline.diverged is not None:
            painter.setPen(pen(colors.wrong, 2))
            box = QRectF(self._x(self._timeline.diverged) - px(4), middle - px(4), px(8), px(8))
            painter.drawLine(box.topLeft(), box.bottomRight())
            painter.drawLine(box.bottomLeft(), box.topRight())

    def _ticks(self) -> tuple[int, ...]:
        """The updates at which the largest unit was completed, thinned so that their ticks stay apart."""
        if self._timeline is None:
            return ()
        units = self._timeline.units
        return self._timeline.ticks(units[-1].id, _MOST_TICKS) if len(units) > 1 else ()

    def _edges(self) -> tuple[float, float]:
        return px(12), self.width() - px(12)

    def _x(self, update: int) -> float:
        left, right = self._edges()
        return left + (right - left) * min(1.0, update / self._end)

    def _seek(self, x: float) -> None:
        left, right = self._edges()
        if self._timeline is None or self._timeline.newest is None:
            return
        self._seek_update(self._end * max(0.0, min(1.0, (x - left) / max(1.0, right - left))))

    def _seek_update(self, wanted: float) -> None:
        if self._timeline is None or self._timeline.newest is None:
            return
        entry = self._timeline.nearest(min(round(wanted), self._timeline.newest.update))
        if entry is not None and entry.update != self._update:
            self.sought.emit(entry.update)
