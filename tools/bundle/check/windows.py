"""Tests the window: every experiment, opening a session by a double click, and the state after a close or a kill."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from engine.contract.catalogue import entries
from tools.bundle.check.place import Place, await_output, close_window, processes_of, wait_for
from tools.bundle.check.report import Failed, Report, Skipped, expect

_A_SECOND = 1.0


def check_windows(report: Report, place: Place, program: Path | None) -> None:
    """Opens, runs, closes and kills; ``program`` is the executable, None if it is run by another Python."""
    with report.trying(f"all {len(entries())} experiments open, run a second, show Code") as seen:
        seen += every_experiment(place)
    with report.trying("the same on an X display") as seen, _display() as display:
        on_display = {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
        seen += every_experiment(place, ["gates", "training", "cnn"], on_display)
    with report.trying("a session is opened by a double click (argument)") as seen:
        if os.name == "nt":
            raise Skipped(
                "what was open is kept at closing, and nothing here closes a window of Windows as a hand does"
            )
        session = place.folder / "my softmax.layerwise.json"
        place.run("render", "softmax", "-o", session)
        opened = opened_by(place, session)
        expect(opened == "softmax", f"{opened} was open")
        seen.append("softmax, closed with its settings kept")
    if program is None:
        return
    with report.trying("closing leaves no process"):
        expect(not processes_of(program), "processes before")
        process = place.start("--experiment", "training")
        _wait_for_companion(process, program)
        close_window(process)
        wait_for(lambda: not processes_of(program), 10, "something is still running")
    with report.trying("kill -9 of the window leaves no process"):
        process = place.start("--experiment", "training")
        _wait_for_companion(process, program)
        process.send_signal(signal.SIGKILL)
        await_output(process)
        wait_for(lambda: not processes_of(program), 10, "something is still running")


def every_experiment(
    place: Place, names: list[str] | None = None, variables: Mapping[str, str] = MappingProxyType({})
) -> list[str]:
    """The output of ``self-check``; Failed if it reports an error."""
    chosen = [word for name in names or () for word in ("--experiment", name)]
    said = place.run("self-check", "--json", "--seconds", str(_A_SECOND), *chosen, variables=variables)
    rows = [json.loads(line) for line in said.splitlines()][1:]
    wanted = names or [entry.id for entry in entries()]
    expect([row["experiment"] for row in rows] == wanted, rows)
    return [
        f"{len(rows)} opened",
        f"{sum(row['frames'] for row in rows)} frames",
        f"{sum(row['sources'] for row in rows)} functions shown",
    ]


def opened_by(place: Place, session: Path) -> str:
    """The experiment that a start with only this file has stored as the last visible one."""
    process = place.start(session)
    try:
        # The log is begun with the window.
        wait_for(lambda: list(place.home.rglob("layerwise.log")) or process.poll() is not None, 60, "no window")
        _settle(process)
    finally:
        close_window(process)
    text = "\n".join(path.read_text(encoding="utf-8") for path in place.home.rglob("*.ini"))
    found = [line.partition("=")[2] for line in text.splitlines() if line.startswith("experiment=")]
    return found[0] if found else "nothing"


def _settle(process: subprocess.Popen[str]) -> None:
    """Waits until the requested file is open; Failed if the process ends meanwhile."""
    try:
        process.wait(8)
    except subprocess.TimeoutExpired:
        return
    raise Failed(f"it ended with {process.returncode}")


def _wait_for_companion(process: subprocess.Popen[str], program: Path) -> None:
    try:
        wait_for(lambda: len(processes_of(program)) >= 2, 60, "the process that computes was never seen")
    except (Failed, Skipped):
        process.kill()
        await_output(process)
        raise


@contextmanager
def _display() -> Iterator[str]:
    """Starts a virtual display; Skipped if Xvfb is not available."""
    if shutil.which("Xvfb") is None:
        raise Skipped("Xvfb is not here")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-noreset"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as number:
        display = f":{number.readline().strip()}"
    try:
        yield display
    finally:
        server.terminate()
        server.wait()
