"""Questions on computational graphs: what a node passes back, branches, and chains of nodes."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.calculus.graph import backward, forward, graph_of
from engine.calculus.graph_mistakes import joined
from engine.chapter_tests.question import KnownError, NumberQuestion, SentenceQuestion, number, question_for
from engine.contract.text import Text
from engine.nn.layers import Add, Multiply


@question_for("local_derivative", "95dacfb1")
def back_through_times(draw: Random) -> NumberQuestion:
    a, b = draw.sample([2.0, 3.0, 5.0, 100.0, 1.5], 2)
    upstream = draw.choice([1.1, 2.0, 0.5, -1.0])
    layer = Multiply()
    layer.forward(np.array(a), np.array(b))
    value, other = (round(float(one), 6) for one in layer.backward(np.array(upstream)))
    return NumberQuestion(
        Text(
            "A × node has the inputs a = {a} and b = {b}. The gradient {upstream} comes back to it. What does it pass"
            " on to a?"
        )(a=a, b=b, upstream=upstream),
        Text("Gradient of a"),
        value,
        Text("The upstream gradient times the other input: {upstream}·{b} = {value}.")(
            upstream=number(upstream), b=number(b), value=number(value)
        ),
        (
            KnownError("own_input", other, Text("You took its own input. × swaps them.")),
            KnownError("local_only", b, Text("That is the local derivative alone.")),
            KnownError("unchanged", upstream, Text("A + node passes it on unchanged; a × node does not.")),
        ),
    )


@question_for("upstream_gradient", "80ae79f0")
def back_through_plus(draw: Random) -> NumberQuestion:
    a, b = draw.sample([200.0, 450.0, 3.0, 7.0], 2)
    upstream = draw.choice([1.1, 2.5, -0.4, 3.0])
    layer = Add()
    layer.forward(np.array(a), np.array(b))
    value = round(float(layer.backward(np.array(upstream))[0]), 6)
    return NumberQuestion(
        Text(
            "A + node has the inputs a = {a} and b = {b}. The gradient {upstream} comes back to it. What does it pass"
            " on to a?"
        )(a=a, b=b, upstream=upstream),
        Text("Gradient of a"),
        value,
        Text("If a grows by a little, so does the sum: the local derivative is 1, and all of {upstream} goes on.")(
            upstream=number(upstream)
        ),
        (
            KnownError(
                "half",
                round(upstream / 2, 6),
                Text("It is not shared out; each input gets all."),
            ),
            KnownError("other_input", round(upstream * b, 6), Text("That is what × does, not +.")),
        ),
    )


@question_for("fan_out", "f497b368")
def branches(draw: Random) -> NumberQuestion:
    one, other = draw.sample([3.0, -1.0, 0.5, 2.0, 4.0], 2)
    value = round(float(joined([one, other])), 6)
    return NumberQuestion(
        Text(
            "A value x is used in two places. From one of them the gradient {one} comes back, from the other {other}."
            " What is the gradient of x?"
        )(one=one, other=other),
        Text("Gradient of x"),
        value,
        Text("x acts in both ways at once, so both are added."),
        (
            KnownError("mean", round(value / 2, 6), Text("They are added, not averaged.")),
            KnownError(
                "product",
                round(one * other, 6),
                Text("They are multiplied along a path, not between paths."),
            ),
            KnownError("last", other, Text("The first one counts too.")),
        ),
    )


@question_for("chain_rule", "54973235")
def shopping(draw: Random) -> NumberQuestion:
    price, count, tax = (
        float(draw.choice([50, 80, 100, 120])),
        float(draw.choice([2, 3, 4, 5])),
        draw.choice([1.1, 1.2, 1.05]),
    )
    names = ("p", "n", "t")
    place = draw.randrange(3)
    graph = graph_of("p*n*t", names)
    values = (price, count, tax)
    _, operations = forward(graph, values)
    gradients, _ = backward(graph, operations)
    found = {graph.nodes[node].name: round(float(gradients[node]), 6) for node in graph.variables}
    asked = (Text("price"), Text("count"), Text("tax factor"))[place]
    others = [name for name in names if name != names[place]]
    return NumberQuestion(
        Text(
            "{count} notebooks at {price} each, and a tax factor of {tax}: the sum to be paid is their product. What is"
            " its gradient with respect to the {asked}?"
        )(count=count, price=price, tax=tax, asked=asked),
        Text("Gradient"),
        found[names[place]],
        Text("The product of the two others: {one}·{other}.")(
            one=number(values[(place + 1) % 3]), other=number(values[(place + 2) % 3])
        ),
        (
            KnownError("value", round(price * count * tax, 6), Text("That is the sum to be paid.")),
            *(
                KnownError(
                    f"gradient_of_{name}",
                    found[name],
                    Text("That is the gradient of another input."),
                )
                for name in others
            ),
        ),
    )


@question_for("backpropagation")
def one_way_back(draw: Random) -> SentenceQuestion:
    count = draw.choice([1_000, 50_000, 400_000])
    return SentenceQuestion(
        Text(
            "A network has {count:,} parameters. Say in one sentence why backpropagation needs one way back for all of"
            " them, and central differences need {passes:,} passes."
        )(count=count, passes=2 * count),
        Text(
            "Every node passes on the gradient that all paths after it"
            " share, so nothing is computed twice; differences"
            " move one parameter at a time."
        ),
    )
