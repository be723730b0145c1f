"""The one place where an experiment's parameters change, with undo; no widgets here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from engine.contract.experiment import Experiment, Preset
from engine.contract.params import Params, field_of, fields_of
from engine.contract.run.run import LARGEST_SEED, Run
from engine.contract.text.numerals import normalized
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text
from gui.form.command import Aftermath, EditCommand, State
from gui.style.appearance import appearance

DEFAULT_SEED = 0

_UNDO_LIMIT = 1000


_RESTORED = Text("Restore defaults")


@dataclass(frozen=True)
class Place:
    """Where the editor stands: after how many steps of undo, and with what."""

    steps: int
    state: State


class ParameterEditor(QObject):
    """Holds the parameters and the seed of one experiment; whatever changes them goes through here.

    ``changed(before, after)`` and ``seed_changed(seed)`` are sent when the editor and ``undo_stack`` already stand
    at the new state; ``refused(name, reason)`` when a change was not allowed and nothing happened. ``name`` is that
    of the parameter, ``seed``, or empty where the reason lies in several at once. ``put_again(path, value)`` asks for a
    place of the run to hold what a step of undo says. ``held_back()`` follows a change of what is to stay as it is,
    ``gesture_ended()`` the end of a gesture: the next change is a new step.
    """

    changed = Signal(object, object)
    # An object, because a C++ int cannot hold the largest seeds.
    seed_changed = Signal(object)
    refused = Signal(str, object)
    put_again = Signal(str, object)
    held_back = Signal()
    gesture_ended = Signal()

    def __init__(
        self,
        experiment: Experiment,
        params: Params | None = None,
        seed: int = DEFAULT_SEED,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.experiment = experiment
        self._opening = experiment.params_type()
        # What presets make of the present look: asked for at each change, and checked anew only with another look.
        self._made: dict[str, tuple[dict[str, object], Params]] = {}
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(_UNDO_LIMIT)
        self._state = State(experiment.params_type() if params is None else params, checked_seed(seed))
        self._announced = self._state
        self._place = self.place
        self.place_before = self._place
        """The place that was left when the last change was announced."""
        self._gesture = ""
        self._series = 0
        self._replaying = self._joining = False
        self._held: Mapping[str, object] = {}
        self._holds_seed = False
        self.undo_stack.indexChanged.connect(self._announce)
        appearance().language_changed.connect(self._retranslate)

    @property
    def params(self) -> Params:
        """The parameters as they stand."""
        return self._state.params

    @property
    def seed(self) -> int:
        """The random seed as it stands, 0 to ``LARGEST_SEED``."""
        return self._state.seed

    @property
    def state(self) -> State:
        """Both together."""
        return self._state

    @property
    def gesture(self) -> str:
        """The gesture that is going on; empty between gestures."""
        return self._gesture

    @property
    def place(self) -> Place:
        """Where the editor stands now."""
        return Place(self.undo_stack.index(), self._state)

    @property
    def before_last_step(self) -> Params:
        """The parameters before the step that was made last: within one gesture, those from its start."""
        stack = self.undo_stack
        return self._step(stack.index() - 1).before.params if stack.canUndo() else self.params

    @property
    def was_restored(self) -> bool:
        """Whether the step that was made last restored the defaults, which have nothing to do with what was before."""
        stack = self.undo_stack
        return stack.canUndo() and self._step(stack.index() - 1).title is _RESTORED

    @property
    def is_replaying(self) -> bool:
        """Whether the change that is being announced is an undo or a redo."""
        return self._replaying

    @property
    def uses_seed(self) -> bool:
        """Whether the experiment draws random numbers."""
        return self.experiment.uses_seed

    # Changing

    def hold(self, held: Mapping[str, object], seed: bool = False) -> None:
        """Have parameters, and the seed, stay as they are whatever is asked for; other runs and undo bring theirs.

        One to which such a run has brought another value may go back to the one that is ``held``.
        """
        self._held, self._holds_seed = held, seed

    def change(self, changes: Mapping[str, object], gesture: str = "") -> bool:
        """Give parameters new values, all or none; True unless they were refused.

        Calls with the same non-empty ``gesture`` are one step of undo until ``end_gesture``; a gesture that comes
        back to where it began leaves none.
        """
        for name, value in changes.items():
            try:
                field_of(type(self.params), name).check(value)
            except Refused as refusal:
                self.refused.emit(name, refusal.text)
                return False
        try:
            params = self.params.replaced(self.experiment.settle(self.params, changes))
        except Refused as refusal:
            self.refused.emit("", refusal.text)
            return False
        for name, value in changes.items():
            try:
                field_of(type(params), name).check_among(value, params)
            except Refused as refusal:
                self.refused.emit(name, refusal.text)
                return False
        if self._is_held_back(params):
            return False
        if self._gesture and not gesture:
            self.end_gesture()
        self._gesture = gesture
        self._go_to(State(params, self.seed), gesture=(self._series, gesture) if gesture else None)
        return True

    def end_gesture(self) -> None:
        """The next change is a step of its own."""
        self._gesture = ""
        self._series += 1
        self.gesture_ended.emit()

    def set_seed(self, seed: int) -> bool:
        """Use another random seed; True unless it was refused."""
        if self._holds_seed and seed != self.seed:
            self.held_back.emit()
            return False
        try:
            self._go_to(State(self.params, checked_seed(seed)))
        except Refused as refusal:
            self.refused.emit("seed", refusal.text)
            return False
        return True

    def restore_defaults(self) -> None:
        """Everything back to its default, also what is only looked at and the seed, in one step of undo."""
        self.end_gesture()
        seed = DEFAULT_SEED if self.uses_seed and not self._holds_seed else self.seed
        if not self._is_held_back(self.defaults()):
            self._go_to(State(self.defaults(), seed), title=_RESTORED)

    def apply_preset(self, preset: Preset) -> bool:
        """The defaults with the preset's changes; what is only looked at stays, but for a moment of the run that was.
        True unless it was refused.
        """
        self.end_gesture()
        try:
            params = self._with_preset(preset, self._looked_at())
        except Refused as refusal:
            self.refused.emit("", refusal.text)
            return False
        if self._is_held_back(params):
            return False
        title = Text("Preset {name}")(name=preset.label)
        self._go_to(State(params, self.seed), title=title)
        return True

    def set_run(self, params: Params, seed: int, title: Text) -> bool:
        """Take over the parameters and seed of another run in one step of undo; True unless they were refused."""
        self.end_gesture()
        try:
            self._go_to(State(params, checked_seed(seed)), title=title)
        except Refused as refusal:
            self.refused.emit("seed", refusal.text)
            return False
        return True

    def add_step(self, title: Text, aftermath: Aftermath) -> None:
        """A step of undo that changes no parameter, but what ``aftermath`` brings back; it has happened already."""
        self.end_gesture()
        self._push(EditCommand(self._take, self._state, self._state, title=title, aftermath=aftermath))

    def make_step(self, index: int, title: Text, aftermath: Aftermath) -> None:
        """Make what was changed since ``index`` of the stack, perhaps nothing, one step that brings back more."""
        if self.undo_stack.index() == index:
            self.add_step(title, aftermath)
        else:
            self.join_since(index, aftermath)

    def join_since(self, index: int, aftermath: Aftermath) -> None:
        """Make all steps since ``index`` of the stack one, which brings back what came of them too; tells nobody."""
        stack, after = self.undo_stack, self._state
        alone = stack.index() == index + 1
        title = self._step(index).title if alone else None
        self._joining = True
        stack.setIndex(index)
        self._push(EditCommand(self._take, self._state, after, title=title, aftermath=aftermath))
        self._joining = False
        self._place = self.place
        self.end_gesture()

    # Asking

    def defaults(self) -> Params:
        """The parameters with which the experiment opens."""
        return self._opening

    def is_default(self) -> bool:
        """Whether ``restore_defaults`` would change nothing."""
        return self.params == self.defaults() and (self.seed == DEFAULT_SEED or not self.uses_seed)

    def equal_preset(self, presets: Iterable[Preset]) -> Preset | None:
        """The first of these presets that would change nothing."""
        looked_at, params = self._looked_at(), self.params
        for preset in presets:
            try:
                if self._with_preset(preset, looked_at) == params:
                    return preset
            except Refused:
                pass
        return None

    def asks_for_another(self, run: Run | None) -> bool:
        """Whether a run was begun with other parameters, or another seed, than stand here now; False where none was."""
        if run is None:
            return False
        return bool(self.params.differing_by(run.params, "restart")) or (self.uses_seed and run.seed != self.seed)

    # Inside

    def _looked_at(self) -> dict[str, object]:
        """What a preset leaves as it is."""
        params = self.params
        return {
            name: getattr(params, name)
            for name, field in fields_of(type(params)).items()
            if field.effect == "view" and not field.momentary
        }

    def _with_preset(self, preset: Preset, looked_at: dict[str, object]) -> Params:
        known = self._made.get(preset.id)
        if known is None or known[0] != looked_at:
            known = self._made[preset.id] = (looked_at, self._opening.replaced({**looked_at, **preset.changes}))
        return known[1]

    def _is_held_back(self, params: Params) -> bool:
        """Whether going to these parameters would change what is to stay; says so."""
        if not self._held:
            return False
        changed = set(params.differing(self.params)) & self._held.keys()
        if all(getattr(params, name) == self._held[name] for name in changed):
            return False
        self.held_back.emit()
        return True

    def _step(self, index: int) -> EditCommand:
        """One command of the stack, on which there are no others."""
        command = self.undo_stack.command(index)
        assert isinstance(command, EditCommand)
        return command

    def _go_to(self, state: State, gesture: tuple[int, str] | None = None, title: Text | None = None) -> None:
        if state != self._state:
            self._push(EditCommand(self._take, self._state, state, gesture, title))

    def _push(self, command: EditCommand) -> None:
        stack = self.undo_stack
        if not (stack.canUndo() and self._step(stack.index() - 1).takes_in(command)):
            command.retranslate()
        stack.push(command)

    def _take(self, state: State, replayed: bool) -> None:
        # Only kept here: the stack is in the middle of its work, and listeners may want to use it.
        self._state, self._replaying = state, replayed
        if replayed:
            self.end_gesture()

    def _announce(self) -> None:
        if self._joining:
            return
        before, after = self._announced, self._state
        self._announced = after
        self.place_before, self._place = self._place, self.place
        if before.params != after.params:
            self.changed.emit(before.params, after.params)
        if before.seed != after.seed:
            self.seed_changed.emit(after.seed)

    def _retranslate(self) -> None:
        stack = self.undo_stack
        for index in range(stack.count()):
            self._step(index).retranslate()
        # The stack does not notice that its commands have new names.
        stack.undoTextChanged.emit(stack.undoText())
        stack.redoTextChanged.emit(stack.redoText())


def checked_seed(seed: object) -> int:
    """``seed`` if it is a whole number from 0 to ``LARGEST_SEED``; ``Refused`` otherwise."""
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= LARGEST_SEED:
        raise _not_a_seed(seed)
    return seed


def parse_seed(text: str) -> int:
    """The seed that ``text`` spells, full-width digits included; ``Refused`` otherwise."""
    plain = normalized(text)
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 20):
        raise _not_a_seed(text)
    return checked_seed(int(plain))


def _not_a_seed(value: object) -> Refused:
    return Refused(Text("“{value}” is not a whole number from 0 to {most}.")(value=shortened(value), most=LARGEST_SEED))
