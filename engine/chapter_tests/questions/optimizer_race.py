"""What can be asked of a race of optimizers: rates that belong together, and what several seeds allow to say."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import ChoiceQuestion, NumberQuestion, SentenceQuestion, Slip, asks, one_of, vector
from engine.contract.text import Text
from engine.nn.optimizers.momentum import Momentum


@asks("velocity", "e66c985c")
def step_in_the_end(draw: Random) -> NumberQuestion:
    rate, mu, slope = draw.choice([0.01, 0.1, 0.02]), draw.choice([0.9, 0.5, 0.8]), draw.choice([1.0, 2.0, 3.0])
    optimizer, params = Momentum(rate, mu), {"W": np.array([0.0])}
    for _ in range(500):
        optimizer.update(params, {"W": np.array([slope])})
    value = round(abs(float(optimizer.velocity["W"][0])), 6)
    return NumberQuestion(
        Text(
            "The gradient stays {slope} for a long time. How long do the steps of Momentum become, with η = {rate} and"
            " μ = {mu}?",
            "梯度很长时间都是 {slope}。Momentum（η = {rate}，μ = {mu}）的步子最后有多长？",
        )(slope=slope, rate=rate, mu=mu),
        Text("Length of a step", "步长"),
        value,
        Text(
            "It settles where v = μ·v − η·g: the step is η·g / (1 − μ), as SGD would make with a larger rate.",
            "稳定在 v = μ·v − η·g：步长是 η·g / (1 − μ)，相当于学习率更大的 SGD。",
        ),
        (
            Slip(
                "sgd",
                round(rate * slope, 6),
                Text("That is its first step; velocity adds up.", "这是第一步，速度会累积。"),
            ),
            Slip(
                "times_mu",
                round(rate * slope * mu, 6),
                Text("μ keeps old steps, it does not shrink new ones.", "μ 保留旧的步子，不是缩小新的。"),
            ),
            Slip(
                "two_steps",
                round(rate * slope * (1 + mu), 6),
                Text("That is the second step; it goes on growing.", "这是第二步，还会继续变大。"),
            ),
        ),
    )


@asks("seed", "a33c5a7b")
def bands(draw: Random) -> ChoiceQuestion:
    one = sorted(draw.sample([90, 91, 92, 93, 94], 3))
    other = sorted(draw.sample([87, 88, 89, 91, 92, 95], 3))
    apart = min(one) > max(other) or min(other) > max(one)
    return one_of(
        Text(
            "Two optimizers ran with three seeds each. Test accuracies in percent: A {one}, B {other}. Can one tell"
            " which"
            " of them is better here?",
            "两种更新方法各跑了三个随机种子，测试准确率（%）：A 是 {one}，B 是 {other}。看得出谁更好吗？",
        )(one=vector(one), other=vector(other)),
        "yes" if apart else "no",
        Text(
            "The worst of one would have to be above the best of the other; else chance may have decided.",
            "一方最差的要高过另一方最好的才行，不然可能只是碰巧。",
        ),
        {
            "yes": Text("Yes, the bands lie apart", "看得出，两段范围不相交"),
            "no": Text("No, the bands overlap", "看不出，两段范围有重叠"),
            "by_best": Text("Yes, by the best run of each", "看得出，比各自最好的一次"),
        },
        {
            "yes": Text("Look at the worst of the better one.", "看看较好一方最差的那次。"),
            "no": Text(
                "Even the worst of the one beats the best of the other here.", "这里一方最差的也胜过另一方最好的。"
            ),
            "by_best": Text("One good run may be luck.", "一次跑得好可能是运气。"),
        },
    )


@asks("optimizer", "a33c5a7b")
def what_makes_it_fair(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "{count} optimizers are to be compared on digits. Say in one sentence what has to be the same for all, and"
            " what each may have for itself.",
            "要在手写数字上比较 {count} 种更新方法。用一句话说：哪些必须一样，哪些可以各有各的？",
        )(count=draw.choice([2, 3, 4])),
        Text(
            "All begin with the same weights and see the same batches; each may have a learning rate that suits it,"
            " tried"
            " out with the same effort.",
            "起始权重和每一批数据都要一样；学习率可以各用合适的，只要花同样的力气去挑。",
        ),
    )
