"""Derivations with gaps for the learner to fill in: a folder for each experiment, a module for each derivation.

``engine.derivations.layers.affine_gradients`` is shown in the experiment ``layers`` and has a ``DERIVATION`` with that
id. The module computes the right values; ``resources/derivations/<language>/<id>.md`` has the words (``reading``);
``checking`` compares what a learner types with the right values.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np


Point = Mapping[str, Any]
"""The values from which all others are computed, by name: an input, a layer's weights, a gradient."""
Values = Mapping[str, Any]
"""The values of a derivation's symbols at a point: numbers, or whole matrices."""

AnswerKind = Literal["number", "shape", "matrix"]
"""The kind of formula in a gap: for a number, for the shape of an array, or a product or sum of matrices."""


@dataclass(frozen=True)
class Line:
    """One line of a derivation, with a gap, and the value that the learner's formula in the gap must have.

    The formula may use the ``symbols``, names as in ``Derivation.symbols``. ``right`` returns the right value at a
    point (a set of numbers for the symbols), computed by the program's own function or by differences, and never by the
    formula that is asked for. ``lit`` returns the parameter changes after which the main picture highlights the cell of
    this line, empty if there is none. ``shown`` tells whether that picture shows the line's quantities, so that
    messages can refer to it. ``drawn`` makes random points for this line alone, if the derivation's are unsuitable.
    """

    id: str
    symbols: tuple[str, ...]
    right: Callable[[Point], Any]
    kind: AnswerKind = "number"
    lit: Callable[[Any], Mapping[str, object]] = field(default=lambda params: {})
    shown: bool = True
    drawn: Callable[[np.random.Generator], Point] | None = None


@dataclass(frozen=True)
class Derivation:
    """A derivation: a sequence of lines with gaps; its words are in ``resources/derivations`` under the same id.

    A point is a set of values at which formulas are compared; ``symbols`` returns the values of all symbols there.
    ``on_stage`` returns the point that the main picture shows with the experiment's parameters, or None if it shows
    something else; ``stage`` are the parameter changes after which it shows what the derivation is about. ``drawn``
    makes a random point, away from places where a formula is undefined.
    """

    id: str
    order: int
    symbols: Callable[[Point], Values]
    lines: tuple[Line, ...]
    on_stage: Callable[[Any], Point | None]
    drawn: Callable[[np.random.Generator], Point]
    stage: Mapping[str, object] = field(default_factory=dict)

    def line(self, line_id: str) -> Line:
        """A line by its id."""
        return next(one for one in self.lines if one.id == line_id)


@cache
def derivations_of(experiment_id: str) -> tuple[Derivation, ...]:
    """The derivations shown in an experiment, in their order; empty if it has none."""
    found = [importlib.import_module(name).DERIVATION for name in _names() if name.split(".")[-2] == experiment_id]
    return tuple(sorted(found, key=lambda one: one.order))


def ids_of(experiment_id: str) -> tuple[str, ...]:
    """The ids of an experiment's derivations, which are module names; no module is imported."""
    return tuple(name.rpartition(".")[2] for name in _names() if name.split(".")[-2] == experiment_id)


@cache
def all_derivations() -> tuple[tuple[str, Derivation], ...]:
    """Every derivation with the id of its experiment, in the order of the book."""
    from engine.contract.catalogue import entries

    return tuple((entry.id, one) for entry in entries() for one in derivations_of(entry.id))


@cache
def _names() -> tuple[str, ...]:
    """The dotted module names of all derivations, without importing any of them."""
    return tuple(
        f"{__name__}.{folder.name}.{module.name}"
        for folder in pkgutil.iter_modules(__path__)
        if folder.ispkg
        for module in pkgutil.iter_modules([f"{__path__[0]}/{folder.name}"])
    )
