"""Checks, before Qt is imported, that Linux has the libraries and the display that Qt needs.

Without them Qt ends the process with a long message, or an import fails and names one library of several. Call
``require_window`` before the first import of Qt for a window, ``require_pictures`` before drawing without a screen. On
Windows and macOS everything comes with the packages, and both return at once.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import struct
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from engine.contract.text import Text, shortened
from start import displays
from start.program import called
from start.terminal import StartError, say

_ELF_64_LITTLE_ENDIAN = b"\x7fELF\x02\x01"  # the only kind for which PySide6 is built
_PROGRAM_HEADER = struct.Struct("<IIQQQQ")  # type, flags, offset, address, physical address, size in the file
_DYNAMIC_ENTRY = struct.Struct("<qQ")  # tag, value
_LOADABLE, _DYNAMIC = 1, 2  # types of a program header
_END, _NEEDED, _STRING_TABLE = 0, 1, 5  # tags of the dynamic section


def loading_error(library: str) -> str:
    """The reason why ``library`` (a path or a name) cannot be loaded into this process; '' if it is loaded."""
    try:
        ctypes.CDLL(library)
    except OSError as error:
        return str(error)
    return ""


def missing_libraries(
    library: Path, folders: Sequence[Path], error_of: Callable[[str], str] = loading_error
) -> set[str]:
    """The names of the libraries that ``library`` and those bundled with it in ``folders`` lack on this system.

    The system's own loader resolves each name, so its search paths need not be known here.
    """
    missing: set[str] = set()
    seen: set[str] = set()
    waiting = [library]
    while waiting:
        for name in needed_libraries(waiting.pop().read_bytes()):
            if name in seen:
                continue
            seen.add(name)
            bundled = next((folder / name for folder in folders if (folder / name).exists()), None)
            if bundled is not None:
                waiting.append(bundled)
            elif error := error_of(name):
                # A library that is there may lack another: the loader then names that one first.
                missing.add(error.partition(":")[0] if "cannot open shared object file" in error else name)
    return {os.path.basename(name) for name in missing}


def needed_libraries(content: bytes) -> list[str]:
    """The names under DT_NEEDED in an ELF file, in their order; ValueError if it is not 64-bit and little-endian."""
    if not content.startswith(_ELF_64_LITTLE_ENDIAN):
        raise ValueError(f"not a 64-bit little-endian ELF file: it begins with {content[:6].hex(' ') or 'nothing'}")
    (first,) = struct.unpack_from("<Q", content, 32)
    size, count = struct.unpack_from("<HH", content, 54)
    headers = [_PROGRAM_HEADER.unpack_from(content, first + index * size) for index in range(count)]
    entries = [entry for header in headers if header[0] == _DYNAMIC for entry in _entries(content, header)]
    address = next((value for tag, value in entries if tag == _STRING_TABLE), 0)
    table = next((h[2] + address - h[3] for h in headers if h[0] == _LOADABLE and h[3] <= address < h[3] + h[5]), 0)
    starts = [table + value for tag, value in entries if tag == _NEEDED]
    return [content[start : content.index(b"\0", start)].decode() for start in starts]


def _entries(content: bytes, dynamic: tuple[int, ...]) -> list[tuple[int, int]]:
    """The (tag, value) pairs of the dynamic section, up to its end mark."""
    pairs = list(_DYNAMIC_ENTRY.iter_unpack(content[dynamic[2] : dynamic[2] + dynamic[5]]))
    return pairs[: next((index for index, (tag, _) in enumerate(pairs) if tag == _END), len(pairs))]


def require_window() -> None:
    """Returns if a window can be opened; otherwise prints the reason in one sentence and exits with code 1.

    As root with apt, missing libraries are installed first, with a message.
    """
    if sys.platform.startswith("linux"):
        _or_exit(lambda: check_window(os.environ, QtLibraries(qt_folder())))


def require_pictures() -> None:
    """Returns if pictures can be drawn without a screen; otherwise as ``require_window``."""
    if sys.platform.startswith("linux"):
        _or_exit(lambda: QtLibraries(qt_folder()).check("offscreen"))


class QtLibraries:
    """The libraries behind Qt's platform plugins; ``folder`` is PySide6's.

    ``error_of`` replaces the system's loader and ``install`` its package manager (None: the real one) in tests.
    """

    def __init__(
        self,
        folder: Path,
        error_of: Callable[[str], str] = loading_error,
        install: Callable[[Sequence[str]], bool] | None = None,
    ) -> None:
        self._folder = folder
        self._error_of = error_of
        self._install = install

    def error(self, platform: str) -> str:
        """The reason why the plugin for ``platform`` cannot be loaded; '' if it is, or if PySide6 has no such plugin.

        Loading it does not slow the start: Qt needs the same libraries a moment later.
        """
        plugin = self._plugin(platform)
        return self._error_of(str(plugin)) if plugin.exists() else ""

    def platforms(self) -> list[str]:
        """The names of the plugins that PySide6 brings, as QT_QPA_PLATFORM takes them."""
        return sorted(path.stem.removeprefix("libq") for path in self._plugin("").parent.glob("libq*.so"))

    def check(self, platform: str) -> None:
        """Raise StartError, naming all that is missing, unless the plugin for ``platform`` can be loaded.

        Where the system's packages may be installed, that is done first.
        """
        error = self.error(platform)
        if not error:
            return
        # Here, because a start on a good machine needs neither.
        from start import package_manager
        from start.library_packages import packages_for

        manager = package_manager.detect()
        install = self._install or package_manager.install
        missing = self._missing(platform)
        if (
            missing
            and manager
            and package_manager.may_install(manager)
            and install(packages_for(missing, manager.name))
        ):
            error = self.error(platform)
            missing = self._missing(platform) if error else set()
        if error:
            command = manager.command(packages_for(missing, manager.name)) if manager else ""
            raise StartError(_libraries_text(missing, command, error))

    def _missing(self, platform: str) -> set[str]:
        # A bundle carries the system's libraries that it needs beside PySide6.
        return missing_libraries(
            self._plugin(platform), [self._folder / "Qt" / "lib", self._folder.parent], self._error_of
        )

    def _plugin(self, platform: str) -> Path:
        # 'wayland-egl' and the like are variants inside the plugin of the first word.
        return self._folder / "Qt" / "plugins" / "platforms" / f"libq{platform.partition('-')[0]}.so"


def check_window(
    environ: Mapping[str, str], libraries: QtLibraries, answers: Callable[[str], bool] = displays.answers
) -> None:
    """Raise StartError unless one of the platforms that Qt may choose has its libraries and its display answers."""
    platforms = displays.platforms(environ)
    if not platforms:
        raise StartError(
            Text(
                "There is no display for the window (neither DISPLAY nor WAYLAND_DISPLAY is set); "
                "'{program} render' works without one.",
                values={"program": called()},
            )
        )
    known = libraries.platforms()
    places = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_PLUGIN_PATH")  # where Qt looks for further plugins
    if not any(platform.partition("-")[0] in known for platform in platforms) and not any(map(environ.get, places)):
        raise StartError(
            Text(
                "QT_QPA_PLATFORM: “{value}” is not one of {known}.",
                values={"value": shortened(environ.get("QT_QPA_PLATFORM", "")), "known": ", ".join(known)},
            )
        )
    if any(not libraries.error(platform) and answers(platform) for platform in platforms):
        return
    for platform in platforms:
        libraries.check(platform)
        if answers(platform):
            return
    names = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")
    raise StartError(
        Text(
            "The display cannot be opened ({settings}); '{program} render' works without one.",
            values={
                "settings": ", ".join(f"{name}={environ[name]}" for name in names if environ.get(name)),
                "program": called(),
            },
        )
    )


def qt_folder() -> Path:
    """The folder of PySide6, found without importing it; ImportError where it is not installed."""
    specification = importlib.util.find_spec("PySide6")
    if specification is None or not specification.submodule_search_locations:
        raise ImportError("PySide6 is not installed in this Python")
    return Path(specification.submodule_search_locations[0])


def _libraries_text(missing: set[str], command: str, error: str) -> Text:
    if not missing:
        return Text("Qt cannot be loaded: {error}", values={"error": error})
    libraries = ", ".join(sorted(missing))
    if not command:
        return Text(
            "Qt needs system libraries that are missing here: {libraries}; install the packages that hold them.",
            values={"libraries": libraries},
        )
    return Text(
        "Qt needs system libraries that are missing here: {libraries}; install them with: {command}",
        values={"libraries": libraries, "command": command},
    )


def _or_exit(check: Callable[[], None]) -> None:
    try:
        check()
    except StartError as error:
        say(error.text)
        raise SystemExit(1) from None
