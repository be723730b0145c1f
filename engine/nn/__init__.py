"""Neural networks from scratch: the functions and layers that the experiments run, readable beside the plots."""

from engine.nn.activations import identity, leaky_relu, relu, sigmoid, softplus, step, tanh
from engine.nn.forward import affine, forward
from engine.nn.initializers import gaussian, he, xavier, zeros
from engine.nn.layers import (
    Add,
    Affine,
    BatchNormalization,
    Dropout,
    LeakyReLU,
    Multiply,
    ReLU,
    Sigmoid,
    SoftmaxWithLoss,
    Tanh,
)
from engine.nn.losses import cross_entropy_error, mean_squared_error, sum_squared_error
from engine.nn.network import Network
from engine.nn.optimizers import SGD, AdaGrad, Adam, AdamW, Momentum, Nesterov, RMSProp
from engine.nn.perceptron import distance_from_line, perceptron, weighted_sum
from engine.nn.perceptron_rule import perceptron_update
from engine.nn.softmax import softmax

__all__ = [
    "SGD",
    "AdaGrad",
    "Adam",
    "AdamW",
    "Add",
    "Affine",
    "BatchNormalization",
    "Dropout",
    "LeakyReLU",
    "Momentum",
    "Multiply",
    "Nesterov",
    "Network",
    "RMSProp",
    "ReLU",
    "Sigmoid",
    "SoftmaxWithLoss",
    "Tanh",
    "affine",
    "cross_entropy_error",
    "distance_from_line",
    "forward",
    "gaussian",
    "he",
    "identity",
    "leaky_relu",
    "mean_squared_error",
    "perceptron",
    "perceptron_update",
    "relu",
    "sigmoid",
    "softmax",
    "softplus",
    "step",
    "sum_squared_error",
    "tanh",
    "weighted_sum",
    "xavier",
    "zeros",
]
