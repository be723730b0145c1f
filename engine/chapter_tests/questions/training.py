"""What can be asked of training by batches: epochs, the mean over a batch, what slopes cost, why not by accuracy."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import NumberQuestion, SentenceQuestion, Slip, asks, bracketed, number, vector
from engine.contract.text import Text
from engine.nn.optimizers.sgd import SGD
from engine.nn.parameter_shapes import parameter_shapes


@asks("epoch")
def epochs(draw: Random) -> NumberQuestion:
    samples, batch = draw.choice([60_000, 50_000, 10_000]), draw.choice([50, 100, 200, 250])
    each = samples // batch
    updates = draw.choice([2, 3, 4, 8, 10]) * each
    value = updates * batch // samples
    return NumberQuestion(
        Text(
            "There are {samples:,} training images, {batch} in a batch, and {updates:,} updates are made. How many"
            " epochs is that?",
            "训练图像有 {samples} 张，每批 {batch} 张，一共更新 {updates} 次。这是多少个 epoch？",
        )(samples=samples, batch=batch, updates=updates),
        Text("Epochs", "epoch 数"),
        value,
        Text(
            "One epoch takes {samples:,} / {batch} = {each} updates, so this makes {value}.",
            "一个 epoch 要更新 {samples} / {batch} = {each} 次，所以是 {value} 个。",
        )(samples=samples, batch=batch, each=each, value=value),
        (
            Slip("updates_each", each, Text("That many updates make one epoch.", "这是一个 epoch 里更新的次数。")),
            Slip(
                "update_is_epoch",
                updates,
                Text(
                    "An update sees one batch; an epoch sees all images once.",
                    "更新一次只看一批，一个 epoch 要把全部图像看一遍。",
                ),
            ),
        ),
    )


@asks("parameter", "50fbbdf0")
def cost_of_slopes(draw: Random) -> NumberQuestion:
    inputs, hidden, classes = draw.choice([4, 5, 10, 20]), draw.choice([3, 4, 5]), draw.choice([2, 3])
    parameters = sum(rows * columns for rows, columns in parameter_shapes((inputs, hidden, classes)).values())
    return NumberQuestion(
        Text(
            "A network has {inputs} inputs, {hidden} hidden neurons and {classes} outputs, all neurons with biases. How"
            " many forward passes does one gradient by central differences take?",
            "一个网络有 {inputs} 个输入、{hidden} 个隐藏神经元、{classes} 个输出，神经元都有偏置。"
            "用中心差分求一次梯度，要正向传播多少次？",
        )(inputs=inputs, hidden=hidden, classes=classes),
        Text("Forward passes", "正向传播次数"),
        2 * parameters,
        Text(
            "There are {count} weights and biases. Each is moved up once and down once: {passes} passes.",
            "权重和偏置共 {count} 个，每个往上、往下各动一次，要 {passes} 次。",
        )(count=parameters, passes=2 * parameters),
        (
            Slip(
                "one_pass_each",
                parameters,
                Text("A central difference takes two passes a parameter.", "中心差分对每个参数要算两次。"),
            ),
            Slip(
                "no_biases",
                2 * (inputs * hidden + hidden * classes),
                Text("You left out the biases.", "你漏掉了偏置。"),
            ),
            Slip(
                "forward",
                parameters + 1,
                Text(
                    "Forward differences take so many: they share the pass in which nothing is moved.",
                    "前向差分才是这样：它们共用什么都不动的那一次。",
                ),
            ),
        ),
    )


@asks("mini_batch", "6c6717aa")
def batch_mean(draw: Random) -> NumberQuestion:
    slopes = np.array(draw.sample([-4.0, -2.0, 1.0, 2.0, 3.0, 5.0, 6.0], 4))
    mean, rate = float(slopes.mean()), draw.choice([0.1, 0.2, 0.5])
    value = _updated(mean, rate)
    return NumberQuestion(
        Text(
            "The loss of a batch is the mean over its samples. Four samples, each alone, would give a weight the"
            " gradients {slopes}. The weight is 1, and η = {rate}. What is it after one update with this batch?",
            "一批的损失是各样本损失的平均。四个样本单独算，某个权重的梯度分别是 {slopes}。权重现在是 1，η = {rate}。"
            "用这一批更新一次后它是多少？",
        )(slopes=vector(slopes), rate=rate),
        Text("New weight", "新的权重"),
        value,
        Text(
            "The gradient of the batch is the mean of the four, {mean}: 1 − {rate}·{in_brackets} = {value}.",
            "这一批的梯度是四个的平均 {mean}：1 − {rate}·{in_brackets} = {value}。",
        )(mean=number(mean), rate=rate, in_brackets=bracketed(mean), value=number(value)),
        (
            Slip(
                "sum",
                _updated(float(slopes.sum()), rate),
                Text(
                    "You took the sum of the four. The loss is a mean, and so is its gradient.",
                    "你用了四个之和。损失是平均，梯度也是平均。",
                ),
            ),
            Slip(
                "last_sample",
                _updated(float(slopes[-1]), rate),
                Text(
                    "You took the last sample alone. All samples of a batch make one update together.",
                    "你只用了最后一个样本。一批样本合起来更新一次。",
                ),
            ),
            Slip(
                "uphill",
                _updated(-mean, rate),
                Text("You went along the gradient; that way the loss grows.", "你沿梯度走了，这样损失会变大。"),
            ),
        ),
    )


@asks("accuracy", "fd6acd47")
def not_by_accuracy(draw: Random) -> SentenceQuestion:
    images = draw.choice([100, 200, 500])
    return SentenceQuestion(
        Text(
            "A batch has {images} images, and a part of them is read right. Say in one sentence why a network learns by"
            " the slope of its loss and not by that of its accuracy.",
            "一批有 {images} 张图像，答对了一部分。用一句话说：网络为什么按损失的斜率学，而不按准确率的斜率学？",
        )(images=images),
        Text(
            "A small change of a weight changes the loss a little but mostly flips no answer, so the slope of the"
            " accuracy is 0 nearly everywhere and shows no way.",
            "权重稍稍一变，损失就跟着变一点，答案却多半一个也不翻；准确率的斜率几乎处处是 0，指不出方向。",
        ),
    )


def _updated(slope: float, rate: float) -> float:
    params = {"W": np.array([1.0])}
    SGD(rate).update(params, {"W": np.array([slope])})
    return round(float(params["W"][0]), 6)
