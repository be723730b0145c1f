"""The layers whose maps `feature_maps` shows: the number of maps, their size, and their layout on a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from engine.data.digits import SIDE
from engine.networks.kept import KeptNetwork
from engine.networks.map_reader import POOL_SIDE, in_book_order
from engine.nn.conv_network import ReceptiveField, receptive_field

KERNEL, POOL = (5, 1), (POOL_SIDE, POOL_SIDE)
"""Side and stride of the windows of the convolution and the pooling layer in the program's own network."""


@dataclass(frozen=True)
class Layer:
    """A layer whose outputs are shown as maps: its index ``number`` in the network and its ``count`` maps of ``side`` ×
    ``side`` cells.

    ``field`` is the receptive field of a cell. A neuron of the hidden layer is a map of a single cell. The sheet of all
    maps has ``columns`` maps in a row; each cell is ``scale`` pixels wide, and maps are ``gap`` pixels apart.
    """

    number: int
    count: int
    side: int
    field: ReceptiveField
    columns: int = 6
    scale: int = 1
    gap: int = 2

    @property
    def pitch(self) -> int:
        """The distance from map to map on the sheet, in pixels."""
        return self.side * self.scale + self.gap

    def corner(self, number: int) -> tuple[int, int]:
        """The row and column on the sheet of the upper left corner of map ``number``, counted from 0."""
        row, column = divmod(number, self.columns)
        return row * self.pitch, column * self.pitch

    def cell_at(self, row: int, column: int) -> tuple[int, int, int] | None:
        """Map (from 0), row and column of the cell at a place of the sheet; None between two maps."""
        (down, y), (across, x) = divmod(row, self.pitch), divmod(column, self.pitch)
        number, y, x = down * self.columns + across, y // self.scale, x // self.scale
        is_there = 0 <= across < self.columns and 0 <= number < self.count and max(x, y) < self.side
        return (number, y, x) if is_there else None

    def sheet(self, maps: np.ndarray, without: int | None = None) -> np.ndarray:
        """All maps (count, side, side) side by side on one sheet, with 0 between them and in place of the map
        ``without``.
        """
        across = max(self.corner(number)[1] for number in range(min(self.count, self.columns)))
        size = self.pitch - self.gap
        made = np.zeros((self.corner(self.count - 1)[0] + size, across + size), maps.dtype)
        for number, values in enumerate(np.kron(maps, np.ones((1, self.scale, self.scale), maps.dtype))):
            top, left = self.corner(number)
            if number != without:
                made[top : top + len(values), left : left + len(values)] = values
        return made


LAYERS = MappingProxyType(
    {
        "conv": Layer(0, 30, 24, receptive_field((KERNEL,))),
        "relu": Layer(1, 30, 24, receptive_field((KERNEL,))),
        "pool": Layer(2, 30, 12, receptive_field((KERNEL, POOL)), gap=1),
        "hidden": Layer(4, 100, 1, ReceptiveField(SIDE, 1), columns=10, scale=9),
    }
)
"""The layers of the network that comes with the program, by name."""


@lru_cache(maxsize=8)
def layers_of(network: KeptNetwork | None) -> Mapping[str, Layer]:
    """The layers of a network that are shown as maps, by their names in this experiment; None is the program's own
    network.
    """
    if network is None:
        return LAYERS
    names = [one[0] for one in in_book_order(network.layers)]
    filters, _, kernel, _ = network.arrays["W1"].shape
    first, pooled = receptive_field(((kernel, 1),)), receptive_field(((kernel, 1), POOL))
    side, hidden = SIDE - kernel + 1, names.index("relu", names.index("affine"))
    count = len(network.arrays[f"b{_array_number(names, hidden)}"])
    return {
        "conv": Layer(0, filters, side, first),
        "relu": Layer(names.index("relu"), filters, side, first),
        "pool": Layer(names.index("max_pooling"), filters, side // POOL[0], pooled, gap=1),
        "hidden": Layer(hidden, count, 1, ReceptiveField(SIDE, 1), columns=10, scale=9),
    }


def _array_number(names: Sequence[str | int | float], before: int) -> int:
    """The number, as in W2, of the last fully connected layer before an index in the list of layers."""
    with_arrays = [name for name in names[:before] if name in ("convolution", "affine", "batch_normalization")]
    return len(with_arrays) - with_arrays[::-1].index("affine")
