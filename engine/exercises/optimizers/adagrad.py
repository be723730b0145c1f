"""Exercise: the optimizer AdaGrad, as the book writes it."""

from __future__ import annotations

from engine.contract.fields import VisibleWhen
from engine.contract.text import Text, sentences
from engine.exercises.exercise import ByHand, Exercise
from engine.exercises.three_updates import AFTER, CHANGED, WITH_EPSILON, checks, use
from engine.pieces.piece import Piece

EXERCISE = Exercise(
    id="adagrad",
    order=2,
    title=Text("AdaGrad: a rate for every number"),
    task=sentences(
        (
            Text(
                "Write the optimizer. h of each parameter sums up the squared gradients, and each step is lr times the "
                "gradient, divided by the root of h to which ε is added."
            ),
            WITH_EPSILON,
            AFTER,
        )
    ),
    piece=Piece("optimizers.AdaGrad"),
    use=use,
    checks=checks(lr=0.5),
    changes=CHANGED,
    hints=(
        Text("How long is the very first step, if ε is left aside? It does not depend on the gradient's size."),
        Text("Squares never get negative, so h can only grow, and steps get shorter and shorter."),
        Text("h first takes in the new gradient, and then divides it: every number by its own root."),
    ),
    by_hand=ByHand(
        Text("W1 = 1, rate 0.5, gradients 3000 and then 4000; ε is too small to count. What is W1 after two updates?"),
        lambda: {"W1": [1], "W2": [1], "dW1": [[3000], [4000]], "dW2": [[3000], [4000]], "lr": 0.5},
        "W1(2)",
        (0,),
    ),
    stage={"selected": "adagrad"},
    works_in=("optimizers", "optimizer_race", "playground"),
    works_with={"optimizer_race": {}, "playground": {"optimizer": "AdaGrad"}},
    seen_in={"optimizers": VisibleWhen("selected", ("adagrad",))},
)
