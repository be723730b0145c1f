"""The base of plots without axes that can be magnified about the pointer or about the middle."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsSceneWheelEvent,
    QScrollArea,
    QStyleOptionGraphicsItem,
    QWidget,
)

from gui.plots.axes.chart import KeyedChart
from gui.plots.drawing.points import pushed_into
from gui.plots.drawing.stage_item import PlotOverlay
from gui.style.painting import tells_faults

NOTCH = 1.0015
"""The factor of magnification for each unit of a wheel's turn; a notch of the wheel has 120 units."""


def wheel_scrolls(event: QGraphicsSceneWheelEvent) -> bool:
    """Whether a wheel event should scroll the area around the plot: the area can be scrolled, and Ctrl is not held."""
    widget: QWidget | None = event.widget()
    while widget is not None:
        if isinstance(widget, QScrollArea):
            with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            return not with_ctrl and widget.verticalScrollBar().maximum() > 0
        widget = widget.parentWidget()
    return False


_BY_KEY = {"+": 1.5, "=": 1.5, "-": 1 / 1.5, "\N{MINUS SIGN}": 1 / 1.5}


class MagnifiedChart(KeyedChart):
    """A plot of the rectangle ``whole`` that can be magnified. The wheel magnifies at the pointer; where the wheel
    alone scrolls the stage, Ctrl must be held. In a magnified plot dragging pans, and ``show_whole`` resets.

    An exported figure shows the whole, or, with ``figures_as_seen``, the magnified part.
    """

    figures_as_seen = False

    def __init__(self) -> None:
        super().__init__()
        self._is_magnified = False
        self._kept: QRectF | None = None
        # A click gives the keys to the chart: its view box would keep + and − to itself.
        self.vb.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsFocusable, False)
        self._wheel = _Wheel(self)
        self.addItem(self._wheel, ignoreBounds=True)
        self.vb.sigRangeChangedManually.connect(self._keep_in_sight)

    def whole(self) -> QRectF:
        """The rectangle, in plot coordinates, that is shown when the plot is not magnified."""
        raise NotImplementedError

    def most(self) -> float:
        """The largest factor of magnification."""
        return 8.0

    @property
    def is_magnified(self) -> bool:
        return self._is_magnified

    def fit(self) -> None:
        """Show the rectangle ``whole``, unless the plot is magnified."""
        if not self._is_magnified:
            self.setRange(self.whole(), padding=0)

    def show_whole(self) -> None:
        self._set_magnified(False)
        self.fit()

    def magnify(self, factor: float, fixed: QPointF | None = None) -> None:
        """Magnify by ``factor``, within limits, so that the plot point ``fixed`` stays in place; by default the
        middle.
        """
        whole, shown = self.whole(), self.vb.viewRect()
        width = min(max(shown.width() / factor, whole.width() / self.most()), whole.width())
        if width >= whole.width() * 0.999:
            self.show_whole()
            return
        self._set_magnified(True)
        fixed, part = shown.center() if fixed is None else fixed, width / shown.width()
        corner = fixed + (shown.topLeft() - fixed) * part
        self.setRange(pushed_into(QRectF(corner, shown.size() * part), whole), padding=0)

    def magnify_by_key(self, key: str, fixed: QPointF | None = None) -> bool:
        """Handle the keys + and − (magnify at ``fixed``) and 0 (show the whole); False for any other key."""
        if key == "0":
            self.show_whole()
        elif key in _BY_KEY:
            self.magnify(_BY_KEY[key], fixed)
        return key == "0" or key in _BY_KEY

    def bring_into_sight(self, box: QRectF) -> None:
        """Pan a magnified plot by the smallest distance that shows a box, given in plot coordinates."""
        shown = self.vb.viewRect()
        if self._is_magnified and not shown.contains(box):
            self.setRange(_holding(shown, box), padding=0)

    def turn_wheel(self, event: QGraphicsSceneWheelEvent) -> None:
        """Magnify at the pointer. While the whole is shown, a wheel event that should scroll the stage is ignored."""
        if not self._is_magnified and wheel_scrolls(event):
            event.ignore()
            return
        self.magnify(NOTCH ** event.delta(), self.vb.mapSceneToView(event.scenePos()))

    def setExportMode(self, on: bool, options: object = None) -> None:
        if self.figures_as_seen:
            return
        if on:
            self._kept = self.vb.viewRect() if self._is_magnified else None
            self.show_whole()
        elif self._kept is not None:
            self._set_magnified(True)
            self.setRange(self._kept, padding=0)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self.fit()

    def _set_magnified(self, on: bool) -> None:
        self._is_magnified = on
        self.setMouseEnabled(on, on)

    def _keep_in_sight(self, *_: object) -> None:
        """Keep the visible rectangle within the whole while it is dragged."""
        whole, shown = self.whole(), self.vb.viewRect()
        if shown.width() >= whole.width():
            self.show_whole()
        elif not whole.contains(shown):
            self.setRange(pushed_into(shown, whole), padding=0)


class _Wheel(PlotOverlay):
    """An invisible item that takes wheel events before the plot's view box, which would magnify without limit."""

    def __init__(self, chart: MagnifiedChart) -> None:
        super().__init__()
        self._chart = chart
        self.setZValue(-1000)

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint nothing: the item only takes wheel events."""

    def wheelEvent(self, event: QGraphicsSceneWheelEvent) -> None:
        self._chart.turn_wheel(event)


def _holding(shown: QRectF, box: QRectF) -> QRectF:
    """The visible rectangle ``shown``, moved as little as is necessary to contain ``box``."""
    left = max(min(shown.left(), box.left()), box.right() - shown.width())
    top = max(min(shown.top(), box.top()), box.bottom() - shown.height())
    return QRectF(left, top, shown.width(), shown.height())
