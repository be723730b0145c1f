"""The parameters and the frame of `forward`, and the layout of its neurons."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.api import Frame, Matrix, Params, Text, choice, integer, parameter, untranslated
from engine.contract.fields.matrix import Rows
from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.forward import Activation, Layer, forward
from engine.nn.losses import softmax

LIMIT = 3.0
MOST = 4
LAYERS = 3
CURRENT = "current"
HIDDEN, OUTPUT = ("identity", "sigmoid", "relu"), ("identity", "sigmoid", "softmax")
"""The activation functions offered for the hidden layers and the output layer; softmax is for the output only, since it
depends on all sums of a layer.
"""
FUNCTIONS: dict[str, Activation] = {**{id: ACTIVATIONS[id].function for id in HIDDEN}, "softmax": softmax}
FUNCTION_NAMES = {**{id: ACTIVATIONS[id].name for id in HIDDEN}, "softmax": untranslated("softmax")}
_NEURON_AT = Text("layer {layer}, neuron {number}")
INPUTS_AT = -0.2
"""The x of the inputs in the graph, left of the layers at 1, 2, 3, with space for their handles."""
REACH = 0.4
"""The distance that an input's handle is moved for the largest value, as a share of the distance between two inputs."""

Position = tuple[float, float]
Neuron = tuple[int, int]
"""A neuron as (layer from 1 to 3, index within the layer from 1)."""


def _numbers(letter: str) -> tuple[str, ...]:
    """The names of the rows or columns: the letter with 1, 2, …."""
    return tuple(f"{letter}{number}" for number in range(1, MOST + 1))


def _matrix(default: Rows, label: Text, help_text: Text, **sizes: Any) -> Rows:
    """The parameter field for a matrix of weights, biases or inputs; ``sizes`` name the fields for its numbers of rows
    and columns.
    """
    field = Matrix(label=label, help=help_text, minimum=-LIMIT, maximum=LIMIT, step=0.05, most_columns=MOST, **sizes)
    return parameter(default, field)


def _weights(default: Rows, layer: int, rows: str, columns: str, sources: str, across: float, more: bool) -> Rows:
    return _matrix(
        default,
        Text("Weights W{layer}")(layer=layer),
        Text("Column j belongs to neuron j of layer {layer}, row i to its input {source}i.")(
            layer=layer, source=sources
        ),
        rows=rows,
        columns=columns,
        most_rows=MOST,
        row_names=_numbers(sources),
        column_names=_numbers("a"),
        # The book counts down each column: 0.1, 0.2, …; new rows and columns go on like that.
        fill=(0.1, 0.1, across),
        more=more,
    )


def _biases(default: Rows, layer: int, columns: str, more: bool) -> Rows:
    label = Text("Biases B{layer}")(layer=layer)
    help_text = Text("One for each neuron of layer {layer}.")(layer=layer)
    return _matrix(default, label, help_text, rows=1, columns=columns, fill=(0.1, 0.0, 0.1), more=more)


def _size(default: int, label: Text) -> int:
    help_text = Text("New weights continue the book's pattern.")
    return integer(default, (1, MOST), label, help_text, more=True)


def _activation(default: str, label: Text, help_text: Text, *names: str) -> str:
    return choice(default, {name: FUNCTION_NAMES[name] for name in names}, label, help_text)


class ForwardParams(Params):
    """One row of inputs and the weights, biases and activation functions of three layers; the sizes fix the matrices'
    shapes.
    """

    x: Rows = _matrix(
        ((1.0, 0.5),),
        Text("Inputs x"),
        Text("One row, one number for each input."),
        rows=1,
        columns="inputs",
        column_names=_numbers("x"),
        fill=(0.5, 0.0, 0.0),
    )
    hidden: str = _activation(
        "sigmoid",
        Text("Hidden layers"),
        Text("The activation function of layers 1 and 2."),
        *HIDDEN,
    )
    output: str = _activation(
        "identity",
        Text("Output layer"),
        Text("The activation function of layer 3."),
        *OUTPUT,
    )
    weights1: Rows = _weights(((0.1, 0.3, 0.5), (0.2, 0.4, 0.6)), 1, "inputs", "hidden1", "x", 0.2, more=False)
    bias1: Rows = _biases(((0.1, 0.2, 0.3),), 1, "hidden1", more=False)
    weights2: Rows = _weights(((0.1, 0.4), (0.2, 0.5), (0.3, 0.6)), 2, "hidden1", "hidden2", "z", 0.3, more=False)
    bias2: Rows = _biases(((0.1, 0.2),), 2, "hidden2", more=False)
    weights3: Rows = _weights(((0.1, 0.3), (0.2, 0.4)), 3, "hidden2", "outputs", "z", 0.2, more=True)
    bias3: Rows = _biases(((0.1, 0.2),), 3, "outputs", more=True)
    inputs: int = _size(2, Text("Number of inputs"))
    hidden1: int = _size(3, Text("Neurons in layer 1"))
    hidden2: int = _size(2, Text("Neurons in layer 2"))
    outputs: int = _size(2, Text("Number of outputs"))
    selected: str = choice(
        CURRENT,
        {
            CURRENT: Text("the one just computed"),
            **{
                f"{layer}-{number}": _NEURON_AT(layer=layer, number=number)
                for layer in range(1, LAYERS + 1)
                for number in range(1, MOST + 1)
            },
        },
        Text("Lit neuron"),
        Text("The neuron shown under “How”; a click on one in the picture chooses it."),
        effect="view",
        more=True,
    )

    @property
    def sizes(self) -> tuple[int, int, int, int]:
        """The number of inputs, and of neurons in each of the three layers."""
        return self.inputs, self.hidden1, self.hidden2, self.outputs

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The weights W (inputs, neurons) and biases b (neurons,) of each layer."""
        pairs = ((self.weights1, self.bias1), (self.weights2, self.bias2), (self.weights3, self.bias3))
        return tuple((np.array(weights), np.array(bias[0])) for weights, bias in pairs)

    def activation_of(self, layer: int) -> str:
        """The name of a layer's activation function."""
        return self.output if layer == LAYERS else self.hidden

    def values(self) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
        """For each of the three layers the weighted sums a and the outputs z, (neurons,) each."""
        x = np.array(self.x[0])
        return tuple(forward(x, self.layers, FUNCTIONS[self.hidden], FUNCTIONS[self.output]))

    def neurons(self) -> list[Neuron]:
        """All neurons as (layer, index), in the order of computation."""
        return [(layer, number) for layer in range(1, LAYERS + 1) for number in range(1, self.sizes[layer] + 1)]

    def place(self, layer: int, number: int) -> Position:
        """The position (x, y) of a neuron in the graph; ``layer`` 0 are the inputs.

        Layers are 1 apart, the inputs a little farther; the neurons of a layer spread evenly from y = 1 down to 0.
        """
        return float(layer) if layer else INPUTS_AT, 1.0 - (number - 0.5) / self.sizes[layer]

    def reach(self) -> float:
        """The distance by which an input's handle moves up in the graph when the input grows by 1."""
        return REACH / self.inputs / LIMIT


class ForwardFrame(Frame):
    """All values of the forward pass, and the neuron that was computed last.

    ``layer`` (1 to 3) and ``neuron`` (from 1) are that neuron, both 0 at the start. ``a1``, ``a2``, ``a3`` are the
    weighted sums, ``z1``, ``z2`` the outputs of the hidden layers, ``y`` the network's output.
    """

    x: np.ndarray
    a1: np.ndarray
    z1: np.ndarray
    a2: np.ndarray
    z2: np.ndarray
    a3: np.ndarray
    y: np.ndarray
    layer: int
    neuron: int
    neurons: int

    def sums(self, layer: int) -> np.ndarray:
        """The weighted sums of layer 1, 2 or 3, (neurons,)."""
        return (self.a1, self.a2, self.a3)[layer - 1]

    def signals(self, layer: int) -> np.ndarray:
        """The output of a layer: x for layer 0 (the inputs), z1, z2, and y for layer 3."""
        return (self.x, self.z1, self.z2, self.y)[layer]

    def is_done(self, layer: int, number: int) -> bool:
        """Whether the neuron ``number`` (from 1) of a layer has been computed."""
        return (layer, number) <= (self.layer, self.neuron)

    def lit(self, params: ForwardParams) -> Neuron | None:
        """The highlighted neuron: the selected one if this network has it, else the one just computed; None at the
        start.
        """
        if params.selected != CURRENT:
            layer, number = (int(part) for part in params.selected.split("-"))
            if number <= params.sizes[layer]:
                return layer, number
        return (self.layer, self.neuron) if self.layer else None
