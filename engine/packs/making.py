"""Writes a small pack that holds, to begin one's own with: a guide over one experiment, a lesson and a table."""

from __future__ import annotations

from pathlib import Path

from engine.contract.catalogue import RESOURCES
from engine.contract.text import Refused, Text, path_words
from engine.export.writing import write_together
from engine.packs import MANIFEST
from engine.packs.manifest import is_id
from engine.packs.pack import read_pack

EXAMPLE = RESOURCES / "pack"
"""The pack that is copied; the document for authors shows its guide."""
_THERE = Text("{path} is there already; nothing is overwritten.")
_NOT_MADE = Text("{path} cannot be made: its folder is missing, or writing is not permitted.")


def make_pack(folder: Path) -> tuple[Path, ...]:
    """Writes the example into a new folder, whose name becomes its id where it can; ``Refused`` if that fails."""
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
