"""The trained weights that ship with the program, read once and checked."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from engine.contract.refusal import Refused
from engine.contract.text import Text
from engine.nn.digit_network import SIZES, DigitNetwork

FILE = Path(__file__).resolve().parents[2] / "resources" / "weights" / "digits.npz"


@cache
def load_digit_network(file: Path = FILE) -> DigitNetwork:
    """The trained network that ships with the program, read once; ``Refused`` if the file is damaged or missing."""
    try:
        # np.load leaves a file open that it opened itself and cannot read.
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as archive:
            arrays = {field.name: archive[field.name].astype(np.float64) for field in fields(DigitNetwork)}
    except Exception:  # whatever zip, zlib and NumPy's parser of headers meet in a damaged file
        raise _damaged(file) from None
    for number, (before, after) in enumerate(pairwise(SIZES), start=1):
        weights, bias = arrays[f"W{number}"], arrays[f"b{number}"]
        if weights.shape != (before, after) or bias.shape != (after,):
            raise _damaged(file)
        if not (np.isfinite(weights).all() and np.isfinite(bias).all()):
            raise _damaged(file)
    for array in arrays.values():
        array.setflags(write=False)
    return DigitNetwork(**arrays)


def _damaged(file: Path) -> Refused:
    return Refused(
        Text(
            "The trained weights cannot be read: {file} is missing or damaged. Other experiments work without them.",
            "读不了训练好的权重：{file} 缺失或已损坏。其他实验不受影响。",
        )(file=f"resources/weights/{file.name}")
    )
