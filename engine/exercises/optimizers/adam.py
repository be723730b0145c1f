"""Exercise: the optimizer Adam, as the book writes it."""

from __future__ import annotations

from engine.contract.fields import VisibleWhen
from engine.contract.text import Text, sentences
from engine.exercises.exercise import ByHand, Exercise
from engine.exercises.three_updates import AFTER, CHANGED, WITH_EPSILON, checks, use
from engine.pieces.piece import Piece

EXERCISE = Exercise(
    id="adam",
    order=3,
    title=Text("Adam: means that are corrected for their start"),
    task=sentences(
        (
            Text(
                "Write the optimizer. m and v are running means of the gradient and of its square, both starting at 0. "
                "At update t the step is lr·√(1 − β2ᵗ)/(1 − β1ᵗ) times m, divided by √v + ε."
            ),
            WITH_EPSILON,
            AFTER,
        )
    ),
    piece=Piece("optimizers.Adam"),
    use=use,
    checks=checks(lr=0.1, beta1=0.8, beta2=0.99),
    changes=CHANGED,
    hints=(
        Text("A running mean keeps a share of itself and takes the rest from what is new. How large is the rest?"),
        Text("t counts calls of update, once for all parameters together; the first update has t = 1."),
        Text("The corrected rate is one number for the whole update. Then come, for each name, m, v and the step."),
    ),
    by_hand=ByHand(
        Text(
            "W1 = 1, rate 0.1, and the first gradient is 4000, so that ε does not count. What is W1 after one update?"
        ),
        lambda: {"W1": [1], "W2": [1], "dW1": [[4000]], "dW2": [[4000]], "lr": 0.1},
        "W1(1)",
        (0,),
    ),
    stage={"selected": "adam"},
    works_in=("optimizers", "optimizer_race", "playground"),
    works_with={"optimizer_race": {}, "playground": {"optimizer": "Adam"}},
    seen_in={"optimizers": VisibleWhen("selected", ("adam",))},
)
