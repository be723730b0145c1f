"""Parameters and frame of the experiment `batch_norm`, and the 16 standard deviations of its initial weights."""

from __future__ import annotations

import numpy as np

from engine.contract.api import Frame, Params, Text, format_real, quantity, untranslated
from engine.contract.fields import Cell, Numbers, VisibleWhen, choice, integer, parameter, real, view_choice

SIZES = (784, 100, 100, 100, 100, 100, 10)
HIDDEN, NEURONS = len(SIZES) - 2, SIZES[1]
SAMPLES, BATCH, EPOCHS, RATE = 1000, 100, 20, 0.01
PER_EPOCH = SAMPLES // BATCH
UPDATES = PER_EPOCH * EPOCHS
ROWS = COLUMNS = 4
STDS = tuple(float(std) for std in np.logspace(0, -4, ROWS * COLUMNS))
"""The standard deviations of the initial weights, from 1 down to 0.0001."""
NORMALIZED, PLAIN = 0, 1
LEARNERS = {
    "normalized": Text("with batch normalization"),
    "plain": Text("without", context="option"),
}
MOMENTUM, EPSILON = 0.9, 1e-7
_TRAIN, _BENCH = VisibleWhen("view", ("train",)), VisibleWhen("view", ("bench",))


class _Spread(Cell):
    """A field that selects one of the 16 standard deviations as a cell (row, column), and displays its value."""

    def spell(self, value: tuple[int, int]) -> Text:
        return untranslated(format_real(STDS[value[0] * COLUMNS + value[1]], 2))


class BatchNormParams(Params):
    """The selected pair of networks and neuron, and the input and parameters of the single layer."""

    view: str = view_choice(
        "train",
        {"train": Text("training"), "bench": Text("a few numbers")},
        Text("Two networks that learn, or a few numbers in one layer."),
        effect="view",
    )
    selected: tuple[int, int] = parameter(
        (2, 0),
        _Spread(
            label=Text("Weight std"),
            help=Text("The spread of the weights with which both networks begin; this pair learns first."),
            rows=ROWS,
            columns=COLUMNS,
            effect="live",
            on_stage=True,
            visible=_TRAIN,
        ),
    )
    statistics: str = choice(
        "batch",
        {"batch": Text("of the batch"), "running": Text("running")},
        Text("Mean and std"),
        Text("Those of the batch itself, as in training, or the running ones, as in testing."),
        effect="live",
        looks=True,
        on_stage=True,
    )
    layer: int = integer(
        1,
        (1, HIDDEN),
        Text("Hidden layer"),
        Text("Whose neuron is looked at."),
        effect="live",
        looks=True,
        visible=_TRAIN,
    )
    neuron: int = integer(
        1,
        (1, NEURONS),
        Text("Neuron"),
        Text("Which neuron of this layer is looked at."),
        effect="live",
        looks=True,
        visible=_TRAIN,
    )
    x: tuple[float, ...] = parameter(
        (1.0, 2.0, 3.0, 4.0, 5.0),
        Numbers(
            label=Text("Numbers x"),
            help=Text("What one neuron got from the samples of a batch."),
            prefix="x",
            minimum=-200.0,
            maximum=200.0,
            step=0.1,
            fewest=1,
            most=8,
            effect="live",
            visible=_BENCH,
        ),
    )
    gamma: float = real(
        1.0,
        (-5.0, 5.0),
        Text("Scale γ"),
        Text("What the normalized numbers are multiplied by."),
        step=0.01,
        effect="live",
        visible=_BENCH,
    )
    beta: float = real(
        0.0,
        (-5.0, 5.0),
        Text("Shift β"),
        Text("What is added then."),
        step=0.01,
        effect="live",
        visible=_BENCH,
    )
    seen: int = integer(
        10,
        (0, 100),
        Text("Batches seen"),
        Text("How often the layer has seen these numbers; each time its running mean goes a tenth of the way."),
        effect="live",
        visible=_BENCH,
    )

    @property
    def place(self) -> int:
        """The index of the selected standard deviation in ``STDS``."""
        return self.selected[0] * COLUMNS + self.selected[1]

    @property
    def std(self) -> float:
        """The standard deviation of the selected pair's initial weights."""
        return STDS[self.place]


class BatchNormFrame(Frame):
    """The state of the 16 pairs of networks, one neuron over one batch, and the single layer with its input values.

    ``curves`` are training accuracies at the end of every epoch, of the networks with and without batch normalization,
    NaN for epochs to come. ``normalized`` and ``plain`` are the selected pair's newest, ``epochs_done`` is the number
    of its epochs, and ``ahead`` says which of the two is better. ``lost_at`` is the update at which a network's numbers
    would have become infinite, so that it stopped learning; −1 for none.

    The neuron is one of the selected network with batch normalization: ``before`` (N,) is the normalization's input for
    the next batch, ``after`` (N,) its output, computed with ``used_mean``, ``used_std``, ``scale`` and ``shift``.

    ``left_of_signal`` estimates which share of a signal's size is left after five layers of 100 ReLU neurons without
    normalization, with the initial weights, if half of the neurons are active.
    """

    curves: np.ndarray  # (16, 2, EPOCHS + 1)
    lost_at: np.ndarray  # (16, 2)
    pairs_done: int
    epochs_done: int
    normalized: float
    plain: float
    ahead: str | None = quantity(words=LEARNERS)
    before: np.ndarray  # (N,)
    after: np.ndarray  # (N,)
    batch_mean: float
    batch_std: float
    running_mean: float
    running_std: float
    used_mean: float
    used_std: float
    scale: float
    shift: float
    left_of_signal: float

    x: np.ndarray  # (n,)
    z: np.ndarray  # (n,)
    x_mean: float
    x_variance: float
    x_std: float
    seen_mean: float  # the running mean after the batches seen
    seen_variance: float
    z_mean: float
    z_std: float
    largest_difference: float  # between z and x
