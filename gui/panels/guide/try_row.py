"""One try of a guide: a row to click; one that asks first waits for an answer before anything is applied or said."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Integral, Real

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.contract.text.spelling import spelled
from engine.contract.text.text import EMPTY, Text
from engine.guides.claim import Claim, Finding
from engine.guides.tries import Reason, Try, Verdict
from gui.learner.progress import TRUE_REASON, Given
from gui.panels.answer_mark import IS_RIGHT, IS_WRONG, RIGHT, UNSURE, WRONG, mark_answer
from gui.panels.guide.number_entry import NumberEntry
from gui.panels.guide.reason_choice import ReasonChoice
from gui.panels.wrapped_button import WrappedButton
from gui.spoken.telling import say
from gui.style.foreground import use_secondary_ink
from gui.style.language import show_one_after_the_other, translate
from gui.style.plain_label import PlainLabel
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
"""The mark of a question that was followed and its words, by whether the answer is right."""
_WRONG_REASON = Text("The answer is right, the reason is not.")
_NOT_SURE = Text("Not sure")
_JUST_SHOW = Text("Just show me")
_SET_BACK = Text("First set back: {changes}.")
_NUMBER = Text("{label} = {value}.")
_COMES = Text("Being computed: what comes of it will stand here.")
_PATIENCE = 700
"""Milliseconds after which it is said that what comes of it is still computed."""

NOT_SURE = -1
"""The answer of who is not sure: neither right nor wrong."""
JUST_SHOWN = -2
"""No answer at all: only to be shown."""
_LEFT = ("answer", "given", "followed", "verdict", "_recalled", "set_back", "_refusal", "_is_sure", "_waiting")


@dataclass(frozen=True)
class JudgedAnswer:
    """An answer that was given to a question before anything was shown: whether it is ``right``, None from who is not
    sure, and what is to be kept of it, None where there is no telling."""

    right: bool | None
    given: Given | None


class TryRow(QWidget):
    """``chosen(try)`` when it is to be applied: at once, or when an answer was given or only a look was wanted.

    ``show_verdict`` then says what came of it; until then, if that takes long, it is said to be computed. Answers are
    right or not by their claims alone. ``answered(right)`` follows once for a question: True, False, or None from who
    is not sure. One that was ``followed`` keeps a quiet mark, which says of a question whether its answer is right.
    Where the guide has reasons, one is asked for before the right answer is given, and of nobody who chose another,
    which they would give away; ``looked(try)`` when the run that speaks against a wrong one is wanted, and
    ``grew(part)`` when there is more to be seen of a part. Answers stand in so many ``columns``, with "not sure" among
    them where there are several.
    """

    chosen = Signal(object)
    answered = Signal(object)
    looked = Signal(object)
    grew = Signal(object)

    def __init__(self, asked: Try, parent: QWidget | None = None, columns: int = 1) -> None:
        super().__init__(parent)
        self.asked = asked
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
        self._is_sure = False
        self._waiting: int | None = None
        self._is_late = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self._be_late)
        self.not_sure = WrappedButton() if asked.asks else None
        self.just_show = QPushButton() if asked.asks else None
        self.outcome = PlainLabel()
        self.outcome.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.outcome.setWordWrap(True)
        self.outcome.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.outcome.hide()
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.button)
        self._below = QVBoxLayout()
        self._layout.addLayout(self._below)
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
            self.reasons.grew.connect(lambda: self.grew.emit(self.reasons))
            self._below.addWidget(self.reasons)
        if self.not_sure is not None and self.just_show is not None:
            self.not_sure.clicked.connect(self._not_sure)
            if columns > 1 and self.answers:
                self._choices.addWidget(self.not_sure, len(self.answers) // columns, len(self.answers) % columns)
            else:
                self._below.addWidget(self.not_sure)
            self.just_show.setFlat(True)
            self.just_show.setCursor(Qt.CursorShape.PointingHandCursor)
            self.just_show.clicked.connect(self._just_show)
            self._below.addWidget(self.just_show, 0, Qt.AlignmentFlag.AlignLeft)
        self._below.addWidget(self.outcome)
        self.show_try(asked)

    def show_try(self, asked: Try) -> None:
        """The same try in another language; what was answered stays."""
        self.asked = asked
        if self.reasons is not None:
            self.reasons.show_reasons(asked.reasons)
        self.restyle()

    def take_up(self) -> None:
        """Have the keys, and be applied, unless its question still waits for an answer."""
        # Not the first answer: Enter, pressed twice on the way here, would give it.
        self.button.setFocus(Qt.FocusReason.TabFocusReason)
        if not self._is_open:
            self._apply()

    def tell_set_back(self, changes: Text | None) -> None:
        """What had to be changed on the stage before the try could begin; told with what came of it."""
        if self.set_back is None:
            self.set_back = changes or EMPTY

    def recall(self, given: Given | None) -> None:
        """Show what was answered at another time and why it was right or not, or nothing of it any more.

        What was answered here since then stays.
        """
        if given == self._recalled or (self._recalled is None and self._is_committed):
            return
        self.answer = self.given = None
        if self.entry is not None:
            self.entry.ask()
        if self.reasons is not None:
            self.reasons.ask()
        self._recalled = given if given is not None and self._fits(given) else None
        if self._recalled is not None:
            self._take_up(self._recalled.answer)
            if self.reasons is not None:
                keys = [_key(one) for one in self.asked.reasons]
                self.reasons.recall(keys.index(self._recalled.reason) if self._recalled.reason in keys else None)
        self._show_outcome()

    def show_verdict(self, verdict: Verdict) -> None:
        """Say what came of it, with the number."""
        answer = self.take_answer(verdict)
        self._wait_no_more()
        self.verdict, self._refusal = verdict, None
        if self.reasons is not None:
            self.reasons.tell()
        self._show_outcome()
        say(self.outcome, self.outcome.text())
        if answer is not None:
            self.answered.emit(answer.right)

    def take_answer(self, verdict: Verdict) -> JudgedAnswer | None:
        """What the answer that was waiting for this verdict comes to, before it is shown; None where none was."""
        if not self._awaited:
            return None
        self._awaited = False
        return JudgedAnswer(self._with_reason(self._is_right_by(verdict)), self._kept_by(verdict))

    def show_refusal(self, reason: Text) -> None:
        """Say why it cannot be computed what comes of it; its question is neither right nor wrong, and not counted."""
        self._wait_no_more()
        self._refusal = reason
        self._awaited = False
        self._show_outcome()
        say(self.outcome, self.outcome.text())

    def expect_no_more(self) -> None:
        """What comes of it is not asked for any longer: something else is computed now."""
        self._wait_no_more()
        self._show_outcome()

    def mark_followed(self, followed: bool = True) -> None:
        """Show that it was followed, now or at another time, or that nothing is remembered of it."""
        self.followed = followed
        self._show_outcome()

    @property
    def is_right(self) -> bool | None:
        """Whether what was answered is right; None for who was not sure, or before that is known."""
        if self.verdict is not None:
            return self._is_right_by(self.verdict)
        if self._recalled is None:
            return None
        if self.given is not None and self.asked.number is not None:
            return self.asked.number.is_right(self.given, self._recalled.right)
        return self._is_right_answer(self.answer) if self.answer is not None and self.answer >= 0 else None

    @property
    def to_be_kept(self) -> Given | None:
        """What was answered and what came of it, to be recalled at another time; None where there is no telling."""
        return self._kept_by(self.verdict) if self.verdict is not None else None

    def _is_right_by(self, verdict: Verdict) -> bool | None:
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
        return Given(answer, right)

    def state(self) -> tuple[object, ...]:
        """What was answered and what came of it, for ``take_state`` of another row."""
        return *(getattr(self, name) for name in _LEFT), self.entry.box.text() if self.entry is not None else ""

    def take_state(self, state: tuple[object, ...]) -> None:
        """Show what another row of the same try showed."""
        for name, value in zip(_LEFT, state[:-1], strict=True):
            setattr(self, name, value)
        if self.entry is not None and self.given is not None:
            self.entry.show_number(self.given)
        elif self.entry is not None:
            self.entry.box.setText(str(state[-1]))
        self._show_outcome()

    def restyle(self) -> None:
        """Take fonts, colours and words from the style."""
        gap = px(GRID // 2)
        self._layout.setSpacing(gap)
        self._layout.setContentsMargins(0, 0, 0, gap)
        self._below.setSpacing(gap)
        self._choices.setSpacing(gap)
        self._below.setContentsMargins(px(2 * GRID), 0, 0, 0)
        self.button.set_words(self.asked.words, self.asked.text)
        for button, answer in zip(self.answers, self.asked.answers, strict=True):
            button.set_words("", answer.words)
        if self.entry is not None and self.asked.number is not None:
            self.entry.show_name(self.asked.number.label)
        if self.not_sure is not None and self.just_show is not None:
            self.not_sure.set_words("", translate(_NOT_SURE))
            self.just_show.setText(translate(_JUST_SHOW))
            self.just_show.setFont(font("notes"))
        if self.reasons is not None:
            self.reasons.restyle()
        self.outcome.setFont(font("text"))
        self.outcome.setContentsMargins(px(GRID + 4), 0, 0, gap)
        self._show_outcome()

    # What a person does

    def _clicked(self) -> None:
        # A question is answered, not skipped; afterwards its row applies it again.
        if not self._is_open:
            self._apply()
        elif self.answers:
            self.answers[0].setFocus()
        elif self.entry is not None:
            self.entry.box.setFocus()

    def _answered(self) -> None:
        answer = self.sender().property("answer")
        if self.reasons is not None and answer == self.asked.explained and not self._is_committed:
            self._waiting = answer
            self._show_outcome()
            self.reasons.take_keys()
            self.grew.emit(self.reasons)
        else:
            self._commit(answer)

    def _reason_given(self, _: int, sure: bool) -> None:
        self._is_sure = sure
        self._commit(self._waiting)

    def _not_sure(self) -> None:
        self._commit(NOT_SURE)

    def _just_show(self) -> None:
        self._commit(JUST_SHOWN)

    def _number_given(self, number: float) -> None:
        if self.entry is not None:
            self.entry.show_number(number)
        self._commit(None, number)

    def _refuse(self, reason: Text) -> None:
        if self.entry is not None:
            self.entry.show_refusal(reason)
            self.grew.emit(self.entry)

    def _commit(self, answer: int | None, given: float | None = None) -> None:
        # Only what was answered before anything was shown counts.
        self._awaited = not self._is_committed and answer != JUST_SHOWN
        self._waiting = None
        self.answer, self.given = answer, given
        self.verdict = self._refusal = self._recalled = None
        if answer == JUST_SHOWN and self.just_show is not None and self.just_show.hasFocus():
            # Else the keys would go on to whatever follows, when the button that had them goes.
            self.button.setFocus()
        self._apply()

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
    def _is_open(self) -> bool:
        """Whether its question is to be answered before anything is shown."""
        return self.asked.asks and not self._is_committed

    @property
    def _is_committed(self) -> bool:
        return self.answer is not None or self.given is not None

    @property
    def _has_wrong_reason(self) -> bool:
        return self.reasons is not None and self.reasons.is_right is False

    @property
    def _is_right_with_reason(self) -> bool | None:
        return self._with_reason(self.is_right)

    def _with_reason(self, right: bool | None) -> bool | None:
        """As it is right; a right answer for a wrong reason is none."""
        return False if right and self._has_wrong_reason else right

    # What was answered at another time

    def _fits(self, given: Given) -> bool:
        """Whether it is about what is asked; a guide of another version may ask and offer something else."""
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
        """Whether it is known what is right: computed now, or recalled."""
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
        if self.followed:
            sign, became = _BECAME[self._is_right_with_reason] if self.asked.asks else _FOLLOWED
            self.button.set_sign(sign, theme().muted_text)
            self.button.setAccessibleDescription(translate(became))
        else:
            self.button.set_sign(_ASKS if self.asked.asks and not committed else _GO, theme().accent)
            self.button.setAccessibleDescription("")
        for index, button in enumerate(self.answers):
            self._mark(button, index)
        if self.not_sure is not None and self.just_show is not None:
            self._mark(self.not_sure, NOT_SURE)
            self.not_sure.setVisible((not committed and self._waiting is None) or self.answer == NOT_SURE)
            self.just_show.setVisible(not committed and self._waiting is None)
        if self.reasons is not None:
            self.reasons.setVisible(self._waiting is not None or self.reasons.is_right is not None)
        if self.entry is not None:
            self.entry.setVisible(not committed or self.given is not None)
            self.entry.show_right(self.is_right)
        if self._refusal is not None:
            self._write(translate(self._refusal))
        elif self._is_late:
            self._write(translate(_COMES))
        else:
            self._write(self._outcome_text() if self._is_known else "")

    def _mark(self, button: WrappedButton, index: int) -> None:
        """The right answer has its mark once it is known, and so has the one that was chosen."""
        right = self._is_right_answer(index) if self._is_known and index >= 0 else None
        mark_answer(button, right, index in (self.answer, self._waiting))

    def _write(self, text: str) -> None:
        self.outcome.setText(text)
        self.outcome.setVisible(bool(text))
        use_secondary_ink(self.outcome)

    def _outcome_text(self) -> str:
        """Right or not, what came of it, and why: of the answer that was given, then what serves all answers.

        What is only recalled comes without what else was found.
        """
        verdict = self.verdict
        results = _told(self.asked.claims, verdict.findings) if verdict is not None else ()
        if not self.asked.asks:
            return _sentences((*results, self.asked.after))
        is_right = _WRONG_REASON if self._has_wrong_reason else IS_RIGHT
        judged = {True: translate(is_right), False: translate(IS_WRONG), None: ""}[self.is_right]
        if self.set_back:
            judged = _sentences((judged, translate(_SET_BACK(changes=self.set_back)) if self.set_back != EMPTY else ""))
        if self.asked.number is not None:
            number = translate(_NUMBER(label=self.asked.number.label, value=spelled(self._right_number, {})))
            return _sentences((judged, number, *results, self.asked.after))
        # A question with answers has a right one.
        right = next(index for index in range(len(self.asked.answers)) if self._is_right_answer(index))
        shown = self.answer if self.answer is not None and self.answer >= 0 else right
        answer = self.asked.answers[shown]
        told = (_told(answer.claims, verdict.answers[shown]) if verdict is not None else ()) or results
        return _sentences((judged, *told, answer.why, self.asked.after))


def _key(reason: Reason) -> str:
    return reason.refuted.key if reason.refuted is not None else TRUE_REASON


def _told(claims: Iterable[Claim], findings: Iterable[Finding]) -> tuple[str, ...]:
    """What became of every claim that has a label; its label, since the findings may be of the other language's."""
    named = (dataclasses.replace(finding, claim=claim) for claim, finding in zip(claims, findings, strict=True))
    return tuple(translate(finding.text) for finding in named if finding.claim.label)


def _sentences(parts: Iterable[str]) -> str:
    return show_one_after_the_other(filter(None, parts))
