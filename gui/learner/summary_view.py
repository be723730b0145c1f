"""What a chapter taught, in five sentences to click, and the way to its test."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.chapter_tests.summary import Taught
from engine.contract.catalogue import entry_of
from engine.contract.text.text import Text
from gui.panels.wrapped_button import WrappedButton
from gui.style.language import translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

_BEGIN = Text("Eight questions about it")
_GO_ON = Text("Go on with the test")
_OVERVIEW = Text("To the overview")


class SummaryView(QWidget):
    """Five sentences to click, and the way to the test."""

    place_wanted = Signal(str, object)
    test_wanted = Signal()
    overview_wanted = Signal()

    def __init__(self, taught: tuple[Taught, ...], is_open: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taught, self._is_open = taught, is_open
        self._layout = QVBoxLayout(self)
        self.rows = [self._row(one) for one in taught]
        self.test_button, self.overview_button = QPushButton(), QPushButton()
        self.test_button.clicked.connect(self.test_wanted)
        self.overview_button.clicked.connect(self.overview_wanted)
        self._buttons = QHBoxLayout()
        for button in (self.test_button, self.overview_button):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._layout.addLayout(self._buttons)
        self.restyle()

    def take_keys(self) -> None:
        """Give the keys to the test's button."""
        self.test_button.setFocus(Qt.FocusReason.TabFocusReason)

    def restyle(self) -> None:
        """Take fonts, colours and words from the style."""
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(GRID))
        for row, taught in zip(self.rows, self._taught, strict=True):
            entry = entry_of(taught.experiment)
            row.set_words(f"{entry.number} {translate(entry.name)}", translate(taught.words))
            row.set_sign("→", theme().accent)
        self._buttons.setContentsMargins(0, px(GRID), 0, 0)
        for button, words in (
            (self.test_button, _GO_ON if self._is_open else _BEGIN),
            (self.overview_button, _OVERVIEW),
        ):
            button.setFont(font("text"))
            button.setText(translate(words))

    def _row(self, taught: Taught) -> WrappedButton:
        row = WrappedButton()
        row.clicked.connect(lambda: self.place_wanted.emit(taught.experiment, taught.place))
        self._layout.addWidget(row)
        return row
