"""The load of the machine by other programs during a measurement, which makes the figures unreliable."""

from __future__ import annotations

import os
from pathlib import Path

_STAT = Path("/proc/stat")


class Load:
    """The use of all processors since the object was made, if the system provides it."""

    def __init__(self) -> None:
        self._before = self._times()

    def words(self) -> str:
        """The current load, and the share of the processors used by other programs since the beginning."""
        if not hasattr(os, "getloadavg"):
            return f"{os.cpu_count()} processors"
        words = f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.2f}"
        busy, whole, own = (now - before for now, before in zip(self._times(), self._before, strict=True))
        return (
            f"{words}; {max(0.0, busy - own) / whole:.0%} of them were busy with other things" if whole > 1 else words
        )

    @staticmethod
    def _times() -> tuple[float, float, float]:
        """Seconds that all processors were busy, total seconds, and seconds used by this program and its children."""
        own = sum(os.times()[:4])
        if not _STAT.exists():
            return 0.0, 0.0, own
        spent = [int(part) / os.sysconf("SC_CLK_TCK") for part in _STAT.read_text().split("\n", 1)[0].split()[1:9]]
        return sum(spent) - spent[3] - spent[4], sum(spent), own
