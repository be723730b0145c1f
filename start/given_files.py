"""The files given to a command: named one by one, or all of a kind in a folder."""

from __future__ import annotations

import glob
import os
from pathlib import Path

from engine.contract.text import Refused, Text
from start.options import Given

_NONE = Text("{command} needs a file or a folder.")
_EMPTY = Text("There is no {suffix} file in {path}.")


def given_files(command: str, given: Given, suffix: str, below: bool = False) -> list[tuple[Path, list[Path]]]:
    """Each given path with its files: itself, or those in it, with ``below`` recursively.

    ``Refused`` if none was given, or a folder contains none with this ``suffix``.
    """
    if not given.words:
        raise Refused(_NONE(command=command))
    return [(path, _files_at(path, suffix, below)) for word in given.words for path in map(Path, _meant(word))]


def _meant(word: str) -> list[str]:
    """The paths that a word with * or ? stands for: a shell of Windows hands it over as it is."""
    return ([] if os.path.exists(word) else sorted(glob.glob(word))) or [word]


def _files_at(path: Path, suffix: str, below: bool) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(path.rglob(f"*{suffix}") if below else path.glob(f"*{suffix}"))
    if not found:
        raise Refused(_EMPTY(suffix=suffix, path=str(path)))
    return found
