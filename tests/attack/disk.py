"""A full disk for every kind of save: what was there stays whole, it is said, and with room again saving goes on."""

from __future__ import annotations

import contextlib
import ctypes
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from engine.export.writing import _PART
from tests.attack.inside.nursery import Nursery
from tests.attack.inside.saves import KINDS
from tests.attack.outcome import Outcome

NAME = "disk"
_SIZE = 2**21
_LONGEST_SENTENCE = 700


def attack(seed: int, short: bool) -> Outcome:
    """Every kind of save on a disk that fills up, as full as chance will have it, and with files of bounded size: ten
    times, or one of the two once.
    """
    rng, outcome, nursery = random.Random(seed), Outcome(), Nursery()
    try:
        for number in range(1 if short else 10):
            for kind in KINDS:
                ways = (_fills_up, _is_bounded)
                for way in (rng.choice(ways),) if short else ways:
                    way(kind, f"{kind}, {way.__name__[1:]} {number}", nursery, rng, outcome)
    finally:
        nursery.end()
    return outcome


def _fills_up(kind: str, what: str, nursery: Nursery, rng: random.Random, outcome: Outcome) -> None:
    """On a disk of its own, where one can be made."""
    with tempfile.TemporaryDirectory(prefix="layerwise-attack-") as name, _small_disk(Path(name)) as is_mounted:
        if not is_mounted:
            return
        folder = Path(name)
        done = _saved(kind, folder, 0, rng.randrange(1, 4), nursery)
        filler = folder / "filler"
        with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(b"\0" * 4096)
        os.truncate(filler, max(0, filler.stat().st_size - 4096 * rng.choice((0, 0, 1, 2, 5, 20))))
        done = _until_refused(kind, what, folder, done, nursery, outcome, 0)
        filler.unlink()
        more = _saved(kind, folder, done, 1, nursery)
        outcome.expect(more > done, f"{what}: with room again it is not saved")
        fault = KINDS[kind].fault(folder, more)
        outcome.expect(not fault, f"{what}: with room again {fault}")


def _is_bounded(kind: str, what: str, nursery: Nursery, rng: random.Random, outcome: Outcome) -> None:
    """Where a file may have so many bytes only: also for who may mount nothing."""
    with tempfile.TemporaryDirectory(prefix="layerwise-attack-") as name:
        folder = Path(name)
        done = _saved(kind, folder, 0, rng.randrange(1, 4), nursery)
        _until_refused(kind, what, folder, done, nursery, outcome, rng.choice((1, 40, 300)))


def _until_refused(
    kind: str, what: str, folder: Path, done: int, nursery: Nursery, outcome: Outcome, most_bytes: int
) -> int:
    """Save until it is refused; afterwards everything that was saved is there, and nothing else."""
    before = _parts_in(folder)  # of the process that was killed while it saved
    nursery.begin(kind, folder, done, most_bytes)
    said = nursery.next()
    for _ in range(40):  # a disk that takes so much is not full
        if said[0] != "saved":
            break
        done, said = said[1] + 1, nursery.next()
    outcome.expect(said[0] in ("refused", "saved"), f"{what}: {said}")
    for sentence in said[2:] if said[0] == "refused" else ():
        fits = 0 < len(sentence) < _LONGEST_SENTENCE and sentence.isprintable() and "Error" not in sentence
        outcome.expect(fits, f"{what}: it is said {sentence!r}")
    is_over = said[0] != "saved"
    for last in (said, *nursery.kill()):
        done = max(done, last[1] + 1) if last[0] == "saved" else done
    fault = KINDS[kind].fault(folder, done)
    outcome.expect(not fault, f"{what}: {fault}")
    left = _parts_in(folder) - before if is_over else set()
    outcome.expect(not left, f"{what}: {left} are left")
    return done


def _parts_in(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if _PART.fullmatch(path.name)}


def _saved(kind: str, folder: Path, first: int, count: int, nursery: Nursery) -> int:
    """Save so many versions; the number of the next one."""
    nursery.begin(kind, folder, first)
    done = first
    for _ in range(count):
        said = nursery.next()
        done = said[1] + 1 if said[0] == "saved" else done
    for said in nursery.kill():
        done = max(done, said[1] + 1) if said[0] == "saved" else done
    return done


@contextlib.contextmanager
def _small_disk(folder: Path) -> Iterator[bool]:
    """A small disk of its own at a folder, on Linux and for who may mount one; whether it is there."""
    if sys.platform != "linux":
        yield False
        return
    system = ctypes.CDLL(None)
    made = system.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, f"size={_SIZE},mode=0700".encode()) == 0
    try:
        yield made
    finally:
        if made:
            system.umount2(os.fsencode(folder), 2)  # MNT_DETACH: whoever has something open there is being killed
