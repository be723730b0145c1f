"""Neural networks from scratch: the functions and layers that the experiments run, whose source the Code panel shows.

Every optimizer class and activation function of the registries can be imported from here too.
"""

from typing import Any

from engine.nn.activations import identity, leaky_relu, relu, sigmoid, softplus, step, swish, tanh
from engine.nn.conv_network import conv_network
from engine.nn.forward import affine, forward
from engine.nn.im2col import col2im, im2col, output_size
from engine.nn.initializers import gaussian, he, xavier, zeros
from engine.nn.layers import (
    Add,
    Affine,
    AveragePooling,
    BatchNormalization,
    Convolution,
    Dropout,
    LeakyReLU,
    MaxPooling,
    Multiply,
    ReLU,
    Sigmoid,
    SoftmaxWithLoss,
    Swish,
    Tanh,
)
from engine.nn.losses import cross_entropy_error, mean_squared_error, softmax, sum_squared_error
from engine.nn.network import Network
from engine.nn.optimizers import SGD, AdaGrad, Adam, AdamW, Momentum, NAdam, Nesterov, RMSProp
from engine.nn.perceptrons import distance_from_line, perceptron, perceptron_update, weighted_sum

__all__ = [
    "SGD",
    "AdaGrad",
    "Adam",
    "AdamW",
    "Add",
    "Affine",
    "AveragePooling",
    "BatchNormalization",
    "Convolution",
    "Dropout",
    "LeakyReLU",
    "MaxPooling",
    "Momentum",
    "Multiply",
    "NAdam",
    "Nesterov",
    "Network",
    "RMSProp",
    "ReLU",
    "Sigmoid",
    "SoftmaxWithLoss",
    "Swish",
    "Tanh",
    "affine",
    "col2im",
    "conv_network",
    "cross_entropy_error",
    "distance_from_line",
    "forward",
    "gaussian",
    "he",
    "identity",
    "im2col",
    "leaky_relu",
    "mean_squared_error",
    "output_size",
    "perceptron",
    "perceptron_update",
    "relu",
    "sigmoid",
    "softmax",
    "softplus",
    "step",
    "sum_squared_error",
    "swish",
    "tanh",
    "weighted_sum",
    "xavier",
    "zeros",
]


def __getattr__(name: str) -> Any:
    """Returns the class of an optimizer, or an activation function, that is not imported above.

    The registries are imported only on access, since they import the modules of this package themselves.
    """
    from engine.nn.activation_registry import ACTIVATIONS
    from engine.nn.optimizer_registry import OPTIMIZERS

    found = {**{one.kind.__name__: one.kind for one in OPTIMIZERS.values()},
             **{id: one.function for id, one in ACTIVATIONS.items()}}.get(name)  # fmt: skip
    if found is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return found
