"""One row of the form: a label, beside or above its control."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QGraphicsOpacityEffect, QGridLayout, QSizePolicy, QWidget

from engine.contract.text import Text
from gui.style.api import GRID, font, theme, translate
from gui.style.plain import PlainLabel, plain_tip
from gui.style.typography import px


def line_height() -> int:
    """The height in pixels of one line of the form, such as number boxes, lists and labels."""
    return max(px(28), QFontMetrics(font("number")).height() + px(6))


_UNLIMITED = 16_777_215
_HELD = 0.45
"""Opacity of a control that is locked."""


class RowLabel(PlainLabel):
    """The label of a control; emits ``double_clicked()`` to ask for the default."""

    double_clicked = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit()


class RowContent(QWidget):
    """Base class of the widget beside the label of a row: a control, the list of presets or the seed."""

    def focus_widgets(self) -> list[QWidget]:
        """The widgets that Tab stops at, in this order. None of them may have a focus proxy: where Tab meets one,
        Qt 6.10 skips widgets.
        """
        raise NotImplementedError

    def natural_width(self) -> int:
        """The preferred width in pixels; less is possible. 0 for no preference."""
        return 0

    def retranslate(self) -> None:
        """Set all texts in the language in use."""


class Row(QWidget):
    """A row of the form: a label, and ``content`` beside or below it, as ``arrange`` decides."""

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
        self._lit = False

    def set_lit(self, lit: bool) -> None:
        """Highlight the row's background, or not."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._lit:
            with QPainter(self) as painter:
                painter.fillRect(self.rect(), QColor(theme().selection_fill))

    def label_width(self) -> int:
        """The width in pixels of the label on one line."""
        return self.label.fontMetrics().horizontalAdvance(self.label.text()) + 2

    def arrange(self, width: int, label_column: int) -> None:
        """Lay out the row for ``width`` pixels: the label in a column of ``label_column`` pixels if it fits there and
        the content fits beside it, else above the content.

        A ``label_column`` of 0 always puts the label above.
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
        """Lock the row: disable label and content, with ``reason`` as the tooltip; None unlocks it."""
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
        """Set all texts in the language in use."""
        self.label.setText(translate(self._words))
        self._tell_reason()

    def _tell_reason(self) -> None:
        reason = translate(self._held) if self._held is not None else ""
        self.setToolTip(plain_tip(reason))
        if reason:
            for widget in self.content.focus_widgets():
                widget.setAccessibleDescription(reason)


class Notice(PlainLabel):
    """A word-wrapped label in the colour of errors that is hidden while it has no text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.reason: Text | None = None
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def set_text(self, reason: Text | None) -> bool:
        """Show this text, or nothing for None; True if the text changed."""
        if reason == self.reason:
            return False
        self.reason = reason
        self.retranslate()
        self.setVisible(reason is not None)
        return True

    def retranslate(self) -> None:
        """Set the text in the language in use."""
        self.setText("" if self.reason is None else translate(self.reason))

    def restyle(self) -> None:
        """Apply the style's font and colour."""
        self.setFont(font("notes"))
        colored = QPalette()
        colored.setColor(QPalette.ColorRole.WindowText, QColor(theme().wrong))
        self.setPalette(colored)
