"""A run as the worker holds it, so that it can be left in the middle and taken up again."""

from __future__ import annotations

from collections.abc import Iterator

from engine.contract.experiment import Experiment
from engine.contract.frame import frame_fields
from engine.contract.player import Player
from engine.contract.protocol import Answer
from engine.contract.run import Run

SLICE = 0.002
"""Seconds of work between two looks at the window's wishes."""


class Playing:
    """One run with its player; only the worker reads or writes it while the run's number is set in ``Control``.

    ``number`` is given by whoever starts it. ``target`` is the place to reach before waiting for orders, as (index of
    a unit, how many of it completed); with ``recording``, frames are made on the way there.
    """

    def __init__(self, experiment: Experiment, run: Run, target: tuple[int, int], recording: bool) -> None:
        self.experiment = experiment
        self.run = run
        self.target = target
        self.recording = recording
        self.number = 0
        self.player: Player | None = None
        self.pending: Iterator[Answer] | None = None
        """The answers to a request that was left in the middle."""
        self.shown: tuple[int, bool] | None = None
        """Update of the last frame given out, and whether it had its heavy fields."""
        self.has_heavy_fields = any(data.get("heavy") for data in frame_fields(experiment.frame_type).values())
        self.slice_updates = 1
        self.update_seconds = 0.0

    def measured(self, updates: int, seconds: float) -> None:
        """Learn from a slice how many updates make the next one about ``SLICE`` long."""
        if updates < 1:
            return
        latest = seconds / updates
        self.update_seconds = 0.8 * self.update_seconds + 0.2 * latest if self.update_seconds else latest
        fitting = int(SLICE / max(self.update_seconds, 1e-9))
        self.slice_updates = max(1, min(fitting, 2 * self.slice_updates))

    def slow_unit(self) -> str | None:
        """The experiment's largest unit if it lasts longer than a frame on the screen, so that its ends are worth
        stopping at."""
        unit = self.experiment.units[-1].id
        if len(self.experiment.units) < 2:
            return None
        completed = self.player.counts[-1]
        long = completed == 0 or self.player.update / completed * self.update_seconds >= 8 * SLICE
        return unit if long else None
