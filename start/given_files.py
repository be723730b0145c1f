"""The files given to a command: named one by one, all of a kind in a folder, or by the address that a desktop uses."""

from __future__ import annotations

import glob
import os
import re
from pathlib import Path
from urllib.parse import unquote_to_bytes

from engine.contract.text import Refused, Text, shortened
from start.options import Given

_NONE = Text("{command} needs a file or a folder.")
_EMPTY = Text("There is no {suffix} file in {path}.")
_NOT_OF_A_FILE = Text("“{address}” is not the address of a file on this computer, such as file:///folder/name.json.")
_FILE = re.compile(r"(?i:file):(?://(?:localhost)?)?(/[^?#]+)")


def is_file_address(word: str) -> bool:
    """Whether a word is an address, as desktops hand a file over to programs that open other addresses too."""
    return word[:5].lower() == "file:"


def path_at(address: str) -> Path:
    """The path that a file address names; ``Refused`` for one that is damaged or of another computer."""
    found = _FILE.fullmatch(address)
    if found is None:
        raise Refused(_NOT_OF_A_FILE(address=shortened(address)))
    try:
        path = os.fsdecode(unquote_to_bytes(found[1]))
    except UnicodeDecodeError:  # Windows: its paths are text
        raise Refused(_NOT_OF_A_FILE(address=shortened(address))) from None
    # Windows' paths begin with the letter of a drive: file:///C:/folder/name.json
    return Path(path[1:] if os.name == "nt" else path)


def given_files(command: str, given: Given, *suffixes: str, below: bool = False) -> list[tuple[Path, list[Path]]]:
    """Each given path with its files: itself, or those in it, with ``below`` recursively.

    ``Refused`` if none was given, or a folder contains none with one of these ``suffixes``; the first is named.
    """
    if not given.words:
        raise Refused(_NONE(command=command))
    return [(path, _files_at(path, suffixes, below)) for word in given.words for path in map(Path, _meant(word))]


def _meant(word: str) -> list[str]:
    """The paths that a word with * or ? stands for: a shell of Windows hands it over as it is."""
    return ([] if os.path.exists(word) else sorted(glob.glob(word))) or [word]


def _files_at(path: Path, suffixes: tuple[str, ...], below: bool) -> list[Path]:
    if not os.path.isdir(path):
        return [path]
    search = path.rglob if below else path.glob
    found = [file for suffix in suffixes for file in sorted(search(f"*{suffix}"))]
    if not found:
        raise Refused(_EMPTY(suffix=suffixes[0], path=str(path)))
    return found
