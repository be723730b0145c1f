"""Rows and columns of numbers: a small grid of boxes that grows and shrinks with the matrix."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QWidget

from engine.contract.fields import Matrix
from engine.contract.numerals import parse_real
from engine.contract.refusal import Refused
from engine.contract.text import Text
from gui.form.controls import base
from gui.form.number_box import NumberBox
from gui.form.scale import LinearScale
from gui.style.language import show
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font

_WIDEST = "\N{MINUS SIGN}0.00"
_GAP = GRID // 2
_MOST_VISIBLE = 5
"""Rows and columns beyond this many are reached by scrolling."""
_PLACE = Text("{label}, row {row}, column {column}", "{label}，第 {row} 行第 {column} 列")

Place = tuple[int, int]


class Control(base.Control):
    """The control of the kind ``matrix``; Tab goes from number to number, the arrows up and down step one."""

    field: Matrix

    def __init__(self, name: str, field: Matrix) -> None:
        super().__init__(name, field)
        self._scale = LinearScale(field.minimum, field.maximum, field.step)
        self._boxes: dict[Place, NumberBox] = {}
        self._reasons: dict[Place, Text] = {}
        self._size: tuple[int, int] = (0, 0)
        self._grid_widget = QWidget()
        self._grid = QGridLayout(self._grid_widget)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._row_labels = [QLabel(text) for text in field.row_names]
        self._column_labels = [QLabel(text) for text in field.column_names]
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
        """The box of one number; KeyError outside of the matrix."""
        if row >= self._size[0] or column >= self._size[1]:
            raise KeyError((row, column))
        return self._boxes[row, column]

    def show_value(self, value: tuple[tuple[float, ...], ...]) -> None:
        self._resize_to(len(value), len(value[0]))
        for (row, column), box in self._shown():
            box.show_number(value[row][column])

    def set_value(self, value: tuple[tuple[float, ...], ...]) -> None:
        # A bad entry in one box survives a change of another.
        before, self._value = self._value, value
        self._resize_to(len(value), len(value[0]))
        for (row, column), box in self._shown():
            number = value[row][column]
            if _number_at(before, row, column) != number or not box.is_changed():
                box.show_number(number)
                self._reasons.pop((row, column), None)
        self._explain_first()

    def discard(self) -> None:
        self._reasons.clear()
        self.show_value(self._value)
        self._explain_first()

    def mark(self, bad: bool) -> None:
        for place, box in self._shown():
            box.set_bad(place in self._reasons)

    def retranslate(self) -> None:
        super().retranslate()
        for (row, column), box in self._shown():
            self._name(row, column, box)

    def restyle(self) -> None:
        super().restyle()
        for label in (*self._row_labels, *self._column_labels):
            label.setFont(font("notes"))
            palette = label.palette()
            palette.setColor(label.foregroundRole(), theme().muted_text)
            label.setPalette(palette)
        for box in self._boxes.values():
            box.restyle()
        self._fit_area()

    def focus_widgets(self) -> list[QWidget]:
        return [box for _, box in self._shown()]

    def natural_width(self) -> int:
        return self._grid.sizeHint().width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit_area()
        return super().eventFilter(watched, event)

    # Size

    def _shown(self) -> list[tuple[Place, NumberBox]]:
        rows, columns = self._size
        places = [(row, column) for row in range(rows) for column in range(columns)]
        return [(place, self._boxes[place]) for place in places]

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
        # Receivers are looked up by the sender, so that no closure outlives a box.
        box.entered.connect(self._entered)
        box.stepped.connect(self._stepped)
        box.left.connect(self.end_steps)
        box.given_up.connect(self._given_up)
        self._name(row, column, box)
        return box

    def _name(self, row: int, column: int, box: NumberBox) -> None:
        words = _PLACE(label=self.field.label, row=row + self.field.first, column=column + self.field.first)
        box.setAccessibleName(show(words))
        box.setAccessibleDescription(show(self.tip()))
        box.setToolTip(show(words) + "\n" + show(self.tip()))

    def _fit_area(self) -> None:
        """As high as the matrix, or as the most that is visible; a bar below where it is wider than there is room."""
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

    # Entries

    def _place_of_sender(self) -> Place:
        sender = self.sender()
        return next(place for place, box in self._boxes.items() if box is sender)

    def _entered(self, text: str) -> None:
        self._take(self._place_of_sender(), text)

    def _stepped(self, notches: int) -> None:
        place = self._place_of_sender()
        if self._boxes[place].is_changed():
            self._take(place, self._boxes[place].text())
        if place not in self._reasons:
            row, column = place
            self.step_to(self._with(place, self._scale.stepped(self._value[row][column], notches)))

    def _given_up(self) -> None:
        self._reasons.pop(self._place_of_sender(), None)
        self._explain_first()

    def _take(self, place: Place, text: str) -> None:
        try:
            value = self.field.check(self._with(place, parse_real(text)))
        except Refused as refusal:
            self._reasons[place] = refusal.text
            self._explain_first()
            self.refused.emit(refusal.text)
        else:
            self._reasons.pop(place, None)
            self._boxes[place].show_number(value[place[0]][place[1]])
            self._explain_first()
            self.enter(value)

    def _with(self, place: Place, number: float) -> tuple[tuple[float, ...], ...]:
        row, column = place
        changed = (*self._value[row][:column], number, *self._value[row][column + 1 :])
        return (*self._value[:row], changed, *self._value[row + 1 :])

    def _explain_first(self) -> None:
        self.explain(self._reasons[min(self._reasons)] if self._reasons else None)


def _smallest(size: int | str) -> int:
    return size if isinstance(size, int) else 1


def _number_at(value: tuple[tuple[float, ...], ...] | None, row: int, column: int) -> float | None:
    if value is None or row >= len(value) or column >= len(value[0]):
        return None
    return value[row][column]
