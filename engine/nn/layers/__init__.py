"""Layers: ``forward(x)``, ``backward(dout)``, and ordered ``params`` with the ``grads`` that belong to them."""

from engine.nn.layers.affine import Affine
from engine.nn.layers.relu import ReLU
from engine.nn.layers.sigmoid import Sigmoid
from engine.nn.layers.softmax_with_loss import SoftmaxWithLoss

__all__ = ["Affine", "ReLU", "Sigmoid", "SoftmaxWithLoss"]
