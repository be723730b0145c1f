"""Creates .venv and installs into it, safely against interruption at any moment.

The order ensures that. Under a lock: a marker file is created, the stamps of completed environments are removed, then
comes the installation, then the stamp is written, and the marker is removed last. A start that finds an old marker
begins again with an empty environment and the complete downloads.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import sys
from collections.abc import Callable

from engine.contract.text import Text, untranslated
from start import environment, package_manager
from start.commands import Outcome, run_visibly
from start.lock import FolderLock
from start.packages import DOWNLOADS, Packages, lines, name
from start.pip_failures import explain
from start.terminal import StartError, say

LOCK = "layerwise.lock"
UNDER_WAY = "layerwise-unfinished"

# Megabytes to download and on the disk, measured for the pinned versions on Linux and rounded up.
_MEGABYTES = {"requirements.txt": (110, 360), "requirements-dev.txt": (130, 460)}

Run = Callable[..., Outcome]


def install_or_exit(root: str, requirements: str, index_url: str = "") -> None:
    """Makes the environment ready; on failure prints one sentence and exits (130 after Ctrl+C, else 1)."""
    # A polite end from outside, as by a process manager, ends pip too, like Ctrl+C.
    former = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        install(root, requirements, index_url)
    except KeyboardInterrupt:
        say(Text("Interrupted. The next start goes on."))
        raise SystemExit(130) from None
    except StartError as error:
        say(error.text)
        raise SystemExit(1) from None
    finally:
        signal.signal(signal.SIGTERM, former)


def install(root: str, requirements: str, index_url: str = "", run: Run = run_visibly) -> None:
    """Make .venv below ``root`` where needed and install ``requirements`` with pip; StartError when it fails."""
    folder = os.path.join(root, environment.FOLDER)
    try:
        os.makedirs(folder, exist_ok=True)
        with FolderLock(os.path.join(folder, LOCK), _say_waiting) as lock:
            # Another start may have finished it while this one waited.
            if not environment.is_ready(root, requirements):
                _Work(root, requirements, index_url, run, lock.descriptor).do()
    except OSError as error:
        raise StartError(explain(str(error)) or _cannot_write(folder, error)) from error


class _Work:
    """One installation, with the lock held."""

    def __init__(self, root: str, requirements: str, index_url: str, run: Run, lock: int) -> None:
        self._root = root
        self._folder = os.path.join(root, environment.FOLDER)
        self._requirements = requirements
        self._run = run
        self._lock = lock
        self._packages = Packages(root, requirements, index_url, run, [lock])
        self._mark = os.path.join(self._folder, UNDER_WAY)

    def do(self) -> None:
        reason = self._reason_to_begin_again()
        if reason is not None:
            _require_venv(self._run)
        self._announce(reason)
        _write(self._mark, "")
        for entry in os.listdir(self._folder):
            if entry.startswith("layerwise-ready"):
                os.remove(os.path.join(self._folder, entry))
        if reason is not None:
            self._make_environment()
            self._packages.download()
        self._packages.install()
        # What was installed serves the files that are named inside this one too.
        for file in environment.with_included(self._root, self._requirements):
            _write(environment.stamp_path(self._root, file), environment.stamp_text(self._root, file))
        os.remove(self._mark)
        say(Text("The environment is ready."))

    def _reason_to_begin_again(self) -> Text | None:
        """The reason to create the environment anew; None if the existing one can be used."""
        if not set(os.listdir(self._folder)) - {LOCK}:
            return untranslated("")
        if os.path.exists(self._mark):
            return Text("An earlier start did not finish; going on. ")
        if not environment.has_python(self._root):
            return Text("The Python behind .venv is gone; making it anew. ")
        settings = environment.configuration(self._root)
        version = settings.get("version") or settings.get("version_info") or "?"
        if version.split(".")[:2] != [str(part) for part in sys.version_info[:2]]:
            return Text(
                ".venv is for Python {old}, this is {new}; making it anew. ",
                values={"old": version, "new": ".".join(str(part) for part in sys.version_info[:3])},
            )
        if not self._packages.have_pip():
            return Text("There is no pip in .venv; making it anew. ")
        return None

    def _announce(self, reason: Text | None) -> None:
        text = environment.requirement_text(self._root, self._requirements)
        download, disk = _MEGABYTES.get(self._requirements, _MEGABYTES["requirements.txt"])
        say(
            Text(
                "{reason}Layerwise installs what it needs into {folder}, once:\n  {packages}\n"
                "  about {download} MB to download, {disk} MB on the disk; nothing else on this computer is changed.",
                values={
                    "reason": Text("Packages are still missing. ") if reason is None else reason,
                    "packages": ", ".join(map(name, lines(text))),
                    "folder": self._folder,
                    "download": download,
                    "disk": disk,
                },
            )
        )

    def _make_environment(self) -> None:
        for entry in os.scandir(self._folder):
            if entry.name in (LOCK, UNDER_WAY, DOWNLOADS):
                continue
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                os.remove(entry.path)
        # The Python behind an environment: this process may run in the very one that was just emptied.
        python = getattr(sys, "_base_executable", None) or sys.executable
        outcome = self._run([python, "-I", "-m", "venv", self._folder], environment.clean_variables(), [self._lock])
        if outcome.code != 0:
            raise StartError(
                explain(outcome.last_lines)
                or Text(
                    "{folder} could not be made: python -m venv ended with code {code}; its last lines are above.",
                    values={"folder": self._folder, "code": outcome.code},
                )
            )


def _require_venv(run: Run) -> None:
    """Checks that this Python can create environments; Debian and Ubuntu keep that in a separate package."""
    missing = _missing_modules()
    if not missing:
        return
    values = {"python": sys.executable, "module": missing[0]}
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    manager = package_manager.detect()
    if manager is None or manager.name != "apt" or sys.base_prefix != "/usr":
        raise StartError(
            Text(
                "{python} has no module {module}, which makes environments: install the package of your system that "
                "holds it, or Python from python.org.",
                values=values,
            )
        )
    if package_manager.may_install(manager) and package_manager.install([package], run):
        importlib.invalidate_caches()
        if not _missing_modules():
            return
    raise StartError(
        Text(
            "{python} has no module {module}, which makes environments; install it with: {command}",
            values={**values, "command": manager.command([package])},
        )
    )


def _missing_modules() -> list[str]:
    return [module for module in ("venv", "ensurepip") if importlib.util.find_spec(module) is None]


def _write(path: str, text: str) -> None:
    """Writes a file atomically."""
    temporary = path + ".new"
    with open(temporary, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    os.replace(temporary, path)


def _say_waiting() -> None:
    say(Text("Another start is installing into .venv; waiting for it."))


def _cannot_write(folder: str, error: OSError) -> Text:
    values = {"path": error.filename or folder, "reason": error.strerror or str(error)}
    return Text("{path} cannot be written: {reason}.", context="installation", values=values)
