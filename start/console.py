"""Writes to the terminal; characters that it cannot show never stop the program."""

from __future__ import annotations

import sys
from typing import TextIO

# What terminals without Unicode are given instead.
_PLAIN = str.maketrans({"\N{MINUS SIGN}": "-", "“": '"', "”": '"', "·": "*", "…": "...", "→": "->"})


def write_line(text: str, stream: TextIO | None = None) -> None:
    """One line on ``stream``, standard output unless another is given; nothing where there is no terminal."""
    stream = stream or sys.stdout
    if stream is None:  # pythonw on Windows has none
        return
    stream.write(_showable(text, getattr(stream, "encoding", None) or "utf-8") + "\n")
    stream.flush()


def write_error(text: str) -> None:
    """One line on standard error, after the program's name."""
    if sys.stderr is not None:
        write_line("layerwise: " + " ".join(text.split()), sys.stderr)


def write_data(text: str) -> None:
    """Text on standard output as it is: UTF-8 into a file or a pipe, in its own encoding on a terminal."""
    if sys.stdout is None:
        return
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None or sys.stdout.isatty():
        sys.stdout.write(_showable(text, sys.stdout.encoding or "utf-8"))
        sys.stdout.flush()
        return
    sys.stdout.flush()
    binary.write(text.encode())
    binary.flush()


def _showable(text: str, encoding: str) -> str:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN).encode(encoding, "replace").decode(encoding)
    return text
