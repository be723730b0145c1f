"""The parameters and the frame of the experiment `differentiation`."""

from __future__ import annotations

import numpy as np

from engine.calculus import Expression, central_difference, forward_difference
from engine.contract.fields import TypedExpression, Vector, Visible, choice, parameter, real
from engine.contract.frame import Frame
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


class DifferentiationParams(Params):
    """Which function, where, with which step and in which numbers; and a point for the gradient of whole numbers."""

    view: str = choice(
        "valley",
        {"valley": Text("step h", "步长 h"), "integer": Text("integers", "整数数组")},
        Text("View", "视图"),
        Text(
            "How the error depends on h, or what an array of integers does to a gradient.",
            "看误差怎样随 h 变化，或者看整数数组会把梯度算成什么样。",
        ),
        on_stage=True,
    )
    function: str = choice(
        "sin",
        {name: one.label for name, one in FUNCTIONS.items()},
        Text("Function", "函数"),
        Text("The function whose slope is wanted.", "求哪个函数的导数。"),
        visible=Visible("view", ("valley",)),
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
    x: float = real(
        1.0,
        (-10.0, 10.0),
        same("x"),
        Text("Where the slope is wanted.", "在哪里求导数。"),
        step=0.1,
        visible=Visible("view", ("valley",)),
    )
    h: float = real(
        1.0,
        (step_of(SMALLEST), step_of(LARGEST)),
        Text("Step h", "步长 h"),
        Text("How far from x the function is evaluated.", "在离 x 多远的地方取函数值。"),
        step=10.0**0.1,
        scale="log",
        visible=Visible("view", ("valley",)),
    )
    difference: str = choice(
        "forward",
        {"forward": Text("forward", "前向差分"), "central": Text("central", "中心差分")},
        Text("Difference", "差分"),
        Text(
            "Forward: from x to x + h. Central: from x − h to x + h.",
            "前向差分：从 x 到 x + h。中心差分：从 x − h 到 x + h。",
        ),
        visible=Visible("view", ("valley",)),
    )
    dtype: str = choice(
        "float64",
        {name: same(name) for name in DTYPES},
        Text("Numbers", "数的类型"),
        Text("float64 keeps about 16 digits, float32 about 7.", "float64 约 16 位有效数字，float32 约 7 位。"),
        visible=Visible("view", ("valley",)),
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
    pitfall: str = choice(
        "integer",
        {"integer": Text("integers (wrong)", "整数（错）"), "none": Text("floats (right)", "浮点数（对）")},
        Text("The array holds", "数组里放的是"),
        Text(
            "np.array([2, 3, 5]) makes integers, np.array([2.0, 3.0, 5.0]) floats.",
            "np.array([2, 3, 5]) 得到整数，np.array([2.0, 3.0, 5.0]) 得到浮点数。",
        ),
        visible=Visible("view", ("integer",)),
    )
    selected: str = choice(
        "x0",
        {name: same(name) for name in ENTRIES},
        Text("Entry", "分量"),
        Text("The entry whose difference is drawn and shown under Working.", "图里画、演算里算的是哪个分量的差分。"),
        effect="view",
        on_stage=True,
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

    state: str
    text: str
    value: float
    exact: float
    left: float
    right: float
    slope: float
    error: float
    digits: float
    best_h: float
    best_error: float
    absorbed: bool
    slopes: np.ndarray
    errors_here: np.ndarray
    steps: np.ndarray
    errors: np.ndarray
    best: np.ndarray
    best_errors: np.ndarray
    truncation: np.ndarray
    rounding: np.ndarray
    top: float
    curve_x: np.ndarray
    curve_y: np.ndarray
    x_range: np.ndarray
    y_range: np.ndarray
    ends_x: np.ndarray
    ends_y: np.ndarray
    near: np.ndarray
    rise: np.ndarray
    ends_near: np.ndarray
    ends_rise: np.ndarray
    rise_reach: float
    stored: np.ndarray
    f_stored: float
    cut_gradient: np.ndarray
    right_gradient: np.ndarray
    exact_gradient: np.ndarray
    is_right: np.ndarray
    asked: np.ndarray
    kept: np.ndarray
    f_kept: np.ndarray
    change: np.ndarray
    slice_x: np.ndarray
    slices: np.ndarray
    slice_ranges: np.ndarray
