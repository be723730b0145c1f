"""The control for a vector of a few named numbers: a number box for each, in one row if there is room.

It is also used for a cell of a grid (row and column), which may be shown counted from 1 while its value counts from 0.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from engine.contract.fields import Cell, Vector
from engine.contract.text import Text
from gui.form.widgets.number_box import NumberBox
from gui.form.widgets.number_boxes import NumberBoxes
from gui.style.api import GRID, translate
from gui.style.plain import PlainLabel

# Narrower boxes than elsewhere and a gap of one and a half grids: three of them fit the narrow panel.
_WIDEST = "\N{MINUS SIGN}0.000"
_GAP = GRID + GRID // 2


class Control(NumberBoxes):
    """The form's control of a field of the kind ``vector``: a named number box for each component."""

    field: Vector | Cell

    def __init__(self, name: str, field: Vector | Cell) -> None:
        super().__init__(name, field)
        self._columns = 0
        self.boxes = tuple(NumberBox(field.unit, _WIDEST) for _ in field.components)
        self._labels = tuple(PlainLabel() for _ in field.components)
        self._cells = tuple(self._cell(label, box) for label, box in zip(self._labels, self.boxes, strict=True))
        self._area = QWidget()
        # What stands in it now must not keep it from getting narrower.
        self._area.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(self._area)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(GRID)
        self.add(self._area)
        self._arrange()
        for box in self.boxes:
            self.listen_to(box)

    def shown_boxes(self) -> Iterable[tuple[int, NumberBox]]:
        return enumerate(self.boxes)

    def show_number(self, place: int, box: NumberBox, number: float) -> None:
        super().show_number(place, box, number + self.field.first)

    def typed(self, number: float) -> float:
        return number - self.field.first

    def retranslate(self) -> None:
        super().retranslate()
        components: tuple[str | Text, ...] = self.field.components
        for component, label, box in zip(components, self._labels, self.boxes, strict=True):
            name = component if isinstance(component, str) else translate(component)
            label.setText(name)
            box.setAccessibleName(f"{translate(self.field.label)} {name}")

    def restyle(self) -> None:
        super().restyle()
        for box in self.boxes:
            box.restyle()
        # Equal labels, so that boxes under one another are flush.
        width = max(label.sizeHint().width() for label in self._labels)
        for label in self._labels:
            label.setMinimumWidth(width)
        self._columns = 0
        self._arrange()

    def focus_widgets(self) -> list[QWidget]:
        return list(self.boxes)

    def natural_width(self) -> int:
        return self._width_of(len(self.boxes))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _cell(self, label: QLabel, box: NumberBox) -> QWidget:
        cell = QWidget()
        layout = QHBoxLayout(cell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(label)
        layout.addWidget(box)
        label.setBuddy(box)
        return cell

    def _arrange(self) -> None:
        """Arrange the number boxes, as many in a row as fit into the width."""
        count = len(self._cells)
        columns = next((number for number in range(count, 1, -1) if self._width_of(number) <= self.width()), 1)
        if columns == self._columns:
            return
        self._columns = columns
        for index, cell in enumerate(self._cells):
            self._grid.addWidget(cell, index // columns, index % columns, Qt.AlignmentFlag.AlignLeft)
        for column in range(count + 1):
            self._grid.setColumnStretch(column, 1 if column == columns else 0)
        self.updateGeometry()

    def _width_of(self, columns: int) -> int:
        widths = [cell.sizeHint().width() for cell in self._cells]
        rows = [widths[start : start + columns] for start in range(0, len(widths), columns)]
        return max(sum(row) + _GAP * (len(row) - 1) for row in rows)
