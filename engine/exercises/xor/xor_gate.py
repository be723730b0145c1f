"""XOR out of three gates, which are counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Mistake, Values
from engine.nn.perceptron import perceptron
from engine.nn.two_layers import two_layers

_Gate = Callable[[float, float], float]
_used: list[str] = []
"""The gates that were asked, one after the other, since this was emptied last."""


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


def _use(written: Any) -> Values:
    """All four rows, and then how many gates each of them took."""
    counts = {}
    for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1)):
        _used.clear()
        yield f"XOR({x1}, {x2})", written(x1, x2)
        counts[f"gates({x1}, {x2})"] = len(_used)
    yield from counts.items()


EXERCISE = Exercise(
    id="xor_gate",
    order=1,
    title=Text("XOR out of three gates", "用三个门拼出异或门"),
    task=Text(
        "No single neuron can do it, three can: give 1 if just one of both inputs is 1. AND, NAND and OR are "
        "there; what they answer may go into another gate.",
        "一个神经元做不到，三个可以：两个输入恰好有一个是 1 时返回 1。"
        "AND、NAND、OR 可以直接用，它们的输出可以再送进另一个门。",
    ),
    name="XOR",
    blank=Text(
        '''def XOR(x1, x2):
    """x1, x2: 0 or 1 -> 0 or 1, by three gates"""
''',
        '''def XOR(x1, x2):
    """x1、x2：0 或 1 -> 0 或 1，用三个门"""
''',
    ),
    use=_use,
    names={f"gates({x1}, {x2})": Text(f"gates({x1}, {x2})", f"门的个数({x1}, {x2})") for x1 in (0, 1) for x2 in (0, 1)},
    reference=_ours,
    checks=(
        Check(Text("all four rows", "四行真值表"), dict, tuple(f"XOR({x1}, {x2})" for x1 in (0, 1) for x2 in (0, 1))),
        Check(Text("three gates, no more and no less", "用三个门，不多不少"), dict),
    ),
    hints=(
        Text(
            "Write the four rows of all three gates beside each other. Which two of them are both 1 just where XOR is?",
            "把三个门的四行并排写出来。哪两个门恰好在异或门为 1 的地方都是 1？",
        ),
        Text(
            "Two gates look at the inputs, the third one at what those two say.",
            "两个门看输入，第三个门看那两个门的输出。",
        ),
        Text(
            "At least one of the inputs, but not both of them.",
            "至少有一个输入是 1，但不能两个都是 1。",
        ),
    ),
    ours=(two_layers,),
    mistakes=(
        Mistake(
            "and_below",
            _and_below,
            Text(
                "It is AND again: one of the gates below says 1 for both inputs where it should say 0.",
                "结果又成了与门：下面有一个门在两个输入都是 1 时应该说 0，却说了 1。",
            ),
        ),
        Mistake(
            "or_above",
            _or_above,
            Text(
                "It is always 1: above, both gates have to agree.",
                "结果总是 1：上面那一层要两个门都同意才行。",
            ),
        ),
        Mistake(
            "four_nands",
            _four_nands,
            Text(
                "The rows are right, and so it can be built of NAND alone. With AND and OR fewer gates do.",
                "四行都对，只用与非门确实也能拼出来。用上 AND 和 OR，可以更省。",
            ),
        ),
        Mistake(
            "no_gates",
            _without_gates,
            Text(
                "The rows are right, but no gate was asked. Let the gates answer.",
                "四行都对，可是没有用到门。让门来回答。",
            ),
        ),
    ),
    given=lambda: {"AND": _AND, "NAND": _NAND, "OR": _OR},
    by_hand=ByHand(
        Text(
            "NAND and OR of (1, 1), and AND of the two: what is it?",
            "先求 (1, 1) 的 NAND 和 OR，再求两者的 AND，是多少？",
        ),
        dict,
        "XOR(1, 1)",
    ),
)
