"""Tests the commands without a window: the bundle must write the same as the checkout with the same packages."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

from engine.contract.catalogue import chapters, entries
from tools.bundle.check.place import Place
from tools.bundle.check.report import Report, expect
from tools.bundle.contents import ROOT

SUFFIXES = (".png", ".svg", ".pdf", ".csv", ".npz", ".layerwise.json", ".py")
# What says when a PDF was made, and is made of that.
_DATES = re.compile(
    rb"/(CreationDate|ModDate) \([^)]*\)|xmp:(CreateDate|ModifyDate|MetadataDate)=\"[^\"]*\""
    rb"|uuid:[0-9a-f-]{36}|/ID \[[^]]*\]"
)


def check_commands(report: Report, place: Place, checkout: Place, who: str = "") -> None:
    """``list``, ``render`` and ``check``, in the program and in the checkout; ``who`` begins the rows."""
    with report.trying(f"{who}list names all experiments") as seen:
        names = [one["id"] for one in json.loads(place.run("list", "--json"))]
        expect(names == [entry.id for entry in entries()], names)
        seen.append(f"{len(names)} experiments")
    for chapter in chapters():
        name = chapter.entries[0].id
        with report.trying(f"{who}render {name}: seven formats as the checkout's") as seen:
            ours, theirs = (_rendered(one, name) for one in (place, checkout))
            differing = [file for file in theirs if _plain(file, ours.get(file, b"")) != _plain(file, theirs[file])]
            expect(not differing and ours.keys() == theirs.keys(), f"another content: {differing or ours.keys()}")
            seen.append(f"{len(theirs)} files equal")
    with report.trying(f"{who}pictures that move are the checkout's") as seen:
        ours, theirs = (_rendered(one, "descent", (".webp", ".gif")) for one in (place, checkout))
        expect(ours == theirs, "another content")
        seen.append(f"{len(theirs)} files equal")
    with report.trying(f"{who}an exercise is checked in its own process") as seen:
        answer = ROOT / "resources" / "exercises" / "answers" / "affine.py"
        said = place.run("check", answer, "--json")
        expect(json.loads(said)[0]["right"], said)
        seen.append("affine is right")
    with report.trying(f"{who}nothing is installed where something is asked for that is not there"):
        said = place.run("--index-url", "x", expected=2)
        expect(not said, said)


def _rendered(place: Place, experiment: str, suffixes: tuple[str, ...] = SUFFIXES) -> dict[str, bytes]:
    folder = place.folder / f"render {experiment}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    outputs = [word for suffix in suffixes for word in ("-o", folder / f"图 one{suffix}")]
    place.run("render", experiment, "--steps", "3", "--size", "700x500", *outputs)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def _plain(name: str, content: bytes) -> object:
    """The content of a file without its creation time."""
    suffix = Path(name).suffix
    if suffix == ".pdf":
        return _DATES.sub(b"", content)
    if suffix == ".npz" and content:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {entry: archive.read(entry) for entry in archive.namelist()}
    return content


def check_short_script(place: Place, python: Path, home: Path) -> str:
    """Runs the script that imports Layerwise with the engine of the bundle ``home`` and another Python's NumPy."""
    script = place.folder / "short.layerwise.py"
    place.run("render", "softmax", "-o", script)
    done = subprocess.run(
        [str(python), "-I", "-B", str(script)], capture_output=True, encoding="utf-8", errors="replace", timeout=120,
        env={**os.environ, "LAYERWISE_HOME": str(home)},
    )  # fmt: skip
    expect(done.returncode == 0, done.stderr[-300:])
    expect(script.with_suffix(".csv").exists(), "no CSV was written")
    return "one CSV"
