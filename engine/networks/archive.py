"""The parts of an archive from outside, found without believing what it says of itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MOST_PARTS = 128
_END, _END_OF_LARGE = b"PK\x05\x06", b"PK\x06\x07"
_END_LENGTH = 22
_LARGEST_LIST = 64 * 1024
"""Bytes of the list of all parts; sixteen thousand empty ones would take longer to read than a hand may wait."""


def parts_of(content: bytes) -> Mapping[str, bytes]:
    """What an archive of parts that are not packed holds, by name; ValueError for any other, or a damaged one.

    Its list is looked at before it is read, and no part can be larger than the file is.
    """
    end = content[-_END_LENGTH:]
    if not content.startswith(b"PK") or not end.startswith(_END):
        raise ValueError("no archive, or cut off")
    if content[-_END_LENGTH - 20 :].startswith(_END_OF_LARGE):
        raise ValueError("an archive of the large kind")
    count, size = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
    if count > MOST_PARTS or size > _LARGEST_LIST:
        raise ValueError("more parts than any network has")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = archive.infolist()
            names = [one.filename for one in listed]
            plain = all(
                one.compress_type == zipfile.ZIP_STORED and one.file_size == one.compress_size and not one.flag_bits & 1
                for one in listed
            )
            if not plain or len(set(names)) != len(names) or sum(one.file_size for one in listed) > len(content):
                raise ValueError("packed, or listed twice")
            return {one.filename: archive.read(one) for one in listed}
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, OverflowError) as error:
        raise ValueError("a damaged archive") from error
