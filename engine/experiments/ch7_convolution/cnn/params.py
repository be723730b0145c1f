"""Parameters and frame of the experiment `cnn`."""

from __future__ import annotations

import numpy as np

from engine.contract.api import Params, Text, choice, integer, quantity, real, switch
from engine.contract.fields import Drawing, VisibleWhen, parameter
from engine.data.plain_digits import OPEN_FOUR
from engine.experiments.shared.learning.augmentation import AugmentedBatch, augmentation_strength
from engine.experiments.shared.learning.batches import batch_size, initial_std, learning_rate
from engine.experiments.shared.learning.race import RaceFrame
from engine.experiments.shared.learning.rate_schedule import ScheduledRates, planned_updates, schedule_choice
from engine.experiments.shared.networks.loss_slice import LossSlice, slice_switch
from engine.experiments.shared.networks.network_fields import OPTIMIZERS_BY_NAME, optimizer
from engine.experiments.shared.networks.shade_scale import scale_choice

CLASSES = 10
BRUSH = 0.09
"""The width of a stroke as a share of the canvas."""
# So many test digits, and so many training digits, are looked at between the ends of epochs.
SAMPLE, TRAIN_SAMPLE = 500, 250
WRONG_SHOWN = 12
_USUAL_OF_SGD = 0.1
"""The usual learning rate of SGD here: ten times that in the deep networks of the optimizer race."""


def usual_rate(optimizer: str) -> float:
    """The usual learning rate of the optimizer with this name in this experiment."""
    return _USUAL_OF_SGD if optimizer == "SGD" else OPTIMIZERS_BY_NAME[optimizer].usual_rate


class CnnParams(Params):
    """The network, its data, and how it learns."""

    filters: int = integer(
        30,
        (1, 40),
        Text("Filters"),
        Text("Each makes its own map of the picture."),
    )
    kernel: int = integer(
        5,
        (2, 7),
        Text("Filter size"),
        Text("Rows and columns of each filter."),
    )
    hidden: int = integer(
        100,
        (5, 150),
        Text("Hidden neurons"),
        Text("Neurons between the pooled maps and the ten scores."),
    )
    pixels: str = choice(
        "true",
        {"true": Text("as they are"), "permuted": Text("permuted")},
        Text("Pixels"),
        Text("Permuted: every pixel goes to another place, the same way in all pictures."),
    )
    compare: bool = switch(
        False,
        Text("Fully connected network too"),
        Text("A network whose first layer is fully connected learns beside it, with as many parameters."),
    )
    optimizer: str = optimizer("restart", "Adam")
    learning_rate: float = learning_rate(0.001, (0.0001, 1.0), effect="live")
    batch_norm: bool = switch(
        False,
        Text("Batch normalization"),
        Text("Before each ReLU."),
    )
    dropout: float = real(
        0.0,
        (0.0, 0.9),
        Text("Dropout ratio"),
        Text("The share of hidden neurons that is left out in training."),
        step=0.05,
        more=True,
    )
    augmentation: float = augmentation_strength()
    schedule: str = schedule_choice()
    planned: int = planned_updates(600)
    initial_std: float = initial_std((0.001, 0.2), more=True)
    batch_size: int = batch_size(100, 100, more=True)
    loss_slice: bool = slice_switch()
    reads: bool = switch(
        False,
        Text("Let it read my digit"),
        Text("Write a digit, and see what the network calls it while it learns."),
        effect="live",
        more=True,
        beside=True,
    )
    drawing: tuple = parameter(
        OPEN_FOUR,
        Drawing(
            label=Text("My digit"),
            help=Text("What is written on the canvas, stroke by stroke."),
            effect="live",
            more=True,
            beside=True,
            visible=VisibleWhen("reads", (True,)),
        ),
    )
    selected: int = integer(
        0,
        (0, 39),
        Text("Filter looked at"),
        Text("Which filter is shown under “How”; a click on it chooses it."),
        effect="view",
        on_stage=True,
        more_in_files=1,
    )
    shades: str = scale_choice()

    @property
    def looked_at(self) -> int:
        """The index of the selected filter; the last one if there are fewer."""
        return min(self.selected, self.filters - 1)


class CnnFrame(RaceFrame):
    """The state of the training.

    The learners are ``cnn`` and, if compared, ``dense``. ``train_accuracy`` and ``test_accuracy`` are the newest of the
    CNN, on ``train_size`` and ``sample_size`` fixed digits. ``dense_test`` is the test accuracy of the fully connected
    network and ``advantage`` the CNN's minus it, None without one. ``epoch_test`` are the accuracies on all test digits
    when epochs end.

    ``filters_before`` and ``filters`` (F, K, K) are the first layer's filters before the first update and now.
    ``pictures_before`` and ``pictures`` are the same as integers, where 127 stands for ``reach_before`` or ``reach``.
    ``similarity`` (F,) is the cosine of the angle between a filter before and now.

    If the network reads the learner's digit, ``canvas`` (112, 112) is the drawing, ``drawn_scores`` and
    ``drawn_probabilities`` (10,) are the output for it, and ``drawn_answer`` with ``drawn_confidence`` is the most
    probable digit. ``wrong`` is the number of misread test digits in the sample; ``wrong_…`` are the first of these, at
    most twelve, as the network sees them.

    ``parts`` (3,) are the numbers of weights and biases of the three layers; ``parameters`` also counts γ and β.
    ``rates`` are the learning rates if a schedule changes them, ``augmented`` is the newest batch after augmentation,
    and ``slice`` the newest slice through the CNN's loss; each is None if not in use.
    """

    loss: float | None
    mean_loss: float | None
    train_accuracy: float = quantity(share=True)
    test_accuracy: float = quantity(share=True)
    dense_test: float | None = quantity(share=True)
    advantage: float | None = quantity(share=True)
    sample_size: int
    train_size: int
    epochs: np.ndarray  # (E,)
    epoch_updates: np.ndarray  # (E,)
    epoch_test: np.ndarray  # (L, E)
    filters_before: np.ndarray
    filters: np.ndarray
    pictures_before: np.ndarray
    pictures: np.ndarray
    reach_before: float
    reach: float
    similarity: np.ndarray
    mean_similarity: float
    wrong: int
    wrong_indices: np.ndarray
    wrong_images: np.ndarray
    wrong_labels: np.ndarray
    wrong_answers: np.ndarray
    parts: np.ndarray
    pooled: int
    parameters: int
    dense_hidden: int | None
    dense_parameters: int | None
    canvas: np.ndarray | None = None
    drawn_scores: np.ndarray | None = None
    drawn_probabilities: np.ndarray | None = None
    drawn_answer: int | None = None
    drawn_confidence: float | None = quantity(share=True, default=None)
    rates: ScheduledRates | None = None
    augmented: AugmentedBatch | None = None
    slice: LossSlice | None = None

    @property
    def share_of_first_affine(self) -> float:
        """The share of all parameters that the first fully connected layer has."""
        return float(self.parts[1] / self.parameters)

    @property
    def normalizing(self) -> int:
        """The number of batch normalization's parameters γ and β."""
        return self.parameters - int(self.parts.sum())
