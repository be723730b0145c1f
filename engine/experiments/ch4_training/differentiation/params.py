"""The parameters and the frame of the experiment `differentiation`."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from engine.calculus import Expression, central_difference, forward_difference
from engine.calculus.step_errors import step_of, steps_between
from engine.contract.api import Frame, Params, Text, quantity, untranslated, view_choice
from engine.contract.fields import TypedExpression, Vector, VisibleWhen, choice, parameter, real


class Listed(NamedTuple):
    """A function of the list; ``low`` to ``high`` is the range of x in which it is interesting."""

    label: Text
    expression: str
    low: float
    high: float


OWN = "own"
FUNCTIONS = {
    "sin": Listed(untranslated("sin x"), "sin(x)", -1.0, 4.0),
    "exp": Listed(untranslated("exp x"), "exp(x)", -2.0, 3.0),
    "square": Listed(untranslated("x²"), "x^2", -3.0, 4.0),
    "cube": Listed(untranslated("x³"), "x^3", -2.5, 3.5),
    "book": Listed(untranslated("0.01x² + 0.1x"), "0.01*x^2 + 0.1*x", 0.0, 12.0),
    "reciprocal": Listed(untranslated("1/x"), "1/x", -1.0, 4.0),
    "root": Listed(untranslated("√x"), "sqrt(x)", -1.0, 5.0),
    "relu": Listed(untranslated("ReLU"), "relu(x)", -2.0, 3.0),
    OWN: Listed(Text("your own"), "", -3.0, 3.0),
}
WIDE = (-11.0, 12.0)
"""The range of x in the function's plot when x lies outside the function's own range."""
DIFFERENCES = {"forward": forward_difference, "central": central_difference}
DTYPES = ("float64", "float32")
ENTRIES = ("x0", "x1", "x2")
ARRAY_TYPES = {"integer": np.int64, "none": np.float64}
"""The dtype of the array in which the gradient is computed, for each option of ``pitfall``."""
SMALLEST, LARGEST = -15.0, 0.3
"""The powers of ten between which h lies: from 10⁻¹⁵ to 2."""
NOTCHES = 20
"""The number of values of h that are tried in every power of ten."""
BESIDE = 0.75
"""Within this many powers of ten from the best h, h still counts as being at the bottom of the valley."""
BOOK_H = 1e-4
NO_ERROR = -17.0
"""The power of ten at which smaller errors, and 0, are drawn."""
_VALLEY, _INTEGER = VisibleWhen("view", ("valley",)), VisibleWhen("view", ("integer",))


STEPS = steps_between(SMALLEST, LARGEST, NOTCHES)


class DifferentiationParams(Params):
    """The function, x, h and number format of a difference quotient; and a point at which a gradient is computed in an
    array of integers.
    """

    view: str = view_choice(
        "valley",
        {"valley": Text("step h"), "integer": Text("integers")},
        Text("How the error depends on h, or what an array of integers does to a gradient."),
    )
    shown: str = choice(
        "one",
        {"one": Text("one curve"), "causes": Text("causes"), "all": Text("all four")},
        Text("Shown", context="of the error over h"),
        Text("The chosen error curve alone; with its causes and a microscope; or beside the other curves too."),
        effect="view",
        on_stage=True,
        visible=_VALLEY,
    )
    function: str = choice(
        "sin",
        {name: one.label for name, one in FUNCTIONS.items()},
        Text("Function"),
        Text("The function whose slope is wanted."),
        visible=_VALLEY,
    )
    own: str = parameter(
        "x*sin(x^2)",
        TypedExpression(
            label=untranslated("f(x) ="),
            help=Text("Your own function of x."),
            variables=("x",),
            understand=Expression,
            visible=VisibleWhen("function", (OWN,)),
        ),
    )
    x: float = real(
        1.0,
        (-10.0, 10.0),
        untranslated("x"),
        Text("Where the slope is wanted."),
        step=0.1,
        visible=_VALLEY,
    )
    h: float = real(
        1.0,
        (step_of(SMALLEST), step_of(LARGEST)),
        Text("Step h"),
        Text("How far from x the function is evaluated."),
        step=10.0**0.1,
        scale="log",
        visible=_VALLEY,
    )
    difference: str = choice(
        "forward",
        {"forward": Text("forward"), "central": Text("central")},
        Text("Difference", context="finite difference"),
        Text("Forward: from x to x + h. Central: from x − h to x + h."),
        visible=_VALLEY,
    )
    dtype: str = choice(
        "float64",
        {name: untranslated(name) for name in DTYPES},
        Text("Numbers", context="type of numbers"),
        Text("float64 keeps about 16 digits, float32 about 7."),
        visible=_VALLEY,
    )
    point: tuple[float, float, float] = parameter(
        (2.0, 3.0, 5.0),
        Vector(
            label=Text("Point", context="of a gradient"),
            help=Text("Where the gradient is wanted."),
            components=ENTRIES,
            minimum=-9.0,
            maximum=9.0,
            step=1.0,
            visible=_INTEGER,
        ),
    )
    pitfall: str = choice(
        "integer",
        {"integer": Text("integers (wrong)"), "none": Text("floats (right)")},
        Text("The array holds"),
        Text("np.array([2, 3, 5]) makes integers, np.array([2.0, 3.0, 5.0]) floats."),
        visible=_INTEGER,
    )
    selected: str = choice(
        "x0",
        {name: untranslated(name) for name in ENTRIES},
        Text("Entry"),
        Text("The entry whose difference is drawn and shown under “How”."),
        effect="view",
        on_stage=True,
    )

    @property
    def text(self) -> str:
        """The formula of the function."""
        return self.own if self.function == OWN else FUNCTIONS[self.function].expression

    @property
    def f(self) -> Expression:
        """The function as an expression."""
        return _expression(self.text)

    @property
    def window(self) -> tuple[float, float]:
        """The range of x in the function's plot."""
        listed = FUNCTIONS[self.function]
        return (listed.low, listed.high) if listed.low <= self.x <= listed.high else WIDE

    @property
    def row(self) -> tuple[int, int]:
        """The indices of the chosen difference and the chosen number format, the first two axes of the frame's error
        arrays.
        """
        return list(DIFFERENCES).index(self.difference), DTYPES.index(self.dtype)

    @property
    def shows_causes(self) -> bool:
        """Whether the errors expected by theory and the enlarged function close to x are shown."""
        return self.shown != "one"

    def shows_curve(self, row: tuple[int, int]) -> bool:
        """Whether the error curve with the indices ``row`` (difference, number format) is shown."""
        return self.shown == "all" or row == self.row

    @property
    def entry(self) -> int:
        """The index of the selected coordinate of the point."""
        return ENTRIES.index(self.selected)


@lru_cache(maxsize=64)
def _expression(text: str) -> Expression:
    return Expression(text, ("x",))


class DifferentiationFrame(Frame):
    """The difference quotients of a function at x, and the gradient of func1 computed in the array that stores a point.

    Unknown values are nan. Arrays (2, 2, …) are indexed by difference (forward, central), then by number format
    (float64, float32). Arrays (3, …) of the gradient are indexed by coordinate of the point.
    """

    function: str = quantity(words={name: one.label for name, one in FUNCTIONS.items()})
    state: str  # fine, corner, no_slope or no_value
    value: float  # f(x)
    exact: float  # f'(x)
    left: float  # the slopes beside x
    right: float
    slope: float  # what the chosen difference gives, and its error
    error: float
    digits: float  # how many of its digits are right, 17 if no error is left
    best_h: float  # the best h for the chosen difference, and the error there
    best_error: float
    absorbed: bool  # whether x + h is x in the chosen format
    slopes: np.ndarray  # (2, 2) at h
    errors_here: np.ndarray  # (2, 2) at h
    steps: np.ndarray  # (N,) every h that is tried
    errors: np.ndarray  # (2, 2, N)
    best: np.ndarray  # (2, 2) the best h each
    best_errors: np.ndarray  # (2, 2)
    truncation: np.ndarray  # (N,) what theory expects, as rounding
    rounding: np.ndarray
    top: float  # a power of ten over all errors
    curve_x: np.ndarray  # (M,) the function as it is drawn
    curve_y: np.ndarray
    x_range: np.ndarray  # (2,) what the axes of its plot show
    y_range: np.ndarray
    ends_x: np.ndarray  # (2,) the places that the chosen difference reads
    ends_y: np.ndarray
    near: np.ndarray  # (K,) distances from x in units of h
    rise: np.ndarray  # (K,) what f changes by there, in units of h
    ends_near: np.ndarray  # (2,) the same of the places that the difference reads
    ends_rise: np.ndarray
    rise_reach: float  # how far the axis of the changes reaches
    stored: np.ndarray  # (3,) what the array makes of the point
    f_stored: float
    cut_gradient: np.ndarray  # (3,) what the code returns
    right_gradient: np.ndarray  # (3,) the same with floats
    exact_gradient: np.ndarray  # (3,) the derivatives
    is_right: np.ndarray  # (3,) whether the result is that
    asked: np.ndarray  # (3, 2) entries x + h and x − h as computed
    kept: np.ndarray  # (3, 2) as stored
    f_kept: np.ndarray  # (3, 2) f there
    change: np.ndarray  # (3,) the difference of both
    slice_x: np.ndarray  # (L,)
    slices: np.ndarray  # (3, L) f over each entry alone
    slice_ranges: np.ndarray  # (3, 4) what the axes of each show
