"""Parameters and frames of the experiment `digits`."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.contract.api import Frame, Params, Text, field_of, quantity, untranslated
from engine.contract.fields import Drawing, File, VisibleWhen, choice, integer, parameter, real, switch
from engine.contract.fields.numbers import Integer, Real
from engine.data.altered import Alteration
from engine.data.own_images import own_images, own_images_file
from engine.data.plain_digits import OPEN_FOUR
from engine.experiments.shared.networks.layer_points import COUNT, LayerPoints
from engine.networks.chosen import Origin, network_field
from engine.networks.digit_reader import why_no_digits

ANY = "any"
IMAGES = 10_000
MOVES = (-16, 0, 16)
"""The shifts of a drawing in canvas pixels, of 112, used to test whether shifting it changes the answer."""


ALTERED = {"turn": "turn", "scale": "scale", "shift_x": "right", "shift_y": "down", "noise": "noise"}
"""The parameter fields that alter what the network reads, and the names of these quantities in an ``Alteration``."""
_READ = VisibleWhen("view", ("draw", "test"))


class DigitsParams(Params):
    """The drawing and its preparation, the selection from the test set, alterations of both, and the batch size of the
    reading.
    """

    view: str = choice(
        "draw",
        {
            "draw": Text("Draw"),
            "test": Text("Test set"),
            "batches": Text("Batches"),
            "points": Text("Points", context="scatter plot"),
        },
        Text("Shown"),
        effect="view",
        on_stage=True,
    )
    drawing: tuple = parameter(
        OPEN_FOUR,
        Drawing(
            label=Text("Drawing"),
            help=Text("What is written on the canvas, stroke by stroke."),
            effect="live",
            looks=True,
            visible=VisibleWhen("view", ("draw",)),
        ),
    )
    preprocessing: bool = switch(
        True,
        Text("Preprocessing"),
        Text("Fit the digit into 20×20 and centre its mass, as was done to every MNIST picture."),
        effect="live",
        looks=True,
        visible=VisibleWhen("view", ("draw",)),
    )
    brush: float = real(
        0.09,
        (0.03, 0.2),
        Text("Brush"),
        Text("Width of a stroke, as a share of the canvas."),
        step=0.01,
        effect="live",
        looks=True,
        visible=VisibleWhen("view", ("draw",)),
    )
    index: int = integer(
        8,
        (0, IMAGES - 1),
        Text("Image"),
        Text("Number of the image, from 0."),
        effect="live",
        looks=True,
        visible=VisibleWhen("view", ("test",)),
    )
    only_wrong: bool = switch(
        False,
        Text("Only wrong ones"),
        Text("Skip the images that are read correctly."),
        effect="live",
        looks=True,
        visible=VisibleWhen("view", ("test",)),
    )
    digit: str = choice(
        ANY,
        {ANY: Text("any"), **{str(digit): untranslated(str(digit)) for digit in range(10)}},
        Text("Label"),
        Text("Skip the images of other digits."),
        effect="live",
        looks=True,
        visible=VisibleWhen("view", ("test",)),
    )
    turn: float = real(
        0.0,
        (-180.0, 180.0),
        Text("Turned"),
        Text("Turns what the network sees anticlockwise."),
        step=1.0,
        unit="°",
        effect="live",
        looks=True,
        more=True,
        visible=_READ,
    )
    scale: float = real(
        1.0,
        (0.5, 2.0),
        Text("Scaled"),
        Text("How many times as large the network sees it."),
        step=0.05,
        effect="live",
        looks=True,
        more=True,
        visible=_READ,
    )
    shift_x: int = integer(
        0,
        (-14, 14),
        Text("Moved right"),
        Text("By how many of the 28 pixels it is moved to the right."),
        unit="px",
        effect="live",
        looks=True,
        more=True,
        visible=_READ,
    )
    shift_y: int = integer(
        0,
        (-14, 14),
        Text("Moved down"),
        Text("By how many of the 28 pixels it is moved down."),
        unit="px",
        effect="live",
        looks=True,
        more=True,
        visible=_READ,
    )
    noise: float = real(
        0.0,
        (0.0, 1.0),
        Text("Noise"),
        Text("Standard deviation of what is added to every pixel of 0 to 1."),
        step=0.05,
        effect="live",
        looks=True,
        more=True,
        visible=_READ,
    )
    batch_size: int = integer(
        100,
        (1, 1000),
        Text("Batch size"),
        Text("How many images go through the network together; a change begins the test set anew."),
        visible=VisibleWhen("view", ("batches", "test")),
    )
    network: str = network_field(why_no_digits)
    layer: str = choice(
        "hidden2",
        {
            "pixels": Text("Pixels"),
            "hidden1": Text("Layer 1"),
            "hidden2": Text("Layer 2"),
            "scores": Text("Scores"),
        },
        Text("Layer"),
        Text("Whose numbers are seen as points: of a network of your own the first and the last hidden layer."),
        effect="live",
        looks=True,
        on_stage=True,
        visible=VisibleWhen("view", ("points",)),
    )
    weights: str = choice(
        "trained",
        {"trained": Text("trained"), "untrained": Text("untrained")},
        Text("Weights"),
        Text("Those it has learned, or random ones as before learning."),
        effect="live",
        looks=True,
        visible=VisibleWhen("view", ("points",)),
    )
    images: str = parameter(
        "",
        File(
            label=Text("Own images"),
            help=Text("An IDX file of 28×28 images, plain or gzip, to look at instead of MNIST's test set."),
            examine=own_images,
            carry=own_images_file,
            suffixes=(".gz", ".idx", "-ubyte"),
            more=True,
            visible=VisibleWhen("view", ("test",)),
        ),
    )

    @property
    def alteration(self) -> Alteration:
        """How the images are altered before the network reads them."""
        return Alteration(self.turn, self.scale, self.shift_x, self.shift_y, self.noise)

    def slid(self, name: str, value: float) -> dict[str, object]:
        """The parameter change that sets a field of ``ALTERED`` to the slider position nearest to ``value``.

        Empty if that would undo the whole alteration, since the handle would then disappear during the drag.
        """
        field = field_of(DigitsParams, name)
        number: float
        if isinstance(field, Integer):
            number = min(max(round(value), field.minimum), field.maximum)
        else:
            assert isinstance(field, Real)
            number = round(min(max(round(value / field.step) * field.step, field.minimum), field.maximum), 6)
        return {name: number} if self.replaced({name: number}).alteration.is_any else {}


@dataclass(frozen=True, eq=False)
class Unaltered:
    """The image before alteration, the network's answer to it, and how the answer depends on each alteration."""

    picture: np.ndarray  # (28, 28)
    answer: int
    turn_limit: int
    """The smallest angle in degrees at which rotation alone changes the answer; 0 without rotation, or if no angle
    does.
    """
    right: int
    """The digit that counts as right: the label, or for a drawing, which has none, the answer before alteration."""
    swept: tuple[str, ...]
    """The S fields that alter the image; for each, the answer is computed at K values with the other fields fixed."""
    sweep_values: np.ndarray  # (S, K), ascending
    sweep_right: np.ndarray  # (S, K), the probability of the right digit
    sweep_other: np.ndarray  # (S, K), that of the most probable of the others
    sweep_digits: np.ndarray  # (S, K), which that is
    confidence: float = quantity(share=True)


LOOKED_AT = (
    "status", "strokes", "canvas", "seen", "hidden1", "hidden2", "scores", "probabilities", "answer", "second",
    "confidence", "unaltered", "moved_answers", "same_when_moved", "shown", "image", "label", "image_hidden1",
    "image_hidden2", "image_scores", "image_probabilities", "image_answer", "image_unaltered", "previous", "following",
    "following_wrong", "left", "points",
)  # fmt: skip
"""The fields of a frame that do not depend on how much of the test set has been read."""


class DigitsFrame(Frame):
    """The answers to the drawing and to one image of the test set, and the results on the test images read so far.

    With a network that the learner has trained, ``origin`` describes it, ``hidden1`` is its last hidden layer divided
    by its largest absolute value, and ``hidden2`` is empty. Its answers to the test set become known during the run:
    only images read so far are counted as wrong or have a cell in ``first_of_cell``.
    """

    origin: Origin | None = None

    strokes: int
    canvas: np.ndarray
    """The drawing as pixels (112, 112), from 0 (empty) to 255."""
    seen: np.ndarray
    """The network's input, (28, 28), from 0 to 255."""
    hidden1: np.ndarray
    hidden2: np.ndarray
    scores: np.ndarray
    probabilities: np.ndarray
    answer: int
    second: int
    confidence: float
    unaltered: Unaltered | None = None
    moved_answers: np.ndarray
    """The answers to the shifted drawing, (3, 3): rows are up, unmoved, down; columns are left, unmoved, right."""
    same_when_moved: int

    shown: int
    """The index of the shown image; −1 if no image passes the filters."""
    image: np.ndarray
    label: int
    """The label of the shown image; −1 for an image from the learner's file, which has none."""
    image_hidden1: np.ndarray
    image_hidden2: np.ndarray
    image_scores: np.ndarray
    image_probabilities: np.ndarray
    image_answer: int
    image_unaltered: Unaltered | None = None
    previous: int
    following: int
    following_wrong: int
    left: int
    """The number of images that pass the filters."""

    batch_size: int
    evaluated: int
    right: int
    accuracy: float = quantity(share=True)
    """The share of right answers among the images read so far; 0 before the first batch."""
    confusion: np.ndarray
    """The counts (10, 10) of the images read so far: rows are labels, columns answers."""
    first_of_cell: np.ndarray
    """The index of the first test image with each label (row) and answer (column), (10, 10); −1 if there is none."""
    timed_sizes: np.ndarray
    timed_images: np.ndarray
    seconds: np.ndarray = quantity("s", measured=True)
    """Seconds for an image, the median over batches, for each of ``timed_sizes``."""
    seconds_low: np.ndarray = quantity("s", measured=True)
    seconds_high: np.ndarray = quantity("s", measured=True)
    """``seconds_low`` and ``seconds_high`` are the quartiles over batches, for each of ``timed_sizes``."""

    points: LayerPoints

    def seen_as(self, other: DigitsFrame) -> DigitsFrame:
        """This frame with the drawing, the image and the points of ``other``, whose answers do not depend on how much
        of the test set has been read.
        """
        return replace(self, **{name: getattr(other, name) for name in LOOKED_AT})

    @property
    def shown_point(self) -> int | None:
        """The index of the shown test image's point in ``points``, one for each of the first ``COUNT`` test images;
        None for a later image or a drawing.
        """
        return self.shown if 0 <= self.shown < COUNT and self.label >= 0 else None
