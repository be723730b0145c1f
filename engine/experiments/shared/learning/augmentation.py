"""Augmentation for experiments: its field, the augmented images of a run, the newest batch for a frame, and texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.contract.api import Text, real
from engine.contract.table import Table, table_of
from engine.data.augmentation import AugmentationDraws, augmented, draw_augmentation
from engine.data.pixel_rows import PixelRows

SHOWN = 8
"""The number of images of the newest batch that are shown."""
_INK = 255

_SAYS = Text("{said} Batches are augmented.")


def augmentation_strength() -> Any:
    """The parameter field for the strength of augmentation, from 0 (none) to 2."""
    return real(
        0.0,
        (0.0, 2.0),
        Text("Augmentation"),
        Text("How much each batch's pictures are altered. At 1: shifts up to 2 pixels, turns up to 15°, noise 0.1."),
        step=0.25,
        more=True,
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class AugmentedBatch:
    """The first M images of the newest batch (at most eight), and how each was altered.

    ``before`` holds the original images and ``pictures`` the network's input, both as bytes of S × S pixels. ``turn``
    is in degrees anticlockwise, ``right`` and ``down`` in pixels. ``noise`` is the standard deviation of the added
    noise, for pixel values from 0 to 1.
    """

    labels: np.ndarray  # (M,)
    before: np.ndarray  # (M, S, S)
    pictures: np.ndarray  # (M, S, S)
    turn: np.ndarray  # (M,)
    right: np.ndarray  # (M,)
    down: np.ndarray  # (M,)
    noise: np.ndarray  # (M,)


class AugmentedExamples:
    """Images (N, S, S) of bytes with labels (N,) that are augmented anew at every access.

    Indexing with row indices (M,) returns an array (M, …) of values from 0 to 1, each image in the given ``shape``. If
    ``order`` (S·S,) is given, the pixels of every image are permuted by it after augmentation.
    """

    def __init__(
        self,
        images: np.ndarray,
        labels: np.ndarray,
        strength: float,
        random: np.random.Generator,
        shape: tuple[int, ...],
        order: np.ndarray | None = None,
    ) -> None:
        self._images, self._labels, self._pixels = images, labels, PixelRows(images)
        self._strength, self._random, self._shape, self._order = strength, random, shape, order
        self._newest: tuple[np.ndarray, AugmentationDraws, np.ndarray] | None = None

    def __getitem__(self, rows: np.ndarray) -> np.ndarray:
        side = self._images.shape[-1]
        draws = draw_augmentation(self._random, len(rows), side, self._strength)
        made = augmented(self._pixels[rows].reshape(-1, side, side), draws).reshape(len(rows), -1)
        if self._order is not None:
            made = made[:, self._order]
        self._newest = rows, draws, made
        return made.reshape(-1, *self._shape)

    def newest(self) -> AugmentedBatch | None:
        """Describe the batch that was read last, for a frame; None before the first."""
        if self._newest is None:
            return None
        rows, draws, made = self._newest
        side, first = self._images.shape[-1], rows[:SHOWN]
        return AugmentedBatch(
            labels=self._labels[first].astype(np.int64),
            before=self._images[first],
            pictures=np.rint(_INK * made[:SHOWN]).astype(np.uint8).reshape(-1, side, side),
            turn=draws.turn[:SHOWN].copy(),
            right=draws.right[:SHOWN].copy(),
            down=draws.down[:SHOWN].copy(),
            noise=np.std(draws.noise[:SHOWN], axis=(1, 2), dtype=np.float64),
        )


def with_augmentation(said: Text, strength: float) -> Text:
    """Append "Batches are augmented." to a headline if ``strength`` is above 0."""
    return _SAYS(said=said) if strength > 0 else said


def augmentation_table(batch: AugmentedBatch | None) -> tuple[Table, ...]:
    """A table of how each shown image of the newest batch was altered; no table without augmentation."""
    if batch is None:
        return ()
    table = table_of(
        "augmentation",
        Text("first pictures of the newest batch, as altered"),
        picture=(range(1, len(batch.labels) + 1), Text("picture")),
        label=(batch.labels, Text("label")),
        right=(batch.right, Text("to the right, pixels")),
        down=(batch.down, Text("down, pixels")),
        turn=(batch.turn, Text("anticlockwise, degrees")),
        noise=(batch.noise, Text("standard deviation of the noise")),
    )
    return (table,)
