"""Repair exercise: a gradient descent that modifies the caller's start in place."""

from __future__ import annotations

from engine.calculus import descent
from engine.contract.text import Text
from engine.exercises.descent.gradient_descent import EXERCISE as WHOLE
from engine.exercises.exercise import Check, Exercise
from engine.exercises.mending import Mending

_CODE = """    x = init_x
    for _ in range(step_num):
        x -= lr * numerical_gradient(f, x)
    return x
"""
_FAULTY = Text(
    "def gradient_descent(f, init_x, lr=0.01, step_num=100):\n"
    '    """init_x: where it begins -> where it ends"""\n{code}'
)(code=_CODE)
_MENDING = Mending("gradient_descent", _FAULTY, WHOLE.given)

EXERCISE = Exercise(
    id="mend_start",
    order=101,
    title=Text("a descent twice from one start"),
    task=Text(
        "Called once, this descent ends where it should. Called a second time from the same start, with another lr, it "
        "begins somewhere else. Mend it."
    ),
    name="gradient_descent",
    blank=_FAULTY,
    use=WHOLE.use,
    reference=WHOLE.reference,
    given=WHOLE.given,
    counts=WHOLE.counts,
    checks=(
        Check(Text("function, start and rate of the stage")),
        Check(
            Text("three variables"),
            lambda: {
                "f": "(x0 - 1)^2 + (x1 - 2)^2 + x2^2",
                "init_x": [1.0, 0.0, -1.0],
                "lr": 0.05,
                "step_num": 20,
            },
        ),
        Check(
            Text("a matrix of weights"),
            lambda: {
                "f": "x0^2 + x1*x2 + (x3 - x1)^2 + x2^2",
                "init_x": [[1.0, 2.0], [3.0, -1.0]],
                "lr": 0.1,
                "step_num": 5,
            },
        ),
    ),
    hints=(
        Text("How many arrays are there in this function, and how many names?"),
        Text("−= writes into the array itself, whatever its name."),
        Text("Either begin with a copy, or make a new array at every step."),
    ),
    ours=(descent.gradient_descent,),
    mistakes=(
        _MENDING.wrong(
            "always_from_the_start",
            Text(
                "Of all steps one alone is left: does each begin at the start again, or does the loop end with the "
                "first?"
            ),
            ("        x -= ", "        x = init_x.copy()\n        x -= "),
        ),
        _MENDING.wrong(
            "gradient_of_the_start",
            Text("All steps were taken with the gradient of the start. It has to be asked for where x stands now."),
            ("    x = init_x\n", "    x = init_x.copy()\n"),
            ("numerical_gradient(f, x)", "numerical_gradient(f, init_x)"),
        ),
        _MENDING.wrong(
            "step_alone",
            Text("What is left is the last step alone. It has to be taken from where x stood."),
            ("x -= lr", "x = -lr"),
        ),
        _MENDING.wrong(
            "uphill",
            Text("It climbs: the gradient points uphill."),
            ("    x = init_x\n", "    x = init_x.copy()\n"),
            ("x -= lr", "x += lr"),
        ),
        _MENDING.wrong(
            "without_rate",
            Text("You get exactly these numbers if lr does not count."),
            ("    x = init_x\n", "    x = init_x.copy()\n"),
            ("lr * ", ""),
        ),
    ),
    on_stage=WHOLE.on_stage,
    stage=WHOLE.stage,
    shown_at=WHOLE.shown_at,
    mends="start_point_changed",
)
