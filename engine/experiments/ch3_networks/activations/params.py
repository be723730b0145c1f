"""The parameters and the frame of the experiment `activations`."""

from __future__ import annotations

import numpy as np

from engine.contract.api import (
    Choices,
    Frame,
    Option,
    Params,
    Text,
    VisibleWhen,
    integer,
    parameter,
    real,
    view_choice,
)
from engine.nn.activation_registry import ACTIVATIONS

REACH = 6.0
"""The cursor and the curves go from −6 to 6."""


class ActivationsParams(Params):
    """The compared functions, the cursor's x, and how the functions' input w·x + b is computed from x."""

    functions: tuple[str, ...] = parameter(
        ("sigmoid", "relu"),
        Choices(
            label=Text("Functions"),
            help=Text("The functions that are drawn in one picture."),
            options=tuple(Option(id, one.label) for id, one in ACTIVATIONS.items()),
        ),
    )
    x: float = real(
        2.0,
        (-REACH, REACH),
        Text("Cursor x"),
        Text("Where value and slope are read."),
        step=0.1,
    )
    gain: float = real(
        1.0,
        (-3.0, 3.0),
        Text("Weight w"),
        Text("The function sees a = w·x + b."),
        step=0.1,
    )
    bias: float = real(
        0.0,
        (-REACH, REACH),
        Text("Bias b"),
        Text("The function sees a = w·x + b."),
        step=0.1,
    )
    leak: float = real(
        0.01,
        (0.0, 0.5),
        Text("Leak"),
        Text("The slope of Leaky ReLU below 0."),
        step=0.01,
        visible=VisibleWhen("functions", tuple(one.id for one in ACTIVATIONS.values() if one.leaks)),
    )
    view: str = view_choice(
        "function",
        {"function": Text("one layer"), "stack": Text("n layers")},
        Text("One layer with its slope, or several layers as one function."),
        effect="view",
    )
    layers: int = integer(
        5,
        (1, 10),
        Text("Layers"),
        Text("How many equal layers are stacked, each with the same w and b."),
        visible=VisibleWhen("view", ("stack",)),
    )
    flat_below: float = real(
        10.0,
        (1.0, 50.0),
        Text("Flat below"),
        Text("A function counts as flat where its slope is below this share of its steepest one."),
        step=1.0,
        unit="%",
        more=True,
    )

    def value(self, name: str, a: np.ndarray) -> np.ndarray:
        """The values of the function ``name`` at the sums ``a``."""
        one = ACTIVATIONS[name]
        return one.function(a, self.leak) if one.leaks else one.function(a)

    def slope(self, name: str, a: np.ndarray) -> np.ndarray:
        """The derivative of the function ``name`` at the sums ``a``, with respect to the sum."""
        one = ACTIVATIONS[name]
        return one.slope(a, self.leak) if one.leaks else one.slope(a)

    def steepest(self, name: str) -> float:
        """The largest absolute slope of one layer with the function ``name``, with respect to x."""
        return abs(self.gain) * ACTIVATIONS[name].steepest

    def sum_of(self, x: np.ndarray | float) -> np.ndarray | float:
        """The functions' input w·x + b."""
        return self.gain * x + self.bias


class ActivationsFrame(Frame):
    """The curves of F activation functions, one row each in the order of ``functions``. Slopes are with respect to x.

    ``values`` and ``slopes`` (F, N) are the curves at ``x`` (N,). ``value`` and ``slope`` (F,) are those at the cursor,
    and ``flat`` says whether a function is nearly flat there. ``flat_parts`` has the flat intervals of each function as
    rows (from, to). Fields that begin with ``stack`` are the same for a stack of several layers, seen as one function.
    ``sums`` and ``factors`` (F, layers) are each layer's input and slope at the cursor; ``products`` (F, layers + 1)
    are the products of the slopes up to each layer, 1 before the first. ``bounds`` (F,) are the largest such products
    that are possible. The fields ending in ``range`` are the (low, high) of axes and do not depend on the cursor;
    ``product_range`` is in powers of ten. ``can_be_zero`` says whether some product on the curves is 0.
    """

    functions: tuple[str, ...]
    x: np.ndarray
    a: float
    values: np.ndarray
    slopes: np.ndarray
    value: np.ndarray
    slope: np.ndarray
    flat: np.ndarray
    flat_parts: tuple[np.ndarray, ...]
    value_range: np.ndarray
    slope_range: np.ndarray
    stack_values: np.ndarray
    stack_slopes: np.ndarray
    stack_value: np.ndarray
    stack_slope: np.ndarray
    stack_flat: np.ndarray
    stack_flat_parts: tuple[np.ndarray, ...]
    stack_value_range: np.ndarray
    sums: np.ndarray
    factors: np.ndarray
    products: np.ndarray
    bounds: np.ndarray
    product_range: np.ndarray
    can_be_zero: bool
