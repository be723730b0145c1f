"""What can be asked of layers: softmax with loss, the division by N, Affine's gradients and shapes, ReLU's mask."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import ChoiceQuestion, NumberQuestion, Slip, Wrong, asks, number, rows, sides, vector
from engine.contract.text import Text, same
from engine.nn.layers.affine import Affine
from engine.nn.layers.relu import ReLU
from engine.nn.layers.softmax_with_loss import SoftmaxWithLoss


@asks("softmax_with_loss", "cd72116a")
def score_gradient(draw: Random) -> NumberQuestion:
    y = np.array(draw.choice([(0.3, 0.2, 0.5), (0.7, 0.1, 0.2), (0.1, 0.6, 0.3), (0.25, 0.5, 0.25)]))
    right, asked = draw.randrange(3), draw.randrange(3)
    value = _softmax_gradient(y, right, 1)[asked]
    target = float(asked == right)
    return NumberQuestion(
        Text(
            "One sample. Softmax gives y = {y}; the classes are 0, 1 and 2, and {right} is right. The loss is the cross"
            " entropy. What is the gradient of the score of class {asked}?",
            "一个样本。softmax 给出 y = {y}，类别是 0、1、2，正确的是 {right}。"
            "损失是交叉熵误差。类别 {asked} 的得分，梯度是多少？",
        )(y=vector(y), right=right, asked=asked),
        Text("Gradient", "梯度"),
        value,
        Text("y − t = {y} − {t} = {value}.", "y − t = {y} − {t} = {value}。")(
            y=number(y[asked]), t=number(target), value=number(value)
        ),
        (
            Slip("turned_round", -value, Text("It is y − t, not t − y.", "是 y − t，不是 t − y。")),
            Slip(
                "probability", float(y[asked]), Text("Take the label off: t is 1 here.", "还要减去标签，这里 t 是 1。")
            )
            if target
            else Slip(
                "zero",
                0.0,
                Text(
                    "Wrong classes have a gradient too: their scores push the right one down.",
                    "错误的类别也有梯度：它们的得分会压低正确的那一类。",
                ),
            ),
            Slip(
                "of_log",
                round(-target / float(y[asked]), 6),
                Text("That is the slope of −ln y; softmax comes before it.", "这是 −ln y 的斜率，前面还有 softmax。"),
            )
            if target
            else Slip(
                "minus_one", round(float(y[asked]) - 1, 6), Text("t is 0 for a wrong class.", "错误类别的 t 是 0。")
            ),
        ),
    )


@asks("batch", "ff66c452")
def score_in_a_batch(draw: Random) -> NumberQuestion:
    y = np.array(draw.choice([(0.3, 0.2, 0.5), (0.6, 0.1, 0.3), (0.1, 0.5, 0.4)]))
    right, samples = draw.randrange(3), draw.choice([2, 4, 5, 10])
    alone, value = _softmax_gradient(y, right, 1)[right], _softmax_gradient(y, right, samples)[right]
    return NumberQuestion(
        Text(
            "For one sample of a batch softmax gives y = {y}, and class {right} (of 0, 1, 2) is right. The loss is the"
            " mean over {samples} samples. What is the gradient of this sample's score of class {right}?",
            "一批里有一个样本，softmax 给出 y = {y}，正确类别是 {right}（从 0 数）。损失是 {samples} 个样本的平均。"
            "这个样本的类别 {right} 的得分，梯度是多少？",
        )(y=vector(y), right=right, samples=samples),
        Text("Gradient", "梯度"),
        value,
        Text("(y − t) / N = {alone} / {samples} = {value}.", "(y − t) / N = {alone} / {samples} = {value}。")(
            alone=number(alone), samples=samples, value=number(value)
        ),
        (
            Slip("not_divided", alone, Text("The loss is a mean: divide by N.", "损失是平均，要除以 N。")),
            Slip("turned_round", -value, Text("It is y − t, not t − y.", "是 y − t，不是 t − y。")),
            Slip("times_samples", round(alone * samples, 6), Text("A mean divides by N.", "平均是除以 N。")),
        ),
    )


@asks("affine_layer", "8b945b56")
def weight_gradient(draw: Random) -> NumberQuestion:
    x = np.array([draw.sample([1.0, 2.0, -1.0, 3.0], 2), draw.sample([4.0, -2.0, 0.0, 5.0], 2)])
    upstream = np.array([draw.sample([1.0, 2.0, -1.0], 2), draw.sample([3.0, -2.0, 0.5], 2)])
    layer = Affine(np.ones((2, 2)), np.zeros(2))
    layer.forward(x)
    layer.backward(upstream)
    i, j = draw.randrange(2), draw.randrange(2)
    return NumberQuestion(
        Text(
            "Z = X·W + b, with X = {x} and dZ = {upstream}, one sample a row. How large is dW[{i}, {j}]? (Places count"
            " from 0.)",
            "Z = X·W + b，X = {x}，dZ = {upstream}，一行一个样本。dW[{i}, {j}] 是多少？（下标从 0 数。）",
        )(x=rows(x), upstream=rows(upstream), i=i, j=j),
        same(f"dW[{i}, {j}]"),
        float(layer.grads["W"][i, j]),
        Text(
            "dW = Xᵀ·dZ: column {i} of X with column {j} of dZ, summed over the samples.",
            "dW = Xᵀ·dZ：X 的第 {i} 列和 dZ 的第 {j} 列逐个相乘，对样本求和。",
        )(i=i, j=j),
        (
            Slip(
                "not_transposed",
                float((x @ upstream)[i, j]),
                Text("That is X·dZ. X is transposed first.", "这是 X·dZ，要先把 X 转置。"),
            ),
            Slip(
                "cell_by_cell",
                float((x * upstream)[i, j]),
                Text("That is a product of single cells.", "这只是两个格子相乘。"),
            ),
            Slip(
                "transposed_dz",
                float((x @ upstream.T)[i, j]),
                Text("That is X·dZᵀ; the samples have to be summed over.", "这是 X·dZᵀ，应当对样本求和。"),
            ),
        ),
    )


@asks("parameter", "8b945b56")
def shape_of_gradient(draw: Random) -> ChoiceQuestion:
    samples, inputs, neurons = draw.sample([2, 3, 4, 5, 8, 10], 3)
    layer = Affine(np.zeros((inputs, neurons)), np.zeros(neurons))
    layer.forward(np.zeros((samples, inputs)))
    layer.backward(np.zeros((samples, neurons)))
    return ChoiceQuestion(
        Text(
            "An Affine layer gets X of {x} and passes Z of {z} on. Which shape has dW?",
            "一个 Affine 层的输入 X 是 {x}，输出 Z 是 {z}。dW 是什么形状？",
        )(x=sides(samples, inputs), z=sides(samples, neurons)),
        sides(*layer.grads["W"].shape),
        Text(
            "A gradient has the shape of what it belongs to; W turns {inputs} into {neurons}.",
            "梯度和它所属的数组同形；W 把 {inputs} 变成 {neurons}。",
        )(inputs=inputs, neurons=neurons),
        (
            Wrong("turned", sides(neurons, inputs), Text("That is Wᵀ.", "这是 Wᵀ 的形状。")),
            Wrong("as_x", sides(samples, inputs), Text("That is the shape of dX.", "这是 dX 的形状。")),
            Wrong("as_z", sides(samples, neurons), Text("That is the shape of dZ.", "这是 dZ 的形状。")),
        ),
    )


@asks("mask", "3c5c14f7")
def back_through_relu(draw: Random) -> ChoiceQuestion:
    x = np.array(draw.sample([-2.0, 3.0, -0.5, 1.0], 3))
    upstream = np.array(draw.sample([4.0, -1.0, 2.0, 5.0, -3.0], 3))
    layer = ReLU()
    layer.forward(x)
    return ChoiceQuestion(
        Text(
            "ReLU got x = {x}, and the gradient {upstream} comes back. What does it pass on?",
            "ReLU 的输入是 x = {x}，传回来的梯度是 {upstream}。它往下传什么？",
        )(x=vector(x), upstream=vector(upstream)),
        vector(layer.backward(upstream.copy())),
        Text(
            "Where x was above 0 the gradient passes as it is; elsewhere 0.",
            "x 大于 0 的地方，梯度原样通过；别处是 0。",
        ),
        (
            Wrong(
                "mask_of_gradient",
                vector(np.maximum(upstream, 0)),
                Text("The sign of x decides, not that of the gradient.", "看 x 的符号，不看梯度的符号。"),
            ),
            Wrong(
                "unchanged",
                vector(upstream),
                Text("Where x was below 0, y does not change with x.", "x 小于 0 时，y 不随 x 变。"),
            ),
            Wrong(
                "times_output",
                vector(upstream * np.maximum(x, 0)),
                Text("The local derivative is 1, not x.", "局部导数是 1，不是 x。"),
            ),
        ),
    )


def _softmax_gradient(y: np.ndarray, right: int, samples: int) -> list[float]:
    """The gradient of the first sample's scores, in a batch of so many alike."""
    layer = SoftmaxWithLoss()
    layer.forward(np.tile(np.log(y), (samples, 1)), np.full(samples, right))
    return [round(float(one), 6) for one in layer.backward()[0]]
