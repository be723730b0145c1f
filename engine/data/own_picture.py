"""An image of the learner's own, converted to grey and reduced, cached until its file changes."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import numpy as np

from engine.contract.text import Refused, Text, shortened
from engine.data.idx import read_images
from engine.data.image_reader import lent_reader
from engine.data.plain_file import Unreadable, read_plain_file, state_of

MOST, FEWEST = 128, 16
"""Limits of a side in pixels: an image with a side above ``MOST`` is reduced, one with a side below ``FEWEST`` is
refused.
"""
LARGEST = 64 * 1024 * 1024
_PLAIN = re.compile(rb"P5\n(\d{2,3}) (\d{2,3})\n100\n", re.ASCII)
"""The header of a PGM file with grey values from 0 to 100 (white), in which ``own_picture_file`` stores an image."""
_IDX = (b"\x00\x00\x08", b"\x1f\x8b")
_REFUSED = Text("“{file}”: {reason}.")
_NO_PICTURE = Text("no picture in it can be read")
_TOO_LARGE = Text("{size} bytes, at most {most} are read")
_TOO_NARROW = Text(
    "{width}×{height} pixels are left at a width and height of at most {most}, needed are {fewest} of each"
)


def own_picture(path: Path) -> np.ndarray:
    """Reads the image in a file: grey values (H, W) from 0 (black) to 100 (white), sides of at most ``MOST``.

    From an IDX file, which contains many images, the first is taken. ``Refused`` for a file that contains no image, or
    one that is too large or far too narrow.
    """
    return _read(path, state_of(path))


def own_picture_file(path: Path) -> bytes:
    """The same image as the content of a PGM file, which needs no image reader and gives the same grey values."""
    picture = own_picture(path)
    return b"P5\n%d %d\n100\n" % picture.shape[::-1] + picture.tobytes()


@lru_cache(maxsize=4)
def _read(path: Path, state: tuple[int, int] | None) -> np.ndarray:
    if state is None:
        raise _refused(path, _NO_PICTURE)
    if state[1] > LARGEST:
        raise _refused(path, _TOO_LARGE(size=state[1], most=LARGEST))
    try:
        content = read_plain_file(path, LARGEST)
        picture = _carried(content)
        if picture is None:
            picture = np.rint(_greys(path, content) / 2.55).astype(np.uint8)  # bytes as hundredths
    except Unreadable as error:
        raise _refused(path, error.reason) from None
    height, width = picture.shape
    if min(height, width) < FEWEST:
        raise _refused(path, _TOO_NARROW(width=width, height=height, most=MOST, fewest=FEWEST))
    picture.setflags(write=False)
    return picture


def _carried(content: bytes) -> np.ndarray | None:
    """The image in content that ``own_picture_file`` has made; None for any other content."""
    head = _PLAIN.match(content)
    if head is None:
        return None
    width, height = map(int, head.groups())
    if max(width, height) > MOST or len(content) != head.end() + width * height:
        return None
    picture = np.frombuffer(content, np.uint8, offset=head.end())
    if picture.max() > 100:
        return None
    return picture.reshape(height, width).copy()


def _greys(path: Path, content: bytes) -> np.ndarray:
    """Reads the image in a file's content as bytes (H, W), from 0 (black) to 255 (white); ``Refused`` if there is
    none.
    """
    if content.startswith(_IDX):
        return read_images(path)[0]
    reader = lent_reader()
    found = reader(content, MOST) if reader is not None else None
    if found is None:
        raise _refused(path, _NO_PICTURE)
    width, height, greys = found
    return np.frombuffer(greys, np.uint8).reshape(height, width)


def _refused(path: Path, reason: Text) -> Refused:
    return Refused(_REFUSED(file=shortened(path.name), reason=reason))
