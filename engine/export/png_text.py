"""Text chunks in PNG files, in which a figure stores its run; read and written without Qt."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO

SIGNATURE = b"\x89PNG\r\n\x1a\n"
RUN_KEY = "Layerwise-Run"
LARGEST_TEXT = 4 * 2**20
_HEADER_CHUNK = 8 + 13 + 4  # length and type, IHDR's content, checksum


def with_texts(png: bytes, texts: Mapping[str, str]) -> bytes:
    """Returns the PNG with one international text chunk (iTXt) per entry, uncompressed, right after its header.

    Keys must have 1 to 79 Latin-1 characters (ValueError otherwise).
    """
    if not png.startswith(SIGNATURE):
        raise ValueError("not a PNG file")
    position = len(SIGNATURE) + _HEADER_CHUNK
    chunks = b"".join(text_chunk(key, text) for key, text in texts.items())
    return png[:position] + chunks + png[position:]


def texts_of(file: BinaryIO) -> dict[str, str]:
    """The texts stored in a PNG file that is open at its beginning; ValueError for a file that is not a whole PNG.

    Pixels are skipped unread, and so are texts of more than 4 MB.
    """
    return dict(_texts(file))


def text_chunk(key: str, text: str) -> bytes:
    """An international text chunk, uncompressed; ValueError unless the key has 1 to 79 Latin characters."""
    name = key.encode("latin-1")
    if not 1 <= len(name) <= 79:
        raise ValueError(f"text key {key!r}: must be 1 to 79 characters")
    # Key, end mark, not compressed, no language, no translated key, then the text.
    body = b"iTXt" + name + b"\0\0\0\0\0" + text.encode()
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def _texts(file: BinaryIO) -> Iterator[tuple[str, str]]:
    if file.read(len(SIGNATURE)) != SIGNATURE:
        raise ValueError("not a PNG file")
    kind = b""
    while kind != b"IEND":
        head = file.read(8)
        if len(head) < 8:
            raise ValueError("the file ends too early")
        length, kind = struct.unpack(">I4s", head)
        if kind in (b"tEXt", b"zTXt", b"iTXt") and length <= LARGEST_TEXT:
            content = file.read(length + 4)
            if len(content) < length + 4 or zlib.crc32(kind + content[:-4]) != struct.unpack(">I", content[-4:])[0]:
                raise ValueError("a text in it is damaged")
            yield _decoded(kind, content[:-4])
        else:
            file.seek(length + 4, 1)


def _decoded(kind: bytes, content: bytes) -> tuple[str, str]:
    key, _, rest = content.partition(b"\0")
    if kind == b"tEXt":
        text = rest.decode("latin-1")
    elif kind == b"zTXt":
        text = _unpacked(rest[1:]).decode("latin-1")
    else:
        compressed, (_, _, body) = rest[:1] == b"\1", _split_twice(rest[2:])
        text = (_unpacked(body) if compressed else body).decode()
    return key.decode("latin-1"), text


def _split_twice(content: bytes) -> tuple[bytes, bytes, bytes]:
    language, _, rest = content.partition(b"\0")
    translated, _, body = rest.partition(b"\0")
    return language, translated, body


def _unpacked(content: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(content, LARGEST_TEXT)
    except zlib.error:
        raise ValueError("a text in it is damaged") from None
    if unpacker.unconsumed_tail:
        raise ValueError("a text in it is too long")
    return text
