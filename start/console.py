"""Writes to the terminal; characters that it cannot show never raise an error.

Failure to write to standard output raises ``Refused``, as with a file; if the reader closes the pipe early, the
``BrokenPipeError`` is kept.
"""

from __future__ import annotations

import codecs
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from engine.contract.text import Refused, Text
from engine.export.writing import reason_of

_CLOSED = reason_of(OSError(errno.EBADF, "closed"))

# What would be a command to a terminal, in a file's name or in what foreign code says, is shown as Python writes it.
_COMMANDS = {code: repr(chr(code))[1:-1] for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}
# What terminals without Unicode are given instead; Windows' Chinese one has the root, not the check mark.
_PLAIN = str.maketrans({"\N{MINUS SIGN}": "-", "“": '"', "”": '"', "·": "*", "…": "...", "→": "->", "✓": "√"})


def write_line(text: str, stream: TextIO | None = None) -> None:
    """Writes one line to ``stream``, by default standard output."""
    stream = stream or sys.stdout
    if stream is None:
        raise _refused(_CLOSED)
    with _refusing():
        stream.write(_showable(text.translate(_COMMANDS), getattr(stream, "encoding", None) or "utf-8") + "\n")
        stream.flush()


def write_error(text: str) -> None:
    """Writes one line to standard error, after the program's name; errors are ignored."""
    if sys.stderr is not None:
        with suppress(Refused, BrokenPipeError):
            write_line("layerwise: " + " ".join(text.split()), sys.stderr)


def write_data(text: str) -> None:
    """Writes text to standard output: UTF-8 into a file or a pipe, in its own encoding on a terminal."""
    if sys.stdout is None:
        raise _refused(_CLOSED)
    binary = getattr(sys.stdout, "buffer", None)
    with _refusing():
        if binary is None or sys.stdout.isatty():
            text = text.replace("\r\n", "\n").translate(_COMMANDS)
            sys.stdout.write(_showable(text, sys.stdout.encoding or "utf-8"))
            sys.stdout.flush()
            return
        sys.stdout.flush()
        binary.write(text.encode())
        binary.flush()


def give_up_output() -> None:
    """Discards unwritten output: Python would try again at its exit, and complain."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _refused(reason_of(error)) from error


def _refused(reason: Text) -> Refused:
    return Refused(Text("standard output cannot be written: {reason}.")(reason=reason))


def _showable(text: str, encoding: str) -> str:
    return text.encode(encoding, _INSTEAD).decode(encoding)


def _instead(error: UnicodeError) -> tuple[bytes, int]:
    assert isinstance(error, UnicodeEncodeError)
    return error.object[error.start : error.end].translate(_PLAIN).encode(error.encoding, "replace"), error.end


_INSTEAD = "layerwise.instead"
codecs.register_error(_INSTEAD, _instead)
