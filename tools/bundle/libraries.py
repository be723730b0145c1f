"""Decides which shared libraries a Linux bundle contains, and which it takes from the system."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

from start.library_packages import packages_for
from start.system_libraries import needed_libraries

# Every desktop has these, and they belong to its drivers, its fonts and its bus: another copy of them does harm.
FROM_SYSTEM = (
    "libEGL.so.1",
    "libGL.so.1",
    "libX11.so.6",
    "libX11-xcb.so.1",
    "libxcb.so.1",
    "libdbus-1.so.3",
    "libfontconfig.so.1",
    "libfreetype.so.6",
    "libgcc_s.so.1",
    "libglib-2.0.so.0",
    "libgthread-2.0.so.0",
    "libstdc++.so.6",
    "libz.so.1",
)
# Only where the session is Wayland's, which then has them: the plugin is not loaded otherwise.
OF_WAYLAND = ("libwayland-client.so.0", "libwayland-cursor.so.0", "libwayland-egl.so.1", "libdrm.so.2")
_OF_LIBC = re.compile(r"(lib(c|m|dl|rt|pthread|util|resolv)|ld-linux-.*|linux-vdso)\.so\.\d+")
# What Python and Qt load by name, and nothing names as needed.
_ROOT = re.compile(r".*(\.abi3\.so|\.cpython-[^/]*\.so|/plugins/.*)|libpython[^/]*")


def carried(gathered: Iterable[tuple[str, str]], needs: Callable[[str], list[str]] | None = None) -> set[str]:
    """The places, of (place, source) pairs, of libraries loaded by name and of their dependencies.

    Dependencies of other files, such as the desktop's plugins, are left out, and so are those in ``FROM_SYSTEM``.
    """
    needs = needs or (lambda source: needed_libraries(Path(source).read_bytes()))
    sources = dict(gathered)
    by_name: dict[str, list[str]] = {}
    for place in sources:
        by_name.setdefault(PurePosixPath(place).name, []).append(place)
    waiting = [place for place in sources if _ROOT.fullmatch(place)]
    kept = set(waiting)
    while waiting:
        for name in needs(sources[waiting.pop()]):
            if name in FROM_SYSTEM or name in OF_WAYLAND:
                continue
            for place in by_name.get(name, []):
                if place not in kept:
                    kept.add(place)
                    waiting.append(place)
    return kept


def missing_from(folder: Path) -> dict[str, set[str]]:
    """Libraries that are neither in a bundle's folder nor guaranteed by the system, with the files that need them."""
    files = list(_elf_files(folder))
    there = {file.name for file in files}
    found: dict[str, set[str]] = {}
    for file in files:
        for name in needed_libraries(file.read_bytes()):
            if name not in there and name not in (*FROM_SYSTEM, *OF_WAYLAND) and not _OF_LIBC.fullmatch(name):
                found.setdefault(name, set()).add(file.name)
    return found


def debian_packages() -> list[str]:
    """The Debian or Ubuntu packages that the program depends on."""
    return packages_for(FROM_SYSTEM, "apt")


def newest_libc(folder: Path) -> str:
    """The highest version of the C library required by a file in the folder, such as '2.36'."""
    versions = {
        tuple(map(int, found.group(1).split(b".")))
        for file in _elf_files(folder)
        for found in re.finditer(rb"GLIBC_(\d+\.\d+)\0", file.read_bytes())
    }
    return ".".join(map(str, max(versions, default=(2, 17))))


def _elf_files(folder: Path) -> Iterable[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path
