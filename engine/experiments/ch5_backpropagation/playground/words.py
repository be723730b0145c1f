"""What is said of a playground: its headline, what is to be noted of its state, and the names of its parts."""

from __future__ import annotations

from engine.contract.pieces import Remedy, Status, Text, counted, format_real, percent, same
from engine.experiments.ch5_backpropagation.playground.params import PlaygroundFrame, PlaygroundParams
from engine.experiments.rate_schedule import schedule_ended, with_rate
from engine.geometry.network_places import place_of

WIDE_GAP = 0.1
"""A difference of the two accuracies from which on one speaks of overfitting."""
_KNOWN_AFTER = 20
_WITHOUT_PENALTY = Text("{loss} (without the penalty)", "{loss}（不含正则化项）")
_NO_FILE = Text(
    "No file is chosen yet, so these are 300 made-up fruits: x1 length, x2 width, x3 weight, x4 colour.",
    "还没有选文件，先用编出来的 300 个果子。x1 是长度，x2 是宽度，x3 是重量，x4 是颜色。",
)
_BIAS = Text("bias of {to}", "{to}的偏置")


def reading(params: PlaygroundParams, frame: PlaygroundFrame) -> Text:
    """The headline."""
    loss = same(format_real(frame.train_loss, 3))
    whole = frame.update == 0 or "epoch" in frame.events
    values = {
        "so_long": counted(frame.counts[1], "epoch", "轮") if whole else counted(frame.update, "update", "次更新"),
        "loss": _WITHOUT_PENALTY(loss=loss) if params.l1 or params.l2 else loss,
        "test_loss": format_real(frame.test_loss, 3),
        "train": percent(frame.train_accuracy, 1),
        "test": percent(frame.test_accuracy, 1),
    }
    if params.is_regression:
        words = Text(
            "After {so_long} the loss is {loss} on the training points and {test_loss} on the test points.",
            "学了{so_long}：训练点的损失是 {loss}，测试点的是 {test_loss}。",
        )
    elif frame.update == 0:
        words = Text(
            "Nothing learned yet: {train} of the training points are right, with weights drawn by chance.",
            "还没开始学：权重是随机的，训练点答对 {train}。",
        )
    else:
        words = Text(
            "After {so_long} the loss is {loss}; {train} of the training and {test} of the test points are right.",
            "学了{so_long}：损失是 {loss}，训练点答对 {train}，测试点答对 {test}。",
        )
    return with_rate(words(**values), frame.rates)


def status(params: PlaygroundParams, frame: PlaygroundFrame) -> Status | None:
    """What is to be noted of this state, the gravest first."""
    if "diverged" in frame.events:
        words = Text(
            "The steps are so long that the weights grew without limit. The last state before that is shown.",
            "步子太大，所以权重越来越大，失去了控制。画面停在那之前。",
        )
        remedy = Remedy(Text("Use tanh", "改用 tanh"), {"activation": "tanh"})
        return Status("diverged", words, remedy if params.activation != "tanh" else None)
    if params.is_without_file:
        return Status("no_file", _NO_FILE)
    is_bent = not set(params.features) <= {"x1", "x2"} and frame.table is None
    straight = not is_bent and set(params.activations) <= {"identity"}
    if straight and not params.is_regression and frame.train_accuracy < 0.98:
        words = Text(
            "Without a bend in any layer, all of them together are one weighted sum: the border is straight.",
            "每一层都是线性的，合起来还是一个加权和，所以边界是直的。",
        )
        remedy = Remedy(Text("Use tanh", "改用 tanh"), {"activation": "tanh"})
        return Status("straight", words, remedy if params.hidden else None)
    if frame.train_accuracy - frame.test_accuracy > WIDE_GAP and frame.counts[1] >= _KNOWN_AFTER:
        words = Text(
            "Overfitting: {train} of the training points are right, but only {test} of the test points.",
            "过拟合：训练点答对 {train}，测试点只答对 {test}。",
        )
        values = {"train": percent(frame.train_accuracy, 1), "test": percent(frame.test_accuracy, 1)}
        return Status("overfitting", words(**values))
    return schedule_ended(frame.rates, params.planned)


def name_of(params: PlaygroundParams, frame: PlaygroundFrame, layer: int, number: int) -> Text:
    """An input, a hidden neuron or an output; its layer counts from the inputs' 0, its number from 0."""
    if layer == 0:
        return Text("input {name}", "输入 {name}")(name=frame.input_names(params)[number])
    if layer < len(frame.sizes) - 1:
        words = Text("neuron {number} of hidden layer {layer}", "隐藏层 {layer} 的神经元 {number}")
        return words(number=number + 1, layer=layer)
    if params.is_regression:
        return Text("the output", "输出")
    return Text("the output for class {number}", "类别 {number} 的输出")(number=number)


def brief_name(params: PlaygroundParams, frame: PlaygroundFrame, index: int) -> Text:
    """A weight or a bias by what it joins, in so few words as say it beside the network, where it is lit."""
    layer, source, target = place_of(frame.sizes, index)
    to = _brief(params, frame, layer + 1, target)
    if source == frame.sizes[layer]:
        return _BIAS(to=to)
    return Text("{source} → {to}", "{source} → {to}")(source=_brief(params, frame, layer, source), to=to)


def _brief(params: PlaygroundParams, frame: PlaygroundFrame, layer: int, number: int) -> Text:
    if layer == 0:
        return frame.input_names(params)[number]
    if layer < len(frame.sizes) - 1:
        return Text("neuron {number}", "神经元 {number}")(number=number + 1)
    return same("y") if params.is_regression else Text("class {number}", "类别 {number}")(number=number)


def parameter_name(params: PlaygroundParams, frame: PlaygroundFrame, index: int) -> Text:
    """A weight or a bias, by what it joins."""
    layer, source, target = place_of(frame.sizes, index)
    to = name_of(params, frame, layer + 1, target)
    if source == frame.sizes[layer]:
        return _BIAS(to=to)
    return Text("weight from {source} to {to}", "从{source}到{to}的权重")(
        source=name_of(params, frame, layer, source), to=to
    )
