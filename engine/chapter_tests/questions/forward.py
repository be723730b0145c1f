"""What can be asked of the forward pass: sums, shapes, how many parameters, and what the identity keeps."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import (
    ChoiceQuestion,
    NumberQuestion,
    Slip,
    Wrong,
    asks,
    bracketed,
    number,
    sides,
    vector,
)
from engine.contract.text import Text, same
from engine.nn.forward import affine
from engine.nn.parameter_shapes import parameter_shapes


@asks("forward_propagation", "065c2e98")
def neuron(draw: Random) -> NumberQuestion:
    x, b = np.array(draw.choice([(1.0, 0.5), (2.0, 1.0), (0.5, 2.0)])), draw.choice([0.1, 0.3, -0.2])
    w = np.array(draw.choice([(0.1, 0.2), (0.3, -0.4), (0.5, 0.6)]))
    value = round(float(affine(x[None], w[:, None], np.array([b]))[0, 0]), 6)
    return NumberQuestion(
        Text(
            "A neuron has the inputs {x}, their weights {w} and the bias {b}. How large is its sum a?",
            "一个神经元的输入是 {x}，对应的权重是 {w}，偏置是 {b}。它的和 a 是多少？",
        )(x=vector(x), w=vector(w), b=b),
        same("a"),
        value,
        Text("x1·w1 + x2·w2 + b = {value}.", "x1·w1 + x2·w2 + b = {value}。")(value=number(value)),
        (
            Slip("no_bias", round(value - b, 6), Text("You left out the bias.", "你漏了偏置。")),
            Slip(
                "crossed",
                round(float(x[0] * w[1] + x[1] * w[0] + b), 6),
                Text("Each input has its own weight: x1 goes with w1.", "每个输入有自己的权重：x1 配 w1。"),
            ),
        ),
    )


@asks("layer", "033da3a2")
def shape_of_sums(draw: Random) -> ChoiceQuestion:
    samples, inputs, neurons = draw.sample([2, 3, 4, 5, 7, 10], 3)
    sums = affine(np.zeros((samples, inputs)), np.zeros((inputs, neurons)), np.zeros(neurons))
    return ChoiceQuestion(
        Text(
            "X holds {samples} samples as rows, each of {inputs} numbers; W is {weights}. Which shape has X·W + b?",
            "X 有 {samples} 个样本，一行一个，每个 {inputs} 个数；W 是 {weights}。X·W + b 是什么形状？",
        )(samples=samples, inputs=inputs, weights=sides(inputs, neurons)),
        sides(*sums.shape),
        Text(
            "A row for each sample, a column for each neuron; the side in the middle, {inputs}, is summed over.",
            "每个样本一行，每个神经元一列；中间那一边 {inputs} 求和时消掉了。",
        )(inputs=inputs),
        (
            Wrong("turned", sides(neurons, samples), Text("Samples are rows here.", "这里样本是行。")),
            Wrong("as_input", sides(samples, inputs), Text("That is the shape of X.", "这是 X 的形状。")),
            Wrong("as_weights", sides(inputs, neurons), Text("That is the shape of W.", "这是 W 的形状。")),
        ),
    )


@asks("parameter")
def how_many(draw: Random) -> NumberQuestion:
    inputs, hidden, outputs = draw.choice([2, 3, 4]), draw.choice([3, 4, 5]), draw.choice([2, 3])
    count = sum(rows * columns for rows, columns in parameter_shapes((inputs, hidden, outputs)).values())
    return NumberQuestion(
        Text(
            "{inputs} inputs, {hidden} hidden neurons, {outputs} outputs, each neuron with a bias. How many parameters"
            " are there?",
            "{inputs} 个输入，{hidden} 个隐藏神经元，{outputs} 个输出，每个神经元有偏置。一共有多少个参数？",
        )(inputs=inputs, hidden=hidden, outputs=outputs),
        Text("Parameters", "参数个数"),
        count,
        Text(
            "{inputs}·{hidden} + {hidden}·{outputs} weights, and {biases} biases.",
            "权重 {inputs}·{hidden} + {hidden}·{outputs} 个，偏置 {biases} 个。",
        )(inputs=inputs, hidden=hidden, outputs=outputs, biases=hidden + outputs),
        (
            Slip("no_biases", count - hidden - outputs, Text("You left out the biases.", "你漏了偏置。")),
            Slip(
                "inputs_too",
                count + inputs,
                Text("Inputs are given and have no bias.", "输入是给定的，没有偏置。"),
            ),
            Slip(
                "neurons",
                inputs + hidden + outputs,
                Text(
                    "Those are the neurons; the weights stand on the lines between them.",
                    "这是神经元的个数，权重在它们之间的连线上。",
                ),
            ),
        ),
    )


@asks("identity_function", "e9144fd8")
def straight_on(draw: Random) -> NumberQuestion:
    start, slope = draw.choice([0.2, 0.5, -0.3, 1.0]), draw.choice([0.1, 0.4, -0.2, 0.6])
    times = draw.choice([2, 3])
    at_one = round(start + slope, 6)
    value = round(float(affine(np.array([[float(times)]]), np.array([[slope]]), np.array([start]))[0, 0]), 6)
    return NumberQuestion(
        Text(
            "In a network all activations are the identity. For x = (0, 0) it outputs {start}, for x = (1, 0.5)"
            " {at_one}. What does it output for {times} times the second x?",
            "一个网络的激活函数全是恒等函数。x = (0, 0) 时输出 {start}，x = (1, 0.5) 时输出 {at_one}。"
            "第二个 x 乘以 {times}，输出是多少？",
        )(start=start, at_one=at_one, times=times),
        Text("Output", "输出"),
        value,
        Text(
            "The output goes on straight: {start} + {times}·{slope} = {value}.",
            "输出沿直线走：{start} + {times}·{slope} = {value}。",
        )(start=number(start), times=times, slope=bracketed(slope), value=number(value)),
        (
            Slip(
                "proportional",
                round(times * at_one, 6),
                Text(
                    "The biases are not multiplied: at 0 the output is not 0.",
                    "偏置没有跟着乘：x 为 0 时输出并不是 0。",
                ),
            ),
            Slip(
                "unchanged", at_one, Text("Nothing holds it back, as sigmoid would.", "没有 sigmoid 那样的函数压住它。")
            ),
        ),
    )
