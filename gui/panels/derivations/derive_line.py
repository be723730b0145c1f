"""One line of a derivation: the task, the formula with its gap, and the feedback on what was typed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.contract.text import Text
from engine.derivations.reading import LineWords
from gui.panels.derivations import derive_words as words
from gui.panels.prose import Prose
from gui.panels.wrapped import wrapped_label
from gui.spoken.spoken import say
from gui.style.foreground import use_secondary_ink, write_in
from gui.style.icons import icon
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

FAILURES = 2
"""The number of wrong formulas after which the solution of a line can be shown."""
LONGEST = 200
_RIGHT, _SHOWN, _OPEN = "✓", "○", "→"


class DeriveLine(QWidget):
    """A line of a derivation. Emits ``given(text)`` on Return or by the button, ``shown_wanted()`` to show the
    solution, ``light_wanted()`` to highlight its cell on the stage.

    ``stands`` is the typed formula once it is right, "" if the solution was shown, None while the line is open.
    """

    given = Signal(str)
    shown_wanted = Signal()
    light_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stands: str | None = None
        self._words: LineWords | None = None
        self._failures = self._hints = 0
        self._shown = ""
        self._said: Text | None = None
        self._is_wrong = self._can_be_lit = False
        self._place = words.LINE
        self._prose = Prose()
        self._sign, self._before, self._behind = PlainLabel(), PlainLabel(), PlainLabel()
        self._formula, self._numbers, self._outcome, self._notes = (wrapped_label() for _ in range(4))
        self.box = QLineEdit()
        self.box.setMaxLength(LONGEST)
        self.check, self.hint, self.show_it = (QPushButton() for _ in range(3))
        self.light = QToolButton()
        self.light.setAutoRaise(True)
        self.box.returnPressed.connect(self._give)
        self.check.clicked.connect(self._give)
        self.hint.clicked.connect(self._one_more_hint)
        self.show_it.clicked.connect(self.shown_wanted)
        self.light.clicked.connect(self.light_wanted)
        self._row, self._buttons, self._layout = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        for part in (self._sign, self._before, self.box, self._behind, self.check):
            self._row.addWidget(part, 1 if part is self.box else 0)
        self._row.addWidget(self._formula, 1)
        self._row.addWidget(self.light)
        for button in (self.hint, self.show_it):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._prose)
        self._layout.addLayout(self._row)
        for part in (self._numbers, self._outcome, self._notes):
            self._layout.addWidget(part)
        self._layout.addLayout(self._buttons)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    # What it shows

    def show_words(self, said: LineWords, place: Text, can_be_lit: bool) -> None:
        """Set the line's texts, its place in the derivation, such as “Line 2 of 5”, and whether its cell can be
        highlighted.
        """
        self._words, self._place, self._can_be_lit = said, place, can_be_lit
        self.restyle()

    def show_numbers(self, numbers: Text) -> None:
        """Show the values of the formula's symbols."""
        self._numbers.setText(translate(numbers))

    def ask(self) -> None:
        """Reset the line, so that it waits for a formula again."""
        self.stands, self._said, self._is_wrong = None, None, False
        self._failures = self._hints = 0
        self.box.clear()
        self._write()

    def let_stand(self, typed: str, shown: str) -> None:
        """Mark the line as finished. ``typed`` is the learner's formula, or "" if the solution was shown; ``shown`` is
        its displayed form.
        """
        self.stands, self._shown, self._said, self._is_wrong = typed, shown, None, False
        self._write()
        say(self, self._sign.accessibleName())

    def say_wrong(self, sentence: Text, counts: bool) -> None:
        """Show why the typed formula is wrong. ``counts`` is False for one that could not be parsed, which is no failed
        attempt.
        """
        self._failures += counts
        self._said, self._is_wrong = sentence, True
        self._write()
        say(self, translate(sentence))

    @property
    def outcome(self) -> str:
        """The last feedback."""
        return self._outcome.text()

    @property
    def formula(self) -> str:
        """The whole formula of a finished line."""
        return self._formula.text()

    @property
    def notes(self) -> str:
        """The hints that were asked for, or the explanation of a finished line."""
        return self._notes.text()

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language."""
        self._row.setSpacing(px(GRID // 2))
        self._layout.setSpacing(px(GRID // 2))
        for label in (self._sign, self._before, self._behind, self._formula):
            label.setFont(font("number"))
        self.box.setFont(font("number"))
        self.box.setMinimumWidth(px(80))
        for part in (self._outcome, self._notes, self.check, self.hint, self.show_it):
            part.setFont(font("text"))
        self._numbers.setFont(font("notes"))
        self.check.setText(translate(words.CHECK))
        self.show_it.setText(translate(words.SHOW_LINE))
        self.light.setIcon(icon("cell"))
        self.light.setIconSize(QSize(px(18), px(18)))
        self.light.setToolTip(translate(words.LIGHT))
        self.light.setAccessibleName(translate(words.LIGHT))
        if self._words is not None:
            self._prose.show_blocks(self._words.blocks)
        self._write()

    # What the learner does

    def _give(self) -> None:
        if self.stands is None:
            self.given.emit(self.box.text())

    def _one_more_hint(self) -> None:
        self._hints += 1
        # The learner types the formula next.
        self.box.setFocus()
        self._write()

    def _write(self) -> None:
        if self._words is None:
            return
        gap, is_open = self._words.gap, self.stands is None
        self._before.setText(gap.before.rstrip())
        self._behind.setText(gap.behind)
        self.box.setAccessibleName(f"{translate(self._place)}: {gap.before}")
        sign, ink = (_OPEN, theme().accent) if is_open else (_RIGHT, theme().right) if self.stands else (
            _SHOWN, theme().muted_text)  # fmt: skip
        self._sign.setText(sign)
        self._sign.setAccessibleName(translate(words.RIGHT if self.stands else words.SHOWN) if not is_open else "")
        write_in(self._sign, ink)
        self._formula.setText(gap.filled(self._shown or gap.right))
        for part in (self._before, self.box, self.check, self._numbers):
            part.setVisible(is_open)
        self._behind.setVisible(is_open and bool(gap.behind))
        self._formula.setVisible(not is_open)
        self.light.setVisible(self._can_be_lit and not is_open)
        self._outcome.setText(translate(self._said) if self._said is not None else "")
        self._outcome.setVisible(bool(self._outcome.text()))
        write_in(self._outcome, theme().wrong)
        use_secondary_ink(self._numbers)
        palette = QPalette()
        if self._is_wrong:
            palette.setColor(QPalette.ColorRole.Text, QColor(theme().wrong))
        self.box.setPalette(palette)
        shown = list(gap.hints[: self._hints]) if is_open else [translate(words.WAS_SHOWN)] if not self.stands else []
        if not is_open:
            shown = [" ".join(filter(None, (*shown, gap.after)))]
        self._notes.setText("\n\n".join(shown))
        self._notes.setVisible(bool(self._notes.text()))
        self.hint.setText(translate(words.HINT(number=min(self._hints + 1, len(gap.hints)), all=len(gap.hints))))
        self.hint.setVisible(is_open and self._hints < len(gap.hints))
        self.show_it.setVisible(is_open and self._failures >= FAILURES)
