"""What can be asked of computational graphs: what a node passes back, branches, and a chain of them."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.calculus.graph import backward, forward, graph_of
from engine.calculus.graph_mistakes import joined
from engine.chapter_tests.question import NumberQuestion, SentenceQuestion, Slip, asks, number
from engine.contract.text import Text
from engine.nn.layers.add import Add
from engine.nn.layers.multiply import Multiply


@asks("local_derivative", "95dacfb1")
def back_through_times(draw: Random) -> NumberQuestion:
    a, b = draw.sample([2.0, 3.0, 5.0, 100.0, 1.5], 2)
    upstream = draw.choice([1.1, 2.0, 0.5, -1.0])
    layer = Multiply()
    layer.forward(np.array(a), np.array(b))
    value, other = (round(float(one), 6) for one in layer.backward(np.array(upstream)))
    return NumberQuestion(
        Text(
            "A × node has the inputs a = {a} and b = {b}. The gradient {upstream} comes back to it. What does it pass"
            " on to a?",
            "一个 × 节点的输入是 a = {a} 和 b = {b}。传回来的梯度是 {upstream}。它传给 a 多少？",
        )(a=a, b=b, upstream=upstream),
        Text("Gradient of a", "a 的梯度"),
        value,
        Text(
            "The upstream gradient times the other input: {upstream}·{b} = {value}.",
            "上游梯度乘以另一个输入：{upstream}·{b} = {value}。",
        )(upstream=number(upstream), b=number(b), value=number(value)),
        (
            Slip("own_input", other, Text("You took its own input. × swaps them.", "你乘了它自己的输入，× 要交换。")),
            Slip("local_only", b, Text("That is the local derivative alone.", "这只是局部导数，还要乘上游梯度。")),
            Slip(
                "unchanged", upstream, Text("A + node passes it on so, not a × node.", "+ 节点才原样传回，× 节点不是。")
            ),
        ),
    )


@asks("upstream_gradient", "80ae79f0")
def back_through_plus(draw: Random) -> NumberQuestion:
    a, b = draw.sample([200.0, 450.0, 3.0, 7.0], 2)
    upstream = draw.choice([1.1, 2.5, -0.4, 3.0])
    layer = Add()
    layer.forward(np.array(a), np.array(b))
    value = round(float(layer.backward(np.array(upstream))[0]), 6)
    return NumberQuestion(
        Text(
            "A + node has the inputs a = {a} and b = {b}. The gradient {upstream} comes back to it. What does it pass"
            " on to a?",
            "一个 + 节点的输入是 a = {a} 和 b = {b}。传回来的梯度是 {upstream}。它传给 a 多少？",
        )(a=a, b=b, upstream=upstream),
        Text("Gradient of a", "a 的梯度"),
        value,
        Text(
            "If a grows by a little, so does the sum: the local derivative is 1, and all of {upstream} goes on.",
            "a 增加一点，和也增加同样多：局部导数是 1，{upstream} 原样传下去。",
        )(upstream=number(upstream)),
        (
            Slip(
                "half",
                round(upstream / 2, 6),
                Text("It is not shared out; each input gets all.", "不是平分，每个输入都得到全部。"),
            ),
            Slip("other_input", round(upstream * b, 6), Text("So does ×, not +.", "那是 ×，不是 +。")),
        ),
    )


@asks("fan_out", "f497b368")
def branches(draw: Random) -> NumberQuestion:
    one, other = draw.sample([3.0, -1.0, 0.5, 2.0, 4.0], 2)
    value = round(float(joined([one, other])), 6)
    return NumberQuestion(
        Text(
            "A value x is used in two places. From one of them the gradient {one} comes back, from the other {other}."
            " What is the gradient of x?",
            "一个值 x 用在两处。一处传回梯度 {one}，另一处传回 {other}。x 的梯度是多少？",
        )(one=one, other=other),
        Text("Gradient of x", "x 的梯度"),
        value,
        Text("x acts in both ways at once, so both are added.", "x 同时从两条路起作用，所以相加。"),
        (
            Slip("mean", round(value / 2, 6), Text("They are added, not averaged.", "是相加，不是取平均。")),
            Slip(
                "product",
                round(one * other, 6),
                Text("They are multiplied along a path, not between paths.", "同一条路上才相乘，两条路之间相加。"),
            ),
            Slip("last", other, Text("The first one counts too.", "前一个也要算。")),
        ),
    )


@asks("chain_rule", "54973235")
def shopping(draw: Random) -> NumberQuestion:
    price, count, tax = (
        float(draw.choice([50, 80, 100, 120])),
        float(draw.choice([2, 3, 4, 5])),
        draw.choice([1.1, 1.2, 1.05]),
    )
    names = ("p", "n", "t")
    place = draw.randrange(3)
    graph = graph_of("p*n*t", names)
    values = (price, count, tax)
    _, operations = forward(graph, values)
    gradients, _ = backward(graph, operations)
    found = {graph.nodes[node].name: round(float(gradients[node]), 6) for node in graph.variables}
    asked = (Text("price", "单价"), Text("count", "个数"), Text("tax factor", "税的倍数"))[place]
    others = [name for name in names if name != names[place]]
    return NumberQuestion(
        Text(
            "{count} notebooks at {price} each, and a tax factor of {tax}: the sum to be paid is their product. What is"
            " its gradient with respect to the {asked}?",
            "{count} 个本子，单价 {price}，加税后变成 {tax} 倍，应付金额是这三个数之积。它对{asked}的梯度是多少？",
        )(count=count, price=price, tax=tax, asked=asked),
        Text("Gradient", "梯度"),
        found[names[place]],
        Text("The product of the two others: {one}·{other}.", "另外两个数之积：{one}·{other}。")(
            one=number(values[(place + 1) % 3]), other=number(values[(place + 2) % 3])
        ),
        (
            Slip("value", round(price * count * tax, 6), Text("That is the sum to be paid.", "这是应付金额。")),
            *(
                Slip(
                    f"gradient_of_{name}",
                    found[name],
                    Text("That is the gradient of another input.", "这是另一个输入的梯度。"),
                )
                for name in others
            ),
        ),
    )


@asks("backpropagation")
def one_way_back(draw: Random) -> SentenceQuestion:
    count = draw.choice([1_000, 50_000, 400_000])
    return SentenceQuestion(
        Text(
            "A network has {count:,} parameters. Say in one sentence why backpropagation needs one way back for all of"
            " them, and central differences need {passes:,} passes.",
            "一个网络有 {count} 个参数。用一句话说：为什么反向传播走一趟就够，而中心差分要算 {passes} 次？",
        )(count=count, passes=2 * count),
        Text(
            "Every node hands on the gradient that all paths behind it share, so nothing is computed twice; differences"
            " move one parameter at a time.",
            "每个节点把后面各条路共用的梯度算好再往回传，什么都不重复算；差分则一次只能动一个参数。",
        ),
    )
