"""The control for a small set of labelled points: the number of points in each class, and a button that opens them as
a table.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.contract.fields import LabelledPoints
from engine.contract.fields.labelled_points import Point
from engine.contract.text import Text
from gui.form.controls import base
from gui.form.points_model import PointsModel
from gui.form.points_table import PointsTable
from gui.form.widgets.class_mark import class_mark
from gui.style.api import GRID, font, px, translate
from gui.style.plain import PlainLabel

_EDIT = Text("Edit…")
_BESIDE = 2
"""Maximum number of classes for which the button fits beside their counts; otherwise it goes below."""


class Control(base.Control):
    """The form's control of a field of the kind ``labelled_points``: counts per class and a button for the table."""

    field: LabelledPoints

    def __init__(self, name: str, field: LabelledPoints) -> None:
        super().__init__(name, field)
        self.model = PointsModel(field)
        self.model.setParent(self)
        self.model.edited.connect(self.enter)
        self.model.explained.connect(self._explain)
        self.table: PointsTable | None = None
        self.button = QPushButton()
        self.button.clicked.connect(self.open_table)
        self._marks = tuple(PlainLabel() for _ in range(field.classes))
        self._counts = tuple(PlainLabel() for _ in range(field.classes))
        row = QWidget()
        lines = QVBoxLayout(row)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GRID // 2)
        layout = QHBoxLayout()
        layout.setSpacing(GRID // 2)
        lines.addLayout(layout)
        for mark, count in zip(self._marks, self._counts, strict=True):
            layout.addWidget(mark)
            layout.addWidget(count)
            layout.addSpacing(GRID // 2)
        layout.addStretch(1)
        if field.classes > _BESIDE:
            lines.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            layout.addWidget(self.button)
        self.add(row)

    def show_value(self, value: tuple[Point, ...]) -> None:
        self.model.set_points(value)
        self._show_counts()

    def discard(self) -> None:
        self.model.discard()
        super().discard()

    def set_value(self, value: tuple[Point, ...]) -> None:
        # Drafts in the table outlive a change of other points; the model says what is left of them.
        self._value = value
        self.show_value(value)
        self.explain(self.model.reason())

    def open_table(self) -> None:
        """Open the table of points in a non-modal window, created if necessary."""
        if self.table is None:
            self.table = PointsTable(self.field, self.model, self)
        self.table.show()
        self.table.activateWindow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Another experiment is shown now; minimising the window is spontaneous and closes nothing.
        if self.table is not None and not event.spontaneous():
            self.table.close()

    def retranslate(self) -> None:
        super().retranslate()
        self.button.setText(translate(_EDIT))
        if self._value is not None:
            self._show_counts()
        if self.table is not None:
            self.table.retranslate()

    def restyle(self) -> None:
        super().restyle()
        for label, (mark, count) in enumerate(zip(self._marks, self._counts, strict=True)):
            mark.setPixmap(class_mark(label, px(14), self.devicePixelRatioF()))
            count.setFont(font("number"))
        if self.table is not None:
            self.table.restyle()

    def focus_widgets(self) -> list[QWidget]:
        return [self.button]

    def range_words(self) -> Text:
        words = Text("Allowed: {fewest} to {most} points, coordinates {range}")
        return words(fewest=self.field.fewest, most=self.field.most, range=self.field.allowed())

    def _show_counts(self) -> None:
        for label, count in enumerate(self._counts):
            number = sum(point[2] == label for point in self._value)
            count.setText(str(number))
            words = Text("Points of class {label}: {count}")
            count.setAccessibleName(translate(words(label=label, count=number)))
            count.setToolTip(count.accessibleName())

    def _explain(self) -> None:
        reason = self.model.reason()
        self.explain(reason)
        if reason is not None:
            self.refused.emit(reason)
