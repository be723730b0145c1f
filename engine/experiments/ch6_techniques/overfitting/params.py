"""Parameters and frame of the experiment `overfitting`."""

from __future__ import annotations

import numpy as np

from engine.contract.api import Params, Text, VisibleWhen, choice, integer, quantity, real, switch
from engine.experiments.shared.learning.augmentation import AugmentedBatch, augmentation_strength
from engine.experiments.shared.learning.batches import learning_rate, training_images
from engine.experiments.shared.learning.race import RaceFrame

# The network that learns without any remedy.
PLAIN_LAYERS, PLAIN_HIDDEN = 6, 100
# So many of each kind are looked at, or all where there are fewer.
SAMPLE = 1000


class OverfittingParams(Params):
    """The training data, the network, and the remedies against overfitting."""

    samples: str = training_images(
        300,
        (100, 300, 1000, 3000, 10_000, 50_000),
        Text("Drawn once; more data is the surest remedy."),
    )
    weight_decay: float = real(
        0.0,
        (0.0, 0.5),
        Text("Weight decay λ"),
        Text("½·λ·Σw² is added to the loss, so that large weights cost something."),
        step=0.01,
    )
    dropout: float = real(
        0.0,
        (0.0, 0.9),
        Text("Dropout ratio"),
        Text("The share of activations that is left out in training."),
        step=0.05,
    )
    dropout_scaling: str = choice(
        "right",
        {"right": Text("1 − ratio"), "wrong": Text("ratio (wrong)")},
        Text("Factor at test time"),
        Text("What all activations are multiplied by when nothing is left out any more."),
        more=True,
    )
    augmentation: float = augmentation_strength()
    early_stopping: bool = switch(
        False,
        Text("Early stopping"),
        Text("Ends when the loss on 1,000 other images no longer falls, and keeps the best network."),
    )
    patience: int = integer(
        10,
        (1, 100),
        Text("Patience"),
        Text("So many epochs without a smaller validation loss end the run."),
        more=True,
        visible=VisibleWhen("early_stopping", (True,)),
    )
    layers: int = integer(
        PLAIN_LAYERS,
        (1, 6),
        Text("Hidden layers", context="number"),
        Text("A smaller network can learn less by heart."),
    )
    hidden: int = integer(
        PLAIN_HIDDEN,
        (5, 100),
        Text("Neurons per layer"),
        Text("How wide every hidden layer is."),
    )
    labels: str = choice(
        "true",
        {"true": Text("true"), "shuffled": Text("shuffled", context="attribute")},
        Text("Training labels"),
        Text("Shuffled, a label says nothing about its image; test labels stay true."),
    )
    learning_rate: float = learning_rate(0.01, (0.001, 0.1), Text("How far one update of SGD goes."), more=True)
    look: str = choice(
        "weights",
        {"weights": Text("weights"), "neurons": Text("neurons")},
        Text("Beside the curves"),
        Text("The weights' histogram, or which neurons dropout left out last."),
        effect="view",
        on_stage=True,
    )

    @property
    def is_plain(self) -> bool:
        """Whether the network learns without any remedy other than early stopping."""
        is_whole = (self.layers, self.hidden) == (PLAIN_LAYERS, PLAIN_HIDDEN)
        return is_whole and self.weight_decay == 0 and self.dropout == 0 and self.augmentation == 0


class OverfittingFrame(RaceFrame):
    """A network that learns and, if it has a remedy, a plain network that learns the same batches for comparison.

    The first learner is called ``regularized`` if it has a remedy, and a second is then ``plain``: 6 layers of 100
    neurons without weight decay, dropout or augmentation. Otherwise the only learner is ``plain``. ``train_accuracy``,
    ``test_accuracy`` and their difference ``gap`` are those of the first learner at its newest measurement or, once
    early stopping has ended the run, of the network that was kept. ``plain_train``, ``plain_test`` and ``plain_gap``
    are those of the second, None without one. They are measured on ``train_size`` and ``test_size`` fixed images.

    ``weight_shares`` (bins,) are the shares of the weights between neighbouring ``weight_edges`` (bins + 1,); the
    outermost bins include all weights beyond. ``left_out`` (layers, hidden) are the neurons that dropout left out for
    one image of the newest batch, ``passed_in_training`` is the share of activations that it let through there, and
    ``passed_at_test`` the factor at test time. ``mean_in_training`` and ``mean_at_test`` are the mean outputs of the
    first hidden layer for the same test images, with those masks and with that factor.

    ``validation_losses`` are measured when epochs end, with early stopping only; ``best_update`` is the update with the
    smallest. The fields ``weight_…`` are about one weight at the newest update; ``weight_gradient`` excludes what
    weight decay adds. ``kept_after_1000`` is the share of a weight that weight decay alone would leave after 1,000
    updates. ``augmented`` is the newest batch after augmentation, if there is any.
    """

    train_accuracy: float = quantity(share=True)
    test_accuracy: float = quantity(share=True)
    gap: float = quantity(share=True)
    plain_train: float | None
    plain_test: float | None
    plain_gap: float | None
    test_loss: float
    samples: int
    train_size: int
    test_size: int
    weights: int
    weight_std: float
    weight_edges: np.ndarray
    weight_shares: np.ndarray
    left_out: np.ndarray
    passed_in_training: float
    passed_at_test: float
    mean_activation: float
    mean_in_training: float
    mean_at_test: float
    validation_updates: np.ndarray
    validation_losses: np.ndarray
    best_update: int | None
    best_loss: float | None
    stopped: bool
    weight_before: float | None
    weight_gradient: float | None
    weight_after: float
    kept_after_1000: float
    augmented: AugmentedBatch | None = None

    @property
    def measured_at(self) -> int:
        """The update at which ``train_accuracy`` and ``test_accuracy`` were measured.

        After early stopping this is the update of the network that was kept.
        """
        if self.stopped and self.best_update is not None:
            return self.best_update
        return int(self.sample_updates[-1])
