"""Fields of networks that are configured and trained by the learner: inputs, optimizer and regularization.

Shared by the experiments with such networks; if a field can be changed during a run, ``effect`` is ``live``.
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
"""By their names, which are the values of this field. Decay is a penalty, which has fields of its own."""
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
    """The field of a network's inputs computed from a point in the plane; by default its coordinates."""
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
    """The field of the optimizer."""
    return choice(
        default,
        {name: untranslated(name) for name in OPTIMIZERS_BY_NAME},
        Text("Optimizer"),
        Text("How gradients become steps; a new one remembers nothing."),
        effect=effect,
    )


def l1_penalty(effect: Effect) -> Any:
    """The field of λ1 in λ1·Σ|w|."""
    help = Text("Times the sum of all sizes of weights, added to the loss.")
    return real(0.0, (0.0, 0.1), Text("L1 penalty"), help, step=0.001, effect=effect, more=True)


def l2_penalty(effect: Effect) -> Any:
    """The field of λ2 in ½·λ2·Σw²."""
    help = Text("Times half the sum of squared weights, added to the loss.")
    return real(0.0, (0.0, 0.1), Text("L2 penalty"), help, step=0.001, effect=effect, more=True)


def dropout_ratio(effect: Effect) -> Any:
    """The field of the share of hidden neurons that dropout leaves out."""
    help = Text("The share of hidden neurons that each update leaves out.")
    return real(0.0, (0.0, 0.9), untranslated("Dropout"), help, step=0.05, effect=effect, more=True)
