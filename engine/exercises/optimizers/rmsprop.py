"""Exercise: the optimizer RMSProp, that is, AdaGrad with h as an exponential running mean."""

from __future__ import annotations

from engine.contract.fields import VisibleWhen
from engine.contract.text import Text, sentences
from engine.exercises.exercise import ByHand, Exercise
from engine.exercises.three_updates import AFTER, CHANGED, WITH_EPSILON, checks, use
from engine.pieces.piece import Piece

EXERCISE = Exercise(
    id="rmsprop",
    order=4,
    title=Text("RMSProp: a mean that forgets"),
    task=sentences(
        (
            Text(
                "AdaGrad's h only grows, until no step is left. Write the optimizer whose h keeps a share decay_rate "
                "of itself and takes the rest from the new squares; the step is AdaGrad's."
            ),
            WITH_EPSILON,
            AFTER,
        )
    ),
    piece=Piece("optimizers.RMSProp"),
    use=use,
    checks=checks(lr=0.1, decay_rate=0.8),
    changes=CHANGED,
    hints=(
        Text("If every gradient were 2, what would h come to in the end? A mean of fours is 4."),
        Text("What h keeps and what it takes make 1 together. How large is the rest?"),
        Text("h begins at 0 for every parameter. First it takes in the new squares, then its root divides the step."),
    ),
    by_hand=ByHand(
        Text(
            "W1 = 1, rate 0.1, decay_rate 0.75, and the first gradient is 4000, so that ε does not count. What is W1 "
            "after one update?"
        ),
        lambda: {"W1": [1], "W2": [1], "dW1": [[4000]], "dW2": [[4000]], "lr": 0.1, "decay_rate": 0.75},
        "W1(1)",
        (0,),
    ),
    stage={"selected": "rmsprop"},
    works_in=("optimizers", "optimizer_race", "playground"),
    works_with={
        "optimizer_race": {"optimizers": ("sgd", "adagrad", "rmsprop")},
        "playground": {"optimizer": "RMSProp"},
    },
    seen_in={"optimizers": VisibleWhen("selected", ("rmsprop",))},
)
