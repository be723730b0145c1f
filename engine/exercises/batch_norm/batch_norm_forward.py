"""Exercise: the forward pass of batch normalization, with the batch's statistics in training, running ones in tests."""

from __future__ import annotations

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs
from engine.exercises.normalizing import drawn, on_stage, use
from engine.pieces.piece import Piece


def _standing_still() -> Inputs:
    return {"x": [[3.0, 1.0], [3.0, 2.0]], "gamma": [2.0, 1.0], "beta": [0.5, 0.0]}


EXERCISE = Exercise(
    id="batch_norm_forward",
    order=1,
    title=Text("Batch normalization, forward"),
    task=Text(
        "Write the pass forward. In training each feature is normalized by the batch's own μ and σ² (divided by N, "
        "with ε under the root), scaled by γ and shifted by β, and the running values keep a share, momentum, "
        "of themselves; in a test the running values are used and stay."
    ),
    piece=Piece("techniques.BatchNormalization", asked=("forward",)),
    use=use,
    names={"Z(test)": Text("Z(test)")},
    checks=(
        Check(Text("training, with the numbers of the stage"), quantities=("Z",)),
        Check(Text("four features, each by itself"), lambda: drawn(5, 4), ("Z",)),
        Check(Text("the running values after one batch"), lambda: drawn(6, 3), ("running_mean", "running_var"), hint=2),
        Check(
            Text("the running values after two batches"),
            lambda: {**drawn(6, 3), "more": drawn(4, 3)["x"]},
            ("running_mean", "running_var"),
            hint=2,
        ),
        Check(Text("in a test, which changes nothing"), lambda: drawn(6, 3)),
        Check(Text("another momentum"), lambda: drawn(6, 2, momentum=0.6), hint=2),
        Check(Text("a feature that hardly varies"), lambda: {**drawn(5, 2), "x": 1e-4 * drawn(5, 2)["x"]}, ("Z",)),
        Check(Text("a feature that is always the same"), _standing_still),
    ),
    hints=(
        Text("A feature is a column. Along which axis is its mean taken?"),
        Text("After normalizing, each column has mean 0 and standard deviation 1; then come γ and β."),
        Text("Running values: momentum times the old one, and the rest, 1 − momentum, of what this batch has."),
    ),
    by_hand=ByHand(
        Text(
            "One feature, x = (2; 4; 6; 8), momentum 0.9; running_mean begins at 0. What is running_mean[0] after this "
            "batch?"
        ),
        lambda: {"x": [[2], [4], [6], [8]], "gamma": [1], "beta": [0]},
        "running_mean",
        (0,),
    ),
    on_stage=on_stage,
    stage={"view": "bench"},
    works_in=("batch_norm", "layers"),
    works_with={"batch_norm": {"view": "train"}, "layers": {"layer": "batch_norm"}},
)
