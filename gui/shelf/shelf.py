"""The runs on one experiment's shelf: put there, renamed, taken off, carried by sessions."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot

from engine.contract.experiment import Experiment
from engine.contract.output.frame import Frame
from engine.contract.output.measure import series_of
from engine.contract.params import Params
from engine.contract.run.run import LARGEST_SEED, LONGEST_NAME, MOST_ON_SHELF, Run, Shelved
from engine.contract.text.text import Text
from engine.shelf.naming import names_of
from engine.shelf.repeats import SEEDS, order_in_words, ranges_of_bands
from engine.shelf.shelved_run import ShelvedRun
from gui.form.editor import ParameterEditor
from gui.page.run_history import RunBefore
from gui.run.open_run import KeptRun
from gui.run.runner import Runner
from gui.shelf.pending_run_swap import PendingRunSwap
from gui.shelf.pinned import Pinned, Repeat, from_file, pinned_run

FULL = Text("The shelf holds {most} runs. Take one off first: Delete, or the cross on its card.")
NO_ROOM = Text("The shelf holds {most} runs: {count} of the session's found no room on it.")
BEFORE = Text("before")
"""What the run is called that a change threw away."""
THERE_ALREADY = Text("This moment of the run is on the shelf already.")
_MOST_ORDERS = 4
_TAKEN_OFF = Text("Take a run off the shelf")


class Shelf(QObject):
    """At most eight runs in the order in which they were pinned, and ``before`` them the one that a change threw away.

    ``changed`` follows whenever something about them is another, ``said(text)`` when one could not be put there.
    ``looked_elsewhere`` says that another moment may be looked at now, ``lit_changed`` that another run is ``lit``.
    Taking one off is a step of undo.
    It lives with the editor, whose page may be let go and come back; ``swap`` is the step of undo of going to one.
    """

    changed = Signal()
    said = Signal(object)
    looked_elsewhere = Signal()
    lit_changed = Signal()

    def __init__(self, experiment: Experiment, runner: Runner, editor: ParameterEditor) -> None:
        super().__init__(editor)
        self.experiment, self.swap = experiment, PendingRunSwap()
        self._runner, self._editor = runner, editor
        self._runs: list[Pinned] = []
        self._lit: Pinned | None = None
        self._before: Pinned | None = None
        self._offered: KeptRun | None = None
        editor.gesture_ended.connect(self._take_offered)

    @property
    def runs(self) -> tuple[Pinned, ...]:
        """All that stand there."""
        return tuple(self._runs)

    @property
    def stood(self) -> list[ShelvedRun]:
        """What is told of all."""
        return [one.stood for one in self._runs]

    def names(self) -> tuple[Text, ...]:
        """What they are called, by what differs between them."""
        return names_of(self.experiment, self.stood)

    def orders(self) -> list[Text]:
        """What several seeds say of the runs that were repeated, the first few of it."""
        pairs = zip(self.names(), self.stood, strict=True)
        repeated = [(name, bands) for name, one in pairs if (bands := one.bands())]
        return order_in_words(repeated)[:_MOST_ORDERS]

    def name_of(self, pinned: Pinned) -> Text:
        """What one of them is called."""
        return self.names()[self._runs.index(pinned)]

    @property
    def lit(self) -> Pinned | None:
        """The run that the pointer means, by its card or by its curve."""
        return self._lit if self._lit in (self.before, *self._runs) else None

    @property
    def before(self) -> Pinned | None:
        """The run that the last change threw away, unless it was pinned too; it counts for none of the eight."""
        before = self._before
        return None if before is None or any(one.is_same_moment(before.moment) for one in self._runs) else before

    def show_before(self, before: RunBefore | None) -> None:
        """Have this run, which the undo of the editor keeps, stand before the others; None for none.

        While something is dragged nothing moves: it comes at the end of that.
        """
        self._offered = before.kept if before is not None else None
        if not self._editor.gesture:
            self._take_offered()

    @Slot()
    def _take_offered(self) -> None:
        kept = self._offered if self.experiment.keeps_runs else None
        if kept is not (self._before.kept if self._before is not None else None):
            self._before = pinned_run(self.experiment, kept) if kept is not None else None
            self.changed.emit()

    def light(self, pinned: Pinned | None) -> None:
        """Have a run stand out, or none."""
        if pinned is not self._lit:
            self._lit = pinned
            self.lit_changed.emit()

    def pin(self) -> None:
        """Put the run there as it is looked at now; nothing before its first frame."""
        kept = self._runner.copied()
        if kept is None or self._runner.experiment is not self.experiment:
            return
        self._put(pinned_run(self.experiment, kept))

    def pin_before(self) -> None:
        """Make the run before one of those that were pinned."""
        before = self.before
        if before is not None and before.kept is not None:
            self._put(pinned_run(self.experiment, before.kept.copied_at(before.stood.update)))

    def _put(self, made: Pinned) -> None:
        if any(one.is_same_moment(made.moment) for one in self._runs):
            self.said.emit(THERE_ALREADY)
        elif len(self._runs) == MOST_ON_SHELF:
            self.said.emit(FULL(most=MOST_ON_SHELF))
        else:
            self._runs.append(made)
            self.changed.emit()

    def rename(self, pinned: Pinned, name: str) -> None:
        """Call a run by this name; empty has the program name it again."""
        pinned.rename(" ".join(name.split())[:LONGEST_NAME])
        self.changed.emit()

    def take_off(self, pinned: Pinned) -> None:
        """Take a run off the shelf."""
        self.stop_repeating(pinned)
        step = _TakenOff(self, pinned, self._runs.index(pinned))
        step.redo()
        self._editor.add_step(_TAKEN_OFF, step)

    def can_be_repeated(self, pinned: Pinned) -> bool:
        """Whether other seeds would make other runs of it, and are not played or under way already."""
        stood, experiment = pinned.stood, self.experiment
        return (
            experiment.uses_seed
            and experiment.seed_matters(stood.params)
            and stood.series is not None
            and not pinned.moment.run.written
            and not pinned.repeating
            and not stood.bands()
        )

    def repeat(self, pinned: Pinned) -> None:
        """Play it with other seeds, five in all, beside the window; its ranges follow."""
        if self.can_be_repeated(pinned):
            first = pinned.stood.seed
            seeds = [(first + step) % (LARGEST_SEED + 1) for step in range(1, SEEDS)]
            pinned.stood = dataclasses.replace(pinned.stood, repeats=(), ranges=())
            pinned.repeating = [Repeat(pinned, seed) for seed in seeds]
            for one in pinned.repeating:
                self._play_aside(one, one.run, pinned.stood.update)
            self.changed.emit()

    def stop_repeating(self, pinned: Pinned) -> None:
        """Play it with no further seed."""
        if pinned.repeating:
            self._runner.aside.drop(pinned.repeating)
            pinned.repeating = []
            self.changed.emit()

    def put_back(self, pinned: Pinned, place: int) -> None:
        """Put a run that was taken off where it stood; nothing where there is no room any more."""
        if len(self._runs) < MOST_ON_SHELF:
            self._runs.insert(place, pinned)
            self.changed.emit()
        else:
            self.said.emit(FULL(most=MOST_ON_SHELF))

    def let_go(self, pinned: Pinned) -> None:
        """Have a run stand there no more, without a step of undo."""
        self._runs = [one for one in self._runs if one is not pinned]
        self.changed.emit()

    def shown_one(self) -> Pinned | None:
        """The run of which the pinned moment is looked at now."""
        runner = self._runner
        entry = runner.entry if runner.experiment is self.experiment else None
        if entry is None:
            return None
        return next((one for one in self._runs if one.stood.update == entry.update and runner.has(one.moment)), None)

    # In sessions

    def shelved(self) -> tuple[Shelved, ...]:
        """What a session carries; what was played with code of the learner's stays here, as that code does."""
        return tuple(
            dataclasses.replace(one.moment, ranges=ranges_of_bands(one.stood.bands()) or one.stood.ranges)
            for one in self._runs
            if not one.moment.run.written
        )

    def take_in(self, shelved: Sequence[Shelved]) -> None:
        """Put there what a session carried, beside what stands there; its figures follow as it is played."""
        new = [one for one in shelved if not any(other.is_same_moment(one) for other in self._runs)]
        room = MOST_ON_SHELF - len(self._runs)
        made = [from_file(one) for one in new[:room]]
        if len(new) > room:
            self.said.emit(NO_ROOM(most=MOST_ON_SHELF, count=len(new) - room))
        if made:
            self._runs += made
            for one in made:
                self._play_aside(one, one.moment.run, one.moment.update)
            self.changed.emit()

    @Slot(object, object, object)
    def _show_figures(self, ticket: object, params: Params, frame: Frame) -> None:
        """What was played beside the window; of a shelf in another experiment it is none of this one's."""
        pinned = ticket.pinned if isinstance(ticket, Repeat) else ticket
        if not isinstance(pinned, Pinned) or pinned not in self._runs:
            return
        tables = self.experiment.main_tables(params, frame)
        series, stood = series_of(tables, self.experiment.measures, self.experiment.unit_ids), pinned.stood
        if not isinstance(ticket, Repeat):
            pinned.stood, pinned.played = (
                dataclasses.replace(stood, update=frame.update, series=series),
                (params, frame),
            )
        elif ticket in pinned.repeating:
            pinned.repeating.remove(ticket)
            pinned.stood = dataclasses.replace(stood, repeats=(*stood.repeats, series))
        self.changed.emit()

    def _play_aside(self, ticket: object, run: Run, update: int) -> None:
        self._runner.aside.played.connect(self._show_figures, Qt.ConnectionType.UniqueConnection)
        self._runner.aside.play(ticket, self.experiment, run, update)


class _TakenOff:
    """A step of undo: one run is taken off the shelf."""

    def __init__(self, shelf: Shelf, pinned: Pinned, place: int) -> None:
        self._shelf, self._pinned, self._place = shelf, pinned, place

    def undo(self) -> None:
        """Put it back where it stood."""
        self._shelf.put_back(self._pinned, self._place)

    def redo(self) -> None:
        """Take it off."""
        self._shelf.let_go(self._pinned)
