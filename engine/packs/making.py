"""Writes an example pack without errors, to start one's own from: a guide for one experiment, a lesson and a table."""

from __future__ import annotations

from pathlib import Path

from engine.contract.catalogue import RESOURCES
from engine.contract.text import Refused, Text, path_words
from engine.export.writing import write_together
from engine.packs import MANIFEST
from engine.packs.manifest import is_id
from engine.packs.pack import read_pack

EXAMPLE = RESOURCES / "pack"
"""The folder of the example pack, whose guide is also shown in the documentation for authors."""
_THERE = Text("{path} is there already; nothing is overwritten.")
_NOT_MADE = Text("{path} cannot be made: its folder is missing, or writing is not permitted.")


def make_pack(folder: Path) -> tuple[Path, ...]:
    """Copies the example pack into a new folder and returns its files; ``Refused`` if that fails.

    The folder's name becomes the pack's id if it is valid as one.
    """
    if folder.exists():
        raise Refused(_THERE(path=path_words(folder)))
    example = read_pack(EXAMPLE)
    files = {folder / name: content for name, content in example.files.items()}
    if is_id(name := folder.resolve().name):
        files[folder / MANIFEST] = example.files[MANIFEST].replace(example.id.encode(), name.encode(), 1)
    try:
        for path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Refused(_NOT_MADE(path=path_words(folder))) from None
    write_together(files)
    return tuple(sorted(files))
