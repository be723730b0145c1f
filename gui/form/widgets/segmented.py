"""A few options side by side, one of them selected; a drop-down list if there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from engine.contract.text import Text
from gui.form.row import line_height
from gui.form.widgets.combo import OptionList
from gui.style.api import GRID, px, theme, translate
from gui.style.focus_ring import paint_focus_ring

_RADIUS = 3


class Segmented(QWidget):
    """Joined radio buttons for (value, name) options; emits ``chosen(value)`` only when the user chooses. Arrow keys
    move between them. A drop-down list replaces them if the width is too small.
    """

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, Text]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = tuple(options)
        self.list = OptionList(options, self)
        self.row = QWidget(self)
        self.segments = tuple(Segment(self.row) for _ in options)
        row_layout = QHBoxLayout(self.row)
        row_layout.setContentsMargins(0, 0, 0, 0)
        row_layout.setSpacing(0)
        self._group = QButtonGroup(self)
        for index, segment in enumerate(self.segments):
            segment.is_first, segment.is_last = index == 0, index == len(options) - 1
            self._group.addButton(segment, index)
            row_layout.addWidget(segment, 1)
        self._group.idClicked.connect(self._clicked)
        self.list.chosen.connect(self.chosen)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.retranslate()
        self._arrange()

    def set_value(self, value: str) -> None:
        """Select the option with this value, without emitting ``chosen``."""
        self.list.set_value(value)
        for (option, _), segment in zip(self._options, self.segments, strict=True):
            segment.setChecked(option == value)
            # Tab goes to the one that is on; arrow keys go on from there.
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if option == value else Qt.FocusPolicy.ClickFocus)

    def retranslate(self) -> None:
        """Set the options' names in the language in use."""
        self.list.retranslate()
        for (_, name), segment in zip(self._options, self.segments, strict=True):
            segment.setText(translate(name))
        self._measures_changed()

    def restyle(self) -> None:
        """Apply the style's fonts, sizes and colours."""
        self._measures_changed()
        self.update()

    def natural_width(self) -> int:
        """The width in pixels that fits the options side by side."""
        beside = 2 * px(GRID)
        return sum([segment.fontMetrics().horizontalAdvance(segment.text()) + beside for segment in self.segments])

    def sizeHint(self) -> QSize:
        return QSize(self.natural_width(), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.list.minimumSizeHint().width(), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "segments"):
            self._measures_changed()

    def _measures_changed(self) -> None:
        for segment in self.segments:
            segment.updateGeometry()
        self.updateGeometry()
        self._arrange()

    def _height(self) -> int:
        return line_height()

    def _arrange(self) -> None:
        side_by_side = self.width() >= self.natural_width()
        had_focus = self.list.hasFocus() or any(segment.hasFocus() for segment in self.segments)
        self.row.setVisible(side_by_side)
        self.list.setVisible(not side_by_side)
        self.row.setGeometry(0, 0, min(self.width(), self._widest_row()), self.height())
        self.list.setGeometry(self.rect())
        if had_focus:
            on = next((segment for segment in self.segments if segment.isChecked()), self.segments[0])
            (on if side_by_side else self.list).setFocus()

    def _widest_row(self) -> int:
        # In a wide form the segments would otherwise become banners.
        widest = max(segment.sizeHint().width() for segment in self.segments)
        return max(self.natural_width(), len(self.segments) * (widest + 2 * GRID))

    def _clicked(self, index: int) -> None:
        self.chosen.emit(self._options[index][0])


class Segment(QRadioButton):
    """A radio button for one option, painted as a segment of a bar."""

    is_first = False
    is_last = False

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * px(GRID), line_height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            on = self.isChecked()
            shape = self._shape()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.fillPath(shape, QColor(colors.accent if on else colors.surface))
            outline = colors.accent if on else colors.control_outline
            painter.setPen(QPen(QColor(outline), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(shape)
            painter.setPen(QColor(colors.accent_text if on else colors.text))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
            if self.hasFocus():
                paint_focus_ring(painter, QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5), 2)

    def _shape(self) -> QPainterPath:
        """The outline of the segment: rounded only at the ends of the bar; neighbours share their border line."""
        left = 0.5 if self.is_first else -0.5
        box = QRectF(left, 0.5, self.width() - left - 0.5, self.height() - 1)
        shape = QPainterPath()
        shape.addRoundedRect(box, _RADIUS, _RADIUS)
        corners = QPainterPath()
        if not self.is_first:
            corners.addRect(QRectF(box.left(), box.top(), _RADIUS, box.height()))
        if not self.is_last:
            corners.addRect(QRectF(box.right() - _RADIUS, box.top(), _RADIUS, box.height()))
        return shape.united(corners)
