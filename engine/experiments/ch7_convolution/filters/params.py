"""The parameters and the frame of `filters`."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.contract.api import Cell, Frame, Matrix, Params, VisibleWhen, choice, integer, parameter, quantity, real
from engine.contract.fields import File
from engine.contract.text import Text, untranslated
from engine.data.digits import SIDE as DIGIT_SIDE
from engine.data.drawn_pictures import edges, house
from engine.data.own_picture import MOST, own_picture, own_picture_file
from engine.experiments.shared.networks.shade_scale import scale_choice
from engine.nn.image_filters import NAMED, Rows

LIMIT, DECIMALS = 9.0, 1
SIDES = {"nine": 3, "gabor": 11, "network": 5}
"""The number of rows, and of columns, of a filter, by its origin."""
LEARNED = 30
"""The number of filters in the first layer of the network that comes with the program."""


class FiltersParams(Params):
    """An image, a filter, and how the result is shown."""

    view: str = choice(
        "nine",
        {"nine": Text("Nine numbers"), "gabor": untranslated("Gabor"), "network": Text("Learned")},
        Text("Filter from"),
        Text("Numbers written by hand, made by Gabor's formula, or learned by a network that reads digits."),
        on_stage=True,
    )
    picture: str = choice(
        "house",
        {
            "house": Text("House"),
            "edges": Text("Card of edges"),
            "digit": Text("MNIST digit"),
            "own": Text("Own file"),
        },
        Text("Picture"),
        Text("What the filter slides over; greys go from 0 to 1."),
    )
    file: str = parameter(
        "",
        File(
            label=Text("Picture file"),
            help=Text("Any picture; it becomes grey, and at most 128 pixels wide and high."),
            examine=own_picture,
            carry=own_picture_file,
            suffixes=(".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".pgm", ".ppm"),
            visible=VisibleWhen("picture", ("own",)),
        ),
    )
    index: int = integer(
        0,
        (0, 9999),
        Text("Digit", context="which one"),
        Text("Number of the image in MNIST's test data, from 0."),
        visible=VisibleWhen("picture", ("digit",)),
    )
    kernel: Rows = parameter(
        NAMED["sobel"],
        Matrix(
            label=Text("Filter"),
            help=Text("Each is multiplied by the pixel below it."),
            rows=SIDES["nine"],
            columns=SIDES["nine"],
            minimum=-LIMIT,
            maximum=LIMIT,
            step=0.5,
            first=0,
            visible=VisibleWhen("view", ("nine",)),
        ),
    )
    angle: float = real(
        0.0,
        (0.0, 175.0),
        Text("Direction"),
        Text("By how much the stripes are turned to the left; 0 is vertical."),
        step=5.0,
        unit="°",
        visible=VisibleWhen("view", ("gabor",)),
    )
    wavelength: float = real(
        5.0,
        (3.0, 8.0),
        Text("Wavelength"),
        Text("From one bright stripe to the next."),
        step=0.5,
        unit="px",
        visible=VisibleWhen("view", ("gabor",)),
    )
    phase: float = real(
        90.0,
        (0.0, 180.0),
        Text("Phase"),
        Text("At 0 it is made for bright lines, at 90 for edges, at 180 for dark lines."),
        step=15.0,
        unit="°",
        visible=VisibleWhen("view", ("gabor",)),
    )  # fmt: skip
    number: int = integer(
        19,
        (0, LEARNED - 1),
        Text("Learned filter"),
        Text("Which of the 30 filters of the first layer, from 0."),
        more_in_files=1,
        visible=VisibleWhen("view", ("network",)),
    )
    shades: str = scale_choice(VisibleWhen("view", ("network",)))
    shown: str = choice(
        "signed",
        {"signed": Text("Signed"), "grey": Text("As a picture")},
        Text("Result shown"),
        Text("Signed has a colour for each sign. As a picture, all below 0 is black and all above 1 is white."),
        effect="view",
        on_stage=True,
    )
    selected: tuple[int, int] = parameter(
        (66, 36),
        Cell(
            label=Text("Cell of the result"),
            help=Text("The cell whose window is outlined in the picture."),
            rows="rows",
            columns="columns",
            most=MOST,
            effect="view",
            on_stage=True,
            first=0,
        ),
    )

    @property
    def is_without_file(self) -> bool:
        """Whether the learner's own image is chosen but no file for it yet, so that the house is used."""
        return self.picture == "own" and not self.file

    @property
    def side(self) -> int:
        """The number of rows, and of columns, of the filter."""
        return SIDES[self.view]

    @property
    def rows(self) -> int:
        """Rows of the result; there is no padding."""
        return self.shape[0] - self.side + 1

    @property
    def columns(self) -> int:
        """The number of columns of the result; there is no padding."""
        return self.shape[1] - self.side + 1

    @property
    def shape(self) -> tuple[int, int]:
        """The number of rows and columns of the image."""
        return (DIGIT_SIDE, DIGIT_SIDE) if self.picture == "digit" else self.still_picture().shape

    def still_picture(self) -> np.ndarray:
        """The image (H, W) in hundredths, except for MNIST digits; the house if the learner's file is
        not chosen yet.
        """
        if self.picture == "own" and self.file:
            return own_picture(Path(self.file))
        return edges() if self.picture == "edges" else house()


class FiltersFrame(Frame):
    """An image, a filter, its result, and the filter's responses to test images."""

    pixels: np.ndarray  # (H, W), hundredths from 0 black to 100 white
    kernel: np.ndarray  # (FH, FW)
    bias: float
    after: np.ndarray  # (H − FH + 1, W − FW + 1)
    total: float  # the sum of the kernel's numbers
    flat: float  # its answer where all is 0.6
    vertical: float  # its strongest answer to an edge from 0 to 1, brighter to the right or below
    horizontal: float
    rising: float
    falling: float
    ramp: float  # its answer at grey 0.5, where grey grows by 0.1 from each column to the next
    shift_right: float | None  # how far the picture is moved, None where the kernel's numbers sum to 0
    shift_down: float | None
    largest: float  # how far from 0 an answer to greys from 0 to 1 can be
    negative: float = quantity(share=True)  # the share of the cells that is below 0
    lost: float = quantity(share=True)  # the share of all answers' sizes that is in these
    learned: np.ndarray | None  # (30, 5, 5), the filters of the network's first layer where it is looked at
    vanishing: int | None  # in how many of these the numbers sum to less than a tenth of their sizes' sum

    @property
    def full(self) -> float:
        """The response that is drawn in the full colour, the same for every image.

        For filters whose weights nearly cancel it is half of the largest possible response, since few edges are that
        sharp.
        """
        return self.largest / 2 if abs(self.total) < self.largest / 2 else self.largest

    def as_shown(self, shown: str) -> np.ndarray:
        """The result as it is drawn: divided by ``full`` and clipped to −1 … 1, or with ``shown`` "grey" clipped to 0 …
        1.
        """
        if shown == "grey":
            return np.clip(self.after, 0.0, 1.0)
        return np.clip(self.after / self.full, -1.0, 1.0)
