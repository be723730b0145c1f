"""How long a call of the learner's code has been going on, by looking at the frames of its thread now and then."""

from __future__ import annotations

from types import FrameType

from engine.sandbox.learner_code import is_learners


class CallWatch:
    """``overdue`` is asked now and then; ``longest`` are the seconds that one call may take."""

    def __init__(self, longest: float) -> None:
        self._longest = longest
        # The frames themselves, not their numbers: a call that follows soon may well get the number of the one before.
        self._since: dict[FrameType, float] = {}

    def overdue(self, frame: FrameType | None, now: float) -> FrameType | None:
        """The innermost frame of the learner's where a call has gone on for too long, None otherwise."""
        innermost, since = None, {}
        while frame is not None:
            if is_learners(frame.f_code):
                innermost = innermost or frame
                since[frame] = self._since.get(frame, now)
            frame = frame.f_back
        self._since = since
        return innermost if since and now - min(since.values()) > self._longest else None
