"""The command line: builds the files to distribute for this system, or tests them."""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from engine.version import VERSION
from tools.bundle import archives, debian, installer, release, wheel
from tools.bundle.folder import DIST, build_folder, size_of

_OF_ANOTHER_SYSTEM = "For another system the same command builds there: PyInstaller packs the system it runs on."


def main(arguments: list[str]) -> int:
    """Runs the command and returns its exit status: 0 if everything requested is complete and right, otherwise 1."""
    parser = argparse.ArgumentParser(prog="python3 -m tools.bundle", description=__doc__)
    parser.add_argument("--check", action="store_true", help="try out what is in dist/, and build nothing")
    parser.add_argument("--part", action="append", choices=("bundle", "package", "wheel"), help="check this alone")
    parser.add_argument("--only", choices=("folder", "wheel"), help="build this alone")
    parser.add_argument("--notes", metavar="TAG", help="write what the changelog says of a tag, and build nothing")
    given = parser.parse_args(arguments)
    if given.notes:
        return _write_notes(given.notes)
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
        built.append(archives.disk_image(folder, DIST / f"{name}.dmg"))
    else:
        built = [folder, archives.zipped(folder, DIST / f"{name}.zip", name)]
        if installer.makensis():
            built.append(installer.build_installer(folder))
        else:
            print("No installer: NSIS is not here (`choco install nsis`).", file=sys.stderr)
    return [*built, wheel.build_wheel(), release.write_checksums()]


def _write_notes(tag: str) -> int:
    try:
        # Windows' console may not know every letter; whoever publishes reads UTF-8.
        sys.stdout.buffer.write(release.notes(tag).encode())
    except release.NoSuchRelease as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


def _system() -> str:
    return {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")


def _megabytes(path: Path) -> int:
    return round((size_of(path) if path.is_dir() else path.stat().st_size) / 1e6)
