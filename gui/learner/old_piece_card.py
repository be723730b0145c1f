"""A card in the overview with code or a derivation of an earlier day, of which one line is missing and is written
again.
"""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.contract.catalogue import entry_of, load
from engine.contract.text import Refused, Text, sentences, untranslated
from engine.derivations import Derivation
from engine.derivations.checking import check, points_of
from engine.derivations.formulas import as_in_a_book
from engine.derivations.reading import load_words
from engine.derivations.sentences import sentence_of as sentence_of_formula
from engine.derivations.sentences import spelled, with_hint
from engine.exercises import default_stage
from engine.exercises.checking import Checking
from engine.exercises.exercise import Exercise
from engine.exercises.one_line import BlankedLine
from engine.exercises.sentences import RIGHT, sentence_of
from engine.exercises.verdict import Verdict
from gui.form.widgets.line_box import LineBox
from gui.learner.old_pieces import OldPiece
from gui.learner.overview_card import PICTURE, thumbnail
from gui.panels.code.code_editor import CodeEditor
from gui.panels.derivations import derive_words
from gui.panels.derivations.derive_line import DeriveLine
from gui.panels.prose import Prose
from gui.panels.wrapped import WrappedButton, wrapped_label
from gui.run.check_runner import CheckRunner
from gui.spoken.interfaces import make_heading
from gui.spoken.spoken import say
from gui.style.foreground import use_secondary_ink, write_in
from gui.style.language import language, translate
from gui.style.plain import PlainLabel
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

_HEADING = Text("An old piece")
_LINE = Text("You wrote this a while ago. One line is missing now; it is checked as it was then.")
_OURS = Text("Your own version is not kept, so this is ours.")
_MISSING = Text("Line {number}")
_CHECK, _NOT_SURE = Text("Check"), Text("Not sure")
_CHECKING = Text("Checking…")
_EMPTY = Text("Write the line first.")
_IT_WAS = Text("The line was: {line}")
_OPEN = Text("Open it: {name}")
_GAP = "…"
_LONGEST, _MOST_LINES = 500, 16
_WIDEST, _ALMOST_ALL = 760, 100


class OldPieceSection(QWidget):
    """The section with today's old piece; hidden if there is none. ``answered(piece, right)`` is emitted with the first
    answer, ``wanted(piece)`` asks to open its experiment, ``unheld(restrictions)`` carries the sandbox restrictions
    that this system cannot impose on the checked code.
    """

    answered = Signal(object, object)
    wanted = Signal(object)
    unheld = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card: OldPieceCard | None = None
        self._own: str | None = None
        self._heading, self.line = PlainLabel(), PlainLabel()
        make_heading(self._heading, 2)
        self.line.setWordWrap(True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 2 * GRID)
        self._layout.setSpacing(GRID)
        for part in (self._heading, self.line):
            self._layout.addWidget(part)
        self._place = QHBoxLayout()
        self._place.addStretch(1)
        self._layout.addLayout(self._place)
        self.hide()

    def offer(self, piece: OldPiece | None, own: str | None = None) -> None:
        """Show this piece, hide the section for None. A line is blanked in the learner's ``own`` right code, in ours
        for None. A card that shows the piece already, and is not answered, stays as it is.
        """
        if self.card is not None and (self.card.piece, self._own) == (piece, own) and not self.card.is_answered:
            return
        if self.card is not None:
            self.card.end()
            self.card = None
        self._own = own
        if piece is not None:
            derivation, exercise = piece.derivation, piece.exercise
            if derivation is not None:
                self.card = _DerivedPiece(piece, derivation)
            elif exercise is not None:
                self.card = _WrittenPiece(piece, exercise, piece.blanked(own))
        if self.card is not None:
            self.card.answered.connect(self.answered)
            self.card.wanted.connect(self.wanted)
            self.card.unheld.connect(self.unheld)
            self._place.insertWidget(0, self.card, _ALMOST_ALL)
            self.restyle()
            self.card.show()
        self.setVisible(self.card is not None)

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language."""
        self._heading.setFont(font("headline"))
        self._heading.setText(translate(_HEADING))
        self.line.setFont(font("text"))
        use_secondary_ink(self.line)
        card = self.card
        is_ours = isinstance(card, _WrittenPiece) and card.blanked.source != self._own
        self.line.setText(translate(sentences((_LINE, _OURS)) if is_ours else _LINE))
        if card is not None:
            card.restyle()


class OldPieceCard(QFrame):
    """The card of one piece: its experiment, what is asked, and, once it is answered, a button to the experiment."""

    answered = Signal(object, object)
    wanted = Signal(object)
    unheld = Signal(object)

    def __init__(self, piece: OldPiece, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.piece = piece
        self.is_answered = False
        self._entry = entry_of(piece.experiment)
        self._picture, self._name, self.title = PlainLabel(), PlainLabel(), wrapped_label()
        self._name.setWordWrap(True)
        self.open_button = WrappedButton()
        self.open_button.clicked.connect(lambda: self.wanted.emit(self.piece))
        self.open_button.hide()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        head = QHBoxLayout()
        head.setSpacing(GRID + GRID // 2)
        head.addWidget(self._picture)
        head.addWidget(self._name, 1)
        self.rows = QVBoxLayout(self)
        self.rows.addLayout(head)
        self.rows.addWidget(self.title)

    def end(self) -> None:
        """Remove the card, and cancel a running check."""
        self.hide()
        self.deleteLater()

    def take_keys(self) -> None:
        """Focus the entry for the missing line."""

    def note(self, right: bool | None) -> None:
        """Emit the first answer, which is the one that counts, and offer the button to the experiment."""
        self.open_button.show()
        if not self.is_answered:
            self.is_answered = True
            self.answered.emit(self.piece, right)

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language; what was typed stays."""
        self.setMaximumWidth(px(_WIDEST))
        self.rows.setSpacing(px(GRID))
        side = px(GRID + GRID // 2)
        self.rows.setContentsMargins(side, side, side, side)
        size = QSize(px(PICTURE.width() * 0.3), px(PICTURE.height() * 0.3))
        self._picture.setPixmap(thumbnail(self._entry.id).pixmap(size, self.devicePixelRatioF()))
        for label in (self._name, self.title):
            label.setFont(font("strong"))
        self._name.setText(f"{self._entry.number} {translate(self._entry.name)}")
        self.open_button.set_words(translate(_OPEN(name=self._entry.name)))
        self.open_button.set_sign("→", theme().accent)


class _WrittenPiece(OldPieceCard):
    """Code with a line missing, and an entry for it. Nothing of it runs before Check is pressed."""

    def __init__(self, piece: OldPiece, exercise: Exercise, blanked: BlankedLine) -> None:
        super().__init__(piece)
        self.exercise, self.blanked = exercise, blanked
        self._said: Text | None = None
        self._verdict: Verdict | None = None
        self.runner = CheckRunner(self)
        self.runner.ended.connect(self._checked)
        self.runner.unheld.connect(self.unheld)
        self.code, self._label, self.box = CodeEditor(), PlainLabel(), LineBox()
        self.code.setReadOnly(True)
        self.box.setMaxLength(_LONGEST)
        self._label.setBuddy(self.box)
        self.box.textChanged.connect(self._show_code)
        self.box.returnPressed.connect(self.check)
        self.check_button, self.not_sure, self.outcome = QPushButton(), QPushButton(), wrapped_label()
        self.not_sure.setFlat(True)
        self.check_button.clicked.connect(self.check)
        self.not_sure.clicked.connect(self._tell)
        self._row, buttons = QHBoxLayout(), QHBoxLayout()
        self._row.addWidget(self._label)
        self._row.addWidget(self.box, 1)
        for button in (self.check_button, self.not_sure):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.rows.addWidget(self.code)
        self.rows.addLayout(self._row)
        self.rows.addLayout(buttons)
        self.rows.addWidget(self.outcome)
        self.rows.addWidget(self.open_button)
        self._show_code()

    def check(self) -> None:
        """Check the exercise's code with the line that the learner typed, in the background. If none was
        typed, say so.
        """
        if not self.box.text().strip():
            self._say(_EMPTY)
            return
        self._verdict = None
        self._say(_CHECKING)
        check = Checking(self.exercise, self.blanked.filled(self.box.text()), default_stage(self.exercise))
        self.runner.start(check, check.verdict)

    def take_keys(self) -> None:
        self.box.setFocus(Qt.FocusReason.TabFocusReason)

    def end(self) -> None:
        self.runner.cancel()
        super().end()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not self.window().isVisible():  # it is being closed
            self.runner.cancel()

    def restyle(self) -> None:
        super().restyle()
        self.title.setText(translate(self.exercise.heading))
        self._label.setFont(font("text"))
        self._label.setText(translate(_MISSING(number=self.blanked.number)))
        self.box.setFont(font("code"))
        self.box.setAccessibleName(self._label.text())
        for part in (self.check_button, self.not_sure, self.outcome):
            part.setFont(font("text"))
        self.check_button.setText(translate(_CHECK))
        self.not_sure.setText(translate(_NOT_SURE))
        lines = min(self.code.blockCount() + 1, _MOST_LINES)
        bar = self.code.horizontalScrollBar().sizeHint().height()
        self.code.setFixedHeight(lines * self.code.fontMetrics().lineSpacing() + bar + px(GRID))
        self.setAccessibleName(f"{self._name.text()}: {self.title.text()}")
        self._write()

    def _checked(self, verdict: Verdict | Text) -> None:
        if isinstance(verdict, Text):  # the check could not be started
            self._say(verdict)
            return
        self._verdict, failure = verdict, verdict.failure
        self._say(RIGHT if failure is None else sentence_of(failure, self.exercise))
        if failure is not None:
            self.code.light(failure.line or self.blanked.number)
        # A syntax error is mistyped, and says nothing about what the learner knows.
        if failure is None or failure.kind != "syntax":
            self.note(verdict.is_right)
        self._write()

    def _tell(self) -> None:
        """Show the missing line to a learner who is not sure."""
        self.runner.cancel()
        self._verdict = None
        self._say(_IT_WAS(line=self.blanked.text))
        self.note(None)
        self._write()

    def _say(self, what: Text) -> None:
        self._said = what
        self._write()
        say(self.outcome, self.outcome.text())

    def _show_code(self) -> None:
        """Show the code with what was typed in the missing line."""
        self.code.setPlainText(self.blanked.filled(self.box.text().strip() or _GAP).rstrip())
        self.code.light(self.blanked.number)

    def _write(self) -> None:
        self.outcome.setText(translate(self._said) if self._said is not None else "")
        self.outcome.setVisible(self._said is not None)
        is_right = self._verdict is not None and self._verdict.is_right
        ink = theme().text if self._verdict is None else theme().right if is_right else theme().wrong
        write_in(self.outcome, ink)
        self.box.setReadOnly(is_right)
        self.check_button.setVisible(not is_right)
        self.not_sure.setVisible(not is_right)


class _DerivedPiece(OldPieceCard):
    """A derivation with a line to be typed again."""

    def __init__(self, piece: OldPiece, derivation: Derivation) -> None:
        super().__init__(piece)
        self._derivation, self._asked = derivation, piece.line_of(derivation)
        self._params = load(piece.experiment).params_type().replaced(derivation.stage)
        self._lead, self.row = Prose(), DeriveLine()
        self.row.given.connect(self._given)
        self.row.shown_wanted.connect(self._tell)
        for part in (self._lead, self.row, self.open_button):
            self.rows.addWidget(part)

    def restyle(self) -> None:
        super().restyle()
        words = load_words(self._derivation.id, language())
        number = self._derivation.lines.index(self._asked)
        self.title.setText(words.title)
        self._lead.show_blocks(words.lead)
        place = derive_words.LINE(number=number + 1, all=len(self._derivation.lines))
        self.row.show_words(words.lines[number], place, can_be_lit=False)
        values, _ = next(points_of(self._derivation, self._asked, self._params))
        numbers = untranslated(spelled(values))
        self.row.show_numbers(
            derive_words.NUMBERS_ELSEWHERE(number=number + 1, all=len(self._derivation.lines), numbers=numbers)
        )
        self.setAccessibleName(f"{self._name.text()}: {self.title.text()}")

    def take_keys(self) -> None:
        self.row.box.setFocus(Qt.FocusReason.TabFocusReason)

    def _given(self, typed: str) -> None:
        words = load_words(self._derivation.id, language())
        gap = words.lines[self._derivation.lines.index(self._asked)].gap
        try:
            verdict = check(self._derivation, self._asked, typed, self._params, [one.formula for one in gap.wrong])
        except Refused as refusal:
            self.row.say_wrong(refusal.text, counts=False)
            return
        if verdict.is_right:
            self.row.let_stand(typed.strip(), as_in_a_book(typed, self._asked))
        else:
            hint = gap.wrong[verdict.wrong].hint if verdict.wrong is not None else ""
            # No stage is visible here: the values are shown above the line.
            said = sentence_of_formula(dataclasses.replace(verdict, is_shown=False), self._asked)
            self.row.say_wrong(with_hint(said, hint), counts=True)
        self.note(verdict.is_right)

    def _tell(self) -> None:
        self.row.let_stand("", as_in_a_book("", self._asked))
        self.note(None)
