"""Checks untrusted source: it runs in a process of its own, and its results are compared in this one."""

from __future__ import annotations

import numpy as np

from engine.exercises.checking import check_apart
from engine.exercises.exercise import LONGEST_SOURCE, Exercise, Inputs
from engine.exercises.verdict import READS, Failure, Verdict
from engine.sandbox.cancellable import CancellableCheck


class Checking(CancellableCheck):
    """One check of source written for an exercise, which another thread may cancel."""

    def __init__(self, exercise: Exercise, source: str, stage: Inputs) -> None:
        super().__init__()
        self._exercise, self._source = exercise, source
        # As plain numbers: arrays of the stage are not to be written into.
        self._stage = {name: one.tolist() if isinstance(one, np.ndarray) else one for name, one in stage.items()}

    def verdict(self) -> Verdict:
        """Returns the result; OSError if no process can be started, ``Cancelled`` once it was cancelled."""
        if (size := len(self._source.strip())) > LONGEST_SOURCE:
            return Verdict(READS, Failure("long", words=f"{size}"))
        return self.in_sandbox(lambda sandbox: check_apart(self._exercise, self._source, self._stage, sandbox))
