"""Parameters and frame of the experiment `training`."""

from __future__ import annotations

import numpy as np

from engine.contract.api import Params, Text, VisibleWhen, choice, integer, quantity, real, untranslated
from engine.experiments.shared.learning.batch_run import BatchRunFrame
from engine.experiments.shared.learning.batches import batch_size, initial_std, learning_rate, training_images
from engine.experiments.shared.networks.loss_slice import LossSlice, slice_switch
from engine.experiments.shared.networks.shade_scale import WEIGHT_STEPS
from engine.nn.activation_registry import ACTIVATIONS

DIGITS_SHOWN = 12
WEIGHTS_SHOWN = 50
# What the book calls the whole run; what it would cost by numerical gradient is reckoned for it.
RUN_UPDATES = 10_000
# So many images of each kind are looked at between the epochs' ends, or all where there are fewer.
SAMPLE = 1000


class TrainingParams(Params):
    """The network, its training data, and how it learns."""

    learning_rate: float = learning_rate(0.1, (0.001, 10.0), effect="live")
    activation: str = choice(
        "sigmoid",
        {id: ACTIVATIONS[id].name for id in ("sigmoid", "relu")},
        Text("Activation"),
        Text("How the hidden layer turns its sums into outputs."),
    )
    initial_std: float = initial_std((0.0001, 1.0))
    batch_size: int = batch_size(100, 1000)
    samples: str = training_images(
        60_000,
        (100, 300, 1000, 3000, 10_000, 60_000),
        Text("Drawn once from the 60,000; the test always uses all 10,000."),
    )
    gradient: str = choice(
        "backpropagation",
        {"backpropagation": Text("backprop"), "numerical": Text("numerical")},
        Text("Gradient by"),
        Text("Backpropagation: one pass forward and one back. Numerical: two forward passes for every parameter."),
    )
    hidden: int = integer(
        50,
        (1, 200),
        Text("Hidden units"),
        Text("Neurons of the one hidden layer; the first 50 are shown."),
        more=True,
    )
    image_side: str = choice(
        "28",
        {str(side): untranslated(f"{side}×{side}") for side in (28, 14, 7)},
        Text("Image size"),
        Text("In a smaller image each pixel is the mean of a block."),
        more=True,
    )
    h: float = real(
        1e-4,
        (1e-6, 0.1),
        Text("h of the central difference"),
        Text("How far a parameter is moved to either side."),
        step=10.0,
        scale="log",
        more=True,
        visible=VisibleWhen("gradient", ("numerical",)),
    )
    loss_slice: bool = slice_switch()
    selected: int = integer(
        1,
        (1, DIGITS_SHOWN),
        Text("Digit looked at"),
        Text("Which of the twelve is shown under “How”."),
        effect="view",
        on_stage=True,
    )


class TrainingFrame(BatchRunFrame):
    """The state of the training.

    ``flat_updates`` counts the updates from the start during which the mean loss stayed within 1 % of ``chance_loss``,
    the loss of guessing; ``flat`` says whether it is there now. Accuracies are measured on ``sample_size`` fixed
    training images and 1,000 fixed test images, and when epochs end on ``full_size`` training images and all test
    images.

    The fields ``digit_…`` belong to twelve fixed test images. ``weights`` (units, side, side) are those of the first
    hidden units in integer steps of ``weight_step``. ``b_before``, ``b_gradient`` and ``b_after`` (10,) are the output
    layer's biases and their gradient at the newest update, ``used_rate`` is its learning rate. ``saturated`` is the
    share of hidden outputs outside 0.05 to 0.95, ``dead`` the number of hidden units with ReLU that are 0 for every
    image of the sample; both were measured at the newest of ``sample_updates``.

    ``passes_per_update`` is the number of forward passes for a numerical gradient. The seconds for one forward pass and
    for one update of each kind were measured when the run began, and again with every numerical update. ``slice`` is
    the newest slice through the loss, if enabled.
    """

    chance_loss: float
    flat_updates: int
    flat: bool
    sample_size: int
    full_size: int
    digit_indices: np.ndarray
    digit_images: np.ndarray
    digit_labels: np.ndarray
    digit_scores: np.ndarray
    digit_probabilities: np.ndarray
    digit_answers: np.ndarray
    digits_right: int
    hidden: int
    weights: np.ndarray
    weight_step: float
    b_before: np.ndarray
    b_gradient: np.ndarray
    b_after: np.ndarray
    used_rate: float | None
    saturated: float
    dead: int
    parameters: int
    passes_per_update: int
    run_updates: int
    pass_seconds: float = quantity("s", measured=True)
    backpropagation_seconds: float = quantity("s", measured=True)
    numerical_seconds: float = quantity("s", measured=True)
    numerical_run_seconds: float = quantity("s", measured=True)
    slice: LossSlice | None = None

    @property
    def digit_chances(self) -> np.ndarray:
        """The probability that the network gives its answer, for each shown digit: (12,)."""
        return np.max(self.digit_probabilities, axis=1)

    @property
    def digit_is_right(self) -> np.ndarray:
        """Whether the answer is the label, for each shown digit: (12,)."""
        return self.digit_answers == self.digit_labels

    @property
    def largest_weight(self) -> float:
        """The absolute weight at both ends of the colour scale of the weight images."""
        return WEIGHT_STEPS * self.weight_step
