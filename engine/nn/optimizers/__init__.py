"""Optimizers: each turns gradients into changes of the parameters, ``update(params, grads)``, in place."""

from engine.nn.optimizers.sgd import SGD

__all__ = ["SGD"]
