"""Tries are played once for all tests of a process that look at them."""

from __future__ import annotations

import pytest

from engine.guides import tries

_frames: dict[tuple[object, ...], object] = {}
"""Of one experiment at a time: frames of a run are large."""


@pytest.fixture(autouse=True)
def _runs_of_tries_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several laws look at the same try of the same experiment, in both languages; a run of it may take seconds."""
    play = tries.played

    def played(experiment, run, stop):
        key = (type(experiment), run, stop)
        if not all(kept[0] is key[0] for kept in _frames):
            _frames.clear()
        if key not in _frames:
            _frames[key] = yield from play(experiment, run, stop)
        return _frames[key]

    monkeypatch.setattr(tries, "played", played)
