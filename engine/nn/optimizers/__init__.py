"""Optimizers: each turns gradients into changes of the parameters, ``update(params, grads)``, in place."""

from engine.nn.optimizers.adagrad import AdaGrad
from engine.nn.optimizers.adam import Adam
from engine.nn.optimizers.adamw import AdamW
from engine.nn.optimizers.momentum import Momentum
from engine.nn.optimizers.nadam import NAdam
from engine.nn.optimizers.nesterov import Nesterov
from engine.nn.optimizers.rmsprop import RMSProp
from engine.nn.optimizers.sgd import SGD

__all__ = ["SGD", "AdaGrad", "Adam", "AdamW", "Momentum", "NAdam", "Nesterov", "RMSProp"]
