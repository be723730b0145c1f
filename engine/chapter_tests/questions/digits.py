"""What can be asked of reading digits: how many are wrong, how many batches, and what a sure answer is worth."""

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


@asks("accuracy", "673e8882")
def read_wrong(draw: Random) -> NumberQuestion:
    images, percent = draw.choice([10_000, 5_000, 2_000]), draw.choice([98.2, 97.5, 93.6, 95.0, 99.1])
    right = round(images * percent / 100)
    wrong = images - right
    return NumberQuestion(
        Text(
            "The accuracy on {images:,} test images is {percent}%. How many of them are read wrong?",
            "{images} 张测试图像的准确率是 {percent}%。读错了多少张？",
        )(images=images, percent=percent),
        Text("Images read wrong", "读错的张数"),
        wrong,
        Text("{rest}% of {images:,} are {wrong}.", "{images} 的 {rest}% 是 {wrong}。")(
            rest=number(100 - percent), images=images, wrong=wrong
        ),
        (
            Slip("right_ones", right, Text("So many are read right.", "这是读对的张数。")),
            Slip(
                "of_a_thousand",
                wrong // 10,
                Text("Count the zeros: that is a tenth of it.", "数数有几个零：这只是十分之一。"),
            ),
        ),
    )


@asks("batch", "c61b83a2")
def passes(draw: Random) -> NumberQuestion:
    images, batch = draw.choice([10_000, 60_000]), draw.choice([50, 100, 200, 250, 500])
    count = len(range(0, images, batch))
    return NumberQuestion(
        Text(
            "{images:,} images go through a network in batches of {batch}. How many forward passes is that?",
            "{images} 张图像每批 {batch} 张送进网络。一共正向传播多少次？",
        )(images=images, batch=batch),
        Text("Forward passes", "正向传播次数"),
        count,
        Text(
            "{images:,} / {batch} = {count}; the answers stay the same.", "{images} / {batch} = {count}；答案不会变。"
        )(images=images, batch=batch, count=count),
        (
            Slip("one_each", images, Text("A batch goes through in one pass.", "一批一次就过去了。")),
            Slip("batch", batch, Text("That is the size of a batch.", "这是一批的大小。")),
        ),
    )


@asks("classification", "7769e993")
def what_is_read(draw: Random) -> ChoiceQuestion:
    y = np.array(
        draw.choice(
            [
                (0.1, 0.2, 0.4, 0.3),
                (0.25, 0.3, 0.25, 0.2),
                (0.05, 0.15, 0.2, 0.6),
                (0.5, 0.2, 0.2, 0.1),
                (0.4, 0.3, 0.1, 0.2),
                (0.2, 0.1, 0.45, 0.25),
            ]
        )
    )
    answer, least = int(np.argmax(y)), int(np.argmin(y))
    return one_of(
        Text(
            "The probabilities of the digits 0, 1, 2 and 3 are {y}, of all others 0. What does the network answer?",
            "数字 0、1、2、3 的概率是 {y}，其余都是 0。网络回答什么？",
        )(y=vector(y)),
        "largest",
        Text(
            "It answers the class with the largest probability, however small that is.",
            "它回答概率最大的那一类，不管这个概率有多小。",
        ),
        {
            "largest": Text("{digit}", "{digit}")(digit=answer),
            "mean": Text("{mean}, the mean", "平均值 {mean}")(mean=number(float(np.arange(4) @ y))),
            "smallest": Text("{digit}", "{digit}")(digit=least),
            "needs_half": Text("Nothing, since none is above one half", "不回答，因为没有一个超过一半")
            if y.max() < 0.5
            else Text("Nothing, since none is certain", "不回答，因为没有一个是肯定的"),
        },
        {
            "largest": Text("", ""),
            "mean": Text("Classes are names; no mean of them is a class.", "类别只是名字，求不出平均。"),
            "smallest": Text("That is the least probable one.", "这是最不可能的一个。"),
            "needs_half": Text("An answer always comes; there is no threshold.", "总会有回答，没有什么门槛。"),
        },
    )


@asks("inference", "7769e993")
def sure_and_wrong(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "A network gives a scribble {percent}% for the digit 8. Say in one sentence why that does not mean that it"
            " is one.",
            "网络认为一团涂鸦有 {percent}% 的可能是 8。用一句话说：为什么这不等于它真是 8？",
        )(percent=draw.choice([97, 99, 99.9])),
        Text(
            "Softmax divides 100% among ten digits and has no place for “none of them”; it says which digit fits best,"
            " not that it fits.",
            "softmax 只会把 100% 分给十个数字，没有“都不是”这一项；它说的是哪个最像，不是真的像。",
        ),
    )
