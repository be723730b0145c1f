"""Kills in the middle of saving: afterwards every file is the old one or the new one, and saving goes on at once."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from tests.attack.inside.nursery import Nursery
from tests.attack.inside.saves import KINDS
from tests.attack.outcome import Outcome

NAME = "saves"
_LONGEST_WAIT = 2.0
"""Seconds within which another save is done after a kill, on a busy machine."""
_OLD = "00000001"
"""A name in which a part that was left is as old as can be."""


def attack(seed: int, short: bool) -> Outcome:
    """Of every kind of save two processes that are killed at random moments, or thirty."""
    rng, outcome, nursery = random.Random(seed), Outcome(), Nursery()
    try:
        for kind in KINDS:
            with tempfile.TemporaryDirectory(prefix="layerwise-attack-") as name:
                _kills(kind, Path(name), nursery, rng, outcome, 2 if short else 30)
    finally:
        nursery.end()
    return outcome


def _kills(kind: str, folder: Path, nursery: Nursery, rng: random.Random, outcome: Outcome, kills: int) -> None:
    done = 0
    for number in range(kills):
        what = f"{kind}, kill {number}"
        nursery.begin(kind, folder, done)
        begun = time.perf_counter()
        said = nursery.next()
        outcome.expect(said[0] == "saved", f"{what}: the first save after the kill before is {said}")
        taken = time.perf_counter() - begun
        outcome.expect(taken < _LONGEST_WAIT, f"{what}: the first save after the kill before took {taken:.1f} s")
        for _ in range(rng.randrange(4)):
            said = nursery.next()
        until = time.perf_counter() + rng.uniform(0, 0.015)
        while time.perf_counter() < until:  # a moment within a save
            pass
        for last in (said, *nursery.kill()):
            done = max(done, last[1] + 1) if last[0] == "saved" else done
            outcome.expect(last[0] == "saved", f"{what}: {last}")
        fault = KINDS[kind].fault(folder, done)
        outcome.expect(not fault, f"{what}: {fault}")
    _nothing_is_left(kind, folder, nursery, outcome, done, kills)


def _nothing_is_left(kind: str, folder: Path, nursery: Nursery, outcome: Outcome, done: int, kills: int) -> None:
    """What was left beside the files is bounded, and goes with a later save."""
    left = _left_in(folder)
    outcome.expect(len(left) <= 16 * kills, f"{kind}: {len(left)} parts are left after {kills} kills")
    for path in left:
        path.rename(path.with_name(path.name.replace(path.name.split("-")[1], _OLD)))
    nursery.begin(kind, folder, done)
    # What was saved when the last one was killed, and not told any more, is not saved a second time.
    nursery.next()
    nursery.next()
    list(nursery.kill())
    left = [path for path in _left_in(folder) if _OLD in path.name]
    outcome.expect(not left, f"{kind}: {len(left)} old parts stay")


def _left_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob(".layerwise-*.part"))
