"""Animated PNG: lossless; of each frame only the region that changed is written, as soon as it is drawn.

Pillow has this format too, but keeps every frame in memory until the last one.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageChops

from engine.export.png_text import SIGNATURE, text_chunk
from gui.export.moving.pictures import Pictures

_COMPRESSION = 6
_RED_GREEN_BLUE_ALPHA = 6
_STAYS, _LIES_OVER = 0, 1
"""Codes of the frame control chunk: a frame is not cleared before the next one, and is blended over what is there."""


def write(pictures: Pictures, path: Path) -> None:
    """Write a file that loops for ever; programs that know only PNG show its first frame. Raises OSError.

    Its metadata has the same texts as a still PNG.
    """
    with path.open("wb") as file:
        file.write(SIGNATURE)
        _chunk(file, b"IHDR", struct.pack(">IIBBBBB", *pictures.size, 8, _RED_GREEN_BLUE_ALPHA, 0, 0, 0))
        for key, text in pictures.texts.items():
            file.write(text_chunk(key, text))
        _chunk(file, b"acTL", struct.pack(">II", len(pictures), 0))
        before: Image.Image | None = None
        sequence = 0
        for number, milliseconds in enumerate(pictures.milliseconds):
            picture = pictures.picture(number)
            part, (left, top) = _new_in(picture, before)
            control = (sequence, *part.size, left, top, milliseconds, 1000, _STAYS, _LIES_OVER)
            _chunk(file, b"fcTL", struct.pack(">IIIIIHHBB", *control))
            sequence += 1
            for data in _pixels(part):
                if number == 0:
                    _chunk(file, b"IDAT", data)
                else:
                    _chunk(file, b"fdAT", struct.pack(">I", sequence) + data)
                    sequence += 1
            before = picture
        _chunk(file, b"IEND", b"")


def _new_in(picture: Image.Image, before: Image.Image | None) -> tuple[Image.Image, tuple[int, int]]:
    """The smallest rectangle of a frame that differs from ``before``, transparent where both are equal, and its top
    left corner.

    One pixel if nothing differs, since a frame must have at least one.
    """
    if before is None:
        return picture.convert("RGBA"), (0, 0)
    difference = ImageChops.difference(before, picture)
    box = difference.getbbox() or (0, 0, 1, 1)
    red, green, blue = difference.crop(box).split()
    changed = ImageChops.lighter(ImageChops.lighter(red, green), blue).point([0] + [255] * 255)
    part = Image.new("RGBA", changed.size)
    part.paste(picture.crop(box), mask=changed)
    return part, (box[0], box[1])


def _pixels(picture: Image.Image) -> Iterator[bytes]:
    """The compressed pixel data of an image, chunk by chunk, taken from the PNG that Pillow makes of it."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=_COMPRESSION)
    buffer.seek(len(SIGNATURE))
    while True:
        length, kind = struct.unpack(">I4s", buffer.read(8))
        content = buffer.read(length + 4)[:-4]
        if kind == b"IDAT":
            yield content
        elif kind == b"IEND":
            return


def _chunk(file: BinaryIO, kind: bytes, content: bytes) -> None:
    file.write(struct.pack(">I", len(content)) + kind + content)
    file.write(struct.pack(">I", zlib.crc32(kind + content)))
