"""Questions on XOR: what one line can separate, and what two layers do with the four points."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

import numpy as np

from engine.chapter_tests.question import (
    ChoiceQuestion,
    KnownError,
    NumberQuestion,
    SentenceQuestion,
    Wrong,
    question_for,
)
from engine.contract.text import Text, untranslated
from engine.nn.activations import step
from engine.nn.perceptrons import best_line, neuron_sum, two_layers

_CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
_GATES: dict[str, tuple[float, float, float]] = {
    "AND": (0.5, 0.5, -0.7), "OR": (0.5, 0.5, -0.2), "NAND": (-0.5, -0.5, 0.7), "NOR": (-0.5, -0.5, 0.2),
}  # fmt: skip
_NAMES = {
    "AND": Text("AND", context="gate"),
    "OR": Text("OR", context="gate"),
    "NAND": Text("NAND", context="gate"),
    "NOR": Text("NOR"),
}


@question_for("linearly_separable", "aa58ca89")
def best_of_one_line(draw: Random) -> NumberQuestion:
    labels = draw.choice([(0, 1, 1, 0), (1, 0, 0, 1), (0, 1, 0, 0), (1, 1, 0, 1), (0, 0, 1, 1), (1, 0, 1, 0)])
    _, _, count = best_line(_CORNERS, np.array(labels))
    return NumberQuestion(
        Text(
            "For 00, 01, 10 and 11 the outputs {labels} are wanted. How many of the four can one perceptron get right"
            " at most?"
        )(labels=_row(labels)),
        Text("Right at most"),
        count,
        (
            Text("One straight line parts the ones from the zeros here.")
            if count == 4
            else Text(
                "The ones lie at opposite corners: no straight line parts them from the zeros, but three are possible."
            )
        ),
        (
            KnownError(
                "always" if count < 4 else "xor_everywhere",
                7 - count,
                Text("A line has to have all the ones on one side.")
                if count < 4
                else Text("It is not XOR: the ones lie side by side, or there is only one of a kind."),
            ),
            KnownError("two", 2, Text("A line gets more than half right here.")),
        ),
    )


@question_for("multilayer_perceptron", "6d1cf939")
def two_layers_make(draw: Random) -> ChoiceQuestion:
    first, second, last = (
        draw.choice(["AND", "OR", "NAND"]),
        draw.choice(["OR", "NAND", "NOR"]),
        draw.choice(["AND", "OR"]),
    )
    s, y = two_layers(_CORNERS, _GATES[first], _GATES[second], _GATES[last], step)
    alone = step(neuron_sum(_CORNERS, _GATES[last]))
    return ChoiceQuestion(
        Text(
            "s1 is {first} of the inputs, s2 is {second} of them, and y is {last} of s1 and s2. What is y at 00, 01, 10"
            " and 11?"
        )(first=_NAMES[first], second=_NAMES[second], last=_NAMES[last]),
        _row(y),
        Text("s1 is {s1}, s2 is {s2}, and y sees only these.")(s1=_row(s[:, 0]), s2=_row(s[:, 1])),
        (
            Wrong(
                "last_of_inputs",
                _row(alone),
                Text("That is y's gate of the inputs themselves."),
            ),
            Wrong("first_only", _row(s[:, 0]), Text("That is s1.")),
            Wrong("second_only", _row(s[:, 1]), Text("That is s2.")),
        ),
    )


@question_for("hidden_layer", "9c23fdac")
def places(draw: Random) -> NumberQuestion:
    first, second = draw.sample(list(_GATES), 2)
    s, _ = two_layers(_CORNERS, _GATES[first], _GATES[second], _GATES["AND"], step)
    count = len({tuple(row) for row in s.tolist()})
    return NumberQuestion(
        Text(
            "Two hidden neurons are gates of the inputs: s1 is {first}, s2 is {second}. In how many different places"
            " (s1, s2) do the four points land?"
        )(first=_NAMES[first], second=_NAMES[second]),
        Text("Places"),
        count,
        Text("At 00, 01, 10 and 11 s1 is {s1} and s2 is {s2}.")(s1=_row(s[:, 0]), s2=_row(s[:, 1])),
        (
            KnownError(
                "all_apart",
                4,
                Text("Gates give the same answer to some inputs, which fall together."),
            ),
            KnownError("all_together", 1, Text("A gate does not give one answer to all.")),
        ),
    )


@question_for("xor_gate", "6d1cf939")
def why_two_layers(draw: Random) -> SentenceQuestion:
    name = draw.choice(["XOR", "XNOR"])
    return SentenceQuestion(
        Text("Say in one sentence why one perceptron cannot be {name}, and what two layers change.")(name=name),
        Text(
            "The points of each class lie at opposite corners, which no straight line parts; the first layer moves the"
            " points so that one line can do it."
        ),
    )


def _row(outputs: Iterable[int]) -> Text:
    return untranslated("\N{NO-BREAK SPACE}".join(str(int(one)) for one in outputs))
