"""The trained weights of the network 784-50-100-10, read once and checked."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from engine.data.shipped_weights import FOLDER, read_weights
from engine.nn.digit_network import SIZES, DigitNetwork

FILE = FOLDER / "digits.npz"


@cache
def load_digit_network(file: Path = FILE) -> DigitNetwork:
    """The trained network that ships with the program, read once; ``Refused`` if the file is damaged or missing."""
    shapes: dict[str, tuple[int, ...]] = {}
    for number, (before, after) in enumerate(pairwise(SIZES), start=1):
        shapes |= {f"W{number}": (before, after), f"b{number}": (after,)}
    return DigitNetwork(**read_weights(file, shapes, np.float64))
