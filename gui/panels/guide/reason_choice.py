"""The question behind an answer: three reasons to choose from, how sure one is, and what speaks against a wrong one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.contract.text.text import Text
from engine.guides.tries import Reason
from gui.panels.answer_mark import mark_answer
from gui.panels.wrapped_button import WrappedButton
from gui.panels.wrapped_label import wrapped_label
from gui.spoken.telling import say
from gui.style.foreground import use_secondary_ink
from gui.style.language import translate
from gui.style.plain_label import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px

_WHY = Text("And why?")
_SURE, _GUESSING = Text("I am sure"), Text("I am guessing")
_HOW_SURE = Text("How sure are you?")
_SEE_IT = Text("See it")


class ReasonChoice(QWidget):
    """``given(reason, sure)`` once a reason was chosen and it was said how sure one is; ``looked(try)`` when the run
    that speaks against a wrong reason is wanted. ``grew`` when there is more to be seen.
    """

    grew = Signal()
    given = Signal(int, bool)
    looked = Signal(object)

    def __init__(self, reasons: Sequence[Reason], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reasons = tuple(reasons)
        self.chosen: int | None = None
        self._is_given = self._is_told = False
        self.heading = PlainLabel()
        self.buttons = [WrappedButton() for _ in self.reasons]
        self.sure, self.guessing = QPushButton(), QPushButton()
        self.outcome = wrapped_label()
        self.see_it = QPushButton()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.heading)
        for index, button in enumerate(self.buttons):
            button.setProperty("reason", index)
            button.clicked.connect(self._choose)
            self._layout.addWidget(button)
        self._both = QHBoxLayout()
        for told, sure in ((self.sure, True), (self.guessing, False)):
            told.clicked.connect(self._give)
            told.setProperty("sure", sure)
            self._both.addWidget(told)
        self._both.addStretch(1)
        self._layout.addLayout(self._both)
        self._layout.addWidget(self.outcome)
        self.see_it.setFlat(True)
        self.see_it.setCursor(Qt.CursorShape.PointingHandCursor)
        self.see_it.clicked.connect(self._look)
        self._layout.addWidget(self.see_it, 0, Qt.AlignmentFlag.AlignLeft)
        self.restyle()

    def show_reasons(self, reasons: Sequence[Reason]) -> None:
        """The same reasons in another language."""
        self.reasons = tuple(reasons)
        self.restyle()

    def ask(self) -> None:
        """Begin anew: nothing is chosen."""
        self.chosen, self._is_given, self._is_told = None, False, False
        self._show()

    def take_keys(self) -> None:
        """Have the keys, to be answered; the question, which they pass by, is read out."""
        self.buttons[0].setFocus()
        say(self.heading, self.heading.text())

    def recall(self, chosen: int | None) -> None:
        """What was chosen at another time, with what is to be said of it."""
        self.chosen, self._is_given, self._is_told = chosen, True, True
        self._show()

    def tell(self) -> None:
        """Say which one is right, and what speaks against the one that was chosen."""
        self._is_told = self._is_given
        self._show()

    @property
    def is_right(self) -> bool | None:
        """Whether the right reason was chosen; None before one was given."""
        return self.reasons[self.chosen].is_right if self._is_given and self.chosen is not None else None

    def restyle(self) -> None:
        """Take fonts, colours and words from the style."""
        gap = px(GRID // 2)
        self._layout.setSpacing(gap)
        self._both.setSpacing(px(GRID))
        self.heading.setText(translate(_WHY))
        self.heading.setFont(font("text"))
        for button, reason in zip(self.buttons, self.reasons, strict=True):
            button.set_words("", reason.words)
        for plain, words in ((self.sure, _SURE), (self.guessing, _GUESSING), (self.see_it, _SEE_IT)):
            plain.setText(translate(words))
            plain.setFont(font("notes"))
        self.outcome.setFont(font("text"))
        self.outcome.setContentsMargins(px(GRID + 4), 0, 0, 0)
        use_secondary_ink(self.outcome)
        self._show()

    def _choose(self) -> None:
        # Once the picture is there it is known, and another choice would say nothing.
        if not self._is_given:
            self.chosen = self.sender().property("reason")
            self._show()
            self.sure.setFocus()
            say(self.sure, translate(_HOW_SURE))
            self.grew.emit()

    def _give(self) -> None:
        if self.chosen is not None:
            self._is_given = True
            # Else the keys would go on to whatever follows, when the buttons that had them go.
            self.buttons[self.chosen].setFocus()
            self._show()
            self.given.emit(self.chosen, self.sender().property("sure"))

    def _look(self) -> None:
        if self.chosen is not None:
            self.looked.emit(self.reasons[self.chosen].refuted)

    def _show(self) -> None:
        for index, (button, reason) in enumerate(zip(self.buttons, self.reasons, strict=True)):
            mark_answer(button, reason.is_right if self._is_told else None, index == self.chosen)
        for told in (self.sure, self.guessing):
            told.setVisible(not self._is_given and self.chosen is not None)
        refuted = self.chosen is not None and self._is_told and not self.reasons[self.chosen].is_right
        self.outcome.setText(self.reasons[self.chosen].why if refuted and self.chosen is not None else "")
        self.outcome.setVisible(refuted)
        self.see_it.setVisible(refuted)
