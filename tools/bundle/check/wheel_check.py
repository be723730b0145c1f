"""Tests the wheel in an environment of its own, installed by pip with its dependencies only."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from engine.version import VERSION
from tools.bundle.check.commands import check_commands
from tools.bundle.check.place import Place
from tools.bundle.check.report import Failed, Report, expect
from tools.bundle.check.windows import every_experiment
from tools.bundle.contents import ROOMS
from tools.bundle.environment import BUILD
from tools.bundle.folder import DIST

_FOLDER = BUILD / "wheel-environment"


def check_wheel(report: Report, checkout: Place) -> None:
    """Installs it, lists and renders, and opens every experiment."""
    with report.trying("the wheel is installed into a fresh environment") as seen:
        programs = _installed()
        packages = next(_FOLDER.rglob("site-packages"))
        top = {path.name for path in packages.iterdir()}
        expect(not top & set(ROOMS), f"at the top level: {top & set(ROOMS)}")
        seen.append("one package at the top level")
    if report.rows[-1].outcome != "ok":
        return
    with Place([programs / "layerwise"]) as place:
        check_commands(report, place, checkout, "wheel: ")
        with report.trying("wheel: every experiment opens, runs a second, shows Code") as seen:
            seen += every_experiment(place)
        with report.trying("wheel: help calls it by what is typed"):
            expect(place.run("--help").startswith("layerwise [FILE"), "another name")


def _installed() -> Path:
    wheel = DIST / f"layerwise-{VERSION}-py3-none-any.whl"
    if not wheel.exists():
        raise Failed("there is none in dist/")
    shutil.rmtree(_FOLDER, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(_FOLDER)], check=True)
    programs = _FOLDER / ("Scripts" if sys.platform == "win32" else "bin")
    # With the versions of the bundle, so that what is computed can be the same.
    command = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pins = ["--constraint", str(_constraints())]
    done = subprocess.run([*command, *pins, str(wheel)], capture_output=True, encoding="utf-8", errors="replace")
    expect(done.returncode == 0, done.stderr[-300:])
    return programs


def _constraints() -> Path:
    path = BUILD / "constraints.txt"
    lines = (BUILD / "requirements-bundle.txt").read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith(("-r", "#"))), encoding="utf-8")
    return path
