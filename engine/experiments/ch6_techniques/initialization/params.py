"""The parameters and the frame of the experiment `initialization`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from engine.contract.api import (
    Cell,
    Params,
    VisibleWhen,
    choice,
    format_real,
    integer,
    parameter,
    quantity,
    view_choice,
)
from engine.contract.fields import Real
from engine.contract.text import Text, untranslated
from engine.experiments.shared.learning.batches import learning_rate
from engine.experiments.shared.learning.race import RaceFrame
from engine.nn import he, xavier
from engine.nn.activation_registry import ACTIVATIONS, by_id, led_by

WIDTH, SAMPLES = 100, 1000
"""The number of neurons in every layer, which is also the number of inputs, and the number of samples."""
MOST_LAYERS = 100
BINS = 41
HIDDEN_LAYERS, BATCH = 4, 128
"""The number of hidden layers, of ``WIDTH`` neurons each, and the batch size of the networks that learn."""
XAVIER, HE = xavier(WIDTH), he(WIDTH)
SPREADS = MappingProxyType({1.0: "", 0.01: "", XAVIER: "Xavier", HE: "He"})
"""The standard deviations that are offered, with their names ("" for none)."""
LEARNERS = MappingProxyType({"small": Text("std 0.01"), "xavier": untranslated("Xavier"), "he": untranslated("He")})
CHOSEN = by_id(one for one in led_by(("sigmoid", "tanh"), ACTIVATIONS.values()) if one.layer is not None)
"""The activation functions that are compared, by id: those that exist as a layer of a network."""
COMBINATIONS = len(CHOSEN) * len(SPREADS)
_NEAR = 0.025
_FLOW = ("activations", "gradients")


@dataclass(frozen=True, kw_only=True)
class Spread(Real):
    """A field for the standard deviation of weights; those of Xavier and He are displayed with their names."""

    def spell(self, value: float) -> Text:
        name = SPREADS.get(value)
        return untranslated(f"{format_real(value, 3)} ({name})") if name else super().spell(value)


def caught(std: float) -> float:
    """The standard deviation in ``SPREADS`` to which ``std`` snaps, or ``std`` itself if none is near."""
    return next((one for one in SPREADS if abs(std / one - 1) <= _NEAR), std)


class InitializationParams(Params):
    """The number of layers, their activation function and initial weights, and the view."""

    view: str = view_choice(
        "activations",
        {
            "activations": Text("activations"),
            "gradients": Text("gradients"),
            "grid": Text("all {count}")(count=COMBINATIONS),
            "train": Text("training"),
        },
        Text("The activations of every layer, the gradients on their way back, all combinations, or what learns best."),
    )
    activation: str = choice(
        "sigmoid",
        {one.id: one.name for one in CHOSEN.values()},
        Text("Activation"),
        Text("What every layer makes of its sums."),
    )
    std: float = parameter(
        1.0,
        Spread(
            label=Text("Weight std"),
            help=Text("How widely the initial weights scatter around 0. The control snaps to 1, 0.01, Xavier and He."),
            minimum=0.001,
            maximum=3.0,
            step=10**0.05,
            scale="log",
            visible=VisibleWhen("view", _FLOW),
        ),
    )
    layers: int = integer(
        5,
        (2, MOST_LAYERS),
        Text("Layers"),
        Text("Each has 100 neurons."),
        visible=VisibleWhen("view", (*_FLOW, "grid")),
    )
    weights: str = choice(
        "normal",
        {"normal": Text("drawn"), "alike": Text("all alike")},
        Text("Weights"),
        Text("Drawn from a normal distribution, or every weight the same number, the std itself."),
        more=True,
        visible=VisibleWhen("view", _FLOW),
    )
    upstream: str = choice(
        "normal",
        {"normal": Text("drawn"), "ones": Text("all 1")},
        Text("Gradient at the end"),
        Text("What is sent back from the last layer."),
        more=True,
        visible=VisibleWhen("view", _FLOW),
    )
    learning_rate: float = learning_rate(
        0.01,
        (0.001, 1.0),
        Text("The same for all three networks."),
        visible=VisibleWhen("view", ("train",)),
    )
    selected: tuple[int, int] = parameter(
        (0, 4),
        Cell(
            label=Text("Layer"),
            rows=1,
            columns="layers",
            most=MOST_LAYERS,
            effect="view",
            on_stage=True,
            visible=VisibleWhen("view", _FLOW),
        ),
    )

    @property
    def scale(self) -> str:
        """The standard deviation as text, with its name if it has one, such as "0.1 (Xavier)"."""
        name = SPREADS.get(self.std)
        return f"{format_real(self.std, 3)} ({name})" if name else format_real(self.std, 3)


class InitializationFrame(RaceFrame):
    """L layers of ``WIDTH`` neurons with histograms of B bins, A × S combinations of activation function and standard
    deviation, or three networks that learn.

    Arrays of a view that is not shown have length 0, and its numbers are None. Shares are of all values of a layer;
    values outside an axis belong to no bin. Gradients are those with respect to a layer's activations; that of the last
    layer is the input of the backward pass. An activation is flat where the slope is below a fifth of the largest: for
    sigmoid outside 0.05 … 0.95, for tanh outside ±0.9, for ReLU at 0, for swish left of −0.6; leaky ReLU has no such
    part. A neuron is dead if it is flat for every sample.
    """

    activation_axis: np.ndarray  # (2,) from and to where activations are counted
    gradient_axis: np.ndarray  # (2,)
    activation_shares: np.ndarray  # (L, B)
    gradient_shares: np.ndarray  # (L, B)
    activations_beyond: np.ndarray  # (L, 2) the shares below and above the axis
    gradients_beyond: np.ndarray  # (L, 2)
    activation_stds: np.ndarray  # (L + 1,) from the inputs on
    gradient_stds: np.ndarray  # (L,)
    mean_squares: np.ndarray  # (L,) of what comes into every layer
    flat: np.ndarray  # (L,) shares
    dead: np.ndarray  # (L,) shares of neurons
    different: np.ndarray  # (L,) neurons of which no two give the same
    smallest_std: float | None  # of the layers' activations
    largest_std: float | None
    most_flat: float | None = quantity(share=True)  # the largest share of all layers
    last_std: float | None
    first_gradient: float | None  # the standard deviation at the first layer
    grid_axes: np.ndarray  # (A, 2)
    grid_shares: np.ndarray  # (A, S, B) of the last layer, by activation and spread
    grid_beyond: np.ndarray  # (A, S, 2)
    grid_stds: np.ndarray  # (A, S)
    grid_gradients: np.ndarray  # (A, S) at the first layer
    grid_layers: int
    best: str | None = quantity(words=dict(LEARNERS))  # of the networks that learn, the one with the smallest mean loss
    best_loss: float | None
    chance_loss: float = math.log(10)
