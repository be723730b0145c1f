"""Finds all the shared libraries that a Linux library needs and this system does not have, not only the first."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Callable, Sequence
from pathlib import Path

_ELF_64_LITTLE_ENDIAN = b"\x7fELF\x02\x01"  # the only kind for which PySide6 is built
_PROGRAM_HEADER = struct.Struct("<IIQQQQ")  # type, flags, offset, address, physical address, size in the file
_DYNAMIC_ENTRY = struct.Struct("<qQ")  # tag, value
_LOADABLE, _DYNAMIC = 1, 2  # types of a program header
_END, _NEEDED, _STRING_TABLE = 0, 1, 5  # tags of the dynamic section


def loading_error(library: str) -> str:
    """Why ``library`` (a path or a name) cannot be loaded into this process; '' when it is loaded."""
    try:
        ctypes.CDLL(library)
    except OSError as error:
        return str(error)
    return ""


def missing_libraries(
    library: Path, folders: Sequence[Path], error_of: Callable[[str], str] = loading_error
) -> set[str]:
    """The names of the libraries that ``library`` and those bundled with it in ``folders`` lack on this system.

    The system's own loader decides on each name, so its search paths need not be known here.
    """
    missing: set[str] = set()
    seen: set[str] = set()
    waiting = [library]
    while waiting:
        for name in needed_libraries(waiting.pop().read_bytes()):
            if name in seen:
                continue
            seen.add(name)
            bundled = next((folder / name for folder in folders if (folder / name).exists()), None)
            if bundled is not None:
                waiting.append(bundled)
            elif error := error_of(name):
                # A library that is there may lack another: the loader then names that one first.
                missing.add(error.partition(":")[0] if "cannot open shared object file" in error else name)
    return {os.path.basename(name) for name in missing}


def needed_libraries(content: bytes) -> list[str]:
    """The names under DT_NEEDED in an ELF file, in their order; ValueError if it is not 64-bit and little-endian."""
    if not content.startswith(_ELF_64_LITTLE_ENDIAN):
        raise ValueError(f"not a 64-bit little-endian ELF file: it begins with {content[:6].hex(' ') or 'nothing'}")
    (first,) = struct.unpack_from("<Q", content, 32)
    size, count = struct.unpack_from("<HH", content, 54)
    headers = [_PROGRAM_HEADER.unpack_from(content, first + index * size) for index in range(count)]
    entries = [entry for header in headers if header[0] == _DYNAMIC for entry in _entries(content, header)]
    address = next((value for tag, value in entries if tag == _STRING_TABLE), 0)
    table = next((h[2] + address - h[3] for h in headers if h[0] == _LOADABLE and h[3] <= address < h[3] + h[5]), 0)
    starts = [table + value for tag, value in entries if tag == _NEEDED]
    return [content[start : content.index(b"\0", start)].decode() for start in starts]


def _entries(content: bytes, dynamic: tuple[int, ...]) -> list[tuple[int, int]]:
    """The (tag, value) pairs of the dynamic section, up to its end mark."""
    pairs = list(_DYNAMIC_ENTRY.iter_unpack(content[dynamic[2] : dynamic[2] + dynamic[5]]))
    return pairs[: next((index for index, (tag, _) in enumerate(pairs) if tag == _END), len(pairs))]
