"""How many updates fit in the short time after which whoever plays a run looks up."""

from __future__ import annotations

SLICE = 0.002
"""Seconds of work between two looks at what is wanted."""


class Slices:
    """Learns from each slice how many ``updates`` make the next one about ``SLICE`` long."""

    def __init__(self) -> None:
        self.updates = 1
        self.update_seconds = 0.0

    def measured(self, updates: int, seconds: float) -> None:
        """So many updates took so long."""
        if updates < 1:
            return
        latest = seconds / updates
        self.update_seconds = 0.8 * self.update_seconds + 0.2 * latest if self.update_seconds else latest
        fitting = int(SLICE / max(self.update_seconds, 1e-9))
        self.updates = max(1, min(fitting, 2 * self.updates))
