"""One row of the form: a label, beside or above its control."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QGridLayout, QSizePolicy, QWidget

from engine.contract.text.text import Text
from gui.form.measures import line_height
from gui.style.api import GRID, translate
from gui.style.plain_label import PlainLabel
from gui.style.plain_tip import plain_tip

_UNLIMITED = 16_777_215
_HELD = 0.45
"""How much is seen of what cannot be changed."""


class RowLabel(PlainLabel):
    """The name of a control; ``double_clicked()`` asks for its default."""

    double_clicked = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit()


class RowContent(QWidget):
    """What stands beside a label: a control, or what else takes a row of the form."""

    def focus_widgets(self) -> list[QWidget]:
        """What Tab visits, in order. There are no focus proxies: Qt 6.10 skips widgets where Tab meets one."""
        raise NotImplementedError

    def natural_width(self) -> int:
        """The width from which it is at its best; with less it makes do."""
        return 0

    def retranslate(self) -> None:
        """Take the words from the language in use."""


class Row(QWidget):
    """A label and ``content``; where the label stands is decided by the form, for all rows together."""

    def __init__(self, words: Text, content: RowContent, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.content = content
        self.label = RowLabel()
        self.label.setBuddy(content.focus_widgets()[0])
        self.label.setParent(self)
        content.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._beside: bool | None = None
        self._held: Text | None = None

    def label_width(self) -> int:
        """What the label needs on one line."""
        return self.label.fontMetrics().horizontalAdvance(self.label.text()) + 2

    def arrange(self, width: int, label_column: int) -> None:
        """Lay out for ``width`` pixels, the label in a column of its own if the control has room beside it.

        A ``label_column`` of 0 puts the label above.
        """
        room = width - label_column - GRID
        wish = self.content.natural_width()
        beside = label_column > 0 and self.label_width() <= label_column and (wish <= room or wish > width)
        self.label.setMinimumWidth(label_column if beside else 0)
        self.label.setMaximumWidth(label_column if beside else _UNLIMITED)
        self.label.setWordWrap(not beside)
        self.label.setMinimumHeight(line_height() if beside else 0)
        self.setFixedWidth(width)
        if beside == self._beside:
            return
        self._beside = beside
        self._grid.setContentsMargins(0, 0 if beside else GRID // 2, 0, 0)
        top = Qt.AlignmentFlag.AlignTop
        if beside:
            self._grid.addWidget(self.label, 0, 0, top)
            self._grid.addWidget(self.content, 0, 1)
        else:
            self._grid.addWidget(self.label, 0, 0, 1, 2, top)
            self._grid.addWidget(self.content, 1, 0, 1, 2)
        self._grid.setColumnStretch(1, 1)

    def hold(self, reason: Text | None) -> None:
        """Take no change of what the row shows, and say why where it is pointed at; None takes that back."""
        self._held = reason
        for part in (self.label, self.content):
            part.setEnabled(reason is None)
        # Not every control looks different by itself.
        faint = QGraphicsOpacityEffect(self.content) if reason is not None else None
        if faint is not None:
            faint.setOpacity(_HELD)
        self.content.setGraphicsEffect(faint)  # type: ignore[arg-type]
        # What is pointed at is then the row, whose tip is the reason, and no part of the content with a tip of its own.
        self.content.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, reason is not None)
        self._tell_reason()

    def retranslate(self) -> None:
        """Take the words from the language in use."""
        self.label.setText(translate(self._words))
        self._tell_reason()

    def _tell_reason(self) -> None:
        reason = translate(self._held) if self._held is not None else ""
        self.setToolTip(plain_tip(reason))
        if reason:
            for widget in self.content.focus_widgets():
                widget.setAccessibleDescription(reason)
