"""The control for one of several options: buttons side by side for up to four, otherwise a drop-down list."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from engine.contract.fields import Choice
from engine.contract.params import Params
from engine.contract.text import Text, enumerated
from gui.form.controls import base
from gui.form.widgets.combo import OptionList
from gui.form.widgets.segmented import Segmented
from gui.style.language import translate

_MOST_SIDE_BY_SIDE = 4


class Control(base.Control):
    """The form's control of a field of the kind ``choice``: buttons side by side, or a drop-down list."""

    field: Choice

    def __init__(self, name: str, field: Choice) -> None:
        super().__init__(name, field)
        options = [(option.value, option.label) for option in field.options]
        self.options = Segmented(options) if len(options) <= _MOST_SIDE_BY_SIDE else OptionList(options)
        self.add(self.options)
        self.options.chosen.connect(self.enter)

    def show_value(self, value: str) -> None:
        self.options.set_value(value)

    def show_among(self, params: Params) -> None:
        if isinstance(self.options, OptionList):
            self.options.set_options([(option.value, option.label) for option in self.field.offered(params)])

    def retranslate(self) -> None:
        super().retranslate()
        self.options.retranslate()
        if isinstance(self.options, Segmented):
            for option, segment in zip(self.field.options, self.options.segments, strict=True):
                words = Text("{label}: {option}")
                segment.setAccessibleName(translate(words(label=self.field.label, option=option.label)))

    def restyle(self) -> None:
        super().restyle()
        if isinstance(self.options, Segmented):
            self.options.restyle()

    def focus_widgets(self) -> list[QWidget]:
        if isinstance(self.options, Segmented):
            return [*self.options.segments, self.options.list]
        return [self.options]

    def natural_width(self) -> int:
        return self.options.natural_width()

    def range_words(self) -> Text:
        return Text("Choices: {options}")(options=enumerated([option.label for option in self.field.options]))
