"""Pictures in at most 128 colours, so that hundreds of them can be kept, and how two of them are compared."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage

_COLORS, _FREQUENT, _COARSE = 128, 64, 32
_FAR = 40
"""Pixels differ from so much on in one of their channels of 0 to 255: less is a shade that nobody sees."""
_NEW = 100
"""A colour so far from all that were kept is another one, and not one of the many shades that had no place."""
_FEW = 2
"""So many pixels of a picture may differ; a figure that is another one changes ten."""


def pixels_of(image: QImage) -> np.ndarray:
    """An image as (rows, columns) of 0xRRGGBB."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    words = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), plain.bytesPerLine() // 4)
    return words[:, : plain.width()] & 0xFFFFFF


def image_of(pixels: np.ndarray) -> QImage:
    """An image from (rows, columns) of 0xRRGGBB."""
    opaque = np.ascontiguousarray(pixels.astype(np.uint32) | 0xFF000000)
    return QImage(opaque.data, opaque.shape[1], opaque.shape[0], QImage.Format.Format_RGB32).copy()


def keep(pixels: np.ndarray, path: Path) -> None:
    """Write a picture with a palette of its own: its most frequent colours, and means of the others that are alike."""
    colors, places, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    palette = _palette(colors, counts)
    indices = nearest(colors, palette)[places.reshape(pixels.shape)].astype(np.uint8)
    indices = np.ascontiguousarray(np.pad(indices, ((0, 0), (0, -indices.shape[1] % 4))))
    image = QImage(indices.data, pixels.shape[1], pixels.shape[0], indices.shape[1], QImage.Format.Format_Indexed8)
    image.setColorTable([int(color) | 0xFF000000 for color in palette])
    path.parent.mkdir(parents=True, exist_ok=True)
    # Quality 0 is the strongest compression.
    if not image.copy().save(str(path), quality=0):
        raise OSError(f"cannot write {path}")


def difference(kept: np.ndarray, now: np.ndarray) -> np.ndarray | None:
    """Where a picture differs from the one that was kept, (rows, columns) of bools; None where it does not.

    It is looked at in the colours that were kept, so that the same picture is the same to the last pixel.
    """
    if kept.shape != now.shape:
        return np.ones(now.shape, bool)
    differs = kept != now
    colors, places = np.unique(now[differs], return_inverse=True)
    if not len(colors):
        return None
    palette = np.unique(kept)
    likest = palette[nearest(colors, palette)]
    new = _apart(colors, likest) > _NEW
    differs[differs] = (_apart(likest[places], kept[differs]) > _FAR) | new[places]
    return differs if np.count_nonzero(differs) > _FEW else None


def _apart(some: np.ndarray, others: np.ndarray) -> np.ndarray:
    return np.abs(_channels(some) - _channels(others)).max(axis=-1)


def nearest(colors: np.ndarray, palette: np.ndarray) -> np.ndarray:
    """For each colour the number of the one in the palette that is most like it."""
    found = np.empty(len(colors), int)
    ink = _channels(palette)
    for start in range(0, len(colors), 1024):
        apart = _channels(colors[start : start + 1024])[:, None] - ink
        found[start : start + 1024] = (apart * apart).sum(axis=-1).argmin(axis=1)
    return found


def _palette(colors: np.ndarray, counts: np.ndarray) -> np.ndarray:
    if len(colors) <= _COLORS:
        return colors
    order = np.argsort(-counts, kind="stable")
    frequent, rest = colors[order[:_FREQUENT]], order[_FREQUENT:]
    channels = _channels(colors[rest])
    _, cell = np.unique((channels // _COARSE) @ np.array([256, 16, 1]), return_inverse=True)
    weights = np.bincount(cell, counts[rest])
    means = [np.bincount(cell, counts[rest] * channels[:, one]) / weights for one in range(3)]
    largest = np.argsort(-weights, kind="stable")[: _COLORS - _FREQUENT]
    alike = np.stack(means, axis=-1)[largest].round().astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    return np.unique(np.concatenate([frequent, alike]))


def _channels(colors: np.ndarray) -> np.ndarray:
    return np.stack([colors >> 16 & 255, colors >> 8 & 255, colors & 255], axis=-1).astype(np.int32)
