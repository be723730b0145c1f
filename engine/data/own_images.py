"""Pictures of the learner's own from an IDX file, kept while the file stays as it is."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from engine.data.idx import idx_bytes, read_images
from engine.data.plain_file import state_of


def own_images(path: Path) -> np.ndarray:
    """The pictures (N, 28, 28) of an IDX file; ``Refused`` for anything else. Read anew once the file has changed."""
    return _read(path, state_of(path))


def own_images_file(path: Path) -> bytes:
    """The same pictures as the content of a plain IDX file; ``Refused`` as there."""
    return idx_bytes(own_images(path))


@lru_cache(maxsize=2)
def _read(path: Path, state: tuple[int, int] | None) -> np.ndarray:
    return read_images(path)
