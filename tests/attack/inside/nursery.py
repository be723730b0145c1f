"""The attack's side of the processes that save until they are killed."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60.0
"""Seconds for one line, on a busy machine too."""


class Nursery:
    """One process that has everything loaded and forks one for each that is to save."""

    def __init__(self) -> None:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.attack.inside.saving"], cwd=ROOT, env=environment, bufsize=0,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._waiting = b""
        self._saver: int | None = None
        assert self._line() == ["ready"]

    def begin(self, kind: str, folder: Path, first: int, most_bytes: int = 0) -> None:
        """Have a process begin to save versions from ``first`` on."""
        assert self._process.stdin is not None
        self._process.stdin.write((json.dumps([kind, str(folder), first, most_bytes]) + "\n").encode())
        said, self._saver = self._line()
        assert said == "process"

    def next(self) -> list[Any]:
        """What it says next: saved, refused or fault, with what belongs to it; ended at its end."""
        return self._line()

    def kill(self) -> Iterator[list[Any]]:
        """Kill it at once; what it had said before, to its end."""
        assert self._saver is not None
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._saver, signal.SIGKILL)
        return iter(self._line, ["ended"])

    def end(self) -> None:
        """End all of it."""
        self._process.kill()
        self._process.communicate()

    def _line(self) -> list[Any]:
        assert self._process.stdout is not None
        until = time.monotonic() + PATIENCE
        while b"\n" not in self._waiting:
            if not select.select([self._process.stdout], [], [], max(0.0, until - time.monotonic()))[0]:
                raise TimeoutError("a process that saves says nothing")
            part = os.read(self._process.stdout.fileno(), 2**16)
            if not part:
                raise EOFError("the process that forks the others is gone")
            self._waiting += part
        line, self._waiting = self._waiting.split(b"\n", 1)
        return json.loads(line)
