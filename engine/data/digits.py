"""The MNIST digits that ship with the program: 60,000 images for training and 10,000 for testing.

Made by Yann LeCun and Corinna Cortes, CC BY-SA 3.0. The images stay bytes (55 MB instead of 220); ``pixels`` converts a
batch of them into a network's input.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Generator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from engine.contract.protocol import Progress
from engine.contract.text import Refused, Text
from engine.data.npy_header import read_npy_header
from engine.data.plain_file import Unreadable, open_plain_file

FILE = Path(__file__).resolve().parents[2] / "resources" / "data" / "mnist.npz"
SIDE = 28
# Name in the file, shape, and the MD5 of the official file, unpacked: header and numbers.
PARTS = {
    "train_images": ((60_000, SIDE, SIDE), "6bbc9ace898e44ae57da46a324031adb"),
    "train_labels": ((60_000,), "a25bea736e30d166cdddb491f175f624"),
    "test_images": ((10_000, SIDE, SIDE), "2646ac647ad5339dbf082846283269ea"),
    "test_labels": ((10_000,), "27ae3e4e09519cfbb04c329615203637"),
}
LOADING = Text("Loading the MNIST digits")
_ROWS = 1000


@dataclass(frozen=True)
class Digits:
    """Images (N, 28, 28) of bytes, from 0 (paper) to 255 (ink), and their labels (N,), 0 to 9; both read-only."""

    images: np.ndarray
    labels: np.ndarray


def pixels(images: np.ndarray) -> np.ndarray:
    """Converts images (N, 28, 28) of bytes to a network's input: one row each, (N, 784), from 0 to 1."""
    return images.reshape(len(images), -1).astype(np.float64) / 255.0


def load_digits(part: str = "train") -> Digits:
    """The digits of a ``part``, ``train`` (60,000) or ``test`` (10,000), read once; ``Refused`` if the file is damaged
    or missing.
    """
    loading = loading_digits(part)
    while True:
        try:
            next(loading)
        except StopIteration as done:
            return done.value


def loading_digits(part: str, file: Path | None = None) -> Generator[Progress, None, Digits]:
    """Loads the digits of a ``part``, ``train`` or ``test``, in pieces, and yields progress between them; returns at
    once if they were loaded before.
    """
    if f"{part}_images" not in PARTS:
        raise ValueError(f"part {part!r}: must be train or test")
    path = FILE if file is None else file
    known = _known().get((path, part))
    if known is None:
        try:
            with open_plain_file(path) as file_of_all, zipfile.ZipFile(file_of_all) as archive:
                images = yield from _read(archive, f"{part}_images")
                labels = yield from _read(archive, f"{part}_labels")
        except (
            Unreadable, OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError
        ):  # fmt: skip
            raise Refused(
                Text(
                    "The MNIST digits cannot be read: {file} is missing or damaged."
                    " Other experiments work without them."
                )(file=f"resources/data/{path.name}")
            ) from None
        known = _known()[path, part] = Digits(images, labels)
    return known


def loading_all_digits() -> Generator[Progress, None, tuple[Digits, Digits]]:
    """Loads the training and the test digits in pieces, and yields progress between them."""
    train = yield from loading_digits("train")
    return train, (yield from loading_digits("test"))


@cache
def _known() -> dict[tuple[Path, str], Digits]:
    return {}


def _read(archive: zipfile.ZipFile, name: str) -> Generator[Progress, None, np.ndarray]:
    shape, checksum = PARTS[name]
    found = np.empty(shape, dtype=np.uint8)
    # The official checksum covers the official header too.
    seen = hashlib.md5(bytes([0, 0, 8, len(shape)]), usedforsecurity=False)
    for length in shape:
        seen.update(length.to_bytes(4, "big"))
    with archive.open(f"{name}.npy") as file:
        header = read_npy_header(file)
        if header != (shape, False, np.dtype(np.uint8)):
            raise ValueError(f"{name} has another header: {header}")
        size = int(np.prod(shape[1:], dtype=int))
        for start in range(0, len(found), _ROWS):
            rows = file.read(_ROWS * size)
            seen.update(rows)
            found[start : start + _ROWS] = np.frombuffer(rows, np.uint8).reshape(-1, *shape[1:])
            yield Progress(LOADING, min(1.0, (start + _ROWS) / len(found)))
    if seen.hexdigest() != checksum:
        raise ValueError(f"{name} differs from the official file")
    found.setflags(write=False)
    return found
