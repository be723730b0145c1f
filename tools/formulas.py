"""Draws the formulas of ``resources/formulas`` as SVG files, their letters as outlines.

A file ``<id of an experiment>.toml`` there has a line ``name = '''LaTeX'''`` for each formula that comes with it.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
import warnings
from pathlib import Path

from tools.shown_characters import ROOT

FOLDER = ROOT / "resources" / "formulas"

# The size in SVG units that one em is drawn at; gui.panels.prose scales from it.
EM = 32


def stale(folder: Path = FOLDER) -> bool:
    """Whether a drawing is missing, is left over, or was made of another version of its formula."""
    drawings = {path.stem for path in folder.glob("*.svg")}
    wanted = read_formulas(folder)
    if drawings != set(wanted):
        return True
    return _read_manifest(folder) != {name: _entry(latex, folder / f"{name}.svg") for name, latex in wanted.items()}


def build(folder: Path = FOLDER) -> None:
    """Draws all formulas, removes drawings without a formula, and records the source of each."""
    # ziamath 0.13 opens its font by a function of importlib that Python 3.11 announces to give up.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import ziafont
        import ziamath

    # QtSvg knows SVG 1.1, which names a shared glyph by xlink:href.
    ziafont.config.svg2 = False
    wanted = read_formulas(folder)
    for path in folder.glob("*.svg"):
        if path.stem not in wanted:
            path.unlink()
    for name, latex in wanted.items():
        drawing = ziamath.Latex(latex, size=EM).svg()
        (folder / f"{name}.svg").write_text(drawing + "\n", encoding="utf-8", newline="\n")
    manifest = {name: _entry(latex, folder / f"{name}.svg") for name, latex in wanted.items()}
    (folder / "manifest.json").write_text(
        json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n"
    )


def read_formulas(folder: Path = FOLDER) -> dict[str, str]:
    """LaTeX by id, from all files of the folder; raises ValueError for a bad or repeated id."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        for name, latex in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if name in found or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
                raise ValueError(f"formula {name!r}: an id is used once and has small letters, digits and _ only")
            found[name] = latex
    return found


def _read_manifest(folder: Path) -> object:
    path = folder / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _entry(latex: str, drawing: Path) -> dict[str, str]:
    # Read as text, so that line ends changed by a checkout make no difference.
    return {"latex": _digest(f"{EM} {latex}"), "drawing": _digest(drawing.read_text(encoding="utf-8"))}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
