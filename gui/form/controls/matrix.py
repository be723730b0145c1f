"""The control for a matrix: a grid of number boxes that grows and shrinks with it."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QWidget

from engine.contract.fields import Matrix
from engine.contract.text import Text
from gui.form.widgets.number_box import NumberBox
from gui.form.widgets.number_boxes import NumberBoxes
from gui.style.api import GRID, font, translate
from gui.style.foreground import use_secondary_ink
from gui.style.plain import PlainLabel, plain_tip

_WIDEST = "\N{MINUS SIGN}0.00"
_GAP = GRID // 2
_MOST_VISIBLE = 5
"""Maximum number of visible rows; further ones are reached by scrolling."""
_PLACE = Text("{label}, row {row}, column {column}")

CellIndex = tuple[int, int]
Rows = tuple[tuple[float, ...], ...]


class Control(NumberBoxes):
    """The form's control of a field of the kind ``matrix``: a number box for each coefficient. Tab goes from box to
    box, the up and down arrows change a value by one step.
    """

    field: Matrix

    def __init__(self, name: str, field: Matrix) -> None:
        super().__init__(name, field)
        self._boxes: dict[CellIndex, NumberBox] = {}
        self._size: tuple[int, int] = (0, 0)
        self._grid_widget = QWidget()
        self._grid = QGridLayout(self._grid_widget)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._row_labels = [PlainLabel(text) for text in field.row_names]
        self._column_labels = [PlainLabel(text) for text in field.column_names]
        for row, label in enumerate(self._row_labels):
            self._grid.addWidget(label, row + 1, 0)
        for column, label in enumerate(self._column_labels):
            self._grid.addWidget(label, 0, column + 1, Qt.AlignmentFlag.AlignHCenter)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._area.setWidget(self._grid_widget)
        self._grid_widget.setAutoFillBackground(False)
        # What stands in it now must not keep it from getting narrower.
        self._area.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._area.viewport().installEventFilter(self)
        self.add(self._area)
        self._resize_to(_smallest(field.rows), _smallest(field.columns))

    def box(self, row: int, column: int) -> NumberBox:
        """The number box of one coefficient, indices from 0; KeyError outside the matrix."""
        if row >= self._size[0] or column >= self._size[1]:
            raise KeyError((row, column))
        return self._boxes[row, column]

    def shown_boxes(self) -> list[tuple[CellIndex, NumberBox]]:
        rows, columns = self._size
        places = [(row, column) for row in range(rows) for column in range(columns)]
        return [(place, self._boxes[place]) for place in places]

    def fit(self, value: Rows) -> None:
        self._resize_to(len(value), len(value[0]))

    def number_at(self, value: Rows, place: CellIndex) -> float | None:
        row, column = place
        return value[row][column] if row < len(value) and column < len(value[0]) else None

    def with_number(self, place: CellIndex, number: float) -> Rows:
        row, column = place
        changed = (*self._value[row][:column], number, *self._value[row][column + 1 :])
        return (*self._value[:row], changed, *self._value[row + 1 :])

    def retranslate(self) -> None:
        super().retranslate()
        for (row, column), box in self.shown_boxes():
            self._name(row, column, box)

    def restyle(self) -> None:
        super().restyle()
        for label in (*self._row_labels, *self._column_labels):
            label.setFont(font("notes"))
            use_secondary_ink(label)
        for box in self._boxes.values():
            box.restyle()
        self._fit_area()

    def focus_widgets(self) -> list[QWidget]:
        return [box for _, box in self.shown_boxes()]

    def natural_width(self) -> int:
        return self._grid.sizeHint().width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit_area()
        return super().eventFilter(watched, event)

    # Size

    def _resize_to(self, rows: int, columns: int) -> None:
        if (rows, columns) == self._size:
            return
        grew = [(row, column) for row in range(rows) for column in range(columns) if (row, column) not in self._boxes]
        for place in grew:
            self._boxes[place] = self._new_box(*place)
        self._size = (rows, columns)
        for place, box in self._boxes.items():
            shown = place[0] < rows and place[1] < columns
            if not shown:
                # A draft goes with its box; the box must not offer it when it loses the focus.
                box.show_number(0.0)
            box.setVisible(shown)
        self._reasons = {place: reason for place, reason in self._reasons.items() if not self._boxes[place].isHidden()}
        for labels, count in ((self._row_labels, rows), (self._column_labels, columns)):
            for number, label in enumerate(labels):
                label.setVisible(number < count)
        if grew:
            # New boxes come after those before them, not after the whole window.
            for before, after in pairwise(self.focus_widgets()):
                QWidget.setTabOrder(before, after)
        self._fit_area()

    def _new_box(self, row: int, column: int) -> NumberBox:
        box = NumberBox(self.field.unit, _WIDEST)
        self._grid.addWidget(box, row + 1, column + 1)
        self.listen_to(box)
        self._name(row, column, box)
        return box

    def _name(self, row: int, column: int, box: NumberBox) -> None:
        words = _PLACE(label=self.field.label, row=row + self.field.first, column=column + self.field.first)
        box.setAccessibleName(translate(words))
        box.setAccessibleDescription(translate(self.tip()))
        box.setToolTip(plain_tip(translate(words) + "\n" + translate(self.tip())))

    def _fit_area(self) -> None:
        """Set the height to that of the matrix, up to a maximum, plus a horizontal scroll bar if it is too wide."""
        self._grid.invalidate()
        whole = self._grid.sizeHint()
        self._grid_widget.resize(whole)
        rows = self._size[0]
        height = whole.height()
        if rows > _MOST_VISIBLE:
            height -= (rows - _MOST_VISIBLE) * (self._boxes[0, 0].sizeHint().height() + _GAP)
        bar = self._area.horizontalScrollBar().sizeHint().height() if whole.width() > self._area.width() else 0
        wanted = height + (bar if self._area.isVisible() else 0)
        if self._area.height() != wanted or self._area.minimumHeight() != wanted:
            self._area.setFixedHeight(wanted)
            self.updateGeometry()


def _smallest(size: int | str) -> int:
    return size if isinstance(size, int) else 1
