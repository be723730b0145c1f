"""A drop-down list of named options that reacts to the mouse wheel only when it has the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from engine.contract.text import Text
from gui.form.row import line_height
from gui.style.api import GRID, px, translate

# Pixels that the style keeps for the arrow.
_ARROW = 24


class OptionList(QComboBox):
    """A combo box of (value, name) pairs; emits ``chosen(value)`` only when the user chooses."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, Text]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options: tuple[tuple[str, Text], ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The other policies resize the list by themselves, against whoever has laid it out.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(self._activated)
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[str, Text]]) -> None:
        """Set the options as (value, name) pairs; the current one stays selected if it is among them."""
        if tuple(options) == self._options:
            return
        shown = self.value()
        self._options = tuple(options)
        self.clear()
        for value, name in self._options:
            self.addItem(translate(name), value)
        self.set_value(shown)

    def set_value(self, value: str | None) -> None:
        """Select the option with this value, without emitting ``chosen``."""
        self.setCurrentIndex(self.findData(value))

    def value(self) -> str | None:
        """The value of the selected option; None if none is selected."""
        return self.currentData()

    def retranslate(self) -> None:
        """Set the options' names in the language in use."""
        for index, (_, name) in enumerate(self._options):
            self.setItemText(index, translate(name))

    def natural_width(self) -> int:
        """The width in pixels that fits the longest option and the arrow."""
        metrics = self.fontMetrics()
        texts = [metrics.horizontalAdvance(self.itemText(index)) for index in range(self.count())]
        return max(texts, default=0) + px(2 * GRID) + _ARROW

    def sizeHint(self) -> QSize:
        return QSize(self.natural_width(), line_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(64), line_height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _activated(self, index: int) -> None:
        self.chosen.emit(self.itemData(index))
