"""Exercise: the sigmoid function, also for arguments where the exponential would overflow."""

from __future__ import annotations

import numpy as np

from engine.contract.fields import VisibleWhen
from engine.contract.text import Text
from engine.exercises.activation import images, on_stage, shown_at, use
from engine.exercises.exercise import ByHand, Check, Exercise
from engine.pieces.piece import Piece

EXERCISE = Exercise(
    id="sigmoid",
    order=1,
    title=Text("Sigmoid, for every number of an array"),
    task=Text(
        "Write the S-shaped function 1 / (1 + exp(−x)), for arrays of any shape. At −1000 it gives 0, and NumPy has "
        "nothing to warn of."
    ),
    piece=Piece("functions.sigmoid"),
    use=use,
    checks=(
        Check(Text("the sum at the cursor")),
        Check(Text("both sides of 0, in a matrix"), lambda: {"x": [[-3.0, 0.0, 2.0], [1.0, -0.5, 5.0]]}),
        Check(Text("whole numbers"), lambda: {"x": np.array([-2, 0, 3])}),
        Check(Text("−1000 and 1000, without a warning"), lambda: {"x": [-1000.0, 0.0, 1000.0]}, hint=1),
        Check(Text("images of shape (N, C, H, W)"), images),
    ),
    hints=(
        Text("NumPy's functions take whole arrays: no loop over the numbers is needed."),
        Text("e to the power of 1000 is more than float64 can hold. For which x does that power appear?"),
        Text(
            "For negative x multiply the fraction through by e to the power of x: then every power is at most 1. "
            "np.where chooses between the two forms."
        ),
    ),
    by_hand=ByHand(
        Text("x = (ln 4, 0). What is y[0]?"),
        lambda: {"x": [float(np.log(4)), 0.0]},
        "y",
        (0,),
    ),
    on_stage=on_stage("sigmoid"),
    stage={"functions": ("sigmoid", "relu")},
    seen_in={"activations": VisibleWhen("functions", ("sigmoid",))},
    shown_at=shown_at,
    works_in=("activations", "forward", "digits", "training", "initialization", "xor", "layers"),
    works_with={"xor": {"activation": "sigmoid"}, "layers": {"layer": "sigmoid"}},
)
