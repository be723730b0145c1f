"""What can be asked of optimizers: one step of each, and whose path a steeper surface leaves as it is."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np

from engine.chapter_tests.question import ChoiceQuestion, NumberQuestion, Slip, asks, number, one_of
from engine.contract.text import Text, same
from engine.nn.optimizer import Optimizer
from engine.nn.optimizers.adagrad import AdaGrad
from engine.nn.optimizers.adam import Adam
from engine.nn.optimizers.momentum import Momentum
from engine.nn.optimizers.rmsprop import RMSProp
from engine.nn.optimizers.sgd import SGD

_NEW = Text("New weight", "新的权重")


@asks("momentum", "de14f5a5")
def step_of_momentum(draw: Random) -> NumberQuestion:
    w, v, mu, rate = 1.0, draw.choice([-0.2, 0.4, -0.5]), draw.choice([0.9, 0.5, 0.8]), draw.choice([0.1, 0.2])
    slope = draw.choice([2.0, -3.0, 4.0])
    optimizer = Momentum(rate, mu)
    params = {"W": np.array([w])}
    optimizer.velocity["W"] = np.array([v])
    optimizer.update(params, {"W": np.array([slope])})
    value = round(float(params["W"][0]), 6)
    return NumberQuestion(
        Text(
            "Momentum: a weight is {w}, its velocity v = {v}, μ = {mu}, η = {rate}, and the gradient is {slope}."
            " What is"
            " the weight after the update?",
            "Momentum：一个权重是 {w}，速度 v = {v}，μ = {mu}，η = {rate}，梯度是 {slope}。更新后权重是多少？",
        )(w=w, v=v, mu=mu, rate=rate, slope=slope),
        _NEW,
        value,
        Text(
            "v becomes μ·v − η·g = {velocity}, and the weight moves by it.",
            "v 变成 μ·v − η·g = {velocity}，权重就移动这么多。",
        )(velocity=number(round(value - w, 6))),
        (
            Slip(
                "sgd",
                round(w - rate * slope, 6),
                Text("That is SGD: the velocity counts too.", "这是 SGD，速度也要算。"),
            ),
            Slip(
                "undamped",
                round(w + v - rate * slope, 6),
                Text("The old velocity is multiplied by μ first.", "旧的速度要先乘 μ。"),
            ),
            Slip(
                "velocity_only",
                round(value - w, 6),
                Text("That is the new velocity; add it to the weight.", "这是新的速度，还要加到权重上。"),
            ),
        ),
    )


@asks("adagrad", "19179736")
def first_of_adagrad(draw: Random) -> NumberQuestion:
    w, rate, slope = (
        draw.choice([1.0, 2.0, -0.5]),
        draw.choice([0.1, 0.5, 0.01]),
        draw.choice([4.0, -7.0, 0.2, -0.5, 20.0]),
    )
    value = _first(AdaGrad(rate), w, slope)
    return NumberQuestion(
        Text(
            "AdaGrad with η = {rate} makes its first step. The weight is {w}, the gradient {slope}. What is the weight"
            " then?",
            "AdaGrad（η = {rate}）走第一步。权重是 {w}，梯度是 {slope}。走完后权重是多少？",
        )(rate=rate, w=w, slope=slope),
        _NEW,
        value,
        Text(
            "h = g², so the step is η·g/√h, which is η in size whatever the gradient.",
            "h = g²，一步是 η·g/√h，不管梯度多大，大小都是 η。",
        ),
        (
            Slip(
                "sgd",
                round(w - rate * slope, 6),
                Text("SGD would do that; AdaGrad divides by √h.", "这是 SGD；AdaGrad 要除以 √h。"),
            ),
            Slip("wrong_way", round(2 * w - value, 6), Text("That is along the gradient.", "这是沿着梯度走了。")),
            Slip(
                "no_root",
                round(w - rate / slope, 6),
                Text("It divides by the root of h, not by h.", "除以的是 h 的平方根，不是 h。"),
            ),
        ),
    )


@asks("bias_correction", "0a743d45")
def first_of_adam(draw: Random) -> NumberQuestion:
    rate, slope = draw.choice([0.001, 0.01, 0.3, 0.1]), draw.choice([5.0, 0.04, 200.0, 0.7, 30.0])
    value = round(-_first(Adam(rate), 0.0, slope), 6)
    return NumberQuestion(
        Text(
            "Adam with η = {rate}, β1 = 0.9 and β2 = 0.999 makes its first step; the gradient is {slope}. By how much"
            " does the weight fall?",
            "Adam（η = {rate}，β1 = 0.9，β2 = 0.999）走第一步，梯度是 {slope}。权重减少多少？",
        )(rate=rate, slope=slope),
        Text("Fall", "减少"),
        value,
        Text(
            "Corrected for their start at 0, the two means are g and g²: η·g/√g² = η, whatever the gradient.",
            "两个平均修正了从 0 开始的偏差，正好是 g 和 g²：η·g/√g² = η，和梯度大小无关。",
        ),
        (
            Slip(
                "sgd",
                round(rate * slope, 6),
                Text("That is SGD. Adam divides by the root of the squares.", "这是 SGD；Adam 要除以平方平均的根。"),
            ),
            Slip(
                "mean_uncorrected",
                round(rate * 0.1, 9),
                Text(
                    "m is a tenth of g at first, but it is corrected for that.",
                    "m 开始只有 g 的十分之一，但会修正回来。",
                ),
            ),
            Slip(
                "neither_corrected",
                round(rate * 0.1 / np.sqrt(0.001), 9),
                Text("Without the correction the step would be so large.", "不做修正，一步才会这么大。"),
            ),
        ),
    )


@asks("optimizer", "4c0806e9")
def steeper_surface(draw: Random) -> ChoiceQuestion:
    factor, steps = draw.choice([10.0, 100.0, 5.0]), 3
    makers = {"SGD": SGD, "Momentum": Momentum, draw.choice(["AdaGrad", "Adam", "RMSProp"]): None}
    kinds = {"AdaGrad": AdaGrad, "Adam": Adam, "RMSProp": RMSProp}
    kept = [
        name
        for name, made in makers.items()
        if np.isclose(_walked(made or kinds[name], 1.0, steps), _walked(made or kinds[name], factor, steps), rtol=1e-4)
    ]
    last = next(name for name, made in makers.items() if made is None)
    return one_of(
        Text(
            "A function is multiplied by {factor}; rates and start stay. Of SGD, Momentum and {last}, whose path"
            " stays as"
            " it was?",
            "一个函数乘以 {factor}，学习率和起点都不变。SGD、Momentum 和 {last} 中，谁走的路和原来一样？",
        )(factor=factor, last=last),
        kept[0],
        Text(
            "{name} divides the gradient by the root of its own squares, so the factor cancels.",
            "{name} 用梯度除以它自己平方（平均）的根，倍数就约掉了。",
        )(name=last),
        {"SGD": same("SGD"), "Momentum": same("Momentum"), last: same(last)},
        {
            "SGD": Text("Its steps grow with the gradient.", "它的步子随梯度变大。"),
            "Momentum": Text("Its velocity collects gradients as they are.", "它的速度原样累积梯度。"),
            last: Text("Its steps do not grow with the gradient.", "它的步子不随梯度变大。"),
        },
    )


def _first(optimizer: AdaGrad | Adam, weight: float, slope: float) -> float:
    params = {"W": np.array([weight])}
    optimizer.update(params, {"W": np.array([slope])})
    return round(float(params["W"][0]), 6)


def _walked(kind: Callable[..., Optimizer], factor: float, steps: int) -> float:
    """Where x² times a factor has led from 1 after some steps with the rate 0.001."""
    optimizer, params = kind(0.001), {"W": np.array([1.0])}
    for _ in range(steps):
        optimizer.update(params, {"W": 2 * factor * params["W"]})
    return float(params["W"][0])
