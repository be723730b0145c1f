"""The learner's own images from an IDX file, cached until the file changes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from engine.data.idx import idx_bytes, read_images
from engine.data.plain_file import state_of


def own_images(path: Path) -> np.ndarray:
    """Reads the images (N, 28, 28) of an IDX file; ``Refused`` for anything else. Cached until the file changes."""
    return _read(path, state_of(path))


def own_images_file(path: Path) -> bytes:
    """The same images as the content of an uncompressed IDX file; ``Refused`` as in ``own_images``."""
    return idx_bytes(own_images(path))


@lru_cache(maxsize=2)
def _read(path: Path, state: tuple[int, int] | None) -> np.ndarray:
    return read_images(path)
