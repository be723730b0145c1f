"""A clean environment to start the program in: an empty home, an empty PATH, and if possible no network."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from time import monotonic, sleep
from types import MappingProxyType, TracebackType

from tools.bundle.check.report import Failed, Skipped

LONGEST = 300.0
"""The seconds after which a started process is ended."""


class Place:
    """Starts one program repeatedly in a temporary home; a context manager.

    ``command`` is the program with its first arguments; ``around`` are commands that wrap it.
    """

    def __init__(self, command: Sequence[str | Path], around: Sequence[str] = ()) -> None:
        self.command = [*around, *map(str, command)]
        self._scratch = tempfile.TemporaryDirectory(prefix="layerwise-check-")
        self.folder = Path(self._scratch.name)
        self.home, self.temporary, self.work = (self.folder / name for name in ("home", "temporary", "work"))
        for folder in (self.home, self.temporary, self.work, self.folder / "nothing"):
            folder.mkdir()

    def __enter__(self) -> Place:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._scratch.cleanup()

    @property
    def variables(self) -> dict[str, str]:
        """The environment variables of the program."""
        home, temporary = str(self.home), str(self.temporary)
        told = {"HOME": home, "TMPDIR": temporary, "PATH": str(self.folder / "nothing"), "LANG": "C.UTF-8"}
        told["QT_QPA_PLATFORM"] = "offscreen"
        told["QT_HASH_SEED"] = "0"  # by which Qt puts a PDF's fonts in order
        if os.name == "nt":
            kept = ("SYSTEMROOT", "SYSTEMDRIVE", "NUMBER_OF_PROCESSORS")
            told |= {name: os.environ[name] for name in kept if name in os.environ}
            told |= {"USERPROFILE": home, "APPDATA": home, "LOCALAPPDATA": home, "TEMP": temporary, "TMP": temporary}
        return told

    def run(self, *arguments: object, expected: int = 0, variables: Mapping[str, str] = MappingProxyType({})) -> str:
        """Runs the program and returns its output; Failed if it ends with another exit code than ``expected``."""
        process = self.start(*arguments, variables=variables)
        try:
            said, complained = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            await_output(process)
            raise Failed(f"{arguments[:2]}: not at its end after {LONGEST:.0f} s") from None
        if process.returncode != expected:
            raise Failed(f"{arguments[:2]}: ended with {process.returncode}; {complained[-300:]}")
        return said

    def start(self, *arguments: object, variables: Mapping[str, str] = MappingProxyType({})) -> subprocess.Popen[str]:
        """Starts the program, with further variables."""
        return subprocess.Popen(
            [*self.command, *map(str, arguments)],
            env={**self.variables, **variables},
            cwd=self.work,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",  # the system's own complaints may be written otherwise
        )


@cache
def without_network() -> tuple[str, ...]:
    """A command prefix that runs a program without any network, not even localhost; Skipped if that is not possible."""
    if shutil.which("unshare") is not None:
        user = () if os.geteuid() == 0 else ("--map-root-user",)
        around = (str(shutil.which("unshare")), *user, "--net")
        if subprocess.run([*around, "true"], capture_output=True).returncode == 0:
            return around
    raise Skipped("unshare is not here, or not allowed: the network cannot be taken away")


def processes_of(program: Path) -> list[int]:
    """The processes that run a file; Skipped on systems without /proc."""
    if not sys.platform.startswith("linux"):
        raise Skipped("only Linux tells by /proc which processes a program has")
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                if Path(os.readlink(entry / "exe")) == program.resolve():
                    found.append(int(entry.name))
    return found


def wait_for(holds: Callable[[], object], seconds: float, otherwise: str) -> None:
    """Waits until ``holds()``; Failed after so many seconds."""
    end = monotonic() + seconds
    while not holds():
        if monotonic() > end:
            raise Failed(otherwise)
        sleep(0.05)


def close_window(process: subprocess.Popen[str], number: int | None = None) -> None:
    """Sends the program a request to end, which closes its window; Failed if it does not end.

    ``number`` is the program's process id if ``process`` only wraps it.
    """
    os.kill(number or process.pid, signal.SIGTERM)
    try:
        process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        await_output(process)
        raise Failed("asked to end, it was still there after 30 s") from None


def await_output(process: subprocess.Popen[str], seconds: float = 10) -> None:
    """Waits for a killed process and its output, up to a timeout.

    The output ends with the last process that writes into it: a companion that lives on would keep it open for ever.
    """
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=seconds)
