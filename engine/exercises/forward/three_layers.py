"""Exercise: the forward pass through three layers, as the book writes it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.pieces.piece import Piece


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


EXERCISE = Exercise(
    id="three_layers",
    order=1,
    title=Text("Forward through three layers"),
    task=Text(
        "Write the way from x to y: in every layer the sums x·W + b, and between the layers sigmoid. The output is "
        "the last sum as it is. sigmoid is there; network holds W1, b1 and so on."
    ),
    piece=Piece("functions.forward"),
    use=_use,
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
)
