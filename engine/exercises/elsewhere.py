"""Has something checked in a process of its own, and makes a verdict of whatever becomes of that process."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

import numpy as np

from engine.exercises import workbench
from engine.exercises.exercise import Exercise, Inputs
from engine.exercises.own_code import FILE
from engine.exercises.verdict import READS, Failure, Verdict, read_verdict

LONGEST_SOURCE = 50_000
_PATIENCE = 4.5
"""Seconds after which the process is ended from here; it ends itself sooner, and can then say at which line."""
_MOST_SAID = 100_000
_LINE = re.compile(rf'File "{FILE}[^"]*", line (\d+)')


class Checking:
    """One check: ``verdict()`` waits for it, ``cancel()`` ends it from another thread."""

    def __init__(self, exercise: Exercise, source: str, stage: Inputs) -> None:
        self._request = json.dumps({"exercise": exercise.id, "source": source, "stage": _plain(stage)}).encode()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_cancelled = False
        self._lock = threading.Lock()

    def verdict(self) -> Verdict:
        """What came of it; OSError where no process can be started."""
        with tempfile.TemporaryDirectory(prefix="layerwise-") as empty:
            with self._lock:
                if self._is_cancelled:
                    return Verdict(READS, Failure("ended"))
                self._process = process = subprocess.Popen(
                    _command(), cwd=empty, env=_environment(), start_new_session=True,
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                )  # fmt: skip
            said, complained = self._heard(process)
        return _verdict_of(said, complained, process.returncode)

    def cancel(self) -> None:
        """End the process, if it is there; the verdict is then of no use."""
        with self._lock:
            self._is_cancelled = True
            if self._process is not None:
                _kill(self._process)

    def _heard(self, process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
        """What it wrote to both its pipes, no more than is sensible; it has ended then, and all that it started."""
        assert process.stdin and process.stdout and process.stderr
        heard: dict[str, bytes] = {}

        def hear(name: str, pipe: IO[bytes]) -> None:
            heard[name] = pipe.read(_MOST_SAID)
            if pipe.read(1):
                _kill(process)

        ears = [
            threading.Thread(target=hear, args=(name, pipe), daemon=True, name=f"check {name}")
            for name, pipe in (("said", process.stdout), ("complained", process.stderr))
        ]
        for ear in ears:
            ear.start()
        with suppress(OSError):  # it may have ended before it has read everything
            process.stdin.write(self._request)
            process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)
        _kill(process)
        process.wait()
        for ear in ears:
            ear.join()
        process.stdout.close()
        process.stderr.close()
        return heard["said"], heard["complained"]


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "workbench"]
    numpy_at, engine_at = Path(np.__file__).parents[1], Path(workbench.__file__).parents[2]
    return [sys.executable, "-I", "-S", "-B", workbench.__file__, str(engine_at), str(numpy_at)]


def _environment() -> dict[str, str]:
    """Nothing of this process's, but for what Windows starts no program without."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process with all that it has started."""
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)  # its own group, since it leads a session
            return
        except (ProcessLookupError, PermissionError):
            pass
    if process.poll() is None:
        process.kill()


def _verdict_of(said: bytes, complained: bytes, code: int) -> Verdict:
    lines = said.decode("utf-8", "replace").splitlines()
    if code == 0 and lines:
        try:
            return read_verdict(json.loads(lines[-1]))
        except ValueError:
            pass
    steps = [int(line) for line in lines if line.isdecimal() and len(line) < 4]
    reached = steps[-1] if steps else READS
    trace = complained.decode("utf-8", "replace")
    at = _LINE.search(trace)
    line = int(at[1]) if at else None
    is_late = "Timeout" in trace or (code in (1, -9, -getattr(signal, "SIGXCPU", 24)) and at is not None)
    if is_late or code == -9:
        return Verdict(reached, Failure("endless", line))
    return Verdict(reached, Failure("ended", line, words=f"{code}"))


def _plain(stage: Inputs) -> dict[str, object]:
    return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in stage.items()}
