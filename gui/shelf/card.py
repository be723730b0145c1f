"""The card of a pinned run on the shelf: its name, last value and small curves, as a button that restores the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QSizePolicy, QToolButton, QWidget

from engine.contract.numerals import format_short
from engine.contract.run import LONGEST_NAME
from engine.contract.table import Series
from engine.contract.text import Text
from engine.shelf.shelved_run import Band
from gui.plots.drawing.curve_ink import curve_color, curve_pen
from gui.style.focus_ring import paint_focus_ring
from gui.style.language import translate
from gui.style.plain import plain_tip
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

WIDEST, NARROWEST = 190, 62
_PAD, _CURVE = 5, 20
_MOST_POINTS = 120
_MEDIAN = Text("median {value}")


@dataclass(frozen=True)
class Ranges:
    """The common axis ranges (lowest, highest) of a shelf's small curves: ``places`` along x, ``heights`` along y."""

    places: tuple[float, float] = (0.0, 1.0)
    heights: tuple[float, float] = (0.0, 1.0)


def ranges_of(runs: Sequence[Sequence[Series]]) -> Ranges:
    """The axis ranges that contain the small curves of all runs. If low values are best, as of a loss, the y range is
    at most twice the distance from the lowest value to the greatest initial one, so that diverging curves do not
    flatten the others.
    """
    series = [one for run in runs for one in main_series(run) if len(one.values)]
    if not series:
        return Ranges()
    low, high = min(float(np.min(one.values)) for one in series), max(float(np.max(one.values)) for one in series)
    if series[0].best_is == "lowest":
        begun = max(float(one.values[0]) for one in series)
        high = min(high, low + 2 * (begun - low)) if begun > low else high
    first, last = min(float(one.at[0]) for one in series), max(float(one.at[-1]) for one in series)
    return Ranges((first, last if last > first else first + 1), (low, high if high > low else low + 1))


def main_series(series: Sequence[Series]) -> list[Series]:
    """The series of the first measure for which there are any, such as the loss; the small curves draw these."""
    first = min((one.measure for one in series), default=0)
    return [one for one in series if one.measure == first]


class Card(QAbstractButton):
    """A pinned run's card; ``clicked`` asks to restore the run, ``renamed(name)`` and ``taken_off`` to rename and
    remove it.
    ``meant(on)`` is emitted when the card is hovered or focused, or no longer. F2 or a double click renames, Delete or
    the cross removes; the cross is visible on hover and focus.
    """

    renamed = Signal(str)
    meant = Signal(bool)
    taken_off = Signal()

    mark = "×"
    outline = Qt.PenStyle.SolidLine

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._waits = "", False
        self._series: list[Series] = []
        self._ranges = Ranges()
        self._bands: Mapping[str, Band] = {}
        self._played = ""
        self._is_shown = self._is_hovered = self._is_lit = False
        self._entry: _NameEntry | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_run(self, name: str, given: str, series: Sequence[Series] | None, ranges: Ranges, tip: str) -> None:
        """Set the run's ``name`` to display, the name ``given`` by the user ("" if none), its series (None while it is
        being played), the axis ranges of its curves, and the tooltip.
        """
        self._name, self._given, self._waits = name, given, series is None
        self._series, self._ranges = main_series(series or ()), ranges
        self.setAccessibleName(name)
        self.setAccessibleDescription(tip)
        self.setToolTip(plain_tip(tip))
        self.update()

    def show_repeats(self, bands: Mapping[str, Band], played: str) -> None:
        """Show the bands of lowest to highest value over several seeds, by series, and ``played``: how many of the
        seeds are done, as in "2/5", or "".
        """
        self._bands, self._played = bands, played
        self.update()

    def show_as_shown(self, shown: bool) -> None:
        """Mark the card, or not, as that of the run whose pinned frame the stage shows."""
        if shown != self._is_shown:
            self._is_shown = shown
            self.update()

    def show_as_lit(self, lit: bool) -> None:
        """Highlight the card, or not, as the run's curve in the main plot is."""
        if lit != self._is_lit:
            self._is_lit = lit
            self.update()

    @property
    def is_shown(self) -> bool:
        """Whether the stage shows the run's pinned frame."""
        return self._is_shown

    @property
    def name(self) -> str:
        """The run's name as displayed."""
        return self._name

    def begin_renaming(self) -> None:
        """Show a line edit for another name: Enter accepts, Escape cancels."""
        if self._entry is None:
            self._entry = _NameEntry(self)
            self._entry.setMaxLength(LONGEST_NAME)
            self._entry.ended.connect(self._end_renaming)
            self._entry.setFont(font("notes"))
        self._entry.setText(self._given)
        self._entry.setPlaceholderText(self._name)
        self._entry.setGeometry(1, 1, self.width() - 2, self._line() + 2 * px(_PAD) - 2)
        self._entry.show()
        self._entry.selectAll()
        self._entry.setFocus()

    def press_mark(self) -> None:
        """Carry out a press of the symbol in the card's corner: ask to remove the run."""
        self.taken_off.emit()

    def sizeHint(self) -> QSize:
        return QSize(px(WIDEST), self._line() + px(_CURVE) + 2 * px(_PAD))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(NARROWEST), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, pad = theme(), px(_PAD)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            lit = self._is_shown or self._is_hovered or self._is_lit or self.hasFocus()
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            outline = colors.selection if self._is_shown else colors.hairline
            rim = QColor(colors.control_outline if self._is_hovered or self._is_lit else outline)
            painter.setPen(QPen(rim, 1, self.outline))
            painter.setBrush(QColor(colors.selection_fill if self._is_shown else colors.surface))
            painter.drawRoundedRect(box, px(4), px(4))
            if self.hasFocus():
                paint_focus_ring(painter, box.adjusted(1, 1, -1, -1), px(4))
            inner = box.adjusted(pad, pad - 1, -pad, 1 - pad)
            cross = self._cross() if self._has_cross() else QRectF()
            letters = font("notes")
            metrics = QFontMetricsF(letters)
            painter.setFont(letters)
            painter.setPen(QColor(colors.text))
            room = inner.width() - (cross.width() if self._has_cross() else 0)
            line = QRectF(inner.left(), inner.top(), inner.width(), self._line())
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(line, left, metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room))
            if self._has_cross():
                painter.drawText(cross, Qt.AlignmentFlag.AlignCenter, self.mark)
            below = QRectF(inner.left(), line.bottom(), inner.width(), inner.bottom() - line.bottom())
            figure = "…" if self._waits else self._figure()
            painter.setPen(QColor(colors.text if lit else colors.muted_text))
            painter.drawText(below, left, figure)
            wide = metrics.horizontalAdvance(figure) + px(GRID) if figure else 0
            self._paint_curves(painter, below.adjusted(wide, px(2), 0, 0), lit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.begin_renaming()
        elif event.key() == Qt.Key.Key_Delete:
            self.taken_off.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._cross().contains(event.position()):
            self.press_mark()
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.begin_renaming()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._is_hovered = True
        self.meant.emit(True)
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._is_hovered = False
        self.meant.emit(False)
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.meant.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self._is_hovered:
            self.meant.emit(False)

    def _has_cross(self) -> bool:
        return self._is_hovered or self.hasFocus()

    def _cross(self) -> QRectF:
        side = self._line()
        return QRectF(self.width() - px(_PAD) - side + 2, px(_PAD) - 1, side, side)

    def _figure(self) -> str:
        """The last value of the main measure as text: with several seeds their median; with several series in one run
        that of the first, with its name.
        """
        first = self._series[0] if self._series else None
        band = self._bands.get(first.key) if first is not None else None
        if band is not None and band.last:
            return translate(_MEDIAN(value=format_short(band.last[1])))
        last = first.last if first is not None else None
        whom = first.whom if first is not None and len({one.whom for one in self._series}) > 1 else None
        named = "" if last is None else " ".join((*([translate(whom)] if whom else []), format_short(last)))
        return "  ".join(filter(None, (named, self._played)))

    def _paint_curves(self, painter: QPainter, room: QRectF, lit: bool) -> None:
        if room.width() < px(12):
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setClipRect(room.adjusted(-1, -1, 1, 1))
        for number, one in enumerate(self._series):
            band = self._bands.get(one.key)
            if band is not None and len(band.at):
                low, high = (_points(band.at, values, self._ranges, room) for values in (band.low, band.high))
                painter.setPen(Qt.PenStyle.NoPen)
                shade = QColor(curve_color(_look(one, number)))
                shade.setAlphaF(0.25)
                painter.setBrush(shade)
                painter.drawPolygon(QPolygonF([*low, *reversed(high)]))
                painter.setBrush(Qt.BrushStyle.NoBrush)
            at, values = (one.at, one.values) if band is None else (band.at, band.median)
            points = _points(at, values, self._ranges, room)
            pen = curve_pen(_look(one, number), 1.6, 1.0 if lit else 0.7)
            if len(points) == 1:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(pen.color())
                painter.drawEllipse(points[0], px(1.6), px(1.6))
                painter.setBrush(Qt.BrushStyle.NoBrush)
            elif points:
                path = QPainterPath(points[0])
                for point in points[1:]:
                    path.lineTo(point)
                painter.setPen(pen)
                painter.drawPath(path)

    def _line(self) -> int:
        return round(QFontMetricsF(font("notes")).height())

    def _end_renaming(self, name: str | None) -> None:
        if self._entry is None:
            return
        entry, self._entry = self._entry, None
        entry.hide()
        entry.deleteLater()
        self.setFocus()
        if name is not None:
            self.renamed.emit(name)


class _NameEntry(QLineEdit):
    """A line edit for the run's name; ``ended`` carries the name, or None if cancelled."""

    ended = Signal(object)

    def event(self, event: QEvent) -> bool:
        # Escape belongs to the window otherwise.
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if is_key and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ended.emit(self.text())
        elif event.key() == Qt.Key.Key_Escape:
            self.ended.emit(None)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.ended.emit(self.text())


def _look(series: Series, number: int) -> int:
    """The index of the line style for a series: that of its optimizer if it has one, else it depends on ``number``, the
    index of the series among those drawn.
    """
    from gui.plots.drawing.record_looks import OPTIMIZER_LOOKS  # only runs that are kept have curves to draw

    return OPTIMIZER_LOOKS.get(series.key.rpartition(".")[2].lower(), 1 + number)


def _points(at: np.ndarray, values: np.ndarray, ranges: Ranges, room: QRectF) -> list[QPointF]:
    """The points, in pixels inside the rectangle ``room``, of the curve of ``values`` over ``at`` (both 1-D); at most
    ``_MOST_POINTS``.
    """
    (first, last), (low, high) = ranges.places, ranges.heights
    count = len(values)
    rows = np.unique(np.linspace(0, count - 1, min(count, _MOST_POINTS)).astype(int)) if count else np.empty(0, int)
    across = room.left() + (at[rows] - first) / (last - first) * room.width()
    share = np.clip((values[rows] - low) / (high - low), 0, 1)
    return [QPointF(x, y) for x, y in zip(across, room.bottom() - share * room.height(), strict=True)]


class BeforeCard(Card):
    """The card of the run that the last change replaced; it cannot be renamed or removed. ``pin_wanted`` is emitted by
    the plus in its corner, which pins the run.
    """

    pin_wanted = Signal()
    mark = "+"
    outline = Qt.PenStyle.DashLine

    def press_mark(self) -> None:
        self.pin_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Plus:
            self.pin_wanted.emit()
        elif event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Delete):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)


class BeforeButton(QToolButton):
    """The button that restores the run before the last change; ``meant`` carries whether it is hovered."""

    meant = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.meant.emit(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.meant.emit(False)
        super().leaveEvent(event)
