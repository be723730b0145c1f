"""Parameter fields for networks that the learner configures and trains: inputs, optimizer and regularization.

Shared by the experiments with such networks. With ``effect="live"`` a field can be changed during a run.
"""

from __future__ import annotations

from typing import Any

from engine.contract.api import Text, choice, parameter, real, untranslated
from engine.contract.fields.base import Effect, VisibleWhen
from engine.contract.fields.choices import Choices, Option
from engine.nn.activation_registry import ACTIVATIONS, led_by
from engine.nn.optimizer_registry import OPTIMIZERS

ACTIVATION_OPTIONS = {
    one.id: one.name for one in led_by(("tanh", "relu"), ACTIVATIONS.values()) if one.in_place is not None
}
OPTIMIZERS_BY_NAME = {one.name: one for one in OPTIMIZERS.values() if not one.has_own_decay}
"""The optimizers by name, which is the value of the parameter field. Optimizers with weight decay of their own are left
out, since these networks have fields for penalties.
"""
FEATURES = {
    "x1": untranslated("x1"),
    "x2": untranslated("x2"),
    "x1_squared": untranslated("x1²"),
    "x2_squared": untranslated("x2²"),
    "x1_x2": untranslated("x1·x2"),
    "sin_x1": untranslated("sin x1"),
    "sin_x2": untranslated("sin x2"),
}


def features(visible: VisibleWhen | None = None) -> Any:
    """The parameter field for a network's inputs, which are computed from a point (x1, x2); by default x1 and x2."""
    return parameter(
        ("x1", "x2"),
        Choices(
            label=Text("Inputs"),
            help=Text("What the network is told of a point."),
            options=tuple(Option(value, name) for value, name in FEATURES.items()),
            visible=visible,
        ),
    )


def optimizer(effect: Effect, default: str = "SGD") -> Any:
    """The parameter field for the optimizer."""
    return choice(
        default,
        {name: untranslated(name) for name in OPTIMIZERS_BY_NAME},
        Text("Optimizer"),
        Text("How gradients become steps; a new one remembers nothing."),
        effect=effect,
    )


def l1_penalty(effect: Effect) -> Any:
    """The parameter field for λ1, the factor of the penalty λ1·Σ|w| in the loss."""
    help = Text("Times the sum of all sizes of weights, added to the loss.")
    return real(0.0, (0.0, 0.1), Text("L1 penalty"), help, step=0.001, effect=effect, more=True)


def l2_penalty(effect: Effect) -> Any:
    """The parameter field for λ2, the factor of the penalty ½·λ2·Σw² in the loss."""
    help = Text("Times half the sum of squared weights, added to the loss.")
    return real(0.0, (0.0, 0.1), Text("L2 penalty"), help, step=0.001, effect=effect, more=True)


def dropout_ratio(effect: Effect) -> Any:
    """The parameter field for dropout: the share of the hidden neurons that each update leaves out."""
    help = Text("The share of hidden neurons that each update leaves out.")
    return real(0.0, (0.0, 0.9), untranslated("Dropout"), help, step=0.05, effect=effect, more=True)
