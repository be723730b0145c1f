"""The control for a list of numbers of variable length: slider, number box and remove button for each, and a button to
add one.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from engine.contract.fields import Numbers
from engine.contract.text import Text, untranslated
from gui.form.row import line_height
from gui.form.widgets.number_box import NumberBox
from gui.form.widgets.number_boxes import NumberBoxes
from gui.form.widgets.slider import Slider
from gui.style.api import GRID, px, translate
from gui.style.plain import PlainLabel

_WIDEST = "\N{MINUS SIGN}0.000"
_ADD = Text("Add {name}")
_FULL = Text("{most} is the most")
_REMOVE = Text("Remove {name}")
_ONE = Text("{label}, {name}")


class Control(NumberBoxes):
    """The form's control of a field of the kind ``numbers``. The widgets of all possible entries exist; those beyond
    the present length are hidden.
    """

    field: Numbers

    def __init__(self, name: str, field: Numbers) -> None:
        super().__init__(name, field)
        self._count = 0
        area = QWidget()
        area.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(area)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(1, 1)
        self.labels = tuple(PlainLabel(field.name(index)) for index in range(field.most))
        self.sliders = tuple(Slider(self._scale) for _ in range(field.most))
        self.boxes = tuple(NumberBox(field.unit, _WIDEST) for _ in range(field.most))
        self.removers = tuple(QToolButton() for _ in range(field.most))
        for index, line in enumerate(self._lines()):
            for column, widget in enumerate(line):
                self._grid.addWidget(widget, index, column)
        self.adder = QPushButton()
        self.adder.clicked.connect(self._add_one)
        foot = QHBoxLayout()
        foot.addWidget(self.adder)
        foot.addStretch(1)
        self._grid.addLayout(foot, field.most, 0, 1, 4)
        self.add(area)
        for slider, box, remover in zip(self.sliders, self.boxes, self.removers, strict=True):
            remover.setText("×")
            remover.setAutoRaise(True)
            slider.slid.connect(self._slid)
            slider.released.connect(self.gesture_ended)
            slider.stepped.connect(self._slider_stepped)
            self.listen_to(box)
            remover.clicked.connect(self._remove_one)
        self._show_lines(field.fewest)

    def shown_boxes(self) -> Iterable[tuple[int, NumberBox]]:
        return enumerate(self.boxes[: self._count])

    def fit(self, value: tuple[float, ...]) -> None:
        self._show_lines(len(value))

    def set_value(self, value: tuple[float, ...]) -> None:
        # A bad entry does not survive a change of their count.
        if self._value is not None and len(self._value) != len(value):
            self._value = None
        super().set_value(value)

    def show_number(self, place: int, box: NumberBox, number: float) -> None:
        super().show_number(place, box, number)
        self.sliders[place].say_value(number, untranslated(translate(self.field.spell((number,))).strip("()")))
        self.sliders[place].show_position(self._scale.position(number))

    def retranslate(self) -> None:
        super().retranslate()
        for index, (_, slider, box, remover) in enumerate(self._lines()):
            name = self.field.name(index)
            for widget in (slider, box):
                widget.setAccessibleName(translate(_ONE(label=self.field.label, name=name)))
            remover.setAccessibleName(translate(_REMOVE(name=name)))
            remover.setToolTip(remover.accessibleName())
        self._name_adder()

    def restyle(self) -> None:
        super().restyle()
        width = max(label.sizeHint().width() for label in self.labels)
        for label, _, box, remover in self._lines():
            label.setFixedWidth(width)
            box.restyle()
            remover.setFixedSize(px(24), line_height())
        self.adder.setFixedHeight(line_height())
        self.updateGeometry()

    def focus_widgets(self) -> list[QWidget]:
        lines = [widget for _, slider, box, remover in self._lines() for widget in (slider, box, remover)]
        return [*lines, self.adder]

    def natural_width(self) -> int:
        label, _, box, remover = next(self._lines())
        return label.sizeHint().width() + px(48) + box.width() + remover.width() + 3 * GRID

    def range_words(self) -> Text:
        words = Text("Allowed: {fewest} to {most} numbers, each {range}")
        return words(fewest=self.field.fewest, most=self.field.most, range=self.field.allowed())

    # Lines

    def _lines(self) -> zip:
        return zip(self.labels, self.sliders, self.boxes, self.removers, strict=True)

    def _show_lines(self, count: int) -> None:
        self._count = count
        for index, line in enumerate(self._lines()):
            if index >= count:
                # A draft goes with its line; the box must not offer it when it loses the focus.
                self.boxes[index].show_number(0.0)
                self._reasons.pop(index, None)
            for widget in line:
                widget.setVisible(index < count)
        for remover in self.removers:
            remover.setEnabled(count > self.field.fewest)
        self.adder.setEnabled(count < self.field.most)
        self._name_adder()
        self.updateGeometry()

    def _name_adder(self) -> None:
        count = self.field.fewest if self._value is None else len(self._value)
        full = count >= self.field.most
        words = _FULL(most=self.field.most) if full else _ADD(name=self.field.name(count))
        self.adder.setText(translate(words))
        self.adder.setAccessibleName(self.adder.text())

    # Entries

    def _add_one(self) -> None:
        self.enter(self.field.added(self._value))

    def _remove_one(self) -> None:
        self.enter(self.field.removed(self._value, self.removers.index(self.sender())))

    def _slid(self, position: int) -> None:
        index = self.sliders.index(self.sender())
        self.drag_to(self.with_number(index, self._scale.value(position)), f"slide {self.name} {index}")

    def _slider_stepped(self, notches: int) -> None:
        self.step(self.sliders.index(self.sender()), notches)
