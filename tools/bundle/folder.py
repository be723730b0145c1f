"""Builds the bundle's folder with PyInstaller, and removes unnecessary parts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from start import environment
from tools.bundle.contents import ROOT
from tools.bundle.environment import BUILD, builders_python

DIST = ROOT / "dist"
FOLDER = DIST / "layerwise"
APP = DIST / "Layerwise.app"


def build_folder() -> Path:
    """Builds the folder, on macOS the .app, and returns its path; CalledProcessError if PyInstaller fails."""
    command = [str(builders_python()), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    places = ["--distpath", str(DIST), "--workpath", str(BUILD / "work")]
    # Compiled strings in sets stand in another order each time without a fixed seed of hashes.
    variables = {**environment.clean_variables(), "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(commit_time())}
    subprocess.run(
        [*command, *places, str(ROOT / "packaging" / "layerwise.spec")], check=True, env=variables, cwd=BUILD
    )
    if sys.platform == "darwin":
        return APP
    if sys.platform.startswith("linux"):
        _strip(FOLDER / "_internal")
    return FOLDER


def program_in(folder: Path) -> Path:
    """The executable in a bundle's folder."""
    if folder.suffix == ".app":
        return folder / "Contents" / "MacOS" / "layerwise"
    return folder / ("layerwise.exe" if os.name == "nt" else "layerwise")


def commit_time() -> int:
    """Seconds since 1970 of the last commit, which dates all built files; 1 January 2026 without git."""
    try:
        done = subprocess.run(
            ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        return int(done.stdout)
    except (OSError, subprocess.CalledProcessError, ValueError):
        return 1_767_225_600


def size_of(folder: Path) -> int:
    """The total size of all files in bytes, each counted once."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())


def _strip(inside: Path) -> None:
    """Strips debug symbols from Python's own libraries; those of packages have none."""
    if shutil.which("strip") is None:
        return
    pythons = [*inside.glob("libpython*.so*"), *inside.glob("python3.*/lib-dynload/*.so")]
    subprocess.run(["strip", "--strip-unneeded", *map(str, pythons)], check=True)
