"""The model of the shelf, that is, of one experiment's pinned runs: to pin, rename, remove, repeat and save them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot

from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.run import LARGEST_SEED, LONGEST_NAME, MOST_ON_SHELF, Run, Shelved
from engine.contract.table import series_of
from engine.contract.text import Text
from engine.shelf.shelved_run import SEEDS, ShelvedRun, names_of, order_in_words, ranges_of_bands
from gui.form.editor import ParameterEditor
from gui.page.run_history import RunBefore
from gui.run.open_run import KeptRun
from gui.run.runner import Runner
from gui.shelf.pinned import Pinned, Repeat, from_file, pinned_run

BACK_TO_PINNED = Text("Back to “{name}”")


class PendingRunSwap:
    """Part of an undo step that went to a pinned run: on undo and redo it marks that the runs must be swapped, until
    ``take`` is called.
    """

    def __init__(self) -> None:
        self.is_due = False

    def undo(self) -> None:
        """Mark that the run before the step must be restored."""
        self.is_due = True

    def redo(self) -> None:
        """Mark that the pinned run must be restored again."""
        self.is_due = True

    def take(self) -> bool:
        """Return whether runs must be swapped now, and remove the mark."""
        due, self.is_due = self.is_due, False
        return due


FULL = Text("The shelf holds {most} runs. Take one off first: Delete, or the cross on its card.")
NO_ROOM = Text("The shelf holds {most} runs: {count} of the session's found no room on it.")
BEFORE, EARLIER = Text("before"), Text("earlier")
"""Names of the run that the last change replaced: the first if it is also the ghost behind the open run, else the
second.
"""
THERE_ALREADY = Text("This moment of the run is on the shelf already.")
_MOST_ORDERS = 4
_TAKEN_OFF = Text("Take a run off the shelf")


class Shelf(QObject):
    """At most eight pinned runs in order, and ``before``, the run that the last change replaced.

    ``changed`` is emitted whenever anything about the runs changed, ``said(text)`` when a run could not be pinned,
    ``looked_elsewhere`` when another entry of the open run may be shown, ``lit_changed`` when another run is ``lit``
    (highlighted). Removing a run is an undo step. The shelf is a child of the editor, since the page may be closed and
    reopened; ``swap`` is the part of the undo step that restores a run.
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
        self.name_of_before = BEFORE
        editor.gesture_ended.connect(self._take_offered)

    @property
    def runs(self) -> tuple[Pinned, ...]:
        """All pinned runs, in their order."""
        return tuple(self._runs)

    @property
    def stood(self) -> list[ShelvedRun]:
        """Parameters and series of measures of each pinned run, in their order."""
        return [one.stood for one in self._runs]

    def names(self) -> tuple[Text, ...]:
        """The runs' names: those given by the user, else made of the parameters in which the runs differ."""
        return names_of(self.experiment, self.stood)

    def orders(self) -> list[Text]:
        """At most four sentences on which of the runs repeated with several seeds is better than another."""
        pairs = zip(self.names(), self.stood, strict=True)
        repeated = [(name, bands) for name, one in pairs if (bands := one.bands())]
        return order_in_words(repeated)[:_MOST_ORDERS]

    def name_of(self, pinned: Pinned) -> Text:
        """The name of a run on this shelf."""
        return self.names()[self._runs.index(pinned)]

    @property
    def lit(self) -> Pinned | None:
        """The highlighted run, whose card or curve is under the mouse pointer; None if there is none."""
        return self._lit if self._lit in (self.before, *self._runs) else None

    @property
    def before(self) -> Pinned | None:
        """The run that the last change replaced; None if there is none or it is pinned itself. It does not count
        towards the eight.
        """
        before = self._before
        return None if before is None or any(one.is_same_moment(before.moment) for one in self._runs) else before

    def show_before(self, before: RunBefore | None, name: Text = BEFORE) -> None:
        """Set the run that the last change replaced, None if there is none, and its name.

        During a drag a new run takes effect only at its end.
        """
        self._offered = before.kept if before is not None else None
        if name != self.name_of_before:
            self.name_of_before = name
            self.changed.emit()
        if not self._editor.gesture:
            self._take_offered()

    @Slot()
    def _take_offered(self) -> None:
        kept = self._offered if self.experiment.keeps_runs else None
        if kept is not (self._before.kept if self._before is not None else None):
            self._before = pinned_run(self.experiment, kept) if kept is not None else None
            self.changed.emit()

    def light(self, pinned: Pinned | None) -> None:
        """Highlight a run in the row and in the plots; None for none."""
        if pinned is not self._lit:
            self._lit = pinned
            self.lit_changed.emit()

    def pin(self) -> None:
        """Pin the open run up to the entry shown; does nothing before its first frame."""
        kept = self._runner.copied()
        if kept is None or self._runner.experiment is not self.experiment:
            return
        self._put(pinned_run(self.experiment, kept))

    def pin_before(self) -> None:
        """Pin the run that the last change replaced."""
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
        """Rename a run; with "" the program names it by its parameters."""
        pinned.rename(" ".join(name.split())[:LONGEST_NAME])
        self.changed.emit()

    def take_off(self, pinned: Pinned) -> None:
        """Remove a run, as an undo step."""
        self.stop_repeating(pinned)
        step = _TakenOff(self, pinned, self._runs.index(pinned))
        step.redo()
        self._editor.add_step(_TAKEN_OFF, step)

    def can_be_repeated(self, pinned: Pinned) -> bool:
        """Whether other seeds would change the run and it was not repeated with them yet, nor is being repeated."""
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
        """Play the run with further seeds in the background, so that there are ``SEEDS`` in all; the ranges of its
        measures follow once all are done.
        """
        if self.can_be_repeated(pinned):
            first = pinned.stood.seed
            seeds = [(first + step) % (LARGEST_SEED + 1) for step in range(1, SEEDS)]
            pinned.stood = dataclasses.replace(pinned.stood, repeats=(), ranges=())
            pinned.repeating = [Repeat(pinned, seed) for seed in seeds]
            for one in pinned.repeating:
                self._play_aside(one, one.run, pinned.stood.update)
            self.changed.emit()

    def stop_repeating(self, pinned: Pinned) -> None:
        """Stop playing the run with further seeds; those not done yet are dropped."""
        if pinned.repeating:
            self._runner.aside.drop(pinned.repeating)
            pinned.repeating = []
            self.changed.emit()

    def put_back(self, pinned: Pinned, place: int) -> None:
        """Put a removed run back at the index ``place``, if the shelf is not full."""
        if len(self._runs) < MOST_ON_SHELF:
            self._runs.insert(place, pinned)
            self.changed.emit()
        else:
            self.said.emit(FULL(most=MOST_ON_SHELF))

    def let_go(self, pinned: Pinned) -> None:
        """Remove a run, without an undo step."""
        self._runs = [one for one in self._runs if one is not pinned]
        self.changed.emit()

    def shown_one(self) -> Pinned | None:
        """The pinned run whose pinned frame the stage shows; None if there is none."""
        runner = self._runner
        entry = runner.entry if runner.experiment is self.experiment else None
        if entry is None:
            return None
        return next((one for one in self._runs if one.stood.update == entry.update and runner.has(one.moment)), None)

    # In sessions

    def shelved(self) -> tuple[Shelved, ...]:
        """The runs as they are saved in a session, without those played with the learner's code."""
        return tuple(
            dataclasses.replace(one.moment, ranges=ranges_of_bands(one.stood.bands()) or one.stood.ranges)
            for one in self._runs
            if not one.moment.run.written
        )

    def take_in(self, shelved: Sequence[Shelved]) -> None:
        """Add the runs of a session; their series follow once they are played."""
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
        """Set the series of a run that was played in the background. ``ticket`` is its ``Pinned`` or ``Repeat``; does
        nothing if that is not of this shelf.
        """
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
    """Part of the undo step of removing a run from the shelf."""

    def __init__(self, shelf: Shelf, pinned: Pinned, place: int) -> None:
        self._shelf, self._pinned, self._place = shelf, pinned, place

    def undo(self) -> None:
        """Put the run back at its former index."""
        self._shelf.put_back(self._pinned, self._place)

    def redo(self) -> None:
        """Remove the run from the shelf."""
        self._shelf.let_go(self._pinned)
