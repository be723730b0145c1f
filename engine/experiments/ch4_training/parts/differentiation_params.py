"""The parameters and the frame of the experiment `differentiation`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.calculus import Expression, central_difference, forward_difference
from engine.contract.fields import Choice, Option, Real, TypedExpression, Vector, Visible, parameter
from engine.contract.frame import Frame, quantity
from engine.contract.params import Params
from engine.contract.text import Text, same
from engine.experiments.ch4_training.parts.differentiation_functions import (
    FUNCTIONS,
    OWN,
    VARIABLES,
    WIDE,
    expression,
)

DIFFERENCES = {"forward": forward_difference, "central": central_difference}
DTYPES = ("float64", "float32")
ENTRIES = ("x0", "x1", "x2")
ARRAY_TYPES = {"integer": np.int64, "none": np.float64}
"""What the array of the gradient holds, by pitfall."""
SMALLEST, LARGEST = -15.0, 0.3
"""h goes from 10⁻¹⁵ to 2, that is from power to power of ten."""
NOTCHES = 20
"""Steps that are tried in every decade of h."""
BOOK_H = 1e-4
NO_ERROR = -17.0
"""The power of ten at which errors are drawn that are 0 or smaller than that."""


def step_of(power: float) -> float:
    """h at a power of ten, in three digits, as its control has it."""
    return float(f"{10.0**power:.3g}")


STEPS = np.array([step_of(n / NOTCHES) for n in range(round(SMALLEST * NOTCHES), round(LARGEST * NOTCHES) + 1)])
STEPS.setflags(write=False)


@dataclass(frozen=True)
class DifferentiationParams(Params):
    """Which function, where, with which step and in which numbers; and a point for the gradient of whole numbers."""

    view: str = parameter(
        "valley",
        Choice(
            label=Text("View", "视图"),
            help=Text(
                "How the error depends on h, or what an array of integers does to a gradient.",
                "看误差怎样随 h 变化，或者看整数数组会把梯度算成什么样。",
            ),
            options=(
                Option("valley", Text("step h", "步长 h")),
                Option("integer", Text("integers", "整数数组")),
            ),
            on_stage=True,
        ),
    )
    function: str = parameter(
        "sin",
        Choice(
            label=Text("Function", "函数"),
            help=Text("The function whose slope is wanted.", "求哪个函数的导数。"),
            options=tuple(Option(name, one.label) for name, one in FUNCTIONS.items()),
            visible=Visible("view", ("valley",)),
        ),
    )
    own: str = parameter(
        "x*sin(x^2)",
        TypedExpression(
            label=Text("f(x) =", "f(x) ="),
            help=Text("Your own function of x.", "自己输入一个 x 的函数。"),
            variables=VARIABLES,
            understand=Expression,
            visible=Visible("function", (OWN,)),
        ),
    )
    x: float = parameter(
        1.0,
        Real(
            label=same("x"),
            help=Text("Where the slope is wanted.", "在哪里求导数。"),
            minimum=-10.0,
            maximum=10.0,
            step=0.1,
            visible=Visible("view", ("valley",)),
        ),
    )
    h: float = parameter(
        1.0,
        Real(
            label=Text("Step h", "步长 h"),
            help=Text("How far from x the function is evaluated.", "在离 x 多远的地方取函数值。"),
            minimum=step_of(SMALLEST),
            maximum=step_of(LARGEST),
            step=10.0**0.1,
            scale="log",
            visible=Visible("view", ("valley",)),
        ),
    )
    difference: str = parameter(
        "forward",
        Choice(
            label=Text("Difference", "差分"),
            help=Text(
                "Forward: from x to x + h. Central: from x − h to x + h.",
                "前向差分：从 x 到 x + h。中心差分：从 x − h 到 x + h。",
            ),
            options=(
                Option("forward", Text("forward", "前向差分")),
                Option("central", Text("central", "中心差分")),
            ),
            visible=Visible("view", ("valley",)),
        ),
    )
    dtype: str = parameter(
        "float64",
        Choice(
            label=Text("Numbers", "数的类型"),
            help=Text("float64 keeps about 16 digits, float32 about 7.", "float64 约 16 位有效数字，float32 约 7 位。"),
            options=tuple(Option(name, same(name)) for name in DTYPES),
            visible=Visible("view", ("valley",)),
        ),
    )
    point: tuple[float, float, float] = parameter(
        (2.0, 3.0, 5.0),
        Vector(
            label=Text("Point", "求梯度的点"),
            help=Text("Where the gradient is wanted.", "在哪一点求梯度。"),
            components=ENTRIES,
            minimum=-9.0,
            maximum=9.0,
            step=1.0,
            visible=Visible("view", ("integer",)),
        ),
    )
    pitfall: str = parameter(
        "integer",
        Choice(
            label=Text("The array holds", "数组里放的是"),
            help=Text(
                "np.array([2, 3, 5]) makes integers, np.array([2.0, 3.0, 5.0]) floats.",
                "np.array([2, 3, 5]) 得到整数，np.array([2.0, 3.0, 5.0]) 得到浮点数。",
            ),
            options=(
                Option("integer", Text("integers (wrong)", "整数（错）")),
                Option("none", Text("floats (right)", "浮点数（对）")),
            ),
            visible=Visible("view", ("integer",)),
        ),
    )
    selected: str = parameter(
        "x0",
        Choice(
            label=Text("Entry", "分量"),
            help=Text(
                "The entry whose difference is drawn and shown under Working.", "图里画、演算里算的是哪个分量的差分。"
            ),
            options=tuple(Option(name, same(name)) for name in ENTRIES),
            effect="view",
            on_stage=True,
        ),
    )

    @property
    def text(self) -> str:
        """The function in plain signs."""
        return self.own if self.function == OWN else FUNCTIONS[self.function].expression

    @property
    def f(self) -> Expression:
        """The function."""
        return expression(self.text)

    @property
    def window(self) -> tuple[float, float]:
        """The part of the x axis that the plot of the function shows."""
        listed = FUNCTIONS[self.function]
        return (listed.low, listed.high) if listed.low <= self.x <= listed.high else WIDE

    @property
    def row(self) -> tuple[int, int]:
        """The place of the chosen difference and number format in the frame's arrays."""
        return list(DIFFERENCES).index(self.difference), DTYPES.index(self.dtype)

    @property
    def entry(self) -> int:
        """The index of the selected entry of the point."""
        return ENTRIES.index(self.selected)


@dataclass(frozen=True, kw_only=True, eq=False)
class DifferentiationFrame(Frame):
    """``state`` is fine, corner, no_slope or no_value; what there is not is nan.

    ``value`` and ``exact`` are f(x) and its derivative, ``left`` and ``right`` the slopes beside x. In arrays (2, 2, …)
    the first index is the difference (forward, central), the second the format (float64, float32): ``slopes`` and
    ``errors_here`` (2, 2) at h, ``errors`` (2, 2, N) over ``steps`` (N,), ``best`` (2, 2) the best h and
    ``best_errors`` its error; ``slope``, ``error``, ``best_h`` and ``best_error`` are those of the chosen ones.
    ``digits`` counts the right digits of the slope, 17 if no error is left. ``truncation`` and ``rounding`` (N,) are
    what theory expects. ``curve_x``, ``curve_y`` (M,) draw the function, ``ends_x``, ``ends_y`` (2,) are the places
    that the chosen difference reads; ``near`` (K,) are distances from x in h, ``rise`` (K,) what f changes by there,
    ``ends_near``, ``ends_rise`` (2,) the same of those two places. ``top`` is a power of ten over all errors;
    ``x_range``, ``y_range`` and ``rise_reach`` are what the axes show.

    What is called ``cut`` belongs to the gradient that stores its points in the chosen array: ``stored`` (3,) what the
    array makes of the point and ``f_stored`` f there, ``cut_gradient`` (3,) the result, ``right_gradient`` (3,) that
    with floats, ``exact_gradient`` (3,) the derivative, ``is_right`` (3,) whether the result is that; ``asked``,
    ``kept``, ``f_kept`` (3, 2) are entries x + h and x − h as computed and as stored, and f there, ``change`` (3,) its
    difference. ``slices`` (3, L) are f over each entry alone at ``slice_x`` (L,), ``slice_ranges`` (3, 4) what its
    axes show.
    """

    state: str = quantity()
    text: str = quantity()
    value: float = quantity()
    exact: float = quantity()
    left: float = quantity()
    right: float = quantity()
    slope: float = quantity()
    error: float = quantity()
    digits: float = quantity()
    best_h: float = quantity()
    best_error: float = quantity()
    absorbed: bool = quantity()
    slopes: np.ndarray = quantity()
    errors_here: np.ndarray = quantity()
    steps: np.ndarray = quantity()
    errors: np.ndarray = quantity()
    best: np.ndarray = quantity()
    best_errors: np.ndarray = quantity()
    truncation: np.ndarray = quantity()
    rounding: np.ndarray = quantity()
    top: float = quantity()
    curve_x: np.ndarray = quantity()
    curve_y: np.ndarray = quantity()
    x_range: np.ndarray = quantity()
    y_range: np.ndarray = quantity()
    ends_x: np.ndarray = quantity()
    ends_y: np.ndarray = quantity()
    near: np.ndarray = quantity()
    rise: np.ndarray = quantity()
    ends_near: np.ndarray = quantity()
    ends_rise: np.ndarray = quantity()
    rise_reach: float = quantity()
    stored: np.ndarray = quantity()
    f_stored: float = quantity()
    cut_gradient: np.ndarray = quantity()
    right_gradient: np.ndarray = quantity()
    exact_gradient: np.ndarray = quantity()
    is_right: np.ndarray = quantity()
    asked: np.ndarray = quantity()
    kept: np.ndarray = quantity()
    f_kept: np.ndarray = quantity()
    change: np.ndarray = quantity()
    slice_x: np.ndarray = quantity()
    slices: np.ndarray = quantity()
    slice_ranges: np.ndarray = quantity()
