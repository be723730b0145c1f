"""What can be asked of losses: what each of them counts."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import (
    ChoiceQuestion,
    NumberQuestion,
    SentenceQuestion,
    Slip,
    asks,
    number,
    one_of,
    vector,
)
from engine.contract.text import Text
from engine.nn.losses import cross_entropy_error, mean_squared_error, sum_squared_error


@asks("half_sum", "45f86cf9")
def half_sum(draw: Random) -> NumberQuestion:
    y = np.array(draw.choice([(0.1, 0.7, 0.2), (0.2, 0.5, 0.3), (0.6, 0.3, 0.1), (0.2, 0.2, 0.6), (0.4, 0.5, 0.1)]))
    t = np.eye(3)[draw.randrange(3)]
    value = sum_squared_error(y, t)
    return NumberQuestion(
        Text(
            "A network outputs y = {y}, and the label is t = {t}. How large is half the sum of squares?",
            "网络的输出是 y = {y}，标签是 t = {t}。平方和误差（½Σ）是多少？",
        )(y=vector(y), t=vector(t)),
        Text("Half the sum of squares", "平方和误差"),
        value,
        Text(
            "Square the three differences y − t, add them up, halve the sum: {value}.",
            "三个差 y − t 分别平方，加起来再除以 2：{value}。",
        )(value=number(value)),
        (
            Slip(
                "mean_square",
                mean_squared_error(y, t),
                Text(
                    "That is the mean square: you divided by the 3 outputs. Here the sum is only halved.",
                    "这是均方误差：你除以了输出的个数 3。这里只把和除以 2。",
                ),
            ),
            Slip(
                "not_halved",
                2 * value,
                Text("That is the whole sum; half of it is asked for.", "这是整个平方和，还要除以 2。"),
            ),
            Slip(
                "right_class_only",
                sum_squared_error(y * t, t),
                Text(
                    "You took the right class alone. Cross entropy does so; here the other outputs count too.",
                    "你只算了正确的那一类。交叉熵误差才这样，这里别的输出也要算。",
                ),
            ),
        ),
    )


@asks("cross_entropy", "a91bf428")
def cross_entropy(draw: Random) -> NumberQuestion:
    right = draw.choice([0.5, 0.25, 0.125, 0.1, 0.05, 0.2, 0.01])
    value = _loss(right)
    return NumberQuestion(
        Text(
            "The right class gets a probability of {p}. How large is the cross entropy?"
            " (ln 2 ≈ 0.693, ln 5 ≈ 1.609, ln 10 ≈ 2.303.)",
            "正确的那一类得到概率 {p}。交叉熵误差是多少？（ln 2 ≈ 0.693，ln 5 ≈ 1.609，ln 10 ≈ 2.303。）",
        )(p=right),
        Text("Cross entropy", "交叉熵误差"),
        value,
        Text("Only the right class counts: −ln {p} = {value}.", "只算正确的那一类：−ln {p} = {value}。")(
            p=right, value=number(value)
        ),
        (
            Slip(
                "sign",
                -value,
                Text(
                    "The logarithm of a number below 1 is negative, and the loss is minus that logarithm.",
                    "小于 1 的数取对数是负的，损失是它的相反数。",
                ),
            ),
            Slip(
                "missing_share",
                1 - right,
                Text(
                    "1 − p never exceeds 1. Cross entropy has no limit: it is −ln p.",
                    "1 − p 不会超过 1。交叉熵误差没有上限，它是 −ln p。",
                ),
            ),
            Slip(
                "base_ten",
                float(-np.log10(right)),
                Text(
                    "That is the logarithm to base 10. The loss takes the natural one.",
                    "这是以 10 为底的对数，损失用的是自然对数。",
                ),
            ),
        ),
    )


@asks("loss_function", "4161cda2")
def two_falls(draw: Random) -> ChoiceQuestion:
    a, c = draw.choice([0.8, 0.6, 0.9]), draw.choice([0.02, 0.04, 0.008])
    by_a, by_c = draw.choice([(2, 2), (2, 4), (4, 2)])
    b, d = round(a / by_a, 4), round(c / by_c, 4)
    first, second = _loss(b) - _loss(a), _loss(d) - _loss(c)
    right = "equal" if np.isclose(first, second) else "high" if first > second else "low"
    return one_of(
        Text(
            "The probability of the right class falls from {a} to {b}, or from {c} to {d}. Which makes the cross"
            " entropy rise more?",
            "正确类别的概率从 {a} 降到 {b}，或者从 {c} 降到 {d}。哪一种让交叉熵误差增加得更多？",
        )(a=a, b=b, c=c, d=d),
        right,
        Text(
            "Cross entropy is −ln p: it rises by the logarithm of what p is divided by, here {first} and {second}.",
            "交叉熵误差是 −ln p：p 除以几，它就增加几的对数，这里分别除以 {first} 和 {second}。",
        )(first=by_a, second=by_c),
        {
            "high": Text("From {a} to {b}", "从 {a} 到 {b}")(a=a, b=b),
            "low": Text("From {c} to {d}", "从 {c} 到 {d}")(c=c, d=d),
            "equal": Text("Both by just as much", "两种一样多"),
        },
        {
            "high": Text(
                "The difference is larger there, but it is the quotient that counts.",
                "那里概率减少得多，可是要看除以几，不看差多少。",
            ),
            "low": Text(
                "The loss is higher there from the start, but what counts is by how much p is divided.",
                "那里损失本来就大，可是增加多少要看 p 除以几。",
            ),
            "equal": Text("Only if both are divided by the same number.", "两边除以同一个数才一样多。"),
        },
    )


@asks("mean_squared_error", "f10e6258")
def which_loss_sees(draw: Random) -> ChoiceQuestion:
    kept = draw.choice([0.6, 0.5, 0.4, 0.8, 0.7, 0.3, 0.2])
    left = round((1 - kept) / 2, 2)
    t = np.array([0.0, 1.0, 0.0])
    before, after = np.array([left, kept, left]), np.array([0.0, kept, round(1 - kept, 2)])
    squares, entropy = (
        not np.isclose(loss(before, t), loss(after, t)) for loss in (mean_squared_error, cross_entropy_error)
    )
    return one_of(
        Text(
            "The second class is right. The output goes from {before} to {after}. Which loss changes?",
            "正确的是第二类。输出从 {before} 变成 {after}。哪个损失会变？",
        )(before=vector(before), after=vector(after)),
        {(True, False): "squares", (False, True): "entropy", (True, True): "both"}[squares, entropy],
        Text(
            "The right class keeps {p}, so −ln {p} stays. The squares of the wrong classes add up to more than before.",
            "正确类别仍是 {p}，所以 −ln {p} 不变；错误类别的平方加起来比原来大。",
        )(p=kept),
        {
            "squares": Text("Only the mean square", "只有均方误差"),
            "entropy": Text("Only the cross entropy", "只有交叉熵误差"),
            "both": Text("Both", "两个都变"),
        },
        {
            "squares": Text("The squares are not all.", "变的不只是平方。"),
            "entropy": Text("It is the other way round.", "正好反过来。"),
            "both": Text("Cross entropy does not look at the wrong classes at all.", "交叉熵误差根本不看错误的类别。"),
        },
    )


@asks("cross_entropy", "e469b14a")
def certain_and_wrong(draw: Random) -> SentenceQuestion:
    right = draw.choice([0.001, 0.0001, 0.01])
    return SentenceQuestion(
        Text(
            "The right class gets only {p}. Say in one sentence why cross entropy punishes this so much harder than the"
            " sum of squares does.",
            "正确类别只得到 {p}。用一句话说：为什么交叉熵误差罚得比平方和误差重得多？",
        )(p=right),
        Text(
            "The square of a difference never exceeds 1, while −ln p grows without limit as p goes to 0.",
            "差的平方最多是 1，而 p 越接近 0，−ln p 就越大，没有上限。",
        ),
    )


def _loss(right: float) -> float:
    return cross_entropy_error(np.array([right, 1 - right]), np.array([1.0, 0.0]))
