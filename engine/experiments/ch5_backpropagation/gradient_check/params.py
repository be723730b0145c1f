"""The parameters and the frame of the experiment `gradient_check`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.calculus.step_errors import steps_between
from engine.contract.api import Frame, Params, Text, quantity, untranslated
from engine.contract.fields import Cell, VisibleWhen, choice, integer, parameter, real, switch, view_choice
from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.parameters import entry_number, parameter_shapes

ARRAYS = ("W1", "b1", "W2", "b2", "W3", "b3")
MISTAKES = {
    "none": Text("none", context="no mistake"),
    "no_mean": Text("not divided by N"),
    "sign": Text("t − y for y − t"),
    "slope": Text("no activation slope"),
    "bias": Text("db: first sample only"),
    "sums": Text("dW2 from A, not Z"),
    "guard": Text("log(y + 1e−7) forward"),
    "dropout": Text("new Dropout masks"),
}
HIDDEN = "hidden"
HIDEABLE = ("slope", "no_mean", "bias", "sums")
"""The mistakes that may be hidden from the learner: each can be recognised by its scatter plot."""
UNSAID = "unsaid"
DTYPES = ("float64", "float32")
TOLERANCE = 1e-7
"""A relative error up to this counts as the error of central differences; faults in the code are usually larger."""
SMALLEST, LARGEST, NOTCHES = -12, 0, 3
"""The powers of ten between which h lies, and the number of values of h that are tried in each power of ten."""


STEPS = steps_between(SMALLEST, LARGEST, NOTCHES)


class GradientCheckParams(Params):
    """A small network and its batch, the mistake in its code, and how the check is made."""

    view: str = view_choice(
        "scatter",
        {
            "scatter": Text("gradients"),
            "sweep": Text("step h"),
            "cost": Text("cost"),
        },
        Text("Both gradients against each other, the error over h, or the time that both take."),
    )
    mistake: str = choice(
        "none",
        {**MISTAKES, HIDDEN: Text("a hidden one")},
        Text("Mistake"),
        Text("What is wrong in the code; a hidden one depends on the seed."),
    )
    guess: str = choice(
        UNSAID,
        {UNSAID: Text("not yet"), **{name: MISTAKES[name] for name in MISTAKES if name != "none"}},
        Text("Your guess"),
        Text("Which mistake is hidden."),
        visible=VisibleWhen("mistake", (HIDDEN,)),
    )
    activation: str = choice(
        "relu",
        {id: ACTIVATIONS[id].name for id in ("relu", "sigmoid", "tanh")},
        Text("Activation"),
        Text("How the hidden layers turn their sums into outputs."),
    )
    batch: int = integer(
        5,
        (1, 20),
        Text("Batch size N"),
        Text("How many samples the loss is the mean of."),
    )
    h: float = real(
        1e-4,
        (10.0**SMALLEST, 10.0**LARGEST),
        Text("Step h"),
        Text("How far each parameter is moved to both sides."),
        step=10.0 ** (1 / NOTCHES),
        scale="log",
    )
    dtype: str = choice(
        "float64",
        {name: untranslated(name) for name in DTYPES},
        Text("Numbers", context="type of numbers"),
        Text("float64 keeps about 16 digits, float32 about 7."),
    )
    zero_sample: bool = switch(
        False,
        Text("A zero sample"),
        Text("As a blank image: all sums of the first layer are then 0."),
    )
    inputs: int = integer(4, (1, 6), Text("Inputs", context="number"), Text("Numbers in one sample."), more=True)
    hidden: int = integer(
        5,
        (1, 10),
        Text("Hidden neurons"),
        Text("Neurons in a hidden layer."),
        more=True,
    )
    layers: int = integer(1, (1, 2), Text("Hidden layers", context="number"), Text("All of the same size."), more=True)
    classes: int = integer(3, (2, 5), Text("Classes"), Text("Outputs of the network."), more=True)
    array: str = choice(
        "W1",
        {name: untranslated(name) for name in ARRAYS},
        Text("Array looked at"),
        Text("The array whose entry is shown."),
        effect="view",
        more=True,
    )
    selected: tuple[int, int] = parameter(
        (0, 0),
        Cell(
            label=Text("Entry looked at"),
            help=Text("The gradient that is ringed and shown under “How”."),
            rows="rows",
            columns="columns",
            most=10,
            first=0,
            effect="view",
            more=True,
        ),
    )

    def sizes(self, hidden: int | None = None) -> tuple[int, ...]:
        """The number of neurons in each layer, inputs included; ``hidden`` replaces the number in each hidden layer."""
        return (self.inputs, *[hidden or self.hidden] * self.layers, self.classes)

    @property
    def shapes(self) -> dict[str, tuple[int, int]]:
        """The rows and columns of each parameter array, by its name."""
        return parameter_shapes(self.sizes())

    @property
    def shown_array(self) -> str:
        """The name of the selected array, or of the last array if this network lacks it."""
        return self.array if self.array in self.shapes else list(self.shapes)[-1]

    @property
    def rows(self) -> int:
        """The rows of the selected array."""
        return self.shapes[self.shown_array][0]

    @property
    def columns(self) -> int:
        """The columns of the selected array."""
        return self.shapes[self.shown_array][1]

    @property
    def entry(self) -> int:
        """The index of the selected element when all arrays are flattened and concatenated."""
        return entry_number(self.shapes, self.shown_array, *self.selected)


class GradientCheckFrame(Frame):
    """Both gradients of all P parameters, the elements of A arrays in order; S values of h, K network sizes that are
    timed.

    Arrays that only another view shows have length 0. The relative error of an array is its largest |a − n| divided by
    its largest |a| or |n|.
    """

    arrays: tuple[str, ...]  # the names
    array_of: np.ndarray  # (P,) which array each entry belongs to
    places: np.ndarray  # (P, 2) its row and column in it
    backward: np.ndarray  # (P,) a, by backpropagation
    numerical: np.ndarray  # (P,) n, by central differences
    losses: np.ndarray  # (P, 2) the loss at + h and at − h
    crossed: np.ndarray  # (P,) whether a unit of ReLU opens or closes between both
    sizes: np.ndarray  # (A,) the largest |a| or |n| of each array
    differences: np.ndarray  # (A,) its largest |a − n|
    errors: np.ndarray  # (A,) that relative to it
    worst: np.ndarray  # (A,) the entry where that is
    parameters: int
    error: float  # the largest of all arrays
    wrong: int  # entries off by more than the tolerance
    wrong_arrays: int
    right_arrays: int
    at_corner: int  # entries with a unit that opens or closes
    slope: float  # of the straight line through 0 that fits all points best
    on_line: bool  # whether they lie on it
    reach: float  # how far the axes go to both sides
    guessed: bool  # whether the hidden mistake was named
    steps: np.ndarray  # (S,) every h that is tried
    sweep: np.ndarray  # (2, S) the error there, in float64 and float32
    sweep_right: np.ndarray  # (2, S) the same without the mistake
    least: float  # the least error of the sweep in the chosen format
    cost_parameters: np.ndarray  # (K,) of the networks that are timed
    cost_passes: np.ndarray  # (K,) forward passes of the numerical gradient
    cost_backward: np.ndarray = quantity("s", measured=True)  # (K,) one gradient by backpropagation
    cost_numerical: np.ndarray = quantity("s", measured=True)  # (K,) and by central differences

    def looking_at(self, entry: int) -> Mapping[str, object]:
        """The parameter changes that select the array element with the index ``entry`` over all arrays."""
        row, column = self.places[entry].tolist()
        return {"array": self.arrays[self.array_of[entry]], "selected": (row, column)}
