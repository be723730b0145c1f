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
    """The name of the gate with these outputs (0 or 1, or probabilities, 1 from 0.5 on) for 00, 01, 10, 11.

    A gate without a common name is written as an expression of its inputs: ``x1 > x2`` is 1 for 10 only, ``NOT x2``
    wherever x2 is 0, and ``1`` always.
    """
    word = "".join("1" if output >= 0.5 else "0" for output in outputs)
    return _NAMES_OF_GATE_NAMES[word].format(first, second)


def gate_names(first: str = "x1", second: str = "x2") -> tuple[str, ...]:
    """All gate names for inputs of these names."""
    return tuple(name.format(first, second) for name in _NAMES_OF_GATE_NAMES.values())


def gate_text(gate: str, activation: str = "step") -> Text:
    """A gate's name for people; constant outputs are described, sigmoid outputs by the side of ½ that they are on."""
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
"""OR whose line has slipped beyond 01 and 10, where NAND's lies: one drag away from folding them together."""
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
"""The anchor of each neuron's line: apart from one another, and from the points, for the gates of the book."""
ARROW = 0.5
"""The scale of the drawn arrows of w: at full length each would end on the other's line."""
REGION = (-2.0, -2.0, 5.0, 5.0)
"""Left, bottom, width and height of the square in which a sigmoid network's output is computed."""
_CELLS = 160
_TWO = VisibleWhen("view", ("two",))


def tidy(value: float) -> float:
    """A dragged value rounded to hundredths and clipped to its range."""
    return float(np.clip(np.round(value, 2), -LIMIT, LIMIT)) + 0.0


def _neuron(default: Neuron, label: Text, help_text: Text) -> Neuron:
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
    """Two hidden neurons, the output neuron, and the activation of all three."""

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
        """s1, s2 and y, each as (w1, w2, b)."""
        return self.s1, self.s2, self.y

    def activate(self, a: np.ndarray) -> np.ndarray:
        """step(a), or sigmoid(k·a)."""
        return step(a) if self.activation == "step" else sigmoid(self.sharpness * a)

    def gates(self, hidden: np.ndarray) -> tuple[str, str, str]:
        """What each neuron computes, as the name of a gate: s1 and s2 of the inputs, y of s1 and s2 as 0 or 1."""
        y = gate_name(self.activate(neuron_sum(INPUTS, self.y)), "s1", "s2")
        return gate_name(hidden[:, 0]), gate_name(hidden[:, 1]), y

    def feet(self) -> np.ndarray:
        """The point of each neuron's line where it is gripped, (3, 2); nan where there is no line."""
        feet = [foot(np.array(n[:2]), n[2], anchor) for n, anchor in zip(self.neurons, ANCHORS, strict=True)]
        return np.round(feet, 12) + 0.0

    def arrow_tips(self) -> np.ndarray:
        """The tip of each neuron's arrow, (3, 2); nan where there is no line."""
        return np.round(self.feet() + ARROW * np.array(self.neurons)[:, :2], 12) + 0.0

    def region(self) -> np.ndarray:
        """The network's output over the square ``REGION``, rows upwards."""
        return outputs_over(REGION, _CELLS, *self.neurons, self.activate).astype(np.float32)


class XorFrame(Frame):
    """Rows are the inputs 00, 01, 10, 11; columns of ``weighted_sums`` and rows of ``feet`` the neurons s1, s2, y.

    ``places`` numbers the hidden points that differ, ``most_right`` is the most that any line could get right among
    them. ``cells`` (step) is y for s1, s2 = 0, 1; ``region`` (sigmoid) is y over the square ``REGION``, rows upwards.
    The fields from ``single_w`` on are about one perceptron: its weights in the direction asked for, with the best b,
    and the best count for every whole degree.
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
        """The groups of inputs, as row numbers, that have the same hidden point."""
        groups = [np.flatnonzero(self.places == place).tolist() for place in range(self.distinct)]
        return [group for group in groups if len(group) > 1]
