"""Hostile code as a class hands it in: none counts as right, reads, writes, sends, starts, or outlives its check."""

from __future__ import annotations

import json
import os
import random
import socket
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from engine.exercises import all_exercises, default_stage
from engine.exercises.checking import Checking
from engine.exercises.exercise import Exercise
from engine.exercises.sentences import sentence_of, step_words
from tests.attack.hostile_code import hostile_sources
from tests.attack.outcome import Outcome

NAME = "code"
_AT_ONCE, _SHORT = 60, 14
_LONGEST = 15.0
"""Seconds that a check may take on a busy machine; four on a quiet one."""
_LAST_WAIT = 2.0


def attack(seed: int, short: bool) -> Outcome:
    """Some of all hostile programs, for an exercise drawn by chance."""
    chance = random.Random(seed)
    outcome = Outcome()
    exercise = chance.choice(all_exercises())
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as checks,
        _Workplace(checks) as workplace,
        _Listener() as listener,
    ):
        home = _Home(Path(folder))
        programs = list(hostile_sources(exercise.name, folder, listener.port, home.mark, _forged(exercise)))
        for title, source in chance.sample(programs, _SHORT if short else _AT_ONCE):
            _try(outcome, exercise, title, source, home, listener, workplace)
    return outcome


def _forged(exercise: Exercise) -> bytes:
    """A verdict that all is right, as the process of a check tells it."""
    return (json.dumps({"steps": len(step_words(exercise)), "failure": None, "printed": ""}) + "\n").encode()


def _try(
    outcome: Outcome,
    exercise: Exercise,
    title: str,
    source: str,
    home: _Home,
    listener: _Listener,
    workplace: _Workplace,
) -> None:
    began, before = time.monotonic(), listener.count
    verdict = Checking(exercise, source, default_stage(exercise)).verdict()
    took = time.monotonic() - began
    what = f"{exercise.id}, {title}"
    outcome.expect(not verdict.is_right, f"{what}: counted as right")
    outcome.expect(took < _LONGEST, f"{what}: took {took:.0f} s")
    outcome.expect(home.is_untouched(), f"{what}: files are {home.state()}")
    outcome.expect(listener.count == before, f"{what}: something was sent")
    # What was killed takes the system a moment to clear away.
    ends = time.monotonic() + _LAST_WAIT
    while (left := workplace.left()) and time.monotonic() < ends:
        time.sleep(0.01)
    outcome.expect(not left, f"{what}: is left: {left}")
    said = "" if verdict.failure is None else "".join(
        sentence_of(verdict.failure, exercise).render(language) for language in ("en", "zh_CN")
    )  # fmt: skip
    told = said + verdict.printed
    outcome.expect(home.secret not in told and "link-goal" not in told, f"{what}: what was read came out")
    outcome.expect(all(one.isprintable() or one == "\n" for one in told), f"{what}: a terminal's commands came out")
    outcome.expect(len(told) < 5_000, f"{what}: {len(told)} characters were said")


class _Home:
    """A folder with something to be read, and to be left as it is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.mark = f"layerwise{os.getpid()}"
        self.secret = f"secret {self.mark}"
        (folder / "secret.txt").write_text(self.secret, encoding="utf-8")
        (folder / "link").symlink_to("link-goal")
        with suppress(OSError):  # a file system without such attributes
            os.setxattr(folder / "secret.txt", "user.secret", self.secret.encode())
        self._before = self.state()

    def is_untouched(self) -> bool:
        """Whether all files are as they were."""
        return self.state() == self._before and not Path(f"/dev/shm/{self.mark}").exists()

    def state(self) -> list[tuple[object, ...]]:
        """What is in the folder."""
        found = []
        for path in sorted(self._folder.iterdir()):
            state = path.lstat()
            found.append((path.name, state.st_mode, state.st_size, state.st_mtime_ns, state.st_nlink))
        return found


class _Listener:
    """Counts what comes to a port of this machine."""

    def __enter__(self) -> _Listener:
        self.count = 0
        self._stream = socket.create_server(("127.0.0.1", 0))
        self.port = self._stream.getsockname()[1]
        self._datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._datagrams.bind(("127.0.0.1", self.port))
        for heard in (self._accept, self._receive):
            threading.Thread(target=heard, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for one in (self._stream, self._datagrams):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                self._stream.accept()[0].close()
                self.count += 1

    def _receive(self) -> None:
        with suppress(OSError):
            while self._datagrams.recv(100):
                self.count += 1


class _Workplace:
    """The folder in which checks make theirs, so that what they leave can be told from what others do."""

    def __init__(self, folder: str) -> None:
        self._folder, self._before = folder, tempfile.tempdir

    def __enter__(self) -> _Workplace:
        tempfile.tempdir = self._folder
        return self

    def __exit__(self, *_: object) -> None:
        tempfile.tempdir = self._before

    def left(self) -> list[str]:
        """Folders of checks that have ended, and processes that were started in one of them."""
        found = os.listdir(self._folder)
        for path in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if os.readlink(path / "cwd").startswith(self._folder):
                    found.append((path / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        return found
