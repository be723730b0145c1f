"""Loads a session from an exported file: JSON, or the run stored in a PNG or an NPZ."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import IO, BinaryIO

import numpy as np

from engine.contract import catalogue
from engine.contract.run import Session, read_session
from engine.contract.text import Refused, Text, path_words
from engine.data.npy_header import read_npy_header
from engine.data.plain_file import Unreadable, open_plain_file, why_not_read
from engine.export import npz_format, png_text

SESSION_SUFFIXES = (".json", ".png", ".npz")
LARGEST_SESSION = 4 * 2**20


def load_session(path: Path) -> Session:
    """Loads the session in a file; the format is detected by content, not by name.

    ``Refused`` names the file and the reason: it is missing, too large, damaged, or contains no run of Layerwise.
    """
    try:
        with open_plain_file(path) as file:
            text = _session_text(file)
    except Unreadable as error:
        raise _refused(path, error.reason) from None
    except OSError as error:
        raise _refused(path, why_not_read(error)) from error
    except Refused as refusal:
        raise _refused(path, refusal.text) from None
    except ValueError:
        raise _refused(path, Text("it is damaged or no session")) from None
    try:
        return read_session(text, catalogue.load)
    except Refused as refusal:
        raise Refused(Text("{path}: {reason}")(path=path_words(path), reason=refusal.text)) from None


def _session_text(file: BinaryIO) -> str:
    start = file.read(len(png_text.SIGNATURE))
    file.seek(0)
    if start == png_text.SIGNATURE:
        texts = png_text.texts_of(file)
        if png_text.RUN_KEY not in texts:
            raise Refused(Text("the picture carries no run"))
        return texts[png_text.RUN_KEY]
    if start.startswith(b"PK"):
        return _text_in_npz(file)
    content = file.read(LARGEST_SESSION + 1)
    if len(content) > LARGEST_SESSION:
        raise Refused(_too_large())
    return content.decode("utf-8-sig")


def _text_in_npz(file: BinaryIO) -> str:
    name = f"{npz_format.RUN}.npy"
    try:
        with zipfile.ZipFile(file) as archive:
            if name not in archive.namelist():
                raise Refused(Text("the file carries no run"))
            with archive.open(name) as entry:
                return _string_array(entry)
    except Refused:
        raise
    except Exception as error:
        # A damaged archive gets as far as zlib, bz2, lzma and struct, each with errors of its own.
        raise ValueError("not a readable NPZ file") from error


def _string_array(file: IO[bytes]) -> str:
    """The string in a NumPy file (.npy) that holds only one; the header is checked before anything is read."""
    shape, _, dtype = read_npy_header(file)
    if shape != () or dtype.kind != "U":
        raise ValueError("the run is not text")
    # NumPy keeps four bytes for each character.
    if dtype.itemsize > 4 * LARGEST_SESSION:
        raise Refused(_too_large())
    content = file.read(dtype.itemsize)
    if len(content) < dtype.itemsize:
        raise ValueError("the file ends too early")
    return str(np.frombuffer(content, dtype)[0])


def _too_large() -> Text:
    return Text("it is larger than {megabytes} MB")(megabytes=LARGEST_SESSION // 2**20)


def _refused(path: Path, reason: Text) -> Refused:
    return Refused(Text("{path} cannot be opened: {reason}.")(path=path_words(path), reason=reason))
