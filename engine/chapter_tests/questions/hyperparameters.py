"""What can be asked of a search for hyperparameters: the log scale, chances, grids, and luck."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import NumberQuestion, SentenceQuestion, Slip, asks, number
from engine.contract.text import Text
from engine.nn.hyperparameter_search import chance_of_best, grid_search, top_share


@asks("log_scale", "57403c92")
def share_of_a_decade(draw: Random) -> NumberQuestion:
    low, high = draw.choice([-6, -5, -8, -7]), draw.choice([-2, -1, -3])
    value = top_share(low, high, linear=False)
    return NumberQuestion(
        Text(
            "Learning rates are drawn evenly over the exponents from {low} to {high}. What share of them lies"
            " between 10 to"
            " the power {below} and 10 to the power {high}?",
            "学习率按指数均匀地取，指数从 {low} 到 {high}。落在 10 的 {below} 次方和 10 的 {high} 次方之间的占多少？",
        )(low=low, high=high, below=high - 1),
        Text("Share", "比例"),
        round(value, 6),
        Text("One power of ten of {count}: each has the same share.", "{count} 个数量级里占 1 个，每个一样多。")(
            count=high - low
        ),
        (
            Slip(
                "linear",
                round(top_share(low, high, linear=True), 6),
                Text("So it would be with the numbers themselves drawn evenly.", "直接按数值均匀地取才是这样。"),
            ),
            Slip("half", 0.5, Text("Count the powers of ten.", "数一数有几个数量级。")),
        ),
    )


@asks("random_search", "6886b638")
def one_good_at_least(draw: Random) -> NumberQuestion:
    trials, share = draw.choice([2, 3]), draw.choice([0.1, 0.2, 0.5, 0.3])
    value = chance_of_best(trials, share)
    return NumberQuestion(
        Text(
            "Each random trial is good with a probability of {share}. What is the probability that at least one of"
            " {trials}"
            " is good?",
            "每次随机尝试成功的概率是 {share}。{trials} 次里至少成功一次的概率是多少？",
        )(share=share, trials=trials),
        Text("Probability", "概率"),
        round(value, 6),
        Text("None is good with {none}; the rest is {value}.", "一次都不成功的概率是 {none}，剩下的是 {value}。")(
            none=number(1 - value), value=number(value)
        ),
        (
            Slip(
                "sum",
                round(trials * share, 6),
                Text("Two good ones are counted twice that way.", "这样会把两次都成功的重复算。"),
            ),
            Slip("all_good", round(share**trials, 6), Text("That is for all of them.", "这是每次都成功的概率。")),
            Slip("none_good", round(1 - value, 6), Text("That is for none of them.", "这是一次都不成功的概率。")),
        ),
    )


@asks("grid_search", "daffaec8")
def rates_on_a_grid(draw: Random) -> NumberQuestion:
    side = draw.choice([3, 4, 5, 6, 7])
    points = grid_search(side)
    count = len(np.unique(points[:, 0]))
    return NumberQuestion(
        Text(
            "A square grid over learning rate and weight decay has {trials} trials. How many different learning"
            " rates does"
            " it try?",
            "对学习率和权值衰减做方形网格搜索，一共 {trials} 次。它试了多少个不同的学习率？",
        )(trials=len(points)),
        Text("Different rates", "不同的学习率"),
        count,
        Text("{side} rates, each with {side} decays.", "{side} 个学习率，每个配 {side} 个衰减。")(side=side),
        (
            Slip(
                "all",
                len(points),
                Text(
                    "So many would be different at random; on a grid they repeat.", "随机取才会个个不同，网格上会重复。"
                ),
            ),
            Slip("two_axes", 2 * side, Text("Those are rates and decays together.", "这是学习率和衰减加在一起。")),
        ),
    )


@asks("validation_data", "3e36cdd8")
def best_of_many(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "Of {count} trials the best has {percent}% on the validation data. Say in one sentence why new data will"
            " probably give less.",
            "{count} 次尝试里，最好的一次在验证数据上是 {percent}%。用一句话说：为什么在新数据上多半会低一些？",
        )(count=draw.choice([20, 50, 100]), percent=draw.choice([81, 88, 93])),
        Text(
            "It was picked because it did best on these very data, and a part of that was luck, which does not come"
            " again.",
            "正因为它在这批数据上最好才被选中，其中有一部分是运气，换了数据就没有了。",
        ),
    )
