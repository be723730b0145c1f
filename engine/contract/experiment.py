"""What an experiment is: declarations, a run, and what is said of its frames."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Literal, TypeVar, get_args

from engine.contract.interaction.handle import Handle, Place, Slide
from engine.contract.interaction.probe_point import ProbePoint
from engine.contract.output.frame import Frame
from engine.contract.output.measure import Measure
from engine.contract.output.table import Column, Table
from engine.contract.output.working import WorkingStep
from engine.contract.params import Params, fields_of
from engine.contract.run.protocol import Process, Progress, Steps, Still, drive
from engine.contract.run.random_streams import RandomStreams
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text

P = TypeVar("P", bound=Params)
F = TypeVar("F", bound=Frame)

Shape = Literal["picture", "walk", "run"]


@dataclass(frozen=True)
class Unit:
    """The learner's word for a step; ``id`` is its name in requests and files.

    ``name`` stands after a number, in Chinese with its measure word (第 3 个样本); ``kind`` stands alone (按样本).
    """

    id: str
    name: Text
    kind: Text | None = None


@dataclass(frozen=True)
class Amount:
    """So many of a unit, such as 3 epochs."""

    count: int
    unit: str


@dataclass(frozen=True)
class Pace:
    """Steps a second at normal speed, chosen so that the interesting part lasts 8 to 20 seconds."""

    per_second: float
    unit: str


@dataclass(frozen=True)
class Preset:
    """A named set of parameters: the defaults with ``changes``."""

    id: str
    label: Text
    changes: Mapping[str, object]


@dataclass(frozen=True)
class Probe:
    """What belongs to the place under the pointer: one sentence."""

    text: Text


@dataclass(frozen=True)
class CodeMark:
    """A piece of source text to be lit in the Code panel, in one of the experiment's ``code`` functions."""

    function: str
    fragment: str


class Experiment(ABC, Generic[P, F]):
    """Base of all experiments; subclass ``Picture``, ``Walk`` or ``Training`` in a module named like the id.

    ``title`` is in two parts, the short name and one line; ``code`` are the engine functions at work, shown as their
    real source: each is called in some run. What stands beside them only to be compared, plainer or as a definition,
    is ``code_for_comparison``. Views compute nothing: whatever is shown comes from a frame or from a method here.
    ``uses_seed`` says that chance plays a part, so that the seed gets a control. ``keeps_runs``: runs can be put on the
    shelf and are told apart by ``measures``, or else by the first table over places of the run. ``answers_at_once``:
    what is changed in a run is seen though it has ended. ``keeps_network``: a run has a network that somebody may want
    to keep, which its process gives. ``params_type`` and ``frame_type`` are the two that the base
    is given: ``Picture[SineParams, SineFrame]``.
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
        """Whether parameters and a frame are this experiment's: no two share their types."""
        return isinstance(params, self.params_type) and isinstance(frame, self.frame_type)

    @property
    def unit_ids(self) -> tuple[str, ...]:
        """The ids of ``units``; the first is one update."""
        return tuple(unit.id for unit in self.units)

    def opening_for(self, params: P) -> Amount | None:
        """How far a run with these parameters goes before it first waits; ``opening`` unless they make it too slow."""
        return self.opening

    def way_to_opening(self, params: P) -> Amount:
        """The same as an amount that a player goes by: no update where a run waits at its beginning."""
        return self.opening_for(params) or Amount(0, self.units[0].id)

    def reopening(self, before: P, after: P, reached: int) -> Amount | None:
        """How far a run that a change of parameters begins anew goes before it waits, where ``reached`` updates were
        looked at until then; as far as any other run unless the experiment says so.
        """
        return self.opening_for(after)

    def pace_for(self, params: P) -> Pace | None:
        """The normal speed of a run with these parameters; ``pace`` unless some runs are far shorter than others."""
        return self.pace

    def default_steps_for(self, params: P) -> Amount | None:
        """How far a run with these parameters is taken by ``render`` and by 'to the end'; None for its end."""
        return self.default_steps

    def seed_matters(self, params: P) -> bool:
        """Whether these parameters draw random numbers, so that another seed gives another run."""
        return self.uses_seed

    def has_course(self, params: P) -> bool:
        """Whether what is shown with these parameters has a course: something to run, step through and go back in."""
        return self.shape != "picture"

    @abstractmethod
    def start(self, params: P, seed: int) -> Steps:
        """The run as a generator of the protocol."""

    def checked_change(self, path: str, value: object) -> Any:
        """``value`` as a journal holds it; ``Refused`` unless the run understands such a change of ``path``.

        Overridden where a run also understands places, such as ``weights[0][1,2]``.
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
        """A live change of one place, such as ``W1[0,2]``, in words; None if the frame has no such place.

        Overridden together with ``checked_change`` and ``value_at`` by experiments whose run takes changes of places.
        """
        return None

    def value_at(self, params: P, frame: F, path: str) -> Any:
        """What stands at such a place of the run; None if the frame has no such place."""
        return None

    @abstractmethod
    def headline(self, params: P, frame: F) -> Text:
        """One sentence with this frame's numbers: headline, caption, description, and what ``render`` prints."""

    @abstractmethod
    def main_tables(self, params: P, frame: F) -> tuple[Table, ...]:
        """The tables behind the plots, the most important first."""

    def tables(self, params: P, frame: F) -> tuple[Table, ...]:
        """All tables: ``main_tables`` and the working as one more."""
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
        """The arithmetic of what is selected, with the numbers put in."""
        return ()

    def probe(self, params: P, frame: F, spot: ProbePoint) -> Probe | None:
        """What belongs to a spot of the picture; pure and under 5 ms. None where there is nothing to say."""
        return None

    def handles(self, params: P, frame: F) -> tuple[Handle, ...]:
        """What can be dragged on the stage, in the order in which Tab visits it."""
        return ()

    def drag(self, params: P, frame: F, handle: str, place: Place) -> Mapping[str, object]:
        """The parameter changes that bring a handle to ``place``, or as near as is allowed; of a ``Slide``, its own."""
        for one in self.handles(params, frame):
            if one.id == handle and isinstance(one, Slide):
                return one.moved_to(place, params)
        raise KeyError(handle)

    def click(self, params: P, frame: F, handle: str) -> Mapping[str, object]:
        """The parameter changes of a click, or of Enter, on a handle; empty where it does nothing."""
        return {}

    def click_at(self, params: P, frame: F, spot: ProbePoint) -> Mapping[str, object]:
        """The parameter changes of a click beside the handles; often there are none."""
        return {}

    def pointed_at(self, params: P, frame: F, spot: ProbePoint) -> Mapping[str, object]:
        """The view parameters that are shown while the pointer is at a spot; often there are none."""
        return {}

    def remove(self, params: P, frame: F, handle: str) -> Mapping[str, object]:
        """The parameter changes that take away what a handle stands for (Delete); empty where that cannot be."""
        return {}

    def add(self, params: P, frame: F, place: Place) -> Mapping[str, object]:
        """The parameter changes that put something new at a place (double click); empty where nothing can be put."""
        return {}

    def settle(self, params: P, changes: Mapping[str, Any]) -> Mapping[str, object]:
        """The changes that a hand asks for, and those of the fields that give way to them.

        What comes from a file or the command line is taken as it stands, so that the order of changes plays no part.
        """
        return changes

    def shown_values(self, params: P, frame: F) -> Mapping[str, object]:
        """What the form shows in place of a parameter's own value: what a frame has made of it, such as the number of
        the image that was found.
        """
        return {}

    def entered(self, params: P, frame: F, name: str, value: Any) -> Mapping[str, object]:
        """The parameter changes of a value that was entered in the form, where a frame shows something else."""
        return {name: value}

    def code_mark(self, params: P, frame: F) -> CodeMark | None:
        """The line of code that this frame is the result of."""
        return None


class Picture(Experiment[P, F]):
    """Computes one frame from its parameters."""

    shape = "picture"
    units = (Unit("update", Text("update", context="unit of a run")),)

    def start(self, params: P, seed: int) -> Steps:
        return drive(lambda: _still(self.compute(params, RandomStreams(seed))), self.unit_ids)

    @abstractmethod
    def compute(self, params: P, streams: RandomStreams) -> F | Generator[Progress, None, F]:
        """The one frame; a generator that yields ``Progress`` where that takes longer than 50 ms."""


class Walk(Experiment[P, F]):
    """Has finitely many stops, each a frame; the first of ``units`` is the word for a stop (cell, node, phase)."""

    shape = "walk"

    def counts_at(self, params: P, index: int) -> tuple[int, ...]:
        """How many of each unit are completed at a stop; to be given where there is more than one unit."""
        return (index,)

    def start(self, params: P, seed: int) -> Steps:
        return drive(lambda: self._begun(params), self.unit_ids)

    def prepare(self, params: P) -> Generator[Progress, None, object]:
        """What has to be there before the first stop, such as a file that is loaded; by default nothing."""
        yield from ()
        return None

    def _begun(self, params: P) -> Generator[Progress, None, Process]:
        yield from self.prepare(params)
        return _Stops(self, params)

    @abstractmethod
    def last_stop(self, params: P) -> int:
        """The number of the last stop; the first is 0."""

    @abstractmethod
    def stop(self, params: P, index: int) -> F:
        """The frame at a stop, from 0 to ``last_stop``; its ``update``, ``counts`` and ``finished`` set."""


class Training(Experiment[P, F]):
    """Goes on by updates of a state."""

    shape = "run"
    keeps_runs = True

    def start(self, params: P, seed: int) -> Steps:
        return drive(lambda: self.begin(params, RandomStreams(seed)), self.unit_ids)

    @abstractmethod
    def begin(self, params: P, streams: RandomStreams) -> Process | Generator[Progress, None, Process]:
        """The state before the first update; a generator where that takes longer than 50 ms."""


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
