"""Has something checked in processes of its own, and makes a verdict of whatever becomes of them."""

from __future__ import annotations

import json
import logging
import os
import queue
import signal
import subprocess
import tempfile
import threading
from contextlib import suppress
from typing import IO

import numpy as np

from engine.exercises import workbench
from engine.exercises.exercise import LONGEST_SOURCE, Exercise, Inputs
from engine.exercises.sentences import step_words
from engine.exercises.verdict import READS, Failure, Verdict, read_verdict
from engine.sandbox.caller import STARTING, command, environment
from engine.sandbox.confinement import expected

_PATIENCE = 8.0
"""Seconds for the verdict, once both processes are ready; the check itself ends foreign code sooner."""
_LONGEST_ANSWER, _LAST_WAIT = 100_000, 1.0
_log = logging.getLogger(__name__)


class Checking:
    """One check: ``verdict()`` waits for it, ``cancel()`` ends it from another thread.

    ``lacks`` says, once there is a verdict, what this system does not keep away from foreign code.
    """

    def __init__(self, exercise: Exercise, source: str, stage: Inputs) -> None:
        self._source, self._count = source, len(step_words(exercise))
        self._request = json.dumps({"exercise": exercise.id, "source": source, "stage": _plain(stage)}).encode()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_cancelled = False
        self._lock = threading.Lock()
        self.lacks: frozenset[str] = frozenset()

    def verdict(self) -> Verdict:
        """What came of it; OSError where no process can be started."""
        if (size := len(self._source.strip())) > LONGEST_SOURCE:
            return Verdict(READS, Failure("long", words=f"{size}"))
        with tempfile.TemporaryDirectory(prefix="layerwise-") as empty:
            with self._lock:
                if self._is_cancelled:
                    return Verdict(READS, Failure("ended"))
                self._process = process = subprocess.Popen(
                    command("workbench", workbench.__file__), cwd=empty, env=environment(), start_new_session=True,
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                )  # fmt: skip
            lines: queue.Queue[bytes] = queue.Queue()
            ear = threading.Thread(target=_listen, args=(process.stdout, lines), daemon=True, name="check")
            ear.start()
            try:
                return self._heard(process, lines)
            finally:
                _kill(process)
                process.wait()
                ear.join(_LAST_WAIT)

    def cancel(self) -> None:
        """End the process, if it is there; the verdict is then of no use."""
        with self._lock:
            self._is_cancelled = True
            if self._process is not None:
                _kill(self._process)

    def _heard(self, process: subprocess.Popen[bytes], lines: queue.Queue[bytes]) -> Verdict:
        """The verdict, or of what the process has ended; each line within its time, whoever still holds the pipe."""
        assert process.stdin is not None
        with suppress(OSError):  # it may have ended before it has read everything
            process.stdin.write(self._request)
            process.stdin.close()
        try:
            held = _read(lines.get(timeout=STARTING))
            if isinstance(held, list):
                self.lacks = expected() - {str(one) for one in held}
                held = _read(lines.get(timeout=_PATIENCE))
            return read_verdict(held, self._count)
        except queue.Empty:
            return Verdict(READS, Failure("endless"))
        except ValueError as error:
            if not self._is_cancelled:
                _log.info("no verdict came of a check: %s", error)
            return Verdict(READS, Failure("ended"))


def _listen(pipe: IO[bytes], lines: queue.Queue[bytes]) -> None:
    """Two lines at most, and of each no more than is sensible; an empty one where the pipe has ended."""
    with pipe, suppress(OSError, ValueError):
        for _ in range(2):
            line = pipe.readline(_LONGEST_ANSWER)
            lines.put(line)
            if not line:
                return


def _read(line: bytes) -> object:
    """What a line says; ValueError for any bytes that say nothing."""
    try:
        return json.loads(line)
    except RecursionError:
        raise ValueError("a line is nested too deeply") from None


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process with all that it has started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # its own group, since it leads a session
            return
    if process.poll() is None:
        process.kill()


def _plain(stage: Inputs) -> dict[str, object]:
    return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in stage.items()}
