"""A few numbers that belong together: a named box for each, in one row while there is room.

A cell of a grid is such a pair too; what is shown and typed then counts from another number than the value does.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from engine.contract.fields import Cell, Vector
from engine.contract.numerals import parse_real
from engine.contract.refusal import Refused
from engine.contract.text import Text
from gui.form.controls import base
from gui.form.number_box import NumberBox
from gui.form.scale import LinearScale
from gui.style.language import show
from gui.style.tokens import GRID

# Narrower boxes than elsewhere and a gap of one and a half grids: three of them fit the narrow panel.
_WIDEST = "\N{MINUS SIGN}0.000"
_GAP = GRID + GRID // 2


class Control(base.Control):
    """The control of the kind ``vector``."""

    field: Vector | Cell

    def __init__(self, name: str, field: Vector | Cell) -> None:
        super().__init__(name, field)
        self._scale = LinearScale(field.minimum, field.maximum, field.step)
        self._reasons: list[Text | None] = [None] * len(field.components)
        self._columns = 0
        self.boxes = tuple(NumberBox(field.unit, _WIDEST) for _ in field.components)
        self._labels = tuple(QLabel() for _ in field.components)
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
        # Receivers are looked up by the sender, so that no closure outlives a box.
        for box in self.boxes:
            box.entered.connect(self._entered)
            box.stepped.connect(self._stepped)
            box.left.connect(self.end_steps)
            box.given_up.connect(self._given_up)

    def show_value(self, value: tuple[float, ...]) -> None:
        for box, number in zip(self.boxes, value, strict=True):
            box.show_number(number + self.field.first)

    def set_value(self, value: tuple[float, ...]) -> None:
        # A bad entry in one box survives a change of another.
        before, self._value = self._value, value
        for index, box in enumerate(self.boxes):
            if before is None or before[index] != value[index] or not box.is_changed():
                box.show_number(value[index] + self.field.first)
                self._reasons[index] = None
        self._explain_first()

    def discard(self) -> None:
        self._reasons = [None] * len(self.boxes)
        self.show_value(self._value)
        self._explain_first()

    def mark(self, bad: bool) -> None:
        for box, reason in zip(self.boxes, self._reasons, strict=True):
            box.set_bad(reason is not None)

    def retranslate(self) -> None:
        super().retranslate()
        components: tuple[str | Text, ...] = self.field.components
        for component, label, box in zip(components, self._labels, self.boxes, strict=True):
            name = component if isinstance(component, str) else show(component)
            label.setText(name)
            box.setAccessibleName(f"{show(self.field.label)} {name}")

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
        """As many boxes in a row as fit."""
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

    def _entered(self, text: str) -> None:
        self._take(self.boxes.index(self.sender()), text)

    def _stepped(self, notches: int) -> None:
        index = self.boxes.index(self.sender())
        if self.boxes[index].is_changed():
            self._take(index, self.boxes[index].text())
        if self._reasons[index] is None:
            self.step_to(self._with(index, self._scale.stepped(self._value[index], notches)))

    def _given_up(self) -> None:
        self._reasons[self.boxes.index(self.sender())] = None
        self._explain_first()

    def _take(self, index: int, text: str) -> None:
        try:
            value = self.field.check(self._with(index, parse_real(text) - self.field.first))
        except Refused as refusal:
            self._reasons[index] = refusal.text
            self._explain_first()
            self.refused.emit(refusal.text)
        else:
            self._reasons[index] = None
            self.boxes[index].show_number(value[index] + self.field.first)
            self._explain_first()
            self.enter(value)

    def _with(self, index: int, number: float) -> tuple[float, ...]:
        return (*self._value[:index], number, *self._value[index + 1 :])

    def _explain_first(self) -> None:
        self.explain(next((reason for reason in self._reasons if reason is not None), None))
