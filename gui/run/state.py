"""Where a run stands and what is looked at of it, as the transport shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Phase = Literal["idle", "loading", "running", "stepping", "paused", "finished", "failed", "lost"]
"""``idle``: no experiment is open. ``loading``: on the way to the first frame or to an earlier update. ``running``: the
run, or the record of it, plays. ``stepping``: a step asked for is being worked on. ``paused``: waits. ``finished``:
waits at the end. ``failed``: the computation stopped with an error; only a restart helps. ``lost``: the process that
computed has ended; what it showed is still there, and ``recover`` or any step computes the run again up to there."""


@dataclass(frozen=True)
class State:
    """``update`` and ``counts`` are those of the entry shown, ``newest`` is how far the record goes.

    ``at_newest``: what is shown is the newest there is; otherwise it was scrubbed back to. ``back_is_exact``: one step
    back leads to the update before; otherwise to the kept one before, since playing that again would take too long.
    """

    phase: Phase = "idle"
    update: int = 0
    counts: tuple[int, ...] = ()
    newest: int = 0
    at_newest: bool = True
    full_speed: bool = False
    back_is_exact: bool = True
