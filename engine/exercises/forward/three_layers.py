"""Exercise: the forward pass through three layers, as the book writes it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn import activations
from engine.nn.forward import Activation, Layer, affine, forward

_Network = Mapping[str, np.ndarray]


def _layers(network: _Network) -> list[Layer]:
    return [(network[f"W{number}"], network[f"b{number}"]) for number in (1, 2, 3)]


def _passed(network: _Network, x: np.ndarray, hidden: Activation, output: Activation) -> np.ndarray:
    return forward(x, _layers(network), hidden, output)[-1][1]


def _ours(network: _Network, x: np.ndarray) -> np.ndarray:
    return _passed(network, x, activations.sigmoid, activations.identity)


def _without_biases(network: _Network, x: np.ndarray) -> np.ndarray:
    return _ours({name: part if name[0] == "W" else 0 * part for name, part in network.items()}, x)


def _linear(network: _Network, x: np.ndarray) -> np.ndarray:
    return _passed(network, x, activations.identity, activations.identity)


def _squeezed(network: _Network, x: np.ndarray) -> np.ndarray:
    return _passed(network, x, activations.sigmoid, activations.sigmoid)


def _linear_second(network: _Network, x: np.ndarray) -> np.ndarray:
    first, second, third = _layers(network)
    return affine(affine(activations.sigmoid(affine(x, *first)), *second), *third)


def _linear_first(network: _Network, x: np.ndarray) -> np.ndarray:
    first, second, third = _layers(network)
    return affine(activations.sigmoid(affine(affine(x, *first), *second)), *third)


def _biases_behind(network: _Network, x: np.ndarray) -> np.ndarray:
    for W, b in _layers(network)[:2]:
        x = activations.sigmoid(x @ W) + b
    return affine(x, network["W3"], network["b3"])


def _biases_away(network: _Network, x: np.ndarray) -> np.ndarray:
    return _ours({name: part if name[0] == "W" else -part for name, part in network.items()}, x)


def _by_tanh(network: _Network, x: np.ndarray) -> np.ndarray:
    return _passed(network, x, activations.tanh, activations.identity)


def _by_relu(network: _Network, x: np.ndarray) -> np.ndarray:
    return _passed(network, x, activations.relu, activations.identity)


def _weights_left(network: _Network, x: np.ndarray) -> np.ndarray:
    return _ours({**network, "W3": network["W3"].T}, x)


def _use(written: Any, x: np.ndarray, **network: np.ndarray) -> Values:
    yield "y", written(network, x)


def _on_stage(params: Any) -> Inputs | None:
    if (params.hidden, params.output) != ("sigmoid", "identity"):
        return None
    layers = {f"{letter}{number}": part.tolist() for number, layer in enumerate(params.layers, start=1)
              for letter, part in zip("Wb", layer, strict=True)}  # fmt: skip
    return {"x": list(params.x[0]), **layers}


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"selected": f"3-{place[-1] + 1}"}


def _drawn(samples: int, *sizes: int) -> Inputs:
    chance = np.random.default_rng(samples)
    pairs = list(pairwise(sizes))
    return {
        "x": chance.normal(size=(samples, sizes[0])),
        **{f"W{number}": chance.normal(size=pair) for number, pair in enumerate(pairs, start=1)},
        **{f"b{number}": chance.normal(size=pair[1]) for number, pair in enumerate(pairs, start=1)},
    }


def _at_work(written: Any) -> Mapping[Any, Any]:
    def yours(
        x: np.ndarray, layers: list[Layer], hidden: Activation, output: Activation
    ) -> list[tuple[np.ndarray, np.ndarray]]:
        """The engine's result, a pair (weighted sums, activations) for each layer.

        For three layers with sigmoid, the last pair comes from the learner's code.
        """
        found = forward(x, layers, hidden, output)
        if len(layers) == 3 and getattr(hidden, "__name__", "") == activations.sigmoid.__name__:
            network = {f"W{number}": W for number, (W, _) in enumerate(layers, start=1)}
            network |= {f"b{number}": b for number, (_, b) in enumerate(layers, start=1)}
            a = returned.array(written(network, x), found[-1][0].shape)
            found[-1] = a, output(a)
        return found

    return {forward: yours}


EXERCISE = Exercise(
    id="three_layers",
    order=1,
    title=Text("Forward through three layers"),
    task=Text(
        "Write the way from x to y: in every layer the sums x·W + b, and between the layers sigmoid. The output is "
        "the last sum as it is. sigmoid is there; network holds W1, b1 and so on."
    ),
    name="forward",
    blank=Text(
        '''def forward(network, x):
    """x (D,) or (N, D) -> y (K,) or (N, K)

    network["W1"] (D, H), network["b1"] (H,); also W2 to b3
    """
'''
    ),
    use=_use,
    reference=_ours,
    checks=(
        Check(Text("the network of the stage")),
        Check(Text("a batch of four samples"), lambda: _drawn(4, 2, 3, 5, 6), hint=2),
        Check(Text("layers of other sizes"), lambda: _drawn(1, 5, 4, 3, 6)),
    ),
    hints=(
        Text("Three times the same: the sums, then the activation. Only the last layer lacks the second part."),
        Text("What one layer gives is what the next one takes in. Give it a name of its own: a1, z1, a2, z2, a3."),
        Text("np.dot takes a row as well as a batch of rows, with x on the left and W on the right."),
    ),
    ours=(forward, affine),
    mistakes=(
        Mistake(
            "no_biases",
            _without_biases,
            Text("You get exactly these numbers without the biases."),
        ),
        Mistake(
            "linear",
            _linear,
            Text("No activation was used at all: three such layers are no more than one."),
        ),
        Mistake(
            "squeezed",
            _squeezed,
            Text("The output went through sigmoid, too. Here it is the sum itself."),
        ),
        Mistake(
            "linear_second",
            _linear_second,
            Text("The second layer's sums went on without an activation."),
        ),
        Mistake("linear_first", _linear_first, Text("The first layer's sums went on without an activation.")),
        Mistake(
            "biases_behind",
            _biases_behind,
            Text("The biases were added after sigmoid. They belong to the sum that goes into it."),
        ),
        Mistake("biases_away", _biases_away, Text("The biases were taken away. They are added.")),
        Mistake("tanh", _by_tanh, Text("These are the numbers with tanh between the layers. Here it is sigmoid.")),
        Mistake("relu", _by_relu, Text("These are the numbers with ReLU between the layers. Here it is sigmoid.")),
        Mistake(
            "weights_left",
            _weights_left,
            Text("W stands on the left of the last product, so its rows were used. Each neuron has a column of W."),
        ),
    ),
    given=lambda: {"sigmoid": activations.sigmoid},
    by_hand=ByHand(
        Text("x = 3, and one neuron in every layer: W1 = 2, b1 = −6, W2 = 4, b2 = −2, W3 = 6, b3 = 1. What is y?"),
        lambda: {"x": [3.0], "W1": [[2.0]], "b1": [-6.0], "W2": [[4.0]], "b2": [-2.0], "W3": [[6.0]], "b3": [1.0]},
        "y",
        (0,),
    ),
    on_stage=_on_stage,
    stage={"hidden": "sigmoid", "output": "identity"},
    shown_at=_shown_at,
    works_in=("forward", "digits"),
    at_work=_at_work,
)
