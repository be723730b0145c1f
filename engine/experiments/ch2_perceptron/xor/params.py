"""The parameters and the frame of the experiment `xor`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.contract.api import Frame, Params, Text, quantity, untranslated
from engine.contract.fields import Vector, VisibleWhen, choice, parameter, real, view_choice
from engine.geometry.dragged_line import foot
from engine.nn import sigmoid, step
from engine.nn.perceptrons import Neuron, neuron_sum, outputs_over

# Outputs for the inputs 00, 01, 10, 11 as one word; {0} and {1} stand for the names of the inputs.
_NAMES_OF_GATE_NAMES = {
    "0000": "0",
    "0001": "AND",
    "0010": "{0} > {1}",
    "0011": "{0}",
    "0100": "{0} < {1}",
    "0101": "{1}",
    "0110": "XOR",
    "0111": "OR",
    "1000": "NOR",
    "1001": "XNOR",
    "1010": "NOT {1}",
    "1011": "{0} ≥ {1}",
    "1100": "NOT {0}",
    "1101": "{0} ≤ {1}",
    "1110": "NAND",
    "1111": "1",
}


def gate_name(outputs: Sequence[float] | np.ndarray, first: str = "x1", second: str = "x2") -> str:
    """The name of the gate with these outputs for the inputs 00, 01, 10, 11; an output from 0.5 on counts as 1.

    A gate without a common name is written as an expression of its inputs: ``x1 > x2`` is 1 for 10 only, ``NOT x2`` is
    1 wherever x2 is 0, and ``1`` is always 1.
    """
    word = "".join("1" if output >= 0.5 else "0" for output in outputs)
    return _NAMES_OF_GATE_NAMES[word].format(first, second)


def gate_names(first: str = "x1", second: str = "x2") -> tuple[str, ...]:
    """The names of all 16 gates whose inputs are called ``first`` and ``second``."""
    return tuple(name.format(first, second) for name in _NAMES_OF_GATE_NAMES.values())


def gate_text(gate: str, activation: str = "step") -> Text:
    """A gate's name as a Text; constant outputs are described, with sigmoid as always above or below ½."""
    if gate not in ("0", "1"):
        return untranslated(gate)
    if activation == "sigmoid":
        return Text("always above ½") if gate == "1" else Text("always below ½")
    return Text("always {gate}")(gate=gate)


INPUTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
ROWS = ("00", "01", "10", "11")
XOR = np.array([0.0, 1.0, 1.0, 0.0])
NEURONS = ("s1", "s2", "y")
AND, OR, NAND, NOR = (0.5, 0.5, -0.7), (0.5, 0.5, -0.2), (-0.5, -0.5, 0.7), (-0.5, -0.5, 0.2)
SLIPPED_OR = (0.5, 0.5, -0.6)
"""An OR neuron whose bias has been lowered, so that its line lies beyond 01 and 10, where NAND's line lies. A single
drag makes it OR again.
"""
LIMIT = 10.0
_NAMES = {
    "AND": Text("AND", context="gate"),
    "NAND": Text("NAND", context="gate"),
    "OR": Text("OR", context="gate"),
    "NOR": Text("NOR"),
    "XOR": Text("XOR", context="gate"),
    "XNOR": Text("XNOR"),
}
_GATES = {name: _NAMES.get(name, gate_text(name)) for name in (*gate_names(), *gate_names("s1", "s2"))}
ANCHORS = (np.array([0.6, 0.1]), np.array([0.55, 0.75]), np.array([0.15, 0.85]))
"""For each neuron the point (2,) whose foot on the neuron's line is where the line can be gripped. They are chosen so
that for the book's gates the grips lie apart from one another and from the points.
"""
ARROW = 0.5
"""The length of the drawn weight arrows as a share of w; at full length each would end on the other neuron's line."""
REGION = (-2.0, -2.0, 5.0, 5.0)
"""Left, bottom, width and height of the square in which a sigmoid network's output is computed."""
_CELLS = 160
_TWO = VisibleWhen("view", ("two",))


def tidy(value: float) -> float:
    """A dragged value rounded to hundredths and clipped to its range."""
    return float(np.clip(np.round(value, 2), -LIMIT, LIMIT)) + 0.0


def _neuron(default: Neuron, label: Text, help_text: Text) -> Neuron:
    """The parameter field for a neuron's weights and bias (w1, w2, b)."""
    field = Vector(
        label=label,
        help=help_text,
        components=("w1", "w2", "b"),
        minimum=-LIMIT,
        maximum=LIMIT,
        step=0.05,
        visible=_TWO,
    )
    return parameter(default, field)


class XorParams(Params):
    """The two hidden neurons, the output neuron, and the activation function of all three."""

    s1: Neuron = _neuron(NAND, Text("Hidden neuron s1"), Text("Its line in the input plane."))
    s2: Neuron = _neuron(SLIPPED_OR, Text("Hidden neuron s2"), Text("Its line in the input plane."))
    y: Neuron = _neuron(
        AND,
        Text("Output neuron y"),
        Text("Its line in the plane of (s1, s2)."),
    )
    activation: str = choice(
        "step",
        {"step": Text("step", context="function"), "sigmoid": untranslated("sigmoid")},
        Text("Activation"),
        Text("How each neuron turns its sum into an output."),
        visible=_TWO,
    )
    sharpness: float = real(
        10.0,
        (1.0, 50.0),
        Text("Sharpness k"),
        Text("sigmoid(k·a); the larger k, the more like a step."),
        step=1.1,
        scale="log",
        visible=VisibleWhen("activation", ("sigmoid",)),
    )
    view: str = view_choice(
        "two",
        {"two": Text("two layers"), "single": Text("one perceptron")},
        Text("Two layers, or the best that a single perceptron can do."),
    )
    direction: float = real(
        45.0,
        (0.0, 360.0),
        Text("Direction of w"),
        Text("Where (w1, w2) points; b is the best one for that direction."),
        step=1.0,
        unit="°",
        visible=VisibleWhen("view", ("single",)),
    )
    selected: str = choice(
        "01",
        {row: untranslated(f"({row[0]}, {row[1]})") for row in ROWS},
        Text("Input"),
        Text("The input whose arithmetic is shown under “How”."),
        effect="view",
    )

    @property
    def neurons(self) -> tuple[Neuron, Neuron, Neuron]:
        """The neurons s1, s2 and y, each as (w1, w2, b)."""
        return self.s1, self.s2, self.y

    def activate(self, a: np.ndarray) -> np.ndarray:
        """The chosen activation function of ``a``: step(a), or sigmoid(k·a)."""
        return step(a) if self.activation == "step" else sigmoid(self.sharpness * a)

    def gates(self, hidden: np.ndarray) -> tuple[str, str, str]:
        """The names of the gates that s1, s2 and y compute: s1 and s2 from the inputs, y from s1 and s2 as 0 or 1."""
        y = gate_name(self.activate(neuron_sum(INPUTS, self.y)), "s1", "s2")
        return gate_name(hidden[:, 0]), gate_name(hidden[:, 1]), y

    def feet(self) -> np.ndarray:
        """The point on each neuron's line where it can be gripped, (3, 2); nan for a neuron without a line."""
        feet = [foot(np.array(n[:2]), n[2], anchor) for n, anchor in zip(self.neurons, ANCHORS, strict=True)]
        return np.round(feet, 12) + 0.0

    def arrow_tips(self) -> np.ndarray:
        """The tip of each neuron's weight arrow, (3, 2); nan for a neuron without a line."""
        return np.round(self.feet() + ARROW * np.array(self.neurons)[:, :2], 12) + 0.0

    def region(self) -> np.ndarray:
        """The network's output over the square ``REGION``, as an array whose rows go upwards."""
        return outputs_over(REGION, _CELLS, *self.neurons, self.activate).astype(np.float32)


class XorFrame(Frame):
    """The results of two layers of neurons for the inputs 00, 01, 10, 11, and of a single perceptron for comparison.

    Rows are the inputs. The columns of ``weighted_sums`` and the rows of ``feet`` are the neurons s1, s2, y. ``hidden``
    are the outputs of s1 and s2; ``places`` says for each input which of the ``distinct`` hidden points it has, and
    ``most_right`` how many of the four any line could classify correctly there. With step activation ``cells`` is y for
    s1, s2 = 0, 1; with sigmoid ``region`` is y over the square ``REGION``, rows upwards.

    The fields from ``single_w`` on describe one perceptron: its weights in the chosen direction, the best bias for
    them, and the best count of right points for every whole degree.
    """

    inputs: np.ndarray
    weighted_sums: np.ndarray
    hidden: np.ndarray
    outputs: np.ndarray
    wanted: np.ndarray
    right: np.ndarray
    correct: int
    places: np.ndarray
    distinct: int
    most_right: int
    gates: tuple[str, str, str] = quantity(words=_GATES)
    feet: np.ndarray
    cells: np.ndarray | None
    region: np.ndarray | None
    single_w: np.ndarray
    single_sums: np.ndarray
    single_outputs: np.ndarray
    single_right: np.ndarray
    best_b: float
    best_count: int
    directions: np.ndarray = quantity("°")
    best_counts: np.ndarray
    single_most: int
    single_tables: int

    def meeting(self) -> list[list[int]]:
        """The groups of two or more inputs that have the same hidden point; inputs are given as row indices."""
        groups = [np.flatnonzero(self.places == place).tolist() for place in range(self.distinct)]
        return [group for group in groups if len(group) > 1]
