"""The parameters and the frame of `layers`."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.boards.board import CellIndex, Rows
from engine.boards.fields import ArraysParams, array_choice, cell_choice, given_rows, mistake_choice
from engine.boards.traced import ArraysFrame
from engine.contract.api import Text, VisibleWhen, choice, integer, real, switch, untranslated
from engine.experiments.ch5_backpropagation.layers.rules import RULES

MOST_SAMPLES, MOST_INPUTS, MOST_NEURONS = 4, 4, 3
IMAGE = (1, 2, 2)
"""The channels, height and width of a sample in a four-dimensional input."""
AFFINE = ("affine", "affine_4d")
PITFALLS = {
    "overwritten": ("relu",),
    "y_minus_x": ("softmax_loss",),
    "no_batch": ("affine", "softmax_loss"),
    "no_axis": ("softmax_loss",),
}
"""For each mistake the layers in which it can be made."""
PARTS = {layer: tuple(rules) for layer, rules in RULES.items()}
"""For each layer the ids of the arrays that it computes."""
ARRAYS = {
    "dw": Text("gradient of the second input or parameter"),
    "dx": Text("gradient of X"), "db": Text("gradient of the bias or shift"),
    "z": Text("output"), "mask": Text("mask"), "y": Text("probabilities"),
    "loss": Text("loss"), "mean": Text("mean", context="of a batch"), "deviation": Text("standard deviation"),
    "normalized": Text("normalized input"),
}  # fmt: skip
"""The labels of all computed arrays, whose elements can be selected, by id."""


def _matrix(
    default: Rows, rows: int | str, columns: int | str, label: Text, help: Text, layers: tuple[str, ...], **more: Any
) -> Any:
    """The parameter field for a matrix that the form shows only for the given layers."""
    return given_rows(default, rows, columns, label, help, visible=VisibleWhen("layer", layers), **more)


class LayersParams(ArraysParams):
    """One layer with its input, parameters and upstream gradient, and the selected array element."""

    layer: str = choice(
        "affine",
        {
            "multiply": Text("Multiply"), "add": Text("Add"), "relu": untranslated("ReLU"),
            "sigmoid": untranslated("sigmoid"), "tanh": untranslated("tanh"), "affine": untranslated("Affine"),
            "affine_4d": Text("Affine, 4-D input"),
            "softmax_loss": Text("Softmax with loss"), "dropout": untranslated("Dropout"),
            "batch_norm": Text("Batch normalization"),
        },
        Text("Layer"), Text("The layer that is computed forward and back."),
    )  # fmt: skip
    pitfall: str = mistake_choice(
        {
            "overwritten": Text("upstream overwritten"),
            "y_minus_x": Text("y − x for y − t"),
            "no_batch": Text("batch forgotten"),
            "no_axis": Text("softmax without axis"),
        },
        Text("A faulty version is computed beside the right one."),
        VisibleWhen("layer", ("relu", "affine", "softmax_loss")),
    )
    samples: int = integer(2, (1, MOST_SAMPLES), Text("Batch size N"), Text("How many samples, one a row."))
    x: Rows = _matrix(
        ((1.0, -2.0, 0.5), (3.0, 1.0, -1.0)), "samples", "columns", Text("Input X"),
        Text("What the layer before puts out, one row per sample."), tuple(PARTS),
        fill=(0.5, 0.5, -0.5),
    )  # fmt: skip
    w: Rows = _matrix(
        ((0.5, -1.0), (1.0, 0.5), (-0.5, 2.0)), "columns", "neurons", Text("Weights W"),
        Text("A row for each input, a column for each neuron."), AFFINE,
        fill=(1.0, -0.5, 0.5), most_rows=MOST_INPUTS, most_columns=MOST_NEURONS,
    )  # fmt: skip
    b: Rows = _matrix(
        ((0.1, -0.2),), 1, "neurons", Text("Biases b"),
        Text("One for each neuron."), AFFINE,
    )  # fmt: skip
    second: Rows = _matrix(
        ((2.0, 3.0, -1.0), (0.5, -1.0, 4.0)), "samples", "columns", Text("Second input Y"),
        Text("What X is multiplied by, or what is added to it."), ("multiply", "add"),
        fill=(1.0, 0.5, 0.5),
    )  # fmt: skip
    gamma: Rows = _matrix(
        ((1.0, 2.0, 0.5),), 1, "columns", Text("Scale γ"),
        Text("What each normalized column is multiplied by."), ("batch_norm",),
        fill=(1.0, 0.0, 0.0),
    )  # fmt: skip
    beta: Rows = _matrix(
        ((0.0, 1.0, -1.0),), 1, "columns", Text("Shift β"),
        Text("What is then added to each column."), ("batch_norm",),
    )  # fmt: skip
    labels: Rows = _matrix(
        ((2.0, 0.0),), 1, "samples", Text("Labels t"),
        Text("The right class of each sample, counted from 0."), ("softmax_loss",),
        minimum=0.0, maximum=float(MOST_INPUTS - 1), step=1.0, whole=True,
    )  # fmt: skip
    upstream: Rows = _matrix(
        ((1.0, 0.5), (-1.0, 2.0)), "samples", "outputs", Text("Upstream gradient dZ"),
        Text("How the loss changes with each output."),
        tuple(layer for layer in PARTS if layer != "softmax_loss"), fill=(1.0, 0.5, -0.5),
    )  # fmt: skip
    ratio: float = real(
        0.5, (0.0, 0.9), Text("Dropout ratio"),
        Text("How many of the cells Dropout leaves out."), step=0.1,
        visible=VisibleWhen("layer", ("dropout",)),
    )  # fmt: skip
    training: bool = switch(
        True, Text("Training"),
        Text("Off, the layer does what it does in testing."),
        visible=VisibleWhen("layer", ("dropout", "batch_norm")),
    )  # fmt: skip
    inputs: int = integer(
        3, (1, MOST_INPUTS), Text("Columns of X"),
        Text("Inputs, features or classes."), more=True,
        visible=VisibleWhen("layer", tuple(layer for layer in PARTS if layer != "affine_4d")),
    )  # fmt: skip
    neurons: int = integer(
        2, (1, MOST_NEURONS), Text("Neurons"), Text("Columns of W."), more=True,
        visible=VisibleWhen("layer", AFFINE),
    )  # fmt: skip
    part: str = array_choice("dw", ARRAYS, Text("The array whose cell is taken apart."))
    selected: CellIndex = cell_choice((0, 1), MOST_SAMPLES, Text("The cell that is taken apart."))

    @property
    def columns(self) -> int:
        """The number of columns of X; an image is flattened to four."""
        return int(np.prod(IMAGE)) if self.layer == "affine_4d" else self.inputs

    @property
    def outputs(self) -> int:
        """The number of columns of the layer's output."""
        return self.neurons if self.layer in AFFINE else self.columns

    @property
    def shown_part(self) -> str:
        """The id of the array with the selected element: ``part``, or the gradient of X if the layer does not compute
        that.
        """
        return self.part if self.part in PARTS[self.layer] else "dx"

    @property
    def mistake(self) -> str:
        """The chosen mistake; "none" if it cannot be made in this layer."""
        return self.pitfall if self.layer in PITFALLS.get(self.pitfall, ()) else "none"

    def size_of(self, part: str) -> tuple[int, int]:
        """The number of rows and columns of the array with the id ``part``."""
        if part in ("w", "dw") and self.layer in AFFINE:
            return self.columns, self.neurons
        one_row = ("w", "dw", "b", "db", "mean", "deviation") if self.layer == "batch_norm" else ("b", "db", "loss")
        columns = 1 if part == "loss" else self.outputs if part in ("z", "dz", "b", "db") else self.columns
        return 1 if part in one_row else self.samples, columns

    def classes(self) -> np.ndarray:
        """The right class of each sample, (N,); a label beyond the last class counts as the last class."""
        return np.minimum(np.array(self.labels[0], dtype=int), self.columns - 1)


class LayersFrame(ArraysFrame):
    """All arrays of one forward and backward pass as two-dimensional arrays, by id, inputs included."""

    blocked: int | None  # how many cells ReLU holds back, None for other layers
    loss: float | None  # that of softmax with loss, None for other layers
    largest_dx: float
    differing: int  # cells that the mistake makes wrong
