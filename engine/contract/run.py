"""A run's identity: experiment, parameters, seed and the journal of all live changes; sessions that store it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.contract.fields.file import not_carried
from engine.contract.history import SeedRange, ranges_json, read_ranges
from engine.contract.params import Params, fields_of
from engine.contract.plain_json import is_text, is_whole, read_json
from engine.contract.text import Refused, Text, enumerated, shortened
from engine.version import PROGRAM

if TYPE_CHECKING:
    from engine.contract.experiment import Experiment


@dataclass(frozen=True)
class LearnerCode:
    """A learner's code for an exercise, by the exercise's id. It never runs in the window's process and is not stored
    in sessions: a session is opened with the engine's own code. ``called`` says that a run has used it.
    """

    exercise: str
    source: str
    called: bool = field(default=False, compare=False)


SESSION_FORMAT = 1
LARGEST_SEED = 2**32 - 1
MOST_UPDATES = 10**9
MOST_ON_SHELF = 8
LONGEST_NAME = 80
"""So many runs stand on a shelf, and a name that somebody gave one has so many signs at most."""
_MOST_CHANGES = 100_000
_MADE = Text("This session was made with {then}. It is now computed by {now}, and numbers may differ.")
_EARLIER = Text("an earlier version of Layerwise")
_NOT_IN_IT = Text(
    "It was made with a file of your own, {names}, which is not in the session: what is shown here is made without it."
)
_GONE = Text("{made} Parameters that there are no more, left out: {names}.")
_NEW = Text("{made} Parameters that are new since then, at their defaults: {names}.")


@dataclass(frozen=True)
class Change:
    """One live change or edit by hand: ``path`` was set to ``value`` after ``at_update`` updates.

    ``path`` is the name of a live parameter or a place that the experiment accepts, such as ``weights[0][1,2]``;
    ``value`` is plain JSON.
    """

    at_update: int
    path: str
    value: Any

    def steers(self, params_type: type[Params]) -> bool:
        """Whether the run goes on otherwise with it, and not only something else is looked at."""
        fields = fields_of(params_type)
        return self.path not in fields or fields[self.path].steers


@dataclass(frozen=True)
class Run:
    """All that is needed to replay a run with the same frames, bit for bit on one machine.

    ``params`` are those at update 0; later values of live parameters stand in ``journal``, in order of ``at_update``.
    ``written`` is the learner's code that replaces the engine's; no file stores it.
    """

    experiment: str
    params: Params
    seed: int = 0
    journal: tuple[Change, ...] = ()
    written: tuple[LearnerCode, ...] = ()

    def __post_init__(self) -> None:
        if not is_whole(self.seed, LARGEST_SEED):
            raise Refused(
                Text("seed: {value} is not a whole number from 0 to {most}.")(
                    value=shortened(self.seed), most=LARGEST_SEED
                )
            )
        object.__setattr__(self, "journal", tuple(sorted(self.journal, key=lambda change: change.at_update)))

    def params_at(self, update: int) -> Params:
        """The parameters after so many updates, with the live changes made up to then."""
        fields = fields_of(type(self.params))
        made = [change for change in self.journal if change.at_update <= update and change.path in fields]
        return self.params.replaced({one.path: self.params.value_of(one.path, one.value) for one in made})

    def courses(self, update: int) -> dict[str, tuple[Any, ...]]:
        """For each parameter that steers a run and was changed in it, the values with which the first ``update``
        updates were computed, in order. One that was set there, and with which nothing was computed yet, is left out.
        """
        fields, set_at = fields_of(type(self.params)), dict[str, list[tuple[int, Any]]]()
        for one in self.journal:
            if one.at_update <= update and one.path in fields and fields[one.path].steers:
                values = set_at.setdefault(one.path, [(0, getattr(self.params, one.path))])
                values.append((one.at_update, self.params.value_of(one.path, one.value)))
        return {path: _computed_with(values, update) for path, values in set_at.items()}

    def set_by_hand(self, update: int) -> frozenset[str]:
        """The places at which numbers were set by hand in the first ``update`` updates."""
        fields = fields_of(type(self.params))
        return frozenset(one.path for one in self.journal if one.at_update <= update and one.path not in fields)


def _computed_with(set_at: Sequence[tuple[int, Any]], update: int) -> tuple[Any, ...]:
    """Of the values set at these updates those that were followed by an update before the next, no two alike in a row;
    the last one where nothing was computed at all.
    """
    ends = [*(at for at, _ in set_at[1:]), update]
    used = [value for (at, value), end in zip(set_at, ends, strict=True) if end > at] or [set_at[-1][1]]
    return tuple(value for number, value in enumerate(used) if number == 0 or value != used[number - 1])


@dataclass(frozen=True)
class Shelved:
    """A run on the shelf, the update up to which it is kept there, and its name if somebody gave it one.

    ``ranges`` are its figures over several seeds, once it was repeated with them.
    """

    run: Run
    update: int
    name: str = ""
    ranges: tuple[SeedRange, ...] = ()


@dataclass(frozen=True)
class Session:
    """What a session file holds: the run shown, the update at which it was saved, and the runs on the shelf, that is,
    pinned for comparison.

    ``notes`` say what may differ from when it was saved: because another version saved it, or because a file is not
    included.
    """

    run: Run
    update: int = 0
    notes: tuple[Text, ...] = field(default=(), compare=False)
    shelf: tuple[Shelved, ...] = ()

    def to_json(self) -> str:
        """The session as JSON text, one small self-contained file; no path is followed when it is read."""
        shelf = [_shelved_json(one) for one in self.shelf]
        return json.dumps(
            {
                "layerwise": SESSION_FORMAT,
                "program": PROGRAM,
                "experiment": self.run.experiment,
                **_place_json(self.run, self.update),
                **({"shelf": shelf} if shelf else {}),
            },
            ensure_ascii=False,
            indent=1,
        )


def _shelved_json(one: Shelved) -> dict[str, object]:
    repeats = {"repeats": ranges_json(one.ranges)} if one.ranges else {}
    return {"name": one.name, **_place_json(one.run, one.update), **repeats}


def _place_json(run: Run, update: int) -> dict[str, object]:
    return {
        "params": run.params.to_json(),
        "seed": run.seed,
        "journal": [[change.at_update, change.path, change.value] for change in run.journal],
        "update": update,
    }


def read_session(text: str, load: Callable[[str], Experiment[Any, Any]]) -> Session:
    """Parses and validates a session; ``load`` gives an experiment by its id or raises ``Refused``.

    Parameters that no longer exist are dropped from sessions of other versions, and ``notes`` name them.
    """
    try:
        data = read_json(text)
    except ValueError:
        raise _damaged(Text("it is not JSON")) from None
    if not isinstance(data, dict) or "layerwise" not in data or not isinstance(data.get("experiment"), str):
        raise _damaged(Text("it names no experiment of Layerwise"))
    if data["layerwise"] != SESSION_FORMAT:
        raise _damaged(
            Text("its format is {found}, this program reads {known}")(
                found=shortened(data["layerwise"]), known=SESSION_FORMAT
            )
        )
    experiment = load(data["experiment"])
    run, update, notes = _read_place(data, experiment, data.get("program"))
    rows = data.get("shelf", [])
    if not isinstance(rows, list) or len(rows) > MOST_ON_SHELF:
        raise _damaged(Text("its shelf is not a list of at most {most} runs")(most=MOST_ON_SHELF))
    shelf = tuple(_read_shelved(row, experiment, data.get("program")) for row in rows)
    return Session(run, update, notes, shelf)


def _read_shelved(row: object, experiment: Experiment[Any, Any], program: object) -> Shelved:
    name = row.get("name", "") if isinstance(row, dict) else None
    if not isinstance(row, dict) or not is_text(name, LONGEST_NAME) or not experiment.keeps_runs:
        raise _damaged(Text("its shelf has “{row}” on it, which is no run with a name")(row=shortened(row)))
    run, update, _ = _read_place(row, experiment, program)
    try:
        ranges = read_ranges(row["repeats"], update) if "repeats" in row else ()
    except ValueError:
        raise _damaged(
            Text("what its shelf says of several seeds of “{name}” are no ranges of numbers")(name=shortened(name))
        ) from None
    return Shelved(run, update, " ".join(name.split()), ranges)


def _read_place(
    data: dict[str, Any], experiment: Experiment[Any, Any], program: object
) -> tuple[Run, int, tuple[Text, ...]]:
    """Parses a run of an experiment and the update that it had reached, with notes about what has changed since."""
    values, gone = data.get("params", {}), frozenset[str]()
    notes: tuple[Text, ...] = ()
    if program != PROGRAM:
        values, gone, notes = _of_another_version(program, values, experiment)
    params = experiment.params_type.from_json(values)
    update = data.get("update", 0)
    if not is_whole(update, MOST_UPDATES):
        raise _damaged(
            Text("its update is {value}, not a whole number from 0 to {most}")(
                value=shortened(update), most=MOST_UPDATES
            )
        )
    journal = _read_journal(data.get("journal", []), experiment, gone)
    missing = [name for name in map(not_carried, values.values()) if name is not None]
    if missing:
        notes = (*notes, _NOT_IN_IT(names=enumerated([shortened(name) for name in missing])))
    return Run(experiment.id, params, data.get("seed", 0), journal), update, notes


def _of_another_version(
    program: object, values: object, experiment: Experiment[Any, Any]
) -> tuple[object, frozenset[str], tuple[Text, ...]]:
    """The parameter values that this version knows, the names of the unknown ones, and notes for the learner."""
    then = shortened(program, 30) if isinstance(program, str) else _EARLIER
    made = _MADE(then=then, now=PROGRAM)
    if not isinstance(values, Mapping):
        return values, frozenset(), (made,)
    fields = fields_of(experiment.params_type)
    gone = frozenset(name for name in values if name not in fields)
    new = [one.label for name, one in fields.items() if name not in values]
    if gone:
        made = _GONE(made=made, names=enumerated([shortened(name, 30) for name in sorted(gone)]))
    if new:
        made = _NEW(made=made, names=enumerated(new))
    return {name: value for name, value in values.items() if name in fields}, gone, (made,)


def _read_journal(rows: object, experiment: Experiment[Any, Any], gone: frozenset[str]) -> tuple[Change, ...]:
    if not isinstance(rows, list) or len(rows) > _MOST_CHANGES:
        raise _damaged(Text("its journal is not a list of at most {most} changes")(most=_MOST_CHANGES))
    read = (_read_change(row, experiment, gone) for row in rows)
    return tuple(change for change in read if change is not None)


def _read_change(row: object, experiment: Experiment[Any, Any], gone: frozenset[str]) -> Change | None:
    """The change in a row of the journal; None if its parameter no longer exists."""
    update, path, value = row if isinstance(row, list) and len(row) == 3 else (None, None, None)
    if isinstance(path, str) and path in gone:
        return None
    if not isinstance(path, str) or not is_whole(update, MOST_UPDATES):
        raise _damaged(
            Text("its journal has “{row}” in it, but a change is an update from 0 to {most}, a name and a value")(
                row=shortened(row), most=MOST_UPDATES
            )
        )
    try:
        return Change(update, path, experiment.checked_change(path, value))
    except Refused as refusal:
        raise Refused(Text("the change at update {update}: {reason}")(update=update, reason=refusal.text)) from None


def _damaged(reason: Text) -> Refused:
    return Refused(Text("This session cannot be read: {reason}.")(reason=reason))
