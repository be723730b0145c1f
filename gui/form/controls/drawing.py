"""The control for a drawing: its number of strokes, and buttons that remove the last stroke or all."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from engine.contract.fields import Drawing
from engine.contract.fields.drawing import Stroke
from engine.contract.text import Text
from gui.form.controls import base
from gui.style.api import font, translate
from gui.style.plain import PlainLabel

# The word on the button, and its name for those who hear it.
_LAST = (Text("Undo", context="stroke"), Text("Undo the last stroke"))
_CLEAR = (Text("Clear"), Text("Clear the drawing"))


class Control(base.Control):
    """The form's control of a field of the kind ``drawing``: strokes are drawn on the stage, and removed here."""

    def __init__(self, name: str, field: Drawing) -> None:
        super().__init__(name, field)
        self.count = PlainLabel()
        self.last_button, self.clear_button = QPushButton(), QPushButton()
        self.last_button.clicked.connect(self._take_last)
        self.clear_button.clicked.connect(self._clear)
        self.add_row(self.count, self.last_button, self.clear_button)

    def show_value(self, value: tuple[Stroke, ...]) -> None:
        self.count.setText(translate(self.field.spell(value)))
        for button in (self.last_button, self.clear_button):
            button.setEnabled(bool(value))

    def retranslate(self) -> None:
        super().retranslate()
        for button, (words, name) in ((self.last_button, _LAST), (self.clear_button, _CLEAR)):
            button.setText(translate(words))
            button.setAccessibleName(translate(name))
            button.setToolTip(translate(name))
        if self._value is not None:
            self.count.setText(translate(self.field.spell(self._value)))

    def restyle(self) -> None:
        super().restyle()
        self.count.setFont(font("number"))

    def focus_widgets(self) -> list[QWidget]:
        return [self.last_button, self.clear_button]

    def _take_last(self) -> None:
        self.enter(self._value[:-1])

    def _clear(self) -> None:
        self.enter(())
