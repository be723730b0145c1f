"""Opens untrusted files: only regular ones, and reads at most a given number of bytes.

Reading a pipe could block for ever, and an endless device reports a size of 0.
"""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path
from typing import Any

from engine.contract.plain_json import read_document
from engine.contract.text import Refused, Text, path_words, shortened

_REASONS = {
    errno.ENOENT: Text("there is no such file"),
    errno.ENOTDIR: Text("its folder is not a folder"),
    errno.EISDIR: Text("it is a folder"),
    errno.EACCES: Text("reading it is not permitted"),
    errno.EPERM: Text("reading it is not permitted"),
    errno.ENAMETOOLONG: Text("the name is too long"),
    errno.ELOOP: Text("its links lead round in a circle"),
}
_NOT_A_FILE = Text("it is not an ordinary file")
_OTHER = Text("the system cannot read it (error {number})")
_TOO_LARGE = Text("it is larger than {most:,} bytes")
_AT_ONCE = 2**18
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Unreadable(Exception):
    """Raised for a file that cannot be read; ``reason`` says why and is worded as the end of a sentence."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason)
        self.reason = reason


def open_plain_file(path: Path) -> BufferedReader:
    """Opens the file at ``path`` for reading; ``Unreadable`` unless it is a regular file."""
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:  # ValueError for a zero byte in the name
        # To Windows a folder is a file that may not be opened.
        raise Unreadable(_REASONS[errno.EISDIR] if os.path.isdir(path) else why_not_read(error)) from None
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise Unreadable(_REASONS[errno.EISDIR] if stat.S_ISDIR(mode) else _NOT_A_FILE)
    return os.fdopen(descriptor, "rb")


def read_plain_file(path: Path, most: int) -> bytes:
    """The content of a regular file; ``Unreadable`` for any other, and for one of more than ``most`` bytes."""
    parts, left = [], most + 1
    with open_plain_file(path) as file:
        try:
            # In pieces: reading ``most`` bytes at once would allocate all of them, however small the file is.
            while left and (part := file.read(min(_AT_ONCE, left))):
                parts.append(part)
                left -= len(part)
        except OSError as error:
            raise Unreadable(why_not_read(error)) from None
    if not left:
        raise Unreadable(_TOO_LARGE(most=most))
    return b"".join(parts)


def state_of(path: Path) -> tuple[int, int] | None:
    """A value that changes whenever the file is rewritten, for caches; None if there is no regular file at ``path``."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_mtime_ns, status.st_size) if stat.S_ISREG(status.st_mode) else None


def why_not_read(error: Exception) -> Text:
    """Why a file could not be read, as the end of a sentence: a common error in plain words, any other as the system
    reports it.
    """
    number = getattr(error, "errno", None) or errno.ENOENT
    return _REASONS.get(number) or _OTHER(number=number)


_NOT_OPENED = Text("{path} cannot be opened: {reason}.")
_NEWER = Text("{path}: its format is {found}, this program reads {known}.")


def read_marked_file(path: Path, mark: str, known: int, largest: int, none: Text) -> dict[str, Any]:
    """Reads a JSON file whose key ``mark`` contains its format number, which has to be ``known``.

    ``Refused`` for a file that cannot be read, is larger than ``largest`` bytes, or has another format number. For a
    file without the mark, the message is ``none``, a sentence about its {path}.
    """
    try:
        value = read_document(read_plain_file(path, largest).decode("utf-8-sig"), mark)
    except Unreadable as error:
        raise Refused(_NOT_OPENED(path=path_words(path), reason=error.reason)) from None
    except ValueError:
        raise Refused(none(path=path_words(path))) from None
    if value[mark] != known:
        raise Refused(_NEWER(path=path_words(path), found=shortened(value[mark]), known=known))
    return value
