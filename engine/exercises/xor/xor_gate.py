"""Exercise: XOR made of three gates, whose calls are counted."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.book import perceptrons
from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Values
from engine.pieces.piece import Piece

_ROWS = ((0, 0), (0, 1), (1, 0), (1, 1))
_asked: list[str] = []
"""The names of the gates that were called since the list was last cleared."""


def _counted(gate: Any) -> Any:
    def counted(x1: float, x2: float) -> int:
        _asked.append(gate.__name__)
        answer: int = gate(x1, x2)
        return answer

    return counted


def _use(written: Any) -> Values:
    """The outputs for all four pairs of inputs, and if they are right how many gates were called for each."""
    counts, right = {}, True
    for x1, x2 in _ROWS:
        _asked.clear()
        answer = written(x1, x2)
        counts[f"gates({x1}, {x2})"] = len(_asked)
        right = right and bool(np.all(answer == (x1 != x2)))
        yield f"XOR({x1}, {x2})", answer
    if right:
        yield from counts.items()


EXERCISE = Exercise(
    id="xor_gate",
    order=1,
    title=Text("XOR out of three gates"),
    task=Text(
        "No single neuron can do it, three can: give 1 if just one of both inputs is 1. AND, NAND and OR are "
        "there; what they answer may go into another gate."
    ),
    piece=Piece("perceptrons.XOR"),
    gives=lambda: {gate.__name__: _counted(gate) for gate in (perceptrons.AND, perceptrons.NAND, perceptrons.OR)},
    use=_use,
    names={f"gates({x1}, {x2})": Text("gates({x1}, {x2})")(x1=x1, x2=x2) for x1, x2 in _ROWS},
    checks=(
        Check(Text("all four rows"), dict, tuple(f"XOR({x1}, {x2})" for x1, x2 in _ROWS)),
        Check(Text("three gates, no more and no less"), dict, hint=1),
    ),
    hints=(
        Text(
            "Write the four rows of all three gates beside each other. Which two of them are both 1 just where XOR is?"
        ),
        Text("Two gates look at the inputs, the third one at what those two say."),
        Text("At least one of the inputs, but not both of them."),
    ),
    by_hand=ByHand(
        Text("NAND and OR of (1, 1), and AND of the two: what is it?"),
        dict,
        "XOR(1, 1)",
    ),
)
