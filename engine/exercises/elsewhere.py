"""Checks foreign source: runs it in a process of its own and compares its results in this one."""

from __future__ import annotations

import tempfile
import threading

import numpy as np

from engine.exercises.checking import check_apart
from engine.exercises.exercise import LONGEST_SOURCE, Exercise, Inputs
from engine.exercises.verdict import READS, Failure, Verdict
from engine.sandbox.caller import Sandbox
from engine.sandbox.confinement import expected


class Checking:
    """One check: ``verdict()`` waits for it, ``cancel()`` ends it from another thread.

    ``lacks`` are, once there is a verdict, the restrictions that this system could not impose on the code.
    """

    def __init__(self, exercise: Exercise, source: str, stage: Inputs) -> None:
        self._exercise, self._source = exercise, source
        # As plain numbers: arrays of the stage are not to be written into.
        self._stage = {name: one.tolist() if isinstance(one, np.ndarray) else one for name, one in stage.items()}
        self._sandbox: Sandbox | None = None
        self._is_cancelled = False
        self._lock = threading.Lock()
        self.lacks: frozenset[str] = frozenset()

    def verdict(self) -> Verdict:
        """Returns the result; OSError if no process can be started."""
        if (size := len(self._source.strip())) > LONGEST_SOURCE:
            return Verdict(READS, Failure("long", words=f"{size}"))
        with tempfile.TemporaryDirectory(prefix="layerwise-") as empty:
            with self._lock:
                if self._is_cancelled:
                    return Verdict(READS, Failure("ended"))
                self._sandbox = Sandbox(empty)
            with self._sandbox as sandbox:
                verdict = check_apart(self._exercise, self._source, self._stage, sandbox)
                self.lacks = expected() - set(sandbox.held) if sandbox.is_ready else frozenset()
                return verdict

    def cancel(self) -> None:
        """Ends the process, if there is one; the verdict is then meaningless."""
        with self._lock:
            self._is_cancelled = True
            if self._sandbox is not None:
                self._sandbox.end()
