"""Packs made in the tests: the example with some of its files changed, as a folder or as a .zip."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from engine.packs.checking import checking
from engine.packs.files import read_files
from engine.packs.making import EXAMPLE
from engine.packs.pack import Finding, Pack

MANIFEST = (
    'id = "{id}"\napi = 1\ntitles = {{ en = "Some", ja = "何か", zh_CN = "某个" }}\nlanguages = ["en", "zh_CN"]\n'
)
CSV = b"a,b,kind\n" + b"1,2,x\n2,1,y\n" * 5


def example() -> dict[str, bytes]:
    """The files of the pack that ``pack new`` writes."""
    return dict(read_files(EXAMPLE))


def small(pack_id: str = "some", **files: bytes) -> dict[str, bytes]:
    """A pack that brings a table and nothing else, with further files."""
    return {"pack.toml": MANIFEST.format(id=pack_id).encode(), "data/t.csv": CSV, **files}


def folder_of(path: Path, files: Mapping[str, bytes]) -> Path:
    """Writes the files of a pack into a folder."""
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def zip_of(path: Path, files: Mapping[str, bytes]) -> Path:
    """Writes them into a .zip, whatever they are called."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def proved(pack: Pack) -> tuple[Finding, ...]:
    """What does not hold in a pack, played to its end."""
    working = checking(pack)
    while True:
        try:
            next(working)
        except StopIteration as stop:
            return stop.value
