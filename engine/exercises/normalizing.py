"""Shared by the batch normalization exercises: how the learner's layer is called, and how it replaces the engine's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.exercises import returned
from engine.exercises.exercise import Inputs
from engine.nn.layers import BatchNormalization

EPSILON = 1e-7


class Ours:
    """The engine's batch normalization layer with the book's interface."""

    def __init__(self, gamma: np.ndarray, beta: np.ndarray, momentum: float = 0.9) -> None:
        self.layer = BatchNormalization(gamma, beta, momentum, EPSILON)
        self.dgamma = self.dbeta = np.empty(0)

    @property
    def running_mean(self) -> np.ndarray:
        return self.layer.running_mean

    @property
    def running_var(self) -> np.ndarray:
        return self.layer.running_variance

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        return self.layer.forward(x, train_flg)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        dx = self.layer.backward(dout)
        self.dgamma, self.dbeta = self.layer.grads["gamma"], self.layer.grads["beta"]
        return dx


def drawn(samples: int, features: int, **more: Any) -> Inputs:
    """Random inputs: a batch x (samples, features), each feature with another mean and spread, γ and β (features,)."""
    chance = np.random.default_rng(samples)
    x = chance.normal(size=(samples, features)) * np.arange(1, features + 1) + 2.0
    return {"x": x, "gamma": chance.normal(size=features) + 2.0, "beta": chance.normal(size=features), **more}


def on_stage(params: Any) -> Inputs | None:
    """The inputs shown in the main picture: one feature as x (N, 1), γ and β; None if it shows something else."""
    if params.view != "bench":
        return None
    return {"x": [[one] for one in params.x], "gamma": [params.gamma], "beta": [params.beta]}


def at_work(written: Any, with_backward: bool) -> Mapping[Any, Any]:
    """The learner's layer in place of the engine's; the backward pass stays the engine's unless ``with_backward``."""

    class Yours(BatchNormalization):
        """The learner's layer with the engine's interface."""

        def __init__(
            self, gamma: np.ndarray, beta: np.ndarray, momentum: float = 0.9, epsilon: float = EPSILON
        ) -> None:
            self._written = written(gamma, beta, momentum)
            super().__init__(gamma, beta, momentum, epsilon)

        # A copy, since whoever keeps one while the layer looks at something puts it back afterwards.
        @property
        def running_mean(self) -> np.ndarray:
            return np.array(self._written.running_mean)

        @running_mean.setter
        def running_mean(self, values: np.ndarray) -> None:
            self._written.running_mean = values

        @property
        def running_variance(self) -> np.ndarray:
            return np.array(self._written.running_var)

        @running_variance.setter
        def running_variance(self, values: np.ndarray) -> None:
            self._written.running_var = values

        def forward(self, x: np.ndarray, training: bool = True) -> np.ndarray:
            self._seen, self._training = x, training
            return returned.array(self._written.forward(x, training), x.shape).astype(x.dtype, copy=False)

        def backward(self, dout: np.ndarray) -> np.ndarray:
            if with_backward and self._training:
                dx = returned.array(self._written.backward(dout), dout.shape)
                found = {"gamma": self._written.dgamma, "beta": self._written.dbeta}
                self.grads = {
                    name: returned.array(one, self.params[name].shape, f"d{name}") for name, one in found.items()
                }
                return dx.astype(dout.dtype, copy=False)
            ours = BatchNormalization(self.params["gamma"], self.params["beta"], 0.0, EPSILON)
            ours.running_mean, ours.running_variance = self.running_mean, self.running_variance
            ours.forward(self._seen, self._training)
            dx, self.grads = ours.backward(dout), ours.grads
            return dx

    return {BatchNormalization: Yours}
