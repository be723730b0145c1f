"""A small file of the learner's own that a session carries along, and where it lies once the session is open."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import tempfile
import zlib
from functools import cache, lru_cache
from pathlib import Path

MOST_PACKED = 256 * 1024
"""The most bytes of a file that a session carries, packed, unless its field allows more; of a larger one it holds the
name alone.
"""
_MOST = 16 * 1024 * 1024
_NOT_IN_NAMES = re.compile(r"[^\w .()+=,-]")


@lru_cache(maxsize=4)
def packed(content: bytes, most: int = MOST_PACKED) -> str | None:
    """The content of a file as a session holds it, or None where it is too large for one."""
    small = zlib.compress(content, 9) if len(content) <= _MOST else b""
    return base64.b64encode(small).decode("ascii") if 0 < len(small) <= most else None


def unpacked(text: str, most: int = MOST_PACKED) -> bytes:
    """What ``packed`` was given; ValueError for any other text."""
    if len(text) > 4 * most // 3 + 4:
        raise ValueError("too large")
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(base64.b64decode(text, validate=True), _MOST + 1)
    except (binascii.Error, zlib.error) as error:
        raise ValueError("damaged") from error
    if len(content) > _MOST or not unpacking.eof:
        raise ValueError("too large or damaged")
    return content


def laid_down(name: str, content: bytes) -> Path:
    """A file with this content in a folder of the program's own, which goes with the process.

    It has the name as far as every system allows it, since that is what a learner knows it by.
    """
    folder = Path(_folder().name) / hashlib.sha256(content).hexdigest()[:16]
    folder.mkdir(exist_ok=True)
    plain = _NOT_IN_NAMES.sub("_", name)[-80:].strip(" .") or "file"
    path = folder / plain
    if not path.exists():
        path.write_bytes(content)
    return path


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="layerwise-")
