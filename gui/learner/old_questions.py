"""Questions of earlier days, asked again in the overview."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from engine.contract.catalogue import entry_of, load
from engine.contract.text import Text
from engine.guides.tries import Try, Verdict
from gui.learner.overview_card import PICTURE, thumbnail
from gui.learner.path import OldQuestion
from gui.panels.guide.try_checker import TryChecker
from gui.panels.guide.try_row import TryRow
from gui.panels.wrapped import WrappedButton
from gui.spoken.interfaces import make_heading
from gui.style.foreground import use_secondary_ink
from gui.style.language import language, translate
from gui.style.plain import PlainLabel
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

_HEADINGS = (
    Text("An old question"),
    Text("Two old questions"),
    Text("Three old questions"),
)
_LINE = Text("You have met these before, perhaps with other numbers. What do you expect today?")
_LINE_OF_ONE = Text("You have met it before, perhaps with other numbers. What do you expect today?")
_OPEN = Text("Open it: {name}")
_NARROWEST = 340


class OldQuestions(QWidget):
    """The cards of the old questions that are due; visible only while there are any. ``answered(question, right)`` is
    emitted with each answer, ``wanted(question, try, verdict)`` asks to open the experiment with the try applied.
    """

    answered = Signal(object, object)
    wanted = Signal(object, object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[OldQuestionCard] = []
        self._heading, self._line = PlainLabel(), PlainLabel()
        make_heading(self._heading, 2)
        self._line.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setSpacing(2 * GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self._heading)
        layout.addWidget(self._line)
        layout.addLayout(self._grid)
        self.hide()

    def offer(self, questions: Sequence[OldQuestion]) -> None:
        """Show cards for exactly these questions; the widget is hidden if there are none."""
        for card in self.cards:
            card.end()
        self.cards = [OldQuestionCard(question) for question in questions]
        for card in self.cards:
            card.answered.connect(self.answered)
            card.wanted.connect(self.wanted)
        self.restyle()
        self.setVisible(bool(self.cards))

    def arrange(self, width: int) -> None:
        """Place the cards side by side as far as the width allows."""
        columns = max(1, min(len(self.cards), width // px(_NARROWEST)))
        for index, card in enumerate(self.cards):
            self._grid.addWidget(card, index // columns, index % columns, Qt.AlignmentFlag.AlignTop)
            # The layout would show it only with the next events, and it may get the focus now.
            card.show()
        for column in range(len(_HEADINGS)):
            self._grid.setColumnStretch(column, int(column < columns))

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language."""
        self._heading.setFont(font("headline"))
        self._line.setFont(font("text"))
        use_secondary_ink(self._line)
        if self.cards:
            self._heading.setText(translate(_HEADINGS[len(self.cards) - 1]))
            self._line.setText(translate(_LINE if len(self.cards) > 1 else _LINE_OF_ONE))
        for card in self.cards:
            card.restyle()


class OldQuestionCard(QFrame):
    """The card of one question: its experiment, the question, and, once it is answered, a button to open the
    experiment.
    """

    answered = Signal(object, object)
    wanted = Signal(object, object, object)

    def __init__(self, question: OldQuestion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self._entry = entry_of(question.experiment)
        self._checker = TryChecker(self)
        self._checker.judged.connect(self._judged)
        self._picture, self._name = PlainLabel(), PlainLabel()
        self._name.setWordWrap(True)
        self.row = TryRow(question.asked(language()))
        self._checker.refused.connect(self.row.show_refusal)
        self.row.chosen.connect(self._chosen)
        self.row.weighed.connect(self._chosen)
        self.row.answered.connect(lambda right: self.answered.emit(self.question, right))
        self.open_button = WrappedButton()
        self.open_button.clicked.connect(self._open)
        self.open_button.hide()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        head = QHBoxLayout()
        head.setSpacing(GRID + GRID // 2)
        head.addWidget(self._picture)
        head.addWidget(self._name, 1)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(head)
        self._layout.addWidget(self.row)
        self._layout.addWidget(self.open_button)

    def end(self) -> None:
        """Stop computing and delete the card."""
        self._checker.forget()
        self.hide()
        self.deleteLater()

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language; the answer stays."""
        self._layout.setSpacing(px(GRID))
        side = px(GRID + GRID // 2)
        self._layout.setContentsMargins(side, side, side, side)
        size = QSize(px(PICTURE.width() * 0.3), px(PICTURE.height() * 0.3))
        self._picture.setPixmap(thumbnail(self._entry.id).pixmap(size, self.devicePixelRatioF()))
        self._name.setFont(font("strong"))
        self._name.setText(f"{self._entry.number} {translate(self._entry.name)}")
        self.open_button.set_words(translate(_OPEN(name=self._entry.name)))
        self.open_button.set_sign("→", theme().accent)
        self.row.show_try(self.question.asked(language()))
        self.setAccessibleName(f"{self._name.text()}: {self.row.asked.words}")

    def _chosen(self, asked: Try) -> None:
        if self.row.verdict is not None:
            # It was answered before, and its row was clicked again.
            self._open()
        else:
            # The button opens the computed result, which is computed again for another answer.
            self.open_button.setEnabled(False)
            self._checker.check(load(self.question.experiment), asked)

    def _judged(self, _: Try, verdict: Verdict) -> None:
        if not self.row.closes(verdict):
            return
        self.row.show_verdict(verdict)
        self.open_button.setEnabled(True)
        self.open_button.show()

    def _open(self) -> None:
        self.wanted.emit(self.question, self.row.asked, self.row.verdict)
