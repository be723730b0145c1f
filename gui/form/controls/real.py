"""The control for a real number: slider and number box; the slider is logarithmic if the field says so."""

from __future__ import annotations

from engine.contract.fields import Real
from gui.form.sliding_number import SlidingNumber
from gui.form.widgets.slider import LinearScale, LogScale


class Control(SlidingNumber):
    """The form's control of a field of the kind ``real``: slider and number box."""

    def __init__(self, name: str, field: Real) -> None:
        scale = LogScale if field.scale == "log" else LinearScale
        super().__init__(name, field, scale(field.minimum, field.maximum, field.step))
