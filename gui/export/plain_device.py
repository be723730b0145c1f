"""A paint device that passes shapes on in the figure's own coordinates, so that all file formats show the same.

Plots are drawn in data coordinates, with cosmetic pens (of fixed width) and clipping. File formats do not handle that
well: a scaled picture keeps thin pens, an SVG file has data coordinates rounded to six digits, and many viewers of SVG
support neither clipping nor cosmetic pens. Here transforms are applied to the coordinates, pens get their width in the
figure's pixels, and shapes are cut at the borders of their plot.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QImage,
    QPaintEngine,
    QPaintEngineState,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPixmap,
    QPolygonF,
    QTextItem,
    QTransform,
)

from gui.export.cutting import cut_area, cut_lines, cut_segments, holds, is_box, meet
from gui.plots.drawing.paint_device import OwnEngine, ScreenDevice, taken

# Images of cells (a digit, a filter) are enlarged pixel by pixel up to this side in pixels, or viewers would blur them.
_LARGEST_ENLARGED = 2048
_PIXELS_PER_PIXEL = 2
# As plain integers: they are compared thousands of times a figure, and Python's flags are slow.
_TRANSFORM, _CLIP_PATH, _CLIP_REGION, _CLIP_ENABLED, _OPACITY, _HINTS = (
    flag.value
    for flag in (
        QPaintEngine.DirtyFlag.DirtyTransform,
        QPaintEngine.DirtyFlag.DirtyClipPath,
        QPaintEngine.DirtyFlag.DirtyClipRegion,
        QPaintEngine.DirtyFlag.DirtyClipEnabled,
        QPaintEngine.DirtyFlag.DirtyOpacity,
        QPaintEngine.DirtyFlag.DirtyHints,
    )
)


class PlainDevice(ScreenDevice):
    """A paint device of ``width`` × ``height`` pixels that draws everything with ``target``, a painter in the same
    coordinates, in plain form: without transforms or cosmetic pens, and with shapes already cut.
    """

    def __init__(self, target: QPainter, width: int, height: int) -> None:
        super().__init__(PlainEngine(target), width, height)


class PlainEngine(OwnEngine):
    """The paint engine that draws with ``target``, simplified as described in the module's docstring."""

    def __init__(self, target: QPainter) -> None:
        super().__init__()
        self._target = target
        self._transform = QTransform()
        self._clip: QPainterPath | None = None
        self._clip_is_box = False
        self._clip_enabled = True

    def updateState(self, state: QPaintEngineState) -> None:
        dirty = state.state().value
        if dirty & _TRANSFORM:
            self._transform = QTransform(state.transform())
        # QPainter.clipPath() would give it in whole data units.
        if dirty & _CLIP_PATH:
            self._change_clip(state.clipOperation(), state.clipPath())
        if dirty & _CLIP_REGION:
            region = QPainterPath()
            region.addRegion(state.clipRegion())
            self._change_clip(state.clipOperation(), region)
        if dirty & _CLIP_ENABLED:
            self._clip_enabled = state.isClipEnabled()
        if dirty & _OPACITY:
            self._target.setOpacity(state.opacity())
        if dirty & _HINTS:
            self._target.setRenderHints(state.renderHints())

    # Shapes

    def drawPath(self, path: QPainterPath) -> None:
        if path.isEmpty():
            return
        if self.painter().brush().style() != Qt.BrushStyle.NoBrush:
            self._fill(path)
        self._stroke(path)

    def drawPolygon(self, points: Iterable[QPointF], mode: QPaintEngine.PolygonDrawMode) -> None:
        path = QPainterPath()
        path.addPolygon(QPolygonF(taken(points, QPointF)))
        if mode == QPaintEngine.PolygonDrawMode.PolylineMode:
            self._stroke(path)
            return
        path.closeSubpath()
        if mode == QPaintEngine.PolygonDrawMode.WindingMode:
            path.setFillRule(Qt.FillRule.WindingFill)
        self.drawPath(path)

    def drawLines(self, lines: Iterable[QLineF]) -> None:
        own = taken(lines, QLineF)
        path = QPainterPath()
        for line in own:
            path.moveTo(line.x1(), line.y1())
            path.lineTo(line.x2(), line.y2())
        self._stroke(path, lambda box: cut_segments(map(self._transform.map, own), box))

    def drawRects(self, rects: Iterable[QRectF]) -> None:
        for rect in taken(rects, QRectF):
            path = QPainterPath()
            path.addRect(rect)
            self.drawPath(path)

    def drawEllipse(self, rect: QRectF | QRect, /) -> None:
        path = QPainterPath()
        path.addEllipse(QRectF(rect))
        self.drawPath(path)

    def drawPoints(self, points: Iterable[QPointF]) -> None:
        pen = self._pen()
        clip = self._clip_box()
        spots = [self._transform.map(point) for point in taken(points, QPointF)]
        self._target.setPen(pen)
        for spot in spots:
            if clip is None or clip.contains(spot):
                self._target.drawPoint(spot)

    def _fill(self, path: QPainterPath) -> None:
        area = self._transform.map(path)
        clip = self._clip_box()
        if clip is not None and not holds(clip, area.boundingRect()):
            if not meet(clip, area.boundingRect()):
                return
            area = cut_area(area, clip)
        brush = self.painter().brush()
        brush.setTransform(brush.transform() * self._transform)
        self._with_clip(area.boundingRect(), lambda: self._target.fillPath(area, brush))

    def _stroke(self, path: QPainterPath, cut: Callable[[QRectF], QPainterPath] | None = None) -> None:
        """Stroke a path; ``cut`` returns its lines inside a box, where that is faster than cutting the path."""
        pen = self.painter().pen()
        if path.isEmpty() or pen.style() == Qt.PenStyle.NoPen:
            return
        if not pen.isCosmetic() and pen.widthF() > 0 and not _keeps_shapes(self._transform):
            self._stroke_as_area(path, pen)
            return
        pen = self._pen()
        line = self._transform.map(path)
        reach = pen.widthF()
        clip = self._clip_box()
        if clip is not None and not holds(clip, _grown(line.boundingRect(), reach)):
            # Cut a little outside the clip, so that the line runs right up to the border.
            box = _grown(clip, reach / 2)
            line = cut_lines(line, box) if cut is None else cut(box)
            if pen.style() == Qt.PenStyle.SolidLine:
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if not line.isEmpty():
            self._with_clip(_grown(line.boundingRect(), reach), lambda: self._target.strokePath(line, pen))

    def _stroke_as_area(self, path: QPainterPath, pen: QPen) -> None:
        """Draw a stroke by filling its outline. This is needed for a pen that a plot with unequal scales distorts,
        which no file format supports.
        """
        stroker = QPainterPathStroker(pen)
        outline = self._transform.map(stroker.createStroke(path))
        clip = self._clip_box()
        if clip is not None and not holds(clip, outline.boundingRect()):
            outline = cut_area(outline, clip)
        self._with_clip(outline.boundingRect(), lambda: self._target.fillPath(outline, pen.brush()))

    def _pen(self) -> QPen:
        """The current pen with its width in the figure's pixels."""
        pen = QPen(self.painter().pen())
        width = pen.widthF()
        if width == 0:
            width = 1.0
        elif not pen.isCosmetic():
            width *= math.sqrt(abs(self._transform.determinant()))
        pen.setCosmetic(False)
        pen.setWidthF(width)
        return pen

    # Text and pictures

    def drawTextItem(self, place: QPointF, item: QTextItem) -> None:  # type: ignore[override] # Qt gives no other kind
        place, text, font = QPointF(place), item.text(), item.font()
        box = QRectF(place.x() - 2, place.y() - item.ascent(), item.width() + 4, item.ascent() + item.descent())
        pen = self.painter().pen()

        def draw() -> None:
            self._target.setTransform(self._transform, True)
            self._target.setFont(font)
            self._target.setPen(pen)
            self._target.drawText(place, text)

        self._with_clip(self._transform.mapRect(box), draw)

    def drawPixmap(self, rect: QRectF | QRect, pixmap: QPixmap | QImage, source: QRectF | QRect) -> None:
        self.drawImage(rect, pixmap.toImage() if isinstance(pixmap, QPixmap) else pixmap, source)

    def drawImage(
        self,
        rect: QRectF | QRect,
        image: QImage,
        source: QRectF | QRect,
        flags: Qt.ImageConversionFlag = Qt.ImageConversionFlag.AutoColor,
    ) -> None:
        box, part = QRectF(rect), image.copy(QRectF(source).toAlignedRect())
        smooth = bool(self.painter().renderHints() & QPainter.RenderHint.SmoothPixmapTransform)
        if not smooth:
            part = _enlarged(part, self._transform.mapRect(box))
        clip = self._clip_box()
        if clip is not None and not holds(clip, self._transform.mapRect(box)):
            box, part = self._cut_image(box, part, clip, smooth)

        def draw() -> None:
            self._target.setTransform(self._transform, True)
            self._target.drawImage(box, part)

        self._with_clip(self._transform.mapRect(box), draw)

    def _cut_image(self, rect: QRectF, image: QImage, clip: QRectF, smooth: bool) -> tuple[QRectF, QImage]:
        """The part of an image inside the clip, enlarged to whole pixels, and the rectangle where it is drawn."""
        back, possible = self._transform.inverted()
        seen = back.mapRect(clip) & rect
        if not possible or self._transform.m12() or self._transform.m21() or seen.isEmpty():
            return rect, image
        shown = self._transform.mapRect(rect).size()
        wanted = QSize(*(min(math.ceil(side), _LARGEST_ENLARGED) for side in (shown.width(), shown.height())))
        if smooth and (wanted.width() > image.width() or wanted.height() > image.height()):
            # The image's own pixels may be large, and would reach far over the border.
            modes = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            image = image.scaled(wanted, *modes)
        across, down = image.width() / rect.width(), image.height() / rect.height()
        left, top = math.floor((seen.left() - rect.left()) * across), math.floor((seen.top() - rect.top()) * down)
        right, bottom = math.ceil((seen.right() - rect.left()) * across), math.ceil((seen.bottom() - rect.top()) * down)
        kept = QRectF(
            rect.left() + left / across, rect.top() + top / down, (right - left) / across, (bottom - top) / down
        )
        return kept, image.copy(left, top, right - left, bottom - top)

    def drawTiledPixmap(  # type: ignore[override] # Qt gives no other kinds
        self, rect: QRectF, pixmap: QPixmap, offset: QPointF
    ) -> None:
        rect, offset = QRectF(rect), QPointF(offset)

        def draw() -> None:
            self._target.setTransform(self._transform, True)
            self._target.drawTiledPixmap(rect, pixmap, offset)

        self._with_clip(self._transform.mapRect(rect), draw)

    # Clipping

    def _change_clip(self, operation: Qt.ClipOperation, path: QPainterPath) -> None:
        self._clip_enabled = operation != Qt.ClipOperation.NoClip
        if operation == Qt.ClipOperation.NoClip:
            self._clip = None
            return
        path = self._transform.map(path)
        if operation == Qt.ClipOperation.IntersectClip and self._clip is not None:
            if is_box(path) and self._clip_is_box:
                both = QPainterPath()
                both.addRect(path.boundingRect() & self._clip.boundingRect())
                path = both
            else:
                path = self._clip.intersected(path)
        self._clip, self._clip_is_box = path, is_box(path)

    def _clip_box(self) -> QRectF | None:
        """The bounding box of the clip, in the figure's pixels; None if nothing is clipped."""
        return self._clip.boundingRect() if self._clip is not None and self._clip_enabled else None

    def _with_clip(self, extent: QRectF, draw: Callable[[], None]) -> None:
        """Call ``draw``, which paints inside ``extent``. If that may cross the clip's border, the target is clipped
        too; if it is outside, nothing is drawn.
        """
        box = self._clip_box()
        if box is not None and (box.isEmpty() or not meet(box, extent)):
            return
        self._target.save()
        if box is not None and self._clip is not None and not (holds(box, extent) and self._clip_is_box):
            self._target.setClipPath(self._clip, Qt.ClipOperation.IntersectClip)
        draw()
        self._target.restore()


def _keeps_shapes(transform: QTransform) -> bool:
    """Whether a transform scales equally in all directions, without shearing."""
    across = transform.m11() * transform.m21() + transform.m12() * transform.m22()
    one, other = math.hypot(transform.m11(), transform.m12()), math.hypot(transform.m21(), transform.m22())
    return math.isclose(one, other, rel_tol=1e-3) and abs(across) <= 1e-3 * one * other


def _grown(box: QRectF, by: float) -> QRectF:
    return box.adjusted(-by, -by, by, by)


def _enlarged(image: QImage, shown: QRectF) -> QImage:
    """The image with each pixel repeated, so that it has at least two for every pixel of the figure, up to a limit."""
    if image.isNull():
        return image
    wanted = _PIXELS_PER_PIXEL * max(shown.width() / image.width(), shown.height() / image.height())
    most = _LARGEST_ENLARGED // max(image.width(), image.height())
    factor = min(math.ceil(wanted), most)
    if factor <= 1:
        return image
    return image.scaled(image.width() * factor, image.height() * factor)
