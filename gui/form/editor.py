"""The parameter editor: all changes of an experiment's parameters are made in it and can be undone. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from engine.contract.experiment import Experiment, Preset
from engine.contract.numerals import normalized
from engine.contract.params import Params, field_of, fields_of
from engine.contract.plain_json import is_whole
from engine.contract.run import LARGEST_SEED, Run
from engine.contract.text import Refused, Text, shortened
from gui.form.command import Aftermath, EditCommand, FormState
from gui.style.appearance import appearance

DEFAULT_SEED = 0

_UNDO_LIMIT = 1000


_RESTORED = Text("Restore defaults")


@dataclass(frozen=True)
class UndoPosition:
    """A position in the editor's undo stack: the number of steps before it, and the parameters and seed there."""

    steps: int
    state: FormState


class ParameterEditor(QObject):
    """Holds the parameters and the seed of one experiment; all changes go through here.

    ``changed(before, after)`` and ``seed_changed(seed)`` are emitted when the editor and ``undo_stack`` already have
    the new state; ``refused(name, reason)`` when a change was not allowed and nothing changed: ``name`` is the
    parameter, ``seed``, or empty if several are at fault. ``put_again(path, value)`` asks for a value of the run's
    state to be set, on undo or redo of an edit by hand. ``held_back()`` is emitted when a change was refused because a
    parameter is locked, ``gesture_ended()`` at the end of a gesture such as a drag: the next change is a new undo step.
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
        self._state = FormState(experiment.params_type() if params is None else params, checked_seed(seed))
        self._announced = self._state
        self._place = self.place
        self.place_before = self._place
        """The undo position before the change that was last emitted."""
        self._gesture = ""
        self._series = 0
        self._replaying = self._joining = False
        self._held: Mapping[str, object] = {}
        self._holds_seed = False
        self.undo_stack.indexChanged.connect(self._announce)
        appearance().language_changed.connect(self._retranslate)

    @property
    def params(self) -> Params:
        """The current parameters."""
        return self._state.params

    @property
    def seed(self) -> int:
        """The current random seed, 0 to ``LARGEST_SEED``."""
        return self._state.seed

    @property
    def state(self) -> FormState:
        """The current parameters and seed."""
        return self._state

    @property
    def gesture(self) -> str:
        """The name of the gesture under way, such as a drag; "" if there is none."""
        return self._gesture

    @property
    def place(self) -> UndoPosition:
        """The current position in the undo stack."""
        return UndoPosition(self.undo_stack.index(), self._state)

    @property
    def before_last_step(self) -> Params:
        """The parameters before the last undo step; during a gesture, those at its start."""
        stack = self.undo_stack
        return self._step(stack.index() - 1).before.params if stack.canUndo() else self.params

    @property
    def was_restored(self) -> bool:
        """Whether the last undo step restored the defaults."""
        stack = self.undo_stack
        return stack.canUndo() and self._step(stack.index() - 1).title is _RESTORED

    @property
    def is_replaying(self) -> bool:
        """Whether the change that is being emitted comes from undo or redo."""
        return self._replaying

    @property
    def uses_seed(self) -> bool:
        """Whether the experiment draws random numbers."""
        return self.experiment.uses_seed

    # Changing

    def hold(self, held: Mapping[str, object], seed: bool = False) -> None:
        """Lock these parameters (name to value) and, if ``seed``, the seed: only ``set_run`` and undo may change them.

        A locked parameter to which ``set_run`` has given another value may be set back to its value in ``held``.
        """
        self._held, self._holds_seed = held, seed

    def change(self, changes: Mapping[str, object], gesture: str = "") -> bool:
        """Set parameters, all or none; False if they were refused.

        Calls with the same non-empty ``gesture`` form one undo step until ``end_gesture``; a gesture that ends where it
        began leaves none.
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
        self._go_to(FormState(params, self.seed), gesture=(self._series, gesture) if gesture else None)
        return True

    def end_gesture(self) -> None:
        """End the gesture; the next change is a new undo step."""
        self._gesture = ""
        self._series += 1
        self.gesture_ended.emit()

    def set_seed(self, seed: int) -> bool:
        """Set the random seed; False if it was refused."""
        if self._holds_seed and seed != self.seed:
            self.held_back.emit()
            return False
        try:
            self._go_to(FormState(self.params, checked_seed(seed)))
        except Refused as refusal:
            self.refused.emit("seed", refusal.text)
            return False
        return True

    def restore_defaults(self) -> None:
        """Restore all defaults, view parameters and seed included, in one undo step."""
        self.end_gesture()
        seed = DEFAULT_SEED if self.uses_seed and not self._holds_seed else self.seed
        if not self._is_held_back(self.defaults()):
            self._go_to(FormState(self.defaults(), seed), title=_RESTORED)

    def apply_preset(self, preset: Preset) -> bool:
        """Set all parameters to their defaults with the preset's changes, in one undo step. View parameters keep their
        values, except those that name a moment of the old run. False if this was refused.
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
        self._go_to(FormState(params, self.seed), title=title)
        return True

    def set_run(self, params: Params, seed: int, title: Text) -> bool:
        """Set the parameters and seed of another run in one undo step called ``title``, even locked ones; False if the
        seed was refused.
        """
        self.end_gesture()
        try:
            self._go_to(FormState(params, checked_seed(seed)), title=title)
        except Refused as refusal:
            self.refused.emit("seed", refusal.text)
            return False
        return True

    def add_step(self, title: Text, aftermath: Aftermath) -> None:
        """Add an undo step that changes no parameters and has already happened; ``aftermath`` undoes it."""
        self.end_gesture()
        self._push(EditCommand(self._take, self._state, self._state, title=title, aftermath=aftermath))

    def make_step(self, index: int, title: Text, aftermath: Aftermath) -> None:
        """Merge the steps since ``index`` of the undo stack into one with an ``aftermath``; if there are none, add a
        step called ``title``.
        """
        if self.undo_stack.index() == index:
            self.add_step(title, aftermath)
        else:
            self.join_since(index, aftermath)

    def join_since(self, index: int, aftermath: Aftermath) -> None:
        """Merge all steps since ``index`` of the undo stack into one with an ``aftermath``, without emitting signals of
        a change.
        """
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
        """The first of these presets that equals the present parameters, view parameters aside; None if none does."""
        looked_at, params = self._looked_at(), self.params
        for preset in presets:
            try:
                if self._with_preset(preset, looked_at) == params:
                    return preset
            except Refused:
                pass
        return None

    def asks_for_another(self, run: Run | None) -> bool:
        """Whether the parameters that need a restart, or the seed, differ from those of ``run``; False for None."""
        if run is None:
            return False
        return bool(self.params.differing_by(run.params, "restart")) or (self.uses_seed and run.seed != self.seed)

    # Inside

    def _looked_at(self) -> dict[str, object]:
        """Names and values of the view parameters that a preset leaves unchanged."""
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
        """Whether these parameters would change a locked one; emits ``held_back`` if so."""
        if not self._held:
            return False
        changed = set(params.differing(self.params)) & self._held.keys()
        if all(getattr(params, name) == self._held[name] for name in changed):
            return False
        self.held_back.emit()
        return True

    def _step(self, index: int) -> EditCommand:
        """The command at ``index`` of the undo stack."""
        command = self.undo_stack.command(index)
        assert isinstance(command, EditCommand)
        return command

    def _go_to(self, state: FormState, gesture: tuple[int, str] | None = None, title: Text | None = None) -> None:
        if state != self._state:
            self._push(EditCommand(self._take, self._state, state, gesture, title))

    def _push(self, command: EditCommand) -> None:
        stack = self.undo_stack
        if not (stack.canUndo() and self._step(stack.index() - 1).takes_in(command)):
            command.retranslate()
        stack.push(command)

    def _take(self, state: FormState, replayed: bool) -> None:
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
    if not is_whole(seed, LARGEST_SEED):
        raise _not_a_seed(seed)
    return seed


def parse_seed(text: str) -> int:
    """The seed that was typed as ``text``, in which full-width digits are allowed; ``Refused`` if it is none."""
    plain = normalized(text)
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 20):
        raise _not_a_seed(text)
    return checked_seed(int(plain))


def _not_a_seed(value: object) -> Refused:
    return Refused(Text("“{value}” is not a whole number from 0 to {most}.")(value=shortened(value), most=LARGEST_SEED))
