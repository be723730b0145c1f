"""A small network's answers over a square of the plane, as maps of bytes, and the lines where its first sums are 0."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.geometry.contours import contour_segments
from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.small.response_maps import ResponseMaps
from engine.nn.small.small_network import SmallNetwork

_SIDE, _SIDE_OF_MANY, _MANY = 100, 50, 20
"""Places along the side of a map; fewer from so many neurons on, so that a frame stays small."""


class NetworkMaps:
    """Over the square from −``reach`` to ``reach``, rows upwards; ``input_maps`` (n, side, side) stay as they are.

    ``inputs_at`` gives the network's inputs and a 1 at places (G, 2), as (G, n + 1).

    Inputs, hidden neurons and heights are drawn from −1 to 1, as 1 to 255; what has no limits is squashed by
    z/(1 + |z|), inputs are divided by their largest value. What lies between 0 and 1, as sigmoid does, is drawn as 0
    to 255.
    """

    def __init__(self, network: SmallNetwork, inputs_at: Callable[[np.ndarray], np.ndarray], reach: float) -> None:
        self._network = network
        self._side = _SIDE if sum(network.sizes) < _MANY else _SIDE_OF_MANY
        # Every third place of a hundred is enough for lines, and the outermost ones belong to them.
        self._thin = 3 if self._side == _SIDE else 1
        places = ((np.arange(self._side) + 0.5) / self._side * 2 - 1) * reach
        self._places = places[:: self._thin]
        grid = np.stack(np.meshgrid(places, places), axis=-1).reshape(-1, 2)
        inputs = inputs_at(grid).T[:-1]
        self._maps = ResponseMaps(network, inputs)
        # An input that is 0 all over, as one may be on a section, stays so.
        largest = np.maximum(np.abs(inputs).max(axis=1, keepdims=True), np.finfo(float).tiny)
        self.input_maps = self._square(_signed(inputs / largest))
        self.input_maps.setflags(write=False)

    def drawn(self) -> dict[str, np.ndarray]:
        """``hidden_maps`` (neurons, side, side), ``output_maps`` (outputs, side, side), the ``answer_map``, and the
        pieces of ``lines`` (K, 4) with the number ``line_of`` (K,), from 0, of the first layer's neuron.

        Outputs are probabilities of classes from 0 to 255, and the answers 64 steps for each class from just likeliest
        to certain; or both are heights.
        """
        hidden, scores, sums = self._maps.compute()
        sums = sums.reshape(-1, self._side, self._side)[:, :: self._thin, :: self._thin]
        lines = [contour_segments(self._places, self._places, one, 0.0) for one in (sums if hidden else ())]
        maps = [_hidden(name, z) for name, z in zip(self._network.activations, hidden, strict=True)]
        outputs, answer = _outputs(scores, self._network.loss == "square")
        return {
            "hidden_maps": self._square(np.concatenate([*maps, np.empty((0, self._side**2), np.uint8)])),
            "output_maps": self._square(outputs),
            "answer_map": self._square(answer[None])[0],
            "lines": np.concatenate([*lines, np.empty((0, 4))]).astype(np.float32),
            "line_of": np.repeat(np.arange(len(lines), dtype=np.uint8), [len(line) for line in lines]),
        }

    def _square(self, rows: np.ndarray) -> np.ndarray:
        """Maps (m, places) as (m, side, side), in an array that owns them."""
        return rows.reshape(len(rows), self._side, self._side).copy()


def _signed(values: np.ndarray) -> np.ndarray:
    return (values * 127.0 + 128.5).astype(np.uint8)


def _hidden(activation: str, z: np.ndarray) -> np.ndarray:
    limits = ACTIVATIONS[activation].limits
    if limits == (0.0, 1.0):
        return (z * 255.0 + 0.5).astype(np.uint8)
    return _signed(z if limits == (-1.0, 1.0) else z / (1.0 + np.abs(z)))


def _outputs(scores: np.ndarray, is_regression: bool) -> tuple[np.ndarray, np.ndarray]:
    if is_regression:
        heights = _signed(np.clip(scores, -1.0, 1.0))
        return heights, heights[0]
    y = np.exp(scores - scores.max(axis=0))
    y /= y.sum(axis=0)
    most, chance = y.max(axis=0), 1.0 / len(y)
    sure = (np.clip((most - chance) / (1.0 - chance), 0.0, 1.0) * 63.0).astype(np.uint8)
    return (y * 255.0 + 0.5).astype(np.uint8), (y.argmax(axis=0) * 64).astype(np.uint8) + sure
