"""Writes moving pictures of a run, and estimates their file size."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from engine.export.record import Export
from gui.export.moving.formats import MovingFormat
from gui.export.moving.moments import Moment
from gui.export.moving.pictures import pictures_of
from gui.export.moving.wanted import MovingPicture


def write_moving(
    export: Export,
    moments: Sequence[Moment],
    wanted: MovingPicture,
    kind: MovingFormat,
    path: Path,
    tell: Callable[[int], None] = lambda number: None,
) -> None:
    """Draw the moments of a run and write them to a file of format ``kind``. ``export`` describes the last moment;
    ``tell`` is called with the index of each moment that was drawn.

    Needs a Qt application. ``Refused`` or OSError if it fails; the file at ``path`` is then incomplete.
    """
    with pictures_of(export, moments, wanted.size, wanted.theme) as pictures:
        kind.write(pictures.told(tell), path)


def about_bytes(
    export: Export, moments: Sequence[Moment], numbers: Sequence[int], wanted: MovingPicture, kind: MovingFormat
) -> int:
    """An estimate of the file size in bytes, from a sample: ``moments`` are those with the indices ``numbers``, and
    ``export`` describes the last of them. It is computed from the size of the first frame, and the bytes that each
    other sampled frame adds to its predecessor.
    """
    with (
        pictures_of(export, moments, wanted.size, wanted.theme) as pictures,
        tempfile.TemporaryDirectory(prefix="layerwise-") as folder,
    ):
        path = Path(folder) / "sample"

        def size(part: Sequence[int]) -> int:
            kind.write(pictures.part(part), path)
            return os.path.getsize(path)

        pairs = [(at, at + 1) for at in range(len(numbers) - 1) if numbers[at + 1] == numbers[at] + 1]
        first = size([0])
        added = [_bytes_added(size, pair, first if pair[0] == 0 else None) for pair in pairs]
        texts = sum(len(text.encode()) for text in pictures.texts.values())
    return round(texts + first + (len(wanted.places()) - 1) * sum(added) / max(1, len(added)))


def _bytes_added(size: Callable[[Sequence[int]], int], pair: tuple[int, int], alone: int | None) -> int:
    return max(0, size(pair) - (size(pair[:1]) if alone is None else alone))
