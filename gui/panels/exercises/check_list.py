"""The checks of an exercise as a list that fills: what holds, what fails, what was not reached."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from engine.contract.text.text import Text
from gui.style.foreground import write_in
from gui.style.language import translate
from gui.style.plain_label import PlainLabel
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

_HOLDS, _FAILS, _OPEN = "✓", "×", "○"
_SPOKEN = {
    _HOLDS: Text("holds"),
    _FAILS: Text("fails"),
    _OPEN: Text("not reached"),
}


class CheckList(QWidget):
    """One line a check, each with its sign and its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Sequence[Text] = ()
        self._held = 0
        self._failed = False
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setColumnStretch(1, 1)
        self._rows: list[tuple[PlainLabel, PlainLabel]] = []

    def set_checks(self, words: Sequence[Text]) -> None:
        """The checks, in their order; none was made yet."""
        self._words = words
        while len(self._rows) < len(words):
            sign, label = PlainLabel(), PlainLabel()
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            row = len(self._rows)
            self._layout.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            self._layout.addWidget(label, row, 1)
            self._rows.append((sign, label))
        for number, pair in enumerate(self._rows):
            for label in pair:
                label.setVisible(number < len(words))
        self.show_held(0, False)

    def show_held(self, held: int, failed: bool) -> None:
        """So many hold, from the first on; ``failed`` says that the next one does not."""
        self._held, self._failed = held, failed
        self.restyle()

    @property
    def signs(self) -> str:
        """The signs, one after the other."""
        return "".join(self._sign(number) for number in range(len(self._words)))

    def restyle(self) -> None:
        """Take fonts, colours and words from the style."""
        self._layout.setVerticalSpacing(px(GRID // 4))
        self._layout.setHorizontalSpacing(px(GRID // 2))
        inks = {_HOLDS: theme().right, _FAILS: theme().wrong, _OPEN: theme().muted_text}
        for number, words in enumerate(self._words):
            sign, label = self._rows[number]
            shown = self._sign(number)
            for one, ink in ((sign, inks[shown]), (label, theme().muted_text if shown == _OPEN else theme().text)):
                one.setFont(font("text"))
                write_in(one, ink)
            sign.setText(shown)
            sign.setAccessibleName(translate(_SPOKEN[shown]))
            label.setText(translate(words))

    def _sign(self, number: int) -> str:
        if number < self._held:
            return _HOLDS
        return _FAILS if self._failed and number == self._held else _OPEN
