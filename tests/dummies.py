"""Small experiments of every shape, for tests and benchmarks of whatever plays or shows experiments."""

from __future__ import annotations

import re
import time
from collections.abc import Generator

import numpy as np

from engine.contract.experiment import Amount, Experiment, Pace, Picture, Training, Unit, Walk
from engine.contract.fields.base import parameter
from engine.contract.fields.choices import Choice, Option
from engine.contract.fields.numbers import Integer, Real, check_real
from engine.contract.frame import Frame, Status, quantity
from engine.contract.history import Curve, History
from engine.contract.params import Params
from engine.contract.protocol import Process, Progress, RandomStreams
from engine.contract.table import Column, Table
from engine.contract.text import Text, untranslated
from tests.bilingual import both

UPDATE = Unit("update", both("update", "次"))
EPOCH = Unit("epoch", both("epoch", "轮"))
CELL = Unit("cell", both("cell", "格"))


class _Dummy(Experiment):
    """What dummies say of their frames."""

    title = both("Dummy: for tests", "替身：用于测试")
    order = 1

    def headline(self, params: Params, frame: Frame) -> Text:
        return both("update {update}", "第 {update} 次")(update=frame.update)

    def main_tables(self, params: Params, frame: Frame) -> tuple[Table, ...]:
        return (Table("place", (Column("update", [frame.update]),)),)


# A picture.


class LineParams(Params):
    slope: float = parameter(2.0, Real(label=untranslated("slope"), minimum=-10, maximum=10, step=0.1))


class LineFrame(Frame):
    x: np.ndarray
    y: np.ndarray


class Line(_Dummy, Picture):
    """A straight line."""

    params_type = LineParams
    frame_type = LineFrame

    def compute(self, params: LineParams, streams: RandomStreams) -> LineFrame:
        x = np.linspace(-1, 1, 50)
        return LineFrame(counts=(0,), finished=True, x=x, y=params.slope * x)


# A walk.


class CellsParams(Params):
    cells: int = parameter(9, Integer(label=untranslated("cells"), minimum=1, maximum=1000))


class CellsFrame(Frame):
    square: int


class Cells(_Dummy, Walk):
    """Squares of whole numbers, one after the other; opens in the middle of its default length."""

    params_type = CellsParams
    frame_type = CellsFrame
    units = (CELL,)
    opening = Amount(4, "cell")
    pace = Pace(20, "cell")

    def last_stop(self, params: CellsParams) -> int:
        return params.cells - 1

    def stop(self, params: CellsParams, index: int) -> CellsFrame:
        return CellsFrame(
            update=index, counts=(index,), events=("cell",), finished=index == params.cells - 1, square=index**2
        )


# Training.


class PlaygroundParams(Params):
    samples: int = parameter(200, Integer(label=untranslated("samples"), minimum=10, maximum=1000))
    learning_rate: float = parameter(
        0.1, Real(label=untranslated("η"), minimum=0.001, maximum=10, step=1.1, scale="log", effect="live")
    )
    view: str = parameter(
        "map",
        Choice(
            label=untranslated("view"),
            effect="view",
            options=(Option("map", untranslated("map")), Option("graph", untranslated("graph"))),
        ),
    )


class PlaygroundFrame(Frame):
    learning_rate: float
    loss: float
    curve: Curve
    output: np.ndarray
    hidden: np.ndarray
    points: np.ndarray
    weights: tuple[np.ndarray, ...] | None = quantity(heavy=True, default=None)


class Playground(_Dummy, Training):
    """A 2-4-2-1 network of tanh units on a circle, ten samples a batch, with frames of about 100 KB."""

    params_type = PlaygroundParams
    frame_type = PlaygroundFrame
    units = (UPDATE, EPOCH)
    opening = Amount(30, "update")
    pace = Pace(10, "epoch")
    default_steps = Amount(5, "epoch")

    def begin(self, params: PlaygroundParams, streams: RandomStreams) -> Process:
        return _Network(params, streams)

    def checked_change(self, path: str, value: object) -> object:
        if re.fullmatch(r"weights\[0\]\[[01],[0-3]\]", path):
            return check_real(value, -100, 100)
        return super().checked_change(path, value)


class _Network(Process):
    BATCH = 10

    def __init__(self, params: PlaygroundParams, streams: RandomStreams) -> None:
        self.learning_rate = params.learning_rate
        self.x = streams.data.uniform(-1, 1, (params.samples, 2))
        self.t = np.where(np.hypot(*self.x.T) < 0.6, 1.0, -1.0)[:, None]
        shapes = ((2, 4), (4, 2), (2, 1))
        self.weights = [streams.weights.standard_normal(shape) for shape in shapes]
        self.biases = [np.zeros(shape[1]) for shape in shapes]
        self.order = streams.order
        self.indices = self.order.permutation(params.samples)
        self.history = History(("loss",), capacity=512)
        self.update = self.epoch = 0
        self.loss = 0.0
        axis = np.linspace(-1, 1, 96)
        self.grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
        self.points = np.column_stack([self.x, self.t])

    @property
    def counts(self) -> tuple[int, ...]:
        return (self.update, self.epoch)

    def advance(self) -> None:
        batches = len(self.x) // self.BATCH
        start = self.update % batches * self.BATCH
        chosen = self.indices[start : start + self.BATCH]
        layers = self._forward(self.x[chosen])
        error = layers[-1] - self.t[chosen]
        self.loss = float(np.mean(error**2))
        dout = 2 * error / len(chosen)
        for index in (2, 1, 0):
            dout = dout * (1 - layers[index + 1] ** 2)
            grad, down = layers[index].T @ dout, dout @ self.weights[index].T
            self.weights[index] -= self.learning_rate * grad
            self.biases[index] -= self.learning_rate * dout.sum(axis=0)
            dout = down
        self.update += 1
        self.history.append(self.update, self.loss)
        if self.update % batches == 0:
            self.epoch += 1
            self.indices = self.order.permutation(len(self.x))

    def frame(self, heavy: bool) -> PlaygroundFrame:
        layers = self._forward(self.grid)
        events = ("update",) if self.update % (len(self.x) // self.BATCH) or not self.update else ("update", "epoch")
        return PlaygroundFrame(
            update=self.update,
            counts=self.counts,
            events=events if self.update else (),
            status=Status("diverged", untranslated("diverged")) if self.learning_rate >= 5 else None,
            learning_rate=self.learning_rate,
            loss=self.loss,
            curve=self.history.curve("loss"),
            output=layers[-1].reshape(96, 96),
            hidden=layers[1][::9].astype(np.float32),
            points=self.points,
            weights=tuple(self.weights) if heavy else None,
        )

    def change(self, path: str, value: float) -> None:
        if path == "learning_rate":
            self.learning_rate = value
        elif path.startswith("weights[0]["):
            row, column = path.removeprefix("weights[0][").rstrip("]").split(",")
            self.weights[0][int(row), int(column)] = value
        else:
            raise KeyError(path)

    def _forward(self, x: np.ndarray) -> list[np.ndarray]:
        layers = [x]
        for weights, biases in zip(self.weights, self.biases, strict=True):
            layers.append(np.tanh(layers[-1] @ weights + biases))
        return layers


# Slow, failing and stubborn ones.


class CountingParams(Params):
    last: int = parameter(20, Integer(label=untranslated("last"), minimum=0, maximum=10**6))
    step_size: int = parameter(1, Integer(label=untranslated("step size"), minimum=0, maximum=1000, effect="live"))
    parts: int = parameter(5, Integer(label=untranslated("parts of a slow update"), minimum=1, maximum=1000))


class CountingFrame(Frame):
    total: int


class _Sum(Process):
    """A sum that grows by the step size at every update, up to a last one; every fifth update ends an epoch."""

    def __init__(self, params: CountingParams) -> None:
        self.last, self.step_size = params.last, params.step_size
        self.update = self.total = 0

    @property
    def counts(self) -> tuple[int, ...]:
        return (self.update, self.update // 5)

    @property
    def finished(self) -> bool:
        return self.update >= self.last

    def advance(self) -> Generator[Progress, None, None] | None:
        self.update += 1
        self.total += self.step_size
        return None

    def frame(self, heavy: bool) -> CountingFrame:
        ended = ("epoch",) if self.update and self.update % 5 == 0 else ()
        return CountingFrame(
            update=self.update, counts=self.counts, events=ended, finished=self.finished, total=self.total
        )

    def change(self, path: str, value: int) -> None:
        if path != "step_size":
            raise KeyError(path)
        self.step_size = value


class Counting(_Dummy, Training):
    """Adds up at once; finished after ``last`` updates."""

    params_type = CountingParams
    frame_type = CountingFrame
    units = (UPDATE, EPOCH)
    pace = Pace(50, "update")

    def begin(self, params: CountingParams, streams: RandomStreams) -> Process:
        return _Sum(params)


class Wordy(Counting):
    """Fails from deep below, with more words than anybody reads."""

    def begin(self, params: CountingParams, streams: RandomStreams) -> Process:
        def descend(left: int) -> Process:
            if left:
                return ascend(left - 1)
            raise ArithmeticError("word " * 10_000)

        def ascend(left: int) -> Process:
            return descend(left)

        return descend(200)


class Slow(Counting):
    """Takes its time to begin and at every update, and reports progress in both, without end but ``last``."""

    seconds = 0.002

    def begin(self, params: CountingParams, streams: RandomStreams) -> Generator[Progress, None, Process]:
        yield from _laboriously(params.parts, self.seconds)
        return _SlowSum(params, params.parts, self.seconds)


class _SlowSum(_Sum):
    def __init__(self, params: CountingParams, parts: int, seconds: float) -> None:
        super().__init__(params)
        self.parts, self.seconds = parts, seconds

    def advance(self) -> Generator[Progress, None, None]:
        yield from _laboriously(self.parts, self.seconds)
        super().advance()


class Failing(Counting):
    """Raises at its third update."""

    def begin(self, params: CountingParams, streams: RandomStreams) -> Process:
        return _FailingSum(params)


class _FailingSum(_Sum):
    def advance(self) -> None:
        if self.update == 2:
            raise ZeroDivisionError("the third update goes wrong")
        super().advance()


class Stubborn(Counting):
    """Says that it begins and computes for several seconds without ever looking up, against every promise."""

    seconds = 5.0

    def begin(self, params: CountingParams, streams: RandomStreams) -> Process:
        return _StubbornSum(params)


class _StubbornSum(_Sum):
    def advance(self) -> Generator[Progress, None, None]:
        yield Progress(both("working", "工作中"))
        _compute(Stubborn.seconds)
        super().advance()


def _laboriously(parts: int, seconds: float) -> Generator[Progress, None, None]:
    for part in range(parts):
        _compute(seconds)
        yield Progress(both("working", "工作中"), (part + 1) / parts)


def _compute(seconds: float) -> None:
    """Keep the processor busy, as an engine would."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


# An id comes from the module's name, which all of these share; here they get one each.
for _experiment in (Line, Cells, Playground, Counting, Slow, Failing, Stubborn):
    _experiment.id = _experiment.__name__.lower()
