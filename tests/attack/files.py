"""Hostile files of every kind that the program opens: a value or a sentence comes of each, and soon."""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

from tests.attack.inside.mutations import lay
from tests.attack.inside.valid_files import valid_files
from tests.attack.outcome import Outcome

NAME = "files"
ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 300 * 2**20
"""What reading one file may take of memory, beside what the program has anyway."""
SECONDS, SECONDS_A_MB = 2.0, 0.1
"""Of processor for one file, and for each MB of it: settings are read, changed and written twice."""
PATIENCE = 30.0
"""Seconds on the clock after which a reader counts as hanging, on a busy machine too."""


def attack(seed: int, short: bool) -> Outcome:
    """Some ninety files, or three thousand; each is read by the program's own reader in a process of its own."""
    rng, outcome = random.Random(seed), Outcome()
    kinds = sorted(valid_files())
    with tempfile.TemporaryDirectory(prefix="layerwise-attack-") as name:
        folder = Path(name)
        mark = folder / "unpickled"
        reader = Reader(mark)
        try:
            for number in range(90 if short else 3000):
                kind = kinds[number % len(kinds)]
                suffix, content = rng.choice(valid_files()[kind])
                here = folder / str(number)
                here.mkdir()
                path = lay(kind, suffix, content, here, rng)
                fault = reader.fault_of(kind, path)
                if mark.exists():
                    mark.unlink()
                    fault = "runs what is pickled in it"
                outcome.expect(not fault, f"file {number} ({kind}{suffix}) {fault}")
                shutil.rmtree(here, ignore_errors=True)
        finally:
            reader.end()
    return outcome


class Reader:
    """The process in which files are read; after a hang or a death there is a new one."""

    def __init__(self, mark: Path) -> None:
        self._environment = {**os.environ, "LAYERWISE_ATTACK_MARK": str(mark), "QT_QPA_PLATFORM": "offscreen"}
        self._process: subprocess.Popen[str] | None = None

    def fault_of(self, kind: str, path: Path) -> str:
        """What is wrong with how the program reads a file, "" where nothing is."""
        process = self._process or self._begun()
        allowed = SECONDS + SECONDS_A_MB * (os.path.getsize(path) if os.path.isfile(path) else 0) / 2**20
        assert process.stdin and process.stdout
        try:
            process.stdin.write(json.dumps([kind, str(path)]) + "\n")
            process.stdin.flush()
        except OSError:
            self.end()
            return "finds its reader dead"
        said = _line(process.stdout, PATIENCE)
        if not said:
            code = process.poll()
            self.end()
            return f"is read for more than {PATIENCE} s" if code is None else f"ends its reader with status {code}"
        fault, seconds = json.loads(said)
        return fault or (f"takes {seconds:.1f} s of processor" if seconds > allowed else "")

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _begun(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.attack.inside.reading", str(MOST_BYTES)]
        self._process = process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert process.stdout
        if _line(process.stdout, PATIENCE) != "ready\n":
            raise RuntimeError("the reader does not begin")
        return process


def _line(pipe: IO[str], patience: float) -> str:
    """The next line; "" where there is an end, or none in time. Each line is asked for, so none waits in a buffer."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if select.select([pipe], [], [], 0.2)[0]:
            return pipe.readline()
    return ""
