"""A run as the worker holds it, so that it can be left in the middle and taken up again."""

from __future__ import annotations

from engine.contract.experiment import Experiment
from engine.contract.output.frame import heavy_fields
from engine.contract.run.run import Run
from engine.playing.run_player import RunPlayer


class RunHandle:
    """One run with its player; only the worker reads or writes it while the run's number is set in ``WorkerCommands``.

    ``number`` is given by whoever starts it. ``target`` is the place to reach before waiting for orders, as (index of
    a unit, how many of it completed); with ``recording``, frames are made on the way there.
    """

    def __init__(self, experiment: Experiment, run: Run, target: tuple[int, int], recording: bool) -> None:
        self.experiment = experiment
        self.run = run
        self.target: tuple[int, int] | None = target
        self.recording = recording
        self.number = 0
        self.player: RunPlayer | None = None
        self.shown: tuple[int, bool] | None = None
        """Update of the last frame given out, and whether it had its heavy fields."""
        self.has_heavy_fields = bool(heavy_fields(experiment.frame_type))

    @property
    def plays(self) -> RunPlayer:
        """The player, which is there once the worker has taken the run up; RuntimeError before."""
        if self.player is None:
            raise RuntimeError("this run was not taken up yet")
        return self.player

    @property
    def is_lost(self) -> bool:
        """Whether the run's state is gone, so that it has to be computed again."""
        return self.player is not None and self.player.is_lost
