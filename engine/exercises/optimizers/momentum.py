"""Exercise: the optimizer Momentum, as the book writes it."""

from __future__ import annotations

from engine.contract.fields import VisibleWhen
from engine.contract.text import Text, sentences
from engine.exercises.exercise import ByHand, Exercise
from engine.exercises.three_updates import AFTER, CHANGED, checks, use
from engine.pieces.piece import Piece

EXERCISE = Exercise(
    id="momentum",
    order=1,
    title=Text("Momentum: a step with a velocity"),
    task=sentences(
        (
            Text(
                "Write the optimizer. The velocity v of each parameter keeps a share of itself and gains −lr times the "
                "gradient, then it is added to the parameter."
            ),
            AFTER,
        )
    ),
    piece=Piece("optimizers.Momentum"),
    use=use,
    checks=checks(lr=0.1, momentum=0.5),
    changes=CHANGED,
    hints=(
        Text("What has to be remembered from one update to the next? How many of it are there?"),
        Text("In the first update nothing is remembered yet: a velocity of 0, in the shape of the parameter."),
        Text("First the velocity, then the step. An array is changed in place by an operator such as +=."),
    ),
    by_hand=ByHand(
        Text("W1 = 1, rate 0.1, momentum 0.5, and the gradient is 2 twice. What is W1 after two updates?"),
        lambda: {"W1": [1], "W2": [1], "dW1": [[2], [2]], "dW2": [[2], [2]], "lr": 0.1, "momentum": 0.5},
        "W1(2)",
        (0,),
    ),
    stage={"selected": "momentum"},
    works_in=("optimizers", "optimizer_race", "playground"),
    works_with={"optimizer_race": {}, "playground": {"optimizer": "Momentum"}},
    seen_in={"optimizers": VisibleWhen("selected", ("momentum",))},
)
