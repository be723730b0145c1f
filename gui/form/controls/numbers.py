"""Several numbers whose count may change: a slider and a box for each, with buttons to take away and to add."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from engine.contract.fields import Numbers
from engine.contract.numerals import parse_real
from engine.contract.refusal import Refused
from engine.contract.text import Text
from gui.form.controls import base
from gui.form.measures import line_height
from gui.form.number_box import NumberBox
from gui.form.scale import LinearScale
from gui.form.slider import Slider
from gui.style.language import show
from gui.style.tokens import GRID
from gui.style.typography import scaled

_WIDEST = "\N{MINUS SIGN}0.000"
_ADD = Text("Add {name}", "添加 {name}")
_FULL = Text("{most} is the most", "最多 {most} 个")
_REMOVE = Text("Remove {name}", "删除 {name}")
_ONE = Text("{label}, {name}", "{label} {name}")


class Control(base.Control):
    """The control of the kind ``numbers``; lines beyond the present count wait, hidden."""

    field: Numbers

    def __init__(self, name: str, field: Numbers) -> None:
        super().__init__(name, field)
        self._scale = LinearScale(field.minimum, field.maximum, field.step)
        self._reasons: dict[int, Text] = {}
        area = QWidget()
        area.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(area)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(1, 1)
        self.labels = tuple(QLabel(field.name(index)) for index in range(field.most))
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
        # Receivers are looked up by the sender, so that no closure outlives a box.
        for slider, box, remover in zip(self.sliders, self.boxes, self.removers, strict=True):
            remover.setText("×")
            remover.setAutoRaise(True)
            slider.slid.connect(self._slid)
            slider.released.connect(self.gesture_ended)
            slider.stepped.connect(self._slider_stepped)
            box.entered.connect(self._entered)
            box.stepped.connect(self._box_stepped)
            box.left.connect(self.end_steps)
            box.given_up.connect(self._given_up)
            remover.clicked.connect(self._remove_one)
        self._show_lines(field.fewest)

    def show_value(self, value: tuple[float, ...]) -> None:
        self._show_lines(len(value))
        for index, number in enumerate(value):
            self._show_number(index, number)

    def set_value(self, value: tuple[float, ...]) -> None:
        # A bad entry in one box survives a change of another, but not a change of their count.
        before, self._value = self._value, value
        same_count = before is not None and len(before) == len(value)
        self._show_lines(len(value))
        for index, number in enumerate(value):
            if not same_count or before[index] != number or not self.boxes[index].is_changed():
                self._show_number(index, number)
                self._reasons.pop(index, None)
        self._explain_first()

    def discard(self) -> None:
        self._reasons.clear()
        self.show_value(self._value)
        self._explain_first()

    def mark(self, bad: bool) -> None:
        for index, box in enumerate(self.boxes):
            box.set_bad(index in self._reasons)

    def retranslate(self) -> None:
        super().retranslate()
        for index, (_, slider, box, remover) in enumerate(self._lines()):
            name = self.field.name(index)
            for widget in (slider, box):
                widget.setAccessibleName(show(_ONE(label=self.field.label, name=name)))
            remover.setAccessibleName(show(_REMOVE(name=name)))
            remover.setToolTip(remover.accessibleName())
        self._name_adder()

    def restyle(self) -> None:
        super().restyle()
        width = max(label.sizeHint().width() for label in self.labels)
        for label, _, box, remover in self._lines():
            label.setFixedWidth(width)
            box.restyle()
            remover.setFixedSize(scaled(24), line_height())
        self.adder.setFixedHeight(line_height())
        self.updateGeometry()

    def focus_widgets(self) -> list[QWidget]:
        lines = [widget for _, slider, box, remover in self._lines() for widget in (slider, box, remover)]
        return [*lines, self.adder]

    def natural_width(self) -> int:
        label, _, box, remover = next(self._lines())
        return label.sizeHint().width() + scaled(48) + box.width() + remover.width() + 3 * GRID

    def range_words(self) -> Text:
        words = Text("Allowed: {fewest} to {most} numbers, each {range}", "可取：{fewest} 到 {most} 个数，每个 {range}")
        return words(fewest=self.field.fewest, most=self.field.most, range=self.field.allowed())

    # Lines

    def _lines(self) -> zip:
        return zip(self.labels, self.sliders, self.boxes, self.removers, strict=True)

    def _show_lines(self, count: int) -> None:
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

    def _show_number(self, index: int, number: float) -> None:
        self.sliders[index].show_position(self._scale.position(number))
        self.sliders[index].setAccessibleDescription(show(self.field.spell((number,))).strip("()"))
        self.boxes[index].show_number(number)

    def _name_adder(self) -> None:
        count = self.field.fewest if self._value is None else len(self._value)
        full = count >= self.field.most
        words = _FULL(most=self.field.most) if full else _ADD(name=self.field.name(count))
        self.adder.setText(show(words))
        self.adder.setAccessibleName(self.adder.text())

    # Entries

    def _add_one(self) -> None:
        self.enter(self.field.added(self._value))

    def _remove_one(self) -> None:
        self.enter(self.field.removed(self._value, self.removers.index(self.sender())))

    def _slid(self, position: int) -> None:
        index = self.sliders.index(self.sender())
        self.drag_to(self._with(index, self._scale.value(position)), f"slide {self.name} {index}")

    def _slider_stepped(self, notches: int) -> None:
        self._step(self.sliders.index(self.sender()), notches)

    def _box_stepped(self, notches: int) -> None:
        index = self.boxes.index(self.sender())
        if self.boxes[index].is_changed():
            self._take(index, self.boxes[index].text())
        if index not in self._reasons:
            self._step(index, notches)

    def _step(self, index: int, notches: int) -> None:
        self.step_to(self._with(index, self._scale.stepped(self._value[index], notches)))

    def _entered(self, text: str) -> None:
        index = self.boxes.index(self.sender())
        if self.boxes[index].is_changed():
            self._take(index, text)

    def _given_up(self) -> None:
        self._reasons.pop(self.boxes.index(self.sender()), None)
        self._explain_first()

    def _take(self, index: int, text: str) -> None:
        try:
            value = self.field.check(self._with(index, parse_real(text)))
        except Refused as refusal:
            self._reasons[index] = refusal.text
            self._explain_first()
            self.refused.emit(refusal.text)
        else:
            self._reasons.pop(index, None)
            self._show_number(index, value[index])
            self._explain_first()
            self.enter(value)

    def _with(self, index: int, number: float) -> tuple[float, ...]:
        return (*self._value[:index], number, *self._value[index + 1 :])

    def _explain_first(self) -> None:
        self.explain(next((self._reasons[index] for index in sorted(self._reasons)), None))
