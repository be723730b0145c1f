"""A try of a guide as a clickable row; one with a question waits for an answer before anything is applied or shown."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Integral, Real

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.class_file import class_in_use
from engine.contract.frame import spelled
from engine.contract.text import EMPTY, Text
from engine.guides.claim import Claim, Finding
from engine.guides.tries import Reason, Try, Verdict
from gui.learner.progress import TRUE_REASON, Given
from gui.panels.guide.answers import (
    IS_RIGHT,
    IS_WRONG,
    RIGHT,
    UNSURE,
    WRONG,
    NumberEntry,
    ReasonChoice,
    mark_answer,
    told_of,
)
from gui.panels.wrapped import WrappedButton, wrapped_label
from gui.spoken.spoken import say
from gui.style.foreground import use_secondary_ink
from gui.style.language import show_one_after_the_other, translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

_GO = "→"
_ASKS = "?"
_FOLLOWED = RIGHT, Text("Followed.")
_BECAME = {
    True: (RIGHT, Text("Answered, and right.")),
    False: (WRONG, Text("Answered, not right.")),
    None: (UNSURE, Text("Followed, without an answer.")),
}
"""The symbol of a followed question and its spoken description, by whether the answer is right."""
_NOT_SURE = Text("Not sure: show me")
_GUESSING = Text("I am guessing")
_A_GUESS = Text("A guess: nobody can work this out beforehand, and it does not count.")
_SET_BACK = Text("First set back: {changes}.")
_NUMBER = Text("{label} = {value}.")
_COMES = Text("Being computed: what comes of it will stand here.")
_PATIENCE = 700
"""Milliseconds after which a text says that the result is still being computed."""

NOT_SURE = -1
"""The answer index for "not sure", which is neither right nor wrong."""
_LEFT = (
    "answer", "given", "followed", "verdict", "_recalled", "set_back", "_refusal", "_is_sure", "_is_first", "_missed",
)  # fmt: skip


@dataclass(frozen=True)
class JudgedAnswer:
    """An answer given before the result was shown: whether it is ``right``, None for "not sure" or a guess, and what to
    store.
    """

    right: bool | None
    given: Given | None


class TryRow(QWidget):
    """A try as a row; emits ``chosen(try)`` when the try is to be applied: on a click, on an answer, or on "not sure".

    ``show_verdict`` shows the result; if that takes long, a text says that it is being computed. Whether an answer is
    right follows from its claims alone. ``answered(right)`` is emitted once for a question: True, False, or None for
    "not sure". A row that was ``followed`` has a grey symbol, which says of a question whether its answer is right.
    Where the guide has reasons, a right first answer is followed by "And why?" and explained once a reason was chosen:
    ``reasoned(answer)`` carries the answer with it, ``answered(False)`` follows if the reason is wrong, and
    ``looked(try)`` asks for the run that refutes it. ``grew(widget)`` says that a widget shows more than before.
    A first number is only weighed: ``weighed(try)`` asks for its verdict for ``closes``, which lets the learner try
    once more if it is wrong, and says which known mistake leads to it; with ``once`` the first number is final. Answers
    are laid out in ``columns`` columns. A folded row shows only its first line, and emits ``opened()`` when pressed.
    """

    chosen = Signal(object)
    weighed = Signal(object)
    answered = Signal(object)
    reasoned = Signal(object)
    looked = Signal(object)
    grew = Signal(object)
    opened = Signal()

    def __init__(self, asked: Try, parent: QWidget | None = None, columns: int = 1, once: bool = False) -> None:
        super().__init__(parent)
        self.asked, self._once = asked, once
        self._weighed: float | None = None
        self._missed: tuple[float, int | None] | None = None
        self.answer: int | None = None
        self.given: float | None = None
        self.followed = self._awaited = False
        self.verdict: Verdict | None = None
        self._recalled: Given | None = None
        self.set_back: Text | None = None
        self._refusal: Text | None = None
        self.button = WrappedButton()
        self.button.clicked.connect(self._clicked)
        self.answers = [WrappedButton() for _ in asked.answers]
        self.entry = NumberEntry() if asked.number else None
        self.reasons = ReasonChoice(asked.reasons) if asked.reasons else None
        self.guessing = QCheckBox() if asked.reasons else None
        self._is_sure = self._is_first = False
        self._is_late = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self._be_late)
        self.not_sure = QPushButton() if asked.asks and class_in_use().shows_answers else None
        self._folded = False
        self.guess = wrapped_label() if asked.guess else None
        self.outcome, self.explanation = wrapped_label(), wrapped_label()
        for label in (self.outcome, self.explanation):
            label.hide()

        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.button)
        self._below = QVBoxLayout()
        self._layout.addLayout(self._below)
        if self.guess is not None:
            self._below.addWidget(self.guess)
        self._choices = QGridLayout()
        self._below.addLayout(self._choices)
        for index, button in enumerate(self.answers):
            button.clicked.connect(self._answered)
            button.setProperty("answer", index)
            self._choices.addWidget(button, index // columns, index % columns)
        if self.entry is not None:
            self.entry.given.connect(self._number_given)
            self.entry.refused.connect(self._refuse)
            self._below.addWidget(self.entry)
        if self.reasons is not None:
            self.reasons.given.connect(self._reason_given)
            self.reasons.looked.connect(self.looked)
        if self.not_sure is not None:
            self.not_sure.setFlat(True)
            self.not_sure.setCursor(Qt.CursorShape.PointingHandCursor)
            self.not_sure.clicked.connect(self._not_sure)
        if asked.asks:
            beside = QHBoxLayout()
            for widget in filter(None, (self.not_sure, self.guessing)):
                beside.addWidget(widget)
            beside.addStretch(1)
            self._below.addLayout(beside)
        self._below.addWidget(self.outcome)
        if self.reasons is not None:
            self._below.addWidget(self.reasons)
        self._below.addWidget(self.explanation)
        self.show_try(asked)

    def show_try(self, asked: Try) -> None:
        """Show the same try in another language, keeping the answer."""
        self.asked = asked
        if self.reasons is not None:
            self.reasons.show_reasons(asked.reasons)
        self.restyle()

    def take_up(self) -> None:
        """Focus the row, and apply the try unless its question is still open."""
        # Not the first answer: a second Enter, pressed on the way here, would choose it.
        self.button.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.is_open:
            self._apply()

    def tell_set_back(self, changes: Text | None) -> None:
        """Set which changes by hand were reset on the stage for the try, in words; shown with the result."""
        if self.set_back is None:
            self.set_back = changes or EMPTY

    def recall(self, given: Given | None) -> None:
        """Show an answer of an earlier session with its explanation, or None for none.

        An answer given here since then stays.
        """
        if given == self._recalled or (self._recalled is None and self._is_committed):
            return
        self.answer = self.given = self._missed = None
        if self.entry is not None:
            self.entry.ask()
        if self.reasons is not None:
            self.reasons.recall(None)
        self._recalled = given if given is not None and self._fits(given) else None
        if self._recalled is not None:
            self._take_up(self._recalled.answer)
            if self.reasons is not None:
                keys = [_key(one) for one in self.asked.reasons]
                self.reasons.recall(keys.index(self._recalled.reason) if self._recalled.reason in keys else None)
        self._show_outcome()

    @property
    def is_weighing(self) -> bool:
        """Whether a first number waits for its verdict, which may not be shown yet."""
        return self._weighed is not None

    def closes(self, verdict: Verdict) -> bool:
        """Judge the first number by the verdict that it waited for; False if it is wrong and asked for once more."""
        if self._weighed is None or self.asked.number is None or self.entry is None:
            return True
        number, self._weighed = self._weighed, None
        if self.asked.number.is_right(number, verdict.number):
            self._settle(None, number)
            return True
        self._wait_no_more()
        self._missed = number, verdict.slip(number)
        self._show_outcome()
        self.entry.ask_once_more(self._told_of_first)
        return False

    @property
    def _told_of_first(self) -> str:
        """The feedback on a first wrong number, until another is given; "" if there is none."""
        number = self.asked.number
        if self._missed is None or number is None or self._is_committed:
            return ""
        given, slip = self._missed
        return told_of(number.label, given, number.slips[slip].why if slip is not None else "")

    def show_verdict(self, verdict: Verdict) -> None:
        """Show the result of the try; emits ``answered`` if an answer waited for it."""
        answer = self.take_answer(verdict)
        self._wait_no_more()
        self.verdict, self._refusal = verdict, None
        self._show_outcome()
        asks = (self.reasons.heading.text(),) if self.reasons is not None and self._asks_why else ()
        say(self.outcome, _sentences((self.outcome.text(), *asks)))
        if answer is not None:
            self.answered.emit(answer.right)

    def take_answer(self, verdict: Verdict) -> JudgedAnswer | None:
        """Judge the answer that waited for this verdict, before the result is shown; None if none waited."""
        if not self._awaited:
            return None
        self._awaited = False
        return JudgedAnswer(self._is_right_by(verdict), self._kept_by(verdict))

    def show_refusal(self, reason: Text) -> None:
        """Show why the result cannot be computed; the question does not count."""
        self._weigh_no_more()
        self._wait_no_more()
        self._refusal = reason
        self._awaited = False
        self._show_outcome()
        say(self.outcome, self.outcome.text())

    def expect_no_more(self) -> None:
        """Stop waiting for the result, since something else is computed now."""
        self._weigh_no_more()
        self._wait_no_more()
        self._show_outcome()

    def set_folded(self, folded: bool) -> None:
        """Fold the row to its first line without the question, or unfold it."""
        if folded != self._folded:
            self._folded = folded
            self.button.set_words(self.asked.words, "" if folded else self.asked.text)
            self._show_outcome()

    @property
    def is_told(self) -> bool:
        """Whether the row shows the result, or why it cannot be computed."""
        return self._is_known or self._refusal is not None

    @property
    def told_last(self) -> QWidget:
        """The widget in which the result, the reasons or the explanation were written last."""
        if self.reasons is not None and not self.reasons.isHidden():
            return self.reasons if self.explanation.isHidden() else self.explanation
        return self.outcome

    def mark_followed(self, followed: bool = True) -> None:
        """Mark the try as followed, or not."""
        self.followed = followed
        self._show_outcome()

    @property
    def is_right(self) -> bool | None:
        """Whether the answer is right; None for "not sure", while unknown, and for what can only be guessed."""
        if self.verdict is not None:
            return self._is_right_by(self.verdict)
        if self._recalled is None or self.asked.guess:
            return None
        if self.given is not None and self.asked.number is not None:
            return self.asked.number.is_right(self.given, self._recalled.right)
        return self._is_right_answer(self.answer) if self.answer is not None and self.answer >= 0 else None

    @property
    def to_be_kept(self) -> Given | None:
        """The answer and its result, to be stored; None if undecided."""
        return self._kept_by(self.verdict) if self.verdict is not None else None

    def _is_right_by(self, verdict: Verdict) -> bool | None:
        if self.asked.guess:
            return None
        if self.given is not None and self.asked.number is not None:
            return self.asked.number.is_right(self.given, verdict.number)
        return verdict.is_right(self.answer) if self.answer is not None and self.answer >= 0 else None

    def _kept_by(self, verdict: Verdict) -> Given | None:
        if not self._is_committed:
            return None
        right = verdict.number if self.asked.number is not None else self._key_of(verdict.right_answer)
        answer = self.given if self.given is not None else self._key_of(self.answer)
        if not isinstance(right, str):
            if not isinstance(right, Real) or not math.isfinite(right):
                return None
            right = int(right) if isinstance(right, Integral) else float(right)
        if self.reasons is not None and self.reasons.chosen is not None:
            return Given(answer, right, _key(self.asked.reasons[self.reasons.chosen]), self._is_sure)
        return Given(answer, right, sure=self._is_sure)

    def state(self) -> tuple[object, ...]:
        """The answer, its reason and its result, for ``take_state`` of another row."""
        typed = self.entry.box.text() if self.entry is not None else ""
        return (
            *(getattr(self, name) for name in _LEFT),
            typed,
            self.reasons.chosen if self.reasons is not None else None,
        )

    def take_state(self, state: tuple[object, ...]) -> None:
        """Restore the state of another row of the same try."""
        *left, typed, reason = state
        for name, value in zip(_LEFT, left, strict=True):
            setattr(self, name, value)
        if self.entry is not None and self.given is not None:
            self.entry.show_number(self.given)
        elif self.entry is not None:
            self.entry.box.setText(str(typed))
            self.entry.show_slip(self._told_of_first)
        if self.reasons is not None:
            self.reasons.recall(reason if isinstance(reason, int) else None)
        self._show_outcome()

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language."""
        gap = px(GRID // 2)
        self._layout.setSpacing(gap)
        self._layout.setContentsMargins(0, 0, 0, gap)
        self._below.setSpacing(gap)
        self._choices.setSpacing(gap)
        self._below.setContentsMargins(px(2 * GRID), 0, 0, 0)
        self.button.set_words(self.asked.words, "" if self._folded else self.asked.text)
        for button, answer in zip(self.answers, self.asked.answers, strict=True):
            button.set_words("", answer.words)
        if self.entry is not None and self.asked.number is not None:
            self.entry.show_name(self.asked.number.label)
            self.entry.show_slip(self._told_of_first)
        if self.guess is not None:
            self.guess.setText(translate(_A_GUESS))
            self.guess.setFont(font("notes"))
            use_secondary_ink(self.guess)
        if self.not_sure is not None:
            self.not_sure.setText(translate(_NOT_SURE))
            self.not_sure.setFont(font("notes"))
        if self.guessing is not None:
            self.guessing.setText(translate(_GUESSING))
            self.guessing.setFont(font("notes"))
        if self.reasons is not None:
            self.reasons.restyle()
        for label in (self.outcome, self.explanation):
            label.setFont(font("text"))
            label.setContentsMargins(px(GRID + 4), 0, 0, gap)
        self._show_outcome()

    # What a person does

    def _clicked(self) -> None:
        # A question is answered, not skipped; afterwards its row applies it again.
        if self._folded:
            self.opened.emit()
        elif not self.is_open:
            self._apply()
        elif self.answers:
            self.answers[0].setFocus()
        elif self.entry is not None:
            self.entry.box.setFocus()

    def _answered(self) -> None:
        self._commit(self.sender().property("answer"), sure=self.guessing is not None and not self.guessing.isChecked())

    def _reason_given(self) -> None:
        self._show_outcome()
        say(self.explanation, self.explanation.text())
        self.grew.emit(self.reasons)
        if self.verdict is not None:
            self.reasoned.emit(JudgedAnswer(self._is_right_with_reason, self.to_be_kept))
            if self._is_right_with_reason is False:
                self.answered.emit(False)

    def _not_sure(self) -> None:
        self._commit(NOT_SURE)

    def _number_given(self, number: float) -> None:
        if self.entry is not None:
            self.entry.show_number(number)
        if self._once or self._missed is not None or self._is_committed:
            self._commit(None, number)
            return
        self._weighed, self._refusal = number, None
        self._wait_no_more()
        self._patience.start()
        self._show_outcome()
        self.weighed.emit(self.asked)

    def _weigh_no_more(self) -> None:
        """Make the entry editable again if its number waits for a verdict that will not come."""
        if self._weighed is not None and self.entry is not None:
            self._weighed = None
            self.entry.ask_again()

    def _refuse(self, reason: Text) -> None:
        if self.entry is not None:
            self.entry.show_refusal(reason)
            self.grew.emit(self.entry)

    def _commit(self, answer: int | None, given: float | None = None, sure: bool = False) -> None:
        self._settle(answer, given, sure)
        self._apply()

    def _settle(self, answer: int | None, given: float | None, sure: bool = False) -> None:
        # Only what was answered before anything was shown counts.
        self._awaited = self._is_first = not self._is_committed
        self.answer, self.given, self._is_sure = answer, given, sure
        self.verdict = self._refusal = self._recalled = self._weighed = None
        if any(widget is not None and widget.hasFocus() for widget in (self.not_sure, self.guessing)):
            # Otherwise the focus would move on to whatever follows when the focused button is hidden.
            self.button.setFocus()

    def _apply(self) -> None:
        self._wait_no_more()
        if not self._is_known and self._refusal is None:
            self._patience.start()
        self._show_outcome()
        self.chosen.emit(self.asked)

    def _be_late(self) -> None:
        self._is_late = True
        self._show_outcome()
        say(self.outcome, self.outcome.text())

    def _wait_no_more(self) -> None:
        self._patience.stop()
        self._is_late = False

    @property
    def is_open(self) -> bool:
        """Whether its question is open, so that nothing is shown yet."""
        return self.asked.asks and not self._is_committed

    @property
    def _is_committed(self) -> bool:
        return self.answer is not None or self.given is not None

    @property
    def _asks_why(self) -> bool:
        """Whether a right first answer still waits for a reason; it is explained only afterwards."""
        if self.reasons is None or self.reasons.chosen is not None or self._recalled is not None:
            return False
        return self.is_right is True and self.answer == self.asked.explained and self._is_first

    @property
    def _is_right_with_reason(self) -> bool | None:
        """``is_right``, but False for a right answer with a wrong reason."""
        return False if self.is_right and self.reasons is not None and self.reasons.is_right is False else self.is_right

    # What was answered at another time

    def _fits(self, given: Given) -> bool:
        """Whether a stored answer fits the question; a guide of another version may differ."""
        if self.asked.number is not None:
            return given.answer == "" or isinstance(given.answer, str) == isinstance(given.right, str)
        keys = {answer.key for answer in self.asked.answers}
        return given.right in keys and given.answer in {"", *keys}

    def _take_up(self, answer: str | float) -> None:
        if not isinstance(answer, str):
            self.given = float(answer)
            if self.entry is not None:
                self.entry.show_number(self.given)
        else:
            self.answer = next((i for i, one in enumerate(self.asked.answers) if one.key == answer), NOT_SURE)

    def _key_of(self, answer: int | None) -> str:
        return self.asked.answers[answer].key if answer is not None and answer >= 0 else ""

    # What is shown

    @property
    def _is_known(self) -> bool:
        """Whether the right answer is known: computed now, or stored."""
        return self.verdict is not None or self._recalled is not None

    @property
    def _right_number(self) -> object:
        if self.verdict is not None:
            return self.verdict.number
        return self._recalled.right if self._recalled is not None else None

    def _is_right_answer(self, index: int) -> bool:
        if self.verdict is not None:
            return self.verdict.is_right(index)
        return self._recalled is not None and self.asked.answers[index].key == self._recalled.right

    def _show_outcome(self) -> None:
        committed = self._is_committed
        self.button.set_plain(self.is_open and not self._folded)
        if self.followed:
            # A wrong reason has a symbol of its own.
            sign, became = _BECAME[self.is_right] if self.asked.asks and not self.asked.guess else _FOLLOWED
            self.button.set_sign(sign, theme().muted_text)
            self.button.setAccessibleDescription(translate(became))
        else:
            self.button.set_sign(_ASKS if self.asked.asks and not committed else _GO, theme().accent)
            self.button.setAccessibleDescription("")
        for index, button in enumerate(self.answers):
            self._mark(button, index)
            button.setVisible(not self._folded)
        if self.not_sure is not None:
            self.not_sure.setVisible(not committed and not self._folded)
        if self.guess is not None:
            self.guess.setVisible(not committed and not self._folded)
        if self.guessing is not None:
            self.guessing.setVisible(not committed and not self._folded)
        if self.reasons is not None:
            self.reasons.setVisible((self._asks_why or self.reasons.chosen is not None) and not self._folded)
        if self.entry is not None:
            self.entry.setVisible((not committed or self.given is not None) and not self._folded)
            self.entry.show_right(self.is_right)
        if self._refusal is not None:
            self._write(translate(self._refusal))
        elif self._is_late:
            self._write(translate(_COMES))
        else:
            told, *explanation = self._outcome_texts() if self._is_known else ("",)
            # That parameters were reset has nothing to do with the answer, so it has a line of its own.
            back = (
                translate(_SET_BACK(changes=self.set_back))
                if self._is_known and self.set_back not in (None, EMPTY)
                else ""
            )
            self._write("\n".join(filter(None, (told, back))), *explanation)

    def _mark(self, button: WrappedButton, index: int) -> None:
        """Set an option's symbol: as right or wrong where that is known, otherwise by whether it was chosen."""
        right = self._is_right_answer(index) if self._is_known and index >= 0 else None
        mark_answer(button, right, index == self.answer)

    def _write(self, text: str, explanation: str = "") -> None:
        for label, words in ((self.outcome, text), (self.explanation, explanation)):
            label.setText(words)
            label.setVisible(bool(words) and not self._folded)
            use_secondary_ink(label)

    def _outcome_texts(self) -> tuple[str, ...]:
        """The feedback: right or wrong, the explanation of the answer, the results, then the general explanation. With
        reasons, the explanations are a second text, which is left out until a reason is chosen.

        For an answer of an earlier session there are no results.
        """
        verdict = self.verdict
        results = _told(self.asked.claims, verdict.findings) if verdict is not None else ()
        if not self.asked.asks:
            return (_sentences((*results, self.asked.after)),)
        judged = {True: translate(IS_RIGHT), False: translate(IS_WRONG), None: ""}[self.is_right]
        if self.asked.number is not None:
            number = translate(_NUMBER(label=self.asked.number.label, value=spelled(self._right_number, {})))
            slip = verdict.slip(self.given) if verdict is not None and self.given is not None else None
            why = self.asked.number.slips[slip].why if slip is not None else ""
            return (_sentences((judged, why, number, *results, self.asked.after)),)
        # A question with answers has a right one.
        right = next(index for index in range(len(self.asked.answers)) if self._is_right_answer(index))
        shown = self.answer if self.answer is not None and self.answer >= 0 else right
        answer = self.asked.answers[shown]
        told = (_told(answer.claims, verdict.answers[shown]) if verdict is not None else ()) or results
        if self._asks_why:
            return (_sentences((judged, *told)),)
        if self.reasons is not None and self.reasons.chosen is not None:
            return _sentences((judged, *told)), _sentences((answer.why, self.asked.after))
        # The explanation is about the answer; the computed results follow it.
        return (_sentences((judged, answer.why, *told, self.asked.after)),)


def _key(reason: Reason) -> str:
    return reason.refuted.key if reason.refuted is not None else TRUE_REASON


def _told(claims: Iterable[Claim], findings: Iterable[Finding]) -> tuple[str, ...]:
    """The texts of the findings whose claims have labels. The labels are those of ``claims``, since findings may be in
    another language.
    """
    named = (dataclasses.replace(finding, claim=claim) for claim, finding in zip(claims, findings, strict=True))
    return tuple(translate(finding.text) for finding in named if finding.claim.label)


def _sentences(parts: Iterable[str]) -> str:
    return show_one_after_the_other(filter(None, parts))
