"""Calls a network of any class that runs in a process of its own: its loss, its gradient, its predictions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from engine.contract.text import Text, untranslated
from engine.exercises.sentences import sentence_of
from engine.exercises.verdict import Failure
from engine.own_network import any_fitting as fitting
from engine.own_network.any_fitting import CLASSES, TRAIN_FLAGS, Heading
from engine.own_network.stations import stations
from engine.sandbox.caller import Faulty
from engine.sandbox.learner_code import Fault
from engine.sandbox.values import Unsent, type_name

SAMPLES = 6
"""The size of a batch: not 1, and not the number of classes, so that labels of the wrong form do not fit by chance."""
Arrays = dict[str, np.ndarray]

_UNKNOWN = Text("{name} cannot be made: what to give for {unknown} is not clear from the name.")
_NO_PARAMS = Text("There is no params, a dictionary of arrays: it is of the type {got}.")
_NO_ARRAY = Text("params[{name}] is no array of numbers, but of the type {got}.")
_TOO_LARGE = Text("params[{name}] has the shape {shape}: that is too large to be checked.")
_NO_ARRAYS = Text("params is empty.")
_NO_NUMBER = Text("loss gives back no single number, but {got}.")
_NO_DICTIONARY = Text("gradient gives back no dictionary, but {got}.")
_NO_GRADIENT = Text("gradient has no entry for {name}; it has {has}.")
_SHAPE = Text("The gradient of {name} has the shape {got}, and {name} itself {wanted}.")
_ONE_HOT = Text("It tells one-hot labels from class numbers, and takes only the numbers. With one-hot labels: {what}")
_NOT_ONE_A_SAMPLE = Text("predict gives back {got} for {samples} samples; wanted is a row of scores for each.")


class Wrong(Exception):
    """Raised if a check fails; ``text`` is the fault."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.render("en"))
        self.text = text


class Probe:
    """A network in another process, made by ``begin`` and called through this object.

    ``fit`` finds out the ``shape`` of a sample, the number of ``classes``, and the form of labels: class numbers if
    ``has_numbers``, else one-hot. Another ``seed`` draws other samples and weights. ``means_both`` says that its source
    accepts both forms of labels.
    """

    def __init__(
        self, name: str, made: Any, more: Mapping[str, Any] | None = None, seed: int = 0, means_both: bool = False
    ) -> None:
        self.name, self._made, self.seed = name, made, seed
        self.more, self._means_both = dict(more or {}), means_both
        self.headings: dict[str, Heading] = _headings_in(made.headings())
        self.given: dict[str, Any] = {}
        self.arrays: Arrays = {}
        self.shape: tuple[int, ...] = ()
        self.classes, self.has_numbers = CLASSES, False
        self._flags = {method: fitting.flag_in(heading) for method, heading in self.headings.items()}
        self._switches = False

    def has(self, method: str) -> bool:
        """Whether the class has this method."""
        return method in self.headings

    @property
    def call(self) -> str:
        """The constructor call that makes the network, as Python source."""
        return f"{self.name}({fitting.written({**self.given, **self.more})})"

    @property
    def has_test_mode(self) -> bool:
        """Whether the network distinguishes training from test, by a parameter or an attribute."""
        return self._switches or any(self._flags.values())

    def fit(self) -> None:
        """Makes the network and finds out how to call it; ``Wrong`` or ``Faulty`` if no attempt succeeds."""
        heading = self.headings.get("__init__", ())
        tries = list(fitting.arguments(heading))
        if not tries:
            raise Wrong(_UNKNOWN(name=untranslated(self.name), unknown=untranslated(fitting.unknown_in(heading))))
        for number, given in enumerate(tries):
            self.given = given
            try:
                self.begin(0)
                break
            except Faulty:
                if number == len(tries) - 1:
                    self.given = tries[0]
                    self.begin(0)
        self._fit_batch()

    def _fit_batch(self) -> None:
        first: Exception | None = None
        reached = -1
        for shape in fitting.sample_shapes(self.given, self.headings.get("__init__", ()), self.arrays):
            for has_numbers in (False, True):
                self.shape, self.has_numbers = shape, has_numbers
                steps = 0
                try:
                    self._count_classes()
                    steps = 1
                    self.loss(*self.batch(0))
                    steps = 2
                    self.begin(0)  # a gradient needs no loss before it
                    self.gradient(*self.batch(0))
                    if has_numbers and self._means_both and reached >= 0 and isinstance(first, Faulty):
                        raise Wrong(_ONE_HOT(what=said_of(first.fault)))
                    return
                except (Faulty, Wrong) as error:
                    if steps > reached:
                        first, reached, best = error, steps, (shape, has_numbers)
        assert first is not None
        self.shape, self.has_numbers = best
        raise first

    def _count_classes(self) -> None:
        """Sets ``classes`` to the number of columns that ``predict`` returns; if it returns class numbers, it is not
        used further.

        If ``predict`` fails, a gradient is computed first: running means may exist only after a training pass.
        """
        if not self.has("predict"):
            return
        x, _ = self.batch(0)
        try:
            answer = self._call("predict", False, 1, x)
        except Faulty as error:
            try:
                self._call("gradient", True, 1, *self.batch(0))
                answer = self._call("predict", False, 1, x)
            except Faulty:
                raise error from None
        if isinstance(answer, np.ndarray) and answer.shape == (len(x),) and answer.dtype.kind in "iu":
            del self.headings["predict"]
        else:
            self.classes = self._rows(answer, len(x)).shape[1]

    def shrink(self) -> None:
        """Makes the network with small layers, and finds out again how to call it."""
        self.given = {name: fitting.small(value) for name, value in self.given.items()}
        self.begin(0)
        self._fit_batch()

    def take_fit(self, other: Probe) -> None:
        """Makes the network with the constructor arguments, sample shape and form of labels that ``other`` has
        found.
        """
        self.given, self.shape, self.classes = other.given, other.shape, other.classes
        self.has_numbers, self.headings = other.has_numbers, other.headings
        self.begin(0)

    def begin(self, seed: int) -> Arrays:
        """Makes the network anew, and returns copies of its arrays; ``Wrong`` if ``params`` is not usable."""
        told = self._made.begin(self.seed + seed, **self.given, **self.more)
        if not isinstance(told, dict):
            raise Wrong(_NO_PARAMS(got=untranslated(type_name(told))))
        if not told:
            raise Wrong(_NO_ARRAYS)
        self._switches = bool(self._made.switch(TRAIN_FLAGS, False))
        self.arrays = {}
        for name, array in told.items():
            if isinstance(array, Unsent) and array.shape:
                raise Wrong(_TOO_LARGE(name=str(name), shape=f"{array.shape}"))
            if not isinstance(array, np.ndarray) or array.dtype.kind not in "fiub":
                raise Wrong(_NO_ARRAY(name=str(name), got=untranslated(type_name(array))))
            self.arrays[str(name)] = np.array(array)
        return self.arrays

    def begin_well(self, seed: int) -> None:
        """Makes the network anew with weights such that no probability is near 1 and no layer outputs only 0."""
        random = np.random.default_rng([self.seed, seed])
        for name, array in self.begin(seed).items():
            if array.dtype.kind != "f" or is_running(name):
                continue
            if array.ndim < 2:
                value = array + 0.1 * random.standard_normal(array.shape)
            else:
                value = random.standard_normal(array.shape) * np.sqrt(2 / max(len(array), array.size // len(array)))
            self.write(name, value)
        if self.has_test_mode:
            self.gradient(*self.batch(seed))  # so that running means are some

    def batch(self, seed: int, samples: int = SAMPLES) -> tuple[np.ndarray, np.ndarray]:
        """Random samples with values from 0 to 1, and labels in the form that the network takes."""
        random = np.random.default_rng([self.seed, seed, 7])
        return random.random((samples, *self.shape)), self.labels(random.integers(0, max(2, self.classes), samples))

    def labels(self, numbers: np.ndarray) -> np.ndarray:
        """Makes the network anew, with weights such that no probability is near 1 and no layer outputs only 0."""
        if self.classes == 1 and not self.has_numbers:
            return numbers.reshape(-1, 1).astype(float)
        return np.array(numbers, dtype=np.int64) if self.has_numbers else np.eye(self.classes)[numbers]

    def loss(self, x: np.ndarray, t: np.ndarray, train: bool = True, seed: int = 1) -> float:
        """The network's loss of a batch, in training mode or in test mode."""
        return self.number(self._call("loss", train, seed, x, t))

    def number(self, answer: Any) -> float:
        """Converts a returned loss to float; ``Wrong`` if it is not a single number."""
        if isinstance(answer, np.ndarray) and answer.size == 1:
            answer = answer.reshape(())[()]
        if isinstance(answer, (int, float, np.integer, np.floating)):
            return float(answer)
        raise Wrong(_NO_NUMBER(got=_kind_of(answer)))

    def gradient(self, x: np.ndarray, t: np.ndarray, seed: int = 1) -> Arrays:
        """The network's gradient of a batch, by the names of ``params``; ``Wrong`` if names or shapes do not match."""
        return self.gradients(self._call("gradient", True, seed, x, t))

    def gradients(self, answer: Any) -> Arrays:
        """Checks a returned gradient; arrays that are too large to be sent are left out."""
        if not isinstance(answer, dict):
            raise Wrong(_NO_DICTIONARY(got=_kind_of(answer)))
        found = {}
        for name, array in self.arrays.items():
            if name not in answer:
                if is_running(name):
                    continue
                raise Wrong(_NO_GRADIENT(name=untranslated(name), has=untranslated(", ".join(map(str, answer)))))
            shape = getattr(answer[name], "shape", ())
            if shape != array.shape:
                raise Wrong(_SHAPE(name=untranslated(name), got=f"{shape}", wanted=f"{array.shape}"))
            if not isinstance(answer[name], Unsent):
                found[name] = np.array(answer[name], dtype=float)
        return found

    def numerical(self, x: np.ndarray, t: np.ndarray) -> Arrays:
        """The result of the network's own ``numerical_gradient``."""
        return self.gradients(self._call("numerical_gradient", True, 1, x, t))

    def predict(self, x: np.ndarray, train: bool = False, seed: int = 1) -> np.ndarray:
        """The network's scores or probabilities (N, C), by default in test mode."""
        return self._rows(self._call("predict", train, seed, x), len(x))

    def _rows(self, answer: Any, samples: int) -> np.ndarray:
        if not isinstance(answer, np.ndarray) or answer.ndim != 2 or len(answer) != samples:
            raise Wrong(_NOT_ONE_A_SAMPLE(got=_kind_of(answer), samples=samples))
        return np.array(answer)

    def accuracy(self, x: np.ndarray, t: np.ndarray) -> Any:
        """The result of the network's own ``accuracy``, of whatever type."""
        return self._call("accuracy", False, 1, x, t)

    def losses(
        self, name: str, place: Sequence[int], values: Sequence[float], x: np.ndarray, t: np.ndarray, train: bool = True
    ) -> list[tuple[float, float]]:
        """Sets one element of an array to each of the values; returns the pairs (value as stored, loss).

        The stored value may be rounded, as in an array of single precision.
        """
        self._turn("loss", train)
        told = self._made.losses(1, name, list(place), list(values), x, t, **self._named("loss", train))
        return [(float(one), self.number(loss)) for one, loss in told]

    def step(self, roles: Sequence[str] | None, rate: float, momentum: float, x: np.ndarray, t: np.ndarray) -> None:
        """Makes one update, by the network's ``update`` with arguments of these roles, or by SGD if they are None."""
        self._turn("gradient", True)
        self._made.step(1, roles, rate, momentum, x, t)

    def params(self) -> Arrays:
        """Copies of the current arrays in ``params``."""
        told = self._made.params()
        held = told.items() if isinstance(told, dict) else ()
        return {str(name): np.array(one) for name, one in held if isinstance(one, np.ndarray)}

    def write(self, name: str, array: np.ndarray) -> None:
        """Writes values into an array of ``params``."""
        self._made.write(name, array)

    def modes(self) -> Iterator[bool]:
        """The modes to compare the gradient with the loss in: training (True), then test (False) if there is one."""
        yield True
        if self.has_test_mode:
            yield False

    def _call(self, method: str, train: bool, seed: int, *given: Any) -> Any:
        self._turn(method, train)
        return self._made.call(method, seed, *given, **self._named(method, train))

    def _named(self, method: str, train: bool) -> dict[str, bool]:
        flag = self._flags.get(method, "")
        return {flag: train} if flag else {}

    def _turn(self, method: str, train: bool) -> None:
        """Sets the mode before a method is called, where the method has no parameter for it."""
        if self._switches:
            self._made.switch(TRAIN_FLAGS, train)
        flag = self._flags.get("predict", "")
        if flag and not self._flags.get("loss"):
            with suppress(Faulty):
                self._made.force(flag, train if method == "loss" else None)


def said_of(fault: Fault) -> Text:
    """A fault in the learner's code as a sentence."""
    return sentence_of(Failure.of(fault), stations()[0])


def is_running(name: str) -> bool:
    """Whether an array's name is that of a running mean or variance, which has no gradient."""
    return any(one in name.lower() for one in ("running", "moving"))


def _headings_in(told: Any) -> dict[str, Heading]:
    found: dict[str, Heading] = {}
    for method, heading in told.items() if isinstance(told, dict) else ():
        if isinstance(heading, list) and all(isinstance(one, tuple) and len(one) == 3 for one in heading):
            found[str(method)] = tuple((str(name), needed is True, default) for name, needed, default in heading)
    return found


def _kind_of(answer: Any) -> Text:
    shape = getattr(answer, "shape", None) if isinstance(answer, (np.ndarray, Unsent)) else None
    return untranslated(f"{type_name(answer)} {shape}" if shape is not None else type_name(answer))
