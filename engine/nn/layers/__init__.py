"""Layers: ``forward(x)``, ``backward(dout)``, and ordered ``params`` with the ``grads`` that belong to them."""

from engine.nn.layers.add import Add
from engine.nn.layers.affine import Affine
from engine.nn.layers.average_pooling import AveragePooling
from engine.nn.layers.batch_normalization import BatchNormalization
from engine.nn.layers.convolution import Convolution
from engine.nn.layers.dropout import Dropout
from engine.nn.layers.leaky_relu import LeakyReLU
from engine.nn.layers.max_pooling import MaxPooling
from engine.nn.layers.multiply import Multiply
from engine.nn.layers.relu import ReLU
from engine.nn.layers.sigmoid import Sigmoid
from engine.nn.layers.softmax_with_loss import SoftmaxWithLoss
from engine.nn.layers.swish import Swish
from engine.nn.layers.tanh import Tanh

__all__ = [
    "Add", "Affine", "AveragePooling", "BatchNormalization", "Convolution", "Dropout", "LeakyReLU",
    "MaxPooling", "Multiply", "ReLU", "Sigmoid", "SoftmaxWithLoss", "Swish", "Tanh",
]  # fmt: skip
