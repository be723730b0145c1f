"""Many small panels of cells joined by lines, as one large picture that can be magnified until values are readable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainterPath

from engine.boards.panels import Bar, Beam, Box, Heading, Link, Mark, Note, Panel, PanelPicture, two_decimals
from gui.plots.axes.magnified import MagnifiedChart
from gui.plots.drawing.api import LEFT, PixelPainter, PlotOverlay, font, pen, px, theme, translate
from gui.plots.drawing.ink import mixed, sign_color
from gui.plots.drawing.ink_image import ink_image
from gui.plots.pictures.cells import STEPS, cells_in_sight, draw_lines_between, ink_on
from gui.plots.surface.signed import MapImage, map_of

_LARGEST_CELL = 84
"""The side in pixels of the smallest cells at the largest magnification."""
_GRID_FROM = 7
"""The side in pixels from which there are lines between cells."""
_LOW = 260
"""The height of the plot in pixels below which headings have one line."""
_WIDEST = "\N{MINUS SIGN}0.00"
"""The widest value; its text must fit in a cell for values to be written."""
_EDGE, _SMALLEST = 4, 6
"""Pixels of margin around everything, and the smallest side of a cell's frame, so that it can be found."""


class PanelsPlot(MagnifiedChart):
    """A plot of panels and the links between them, which can be magnified.

    ``stepped`` carries the centre of the cell that an arrow key selects, with Shift in the next panel. The keys + and −
    magnify, 0 shows the whole.
    """

    stepped = Signal(float, float)
    figures_as_seen = True

    def __init__(self) -> None:
        self.picture: PanelPicture | None = None
        self._steps = False
        super().__init__()
        self._drawing = _Drawing(self)
        self.put(self._drawing)

    def show_panels(self, picture: PanelPicture) -> None:
        """Show this picture; the present magnification is kept."""
        before, self.picture = self.picture, picture
        self._drawing.show_picture(picture)
        if before is None or before.whole != picture.whole:
            self.show_whole()
        elif self._steps and picture.chosen is not None:
            # Keys do not lead out of sight; what is dragged stays under the hand.
            panel, row, column = picture.chosen
            left, top, right, bottom = panel.part_box(row, column)
            self.bring_into_sight(QRectF(left, bottom, right - left, top - bottom))
        self._steps = False

    def restyle(self) -> None:
        """Apply the current colours and fonts."""
        if self.picture is not None:
            self._drawing.show_picture(self.picture)
        self.fit()

    def whole(self) -> QRectF:
        """The extent of the picture in plot coordinates, centred, with the headings above it."""
        room, edge = self.vb.rect(), px(_EDGE)
        top = _headings_height(room.height())
        left, high, right, low = self.picture.whole if self.picture is not None else (0.0, 1.0, 1.0, 0.0)
        across = (right - left) / max(1.0, room.width() - 2 * edge)
        up = (high - low) / max(1.0, room.height() - top - edge)
        unit = max(across, up)
        width, height = room.width() * unit, room.height() * unit
        spare = max(0.0, height - (high - low) - (top + edge) * unit) / 2
        return QRectF((left + right - width) / 2, low - edge * unit - spare, width, height)

    def most(self) -> float:
        """The largest magnification: the smallest cells then have room for their values."""
        sides = [panel.side for panel in self.picture.panels] if self.picture is not None else [1.0]
        pixels = self.vb.rect().width() / max(1e-9, self.whole().width())
        return max(1.0, px(_LARGEST_CELL) / (min(sides) * pixels))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        if self.is_magnified:
            # Cells stay squares.
            self.magnify(1.0)

    def magnify(self, factor: float, fixed: QPointF | None = None) -> None:
        shown, room = self.vb.viewRect(), self.vb.rect()
        if room.width() and abs(shown.height() * room.width() - shown.width() * room.height()) > 1e-6:
            middle, height = shown.center(), shown.width() * room.height() / room.width()
            self.setRange(QRectF(shown.left(), middle.y() - height / 2, shown.width(), height), padding=0)
        super().magnify(factor, fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS and self.picture is not None:
            jumps = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            place = self.picture.beside(*STEPS[event.key()], jumps)
            if place is not None:
                self._steps = True
                self.stepped.emit(*place)
        elif not self.magnify_by_key(event.text(), self.middle_of_chosen()):
            event.ignore()

    def middle_of_chosen(self) -> QPointF | None:
        """The centre of the selected cell, about which keys magnify; None if it is not visible."""
        chosen = self.picture.chosen if self.picture is not None else None
        if chosen is None:
            return None
        panel, row, column = chosen
        middle = QPointF(*panel.middle(row, column))
        return middle if self.vb.viewRect().contains(middle) else None


def _headings_height(room: float) -> float:
    """The height of the headings in a plot ``room`` pixels high: one line for names, and in a high plot one for
    sizes.
    """
    name, size = (QFontMetricsF(font(role)).height() for role in ("strong", "notes"))
    return name + px(4) + (size if room >= px(_LOW) else 0)


class _Drawing(PlotOverlay):
    """The overlay that draws all panels, links and headings, as far as they are visible."""

    def __init__(self, plot: PanelsPlot) -> None:
        super().__init__()
        self._plot = plot
        self._picture: PanelPicture | None = None
        self._images: dict[object, MapImage] = {}
        self._of_panels: list[MapImage] = []

    def show_picture(self, picture: PanelPicture) -> None:
        images: dict[object, MapImage] = {}
        self._of_panels = []
        for panel in picture.panels:
            key = (panel.values.tobytes(), panel.values.shape, panel.full, panel.look, theme().name)
            image = images[key] = self._images.get(key) or _image(panel)
            self._of_panels.append(image)
        self._picture, self._images = picture, images
        self.redraw()

    def draw(self, sketch: PixelPainter) -> None:
        picture = self._picture
        if picture is None:
            return
        _draw_structure(sketch, [link for link in picture.links if not link.share])
        for panel, image in zip(picture.panels, self._of_panels, strict=True):
            box = _area(sketch, panel.box)
            if box.intersects(sketch.box):
                _draw_panel(sketch, panel, image, box)
        for beam in picture.beams:
            _draw_beam(sketch, beam)
        for link in sorted(picture.links, key=lambda one: abs(one.share)):
            if link.share:
                _draw_link(sketch, link)
        for mark in picture.marks:
            _draw_mark(sketch, mark, self._plot.hasFocus())
        for bar in picture.bars:
            _draw_bar(sketch, bar)
        for note in picture.notes:
            _draw_note(sketch, note)
        for link in picture.links:
            if link.words:
                _draw_words(sketch, link)
        _draw_headings(sketch, picture.headings)


def _area(sketch: PixelPainter, box: Box) -> QRectF:
    left, top, right, bottom = box
    return sketch.area(left, bottom, right, top)


def _image(panel: Panel) -> MapImage:
    """The values of a panel as an image."""
    shares = np.nan_to_num(panel.values) / panel.full
    if panel.look == "ink":
        return MapImage(ink_image(np.rint(255 * np.clip(shares, 0, 1)).astype(np.uint8)))
    return map_of(np.rint(128 + 127 * np.clip(shares, -1, 1)).astype(np.uint8), in_plot=True)


def _draw_panel(sketch: PixelPainter, panel: Panel, image: MapImage, box: QRectF) -> None:
    colors, (rows, columns) = theme(), panel.values.shape
    cell = box.width() / columns
    is_whole = not np.isnan(panel.values).any()
    if panel.look == "ink" and is_whole:
        sketch.fill(box, colors.raised)
    image.paint(sketch.painter, box)
    if is_whole:
        sketch.frame(box, colors.control_outline, opacity=0.7)
    if panel.name:
        ink = ink_on(float(panel.values[0, 0]), panel.full, panel.look == "signed")
        if cell >= 0.75 * sketch.height_of():
            sketch.words(panel.name, box, "strong" if cell >= sketch.height_of("strong") else "notes", ink)
        return
    if cell < px(_GRID_FROM):
        return
    first_row, last_row, first, last = cells_in_sight(sketch, box, cell, rows, columns)
    draw_lines_between(sketch, box, cell, (first_row, last_row, first, last))
    if cell < sketch.width_of(_WIDEST) + px(4):
        return
    has_details = bool(panel.details) and max(map(sketch.width_of, panel.details)) <= cell - px(4)
    for row in range(first_row, last_row):
        for column in range(first, last):
            value = float(panel.values[row, column])
            if not np.isnan(value):
                one = QRectF(box.left() + column * cell, box.top() + row * cell, cell, cell)
                _draw_number(sketch, panel, value, one, panel.details[row * columns + column] if has_details else "")


def _draw_number(sketch: PixelPainter, panel: Panel, value: float, cell: QRectF, detail: str) -> None:
    """Draw a value in its cell, below the calculation ``detail``."""
    ink = ink_on(value, panel.full, panel.look == "signed")
    if not detail:
        sketch.words(two_decimals(value), cell, color=ink)
        return
    line, middle = sketch.height_of(), cell.center().y()
    sketch.words(detail, QRectF(cell.left(), middle - line, cell.width(), line), color=ink)
    sketch.words(f"= {two_decimals(value)}", QRectF(cell.left(), middle, cell.width(), line), color=ink, bold=True)


def _draw_structure(sketch: PixelPainter, links: Sequence[Link]) -> None:
    """Draw the lines between panels as one stroke: one by one they take ten times as long."""
    path = QPainterPath()
    for link in links:
        path.addPath(_way(sketch.at(*link.start), sketch.at(*link.end)))
    sketch.painter.strokePath(path, pen(mixed(theme().control_outline, 0.35)))


def _way(start: QPointF, end: QPointF) -> QPainterPath:
    """A curved path from ``start`` to ``end`` that leaves and arrives horizontally."""
    bend = QPointF(0.45 * (end.x() - start.x()), 0)
    path = QPainterPath(start)
    path.cubicTo(start + bend, end - bend, end)
    return path


def _draw_link(sketch: PixelPainter, link: Link) -> None:
    start, end, size = sketch.at(*link.start), sketch.at(*link.end), abs(link.share)
    if QRectF(start, end).normalized().adjusted(-1, -1, 1, 1).intersects(sketch.box):
        # Opaque, which is drawn five times as fast as what lets the ground through.
        color = mixed(sign_color(link.share), 0.35 + 0.6 * size)
        sketch.painter.strokePath(_way(start, end), pen(color, 0.8 + 3.0 * size))


def _draw_beam(sketch: PixelPainter, beam: Beam) -> None:
    """Draw a beam, a tinted band from the edge of one box to that of another one beside or below it."""
    source, target = _area(sketch, beam.source), _area(sketch, beam.target)
    if target.left() >= source.right():
        starts, ends = (source.topRight(), source.bottomRight()), (target.topLeft(), target.bottomLeft())
    else:
        starts, ends = (source.bottomLeft(), source.bottomRight()), (target.topLeft(), target.topRight())
    color = theme().selection
    sketch.shape([starts[0], starts[1], ends[1], ends[0]], color, 0.12)
    for start, end in zip(starts, ends, strict=True):
        sketch.line(start, end, color, 1.2, opacity=0.75)


def _draw_mark(sketch: PixelPainter, mark: Mark, focused: bool) -> None:
    colors, box = theme(), _area(sketch, mark.box)
    if not box.adjusted(-9, -9, 9, 9).intersects(sketch.box):
        return
    if mark.kind == "faint":
        grow = max(0.0, (px(_SMALLEST) - 2 - box.width()) / 2)
        sketch.frame(box.adjusted(-grow, -grow, grow, grow), colors.selection, 1.2, opacity=0.8)
        return
    grow = max(0.0, (px(_SMALLEST) - box.width()) / 2) + 1
    box = box.adjusted(-grow, -grow, grow, grow)
    if mark.kind == "chosen":
        sketch.seen_frame(box, colors.text, 3.5 if focused else 2.5)
    else:
        sketch.seen_frame(box, colors.selection, 1.8)


def _draw_bar(sketch: PixelPainter, bar: Bar) -> None:
    """Draw a bar with its words above, or on it if there is no room."""
    colors, box = theme(), _area(sketch, bar.box)
    if not box.intersects(sketch.box):
        return
    line = sketch.height_of("number")
    stands_below = box.height() >= line + px(4)
    track = QRectF(box.left(), box.bottom() - box.height() * 0.26, box.width(), box.height() * 0.26)
    track = track if stands_below else box
    sketch.fill(track, colors.grid)
    filled = QRectF(track.left(), track.top(), track.width() * bar.share, track.height())
    sketch.fill(filled, colors.accent, (1.0 if bar.best else 0.7) * (1.0 if stands_below else 0.4))
    words = QRectF(box.left(), box.top(), box.width(), track.top() - box.top()) if stands_below else box
    bold = bar.best and sketch.width_of(bar.words, "number", bold=True) <= words.width()
    words.setRight(words.right() + px(_EDGE))
    if sketch.width_of(bar.words, "number", bold) <= words.width():
        sketch.words(bar.words, words, "number", colors.text if bar.best else colors.muted_text, LEFT, bold=bold)


def _draw_note(sketch: PixelPainter, note: Note) -> None:
    box = _area(sketch, note.box)
    words = sketch.fitting(note.wordings, box.width())
    if words and box.height() >= 0.9 * sketch.height_of() and box.intersects(sketch.box):
        sketch.words(words, box)


def _draw_words(sketch: PixelPainter, link: Link) -> None:
    """Draw the words of a line on a plate near its end, where other lines run parallel to it."""
    start, end = sketch.at(*link.start), sketch.at(*link.end)
    place = _way(start, end).pointAtPercent(0.62)
    width, height = sketch.width_of(link.words, bold=True) + px(8), sketch.height_of()
    box = QRectF(place.x() - width / 2, place.y() - height / 2, width, height)
    if box.intersects(sketch.box) and width <= 0.6 * (end.x() - start.x()):
        sketch.plate(link.words, box, sign_color(link.share), bold=True)


def _draw_headings(sketch: PixelPainter, headings: Sequence[Heading]) -> None:
    """Draw the names of the columns of panels at the upper edge, whatever part is shown."""
    colors, name = theme(), sketch.height_of("strong")
    height = _headings_height(sketch.box.height())
    strip = QRectF(sketch.box.left(), sketch.box.top(), sketch.box.width(), height - px(2))
    sketch.fill(strip, colors.surface, 0.9)
    for heading, shown in _shown_headings(sketch, headings):
        words = sketch.fitting([translate(text) for text in heading.names], shown.width(), "strong")
        upper = QRectF(shown.left(), strip.top(), shown.width(), name)
        sketch.words(words, upper, "strong")
        if height > name + px(4):
            beneath = sketch.fitting(heading.sizes, shown.width())
            sketch.words(beneath, upper.translated(0, name), color=colors.muted_text)


def _shown_headings(sketch: PixelPainter, headings: Sequence[Heading]) -> Iterator[tuple[Heading, QRectF]]:
    for heading in headings:
        left, right = sketch.at(heading.left, 0).x(), sketch.at(heading.right, 0).x()
        shown = QRectF(left, sketch.box.top(), right - left, 1).intersected(sketch.box)
        if shown.width() > px(20):
            yield heading, shown
