"""A step of an optimizer, opened: what each of its phases does, in words, as formulas, with the numbers put in."""

from __future__ import annotations

import dataclasses
import string
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.calculus.expressions import Expression
from engine.contract.pieces import EMPTY, CodeMark, Line, Text, bracketed, short
from engine.contract.working import digits_of_difference
from engine.experiments.ch6_techniques.optimizers.params import PHASES, RULES, Opened, OptimizersParams
from engine.nn.optimizers.state import EPSILON

_PLACES = "₀₁"
_LETTERS = {"rate": "η", "mu": "μ", "rho": "ρ", "beta1": "β1", "beta2": "β2", "lambda": "λ"}
_FARTHEST = 1e100
_DIFFERENCE = "{x} − {d}"

Values = Mapping[str, float | np.ndarray]
"""Numbers by their letters: one that both coordinates share, or one for each of them (2,)."""


@dataclass(frozen=True, eq=False)
class Quantity:
    """What an ``expression`` of ``values`` comes to: its ``result`` is a number, or one for each coordinate (2,)."""

    symbol: str
    expression: str
    values: Values
    result: float | np.ndarray

    @classmethod
    def of(cls, symbol: str, expression: str, known: Values) -> Quantity:
        """Work an expression out: what is shown is what was computed."""
        names = tuple(dict.fromkeys(name for _, name, _, _ in string.Formatter().parse(expression) if name))
        letters = {name: f"n{place}" for place, name in enumerate(names)}
        result = Expression(expression.format(**letters), tuple(letters.values()))(*(known[name] for name in names))
        return cls(symbol, expression, {name: known[name] for name in names}, result if result.ndim else float(result))

    def spelled(self) -> str:
        """The symbol with its number or numbers."""
        return f"{self.symbol} = {short(self.result) if isinstance(self.result, float) else bracketed(self.result)}"

    def lines(self) -> tuple[Line, ...]:
        """The sum for each coordinate, or the one that both share."""
        if isinstance(self.result, float):
            values = {name: float(value) for name, value in self.values.items()}
            return (Line(self.symbol, self.expression, values, self.result),)
        found = []
        for index, place in enumerate(_PLACES):
            values = {name: float(np.broadcast_to(value, 2)[index]) for name, value in self.values.items()}
            # Where most of a place is taken away again, more of its digits count.
            digits = digits_of_difference(*values.values()) if self.expression == _DIFFERENCE else 6
            left = self.symbol[0] + place + self.symbol[1:]
            found.append(Line(left, self.expression, values, float(self.result[index]), digits=digits))
        return tuple(found)


@dataclass(frozen=True)
class Phase:
    """The phase called ``kind``: one sentence on it, what it works out, and the line of code that does it.

    Nothing is worked out where the rule has nothing to do in it. ``arrow`` is a name and a vector (2,): which way this
    pulls, from the place where the step begins.
    """

    kind: str
    caption: Text
    quantities: tuple[Quantity, ...] = ()
    mark: CodeMark | None = None
    arrow: tuple[str, np.ndarray] | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The arithmetic, coordinate by coordinate; the first line says what it is for."""
        found = [line for one in self.quantities for line in one.lines()]
        return tuple(
            dataclasses.replace(line, note=EMPTY if place else self.caption) for place, line in enumerate(found)
        )


@dataclass(frozen=True)
class _Plan:
    """How a rule does a phase: ``sums`` are symbols with their expressions, by which it then goes on.

    It ``pulls`` along the first of them, by 1 or −1, or not at all.
    """

    kind: str
    caption: Text
    mark: CodeMark
    sums: tuple[tuple[str, str], ...]
    pulls: float = 0.0

    def done(self, known: dict[str, float | np.ndarray]) -> Phase:
        """The phase with its numbers; ``known`` takes them in."""
        found = tuple(Quantity.of(symbol, expression, known) for symbol, expression in self.sums)
        known.update({one.symbol: one.result for one in found})
        symbol = found[0].symbol
        arrow = (
            (symbol if self.pulls > 0 else f"−{symbol}", self.pulls * np.asarray(found[0].result))
            if self.pulls
            else None
        )
        return Phase(self.kind, self.caption(now=", ".join(one.spelled() for one in found)), found, self.mark, arrow)


def phases_of(rule: str, params: OptimizersParams, opened: Opened) -> tuple[Phase, ...]:
    """All phases of a step, in their order; () where a number in them is none, or too large."""
    squares = RULES[rule].squares
    known: dict[str, float | np.ndarray] = {_LETTERS[name]: value for name, value in params.settings(rule).items()}
    known |= {"x": opened.before, "∂f/∂x": opened.gradient, "t": float(opened.number), "ε": EPSILON}
    kept = {"m" if squares else "v": opened.velocity, squares or "h": opened.squares}
    known |= {letter: value for letter, value in kept.items() if value is not None}
    with np.errstate(all="ignore"):
        found = {plan.kind: plan.done(known) for plan in _PLANS[rule]}
        numbers = [one.result for phase in found.values() for one in phase.quantities]
        if not all(np.all(np.abs(number) < _FARTHEST) for number in numbers):
            return ()
    return tuple(found.get(kind) or Phase(kind, _IDLE[kind](name=RULES[rule].name)) for kind in PHASES)


def _gradient(function: str) -> _Plan:
    return _Plan("gradient", _GRADIENT, CodeMark(function, "grads[name]"), (("g", "{∂f/∂x}"),), -1.0)


def _velocity(function: str) -> _Plan:
    return _Plan("memory", _VELOCITY, CodeMark(function, "v *= "), (("v", "{μ}·{v} − {η}·{g}"),), 1.0)


def _division(function: str, expression: str) -> tuple[_Plan, _Plan]:
    mark = CodeMark(function, "values -= ")
    divided = _Plan("division", _DIVISION, mark, (("d", expression),), -1.0)
    return divided, _Plan("move", _TAKEN_AWAY, mark, (("x′", _DIFFERENCE),))


_IDLE = {
    "memory": Text("{name} remembers nothing: only the gradient of now counts", "{name} 没有记忆，只看现在的梯度"),
    "correction": Text("{name} corrects nothing", "{name} 不用修正"),
    "division": Text("{name} divides by nothing: all directions have one rate", "{name} 不除，各方向用同一个学习率"),
}
_GRADIENT = Text("the slope where it stands, {now}", "先求脚下的梯度，{now}")
_VELOCITY = Text("the velocity keeps a share μ and gains −η·g, {now}", "速度保留 μ 倍，再加上 −η·g，{now}")
_SUM = Text("the squared gradient joins all those before, {now}", "梯度的平方加到总和里，{now}")
_MEAN = Text("the squared gradient enters a mean that forgets, {now}", "梯度的平方并入逐渐淡忘的平均，{now}")
_MEANS = Text("gradient and square enter means that forget, {now}", "梯度和平方并入逐渐淡忘的平均，{now}")
_CORRECTION = Text("both means began at 0, so the rate makes up for it, {now}", "平均从 0 开始，用学习率补回来，{now}")
_DIVISION = Text("each direction is divided by its own root, {now}", "每个方向除以自己的平方根，{now}")
_AGAINST = Text("a step against the gradient, {now}", "逆着梯度走一步，{now}")
_ROLLS = Text("it rolls on with its velocity, {now}", "按速度滚到下一处，{now}")
_GLANCES = Text("it rolls on, and looks one velocity ahead, {now}", "往前滚，并提前看一步速度，{now}")
_TAKEN_AWAY = Text("what was divided is taken away, {now}", "减去相除的结果，{now}")
_SHRINKS = Text("the place shrinks by η·λ, then d is taken away, {now}", "位置先缩小 η·λ 倍，再减去 d，{now}")
_ROOTED = "{η}·{g} / (sqrt({h}) + {ε})"
_ADAM = (
    _gradient("Adam.update"),
    _Plan(
        "memory",
        _MEANS,
        CodeMark("Adam.update", "m += "),
        (("m", "{β1}·{m} + (1 − {β1})·{g}"), ("v", "{β2}·{v} + (1 − {β2})·{g}^2")),
        -1.0,
    ),
    _Plan(
        "correction",
        _CORRECTION,
        CodeMark("Adam.update", "corrected = "),
        (("η_t", "{η}·sqrt(1 − {β2}^{t}) / (1 − {β1}^{t})"),),
    ),
    *_division("Adam.update", "{η_t}·{m} / (sqrt({v}) + {ε})"),
)
_PLANS = {
    "sgd": (
        _gradient("SGD.update"),
        _Plan("move", _AGAINST, CodeMark("SGD.update", "values -= "), (("x′", "{x} − {η}·{g}"),)),
    ),
    "momentum": (
        _gradient("Momentum.update"),
        _velocity("Momentum.update"),
        _Plan("move", _ROLLS, CodeMark("Momentum.update", "values += "), (("x′", "{x} + {v}"),)),
    ),
    "nesterov": (
        _gradient("Nesterov.update"),
        _velocity("Nesterov.update"),
        _Plan("move", _GLANCES, CodeMark("Nesterov.update", "values += "), (("x′", "{x} + {μ}·{v} − {η}·{g}"),)),
    ),
    "adagrad": (
        _gradient("AdaGrad.update"),
        _Plan("memory", _SUM, CodeMark("AdaGrad.update", "h += "), (("h", "{h} + {g}^2"),)),
        *_division("AdaGrad.update", _ROOTED),
    ),
    "rmsprop": (
        _gradient("RMSProp.update"),
        _Plan("memory", _MEAN, CodeMark("RMSProp.update", "h += "), (("h", "{ρ}·{h} + (1 − {ρ})·{g}^2"),)),
        *_division("RMSProp.update", _ROOTED),
    ),
    "adam": _ADAM,
    "adamw": (
        *_ADAM[:-1],
        _Plan("move", _SHRINKS, CodeMark("AdamW.update", "values -= "), (("x′", "{x} − {η}·{λ}·{x} − {d}"),)),
    ),
}
"""What each rule does; a phase that is missing here is one in which it does nothing."""
