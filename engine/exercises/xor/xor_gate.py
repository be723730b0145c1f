"""Exercise: XOR made of three gates, whose calls are counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Mistake, Values
from engine.nn.perceptrons import perceptron, two_layers

_Gate = Callable[[float, float], float]
_used: list[str] = []
"""The names of the gates that were called since the list was last cleared."""


def _counted(name: str, w: float, b: float) -> _Gate:
    def gate(x1: float, x2: float) -> float:
        _used.append(name)
        return float(perceptron(np.array([[x1, x2]], dtype=float), np.array([w, w]), b)[0])

    gate.__name__ = name
    return gate


_AND, _NAND, _OR = _counted("AND", 0.5, -0.7), _counted("NAND", -0.5, 0.7), _counted("OR", 0.5, -0.2)


def _ours(x1: float, x2: float) -> float:
    return _AND(_NAND(x1, x2), _OR(x1, x2))


def _four_nands(x1: float, x2: float) -> float:
    both = _NAND(x1, x2)
    return _NAND(_NAND(x1, both), _NAND(x2, both))


def _without_gates(x1: float, x2: float) -> float:
    return float(x1 != x2)


def _and_below(x1: float, x2: float) -> float:
    return _AND(_AND(x1, x2), _OR(x1, x2))


def _or_above(x1: float, x2: float) -> float:
    return _OR(_NAND(x1, x2), _OR(x1, x2))


def _or_alone(x1: float, x2: float) -> float:
    return _AND(_OR(x1, x2), _OR(x1, x2))


def _turned(x1: float, x2: float) -> float:
    return _NAND(_NAND(x1, x2), _OR(x1, x2))


def _nor_above(x1: float, x2: float) -> float:
    return _AND(_NAND(x1, x2), _AND(x1, x2))


def _by_python(x1: float, x2: float) -> float:
    s1, s2 = _NAND(x1, x2), _OR(x1, x2)
    return s1 and s2


def _use(written: Any) -> Values:
    """The outputs for all four pairs of inputs, and how many gates were called for each."""
    counts = {}
    for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1)):
        _used.clear()
        yield f"XOR({x1}, {x2})", written(x1, x2)
        counts[f"gates({x1}, {x2})"] = len(_used)
    yield from counts.items()


EXERCISE = Exercise(
    id="xor_gate",
    order=1,
    title=Text("XOR out of three gates"),
    task=Text(
        "No single neuron can do it, three can: give 1 if just one of both inputs is 1. AND, NAND and OR are "
        "there; what they answer may go into another gate."
    ),
    name="XOR",
    blank=Text(
        '''def XOR(x1, x2):
    """x1, x2: 0 or 1 -> 0 or 1, by three gates"""
'''
    ),
    use=_use,
    names={f"gates({x1}, {x2})": Text("gates({x1}, {x2})")(x1=x1, x2=x2) for x1 in (0, 1) for x2 in (0, 1)},
    reference=_ours,
    checks=(
        Check(Text("all four rows"), dict, tuple(f"XOR({x1}, {x2})" for x1 in (0, 1) for x2 in (0, 1))),
        Check(Text("three gates, no more and no less"), dict, hint=1),
    ),
    hints=(
        Text(
            "Write the four rows of all three gates beside each other. Which two of them are both 1 just where XOR is?"
        ),
        Text("Two gates look at the inputs, the third one at what those two say."),
        Text("At least one of the inputs, but not both of them."),
    ),
    ours=(two_layers,),
    mistakes=(
        Mistake(
            "and_below",
            _and_below,
            Text("It is AND again: one of the gates below says 1 for both inputs where it should say 0."),
        ),
        Mistake(
            "or_above",
            _or_above,
            Text("It is always 1: above, both gates have to agree."),
        ),
        Mistake(
            "four_nands",
            _four_nands,
            Text("The rows are right, and so it can be built of NAND alone. With AND and OR fewer gates do."),
        ),
        Mistake(
            "no_gates",
            _without_gates,
            Text("The rows are right, but no gate was asked. Let the gates answer."),
        ),
        Mistake("or_alone", _or_alone, Text("It is OR again: for two 1s one of the gates below has to say 0.")),
        Mistake(
            "turned",
            _turned,
            Text("All four answers are the other way round: the gate above turns what it should pass on."),
        ),
        Mistake("always_0", _nor_above, Text("It is always 0: the two gates below never say 1 for the same inputs.")),
        Mistake(
            "by_python",
            _by_python,
            Text(
                "The rows are right, but “and” and “or” are words of Python: a third gate is to join the two answers."
            ),
        ),
    ),
    given=lambda: {"AND": _AND, "NAND": _NAND, "OR": _OR},
    by_hand=ByHand(
        Text("NAND and OR of (1, 1), and AND of the two: what is it?"),
        dict,
        "XOR(1, 1)",
    ),
)
