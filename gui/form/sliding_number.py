"""A slider beside a number box: the base of the controls for real numbers and integers."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from engine.contract.fields import Field
from engine.contract.text import Refused
from gui.form.controls.base import Control
from gui.form.widgets.number_box import NumberBox
from gui.form.widgets.slider import Scale, Slider
from gui.style.api import GRID, px


class SlidingNumber(Control):
    """A control with a slider and a number box for the same value. The box shows it exactly, the slider at the nearest
    position of ``scale``.
    """

    def __init__(self, name: str, field: Field, scale: Scale) -> None:
        super().__init__(name, field)
        self._scale = scale
        self.slider = Slider(scale)
        self.box = NumberBox(field.unit)
        self.add_row(self.slider, self.box)
        self.slider.slid.connect(self._slid)
        self.slider.released.connect(self.gesture_ended)
        self.slider.stepped.connect(self._stepped)
        self.box.stepped.connect(self._stepped_in_box)
        self.box.entered.connect(self._entered)
        self.box.left.connect(self.end_steps)
        self.box.given_up.connect(self._given_up)

    def typed(self, value: float) -> Any:
        """A value of the slider's scale (a float), converted to the type of the field."""
        return value

    def show_value(self, value: Any) -> None:
        self.slider.say_value(value, self.field.spell(value))
        self.slider.show_position(self._scale.position(value))
        self.box.show_number(value)

    def mark(self, bad: bool) -> None:
        self.box.set_bad(bad)

    def restyle(self) -> None:
        super().restyle()
        self.box.restyle()

    def focus_widgets(self) -> list[QWidget]:
        return [self.slider, self.box]

    def natural_width(self) -> int:
        return px(48) + GRID + self.box.width()

    def _slid(self, position: int) -> None:
        self.drag_to(self.typed(self._scale.value(position)), f"slide {self.name}")

    def _stepped(self, notches: int) -> None:
        self.step_to(self.typed(self._scale.stepped(self._value, notches)))

    def _stepped_in_box(self, notches: int) -> None:
        # What was typed and not yet taken over is where the step starts from.
        self._entered(self.box.text())
        if self.reason() is None:
            self._stepped(notches)

    def _entered(self, text: str) -> None:
        if not self.box.is_changed():
            return
        try:
            value = self.field.parse(text)
        except Refused as refusal:
            self.refuse(refusal.text)
        else:
            self.enter(value)

    def _given_up(self) -> None:
        self.explain(None)
