"""Questions on the playground: epochs, parameters, and which decision boundaries are possible."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import (
    ChoiceQuestion,
    KnownError,
    NumberQuestion,
    SentenceQuestion,
    one_of,
    question_for,
)
from engine.contract.text import Text, untranslated
from engine.nn.activations import identity, relu, tanh
from engine.nn.parameters import parameter_shapes


@question_for("mini_batch", "98d46cbb")
def updates_in_epochs(draw: Random) -> NumberQuestion:
    samples, batch, epochs = draw.choice([200, 250, 500]), draw.choice([5, 10, 25, 50]), draw.choice([2, 4, 10])
    each = len(range(0, samples, batch))
    return NumberQuestion(
        Text("{samples} training points, batches of {batch}. How many updates are {epochs} epochs?")(
            samples=samples, batch=batch, epochs=epochs
        ),
        Text("Updates"),
        each * epochs,
        Text("{each} batches make one epoch.")(each=each),
        (
            KnownError("one_epoch", each, Text("That is one epoch.")),
            KnownError(
                "points",
                samples * epochs,
                Text("There is one update for each batch, not for each point."),
            ),
            KnownError("epochs", epochs, Text("An epoch has many updates.")),
        ),
    )


@question_for("activation_function", "74d9132d")
def kind_of_boundary(draw: Random) -> ChoiceQuestion:
    name = draw.choice(["identity", "tanh", "relu"])
    neurons = draw.choice([4, 8, 20])
    return one_of(
        Text(
            "Two inputs, {neurons} hidden neurons with {name}, one output. What can the boundary between the"
            " classes be?"
        )(
            neurons=neurons,
            name={"identity": Text("the identity"), "tanh": untranslated("tanh"), "relu": untranslated("ReLU")}[name],
        ),
        "straight" if _is_straight(name) else "bent",
        Text("Sums of straight functions are straight, however many; a bend comes only from a bent activation."),
        {
            "straight": Text("One straight line, whatever the weights"),
            "bent": Text("It may be bent, or closed"),
            "lines": Text("{neurons} straight lines that do not meet")(neurons=neurons),
        },
        {
            "straight": Text("This activation has a bend."),
            "bent": Text("Nothing in this network is bent."),
            "lines": Text("The output is one function; hidden neurons have no boundary of their own in it."),
        },
    )


@question_for("parameter")
def size_of_network(draw: Random) -> NumberQuestion:
    hidden, further = draw.choice([2, 3, 4, 6]), draw.choice([2, 3, 4])
    count = sum(lines * columns for lines, columns in parameter_shapes((2, hidden, further, 1)).values())
    return NumberQuestion(
        Text(
            "2 inputs, two hidden layers of {hidden} and {further} neurons, 1 output, biases everywhere. How many"
            " numbers does the network learn?"
        )(hidden=hidden, further=further),
        Text("Numbers"),
        count,
        Text("2·{hidden} + {hidden}·{further} + {further}·1 weights and {biases} biases.")(
            hidden=hidden, further=further, biases=hidden + further + 1
        ),
        (
            KnownError("no_biases", count - hidden - further - 1, Text("You left out the biases.")),
            KnownError("neurons", 3 + hidden + further, Text("Those are the neurons.")),
            KnownError(
                "not_between",
                count - hidden * further,
                Text("The two hidden layers are joined too."),
            ),
        ),
    )


@question_for("fully_connected", "74d9132d")
def bends_not_neurons(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "{count} hidden neurons with the identity do not separate a circle from its surroundings, three with tanh"
            " do. Say in one sentence why."
        )(count=draw.choice([8, 50, 1000])),
        Text(
            "Without a bend all the neurons together make one straight boundary; three bent ones can close three sides"
            " around the circle."
        ),
    )


def _is_straight(name: str) -> bool:
    """Whether this activation makes the network linear: its output midway between two points is the mean of theirs."""
    random = np.random.default_rng(0)
    first, last = random.normal(size=(2, 4)), random.normal(size=(4, 1))
    activate = {"identity": identity, "tanh": tanh, "relu": relu}[name]
    # Many pairs: between two points that lie on the same side of every neuron, ReLU is straight too.
    ends = random.normal(size=(2, 20, 2))
    (one, other), middle = activate(ends @ first) @ last, activate(ends.mean(axis=0) @ first) @ last
    return bool(np.allclose(middle, (one + other) / 2))
