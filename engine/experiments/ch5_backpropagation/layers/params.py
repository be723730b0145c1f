"""What the experiment `layers` can be asked, and what its frames hold."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.boards.board import Place, Rows
from engine.boards.fields import ArraysParams, array_choice, cell_choice, given_rows, mistake_choice
from engine.boards.traced import ArraysFrame
from engine.contract.pieces import Text, Visible, choice, integer, real, same, switch
from engine.experiments.ch5_backpropagation.layers.rules import RULES

MOST_SAMPLES, MOST_INPUTS, MOST_NEURONS = 4, 4, 3
IMAGE = (1, 2, 2)
"""Channels, height and width of a sample of the input with four dimensions."""
AFFINE = ("affine", "affine_4d")
PITFALLS = {
    "overwritten": ("relu",),
    "y_minus_x": ("softmax_loss",),
    "no_batch": ("affine", "softmax_loss"),
    "no_axis": ("softmax_loss",),
}
"""Each mistake, and the layers in which it can be made."""
PARTS = {layer: tuple(rules) for layer, rules in RULES.items()}
"""Each layer, and the arrays that it makes."""
ARRAYS = {
    "dw": Text("gradient of the second input or parameter", "第二个输入或参数的梯度"),
    "dx": Text("gradient of X", "X 的梯度"), "db": Text("gradient of the bias or shift", "偏置或平移的梯度"),
    "z": Text("output", "输出"), "mask": Text("mask", "掩码"), "y": Text("probabilities", "概率"),
    "loss": Text("loss", "损失"), "mean": Text("mean", "均值"), "deviation": Text("standard deviation", "标准差"),
    "normalized": Text("normalized input", "归一化的输入"),
}  # fmt: skip
"""All arrays whose cells can be taken apart."""


def _matrix(
    default: Rows, rows: int | str, columns: int | str, label: Text, help: Text, layers: tuple[str, ...], **more: Any
) -> Any:
    """A matrix that is shown for these layers."""
    return given_rows(default, rows, columns, label, help, visible=Visible("layer", layers), **more)


class LayersParams(ArraysParams):
    """One layer, what goes into it from both sides, and the cell that is looked at."""

    layer: str = choice(
        "affine",
        {
            "multiply": Text("Multiply", "乘法"), "add": Text("Add", "加法"), "relu": same("ReLU"),
            "sigmoid": same("sigmoid"), "tanh": same("tanh"), "affine": same("Affine"),
            "affine_4d": Text("Affine, 4-D input", "Affine（四维输入）"),
            "softmax_loss": Text("Softmax with loss", "softmax 与损失"), "dropout": same("Dropout"),
            "batch_norm": Text("Batch normalization", "Batch Normalization"),
        },
        Text("Layer", "层"), Text("The layer that is computed forward and back.", "要正向、反向演算的层。"),
    )  # fmt: skip
    pitfall: str = mistake_choice(
        {
            "overwritten": Text("upstream overwritten", "改写上游梯度"),
            "y_minus_x": Text("y − x for y − t", "把 y − t 写成 y − x"),
            "no_batch": Text("batch forgotten", "忘了整批样本"),
            "no_axis": Text("softmax without axis", "softmax 漏写 axis"),
        },
        Text("A faulty version is computed beside the right one.", "在正确写法旁边，再算一种错误写法。"),
        Visible("layer", ("relu", "affine", "softmax_loss")),
    )
    samples: int = integer(
        2, (1, MOST_SAMPLES), Text("Batch size N", "批大小 N"), Text("How many samples, one a row.", "每行一个样本。")
    )
    x: Rows = _matrix(
        ((1.0, -2.0, 0.5), (3.0, 1.0, -1.0)), "samples", "columns", Text("Input X", "输入 X"),
        Text("What the layer before puts out, one row per sample.", "前一层送来的数，每行一个样本。"), tuple(PARTS),
        fill=(0.5, 0.5, -0.5),
    )  # fmt: skip
    w: Rows = _matrix(
        ((0.5, -1.0), (1.0, 0.5), (-0.5, 2.0)), "columns", "neurons", Text("Weights W", "权重 W"),
        Text("A row for each input, a column for each neuron.", "每个输入一行，每个神经元一列。"), AFFINE,
        fill=(1.0, -0.5, 0.5), most_rows=MOST_INPUTS, most_columns=MOST_NEURONS,
    )  # fmt: skip
    b: Rows = _matrix(
        ((0.1, -0.2),), 1, "neurons", Text("Biases b", "偏置 b"),
        Text("One for each neuron.", "每个神经元一个。"), AFFINE,
    )  # fmt: skip
    second: Rows = _matrix(
        ((2.0, 3.0, -1.0), (0.5, -1.0, 4.0)), "samples", "columns", Text("Second input Y", "第二个输入 Y"),
        Text("What X is multiplied by, or what is added to it.", "与 X 相乘或相加的数。"), ("multiply", "add"),
        fill=(1.0, 0.5, 0.5),
    )  # fmt: skip
    gamma: Rows = _matrix(
        ((1.0, 2.0, 0.5),), 1, "columns", Text("Scale γ", "缩放 γ"),
        Text("What each normalized column is multiplied by.", "每一列归一化后乘的数。"), ("batch_norm",),
        fill=(1.0, 0.0, 0.0),
    )  # fmt: skip
    beta: Rows = _matrix(
        ((0.0, 1.0, -1.0),), 1, "columns", Text("Shift β", "平移 β"),
        Text("What is then added to each column.", "每一列再加上的数。"), ("batch_norm",),
    )  # fmt: skip
    labels: Rows = _matrix(
        ((2.0, 0.0),), 1, "samples", Text("Labels t", "标签 t"),
        Text("The right class of each sample, counted from 0.", "每个样本的正确类别，从 0 数起。"), ("softmax_loss",),
        minimum=0.0, maximum=float(MOST_INPUTS - 1), step=1.0, whole=True,
    )  # fmt: skip
    upstream: Rows = _matrix(
        ((1.0, 0.5), (-1.0, 2.0)), "samples", "outputs", Text("Upstream gradient dZ", "上游梯度 dZ"),
        Text("How the loss changes with each output.", "损失随每个输出怎样变，由后一层传回。"),
        tuple(layer for layer in PARTS if layer != "softmax_loss"), fill=(1.0, 0.5, -0.5),
    )  # fmt: skip
    ratio: float = real(
        0.5, (0.0, 0.9), Text("Dropout ratio", "Dropout 比例"),
        Text("How many of the cells Dropout leaves out.", "Dropout 去掉多大比例的格子。"), step=0.1,
        visible=Visible("layer", ("dropout",)),
    )  # fmt: skip
    training: bool = switch(
        True, Text("Training", "训练中"),
        Text("Off, the layer does what it does in testing.", "关掉，就按测试时的做法计算。"),
        visible=Visible("layer", ("dropout", "batch_norm")),
    )  # fmt: skip
    inputs: int = integer(
        3, (1, MOST_INPUTS), Text("Columns of X", "X 的列数"),
        Text("Inputs, features or classes.", "输入、特征或类别的个数。"), more=True,
        visible=Visible("layer", tuple(layer for layer in PARTS if layer != "affine_4d")),
    )  # fmt: skip
    neurons: int = integer(
        2, (1, MOST_NEURONS), Text("Neurons", "神经元个数"), Text("Columns of W.", "W 的列数。"), more=True,
        visible=Visible("layer", AFFINE),
    )  # fmt: skip
    part: str = array_choice("dw", ARRAYS, Text("The array whose cell is taken apart.", "看哪个数组里的格子。"))
    selected: Place = cell_choice(
        (0, 1), MOST_SAMPLES, Text("The cell that is taken apart.", "要看它由哪些格子算出来的那一格。")
    )

    @property
    def columns(self) -> int:
        """Columns of X; an image is flattened to four."""
        return int(np.prod(IMAGE)) if self.layer == "affine_4d" else self.inputs

    @property
    def outputs(self) -> int:
        """Columns of what the layer gives."""
        return self.neurons if self.layer in AFFINE else self.columns

    @property
    def shown_part(self) -> str:
        """The array whose cell is taken apart: ``part``, or the gradient of X in a layer that has no such array."""
        return self.part if self.part in PARTS[self.layer] else "dx"

    @property
    def mistake(self) -> str:
        """The mistake that is made, "none" where this layer cannot make it."""
        return self.pitfall if self.layer in PITFALLS.get(self.pitfall, ()) else "none"

    def size_of(self, part: str) -> tuple[int, int]:
        """Rows and columns of an array of the bench."""
        if part in ("w", "dw") and self.layer in AFFINE:
            return self.columns, self.neurons
        one_row = ("w", "dw", "b", "db", "mean", "deviation") if self.layer == "batch_norm" else ("b", "db", "loss")
        columns = 1 if part == "loss" else self.outputs if part in ("z", "dz", "b", "db") else self.columns
        return 1 if part in one_row else self.samples, columns

    def classes(self) -> np.ndarray:
        """The right class of each sample, (N,); one beyond the last counts as the last."""
        return np.minimum(np.array(self.labels[0], dtype=int), self.columns - 1)


class LayersFrame(ArraysFrame):
    """All arrays of one pass forward and back, two-dimensional, by the ids of ``PARTS`` and of what goes in."""

    blocked: int | None  # how many cells ReLU holds back, None for other layers
    loss: float | None  # that of softmax with loss, None for other layers
    largest_dx: float
    differing: int  # cells that the mistake makes wrong
