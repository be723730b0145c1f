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
"""The shifts of a drawing, in pixels of the canvas's 112, for testing whether the answer changes."""


ALTERED = {"turn": "turn", "scale": "scale", "shift_x": "right", "shift_y": "down", "noise": "noise"}
"""The fields that change what is read, and what an `Alteration` calls them."""
_READ = VisibleWhen("view", ("draw", "test"))


class DigitsParams(Params):
    """What is drawn, how it is prepared, which part of the test set is shown, and in batches of what size it is
    read.
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
        """The alteration of the pictures that are read."""
        return Alteration(self.turn, self.scale, self.shift_x, self.shift_y, self.noise)

    def slid(self, name: str, value: float) -> dict[str, object]:
        """The change of a field of ``ALTERED`` to the value nearest to ``value`` on its slider. Empty if it would undo
        the whole alteration, since the handle would disappear during the drag.
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
    """The picture before alteration, and the network's answer to it."""

    picture: np.ndarray  # (28, 28)
    answer: int
    turn_limit: int
    """The smallest angle at which turning alone changes the answer; 0 if it is not turned, or no angle changes it."""
    right: int
    """The label; for a drawing, which has none, the answer before alteration."""
    swept: tuple[str, ...]
    """The S altered fields: along each, with the others fixed, the answer is computed at K values."""
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
"""The parts of a frame that do not depend on how far the test set was read."""


class DigitsFrame(Frame):
    """The answer to the drawing, one image of the test set, and how far the test set was read.

    With a network of the learner's own, ``origin`` describes it, ``hidden1`` is its last hidden layer, relative to its
    largest number, and ``hidden2`` is empty. Its answers to the test set become known during the run: only images read
    so far are counted as wrong or have a cell in ``first_of_cell``.
    """

    origin: Origin | None = None

    strokes: int
    canvas: np.ndarray
    """Ink (112, 112), 0 to 255."""
    seen: np.ndarray
    """What the network sees, (28, 28), 0 to 255."""
    hidden1: np.ndarray
    hidden2: np.ndarray
    scores: np.ndarray
    probabilities: np.ndarray
    answer: int
    second: int
    confidence: float
    unaltered: Unaltered | None = None
    moved_answers: np.ndarray
    """(3, 3): the answers when the drawing is moved up, not, down (rows) and left, not, right."""
    same_when_moved: int

    shown: int
    """The number of the selected image; −1 if the filters leave none."""
    image: np.ndarray
    label: int
    """−1 for an image of the learner's own, which has none."""
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
    """The share of right answers among those read so far; 0 before the first batch."""
    confusion: np.ndarray
    """(10, 10) among those read so far: rows are labels, columns answers."""
    first_of_cell: np.ndarray
    """(10, 10): the number of the first image of the whole test set with this label and answer; −1 for none."""
    timed_sizes: np.ndarray
    timed_images: np.ndarray
    seconds: np.ndarray = quantity("s", measured=True)
    """Seconds for an image, the median over batches, for each of ``timed_sizes``."""
    seconds_low: np.ndarray = quantity("s", measured=True)
    seconds_high: np.ndarray = quantity("s", measured=True)
    """Between these lies the middle half of the batches, for each of ``timed_sizes``."""

    points: LayerPoints

    def seen_as(self, other: DigitsFrame) -> DigitsFrame:
        """This frame with what is looked at in another one: the drawing, the image and the points, whose answers do
        not depend on how far the test set was read.
        """
        return replace(self, **{name: getattr(other, name) for name in LOOKED_AT})

    @property
    def shown_point(self) -> int | None:
        """The index of the shown image among the points; None if it is not among them."""
        return self.shown if 0 <= self.shown < COUNT and self.label >= 0 else None
