"""One try of a guide: a row to click; one that asks first has its answers as rows below it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.contract.claim import Claim, Finding
from engine.contract.text import Text
from engine.contract.tries import Try, Verdict
from gui.shell.panels.wrapped_button import WrappedButton
from gui.style.language import show
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, scaled

_GO = "→"
_ASKS = "?"
_OPEN = "○"
_RIGHT = "✓"
_WRONG = "×"
_FOLLOWED = Text("Followed.", "做过了。")
_IS_RIGHT = Text("Right.", "答对了。")
_IS_WRONG = Text("Not so.", "不对。")
_GAP = Text(" ", "")


class TryRow(QWidget):
    """``chosen(try)`` when it is to be applied: at once, or when an answer was given.

    ``show_verdict`` then says what came of it; answers are right or not by their claims alone. One that was
    ``followed`` keeps a quiet mark.
    """

    chosen = Signal(object)

    def __init__(self, asked: Try, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asked = asked
        self.answer: int | None = None
        self.followed = False
        self.verdict: Verdict | None = None
        self.button = WrappedButton()
        self.button.clicked.connect(self._clicked)
        self.answers = [WrappedButton() for _ in asked.answers]
        self.outcome = QLabel()
        self.outcome.setTextFormat(Qt.TextFormat.PlainText)
        self.outcome.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.outcome.setWordWrap(True)
        self.outcome.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.outcome.hide()
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.button)
        self._below = QVBoxLayout()
        self._layout.addLayout(self._below)
        for index, button in enumerate(self.answers):
            button.clicked.connect(self._answered)
            button.setProperty("answer", index)
            self._below.addWidget(button)
        self._below.addWidget(self.outcome)
        self.show_try(asked)

    def show_try(self, asked: Try) -> None:
        """The same try in another language; what was answered stays."""
        self.asked = asked
        self.restyle()

    def show_verdict(self, verdict: Verdict) -> None:
        """Say what came of it, with the number."""
        self.verdict = verdict
        self._show_outcome()

    def mark_followed(self) -> None:
        """Show that it was followed, now or at another time."""
        self.followed = True
        self._show_outcome()

    def restyle(self) -> None:
        """Take fonts, colours and words from the style."""
        gap = scaled(GRID // 2)
        self._layout.setSpacing(gap)
        self._layout.setContentsMargins(0, 0, 0, gap)
        self._below.setSpacing(gap)
        self._below.setContentsMargins(scaled(2 * GRID), 0, 0, 0)
        self.button.set_words(self.asked.words, self.asked.text)
        for button, answer in zip(self.answers, self.asked.answers, strict=True):
            button.set_words("", answer.words)
        self.outcome.setFont(font("text"))
        self.outcome.setContentsMargins(scaled(GRID + 4), 0, 0, gap)
        self._show_outcome()

    def _clicked(self) -> None:
        # A question is answered, not skipped; afterwards its row applies it again.
        if self.answers and self.answer is None:
            self.answers[0].setFocus()
        else:
            self.chosen.emit(self.asked)

    def _answered(self) -> None:
        self.answer = self.sender().property("answer")
        self.verdict = None
        self._show_outcome()
        self.chosen.emit(self.asked)

    def _show_outcome(self) -> None:
        waiting = bool(self.answers) and self.answer is None
        if self.followed:
            self.button.set_sign(_RIGHT, theme().muted_text)
        else:
            self.button.set_sign(_ASKS if waiting else _GO, theme().accent)
        self.button.setAccessibleDescription(show(_FOLLOWED) if self.followed else "")
        verdict = self.verdict
        for index, button in enumerate(self.answers):
            if verdict is None or index != self.answer:
                button.set_sign(_OPEN, theme().muted_text)
                button.setAccessibleDescription("")
            else:
                right = verdict.is_right(index)
                button.set_sign(_RIGHT if right else _WRONG, theme().right if right else theme().wrong)
                button.setAccessibleDescription(show(_IS_RIGHT if right else _IS_WRONG))
        text = self._outcome_text() if verdict is not None else ""
        self.outcome.setText(text)
        self.outcome.setVisible(bool(text))
        palette = self.outcome.palette()
        palette.setColor(self.outcome.foregroundRole(), theme().muted_text)
        self.outcome.setPalette(palette)

    def _outcome_text(self) -> str:
        results = _told(self.asked.claims, self.verdict.findings)
        if self.answer is None:
            return _sentences(results)
        right = show(_IS_RIGHT if self.verdict.is_right(self.answer) else _IS_WRONG)
        answer = self.asked.answers[self.answer]
        told = _told(answer.claims, self.verdict.answers[self.answer]) or results
        return _sentences((right, *told, answer.why))


def _told(claims: Iterable[Claim], findings: Iterable[Finding]) -> tuple[str, ...]:
    """What became of every claim that has a label; its label, since the findings may be of the other language's."""
    named = (dataclasses.replace(finding, claim=claim) for claim, finding in zip(claims, findings, strict=True))
    return tuple(show(finding.text) for finding in named if finding.claim.label)


def _sentences(parts: Iterable[str]) -> str:
    return show(_GAP).join(filter(None, parts))
