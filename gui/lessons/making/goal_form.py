"""The goal of a step while it is made: what is to be reached, the claims, and values that reach it or just do not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.lessons.making import words
from gui.lessons.making.draft import DraftStep
from gui.lessons.making.entries import Entry, WordsEntry, line_of
from gui.style.tokens import GRID


class GoalForm(QWidget):
    """``changed`` when something was typed; ``put_into`` writes it into a draft."""

    changed = Signal()

    def __init__(self, language_of: Callable[[], str]) -> None:
        super().__init__()
        self.goal = WordsEntry(words.GOAL_WORDS, language_of)
        self.claims = Entry(words.GOAL_CLAIM, tip=words.GOAL_CLAIM_TIP)
        self.labels = WordsEntry(words.GOAL_LABELS, language_of, tip=words.GOAL_LABELS_TIP)
        self.until = Entry(words.GOAL_UNTIL, tip=words.GOAL_UNTIL_TIP)
        self.reference = Entry(words.REFERENCE, tip=words.REFERENCE_TIP)
        self.near = Entry(words.NEAR, tip=words.NEAR_TIP)
        self.why, self.hint = WordsEntry(words.GOAL_WHY, language_of), WordsEntry(words.HINT, language_of)
        self._entries = (
            self.goal, self.claims, self.labels, self.until, self.reference, self.near, self.why, self.hint,
        )  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.goal)
        layout.addWidget(line_of(self.claims, self.labels, self.until))
        layout.addWidget(line_of(self.reference, self.near))
        layout.addWidget(self.why)
        layout.addWidget(self.hint)
        for entry in self._entries:
            entry.changed.connect(self.changed)

    def show_draft(self, draft: DraftStep) -> None:
        """Show what is typed so far."""
        self.goal.show_words(draft.goal)
        self.claims.fill(draft.goal_claims)
        self.labels.show_words(draft.goal_labels)
        self.until.fill(draft.goal_until)
        self.reference.fill(draft.reference)
        self.near.fill(draft.near)
        self.why.show_words(draft.goal_why)
        self.hint.show_words(draft.hint)

    def put_into(self, draft: DraftStep) -> None:
        """Write what stands here into a draft."""
        draft.goal, draft.goal_claims, draft.goal_labels = self.goal.words, self.claims.typed.strip(), self.labels.words
        draft.goal_until, draft.reference, draft.near = self.until.typed, self.reference.typed, self.near.typed
        draft.goal_why, draft.hint = self.why.words, self.hint.words

    def suggest(self, change: str, claim: str) -> None:
        """Show in the empty boxes how a change and a claim are written for this experiment."""
        self.claims.suggest(claim)
        self.reference.suggest(change)
        self.near.suggest(f"{change} | {change}" if change else "")

    def restyle(self) -> None:
        """Take fonts and words from the style."""
        for entry in self._entries:
            entry.restyle()
