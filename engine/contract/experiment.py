"""The base classes of experiments: their declarations, their run, and the methods that describe a frame.

An experiment's main picture is called its stage.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Literal, TypeVar, get_args

from engine.contract.frame import Frame
from engine.contract.handle import Handle, Position, ProbePoint, Slide
from engine.contract.params import Params, fields_of
from engine.contract.protocol import Process, Progress, RandomStreams, Steps, Still, drive
from engine.contract.table import Column, Measure, Table
from engine.contract.text import Refused, Text, shortened
from engine.contract.working import WorkingStep

P = TypeVar("P", bound=Params)
F = TypeVar("F", bound=Frame)

Shape = Literal["picture", "walk", "run"]


@dataclass(frozen=True)
class Unit:
    """A unit in which the steps of a run are counted, such as update or epoch; ``id`` is its name in requests and
    files.

    ``name`` follows a number, in Chinese with its measure word (第 3 个样本); ``kind`` stands alone (按样本).
    """

    id: str
    name: Text
    kind: Text | None = None


@dataclass(frozen=True)
class Amount:
    """A count of a unit, such as 3 epochs: how far to play."""

    count: int
    unit: str


@dataclass(frozen=True)
class Pace:
    """The normal playing speed: ``per_second`` units are played each second, so that the interesting part lasts 8 to 20
    seconds.
    """

    per_second: float
    unit: str


@dataclass(frozen=True)
class Preset:
    """A named set of parameters: the defaults with some ``changes``."""

    id: str
    label: Text
    changes: Mapping[str, object]


@dataclass(frozen=True)
class Probe:
    """The tooltip for the point under the mouse pointer: one sentence."""

    text: Text


@dataclass(frozen=True)
class CodeMark:
    """A piece of source code to be highlighted in the Code panel; ``function`` names one of the experiment's ``code``
    functions.
    """

    function: str
    fragment: str


class Experiment(ABC, Generic[P, F]):
    """Base of all experiments; subclass ``Picture``, ``Walk`` or ``Training`` in a module whose name becomes the id.

    ``title`` is in two parts, the short name and one line; ``code`` are the engine functions that a run calls, whose
    source the Code panel shows; ``code_for_comparison`` are shown there for comparison only, such as a plainer version.
    Views compute nothing: all that they show comes from a frame or from a method here. ``uses_seed``: the run draws
    random numbers, so the seed gets a control. ``keeps_runs``: runs can be put on the shelf, that is, pinned for
    comparison by ``measures`` (default: the columns of the first table that has a row for each update or epoch of the
    run). ``answers_at_once``: a live change has a visible effect even after the run has ended. ``keeps_network``: the
    run's process can return its network, to be saved. ``params_type`` and ``frame_type`` come from the type arguments
    of the base: ``Picture[SineParams, SineFrame]``.
    """

    id: ClassVar[str]
    chapter: ClassVar[int]
    shape: ClassVar[Shape]

    order: ClassVar[int]
    title: ClassVar[Text]
    params_type: type[P]
    frame_type: type[F]
    units: ClassVar[tuple[Unit, ...]]
    opening: ClassVar[Amount | None] = None
    pace: ClassVar[Pace | None] = None
    default_steps: ClassVar[Amount | None] = None
    uses_seed: ClassVar[bool] = False
    keeps_runs: ClassVar[bool] = False
    measures: ClassVar[tuple[Measure, ...]] = ()
    answers_at_once: ClassVar[bool] = False
    keeps_network: ClassVar[bool] = False
    presets: ClassVar[tuple[Preset, ...]] = ()
    code: ClassVar[tuple[Callable[..., object], ...]] = ()
    code_for_comparison: ClassVar[tuple[Callable[..., object], ...]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        *_, package, cls.id = ("", *cls.__module__.split("."))
        digits = package.removeprefix("ch").partition("_")[0]
        cls.chapter = int(digits) if digits.isdigit() else 0
        for base in vars(cls).get("__orig_bases__", ()):
            types = get_args(base)
            if len(types) == 2 and all(isinstance(one, type) for one in types):
                cls.params_type, cls.frame_type = types

    def owns(self, params: object, frame: object) -> bool:
        """Whether parameters and a frame belong to this experiment; they are recognised by their types, which no two
        experiments share.
        """
        return isinstance(params, self.params_type) and isinstance(frame, self.frame_type)

    @property
    def unit_ids(self) -> tuple[str, ...]:
        """The ids of ``units``; the first of these units is one update."""
        return tuple(unit.id for unit in self.units)

    def opening_for(self, params: P) -> Amount | None:
        """How far a new run with these parameters is played before it pauses for the first time: ``opening``, unless
        that would be slow.
        """
        return self.opening

    def way_to_opening(self, params: P) -> Amount:
        """``opening_for`` as an amount that a player can play; 0 updates if the run pauses at its beginning."""
        return self.opening_for(params) or Amount(0, self.units[0].id)

    def reopening(self, before: P, after: P, reached: int) -> Amount | None:
        """How far a run that was restarted by a change of parameters is played before it pauses. By default
        ``opening_for`` the new parameters.

        ``reached`` is the update up to which the old run had been viewed.
        """
        return self.opening_for(after)

    def pace_for(self, params: P) -> Pace | None:
        """The normal speed of a run with these parameters: ``pace``, unless runs differ much in length."""
        return self.pace

    def default_steps_for(self, params: P) -> Amount | None:
        """How far ``render`` and 'to the end' play a run with these parameters; None means to the run's end."""
        return self.default_steps

    def seen_back(self, then: F, now: F) -> F | None:
        """An earlier frame ``then``, changed to show the object that is selected in the newest frame ``now``, such as
        the same image; None where only replaying the run could compute that.
        """
        return None

    def seed_matters(self, params: P) -> bool:
        """Whether a run with these parameters draws random numbers, so that another seed gives another run."""
        return self.uses_seed

    def has_course(self, params: P) -> bool:
        """Whether a run with these parameters has more than one frame, so that it can be played and stepped through."""
        return self.shape != "picture"

    @abstractmethod
    def start(self, params: P, seed: int) -> Steps:
        """Returns the run as a generator that receives requests and yields answers (see ``protocol``)."""

    def checked_change(self, path: str, value: object) -> Any:
        """Validates a live change and returns ``value`` as the journal (the run's list of live changes) stores it;
        ``Refused`` unless the run accepts a change of ``path``.

        ``path`` is the name of a parameter. Overridden where a run also accepts array elements, such as
        ``weights[0][1,2]``.
        """
        fields = fields_of(self.params_type)
        if path not in fields or fields[path].effect != "live":
            live = [name for name, field in fields.items() if field.effect == "live"]
            raise Refused(
                Text("“{path}” cannot be changed while it runs; what can: {live}.")(
                    path=shortened(path), live=", ".join(live) or Text("no parameter")
                )
            )
        return fields[path].to_json(self.params_type.value_of(path, value))

    def place_change(self, params: P, frame: F, path: str, value: Any) -> Text | None:
        """Describes a live change of one array element, such as ``W1[0,2]``, in words; None if the frame has no such
        element.

        Overridden together with ``checked_change`` and ``value_at`` by experiments whose run accepts changes of array
        elements.
        """
        return None

    def value_at(self, params: P, frame: F, path: str) -> Any:
        """The run's value of an array element, such as ``W1[0,2]``; None if the frame has no such element."""
        return None

    @abstractmethod
    def headline(self, params: P, frame: F) -> Text:
        """One sentence with this frame's numbers. It is the headline, the plots' caption and description for screen
        readers, and what ``render`` prints.
        """

    @abstractmethod
    def main_tables(self, params: P, frame: F) -> tuple[Table, ...]:
        """The tables with the plotted data, the most important first."""

    def tables(self, params: P, frame: F) -> tuple[Table, ...]:
        """All tables: ``main_tables`` and, if there is one, the worked calculation as the last."""
        lines = self.working(params, frame)
        if not lines:
            return self.main_tables(params, frame)
        working = Table(
            "working",
            (
                Column("left", [line.left for line in lines], label=Text("quantity")),
                Column("formula", [line.formula() for line in lines], label=Text("formula")),
                Column("numbers", [line.arithmetic() for line in lines], label=Text("with numbers")),
                Column("result", [line.result for line in lines], label=Text("result")),
            ),
            Text("working"),
        )
        return (*self.main_tables(params, frame), working)

    def working(self, params: P, frame: F) -> tuple[WorkingStep, ...]:
        """The worked calculation of the selected value, with its numbers inserted step by step; empty if there is
        none.
        """
        return ()

    def probe(self, params: P, frame: F, spot: ProbePoint) -> Probe | None:
        """The tooltip for a point of the main picture, or None. Depends on the arguments only; takes less than 5 ms."""
        return None

    def handles(self, params: P, frame: F) -> tuple[Handle, ...]:
        """The objects that can be dragged in the main picture, in the order in which Tab visits them."""
        return ()

    def drag(self, params: P, frame: F, handle: str, place: Position) -> Mapping[str, object]:
        """The parameter changes that bring a handle to ``place``, or as near as its limits allow. By default only a
        ``Slide`` handle is moved, which computes its change itself; KeyError for any other.
        """
        for one in self.handles(params, frame):
            if one.id == handle and isinstance(one, Slide):
                return one.moved_to(place, params)
        raise KeyError(handle)

    def click(self, params: P, frame: F, handle: str) -> Mapping[str, object]:
        """The parameter changes made by clicking a handle, or by Enter on it; empty where it does nothing."""
        return {}

    def click_at(self, params: P, frame: F, spot: ProbePoint) -> Mapping[str, object]:
        """The parameter changes made by a click that hits no handle; empty where it does nothing."""
        return {}

    def pointed_at(self, params: P, frame: F, spot: ProbePoint) -> Mapping[str, object]:
        """Temporary values of view parameters while the pointer is at a point, such as what it highlights; empty where
        there are none.
        """
        return {}

    def remove(self, params: P, frame: F, handle: str) -> Mapping[str, object]:
        """The parameter changes that delete the object of a handle (Delete key); empty if it must not be deleted."""
        return {}

    def add(self, params: P, frame: F, place: Position) -> Mapping[str, object]:
        """The parameter changes that add an object at a place (double click); empty where nothing can be added."""
        return {}

    def settle(self, params: P, changes: Mapping[str, Any]) -> Mapping[str, object]:
        """Returns ``changes`` extended by the changes of other fields that they require.

        Only called for changes made in the window; values from a file or the command line are taken as they are.
        """
        return changes

    def moving_on(self, params: P) -> Mapping[str, object]:
        """The parameter changes to be made when the run is stepped, played, scrubbed or restarted, such as clearing a
        selected step, so that the new state is seen; empty for none.
        """
        return {}

    def shown_values(self, params: P, frame: F) -> Mapping[str, object]:
        """Values that the form shows instead of the parameters' own, taken from the frame, such as the index of an
        image that was searched for.
        """
        return {}

    def entered(self, params: P, frame: F, name: str, value: Any) -> Mapping[str, object]:
        """The parameter changes when a person edits, in the form, a field whose shown value comes from
        ``shown_values``.
        """
        return {name: value}

    def code_mark(self, params: P, frame: F) -> CodeMark | None:
        """The piece of code that computed this frame, to be highlighted in the Code panel; None for none."""
        return None


class Picture(Experiment[P, F]):
    """An experiment that computes a single frame from its parameters."""

    shape = "picture"
    units = (Unit("update", Text("update", context="unit of a run")),)

    def start(self, params: P, seed: int) -> Steps:
        return drive(lambda: _still(self.compute(params, RandomStreams(seed))), self.unit_ids)

    @abstractmethod
    def compute(self, params: P, streams: RandomStreams) -> F | Generator[Progress, None, F]:
        """Returns the frame; if that takes over 50 ms, as a generator that yields ``Progress``."""


class Walk(Experiment[P, F]):
    """An experiment with a fixed list of stops, each of which is a frame; the first of ``units`` is what a stop is
    called (cell, node, phase).
    """

    shape = "walk"

    def counts_at(self, params: P, index: int) -> tuple[int, ...]:
        """The number of completed units of each kind at the stop ``index``; override it where there is more than one
        unit.
        """
        return (index,)

    def start(self, params: P, seed: int) -> Steps:
        return drive(lambda: self._begun(params), self.unit_ids)

    def prepare(self, params: P) -> Generator[Progress, None, object]:
        """Loads what the stops need, such as a file, before the first stop, and yields progress; by default does
        nothing.
        """
        yield from ()
        return None

    def _begun(self, params: P) -> Generator[Progress, None, Process]:
        yield from self.prepare(params)
        return _Stops(self, params)

    @abstractmethod
    def last_stop(self, params: P) -> int:
        """The index of the last stop; the first is 0."""

    @abstractmethod
    def stop(self, params: P, index: int) -> F:
        """The frame at a stop, with its ``update``, ``counts`` and ``finished`` set; ``index`` goes from 0 to
        ``last_stop``.
        """


class Training(Experiment[P, F]):
    """An experiment that trains or otherwise updates a state step by step."""

    shape = "run"
    keeps_runs = True

    def start(self, params: P, seed: int) -> Steps:
        return drive(lambda: self.begin(params, RandomStreams(seed)), self.unit_ids)

    @abstractmethod
    def begin(self, params: P, streams: RandomStreams) -> Process | Generator[Progress, None, Process]:
        """Returns the process with the initial state; if that takes longer than 50 ms, as a generator that yields
        ``Progress`` and returns the process.
        """


def _still(made: Frame | Generator[Progress, None, Frame]) -> Process | Generator[Progress, None, Process]:
    return _awaited(made) if isinstance(made, Generator) else Still(made)


def _awaited(made: Generator[Progress, None, Frame]) -> Generator[Progress, None, Process]:
    return Still((yield from made))


class _Stops(Process, Generic[P, F]):
    def __init__(self, walk: Walk[P, F], params: P) -> None:
        self._walk, self._params, self._index = walk, params, 0
        self._last = walk.last_stop(params)
        self.finished = self._last == 0

    @property
    def counts(self) -> tuple[int, ...]:
        return self._walk.counts_at(self._params, self._index)

    def advance(self) -> None:
        self._index += 1
        self.finished = self._index == self._last

    def frame(self, heavy: bool) -> Frame:
        return self._walk.stop(self._params, self._index)
