"""What a derivation is: lines that follow from one another, each with a formula that is left out, and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np

Point = Mapping[str, Any]
"""What everything else is computed from, as numbers and arrays by names: an input, a layer's weights, a gradient."""
Values = Mapping[str, Any]
"""The symbols of a derivation, as they are written, and what they come to at a point: numbers, or whole matrices."""

Kind = Literal["number", "shape", "matrix"]
"""What a gap stands for: a number, the shape of an array, or a product or sum of whole matrices."""


@dataclass(frozen=True)
class Line:
    """One step, and what its gap has to come to.

    The gap may use the ``symbols``, names as in ``Derivation.symbols``. ``right`` gives the value at a point: by the
    program's own function or by differences, and never by the formula that is asked for. ``lit`` gives the changes
    after which the stage shows the cell of this step, none where it has none. ``shown`` says whether the stage shows
    what the line is about, so that its numbers are told as those of the stage. ``drawn`` makes points of this line
    alone, where the derivation's do not do.
    """

    id: str
    symbols: tuple[str, ...]
    right: Callable[[Point], Any]
    kind: Kind = "number"
    lit: Callable[[Any], Mapping[str, object]] = field(default=lambda params: {})
    shown: bool = True
    drawn: Callable[[np.random.Generator], Point] | None = None


@dataclass(frozen=True)
class Derivation:
    """A chain of lines, one after the other; its words lie in ``resources/derivations`` under the same id.

    ``symbols`` gives all of them at a point. ``on_stage`` gives the point that the experiment shows with its
    parameters, or None where it shows something else; ``stage`` are the changes after which it shows what this is
    about. ``drawn`` makes a point by chance, away from places where a formula has no value.
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
