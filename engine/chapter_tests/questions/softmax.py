"""What can be asked of softmax: ratios, what changes nothing, what keeps it from overflowing, and batches."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np

from engine.chapter_tests.question import ChoiceQuestion, NumberQuestion, Slip, asks, one_of, vector
from engine.contract.text import Text
from engine.nn.softmax import softmax


@asks("softmax", "7fc971bf")
def ratio(draw: Random) -> NumberQuestion:
    low, difference = draw.choice([0.3, 1.0, -0.5, 2.0]), draw.choice([1.0, 2.0, 3.0])
    high = round(low + difference, 6)
    y = softmax(np.array([low, high, 0.0]))
    value = float(y[1] / y[0])
    return NumberQuestion(
        Text(
            "Two classes have the scores {low} and {high}. How many times as probable is the second one after softmax?"
            " (e ≈ 2.718, e² ≈ 7.389, e³ ≈ 20.09.)",
            "两个类别的得分是 {low} 和 {high}。经过 softmax，第二类的概率是第一类的几倍？"
            "（e ≈ 2.718，e² ≈ 7.389，e³ ≈ 20.09。）",
        )(low=low, high=high),
        Text("Times", "倍数"),
        value,
        Text("The difference alone counts: e to the power {difference}.", "只看差：e 的 {difference} 次方。")(
            difference=difference
        ),
        (
            Slip(
                "difference",
                difference,
                Text("That is the difference. e is raised to it.", "这是差，还要求 e 的这个次方。"),
            ),
            Slip(
                "quotient",
                round(high / low, 6),
                Text("Scores are not shares: e is raised to them first.", "得分不是份额，先要求 e 的次方。"),
            ),
        ),
    )


_TEMPERATURE = "6ccc4f26"
"""All scores divided by a number, which asks the same as all of them multiplied."""


@asks("score", "fa17310c")
def shifted_or_scaled(draw: Random) -> ChoiceQuestion:
    scores = np.array(draw.choice([(0.3, 2.9, 4.0), (1.0, 2.0, 3.0), (0.5, 1.5, 1.0)]))
    adds, by = draw.choice([(True, 100.0), (True, -5.0), (False, 2.0), (False, 0.5), (False, 10.0)])
    after = softmax(scores + by if adds else scores * by).max()
    change = float(after - softmax(scores).max())
    what = (
        Text("{by} is added to each", "每个都加上 {by}")(by=by)
        if adds
        else Text("each is multiplied by {by}", "每个都乘以 {by}")(by=by)
    )
    if adds:
        why = Text(
            "Only the differences of the scores count, and adding the same to all leaves them as they are.",
            "起作用的只是得分之差。都加同一个数，差不变，概率也就不变。",
        )
    elif change > 0:
        why = Text(
            "Every difference becomes {by} times as large. So the largest score is farther ahead, and its probability "
            "grows.",
            "得分之差都变成 {by} 倍。最大的得分领先更多，它的概率就变大。",
        )(by=by)
    else:
        why = Text(
            "Every difference becomes {by} times as large. So the largest score is less far ahead, and its probability "
            "shrinks.",
            "得分之差都变成 {by} 倍。最大的得分领先变少，它的概率就变小。",
        )(by=by)
    farther = Text("The largest score is farther ahead than before.", "最大的得分比原来领先更多了。")
    nearer = Text("The largest score is less far ahead than before.", "最大的得分不像原来那样领先了。")
    question = one_of(
        Text(
            "The scores are {scores}; now {what}. What becomes of the largest probability after softmax?",
            "得分是 {scores}，现在{what}。softmax 给出的最大概率会怎样？",
        )(scores=vector(scores), what=what),
        "stays" if abs(change) < 1e-9 else "grows" if change > 0 else "shrinks",
        why,
        {
            "grows": Text("It grows", "变大"),
            "stays": Text("It stays", "不变"),
            "shrinks": Text("It shrinks", "变小"),
        },
        {
            "grows": Text("The largest score is not farther ahead than before.", "最大的得分并没有领先更多。"),
            "stays": farther if change > 0 else nearer,
            "shrinks": Text("The largest score is no less ahead than before.", "最大的得分并没有领先得更少。"),
        },
    )
    return question if adds else replace(question, again=_TEMPERATURE)


@asks("overflow", "eac700fb")
def smallest_power(draw: Random) -> NumberQuestion:
    top = float(draw.choice([1000, 800, 1010, 900]))
    gaps = draw.sample([10, 20, 30, 5], 2)
    scores = np.array([top - gaps[0], top, top - gaps[1]])
    value = int(np.min(scores - scores.max()))
    return NumberQuestion(
        Text(
            "The scores are {scores}. Before e is raised to them, they are kept from overflowing in the usual way."
            " What is"
            " the smallest exponent then?",
            "得分是 {scores}。求 e 的次方之前，先做了防止溢出的那一步。这时最小的指数是多少？",
        )(scores=vector(scores)),
        Text("Smallest exponent", "最小的指数"),
        value,
        Text(
            "The largest score, {top}, is subtracted from each. So the largest exponent is 0.",
            "每个得分都减去最大的 {top}，所以最大的指数是 0。",
        )(top=top),
        (
            Slip(
                "not_shifted",
                int(scores.min()),
                Text("e to this power is more than float64 holds.", "e 的这个次方超出了 float64 的范围。"),
            ),
            Slip("largest", 0, Text("That is the largest exponent.", "这是最大的指数。")),
            Slip(
                "sign",
                -value,
                Text("Subtract the largest from the score, not the other way round.", "是得分减去最大值，不是反过来。"),
            ),
        ),
    )


@asks("batch", "ade60439")
def whole_batch_at_once(draw: Random) -> NumberQuestion:
    samples = draw.choice([2, 4, 5, 10])
    score = draw.choice([1.0, 2.0, 3.0])
    value = float(softmax(np.tile([0.0, score], (samples, 1)), axis=None)[0].sum())
    return NumberQuestion(
        Text(
            "A batch has {samples} equal rows (0, {score}). By mistake softmax divides by the sum over all rows. What"
            " do the probabilities of one row add up to?",
            "一批有 {samples} 行，每行都是 (0, {score})。softmax 误把所有行的和当分母。一行的概率加起来是多少？",
        )(samples=samples, score=score),
        Text("Sum of a row", "一行之和"),
        round(value, 9),
        Text(
            "All rows together make 1, and each has the same share: 1/{samples}.",
            "所有行合起来是 1，每行一样多：1/{samples}。",
        )(samples=samples),
        (
            Slip("as_it_should", 1.0, Text("So it would be with an axis.", "指定了 axis 才是这样。")),
            Slip("per_number", round(0.5 / samples, 9), Text("A row has two numbers.", "一行有两个数。")),
        ),
    )
