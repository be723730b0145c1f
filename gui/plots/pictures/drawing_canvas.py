"""A drawing canvas on the stage, for mouse, pen, finger or keys."""

from __future__ import annotations

from time import perf_counter

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsSceneMouseEvent

from engine.contract.text import Text
from engine.data.rubber import rubbed
from engine.data.strokes import Stroke
from gui.plots.drawing.api import PixelPainter, brush, pen, px, theme, translate
from gui.plots.drawing.ink_image import ink_image
from gui.plots.drawing.invitation import pill_size
from gui.plots.drawing.stage_item import Control

_APART = 0.006
"""The smallest distance between two points of a stroke, as a share of the canvas's side."""
_KEY_STEP = 0.02
_PATIENCE = 0.5
"""Seconds after a stroke was sent during which other strokes passed to ``show_drawing`` are taken for older ones, and
ignored.
"""
_PEN = Text("Pen up"), Text("Pen down")
_RUBBER = Text("Eraser up"), Text("Eraser down")
_MOVES: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class DrawingCanvas(Control):
    """Shows a drawing and records strokes; coordinates are from 0 to 1, x to the right and y downwards.

    ``drawn`` carries all strokes whenever the current one grows, ``erased`` the remaining strokes whenever the eraser
    has removed something; ``stroke_ended`` follows when pen or eraser is lifted. A stroke ends where it leaves the
    canvas. ``cleared`` asks for an empty canvas. With the focus, arrow keys move the pen or eraser, and Enter lowers
    and lifts it; ``words`` say which is the case, and ``turned`` is emitted so that a screen reader reads them. Delete
    clears. Pen and finger arrive as mouse events, which Qt makes of their events if nobody handles these.
    """

    drawn = Signal(object)
    erased = Signal(object)
    stroke_ended = Signal()
    cleared = Signal()
    turned = Signal()

    def __init__(self, most_points: int, most_strokes: int) -> None:
        super().__init__()
        self._most_points, self._most_strokes = most_points, most_strokes
        self._strokes: tuple[Stroke, ...] = ()
        self._sent: tuple[Stroke, ...] | None = None
        self._sent_at = 0.0
        self._stroke: list[tuple[float, float]] = []
        self._by_keys, self._by_mouse = True, False
        self._erases = self._has_erased = self._rubs_by_keys = False
        self._rubbed: tuple[float, float] | None = None
        self._pen = (0.5, 0.5)
        self._brush = 0.09
        self._ink: np.ndarray | None = None
        self._image: QImage | None = None
        self._invitation: tuple[Stroke, str] | None = None
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.restyle()

    def show_drawing(self, strokes: tuple[Stroke, ...], ink: np.ndarray, brush_width: float) -> None:
        """Show the strokes, the image (S, S) of bytes that they make, and the brush's width as a share of the canvas's
        side.
        """
        # A frame may show part of the stroke that is being drawn: it must not count as one that is finished.
        waits = self._sent is not None and strokes != self._sent and perf_counter() - self._sent_at < _PATIENCE
        if not self._stroke and not waits:
            self._strokes, self._sent = strokes, None
        self._brush, self._ink = brush_width, ink
        self._image = ink_image(ink)
        self.update()

    def invite(self, stroke: Stroke | None, words: str = "") -> None:
        """Show a suggested stroke, with words; None hides it."""
        self._invitation = (stroke, words) if stroke else None
        self.update()

    @property
    def words(self) -> str:
        """Whether the pen or eraser moved by keys is up or down, as text."""
        return translate((_RUBBER if self._erases else _PEN)[self._is_lowered])

    def restyle(self) -> None:
        """Apply the current colours and sizes."""
        self._image = ink_image(self._ink) if self._ink is not None else None
        self.take_room(px(120), px(120))

    def paper(self) -> QRectF:
        """The square to draw on, in item coordinates."""
        side = min(self.size().width(), self.size().height()) - 2
        return QRectF((self.size().width() - side) / 2, (self.size().height() - side) / 2, side, side)

    def set_erasing(self, erases: bool) -> None:
        """Switch to the eraser, which removes the ink that it touches, or back to the pen."""
        self._lift()
        self._erases = erases
        self.setCursor(Qt.CursorShape.PointingHandCursor if erases else Qt.CursorShape.CrossCursor)

    # Drawing

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if not self.paper().contains(event.pos()):
            event.ignore()
            return
        self._lift()
        self._by_keys, self._by_mouse = False, True
        if self._erases:
            self._erase(self._place(event.pos()))
        else:
            self._lower(_rounded(self._place(event.pos())))

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if not self._by_mouse:
            return
        place, inside = self._place(event.pos()), self.paper().contains(event.pos())
        if self._erases:
            self._erase(place, self._rubbed)
        elif inside and not self._stroke:
            self._lower(_rounded(place))
        elif inside:
            self._go_to(_rounded(place))
        elif self._stroke:
            self._go_to(_at_the_edge(self._stroke[-1], place))
            self._lift()

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._by_mouse:
            self._by_mouse = False
            self._lift()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_keys = True
        if event.key() in _MOVES:
            step = _KEY_STEP * (10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            dx, dy = _MOVES[event.key()]
            x, y = (round(at + d * step, 3) for at, d in zip(self._pen, (dx, dy), strict=True))
            self._pen = min(1.0, max(0.0, x)), min(1.0, max(0.0, y))
            if self._rubs_by_keys:
                self._erase(self._pen)
            elif self._stroke:
                self._go_to(self._pen)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._stroke or self._rubs_by_keys:
                self._lift()
            elif self._erases:
                self._rubs_by_keys, self._by_mouse = True, False
                self._erase(self._pen)
            else:
                self._by_mouse = False
                self._lower(self._pen)
            self.update()
            self.turned.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._lift()
            self.cleared.emit()
            self.turned.emit()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # type: ignore[override] # what a scene sends is one
        super().focusInEvent(event)
        self._by_keys = event.reason() != Qt.FocusReason.MouseFocusReason

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self._lift()

    @property
    def _is_lowered(self) -> bool:
        return self._rubs_by_keys or (self._by_keys and bool(self._stroke))

    def _place(self, at: QPointF) -> tuple[float, float]:
        paper = self.paper()
        return (at.x() - paper.left()) / paper.width(), (at.y() - paper.top()) / paper.height()

    def _lower(self, place: tuple[float, float]) -> None:
        self._stroke = [place]
        self._tell()

    def _go_to(self, place: tuple[float, float]) -> None:
        last = self._stroke[-1]
        if len(self._stroke) < self._most_points and np.hypot(place[0] - last[0], place[1] - last[1]) >= _APART:
            self._stroke.append(place)
            self._pen = place
            self._tell()

    def _tell(self) -> None:
        self._sent, self._sent_at = (*self._strokes, tuple(self._stroke)), perf_counter()
        self.update()
        self.drawn.emit(self._sent)

    def _lift(self) -> None:
        self._rubs_by_keys = False
        if self._stroke:
            self._strokes = (*self._strokes, tuple(self._stroke))
            self._stroke = []
            # Its ink may have come with a frame already, and then nothing else would draw it instead of the line.
            self.update()
            self.stroke_ended.emit()
        elif self._has_erased:
            self._has_erased = False
            self.stroke_ended.emit()

    def _erase(self, place: tuple[float, float], since: tuple[float, float] | None = None) -> None:
        """Erase the ink at a point, and along the way there from the eraser's last point ``since``: a quick movement
        produces only a few events.
        """
        reach, start = self._brush / 2 + _APART, place if since is None else since
        # Half its reach apart, the places leave no ink between them.
        count = 1 + int(2 * np.hypot(place[0] - start[0], place[1] - start[1]) / reach)
        left, self._rubbed = self._strokes, place
        for x, y in np.linspace(start, place, count + 1)[1:].tolist():
            left = rubbed(left, (x, y), reach)
        if len(left) > self._most_strokes or any(len(stroke) > self._most_points for stroke in left):
            # More pieces than a drawing may have: whole strokes go.
            left = tuple(stroke for stroke in self._strokes if stroke in left)
        if left != self._strokes:
            self._strokes, self._has_erased = left, True
            self._sent, self._sent_at = left, perf_counter()
            self.update()
            self.erased.emit(left)

    # Painting

    def draw(self, sketch: PixelPainter) -> None:
        colors, paper = theme(), self.paper()
        sketch.panel(paper, colors.raised, colors.control_outline, radius=4)
        if self._image is not None:
            sketch.picture(paper, self._image, smooth=True)
        if self._stroke:
            # The ink of the newest places comes with the next frame.
            made = pen(colors.text)
            made.setWidthF(self._brush * paper.width())
            sketch.painter.setPen(made)
            places = [self._point(place) for place in self._stroke]
            sketch.painter.setClipRect(paper)
            sketch.painter.drawPolyline(places if len(places) > 1 else [places[0], places[0] + QPointF(0.1, 0)])
            sketch.painter.setClipping(False)
        elif self._invitation is not None:
            self._draw_invitation(sketch, *self._invitation)
        if self.hasFocus():
            sketch.focus(paper.adjusted(2, 2, -2, -2), 4)
            if self._by_keys:
                self._draw_pen(sketch, self._point(self._pen))

    def _point(self, place: tuple[float, float]) -> QPointF:
        paper = self.paper()
        return QPointF(paper.left() + place[0] * paper.width(), paper.top() + place[1] * paper.height())

    def _draw_pen(self, sketch: PixelPainter, place: QPointF) -> None:
        """Draw the keyboard's pen: a ring, and while it is down a target. Both are visible on ink and on paper."""
        colors, radius = theme(), px(8)
        if self._is_lowered:
            sketch.dot(place, radius, colors.surface)
            sketch.dot(place, radius / 2, colors.handle)
        for color, width in ((colors.surface, 5), (colors.handle, 2)):
            sketch.ring(place, radius, color, width)

    def _draw_invitation(self, sketch: PixelPainter, stroke: Stroke, words: str) -> None:
        """Draw a dashed stroke with an arrowhead, and a pill with the words above it."""
        colors, painter, paper = theme(), sketch.painter, self.paper()
        places = [self._point(place) for place in stroke]
        path = QPainterPath(places[0])
        for place in places[1:]:
            path.lineTo(place)
        along = places[-1] - places[-2]
        along /= max(np.hypot(along.x(), along.y()), 1e-6)
        beside = QPointF(-along.y(), along.x()) * px(8)
        head = QPolygonF([places[-1] + along * px(14), places[-1] + beside, places[-1] - beside])
        # A halo of paper, so that it is seen across ink as well.
        for color, width in ((colors.raised, 8), (colors.selection, 4)):
            painter.setPen(pen(color, width, Qt.PenStyle.SolidLine if color == colors.raised else Qt.PenStyle.DotLine))
            painter.strokePath(path, painter.pen())
            painter.setPen(pen(colors.raised, 2))
            painter.setBrush(brush(color))
            painter.drawPolygon(head)
        size, drawn = pill_size(words), path.boundingRect()
        left = min(max(drawn.center().x() - size.width() / 2, paper.left() + 4), paper.right() - size.width() - 4)
        top = drawn.top() - size.height() - 0.5 * self._brush * paper.height() - px(8)
        pill = QRectF(QPointF(left, max(top, paper.top() + 4)), size)
        sketch.fill(pill, colors.handle, radius=pill.height() / 2)
        sketch.words(words, pill, "strong", colors.surface)


def _rounded(place: tuple[float, float]) -> tuple[float, float]:
    """A point on the canvas, rounded to a thousandth of its side."""
    x, y = (round(min(1.0, max(0.0, part)), 3) for part in place)
    return x, y


def _at_the_edge(inside: tuple[float, float], outside: tuple[float, float]) -> tuple[float, float]:
    """The point where the line from a point on the canvas to one outside crosses the canvas's edge."""
    part = 1.0
    for here, there in zip(inside, outside, strict=True):
        if not 0 <= there <= 1:
            part = min(part, ((1.0 if there > 1 else 0.0) - here) / (there - here))
    x, y = (here + part * (there - here) for here, there in zip(inside, outside, strict=True))
    return _rounded((x, y))
