"""The control for a function typed as a formula: a line edit; if it is refused, the cursor goes to the mistake."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from engine.contract.fields import TypedExpression
from engine.contract.text import Refused
from gui.form.controls import base
from gui.form.row import line_height
from gui.form.widgets.number_box import EntryBox
from gui.style.typography import font, px


class Control(base.Control):
    """The form's control of a field of the kind ``expression``: a line edit for a formula."""

    def __init__(self, name: str, field: TypedExpression) -> None:
        super().__init__(name, field)
        self.box = EntryBox()
        self.add(self.box)
        self.box.entered.connect(self._entered)
        self.box.given_up.connect(self._given_up)

    def show_value(self, value: str) -> None:
        self.box.show_text(value)

    def mark(self, bad: bool) -> None:
        self.box.set_bad(bad)

    def restyle(self) -> None:
        super().restyle()
        self.box.setFont(font("number"))
        self.box.setTextMargins(px(2), 0, px(2), 0)
        self.box.setFixedHeight(line_height())
        self.box.set_bad(self.box.is_bad())

    def focus_widgets(self) -> list[QWidget]:
        return [self.box]

    def natural_width(self) -> int:
        return px(200)

    def _entered(self, text: str) -> None:
        try:
            value = self.field.parse(text)
        except Refused as refusal:
            self.refuse(refusal.text)
            column = getattr(refusal, "column", None)
            if column is not None and column <= len(text):
                self.box.setSelection(column - 1, 1)
            elif column is not None:
                self.box.setCursorPosition(len(text))
        else:
            self.enter(value)

    def _given_up(self) -> None:
        self.explain(None)
