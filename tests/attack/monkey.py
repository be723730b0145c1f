"""Random hands on the real window: each attack starts the program afresh and does what comes to its mind.

``python3 -m tests.attack.monkey --seed N --actions K --repeat R`` hunts: so many processes one after the other, each
with the next seed, or with ``--same`` with this one; each death is printed with its traces. The same seed means to do
the same, but what is there to be pressed depends on how fast the machine is: a fault names its action, and what was
done before it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

from tests.attack.outcome import Outcome

NAME = "monkey"
ROOT = Path(__file__).resolve().parents[2]
MARK = "LAYERWISE_MONKEY"
"""A variable in the environment of the program and of every process that it begins."""
LONGEST_END = 40.0
"""Seconds beyond those of its actions in which a process starts and comes to its end."""
_LEFT_OVER = 5.0
"""Seconds that processes have to follow the window to its end."""


def attack(seed: int, short: bool) -> Outcome:
    """Some sixty actions in a few experiments, or fifteen hundred in all of them; four minutes at most."""
    return run(seed, 60, 6.0, few=True) if short else run(seed, 1500, 240.0)


def run(seed: int, actions: int, seconds: float, few: bool = False, keep: Path | None = None) -> Outcome:
    """One process with one seed; ``keep`` is where the traces of a death are left."""
    folder = Path(tempfile.mkdtemp(prefix="layerwise-monkey-"))
    mark = uuid.uuid4().hex
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.attack.inside.program", str(folder), str(seed),
               str(actions), str(seconds), "few" if few else "all"]  # fmt: skip
    told = folder / "told"
    with told.open("wb") as out, (folder / "complained").open("wb") as complaints:
        process = subprocess.Popen(
            command, cwd=ROOT, env=_environment(folder, mark), stdin=subprocess.DEVNULL, stdout=out, stderr=complaints,
            start_new_session=True,
        )  # fmt: skip
        try:
            status = process.wait(seconds + LONGEST_END)
        except subprocess.TimeoutExpired:
            # With a trace of every thread, and a core.
            process.send_signal(signal.SIGABRT)
            status = process.wait()
    outcome = _read(told.read_text(), status, folder)
    left = _ended(mark)
    if left and status == 0:
        outcome.faults.append(f"left when the window was closed: {left}")
    if status != 0 and keep is not None:
        shutil.copytree(folder, keep / f"{seed}-{mark[:6]}", ignore=shutil.ignore_patterns("*.sock"), symlinks=True)
    shutil.rmtree(folder, ignore_errors=True)
    return outcome


def _environment(folder: Path, mark: str) -> dict[str, str]:
    """A home of its own, empty."""
    homes = {name: folder / name.lower() for name in ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    homes |= {name: folder / name.lower() for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")}
    for home in homes.values():
        home.mkdir(mode=0o700)
    return {
        **os.environ, **{name: str(home) for name, home in homes.items()}, MARK: mark, "QT_QPA_PLATFORM": "offscreen",
        "PYTHONUNBUFFERED": "1",
    }  # fmt: skip


def _read(told: str, status: int, folder: Path) -> Outcome:
    lines = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    outcome = Outcome(faults=[line["fault"] for line in lines if "fault" in line])
    outcome.tried = next((line["done"] for line in lines if "done" in line), 0)
    if status != 0:
        done = (folder / "done").read_text().splitlines() if (folder / "done").exists() else []
        outcome.tried = outcome.tried or len(done)
        what = f"signal {signal.Signals(-status).name}" if status < 0 else f"status {status}"
        outcome.faults.append(f"the process ended with {what} after: {' | '.join(done[-6:])}\n{_traces(folder)}")
    return outcome


def _traces(folder: Path) -> str:
    """What is known of a death: Python's traces of all threads, and where gdb is installed those of the core."""
    parts = [(folder / name).read_text(errors="replace")[-6000:] for name in ("complained", "hang", "crash")
             if (folder / name).exists()]  # fmt: skip
    core = next(folder.glob("core*"), None)
    if core is not None and shutil.which("gdb"):
        executable = os.path.realpath(sys.executable)
        traced = subprocess.run(
            ["gdb", "-batch", "-ex", "bt 60", "-ex", "py-bt", "-ex", "info threads", executable, str(core)],
            capture_output=True, text=True, timeout=300, errors="replace",
        )  # fmt: skip
        parts.append(traced.stdout[-12000:])
    return "\n".join(part for part in parts if part)


def _ended(mark: str) -> list[str]:
    """The processes that outlive the window, and are ended here; only Linux tells what environment one was given."""
    wanted = f"{MARK}={mark}".encode()
    deadline = time.monotonic() + _LEFT_OVER
    while (left := _marked(wanted)) and time.monotonic() < deadline:
        time.sleep(0.1)
    for number in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    return [f"{number}: {command}" for number, command in left.items()]


def _marked(wanted: bytes) -> dict[int, str]:
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (place / "environ").read_bytes().split(b"\0"):
                found[int(place.name)] = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:200]
        except OSError:
            pass
    return found


def main(given: list[str]) -> int:
    """Hunt; status 1 where something was found."""
    asked = argparse.ArgumentParser(prog="python3 -m tests.attack.monkey", description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--actions", type=int, default=1500)
    asked.add_argument("--seconds", type=float, default=240.0, help="how long a process acts at most")
    asked.add_argument("--repeat", type=int, default=1)
    asked.add_argument("--same", action="store_true", help="each process with the same seed")
    asked.add_argument("--keep", type=Path, help="where the folder of each process that died is kept")
    asked.add_argument("--few", action="store_true", help="few experiments, as in the short attack")
    options = asked.parse_args(given)
    actions = faults = deaths = 0
    for turn in range(options.repeat):
        seed = options.seed if options.same else options.seed + turn
        outcome = run(seed, options.actions, options.seconds, options.few, options.keep)
        actions, faults = actions + outcome.tried, faults + len(outcome.faults)
        deaths += any("the process ended with" in fault for fault in outcome.faults)
        for fault in outcome.faults:
            print(f"FAULT  seed {seed}: {fault}", flush=True)
        print(f"{turn + 1} of {options.repeat}: seed {seed}, {outcome.tried} actions; in all {actions} actions, "
              f"{faults} faults, {deaths} deaths", flush=True)  # fmt: skip
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
