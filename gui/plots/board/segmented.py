"""A few options side by side on the stage, one of them on: a segmented control that lives in the scene."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from gui.plots.board.choosing import RowItem
from gui.plots.drawing.api import PixelPainter, brush, px, theme


class SegmentedItem(RowItem):
    """``chosen`` carries the value of an option that a person chose, by click or by arrow keys."""

    def draw(self, sketch: PixelPainter) -> None:
        if not self.options:
            return
        colors, radius = theme(), px(4)
        whole = QRectF(1, 1, sum(self.widths()), self.size().height() - 2)
        bar = QPainterPath()
        bar.addRoundedRect(whole, radius, radius)
        sketch.painter.fillPath(bar, brush(colors.surface))
        for value, name in self.options:
            box, is_on = self.box(value), value == self.value
            if is_on:
                piece = QPainterPath()
                piece.addRect(box)
                sketch.painter.fillPath(bar.intersected(piece), brush(colors.accent))
            sketch.words(name, box, "text", colors.accent_text if is_on else colors.text)
        sketch.frame(whole, colors.control_outline, radius=radius)
        if self.hasFocus():
            inset = px(2)
            sketch.focus(self.box(self.value).adjusted(inset, inset, -inset, -inset), 2)
