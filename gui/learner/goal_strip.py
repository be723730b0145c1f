"""The widget with an experiment's goal: what is to be reached, how far the stage is from it, and an explanation once it
is reached.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params, field_of
from engine.contract.text import Refused, Text, untranslated
from engine.guides.goal import Goal, Standing
from engine.guides.guide import load_guide
from gui.panels.wrapped import wrapped_label
from gui.spoken.spoken import say
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import use_secondary_ink, write_in
from gui.style.language import language, translate
from gui.style.plain import PlainLabel
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
_PUT_BACK, _BEGIN = Text("Put back"), Text("Begin")
_OTHER_GOAL = Text("Goal {number}")
_IS_REACHED = Text("Goal reached.")


class GoalStrip(QWidget):
    """Shows one of the guide's goals, of which there are one or two. ``goals_in`` returns the goals for a language;
    without it they are those of our guide.

    ``show_frame`` compares a frame with the goals. When one is reached, ``reached(key)`` is emitted, though not in
    mid-gesture; it stays reached, as do those passed to ``set_reached``. ``put_back(changes)`` asks to reset parameters
    that the goal does not allow to be changed. ``hinted(key, count)`` is emitted when so many of a goal's hints were
    read, ``turned()`` when the other goal is shown.
    """

    reached = Signal(str)
    put_back = Signal(object)
    hinted = Signal(str, int)
    turned = Signal()

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
        self._tried: Params | None = None
        self._written = ("", "", "")
        self._sign, self._sentence = PlainLabel(), wrapped_label()
        # Set explicitly, since Qt would otherwise take the role from the parent, which may have another one.
        self._sign.setForegroundRole(QPalette.ColorRole.WindowText)
        self.action_button, self.other_button = QPushButton(), QPushButton()
        self.action_button.clicked.connect(self._action_clicked)
        self.other_button.clicked.connect(self._other_clicked)
        self._note = wrapped_label()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._line, self._buttons = QHBoxLayout(), QHBoxLayout()
        self._line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(self._sentence, 1)
        for button in (self.action_button, self.other_button):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._layout.addLayout(self._line)
        self._layout.addWidget(self._note)
        self._layout.addLayout(self._buttons)
        self._load()
        connect_while_visible(self, appearance().changed, self._load)

    @property
    def goal(self) -> Goal | None:
        """The goal that is shown; None if the guide has none."""
        return self.goals[self._index] if self.goals else None

    @property
    def words(self) -> str:
        """The displayed text: the goal with its progress, and the note below it."""
        return "\u2003".join(filter(None, (self._sentence.text(), self._note.text())))

    @property
    def setting(self) -> str:
        """The parameters of the current frame that differ from their defaults, as a JSON object; "" before a frame."""
        if self._shown is None:
            return ""
        params = self._shown[0]
        values, names = params.to_json(), params.differing(self._experiment.params_type())
        return json.dumps({name: values[name] for name in names})

    @property
    def is_reached(self) -> bool:
        """Whether the goal that is shown was reached, now or earlier."""
        return self.goal is not None and self.goal.key in self._keys

    def show_frame(self, params: Params, frame: Frame, settled: bool = True) -> None:
        """Show how a frame with these parameters compares with the goal. A goal is reached only by a ``settled`` frame,
        that is, while no gesture goes on.
        """
        self._shown = params, frame
        self._standings = {}
        self.settle() if settled else self._write()

    def set_tried(self, params: Params) -> None:
        """Set the parameters that a try put on the stage, since their changes were not made by hand."""
        self._tried = params

    def settle(self) -> None:
        """Judge the current frame: goals that it meets are reached now."""
        if self._gives_way or self._shown is None:
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
        """Mark exactly the goals with these keys as reached, and show the first of the others."""
        if keys == self._keys:
            return
        self._keys = keys
        left = [index for index, goal in enumerate(self.goals) if goal.key not in self._keys]
        self._index = left[0] if left else 0
        self._hint = None
        self._write()

    def choose(self, key: str) -> None:
        """Show the goal with this key, if there is one."""
        index = next((index for index, goal in enumerate(self.goals) if goal.key == key), self._index)
        if index != self._index:
            self._other_clicked()

    def state(self) -> tuple[frozenset[str], int, int | None]:
        """The reached goals, the displayed goal and its hint, for ``take_state`` of another strip."""
        return self._keys, self._index, self._hint

    def take_state(self, state: tuple[frozenset[str], int, int | None]) -> None:
        """Show the goal and the hint that another strip showed."""
        self._keys, self._index, self._hint = state
        self._write()

    def give_way(self, gives_way: bool) -> None:
        """Suspend the judging of goals while a lesson is open, or resume it."""
        self._gives_way = gives_way
        self._write()

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
        self.turned.emit()

    def show_goals(self, goals_in: Callable[[str], tuple[Goal, ...]] | None) -> None:
        """Show the goals that ``goals_in`` returns for a language, or for None those of our guide."""
        self._goals_in, self._index, self._hint = goals_in, 0, None
        self._load()

    # What is shown

    def _load(self, *_: object) -> None:
        """Apply the current language, fonts and colours."""
        try:
            if self._goals_in is not None:
                self.goals = self._goals_in(language())
            else:
                self.goals = load_guide(self._experiment.id, language()).goals
        except Refused:
            self.goals = ()
        self._standings, self._written = {}, ("", "", "")
        self._index = min(self._index, max(0, len(self.goals) - 1))
        for widget in (self._sign, self._sentence, self._note):
            widget.setFont(font("text"))
        for button in (self.action_button, self.other_button):
            button.setFont(font("notes"))
        use_secondary_ink(self._note)
        for layout in (self._layout, self._line, self._buttons):
            layout.setSpacing(px(GRID // 2))
        self.other_button.setVisible(len(self.goals) > 1)
        self._write()

    @property
    def _others(self) -> tuple[str, ...]:
        """Changed parameters that the goal does not name, which prevent it from being reached; empty once it was
        reached.
        """
        standing = self._standing
        return standing.others if standing is not None and not self.is_reached else ()

    def _write(self) -> None:
        goal = self.goal
        if goal is None:
            return
        standing, is_reached = self._standing, self.is_reached
        others = self._others
        note = self._note_for(goal, is_reached, others)
        words = translate(self._heading(goal, is_reached, others, standing))
        sign = _REACHED if is_reached else _OPEN
        self._show_action(goal, is_reached, others)
        if (words, note, theme().name) == self._written:
            return
        self._written = words, note, theme().name
        self._sentence.setText(words)
        self._sentence.setAccessibleName(f"{translate(_IS_REACHED)} {words}" if is_reached else words)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._sign.setText(sign)
        write_in(self._sign, theme().right if is_reached else theme().accent)

    @property
    def _standing(self) -> Standing | None:
        return self._standing_of(self.goal) if self.goal is not None else None

    def _standing_of(self, goal: Goal) -> Standing | None:
        """How the current frame compares with a goal; cached for the frame, since it is asked for often."""
        if self._shown is not None and goal.key not in self._standings:
            self._standings[goal.key] = goal.standing(self._experiment, *self._shown)
        return self._standings.get(goal.key)

    def _heading(self, goal: Goal, is_reached: bool, others: tuple[str, ...], standing: Standing | None) -> Text:
        """The target and the progress; only the target if progress does not count, or once it is reached."""
        if is_reached:
            return _DONE(words=goal.words)
        heading = _GOAL(words=goal.words)
        return heading if others else _NOW(words=heading, value=self._now(goal, standing))

    def _now(self, goal: Goal, standing: Standing | None) -> Text:
        """The learner's progress: the first value that is wrong, and from when on it counts if that is later. If no
        value is wrong, only the latter.

        For a quantity that the frame does not have, only its name is shown, since the run may never produce it.
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

    def _note_for(self, goal: Goal, is_reached: bool, others: tuple[str, ...]) -> str:
        """The note below the goal: why it is so once reached, which changes are not allowed, or a hint."""
        if is_reached:
            return goal.why
        if others:
            return "" if self._are_tried(others) else translate(self._about_others(others))
        return self._hint_words(goal, self._hint) if self._hint is not None else ""

    def _are_tried(self, names: tuple[str, ...]) -> bool:
        """Whether all these parameters still have the values that a try of the guide (a link that sets parameters) gave
        them.
        """
        if self._tried is None or self._shown is None:
            return False
        return not set(names) & set(self._tried.differing(self._shown[0]))

    def _about_others(self, names: tuple[str, ...]) -> Text:
        name = field_of(self._experiment.params_type, names[0]).label
        return _OTHER(name=name) if len(names) == 1 else _OTHERS(name=name, count=len(names) - 1)

    def _hint_words(self, goal: Goal, index: int) -> str:
        return translate(_HINT(number=index + 1, words=goal.hints[index]))

    def _show_action(self, goal: Goal, is_reached: bool, others: tuple[str, ...]) -> None:
        if others:
            name = _BEGIN if self._are_tried(others) else _PUT_BACK
        elif self._hint is None:
            name = _SHOW_HINT
        else:
            name = _NEXT_HINT if self._hint + 1 < len(goal.hints) else _HIDE_HINT
        self.action_button.setText(translate(name))
        self.action_button.setVisible(bool(others) or (bool(goal.hints) and not is_reached))
        if len(self.goals) > 1:
            self.other_button.setText(translate(_OTHER_GOAL(number=2 - self._index)))
