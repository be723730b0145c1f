"""Neural networks from scratch: the functions and layers that the experiments run, readable beside the plots.

Of every record in the registries the optimizer's class and the activation function are here too, by their names.
"""

from typing import Any

from engine.nn.activations import identity, leaky_relu, relu, sigmoid, softplus, step, swish, tanh
from engine.nn.convolution.conv_network import conv_network
from engine.nn.convolution.im2col import col2im, im2col
from engine.nn.convolution.windows import output_size
from engine.nn.forward import affine, forward
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
from engine.nn.losses import cross_entropy_error, mean_squared_error, sum_squared_error
from engine.nn.network import Network
from engine.nn.optimizers import SGD, AdaGrad, Adam, AdamW, Momentum, NAdam, Nesterov, RMSProp
from engine.nn.perceptrons.perceptron import distance_from_line, perceptron, weighted_sum
from engine.nn.perceptrons.perceptron_rule import perceptron_update
from engine.nn.softmax import softmax

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
    """An optimizer's class or an activation function that is not imported above.

    The registries are asked when a name is, since they import the modules of this package themselves.
    """
    from engine.nn.activation_registry import ACTIVATIONS
    from engine.nn.optimizers.registry import OPTIMIZERS

    found = {**{one.kind.__name__: one.kind for one in OPTIMIZERS.values()},
             **{id: one.function for id, one in ACTIVATIONS.items()}}.get(name)  # fmt: skip
    if found is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return found
