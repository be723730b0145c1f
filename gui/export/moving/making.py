"""Makes moving pictures of a run: how large a file will be, and the file itself."""

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
    """Draw the moments, ``export`` being the last of them, and write them; ``tell`` hears which is drawn.

    Needs an application of Qt. ``Refused`` or OSError where it cannot be; what is at ``path`` then is no use.
    """
    with pictures_of(export, moments, wanted.size, wanted.theme) as pictures:
        kind.write(pictures.told(tell), path)


def about_bytes(
    export: Export, moments: Sequence[Moment], numbers: Sequence[int], wanted: MovingPicture, kind: MovingFormat
) -> int:
    """How large a file will be, about: from the moments with these numbers of all that are shown, the last one with
    ``export``. The first costs most, each other one what it adds to the one before.
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
