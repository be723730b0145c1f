"""Chooses where a run is played: in the companion process if there can be one, otherwise in this process."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING

from engine.contract.experiment import Experiment
from engine.contract.run import Run
from engine.contract.text import Refused, Text
from engine.playing import Player, RunPlayer

if TYPE_CHECKING:
    from engine.companion.companion import Companion
    from engine.exercises.own_companion import OwnCompanion

DEATHS_BORNE = 3
"""After this many deaths of the companion in a row, runs are played in the window's own process."""
LONG_LIFE = 60.0
"""Seconds: the death of a companion that lived longer than this starts the count of deaths anew."""

_NO_PROCESS = Text("Your code runs in a process of its own, and none can be started now.")

_log = logging.getLogger(__name__)


class PlayerFactory:
    """Makes players for the worker; starts the companion process for the first run that needs it and keeps it.

    Experiments of the shapes ``picture`` and ``walk``, which need little computing, are always played in this process:
    dragging in them should not wait for a pipe. ``condition`` is what the worker waits on for commands.
    """

    def __init__(self, condition: threading.Condition) -> None:
        self._condition = condition
        self._companion: Companion | None = None
        self._own: OwnCompanion | None = None
        self._deaths = 0
        self._stays_here = not has_a_core_for_it()

    def must_start_for(self, experiment: Experiment) -> bool:
        """Whether a process must be started before this experiment can be played."""
        return experiment.shape == "run" and self._companion is None and not self._stays_here

    @property
    def companion(self) -> Companion | None:
        """The companion process, which plays the runs; None if there is none."""
        return self._companion

    def player_for(self, experiment: Experiment, run: Run, is_wanted: Callable[[], bool]) -> RunPlayer | None:
        """A player for ``run``; None if ``is_wanted`` turned False before the companion was ready."""
        if run.written:
            return self._player_with_own_code(experiment, run, is_wanted)
        if experiment.shape != "run" or self._stays_here:
            return Player(experiment, run)
        self.bury()
        if self._companion is None and not self._stays_here:
            self._start()
        if self._companion is None:
            return Player(experiment, run)
        if not self._companion.wait_until_ready(is_wanted):
            if not is_wanted():
                return None
            _log.info("the companion process does not get ready; runs are played in the window's own process")
            self._give_up()
            return Player(experiment, run)
        # Only now: what this imports is needed nowhere else.
        from engine.companion.remote_player import RemotePlayer

        return RemotePlayer(self._companion, experiment, run)

    def tidy(self) -> None:
        """Make the companion processes drop the runs whose players are no longer used."""
        for companion in (self._companion, self._own):
            if companion is not None and not companion.is_lost:
                companion.tidy()

    def bury(self) -> bool:
        """Discard the companion if it has died; returns whether another one may be started."""
        if self._companion is None or not self._companion.is_lost:
            return not self._stays_here
        lived = perf_counter() - self._companion.started
        self._deaths = 1 if lived > LONG_LIFE else self._deaths + 1
        _log.info("the companion process has died, %d in a row", self._deaths)
        self._companion.close()
        self._companion = None
        self._stays_here = self._deaths >= DEATHS_BORNE
        return not self._stays_here

    def hang_up(self) -> None:
        """Make every call that waits for the companion return."""
        for companion in (self._companion, self._own):
            if companion is not None:
                companion.hang_up()

    def close(self) -> None:
        """End the companion; called when the worker has ended."""
        self._end_own()
        if self._companion is not None:
            self._companion.close()
            self._companion = None

    def _player_with_own_code(
        self, experiment: Experiment, run: Run, is_wanted: Callable[[], bool]
    ) -> RunPlayer | None:
        """A player in the process that runs the learner's code; if the code or its files differ from those of the
        present process, a new one is started. ``Refused`` if none can be started.
        """
        from engine.exercises.own_companion import OwnCompanion, OwnPlayer, files_of

        own, files = self._own, files_of(run.params)
        if own is None or own.is_lost or own.written != run.written or not set(files) <= set(own.files):
            self._end_own()
            try:
                own = self._own = OwnCompanion(self._condition, run.written, files)
            except (OSError, RuntimeError, ValueError):
                raise Refused(_NO_PROCESS) from None
        if own.wait_until_ready(is_wanted):
            return OwnPlayer(own, experiment, run, is_wanted)
        if is_wanted():
            self._end_own()
            raise Refused(_NO_PROCESS)
        return None

    def _end_own(self) -> None:
        if self._own is not None:
            own, self._own = self._own, None
            own.close()

    def _start(self) -> None:
        from engine.companion.companion import Companion

        try:
            self._companion = Companion(self._condition)
        except (OSError, RuntimeError, ValueError) as error:  # no process, no pipe, no thread to be had
            _log.info("no companion process (%s); runs are played in the window's own process", error)
            self._stays_here = True

    def _give_up(self) -> None:
        self._stays_here = True
        self.close()


def has_a_core_for_it() -> bool:
    """Whether the machine has a core for a second process besides the window's."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) > 1
    return (os.cpu_count() or 1) > 1
