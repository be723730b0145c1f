"""Repair exercise: a gradient descent that modifies the caller's start in place."""

from __future__ import annotations

from engine.contract.text import Text
from engine.exercises.descent.gradient_descent import EXERCISE as WHOLE
from engine.exercises.descent.gradient_descent import NO_STEP, OF_A_MATRIX, descending
from engine.exercises.exercise import Check, Exercise

EXERCISE = Exercise(
    id="mend_start",
    order=101,
    title=Text("a descent twice from one start"),
    task=Text(
        "Called once, this descent ends where it should. Called a second time from the same start, with another lr, it "
        "begins somewhere else. Mend it."
    ),
    piece=WHOLE.piece,
    use=WHOLE.use,
    counts=WHOLE.counts,
    checks=(
        Check(Text("function, start and rate of the stage")),
        Check(
            Text("three variables"),
            lambda: descending("(x0 - 1)^2 + (x1 - 2)^2 + x2^2", [1.0, 0.0, -1.0], 0.05, 20),
        ),
        NO_STEP,
        OF_A_MATRIX,
    ),
    hints=(
        Text("How many arrays are there in this function, and how many names?"),
        Text("−= writes into the array itself, whatever its name."),
        Text("Either begin with a copy, or make a new array at every step."),
    ),
    on_stage=WHOLE.on_stage,
    stage=WHOLE.stage,
    shown_at=WHOLE.shown_at,
    mends="start_point_changed",
    fault=(("init_x.copy()", "init_x"),),
)
