"""The parameters and the frame of `convolution`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from engine.boards.board import CellIndex, Rows
from engine.boards.fields import LIMIT, ArraysParams, array_choice, cell_choice, given_rows, mistake_choice
from engine.boards.traced import ArraysFrame
from engine.contract.api import Text, VisibleWhen, choice, integer, notation, real, untranslated, view_choice
from engine.geometry.sliding import Sliding

MOST_SIDE, MOST_KERNEL, MOST_PADDING, MOST_CHANNELS = 8, 5, 2, 3
_MOST_OUTPUT = MOST_SIDE + 2 * MOST_PADDING
BACKWARD = ("backward", "col2im")
"""The views that show the backward pass."""
WALK = "walk"
"""The value of ``part`` with which the newest cell of the run is shown instead of a selected one."""
CHANNELS = range(MOST_CHANNELS)
_OF_CHANNELS = {
    "x": Text("input"),
    "dx": Text("gradient of the input"),
    "dw": Text("gradient of the filter"),
}
_NUMBERED = Text("{name}, channel {number}")
PARTS: Mapping[str, Text] = {
    WALK: Text("where the walk is"), "z": Text("output"),
    "columns": Text("matrix of windows"), "dz": Text("upstream gradient"),
    "db": Text("gradient of the bias"),
    "dcolumns": Text("gradient of the matrix of windows"),
    **{
        f"{array}{channel}": _NUMBERED(name=name, number=channel)
        for array, name in _OF_CHANNELS.items() for channel in CHANNELS
    },
}  # fmt: skip
"""The labels of the arrays whose cells can be selected, by id."""
AXES: Mapping[str, tuple[int, ...]] = {
    "none": (), "n": (0,), "c": (1,), "fh": (2,), "fw": (3,), "oh": (4,), "ow": (5,), "loop": (0, 1, 4, 5),
}  # fmt: skip
"""For each option of ``axis`` the axes along which cells are followed in the array (N, C, FH, FW, OH, OW) of im2col."""
CHOSEN_IN = {
    "window": ("z", "x"),
    "channels": ("z", "x"),
    "im2col": ("z", "x", "columns"),
    "col2im": ("dz", "dx", "dcolumns"),
    "backward": ("dz", "dx", "dw", "db"),
}
"""For each view the kinds of arrays whose cells can be selected in it."""


def _picture(*rows: str) -> Rows:
    """An image of 0 and 1 from its rows as strings, in which # is 1."""
    return tuple(tuple(float(sign == "#") for sign in row) for row in rows)


_BAR = _picture("......", ".###..", ".###..", ".###..", ".###..", "......")
_LEDGE = _picture("######", "######", "######", "......", "......", "......")
_CROSS = _picture("..#...", "..#...", "######", "..#...", "..#...", "..#...")
_ACROSS, _DOWN = ((1.0, 0.0, -1.0),) * 3, ((1.0,) * 3, (0.0,) * 3, (-1.0,) * 3)
_MIDDLE = ((0.0,) * 3, (0.0, 1.0, 0.0), (0.0,) * 3)
_UPSTREAM = ((1.0, 0.0, 0.0, 2.0), (2.0, 1.0, 0.0, 0.0), (0.0, 0.0, -1.0, 0.0), (1.0, 0.0, 0.0, 1.0))
_INPUT = (
    ("height", "width", MOST_SIDE), Text("Input X"),
    Text("The grid that the filter slides over."),
)  # fmt: skip
_KERNEL = (
    ("kernel_height", "kernel_width", MOST_KERNEL), Text("Filter W"),
    Text("The weights that each window is multiplied by."),
)  # fmt: skip
_IN_BACKWARD = VisibleWhen("view", BACKWARD)


def _matrix(
    default: Rows, sizes: tuple[str, str, int], label: Text, help: Text, visible: VisibleWhen | None = None
) -> Any:
    """The parameter field for a matrix; ``sizes`` are the fields for its numbers of rows and columns, and their
    maximum.
    """
    rows, columns, most = sizes
    more = {"step": 1.0, "most_rows": most, "most_columns": most, "visible": visible}
    return given_rows(default, rows, columns, label, help, **more)


def _of_channel(channel: int, default: Rows, sizes: tuple[str, str, int], label: Text, help: Text) -> Any:
    """The parameter field for a matrix of a channel after the first, shown only if there is such a channel."""
    named = notation("{label}[{channel}]")(label=label, channel=channel)
    return _matrix(default, sizes, named, help, VisibleWhen("channels", tuple(range(channel + 1, MOST_CHANNELS + 1))))


def _side(default: int, within: tuple[int, int], label: Text, more: bool = False) -> Any:
    """The parameter field for a number of rows or columns."""
    help_text = Text("Cells along this side. New ones are 0.")
    return integer(default, within, label, help_text, more=more)


class ConvolutionParams(ArraysParams):
    """An input, a kernel, how the kernel slides, and the selected cell.

    If the kernel or its dilation does not fit into the padded input, it is reduced.
    """

    view: str = view_choice(
        "window",
        {
            "window": Text("window"), "channels": Text("channels"), "im2col": untranslated("im2col"),
            "col2im": untranslated("col2im"), "backward": Text("backward"),
        },
        Text("How the filter on its way is shown."),
        effect="view",
    )  # fmt: skip
    padding: int = integer(0, (0, MOST_PADDING), Text("Padding P"), Text("Rings of zeros around X."))
    stride: int = integer(1, (1, 3), Text("Stride S"), Text("How many cells the window moves on."))
    height: int = _side(6, (3, MOST_SIDE), Text("Input height H"))
    width: int = _side(6, (3, MOST_SIDE), Text("Input width W"))
    channels: int = integer(1, (1, MOST_CHANNELS), Text("Channels"), Text("Each has a kernel of its own."))
    operation: str = choice(
        "correlation",
        {
            "correlation": Text("as networks do it"),
            "convolution": Text("filter rotated by 180°"),
        },
        Text("Operation"),
        Text(
            "Networks leave the filter as it is: cross-correlation. True convolution rotates it by 180° first."),
    )  # fmt: skip
    kernel1: Rows = _matrix(_ACROSS, *_KERNEL)
    kernel2: Rows = _of_channel(1, _DOWN, *_KERNEL)
    kernel3: Rows = _of_channel(2, _MIDDLE, *_KERNEL)
    input1: Rows = _matrix(_BAR, *_INPUT)
    input2: Rows = _of_channel(1, _LEDGE, *_INPUT)
    input3: Rows = _of_channel(2, _CROSS, *_INPUT)
    dilation: int = integer(
        1, (1, 3), Text("Dilation D"),
        Text("How far apart the cells of a window are, as far as they fit."),
        more=True,
    )  # fmt: skip
    bias: float = real(
        0.0, (-LIMIT, LIMIT), Text("Bias b"), Text("Added to every output cell."),
        step=1.0, more=True,
    )  # fmt: skip
    axis: str = choice(
        "none",
        {
            "none": Text("none", context="axis"), "n": untranslated("0 N"), "c": untranslated("1 C"),
            "fh": untranslated("2 FH"), "fw": untranslated("3 FW"), "oh": untranslated("4 OH"),
            "ow": untranslated("5 OW"), "loop": untranslated("[:, :, y, x, :, :]"),
        },
        Text("Axis of col"),
        Text(
            "im2col fills col (N, C, FH, FW, OH, OW). transpose(0, 4, 5, 1, 2, 3) makes M's rows of the axes 0, 4, 5 "
            "and its columns of 1, 2, 3. The cells along an axis are numbered; the last entry is what one turn of the "
            "loop fills."
        ),
        effect="view",
        visible=VisibleWhen("view", ("im2col",)),
    )  # fmt: skip
    upstream: Rows = _matrix(
        _UPSTREAM, ("output_height", "output_width", _MOST_OUTPUT), Text("Upstream gradient dZ"),
        Text("How the loss changes with each output cell."), _IN_BACKWARD,
    )  # fmt: skip
    pitfall: str = mistake_choice(
        {
            "overwritten": Text("col2im overwrites"),
            "turned": Text("filter rotated on the way back"),
        },
        Text("A faulty gradient of X is computed beside the right one."),
        _IN_BACKWARD,
    )
    kernel_height: int = _side(3, (1, MOST_KERNEL), Text("Filter height FH"), more=True)
    kernel_width: int = _side(3, (1, MOST_KERNEL), Text("Filter width FW"), more=True)
    part: str = array_choice(WALK, PARTS, Text("The array whose cell is looked at."))
    selected: CellIndex = cell_choice((0, 0), _MOST_OUTPUT**2, Text("The cell that is looked at."))

    def __post_init__(self) -> None:
        super().__post_init__()
        rows, columns = self.sliding.window
        fitting = {"kernel_height": rows, "kernel_width": columns, "dilation": self.sliding.dilation}
        if any(getattr(self, name) != value for name, value in fitting.items()):
            for name, value in fitting.items():
                object.__setattr__(self, name, value)
            # Kernels have been fitted to the larger size.
            super().__post_init__()

    @cached_property
    def sliding(self) -> Sliding:
        """How the window slides over the input, with the window reduced if it would not fit."""
        sides = (self.height, self.width)
        rooms = [side + 2 * self.padding for side in sides]
        rows, columns = (min(one) for one in zip((self.kernel_height, self.kernel_width), rooms, strict=True))
        most = [(room - 1) // (one - 1) for room, one in zip(rooms, (rows, columns), strict=True) if one > 1]
        return Sliding(sides, (rows, columns), self.stride, self.padding, min([self.dilation, *most]))

    @property
    def output_height(self) -> int:
        """The number of rows of the output."""
        return self.sliding.output[0]

    @property
    def output_width(self) -> int:
        """The number of columns of the output."""
        return self.sliding.output[1]

    @property
    def cells(self) -> int:
        """The number of output cells, which is the number of steps of the run."""
        return self.output_height * self.output_width

    @property
    def inputs(self) -> np.ndarray:
        """The input (C, H, W)."""
        return np.array((self.input1, self.input2, self.input3)[: self.channels])

    @property
    def kernels(self) -> np.ndarray:
        """The kernels (C, FH, FW) as typed; true convolution rotates them (see ``used_kernels``)."""
        return np.array((self.kernel1, self.kernel2, self.kernel3)[: self.channels])

    @property
    def is_backward(self) -> bool:
        """Whether the view shows the backward pass."""
        return self.view in BACKWARD

    @property
    def adds_channels(self) -> bool:
        """Whether an output cell is shown as the sum of its channels' sums instead of all products."""
        return self.view == "channels" or (self.view == "window" and self.channels > 1)

    @property
    def follows_walk(self) -> bool:
        """Whether the newest cell of the run is shown, since no cell is selected."""
        return self.shown_part == WALK

    @property
    def shown_part(self) -> str:
        """The id of the array with the selected cell; ``WALK`` if there is none or the view lacks it."""
        kind, channel = parted(self.part)
        is_there = kind in CHOSEN_IN[self.view] and (channel is None or channel < self.channels)
        return self.part if is_there else WALK

    @property
    def followed(self) -> tuple[int, ...]:
        """The axes along which cells are followed in the array of im2col; empty in other views."""
        return AXES[self.axis] if self.view == "im2col" else ()

    @property
    def col_shape(self) -> tuple[int, int, int, int, int, int]:
        """The shape (N, C, FH, FW, OH, OW) of the array that im2col fills, for a single image."""
        return 1, self.channels, *self.sliding.window, *self.sliding.output

    def size_of(self, array: str) -> CellIndex:
        """The number of rows and columns of an array without padding; for ``WALK``, those of the output."""
        weights = self.channels * self.kernel_height * self.kernel_width
        sizes = {
            "x": self.sliding.sides, "w": self.sliding.window, "p": self.sliding.window, "b": (1, 1),
            "columns": (self.cells, weights), "weights": (weights, 1), "sums": (self.cells, 1),
        }  # fmt: skip
        return sizes.get(parted(array)[0].removeprefix("d"), self.sliding.output)


def parted(array: str) -> tuple[str, int | None]:
    """Split an array's id into its kind and its channel: "x2" becomes ("x", 2); the channel is None if
    the id has none.
    """
    return (array[:-1], int(array[-1])) if array[-1].isdigit() else (array, None)


class ConvolutionFrame(ArraysFrame):
    """All arrays of the run as two-dimensional arrays; ``update`` is the number of computed output cells.

    ``arrays`` has them by id, with the index of the channel as suffix where there is one per channel: x (padded), w,
    and s (the sum of a single channel). z is the output; columns, weights and sums are the same computation as one
    matrix product. dz, dx, dw and db, and dsums and dcolumns of the matrix product, belong to the backward pass. dx, dw
    and db hold the contributions of the output cells computed so far; so does a wrong dx.
    """

    reads: np.ndarray  # (H, W) in how many windows each input cell lies
    output: np.ndarray  # (OH, OW), nan where the walk has not come yet
    input_height: int
    input_width: int
    output_height: int
    output_width: int
    unread: int  # input cells that lie in no window
    copied: int  # numbers in the matrix of windows
    differing: int  # cells that the mistake makes wrong
