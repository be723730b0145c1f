"""Reads files in the IDX format of MNIST, plain or gzip, checking header, size and range before memory is allocated.

An IDX file is two zero bytes, a code for the type of its numbers, the number of axes, the length of each axis as four
bytes (big-endian), and then the numbers.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import numpy as np

from engine.contract.text import Refused, Text, shortened
from engine.data.plain_file import Unreadable, open_plain_file, why_not_read

UNSIGNED_BYTE = 8
LARGEST = 64 * 1024 * 1024
"""The maximum number of data bytes in a file; all of MNIST's training images are 47 million."""
_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20
_BROKEN = Text("what is packed in it is damaged or ends too early")


def read_images(path: Path, side: int = 28) -> np.ndarray:
    """Reads images (N, ``side``, ``side``) from an IDX file of bytes; ``Refused`` for anything else."""
    return _read(path, lambda shape: _check_images(path, shape, side))


def read_labels(path: Path, classes: int = 10) -> np.ndarray:
    """Reads class labels (N,) from an IDX file of bytes, each below ``classes``; ``Refused`` for anything else."""
    labels = _read(path, lambda shape: _check_labels(path, shape))
    if labels.size and int(labels.max()) >= classes:
        raise _refused(
            path,
            Text("label {value} is not from 0 to {most}")(value=int(labels.max()), most=classes - 1),
        )
    return labels


def idx_bytes(array: np.ndarray) -> bytes:
    """Encodes an array of bytes as the content of an uncompressed IDX file."""
    header = bytes([0, 0, UNSIGNED_BYTE, array.ndim])
    return header + b"".join(int(length).to_bytes(4, "big") for length in array.shape) + array.tobytes()


def _check_images(path: Path, shape: tuple[int, ...], side: int) -> None:
    if len(shape) != 3 or shape[1:] != (side, side) or shape[0] == 0:
        raise _refused(
            path,
            Text("its shape is {shape}, needed are pictures of {side}×{side}")(
                shape="×".join(map(str, shape)), side=side
            ),
        )


def _check_labels(path: Path, shape: tuple[int, ...]) -> None:
    if len(shape) != 1 or shape[0] == 0:
        raise _refused(
            path,
            Text("its shape is {shape}, needed is one row of labels")(shape="×".join(map(str, shape))),
        )


def _read(path: Path, check_shape: Callable[[tuple[int, ...]], None]) -> np.ndarray:
    try:
        with open_plain_file(path) as file:
            packed = file.read(2) == _GZIP
            file.seek(0)
            if not packed:
                return _read_open(path, file, check_shape)
            return _read_open(path, _Unpacked(file), check_shape)
    except Unreadable as error:
        raise _refused(path, error.reason) from None
    except (OSError, EOFError, zlib.error) as error:
        broken = isinstance(error, OSError) and error.errno is not None
        raise _refused(path, why_not_read(error) if broken else _BROKEN) from None


class _Unpacked:
    """Decompresses a gzip file piece by piece, ignoring what follows the compressed data. Python's own reader examines
    zero bytes there one by one, which takes long if there are many.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._unpacking = zlib.decompressobj(wbits=31)

    def read(self, size: int) -> bytes:
        """Returns up to ``size`` bytes, fewer only at the end; EOFError if the file is truncated."""
        found = bytearray()
        while len(found) < size and not self._unpacking.eof:
            packed = self._unpacking.unconsumed_tail or self._file.read(_CHUNK)
            part = self._unpacking.decompress(packed, size - len(found))
            if not packed and not part:
                raise EOFError
            found += part
        return bytes(found)


def _read_open(path: Path, file: BinaryIO | _Unpacked, check_shape: Callable[[tuple[int, ...]], None]) -> np.ndarray:
    head = file.read(4)
    if len(head) < 4 or head[:2] != b"\0\0" or not 1 <= head[3] <= 4:
        raise _refused(path, Text("it is not an IDX file"))
    if head[2] != UNSIGNED_BYTE:
        raise _refused(
            path,
            Text("its numbers are of type {code}, not bytes (8)")(code=head[2]),
        )
    lengths = file.read(4 * head[3])
    if len(lengths) < 4 * head[3]:
        raise _refused(path, Text("it ends within its header"))
    shape = tuple(int.from_bytes(lengths[at : at + 4], "big") for at in range(0, len(lengths), 4))
    check_shape(shape)
    # Python's whole numbers cannot overflow; a product in NumPy could.
    size = 1
    for length in shape:
        size *= length
    if size > LARGEST:
        raise _refused(
            path,
            Text("it says that it holds {size} numbers, more than {most}")(size=size, most=LARGEST),
        )
    # Grown as data arrive, so that a header that claims too much data costs no memory.
    data = bytearray()
    while chunk := file.read(min(_CHUNK, size + 1 - len(data))):
        data += chunk
    if len(data) != size:
        raise _refused(
            path,
            Text("its header promises {size} numbers, there are {found}")(
                size=size,
                found=len(data) if len(data) < size else Text("more"),
            ),
        )
    return np.frombuffer(bytes(data), dtype=np.uint8).reshape(shape)


def _refused(path: Path, reason: Text) -> Refused:
    return Refused(Text("{file} cannot be used: {reason}.")(file=shortened(path.name), reason=reason))
