"""What can be asked of overfitting: the gap, weight decay, and dropout at test time."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import ChoiceQuestion, NumberQuestion, SentenceQuestion, Slip, Wrong, asks, number
from engine.contract.text import Text, same
from engine.nn.layers.dropout import Dropout
from engine.nn.optimizers.sgd import SGD
from engine.nn.weight_decay import add_decay


@asks("weight_decay", "fae134cd")
def decayed(draw: Random) -> NumberQuestion:
    w, slope = draw.choice([2.0, -3.0, 1.0, 4.0]), draw.choice([0.5, -1.0, 2.0])
    rate, decay = draw.choice([0.1, 0.5]), draw.choice([0.1, 0.01, 0.2])
    params, grads = {"W": np.array([w])}, {"W": np.array([slope])}
    add_decay(grads, params, decay)
    SGD(rate).update(params, grads)
    value = round(float(params["W"][0]), 6)
    return NumberQuestion(
        Text(
            "SGD with η = {rate} and weight decay λ = {decay}, which adds ½·λ·w² to the loss. A weight is {w}, the"
            " gradient of the loss itself {slope}. What is the weight after the update?",
            "SGD，η = {rate}，权值衰减 λ = {decay}（损失里加上 ½·λ·w²）。一个权重是 {w}，原来损失的梯度是 {slope}。"
            "更新后权重是多少？",
        )(rate=rate, decay=decay, w=w, slope=slope),
        Text("New weight", "新的权重"),
        value,
        Text(
            "The gradient becomes g + λ·w = {whole}, and the weight loses η times that: {value}.",
            "梯度变成 g + λ·w = {whole}，权重减去它的 η 倍：{value}。",
        )(whole=number(slope + decay * w), value=number(value)),
        (
            Slip("no_decay", round(w - rate * slope, 6), Text("You left out the decay.", "你漏了权值衰减。")),
            Slip(
                "decay_without_rate",
                round(w - rate * slope - decay * w, 6),
                Text("η multiplies the decay too.", "衰减那一项也要乘 η。"),
            ),
            Slip(
                "grows",
                round(w - rate * (slope - decay * w), 6),
                Text("Decay pulls the weight towards 0.", "衰减是把权重拉向 0。"),
            ),
        ),
    )


@asks("dropout", "10987470")
def at_test_time(draw: Random) -> NumberQuestion:
    ratio, activation = draw.choice([0.3, 0.2, 0.1, 0.4, 0.15]), draw.choice([2.0, 4.0, 10.0])
    layer = Dropout(ratio, np.random.default_rng(0))
    value = round(float(layer.forward(np.array([activation]), training=False)[0]), 6)
    return NumberQuestion(
        Text(
            "In training {ratio} of the neurons are left out, and nothing is scaled there. An activation is"
            " {activation}. What does dropout pass on in testing?",
            "训练时有 {ratio} 的神经元被去掉，训练中不做缩放。某个激活值是 {activation}。测试时 Dropout 传下去多少？",
        )(ratio=ratio, activation=activation),
        Text("Passed on", "传下去的值"),
        value,
        Text(
            "All neurons are there now, so each is multiplied by the share that was let through: 1 − {ratio}.",
            "测试时神经元全在，所以每个乘以训练时留下的比例：1 − {ratio}。",
        )(ratio=ratio),
        (
            Slip(
                "ratio",
                round(ratio * activation, 6),
                Text("That is the share that was left out.", "这是被去掉的比例。"),
            ),
            Slip(
                "as_it_is",
                activation,
                Text("Then the sums would be larger than in training.", "这样加起来会比训练时大。"),
            ),
            Slip(
                "divided",
                round(activation / (1 - ratio), 6),
                Text("So one does when it is scaled in training.", "在训练时缩放才是除。"),
            ),
        ),
    )


@asks("overfitting", "2dffb82c")
def which_overfits(draw: Random) -> ChoiceQuestion:
    values = [(99, draw.choice([97, 96])), (draw.choice([95, 92]), draw.choice([70, 75])), (draw.choice([62, 58]), 60)]
    names = ("A", "B", "C")
    draw.shuffle(values)
    gaps = [train - test for train, test in values]
    trains, tests = [train for train, _ in values], [test for _, test in values]
    found = {
        "gap": names[gaps.index(max(gaps))],
        "highest": names[trains.index(max(trains))],
        "lowest": names[tests.index(min(tests))],
    }
    told = {
        f"{name}{kind}": value
        for name, pair in zip(names, values, strict=True)
        for kind, value in zip("xy", pair, strict=True)
    }
    return ChoiceQuestion(
        Text(
            "Training and test accuracy: A {Ax}% and {Ay}%, B {Bx}% and {By}%, C {Cx}% and {Cy}%. Which network"
            " overfits"
            " most?",
            "训练和测试的准确率：A {Ax}% 和 {Ay}%，B {Bx}% 和 {By}%，C {Cx}% 和 {Cy}%。哪个网络过拟合最厉害？",
        )(**told),
        same(found["gap"]),
        Text("What counts is the gap: {gap} points here.", "看两者之差：这里差 {gap} 个百分点。")(gap=max(gaps)),
        (
            Wrong(
                "highest_training",
                same(found["highest"]),
                Text("It knows the training data, but the test data as well.", "它会训练数据，测试数据也会。"),
            ),
            Wrong(
                "lowest_test",
                same(found["lowest"]),
                Text("It has learned little, but nothing by heart.", "它学得少，但没有死记硬背。"),
            ),
        ),
    )


@asks("generalization", "23e4ba03")
def shuffled(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "{count} images get labels dealt out by chance, and a network learns them to 100%. Say in one sentence what"
            " that shows.",
            "{count} 张图像的标签是随机发的，网络也学到了 100%。用一句话说：这说明什么？",
        )(count=draw.choice([300, 500, 1000])),
        Text(
            "A network can learn samples by heart without understanding anything, so 100% in training says nothing"
            " about"
            " new data.",
            "网络可以什么都不懂、只把样本背下来，所以训练 100% 说明不了它对新数据的本事。",
        ),
    )
