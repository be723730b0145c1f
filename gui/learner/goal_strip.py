"""The goal of an experiment, under the headline: what is to be reached, how far one is, and why once it is reached."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from engine.contract.experiment import Experiment
from engine.contract.output.frame import Frame
from engine.contract.params import Params, field_of, fields_of
from engine.contract.text.refusal import Refused
from engine.contract.text.text import Text, untranslated
from engine.guides.goal import Goal, Standing
from engine.guides.guide import load_guide
from gui.spoken.telling import say
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import write_in
from gui.style.icons import icon
from gui.style.language import language, translate
from gui.style.plain_label import PlainLabel
from gui.style.still import Still
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

_OPEN, _REACHED = "○", "✓"
_GOAL = Text("Goal: {words}")
_DONE = Text("Goal reached: {words}")
_NOW = Text("{words} · now {value}")
_LABELLED = Text("{label}: {value}")
_TO_END = Text("not run to the end yet")
_TO_PLACE = Text("counts from {unit} {count:,} on")
_FAR = Text("{value} ({far})")
_WAITS = Text("{value}, {waits}")
_MISSING = untranslated("–")
_HINT = Text("Hint {number}: {words}")
_OTHER = Text("This goal does not allow a change of {name}.")
_OTHERS = Text("This goal does not allow a change of {name}, nor of {count} more.")
_SHOW_HINT = Text("Hint")
_NEXT_HINT = Text("Next hint")
_HIDE_HINT = Text("Hide hint")
_PUT_BACK = Text("Put back")
_OTHER_GOAL = Text("Goal {number}")
_SHOW, _FOLD = Text("Show the goal"), Text("Hide the goal")
_IS_REACHED = Text("Goal reached.")
_ACTIONS = (_SHOW_HINT, _NEXT_HINT, _HIDE_HINT, _PUT_BACK)
_WIDEST_NUMBER = "−0.00000"
_WIDEST_DISTANCE = Text("00,000 below 00,000")


class GoalStrip(QWidget):
    """One goal at a time, of the one or two that the guide has; nothing, and no room, where it has none. With
    ``goals_in`` the goals are those that it gives for a language, and nothing folds the strip.

    ``show_frame`` says how a frame stands to it. Once reached it stays so: ``reached(key)`` tells it when it happens,
    ``set_reached`` what was reached so far. ``put_back(changes)`` asks for what the goal does not allow to be
    changed. The room that its sentences may need is kept from the start, so that nothing below moves while one drags.
    ``hinted(key, count)`` tells that so many of its hints were read.
    ``fold_button`` shows and hides it, in a presentation by itself; it stands wherever the page puts it.
    """

    reached = Signal(str)
    put_back = Signal(object)
    hinted = Signal(str, int)

    def __init__(
        self,
        experiment: Experiment,
        parent: QWidget | None = None,
        goals_in: Callable[[str], tuple[Goal, ...]] | None = None,
    ) -> None:
        super().__init__(parent)
        self._experiment, self._goals_in = experiment, goals_in
        self._gives_way = False
        self.goals: tuple[Goal, ...] = ()
        self._index = 0
        self._keys: frozenset[str] = frozenset()
        self._hint: int | None = None
        self._shown: tuple[Params, Frame] | None = None
        self._standings: dict[str, Standing] = {}
        self._written = ("", "", "")
        self._folded, self._roomy = False, True
        self._presented, self._shown_presented = False, False
        self._sign, self._sentence = PlainLabel(), PlainLabel()
        # Its colour is given before it stands on the stage, where Qt would look for it under another role.
        self._sign.setForegroundRole(QPalette.ColorRole.WindowText)
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action_button, self.other_button = QPushButton(), QPushButton()
        self.action_button.clicked.connect(self._action_clicked)
        self.other_button.clicked.connect(self._other_clicked)
        # Its place is kept, or the words would run on into it and break their lines anew.
        policy = self.action_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.action_button.setSizePolicy(policy)
        self.fold_button = QToolButton(self)
        self.fold_button.setAutoRaise(True)
        self.fold_button.clicked.connect(self._fold_clicked)
        self._line = QHBoxLayout(self)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(Still(self._sentence), 1)
        for button in (self.action_button, self.other_button):
            self._line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._load()
        connect_while_visible(self, appearance().changed, self._load)

    @property
    def goal(self) -> Goal | None:
        """The goal that is shown."""
        return self.goals[self._index] if self.goals else None

    @property
    def words(self) -> str:
        """What is said at the moment."""
        return self._sentence.text()

    @property
    def setting(self) -> str:
        """The parameters of the frame that is shown, those that differ from their defaults, as JSON."""
        if self._shown is None:
            return ""
        params = self._shown[0]
        values, names = params.to_json(), params.differing(self._experiment.params_type())
        return json.dumps({name: values[name] for name in names})

    @property
    def is_reached(self) -> bool:
        """Whether the goal that is shown was reached, now or at another time."""
        return self.goal is not None and self.goal.key in self._keys

    def show_frame(self, params: Params, frame: Frame) -> None:
        """How a frame with these parameters stands to the goals."""
        self._shown = params, frame
        self._standings = {}
        if self._gives_way:
            return
        for goal in self.goals:
            if goal.key in self._keys:
                continue
            standing = self._standing_of(goal)
            if standing is not None and standing.reached:
                self._keys |= {goal.key}
                self.reached.emit(goal.key)
                say(self, f"{translate(_IS_REACHED)} {goal.why}")
        self._write()

    def set_reached(self, keys: frozenset[str]) -> None:
        """Mark the goals with these keys as reached, and no others; begin with the first that is left."""
        if keys == self._keys:
            return
        self._keys = keys
        left = [index for index, goal in enumerate(self.goals) if goal.key not in self._keys]
        self._index = left[0] if left else 0
        self._hint = None
        self._write()

    def state(self) -> tuple[frozenset[str], int, int | None, bool]:
        """What is shown, for ``take_state`` of another strip."""
        return self._keys, self._index, self._hint, self._folded

    def take_state(self, state: tuple[frozenset[str], int, int | None, bool]) -> None:
        """Show the goal and the hint that another strip showed."""
        self._keys, self._index, self._hint, self._folded = state
        self._write()
        self._show_or_hide()

    def give_way(self, gives_way: bool) -> None:
        """Take no room while a lesson leads, and hold no frame against the goals, or come back."""
        if gives_way != self._gives_way:
            self._gives_way = gives_way
            self._write()
            self._show_or_hide()

    def set_presented(self, presented: bool) -> None:
        """In a presentation it is folded at first, since the stage needs the room; the button shows it there too."""
        self._presented, self._shown_presented = presented, False
        self._show_or_hide()

    def keep_room(self, roomy: bool) -> None:
        """Whether there is room to say what is to be reached and more at once, or only one after the other."""
        if roomy != self._roomy:
            self._roomy = roomy
            self._load()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()

    # What a person does

    def _action_clicked(self) -> None:
        others = self._others
        if others:
            assert self.goal is not None
            start = self.goal.start(self._experiment)
            self.put_back.emit({name: getattr(start, name) for name in others})
            return
        following = 0 if self._hint is None else self._hint + 1
        self._hint = following if self.goal is not None and following < len(self.goal.hints) else None
        self._write()
        if self.goal is not None and self._hint is not None:
            self.hinted.emit(self.goal.key, self._hint + 1)
            say(self, self._hint_words(self.goal, self._hint))

    def _other_clicked(self) -> None:
        self._index = 1 - self._index
        self._hint = None
        self._write()
        self._measure()

    def _fold_clicked(self) -> None:
        if self._presented:
            self._shown_presented = not self._shown_presented
        else:
            self._folded = not self._folded
        self._show_or_hide()

    # What is shown

    def _load(self, *_: object) -> None:
        """Take words, fonts and colours anew."""
        try:
            if self._goals_in is not None:
                self.goals = self._goals_in(language())
            else:
                self.goals = load_guide(self._experiment.id, language()).goals
        except Refused:
            self.goals = ()
        self._standings, self._written = {}, ("", "", "")
        self._index = min(self._index, max(0, len(self.goals) - 1))
        words = font("text" if self._roomy else "notes")
        for widget in (self._sign, self._sentence, self.action_button, self.other_button):
            widget.setFont(words)
        self._line.setSpacing(GRID)
        self._line.setContentsMargins(GRID, px(GRID // 4), GRID, 0)
        for button, texts in ((self.action_button, _ACTIONS), (self.other_button, ())):
            button.setMinimumWidth(0)
            widths = []
            for text in texts:
                button.setText(translate(text))
                widths.append(button.sizeHint().width())
            button.setMinimumWidth(max(widths, default=0))
        self.other_button.setVisible(len(self.goals) > 1)
        self._write()
        self._show_or_hide()
        self._measure()

    def _show_or_hide(self) -> None:
        folds = self._goals_in is None and not self._gives_way
        self.fold_button.setVisible(bool(self.goals) and folds)
        self.setVisible(bool(self.goals) and not self._is_folded and not self._gives_way)
        self._dress_fold_button()

    @property
    def _is_folded(self) -> bool:
        return not self._shown_presented if self._presented else self._folded

    def _dress_fold_button(self) -> None:
        side = px(18)
        self.fold_button.setIcon(icon("goal_reached" if self.is_reached else "goal"))
        self.fold_button.setIconSize(QSize(side, side))
        name = translate(_SHOW if self._is_folded else _FOLD)
        self.fold_button.setToolTip(name)
        self.fold_button.setAccessibleName(name)
        self.fold_button.setAccessibleDescription(translate(_IS_REACHED) if self.is_reached else "")

    @property
    def _others(self) -> tuple[str, ...]:
        """Parameters that differ from their defaults though the goal does not name them, so that it cannot be reached;
        none once the goal was reached.
        """
        standing = self._standing
        return standing.others if standing is not None and not self.is_reached else ()

    def _write(self) -> None:
        goal = self.goal
        if goal is None:
            return
        standing, is_reached = self._standing, self.is_reached
        others = self._others
        note = self._note(goal, is_reached, others)
        words = self._joined(translate(self._heading(goal, is_reached, others, standing)), note)
        if note and not self._roomy and not is_reached and not others:
            words = translate(_NOW(words=note, value=self._now(goal, standing)))
        sign = _REACHED if is_reached else _OPEN
        self._show_action(goal, is_reached, others)
        if (words, sign, theme().name) == self._written:
            return
        self._written = words, sign, theme().name
        self._sentence.setText(words)
        self._sentence.setAccessibleName(f"{translate(_IS_REACHED)} {words}" if is_reached else words)
        self._sign.setText(sign)
        write_in(self._sign, theme().right if is_reached else theme().accent)
        self._dress_fold_button()
        self.setFixedHeight(max(self.minimumHeight(), self._height_for([words])))

    @property
    def _standing(self) -> Standing | None:
        return self._standing_of(self.goal) if self.goal is not None else None

    def _standing_of(self, goal: Goal) -> Standing | None:
        """How what is shown stands to a goal; asked for once a frame, which comes many times a second."""
        if self._shown is not None and goal.key not in self._standings:
            self._standings[goal.key] = goal.standing(self._experiment, *self._shown)
        return self._standings.get(goal.key)

    def _heading(self, goal: Goal, is_reached: bool, others: tuple[str, ...], standing: Standing | None) -> Text:
        """What is to be reached and how it stands; only the former where that does not count, or once it is reached."""
        if is_reached:
            return _DONE(words=goal.words)
        heading = _GOAL(words=goal.words)
        return heading if others else _NOW(words=heading, value=self._now(goal, standing))

    def _now(self, goal: Goal, standing: Standing | None) -> Text:
        """What is wrong first, and whether it counts already; where nothing is wrong so far, only that it does not. Of
        a quantity that is missing only the name is told: the run may never bring it.
        """
        if standing is None:
            return _MISSING
        if standing.value is None and standing.label:
            return _LABELLED(label=standing.label, value=_MISSING)
        if standing.waits and (standing.holds or standing.value is None):
            return self._waits(goal)
        if standing.value is None:
            return _MISSING
        value = _FAR(value=standing.value, far=standing.distance) if standing.distance else standing.value
        value = _LABELLED(label=standing.label, value=value) if standing.label else value
        return _WAITS(value=value, waits=self._waits(goal)) if standing.waits else value

    def _waits(self, goal: Goal) -> Text:
        amount = goal.reach.amount
        if amount is None:
            return _TO_END
        units = {unit.id: unit.name for unit in self._experiment.units}
        return _TO_PLACE(unit=units[amount.unit], count=amount.count)

    def _note(self, goal: Goal, is_reached: bool, others: tuple[str, ...]) -> str:
        """What is said beside the goal itself: why it is as it is, what does not count, or a hint."""
        if is_reached:
            return goal.why
        if others:
            return translate(self._about_others(others))
        return self._hint_words(goal, self._hint) if self._hint is not None else ""

    def _about_others(self, names: tuple[str, ...]) -> Text:
        name = field_of(self._experiment.params_type, names[0]).label
        return _OTHER(name=name) if len(names) == 1 else _OTHERS(name=name, count=len(names) - 1)

    def _hint_words(self, goal: Goal, index: int) -> str:
        return translate(_HINT(number=index + 1, words=goal.hints[index]))

    def _show_action(self, goal: Goal, is_reached: bool, others: tuple[str, ...]) -> None:
        if others:
            name = _PUT_BACK
        elif self._hint is None:
            name = _SHOW_HINT
        else:
            name = _NEXT_HINT if self._hint + 1 < len(goal.hints) else _HIDE_HINT
        self.action_button.setText(translate(name))
        self.action_button.setVisible(bool(others) or (bool(goal.hints) and not is_reached))
        if len(self.goals) > 1:
            self.other_button.setText(translate(_OTHER_GOAL(number=2 - self._index)))

    def _joined(self, words: str, note: str) -> str:
        if not note:
            return words
        return f"{words}\u2003{note}" if self._roomy else note

    # Room

    def _measure(self) -> None:
        """Be as high as the longest of the sentences that may come; to be called when the width or the type changes."""
        if self.goals:
            self.setFixedHeight(self._height_for(self._possible()))

    def _height_for(self, sentences: Iterable[str]) -> int:
        margins = self._line.contentsMargins()
        beside = [self._sign, self.action_button, *([self.other_button] if len(self.goals) > 1 else [])]
        taken = sum(widget.sizeHint().width() + self._line.spacing() for widget in beside)
        box = QRect(0, 0, max(px(80), self.width() - margins.left() - margins.right() - taken), 10**6)
        metrics = QFontMetrics(self._sentence.font())
        words = max(metrics.boundingRect(box, Qt.TextFlag.TextWordWrap, one).height() for one in sentences)
        return max(words, self.action_button.sizeHint().height()) + margins.top() + margins.bottom()

    def _possible(self) -> Iterator[str]:
        for goal in self.goals:
            label = max((claim.label for claim in goal.claims), key=len)
            number = _FAR(value=_WIDEST_NUMBER, far=_WIDEST_DISTANCE)
            widest = _LABELLED(label=label, value=number) if label else number
            if goal.reach.amount or goal.reach.to_end:
                widest = _WAITS(value=widest, waits=self._waits(goal))
            words = translate(_NOW(words=_GOAL(words=goal.words), value=widest))
            names = [name for name in fields_of(self._experiment.params_type) if name not in goal.names]
            hints = [self._hint_words(goal, index) for index in range(len(goal.hints))]
            others = [translate(self._about_others((name,) * 2)) for name in names]
            for note in ("", goal.why, *hints, *others):
                yield self._joined(words, note)
