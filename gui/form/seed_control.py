"""The row of the random seed: a number box and a die that throws a new one."""

from __future__ import annotations

from PySide6.QtCore import QRandomGenerator, QSize
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from engine.contract.run.run import LARGEST_SEED
from engine.contract.text.refusal import Refused
from engine.contract.text.text import Text
from gui.form.editor import ParameterEditor, parse_seed
from gui.form.measures import line_height
from gui.form.notice import Notice
from gui.form.row import RowContent
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
        """Show the seed in place of whatever stands in the box."""
        self.box.show_number(self._editor.seed)
        self.notice.set_text(None)

    def throw(self) -> None:
        """Another seed than this one."""
        other = QRandomGenerator.global_().bounded(_THROWN_BELOW - 1)
        self._editor.set_seed(other if other < self._editor.seed else other + 1)

    def retranslate(self) -> None:
        """Take the words from the language in use."""
        self.box.setAccessibleName(translate(LABEL))
        self.box.setAccessibleDescription(translate(_TIP))
        self.box.setToolTip(translate(_TIP))
        self.dice.setAccessibleName(translate(_NEW))
        self.dice.setToolTip(translate(_NEW))
        self.notice.retranslate()

    def restyle(self) -> None:
        """Take fonts, measures and colours from the style."""
        self.box.restyle()
        self.notice.restyle()
        self.dice.setIcon(dice_icon(px(16)))
        self.dice.setIconSize(QSize(px(16), px(16)))
        self.dice.setFixedSize(line_height(), line_height())

    def natural_width(self) -> int:
        """The width from which box and die stand side by side."""
        return self.box.width() + GRID // 2 + self.dice.width()

    def focus_widgets(self) -> list[QWidget]:
        """What Tab visits, in order."""
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
