"""What can be asked of the playground: epochs, parameters, and what a boundary can be."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import ChoiceQuestion, NumberQuestion, SentenceQuestion, Slip, asks, one_of
from engine.contract.text import Text, same
from engine.nn.activations import identity, relu, tanh
from engine.nn.parameter_shapes import parameter_shapes


@asks("mini_batch", "98d46cbb")
def updates_in_epochs(draw: Random) -> NumberQuestion:
    samples, batch, epochs = draw.choice([200, 250, 500]), draw.choice([5, 10, 25, 50]), draw.choice([2, 4, 10])
    each = len(range(0, samples, batch))
    return NumberQuestion(
        Text(
            "{samples} training points, batches of {batch}. How many updates are {epochs} epochs?",
            "{samples} 个训练点，每批 {batch} 个。{epochs} 个 epoch 一共更新多少次？",
        )(samples=samples, batch=batch, epochs=epochs),
        Text("Updates", "更新次数"),
        each * epochs,
        Text("{each} batches make one epoch.", "{each} 批是一个 epoch。")(each=each),
        (
            Slip("one_epoch", each, Text("That is one epoch.", "这只是一个 epoch。")),
            Slip(
                "points",
                samples * epochs,
                Text("There is one update a batch, not a point.", "一批更新一次，不是一个点更新一次。"),
            ),
            Slip("epochs", epochs, Text("An epoch has many updates.", "一个 epoch 里有很多次更新。")),
        ),
    )


@asks("activation_function", "74d9132d")
def kind_of_boundary(draw: Random) -> ChoiceQuestion:
    name = draw.choice(["identity", "tanh", "relu"])
    neurons = draw.choice([4, 8, 20])
    return one_of(
        Text(
            "Two inputs, {neurons} hidden neurons with {name}, one output. What can the boundary between the"
            " classes be?",
            "两个输入，{neurons} 个用 {name} 的隐藏神经元，一个输出。两类之间的边界会是什么样？",
        )(
            neurons=neurons,
            name={"identity": Text("the identity", "恒等函数"), "tanh": same("tanh"), "relu": same("ReLU")}[name],
        ),
        "straight" if _is_straight(name) else "bent",
        Text(
            "Sums of straight functions are straight, however many; a bend comes only from a bent activation.",
            "线性函数加起来还是线性函数，多少个都一样。要拐弯，只能靠非线性的激活函数。",
        ),
        {
            "straight": Text("One straight line, whatever the weights", "不管权重怎样，都是一条直线"),
            "bent": Text("It may be bent, or closed", "可以拐弯，也可以围成圈"),
            "lines": Text("{neurons} straight lines that do not meet", "{neurons} 条不相交的直线")(neurons=neurons),
        },
        {
            "straight": Text("This activation has a bend.", "这个激活函数是非线性的。"),
            "bent": Text("Nothing in this network is bent.", "这个网络里全是线性函数。"),
            "lines": Text(
                "The output is one function; hidden neurons have no boundary of their own in it.",
                "输出是一个函数，隐藏神经元在里面没有各自的边界。",
            ),
        },
    )


@asks("parameter")
def size_of_network(draw: Random) -> NumberQuestion:
    hidden, further = draw.choice([2, 3, 4, 6]), draw.choice([2, 3, 4])
    count = sum(lines * columns for lines, columns in parameter_shapes((2, hidden, further, 1)).values())
    return NumberQuestion(
        Text(
            "2 inputs, two hidden layers of {hidden} and {further} neurons, 1 output, biases everywhere. How many"
            " numbers does the network learn?",
            "2 个输入，两个隐藏层各有 {hidden} 和 {further} 个神经元，1 个输出，处处有偏置。网络要学多少个数？",
        )(hidden=hidden, further=further),
        Text("Numbers", "个数"),
        count,
        Text(
            "2·{hidden} + {hidden}·{further} + {further}·1 weights and {biases} biases.",
            "权重 2·{hidden} + {hidden}·{further} + {further}·1 个，偏置 {biases} 个。",
        )(hidden=hidden, further=further, biases=hidden + further + 1),
        (
            Slip("no_biases", count - hidden - further - 1, Text("You left out the biases.", "你漏了偏置。")),
            Slip("neurons", 3 + hidden + further, Text("Those are the neurons.", "这是神经元的个数。")),
            Slip(
                "not_between",
                count - hidden * further,
                Text("The two hidden layers are joined too.", "两个隐藏层之间也有连线。"),
            ),
        ),
    )


@asks("fully_connected", "74d9132d")
def bends_not_neurons(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "{count} hidden neurons with the identity do not separate a circle from its surroundings, three with tanh"
            " do. Say in one sentence why.",
            "{count} 个恒等函数的隐藏神经元分不开一个圆和它的外面，三个 tanh 的却可以。用一句话说说为什么。",
        )(count=draw.choice([8, 50, 1000])),
        Text(
            "Without a bend all the neurons together make one straight boundary; three bent ones can close three sides"
            " around the circle.",
            "全是线性函数，再多神经元合起来也只有一条直线；三个非线性的，就能从三面把圆围住。",
        ),
    )


def _is_straight(name: str) -> bool:
    """Whether a network with this activation is halfway between two points at the mean of its two outputs."""
    random = np.random.default_rng(0)
    first, last = random.normal(size=(2, 4)), random.normal(size=(4, 1))
    activate = {"identity": identity, "tanh": tanh, "relu": relu}[name]
    places = np.array([[-2.0, 1.0], [2.0, 3.0], [0.0, 2.0]])
    one, other, middle = (activate(places @ first) @ last)[:, 0]
    return bool(np.isclose(middle, (one + other) / 2))
