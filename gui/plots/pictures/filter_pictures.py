"""Weights of neurons or filters as small pictures, one of which is looked at: by a click or by arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGraphicsSceneMouseEvent

from gui.plots.drawing.piece import Control
from gui.plots.drawing.sketch import Sketch
from gui.plots.pictures.weight_pictures import WeightPictures
from gui.style.theme import theme
from gui.style.typography import scaled


class FilterPictures(Control, WeightPictures):
    """``chosen`` carries the index that a click or a key chose; ``selected`` is framed."""

    chosen = Signal(int)

    def __init__(self) -> None:
        self.selected = 0
        super().__init__()

    def show_selected(self, index: int) -> None:
        """Frame this one."""
        self.selected = index
        self.update()

    def tile(self, index: int) -> QRectF:
        """Where a picture is, in the item's coordinates."""
        _, height, width = self.weights.shape
        mosaic, (_, columns), gap = self.mosaic(), self.grid(), self.gap()
        scale = mosaic.width() / (columns * (width + gap) - gap)
        row, column = divmod(index, columns)
        left, top = mosaic.left() + column * (width + gap) * scale, mosaic.top() + row * (height + gap) * scale
        return QRectF(left, top, width * scale, height * scale)

    def draw(self, sketch: Sketch) -> None:
        super().draw(sketch)
        if self.weights is not None:
            width = scaled(3.5 if self.hasFocus() else 2)
            sketch.frame(self.tile(self.selected).adjusted(-1, -1, 1, 1), theme().selection, width)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        for index in range(0 if self.weights is None else len(self.weights)):
            if self.tile(index).adjusted(-2, -2, 2, 2).contains(event.pos()):
                self.chosen.emit(index)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns = self.grid()[1]
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns,
        }  # fmt: skip
        index = self.selected + steps.get(event.key(), 0)
        if event.key() not in steps or self.weights is None:
            event.ignore()
        elif 0 <= index < len(self.weights):
            self.chosen.emit(index)
