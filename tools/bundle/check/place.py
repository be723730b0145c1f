"""A place to start the program in: an empty home, a PATH on which nothing lies, and where possible no network."""

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
"""Seconds after which whatever was started is ended."""


class Place:
    """Starts one program, again and again, in a home that lasts as long as this does; a context manager.

    ``command`` is the program with what comes before its arguments; ``around`` are commands that it is started by.
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
        """All that the program is told of its surroundings."""
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
        """What it prints; Failed where it ends with another code than the expected one."""
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
        """Have it run, with further variables."""
        return subprocess.Popen(
            [*self.command, *map(str, arguments)],
            env={**self.variables, **variables},
            cwd=self.work,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )


@cache
def without_network() -> tuple[str, ...]:
    """What starts a program where there is no network, not even this machine's own; Skipped where it cannot be had."""
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
    """Return once it holds; Failed after so many seconds."""
    end = monotonic() + seconds
    while not holds():
        if monotonic() > end:
            raise Failed(otherwise)
        sleep(0.05)


def close_window(process: subprocess.Popen[str], number: int | None = None) -> None:
    """Have the system ask the program to end, which closes its window; Failed where it does not end.

    ``number`` is the program's where ``process`` only watches it.
    """
    os.kill(number or process.pid, signal.SIGTERM)
    try:
        process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        await_output(process)
        raise Failed("asked to end, it was still there after 30 s") from None


def await_output(process: subprocess.Popen[str], seconds: float = 10) -> None:
    """Wait for a killed process and its output, so many seconds at most.

    The output ends with the last process that writes into it: a companion that lives on would keep it open for ever.
    """
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=seconds)
