"""The content of the form's row for the random seed: a number box and a button for a new seed."""

from __future__ import annotations

from PySide6.QtCore import QRandomGenerator, QSize
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from engine.contract.run import LARGEST_SEED
from engine.contract.text import Refused, Text
from gui.form.editor import ParameterEditor, parse_seed
from gui.form.row import Notice, RowContent, line_height
from gui.form.widgets.glyphs import dice_icon
from gui.form.widgets.number_box import NumberBox
from gui.style.api import GRID, px, translate

LABEL = Text("Random seed")

_TIP = Text("The same seed gives the same random numbers, and so the same run.\nAllowed: 0 to {most}")(
    most=LARGEST_SEED
)
_NEW = Text("New seed")

# A thrown seed has few digits, so that it can be read out to a class.
_THROWN_BELOW = 10_000


class SeedControl(RowContent):
    """Shows and changes the editor's seed."""

    def __init__(self, editor: ParameterEditor) -> None:
        super().__init__()
        self._editor = editor
        self.box = NumberBox(widest="0000000000")
        self.dice = QToolButton()
        self.dice.setAutoRaise(True)
        self.notice = Notice()
        line = QHBoxLayout()
        line.setSpacing(GRID // 2)
        line.addWidget(self.box)
        line.addWidget(self.dice)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(line)
        layout.addWidget(self.notice)
        self.box.entered.connect(self._entered)
        self.box.stepped.connect(self._stepped)
        self.box.given_up.connect(self.discard)
        self.dice.clicked.connect(self.throw)
        editor.seed_changed.connect(self.discard)
        self.discard()

    def discard(self, *_: object) -> None:
        """Show the editor's seed, discarding a refused or unfinished entry."""
        self.box.show_number(self._editor.seed)
        self.notice.set_text(None)

    def throw(self) -> None:
        """Set the editor's seed to a new, randomly chosen one."""
        other = QRandomGenerator.global_().bounded(_THROWN_BELOW - 1)
        self._editor.set_seed(other if other < self._editor.seed else other + 1)

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.box.setAccessibleName(translate(LABEL))
        self.box.setAccessibleDescription(translate(_TIP))
        self.box.setToolTip(translate(_TIP))
        self.dice.setAccessibleName(translate(_NEW))
        self.dice.setToolTip(translate(_NEW))
        self.notice.retranslate()

    def restyle(self) -> None:
        """Apply the style's fonts, sizes and colours."""
        self.box.restyle()
        self.notice.restyle()
        self.dice.setIcon(dice_icon(px(16)))
        self.dice.setIconSize(QSize(px(16), px(16)))
        self.dice.setFixedSize(line_height(), line_height())

    def natural_width(self) -> int:
        """The width in pixels that fits number box and button side by side."""
        return self.box.width() + GRID // 2 + self.dice.width()

    def focus_widgets(self) -> list[QWidget]:
        """The widgets that Tab stops at, in this order: number box and button."""
        return [self.box, self.dice]

    def _entered(self, text: str) -> None:
        try:
            seed = parse_seed(text)
        except Refused as refusal:
            self.box.set_bad(True)
            self.notice.set_text(refusal.text)
        else:
            self._editor.set_seed(seed)
            self.discard()

    def _stepped(self, notches: int) -> None:
        self._editor.set_seed(max(0, min(LARGEST_SEED, self._editor.seed + notches)))
