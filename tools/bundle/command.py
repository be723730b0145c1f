"""The command line: builds the files to distribute for this system, or tests them."""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from engine.version import VERSION
from tools.bundle import archives, debian, wheel
from tools.bundle.folder import DIST, build_folder, size_of

_OF_ANOTHER_SYSTEM = (
    "Windows' .zip and macOS' .app are built by the same command there: PyInstaller packs the system it runs on."
)


def main(arguments: list[str]) -> int:
    """Runs the command and returns its exit status: 0 if everything requested is complete and right, otherwise 1."""
    parser = argparse.ArgumentParser(prog="python3 -m tools.bundle", description=__doc__)
    parser.add_argument("--check", action="store_true", help="try out what is in dist/, and build nothing")
    parser.add_argument("--part", action="append", choices=("bundle", "package", "wheel"), help="check this alone")
    parser.add_argument("--only", choices=("folder", "wheel"), help="build this alone")
    given = parser.parse_args(arguments)
    if given.check:
        from tools.bundle.check.command import check

        return check(tuple(given.part)) if given.part else check()
    try:
        built = list(_build(given.only))
    except subprocess.CalledProcessError as error:
        print(f"{Path(error.cmd[0]).name} ended with code {error.returncode}; what it said is above.", file=sys.stderr)
        return 1
    for path in built:
        print(f"{path.relative_to(DIST.parent)}  {_megabytes(path)} MB")
    if given.only is None:
        print(_OF_ANOTHER_SYSTEM)
    return 0


def _build(only: str | None) -> list[Path]:
    DIST.mkdir(exist_ok=True)
    if only == "wheel":
        return [wheel.build_wheel()]
    folder = build_folder()
    if only == "folder":
        return [folder]
    name = f"layerwise-{VERSION}-{_system()}-{platform.machine().lower()}"
    if sys.platform.startswith("linux"):
        built = [folder, archives.tar_xz(folder, DIST / f"{name}.tar.xz", name)]
        if debian.is_possible():
            built.append(debian.build_deb(folder))
    elif sys.platform == "darwin":
        # What PyInstaller leaves beside the .app is the same again.
        shutil.rmtree(DIST / "layerwise", ignore_errors=True)
        built = [folder, archives.zipped(folder, DIST / f"{name}.zip", folder.name)]
    else:
        built = [folder, archives.zipped(folder, DIST / f"{name}.zip", name)]
    return [*built, wheel.build_wheel()]


def _system() -> str:
    return {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")


def _megabytes(path: Path) -> int:
    return round((size_of(path) if path.is_dir() else path.stat().st_size) / 1e6)
