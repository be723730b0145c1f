"""Exercise: the batch normalization layer, forward and backward; the hardest of the layers."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text, untranslated
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs
from engine.exercises.layer import differences
from engine.exercises.normalizing import drawn, use
from engine.exercises.normalizing import on_stage as numbers_of_the_bench
from engine.pieces.piece import Piece

_BACK = ("Z", "dX", "dgamma", "dbeta")


def _on_stage(params: Any) -> Inputs | None:
    found = numbers_of_the_bench(params)
    # No gradient stands there: a loss that looks at one sample after the other with growing weight.
    return None if found is None else {**found, "dout": [[float(n)] for n in range(1, len(params.x) + 1)]}


def _drawn(samples: int, features: int) -> Inputs:
    chance = np.random.default_rng(features)
    return drawn(samples, features, dout=chance.normal(size=(samples, features)))


EXERCISE = Exercise(
    id="batch_norm_backward",
    order=2,
    title=Text("Batch normalization, the way back"),
    task=Text(
        "Write the whole layer, forward as before and its way back: backward keeps dgamma and dbeta and gives the "
        "gradient of x. A number of x moves its own result, and through μ and σ those of all samples."
    ),
    piece=Piece("techniques.BatchNormalization", asked=("forward", "backward")),
    use=use,
    names={"dgamma": untranslated("dγ"), "dbeta": untranslated("dβ"), "Z(test)": Text("Z(test)")},
    checks=(
        Check(Text("forward, with the numbers of the stage"), quantities=("Z",)),
        Check(Text("the gradients of γ and β"), lambda: _drawn(4, 3), ("dgamma", "dbeta")),
        Check(Text("the gradient of x"), lambda: _drawn(4, 3), _BACK),
        Check(
            Text("all three against central differences of your forward"),
            lambda: _drawn(5, 3),
            ("dX", "dgamma", "dbeta"),
            "differences",
        ),
        Check(
            Text("where dout is the same everywhere, dX is 0"), lambda: drawn(4, 2, dout=np.full((4, 2), 3.0)), _BACK
        ),
        Check(Text("two samples, five features"), lambda: _drawn(2, 5), _BACK),
        Check(Text("with the numbers of the stage, dout = 1, 2, 3 …"), quantities=_BACK),
        Check(Text("the running values after one batch"), lambda: _drawn(6, 3), ("running_mean", "running_var")),
        Check(
            Text("the running values after two batches"),
            lambda: {**_drawn(6, 3), "more": drawn(4, 3)["x"]},
            ("running_mean", "running_var"),
        ),
        Check(Text("in a test, which changes nothing"), lambda: _drawn(6, 3)),
    ),
    hints=(
        Text(
            "Draw it as a graph of small steps: mean, difference, square, mean, root, division. Each goes back alone."
        ),
        Text("A mean sends dout/N back to every sample. What was used in two places gets the sum of both."),
        Text(
            "Of the gradient of x̂ two parts are taken away: its mean over the batch, and the part that lies along x̂. "
            "Then it is divided by σ."
        ),
    ),
    differences=differences,
    by_hand=ByHand(
        Text("Two features, x = (1 5; 3 9), γ = (1 1), and dout = (2 4; −3 6). What is dβ[1]?"),
        lambda: {"x": [[1, 5], [3, 9]], "gamma": [1, 1], "beta": [0, 0], "dout": [[2, 4], [-3, 6]]},
        "dbeta",
        (1,),
    ),
    on_stage=_on_stage,
    stage={"view": "bench"},
    works_in=("batch_norm", "layers"),
    works_with={"batch_norm": {"view": "train"}, "layers": {"layer": "batch_norm"}},
)
