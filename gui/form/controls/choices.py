"""The control for any number of several options: a check box for each, as many in a row as fit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from engine.contract.fields import Choices
from engine.contract.params import Params
from engine.contract.text import Refused, Text
from gui.form.controls import base
from gui.form.widgets.check_box import CheckBox
from gui.style.api import GRID, translate

_NAME = Text("{label}: {option}")
_FEWEST = Text("Choose at least {fewest}.")


class Control(base.Control):
    """The form's control of a field of the kind ``choices``: a check box for each option.

    If unticking a box leaves too few, the box stays unticked and the reason is shown below, so that another one can be
    ticked next.
    """

    field: Choices

    def __init__(self, name: str, field: Choices) -> None:
        super().__init__(name, field)
        self.boxes = tuple(CheckBox() for _ in field.options)
        self._offered = self.boxes
        self._columns = 0
        self._area = QWidget()
        # What stands in it now must not keep it from getting narrower.
        self._area.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(self._area)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(0)
        self.add(self._area)
        self._name_boxes()
        self._arrange()
        for box in self.boxes:
            box.clicked.connect(self._clicked)

    def show_value(self, value: tuple[str, ...]) -> None:
        for option, box in zip(self.field.options, self.boxes, strict=True):
            box.setChecked(option.value in value)

    def show_among(self, params: Params) -> None:
        """Show the check boxes of the options that are available with ``params``, and hide the others."""
        there = self.field.offered(params)
        offered = tuple(box for option, box in zip(self.field.options, self.boxes, strict=True) if option in there)
        if offered != self._offered:
            self._offered = offered
            for box in self.boxes:
                box.setVisible(box in offered)
            self._arrange_anew()

    def retranslate(self) -> None:
        super().retranslate()
        self._name_boxes()
        self._arrange_anew()

    def restyle(self) -> None:
        super().restyle()
        for box in self.boxes:
            box.updateGeometry()
        self._arrange_anew()

    def focus_widgets(self) -> list[QWidget]:
        return list(self.boxes)

    def natural_width(self) -> int:
        return self._width_of(min(3, len(self._offered)))

    def range_words(self) -> Text:
        return _FEWEST(fewest=self.field.fewest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _name_boxes(self) -> None:
        for option, box in zip(self.field.options, self.boxes, strict=True):
            box.setText(translate(option.label))
            box.setAccessibleName(translate(_NAME(label=self.field.label, option=option.label)))

    def _arrange_anew(self) -> None:
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        """Arrange the check boxes in aligned columns, as many columns as fit into the width."""
        count = len(self._offered)
        columns = next((number for number in range(count, 1, -1) if self._width_of(number) <= self.width()), 1)
        if columns == self._columns:
            return
        self._columns = columns
        for box in self.boxes:
            self._grid.removeWidget(box)
        for index, box in enumerate(self._offered):
            self._grid.addWidget(box, index // columns, index % columns, Qt.AlignmentFlag.AlignLeft)
        for column in range(len(self.boxes) + 1):
            self._grid.setColumnStretch(column, 1 if column == columns else 0)
        self.updateGeometry()

    def _width_of(self, columns: int) -> int:
        widths = [box.sizeHint().width() for box in self._offered]
        return sum(max(widths[column::columns]) for column in range(columns)) + 2 * GRID * (columns - 1)

    def _clicked(self) -> None:
        chosen = tuple(
            option.value for option, box in zip(self.field.options, self.boxes, strict=True) if box.isChecked()
        )
        try:
            self.enter(self.field.check(chosen))
        except Refused:
            # The tip's words: the names that are allowed stand beside the boxes.
            self.refuse(self.range_words())
