"""The registry of optimizers: one record each, from which its names, form fields, tables and the phases of its update
are derived.

To add one, write a class in ``optimizers`` and a record here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from engine.contract.text import Text
from engine.nn.optimizers import SGD, AdaGrad, Adam, AdamW, Lion, Momentum, NAdam, Nesterov, Optimizer, RMSProp


@dataclass(frozen=True)
class Setting:
    """A hyperparameter of an optimizer: ``letter`` stands for it in formulas, ``argument`` is its name in the
    optimizer's class.

    ``default`` and the range ``within`` are for descents on a surface over the plane. A ``rare`` setting is seldom
    changed.
    """

    id: str
    letter: str
    argument: str
    default: float
    within: tuple[float, float]
    help: Text
    step: float = 0.01
    scale: Literal["linear", "log"] = "linear"
    rare: bool = False


@dataclass(frozen=True)
class Part:
    """The operations of an optimizer in one ``phase`` of an update: gradient, memory, correction, division or move.

    ``sums`` are (symbol, expression) pairs, in the grammar of a worked calculation. An expression can use x, the
    position, and ∂f/∂x; the memory and the settings by their letters; t, the number of the update; ε, which keeps a
    division finite; and results of earlier phases by their symbols. ``caption`` is filled with the numbers as {now}.
    ``line`` is a piece of the source of ``method``, such as "Adam.update". A ``pulls`` of 1 or −1 draws an arrow along
    the memory of gradients, or, without memory, along the first of ``sums``.
    """

    phase: str
    caption: Text
    method: str
    line: str
    sums: tuple[tuple[str, str], ...]
    pulls: float = 0.0


@dataclass(frozen=True, kw_only=True)
class OptimizerRecord:
    """An optimizer: ``id`` is used in names of parameters, ``name`` for people and in values of parameters, ``kind`` is
    its class.

    ``look`` is the index of its colour and line style, different for each optimizer. ``usual_rate`` is its learning
    rate in the book, or a usual one if the book does not have it. ``memory`` and ``squares`` are (letter, attribute
    name) of its memory of gradients and of their squares, or None. ``parts`` are the phases of an update in order; a
    phase that the optimizer lacks is left out.
    """

    id: str
    name: str
    look: int
    kind: type[Optimizer]
    usual_rate: float
    settings: tuple[Setting, ...]
    parts: tuple[Part, ...]
    memory: tuple[str, str] | None = None
    squares: tuple[str, str] | None = None
    in_book: bool = False

    @property
    def has_own_decay(self) -> bool:
        """Whether weight decay is part of the optimizer's own update rule, as in AdamW."""
        return any(setting.argument == "weight_decay" for setting in self.settings)

    def made(self, settings: Mapping[str, float]) -> Optimizer:
        """Creates the optimizer; ``settings`` are the values of its hyperparameters by id."""
        arguments = {setting.id: setting.argument for setting in self.settings}
        return self.kind(**{arguments[id]: value for id, value in settings.items()})


_LONGER = Text("The larger η, the longer the steps.")
_KEPT = Text("The share of its old memory that it keeps at every step.")
_SHRUNK = Text("At every step the place itself shrinks by η·λ of its size.")


def _rate(default: float) -> Setting:
    return Setting("rate", "η", "learning_rate", default, (1e-6, 10.0), _LONGER, step=1.05, scale="log")


def _share(id: str, letter: str, argument: str, default: float, rare: bool = False) -> Setting:
    return Setting(id, letter, argument, default, (0.0, 0.9999), _KEPT, rare=rare)


_MU, _RHO = _share("mu", "μ", "momentum", 0.9), _share("rho", "ρ", "decay", 0.9)
_BETAS = (_share("beta1", "β1", "beta1", 0.9, rare=True), _share("beta2", "β2", "beta2", 0.999, rare=True))
_LAMBDA = Setting("lambda", "λ", "weight_decay", 0.1, (0.0, 1.0), _SHRUNK)

_GRADIENT = Text("the slope where it stands, {now}")
_VELOCITY = Text("the velocity keeps a share μ and gains −η·g, {now}")
_SUM = Text("the squared gradient joins all those before, {now}")
_MEAN = Text("the squared gradient enters a mean that forgets, {now}")
_MEANS = Text("gradient and square enter means that forget, {now}")
_CORRECTION = Text("both means are too small at first, so η is corrected, {now}")
_AHEAD = Text("the mean goes one step ahead, and g counts once more, {now}")
_DIVISION = Text("each direction is divided by its own root, {now}")
_AGAINST = Text("a step against the gradient, {now}")
_ROLLS = Text("it rolls on with its velocity, {now}")
_GLANCES = Text("it rolls on, and looks one velocity ahead, {now}")
_TAKEN_AWAY = Text("what was divided is taken away, {now}")
_SHRINKS = Text("the place shrinks by η·λ, then d is taken away, {now}")
_TWO_MEANS = Text("g enters two means: c says which way, m is what it remembers, {now}")
_SIGN = Text("of c only the sign is left, {now}")
_EQUAL_STEPS = Text("each direction moves by η against its sign, {now}")
_ROOTED = "{η}·{g} / (sqrt({h}) + {ε})"


def _gradient(method: str) -> Part:
    return Part("gradient", _GRADIENT, method, "grads[name]", (("g", "{∂f/∂x}"),), -1.0)


def _velocity(method: str) -> Part:
    return Part("memory", _VELOCITY, method, "v *= ", (("v", "{μ}·{v} − {η}·{g}"),), 1.0)


def _means(method: str) -> Part:
    sums = (("m", "{β1}·{m} + (1 − {β1})·{g}"), ("v", "{β2}·{v} + (1 − {β2})·{g}^2"))
    return Part("memory", _MEANS, method, "m += ", sums, -1.0)


def _division(method: str, expression: str) -> tuple[Part, Part]:
    line = "values -= "
    divided = Part("division", _DIVISION, method, line, (("d", expression),), -1.0)
    return divided, Part("move", _TAKEN_AWAY, method, line, (("x′", "{x} − {d}"),))


_ADAM = (
    _gradient("Adam.update"),
    _means("Adam.update"),
    Part(
        "correction",
        _CORRECTION,
        "Adam.update",
        "corrected = ",
        (("η_t", "{η}·sqrt(1 − {β2}^{t}) / (1 − {β1}^{t})"),),
    ),
    *_division("Adam.update", "{η_t}·{m} / (sqrt({v}) + {ε})"),
)
_LOOK_AHEAD = "{β1}·{m} / (1 − {β1}^({t} + 1)) + (1 − {β1})·{g} / (1 − {β1}^{t})"


def by_id(optimizers: Iterable[OptimizerRecord]) -> Mapping[str, OptimizerRecord]:
    """A read-only mapping of the records by ``id``, in the given order."""
    return MappingProxyType({one.id: one for one in optimizers})


OPTIMIZERS = by_id(
    (
        OptimizerRecord(
            id="sgd",
            name="SGD",
            look=1,
            kind=SGD,
            usual_rate=0.01,
            settings=(_rate(0.95),),
            parts=(
                _gradient("SGD.update"),
                Part("move", _AGAINST, "SGD.update", "values -= ", (("x′", "{x} − {η}·{g}"),)),
            ),
            in_book=True,
        ),
        OptimizerRecord(
            id="momentum",
            name="Momentum",
            look=2,
            kind=Momentum,
            usual_rate=0.01,
            settings=(_rate(0.1), _MU),
            memory=("v", "velocity"),
            parts=(
                _gradient("Momentum.update"),
                _velocity("Momentum.update"),
                Part("move", _ROLLS, "Momentum.update", "values += ", (("x′", "{x} + {v}"),)),
            ),
            in_book=True,
        ),
        OptimizerRecord(
            id="nesterov",
            name="Nesterov",
            look=3,
            kind=Nesterov,
            usual_rate=0.01,
            settings=(_rate(0.1), _MU),
            memory=("v", "velocity"),
            parts=(
                _gradient("Nesterov.update"),
                _velocity("Nesterov.update"),
                Part("move", _GLANCES, "Nesterov.update", "values += ", (("x′", "{x} + {μ}·{v} − {η}·{g}"),)),
            ),
        ),
        OptimizerRecord(
            id="adagrad",
            name="AdaGrad",
            look=4,
            kind=AdaGrad,
            usual_rate=0.01,
            settings=(_rate(1.5),),
            squares=("h", "squares"),
            parts=(
                _gradient("AdaGrad.update"),
                Part("memory", _SUM, "AdaGrad.update", "h += ", (("h", "{h} + {g}^2"),)),
                *_division("AdaGrad.update", _ROOTED),
            ),
            in_book=True,
        ),
        OptimizerRecord(
            id="rmsprop",
            name="RMSProp",
            look=5,
            kind=RMSProp,
            usual_rate=0.001,
            settings=(_rate(0.2), _RHO),
            squares=("h", "squares"),
            parts=(
                _gradient("RMSProp.update"),
                Part("memory", _MEAN, "RMSProp.update", "h += ", (("h", "{ρ}·{h} + (1 − {ρ})·{g}^2"),)),
                *_division("RMSProp.update", _ROOTED),
            ),
        ),
        OptimizerRecord(
            id="adam",
            name="Adam",
            look=6,
            kind=Adam,
            usual_rate=0.001,
            settings=(_rate(0.3), *_BETAS),
            memory=("m", "means"),
            squares=("v", "squares"),
            parts=_ADAM,
            in_book=True,
        ),
        OptimizerRecord(
            id="adamw",
            name="AdamW",
            look=0,
            kind=AdamW,
            usual_rate=0.001,
            settings=(_rate(0.3), *_BETAS, _LAMBDA),
            memory=("m", "means"),
            squares=("v", "squares"),
            parts=(
                *_ADAM[:-1],
                Part("move", _SHRINKS, "AdamW.update", "values -= ", (("x′", "{x} − {η}·{λ}·{x} − {d}"),)),
            ),
        ),
        OptimizerRecord(
            id="nadam",
            name="NAdam",
            look=7,
            kind=NAdam,
            usual_rate=0.001,
            settings=(_rate(0.3), *_BETAS),
            memory=("m", "means"),
            squares=("v", "squares"),
            parts=(
                _gradient("NAdam.update"),
                _means("NAdam.update"),
                Part("correction", _AHEAD, "NAdam.update", "ahead = ", (("m′", _LOOK_AHEAD),), -1.0),
                *_division("NAdam.update", "{η}·sqrt(1 − {β2}^{t})·{m′} / (sqrt({v}) + {ε})"),
            ),
        ),
        OptimizerRecord(
            id="lion",
            name="Lion",
            look=8,
            kind=Lion,
            usual_rate=0.0003,
            settings=(_rate(0.3), _BETAS[0], _share("beta2", "β2", "beta2", 0.99, rare=True)),
            memory=("m", "means"),
            parts=(
                _gradient("Lion.update"),
                Part(
                    "memory",
                    _TWO_MEANS,
                    "Lion.update",
                    "mixed = ",
                    (("c", "{β1}·{m} + (1 − {β1})·{g}"), ("m", "{β2}·{m} + (1 − {β2})·{g}")),
                    -1.0,
                ),
                Part("correction", _SIGN, "Lion.update", "np.sign(mixed)", (("s", "sign({c})"),), -1.0),
                Part("move", _EQUAL_STEPS, "Lion.update", "values -= ", (("x′", "{x} − {η}·{s}"),)),
            ),
        ),
    )
)
"""All optimizers by ``id``, in the order in which they build on one another."""
