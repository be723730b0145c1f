"""The form of a step's question: its text, the changes that lead to the result, and answers with their claims."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from engine.lessons import MOST_ANSWERS
from gui.lessons.making import words
from gui.lessons.making.draft import DraftStep
from gui.lessons.making.entries import NamedEntry, WordsEntry, line_of, words_entry
from gui.style.language import translate
from gui.style.tokens import GRID
from gui.style.typography import font

_KINDS = (("", words.NO_QUESTION), ("choice", words.CHOICE), ("number", words.NUMBER))


class QuestionForm(QWidget):
    """The form of a step's question; emits ``changed`` on input; ``put_into`` writes the question into a draft."""

    changed = Signal()

    def __init__(self, language_of: Callable[[], str]) -> None:
        super().__init__()
        self.kind = QComboBox()
        for kind, _ in _KINDS:
            self.kind.addItem("", kind)
        self.asked = words_entry(words.ASKED, language_of, 2)
        self.changes, self.until = (
            NamedEntry(words.CHANGES, tip=words.CHANGES_TIP),
            NamedEntry(words.UNTIL, tip=words.UNTIL_TIP),
        )
        self.number, self.label = (
            NamedEntry(words.NUMBER_CLAIM, tip=words.NUMBER_TIP),
            WordsEntry(words.LABEL, language_of),
        )
        self.after = words_entry(words.AFTER, language_of, 2)
        self.right = QButtonGroup(self)
        self.answers = [_AnswerForm(index, language_of) for index in range(MOST_ANSWERS)]
        for index, answer in enumerate(self.answers):
            self.right.addButton(answer.right, index)
            answer.changed.connect(self.changed)
        self._lines = [line_of(self.changes, self.until), line_of(self.number, self.label)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        for part in (self.kind, self.asked, self._lines[0], *self.answers, self._lines[1], self.after):
            layout.addWidget(part)
        for entry in (self.asked, self.changes, self.until, self.number, self.label, self.after):
            entry.changed.connect(self.changed)
        self.kind.activated.connect(self._kind_chosen)
        self.right.idClicked.connect(self.changed)
        self.restyle()

    def show_draft(self, draft: DraftStep) -> None:
        """Show a draft's question."""
        self.kind.setCurrentIndex([kind for kind, _ in _KINDS].index(draft.kind))
        self.asked.show_words(draft.question)
        self.changes.fill(draft.changes)
        self.until.fill(draft.until)
        self.number.fill(draft.number)
        self.label.show_words(draft.label)
        self.after.show_words(draft.after)
        for form, answer in zip(self.answers, draft.answers, strict=True):
            form.words.show_words(answer.words)
            form.claim.fill(answer.claim)
            form.why.show_words(answer.why)
            form.label.show_words(answer.label)
        self.answers[draft.right].right.setChecked(True)
        self._arrange()

    def put_into(self, draft: DraftStep) -> None:
        """Write the question into a draft."""
        draft.kind = self.kind.currentData()
        draft.question, draft.after = self.asked.words, self.after.words
        draft.changes, draft.until = self.changes.typed, self.until.typed
        draft.number, draft.label = self.number.typed.strip(), self.label.words
        draft.right = max(0, self.right.checkedId())
        for form, answer in zip(self.answers, draft.answers, strict=True):
            answer.words, answer.claim = form.words.words, form.claim.typed.strip()
            answer.why, answer.label = form.why.words, form.label.words

    def claims(self) -> list[NamedEntry]:
        """The entries in which claims are typed: those of the answers, then that of the number."""
        return [*(one.claim for one in self.answers), self.number]

    def name_of(self, claim: NamedEntry) -> WordsEntry:
        """The entry for the name of the quantity that a claim, typed in the entry ``claim``, is about."""
        return next((one.label for one in self.answers if one.claim is claim), self.label)

    def suggest(self, change: str, claim: str) -> None:
        """Set the placeholders: examples of a change and a claim for this experiment."""
        self.changes.suggest(change)
        for entry in self.claims():
            entry.suggest(claim)

    def restyle(self) -> None:
        """Apply the style's fonts and the language."""
        self.kind.setFont(font("text"))
        self.kind.setAccessibleName(translate(words.QUESTION))
        for index, (_, name) in enumerate(_KINDS):
            self.kind.setItemText(index, translate(name))
        for entry in self.findChildren(NamedEntry):
            entry.restyle()
        for answer in self.answers:
            answer.right.setFont(font("notes"))
            answer.right.setText(translate(words.RIGHT))
        self._arrange()

    def _kind_chosen(self) -> None:
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        kind = self.kind.currentData()
        for part in (self.asked, self._lines[0], self.after):
            part.setVisible(bool(kind))
        for answer in self.answers:
            answer.setVisible(kind == "choice")
        self._lines[1].setVisible(kind == "number")


class _AnswerForm(QWidget):
    changed = Signal()

    def __init__(self, index: int, language_of: Callable[[], str]) -> None:
        super().__init__()
        self.right = QRadioButton()
        self.words = WordsEntry(words.ANSWER(number=index + 1), language_of)
        self.claim = NamedEntry(words.CLAIM, tip=words.CLAIM_TIP)
        self.label, self.why = WordsEntry(words.LABEL, language_of), WordsEntry(words.WHY, language_of)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.addWidget(self.words, 0, 0)
        grid.addWidget(self.claim, 0, 1)
        grid.addWidget(self.label, 0, 2)
        grid.addWidget(self.why, 1, 0, 1, 2)
        grid.addWidget(self.right, 1, 2)
        for column, stretch in enumerate((3, 3, 2)):
            grid.setColumnStretch(column, stretch)
        for entry in (self.words, self.claim, self.label, self.why):
            entry.changed.connect(self.changed)
