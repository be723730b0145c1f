"""The phases of an optimizer's step: each with a sentence, its formulas and its values."""

from __future__ import annotations

import dataclasses
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from engine.calculus.expressions import Expression
from engine.contract.api import EMPTY, CodeMark, Text, WorkingStep, bracketed, format_short
from engine.contract.working import digits_of_difference
from engine.experiments.ch6_techniques.optimizers.params import PHASES, Opened, OptimizersParams
from engine.nn.optimizer_registry import OPTIMIZERS, Part
from engine.nn.optimizers import EPSILON

_PLACES = "₀₁"
_FARTHEST = 1e100
_DIFFERENCE = "{x} − {d}"

Values = Mapping[str, float | np.ndarray]
"""Values by their letters: a number that both coordinates share, or an array (2,) with one for each."""


@dataclass(frozen=True, eq=False)
class Quantity:
    """A quantity computed in a phase: its ``symbol``, its ``expression``, and the ``values`` put in.

    ``result`` is a number, or an array (2,) with one for each coordinate.
    """

    symbol: str
    expression: str
    values: Values
    result: float | np.ndarray

    @classmethod
    def of(cls, symbol: str, expression: str, known: Values) -> Quantity:
        """Evaluate ``expression`` with the ``known`` values."""
        names = tuple(dict.fromkeys(name for _, name, _, _ in string.Formatter().parse(expression) if name))
        letters = {name: f"n{place}" for place, name in enumerate(names)}
        formula = Expression(expression.format(**letters), tuple(letters.values()), of_a_working=True)
        result = formula(*(known[name] for name in names))
        return cls(symbol, expression, {name: known[name] for name in names}, result if result.ndim else float(result))

    def spelled(self) -> str:
        """The symbol with its result, as in "h = 0.5"."""
        return (
            f"{self.symbol} = {format_short(self.result) if isinstance(self.result, float) else bracketed(self.result)}"
        )

    def lines(self) -> tuple[WorkingStep, ...]:
        """The calculation as a line for each coordinate, or a single line if both share it."""
        if isinstance(self.result, float):
            values = {name: float(value) for name, value in self.values.items()}
            return (WorkingStep(self.symbol, self.expression, values, self.result),)
        found = []
        for index, place in enumerate(_PLACES):
            values = {name: float(np.broadcast_to(value, 2)[index]) for name, value in self.values.items()}
            # Where most of a place is taken away again, more of its digits count.
            digits = digits_of_difference(*values.values()) if self.expression == _DIFFERENCE else 6
            left = self.symbol[0] + place + self.symbol[1:]
            found.append(WorkingStep(left, self.expression, values, float(self.result[index]), digits=digits))
        return tuple(found)


@dataclass(frozen=True)
class Phase:
    """One phase of an optimizer's step, such as updating the velocity, for display.

    It has a ``kind``, a sentence about it, the quantities computed in it, and the line of code (``mark``). If the
    optimizer skips the phase, there are no quantities. ``arrow`` is the label and the vector (2,) of an arrow that
    starts where the step begins.
    """

    kind: str
    caption: Text
    quantities: tuple[Quantity, ...] = ()
    mark: CodeMark | None = None
    arrow: tuple[str, np.ndarray] | None = None

    @property
    def lines(self) -> tuple[WorkingStep, ...]:
        """The calculations of all quantities, a line for each coordinate where they differ; only the first line has
        ``caption`` as its note.
        """
        found = [line for one in self.quantities for line in one.lines()]
        return tuple(
            dataclasses.replace(line, note=EMPTY if place else self.caption) for place, line in enumerate(found)
        )


def _done(part: Part, known: dict[str, Any], remembered: str | None) -> Phase:
    """Compute a phase of an optimizer; the results are also added to ``known`` for later phases.

    The arrow shows the quantity with the letter ``remembered`` if it is computed here, else the first one.
    """
    found = [Quantity.of(symbol, expression, known) for symbol, expression in part.sums]
    known.update({one.symbol: one.result for one in found})
    pulling = next((one for one in found if one.symbol == remembered), found[0])
    name = pulling.symbol if part.pulls > 0 else f"−{pulling.symbol}"
    way = np.asarray(part.pulls * pulling.result)
    caption = part.caption(now=", ".join(one.spelled() for one in found))
    return Phase(
        part.phase, caption, tuple(found), CodeMark(part.method, part.line), (name, way) if part.pulls else None
    )


@lru_cache(maxsize=4)  # one picture asks for them four times
def phases_of(rule: str, params: OptimizersParams, opened: Opened) -> tuple[Phase, ...]:
    """All phases of a step, in order; empty if a number in them is nan, or too large."""
    optimizer, settings = OPTIMIZERS[rule], params.settings(rule)
    known: dict[str, Any] = {setting.letter: settings[setting.id] for setting in optimizer.settings}
    known |= {"x": opened.before, "∂f/∂x": opened.gradient, "t": float(opened.number), "ε": EPSILON}
    for kept, value in ((optimizer.memory, opened.memory), (optimizer.squares, opened.squares)):
        if kept is not None:
            known[kept[0]] = value
    with np.errstate(all="ignore"):
        remembered = optimizer.memory[0] if optimizer.memory else None
        found = {part.phase: _done(part, known, remembered) for part in optimizer.parts}
        numbers = [one.result for phase in found.values() for one in phase.quantities]
        if not all(np.all(np.abs(number) < _FARTHEST) for number in numbers):
            return ()
    return tuple(found.get(kind) or Phase(kind, _IDLE[kind](name=optimizer.name)) for kind in PHASES)


_IDLE = {
    "memory": Text("{name} remembers nothing: only the present gradient counts"),
    "correction": Text("{name} corrects nothing"),
    "division": Text("{name} divides by nothing: all directions have one rate"),
}
"""The sentences about an optimizer that has nothing to do in a phase, by phase."""
