"""The control for an integer: slider and number box."""

from __future__ import annotations

from engine.contract.fields import Integer
from gui.form.sliding_number import SlidingNumber
from gui.form.widgets.slider import LinearScale


class Control(SlidingNumber):
    """The form's control of a field of the kind ``integer``: slider and number box."""

    def __init__(self, name: str, field: Integer) -> None:
        super().__init__(name, field, LinearScale(field.minimum, field.maximum, 1))

    def typed(self, value: float) -> int:
        return int(value)
