"""Packs the folder into one file: .tar.xz on Linux, .zip on Windows and macOS, where the same folder gives the same
bytes, and .dmg on macOS."""

from __future__ import annotations

import lzma
import os
import stat
import subprocess
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

from tools.bundle.folder import commit_time


def tar_xz(folder: Path, target: Path, top: str) -> Path:
    """Packs a folder, under the name ``top``, with symbolic links and executable permissions."""
    when = commit_time()

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = when
        entry.mode = 0o755 if entry.isdir() or entry.mode & stat.S_IXUSR else 0o644
        return entry

    with lzma.open(target, "wb", preset=9) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
        archive.add(folder, top, recursive=False, filter=plain)
        for path in sorted(folder.rglob("*")):
            archive.add(path, f"{top}/{path.relative_to(folder).as_posix()}", recursive=False, filter=plain)
    return target


def zipped(folder: Path, target: Path, top: str) -> Path:
    """Packs a folder as .zip; links are kept, or every library of an .app would be in it twice."""
    when = time.gmtime(commit_time())[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_dir() and not path.is_symlink():
                continue
            entry = zipfile.ZipInfo(f"{top}/{path.relative_to(folder).as_posix()}", when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # whose attributes say what is a link
            if path.is_symlink():
                entry.external_attr = (stat.S_IFLNK | 0o777) << 16
                archive.writestr(entry, os.readlink(path))
            else:
                entry.external_attr = (stat.S_IFREG | (path.stat().st_mode & 0o755)) << 16
                archive.writestr(entry, path.read_bytes())
    return target


def disk_image(app: Path, target: Path) -> Path:
    """Packs an .app as .dmg, beside a link to the folder for programs; CalledProcessError if a command fails."""
    with tempfile.TemporaryDirectory() as scratch:
        # ditto keeps links and what is signed in the .app as they are.
        subprocess.run(["ditto", app, Path(scratch, app.name)], check=True)
        Path(scratch, "Applications").symlink_to("/Applications")
        made = ["hdiutil", "create", "-quiet", "-ov", "-volname", "Layerwise", "-fs", "HFS+", "-format", "UDZO"]
        subprocess.run([*made, "-srcfolder", scratch, target], check=True)
    return target
