"""The control for on or off: a check box."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from engine.contract.fields import Switch
from engine.contract.text import EMPTY, Text
from gui.form.controls import base
from gui.form.widgets.check_box import CheckBox


class Control(base.Control):
    """The form's control of a field of the kind ``switch``: a check box."""

    def __init__(self, name: str, field: Switch) -> None:
        super().__init__(name, field)
        self.check_box = CheckBox()
        self.add(self.check_box)
        self.check_box.clicked.connect(self._clicked)

    def show_value(self, value: bool) -> None:
        self.check_box.setChecked(value)

    def restyle(self) -> None:
        super().restyle()
        self.check_box.updateGeometry()

    def focus_widgets(self) -> list[QWidget]:
        return [self.check_box]

    def range_words(self) -> Text:
        return EMPTY

    def _clicked(self, on: bool) -> None:
        self.enter(on)
