"""Exercise: ReLU as a function of an array, which must not modify its argument."""

from __future__ import annotations

import numpy as np

from engine.contract.fields import VisibleWhen
from engine.contract.text import Text
from engine.exercises.activation import images, on_stage, shown_at, use
from engine.exercises.exercise import ByHand, Check, Exercise
from engine.pieces.piece import Piece

EXERCISE = Exercise(
    id="relu_function",
    order=2,
    title=Text("ReLU, for every number of an array"),
    task=Text(
        "Write the function that passes positive numbers on and makes 0 of all others, for arrays of any shape. The "
        "caller still needs x, so give a new array back."
    ),
    piece=Piece("functions.relu"),
    use=use,
    checks=(
        Check(Text("the sum at the cursor")),
        Check(Text("both sides of 0, and 0 itself"), lambda: {"x": [[-3.0, 0.0, 2.0], [1.0, -0.5, 5.0]]}),
        Check(Text("whole numbers"), lambda: {"x": np.array([-2, 0, 30])}),
        Check(Text("images of shape (N, C, H, W)"), images),
    ),
    hints=(
        Text("Of each number and 0: which of the two is kept?"),
        Text(
            "NumPy compares whole arrays, number by number. max looks for one number in all of them; what is wanted is "
            "a maximum at each place."
        ),
        Text("np.maximum, or np.where with a condition. Do not write into x."),
    ),
    by_hand=ByHand(
        Text("x = (−2.5, 1.5). What is y[0]?"),
        lambda: {"x": [-2.5, 1.5]},
        "y",
        (0,),
    ),
    on_stage=on_stage("relu"),
    stage={"functions": ("sigmoid", "relu")},
    seen_in={"activations": VisibleWhen("functions", ("relu",))},
    shown_at=shown_at,
    works_in=(
        *("activations", "gradient_check", "optimizer_race", "batch_norm", "overfitting", "hyperparameters", "cnn"),
        *("feature_maps", "forward", "training", "layers"),
    ),
    works_with={"forward": {"hidden": "relu"}, "training": {"activation": "relu"}, "layers": {"layer": "relu"}},
)
