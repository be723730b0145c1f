"""Makes sure, before Qt is imported, that Linux has the libraries and the display that Qt needs.

Without them Qt ends the process with a long message, or an import fails and names one library of several. Call
``require_window`` before the first import of Qt for a window, ``require_pictures`` before drawing without a screen.
On Windows and macOS everything comes with the packages, and both return at once.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from engine.contract.text.refusal import shortened
from engine.contract.text.text import Text
from start import displays
from start.program import called
from start.shared_libraries import loading_error, missing_libraries
from start.terminal import StartError, say


def require_window() -> None:
    """Return when a window can be opened; otherwise say why not in one sentence and exit with code 1.

    As root with apt at hand, libraries that are missing are installed first, which is said too.
    """
    if sys.platform.startswith("linux"):
        _or_exit(lambda: check_window(os.environ, QtLibraries(qt_folder())))


def require_pictures() -> None:
    """Return when pictures can be drawn without a screen; otherwise as ``require_window``."""
    if sys.platform.startswith("linux"):
        _or_exit(lambda: QtLibraries(qt_folder()).check("offscreen"))


class QtLibraries:
    """The libraries behind Qt's platform plugins; ``folder`` is PySide6's.

    ``error_of`` stands for the system's loader and ``install`` for its package manager (None: the real one), so that
    tests need neither.
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
        """Why the plugin for ``platform`` cannot be loaded; '' when it is, or when PySide6 has none by that name.

        Loading it adds nothing to the start: Qt needs the very same libraries a moment later.
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
