"""Example functions of two variables for gradient descent, and one of three; all can be typed."""

from __future__ import annotations

from dataclasses import dataclass

from engine.calculus.expressions import Expression
from engine.calculus.expressions.characters import for_people
from engine.contract.text import Text

PLANE = ("x0", "x1")


@dataclass(frozen=True)
class Surface:
    """An example surface: ``text`` is a function of the variables ``names``; its map shows the region from ``low`` to
    ``high``.

    ``minima`` are all points where the function is smallest, empty if it falls without limit. ``start`` is an
    instructive starting point for descent, ``learning_rate`` a suitable rate there.
    """

    name: Text
    text: str
    low: tuple[float, float]
    high: tuple[float, float]
    minima: tuple[tuple[float, ...], ...]
    start: tuple[float, ...]
    learning_rate: float
    names: tuple[str, ...] = PLANE

    @property
    def expression(self) -> Expression:
        """The parsed function, with its exact gradient."""
        return Expression(self.text, self.names)

    @property
    def written(self) -> str:
        """The function as text in book notation: x0²/20 + x1²."""
        return for_people(self.text)


SURFACES = {
    "bowl": Surface(
        Text("round bowl x0² + x1²"),
        "x0^2 + x1^2", (-5.0, -5.0), (5.0, 5.0), ((0.0, 0.0),), (-3.0, 4.0), 0.1,
    ),
    "elongated": Surface(
        Text("long bowl x0²/20 + x1²"),
        "x0^2/20 + x1^2", (-9.0, -9.0), (9.0, 9.0), ((0.0, 0.0),), (-7.0, 2.0), 0.9,
    ),
    "saddle": Surface(
        Text("saddle x0² − x1²"),
        "x0^2 - x1^2", (-3.0, -3.0), (3.0, 3.0), (), (-2.0, 0.01), 0.1,
    ),
    "rosenbrock": Surface(
        Text("Rosenbrock's valley"),
        "(1 - x0)^2 + 100*(x1 - x0^2)^2", (-2.0, -1.2), (2.0, 2.8), ((1.0, 1.0),), (-1.2, 1.0), 0.001,
    ),
    "himmelblau": Surface(
        Text("Himmelblau's four hollows"),
        "(x0^2 + x1 - 11)^2 + (x0 + x1^2 - 7)^2", (-6.0, -6.0), (6.0, 6.0),
        ((3.0, 2.0), (-2.805118, 3.131313), (-3.779310, -3.283186), (3.584428, -1.848127)), (0.0, 0.0), 0.01,
    ),
    "beale": Surface(
        Text("Beale's plateau"),
        "(1.5 - x0 + x0*x1)^2 + (2.25 - x0 + x0*x1^2)^2 + (2.625 - x0 + x0*x1^3)^2",
        (-4.5, -4.5), (4.5, 4.5), ((3.0, 0.5),), (1.0, 1.5), 0.01,
    ),
    "cubic": Surface(
        Text("func1 with a cube: unbounded below"),
        "(x0 - 1)^2 + (x1 - 2)^3 + x2^2", (-2.0, -4.0), (4.0, 4.0), (), (1.0, 0.0, -1.0), 0.01,
        names=(*PLANE, "x2"),
    ),
    "intended": Surface(
        Text("func1 as it was meant"),
        "(x0 - 1)^2 + (x1 - 2)^2 + x2^2", (-2.0, -1.0), (4.0, 5.0), ((1.0, 2.0, 0.0),), (1.0, 0.0, -1.0), 0.01,
        names=(*PLANE, "x2"),
    ),
}  # fmt: skip
"""All example surfaces, by their names in files and on the command line."""
