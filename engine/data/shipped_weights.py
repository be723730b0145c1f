"""Trained weights that ship with the program, read from a file and checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from engine.contract.text import Refused, Text
from engine.data.plain_file import open_plain_file

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "weights"


def read_weights(file: Path, shapes: Mapping[str, tuple[int, ...]], dtype: type[np.floating]) -> dict[str, np.ndarray]:
    """Reads the named arrays in a file, as read-only; ``Refused`` if the file is missing or damaged, or an array has
    another shape or dtype than expected.
    """
    try:
        # np.load leaves a file open that it opened itself and cannot read.
        with open_plain_file(file) as opened, np.load(opened, allow_pickle=False) as archive:
            arrays = {name: archive[name].astype(dtype) for name in shapes}
    except Exception:  # whatever zip, zlib and NumPy's parser of headers meet in a damaged file
        raise _damaged(file) from None
    for name, shape in shapes.items():
        if arrays[name].shape != shape or not np.isfinite(arrays[name]).all():
            raise _damaged(file)
        arrays[name].setflags(write=False)
    return arrays


def _damaged(file: Path) -> Refused:
    return Refused(
        Text("The trained weights cannot be read: {file} is missing or damaged. Other experiments work without them.")(
            file=f"resources/weights/{file.name}"
        )
    )
