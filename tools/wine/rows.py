"""The rows: what a learner does with the program, each done by a Windows Python and looked at."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from time import monotonic, sleep

from tools.bundle.check.report import Failed, Report, expect
from tools.wine.machine import INDEX, LONGEST, PYTHON, Machine, wait_for
from tools.wine.setting_up import ROOT


@dataclass(frozen=True)
class Command:
    """A command of README: what comes behind main.py, the files it writes, the code it ends with."""

    words: str
    writes: tuple[str, ...] = ()
    ends_with: int = 0
    says: str = ""


COMMANDS = (
    Command("list --json", says='"id": "feature_maps"'),
    Command("--version", says="Layerwise"),
    Command("render --help", says="--preset"),
    Command("render gates --preset NAND-book -o nand.png -o nand.csv", ("nand.png", "nand.csv")),
    Command("render descent -o descent.webp --from 0 --to 30 --seconds 6 --fps 10 --hold 2", ("descent.webp",)),
    Command(
        'render descent --set function=own --set "own=x0^2 + sin(3*x1)" --set learning_rate=0.05 -o path.png',
        ("path.png",),
    ),
    Command("render softmax -o 图.svg -o 图.pdf -o 图.npz -o 图.csv", ("图.svg", "图.pdf", "图.npz", "图.csv")),
    Command("render descent -o descent.gif --from 0 --to 3 --seconds 1 --fps 5", ("descent.gif",)),
    Command("render training --steps 30 -o training.npz -o training.py", ("training.npz", "training.py")),
    Command("render optimizers -o 优化.py -o 优化.ipynb", ("优化.py", "优化.ipynb")),
    Command("render optimizers -o 优化.layerwise.json", ("优化.layerwise.json",)),
    Command("render 优化.layerwise.json -o 优化.csv", ("优化.csv",)),
    Command("render convolution -o short.layerwise.py", ("short.layerwise.py",)),
    Command("render cnn --steps 2 -o cnn.png --theme dark --language en --size 900x600", ("cnn.png",)),
    Command("render gates -o no-such-folder/a.png", ends_with=2),
    Command("render gates -o a?b.png", ends_with=2),
    Command("render gates -o CON.csv", ends_with=2),
    Command("page --chapter 2 --name 张三 -o 页.html", ("页.html",)),
    Command("page -o 页.pdf", ("页.pdf",)),
    Command("check resources/exercises/answers/affine.py --json", says='"right": true'),
    Command("check resources/exercises/answers"),
    Command("check tests/engine/own_network/right/by_chapter_7.py"),
    Command("check tests/engine/own_network/right/by_chapter_5.py --station 4"),
    Command("answers no-such.json -o 表.csv", ends_with=2),
    Command("pack check resources/pack"),
    Command("--index-url", ends_with=2),
    Command("self-check --experiment cnn --seconds 2", says="1"),
)
EQUAL = (".csv", ".layerwise.json", ".py")
"""Suffixes of files that are to be those of Linux, byte for byte."""
HOSTILE = {
    "a sum without end, in C": "return sum(range(10**12))",
    "a power without end, in C": "return len(str(7 ** (10 ** 9)))",
    "all memory": "return len([b'x' * 10**8 for _ in range(40)])",
    "an end of its own": "import os; os._exit(0)",
}
_HEAD = "def AND(x1, x2, w=(0.5, 0.5), b=-0.7):\n"
MOMENTS = (0.0, 0.1, 0.3, 0.6, 1.0, 1.5, 2.5, 4.0)
"""Seconds from the window's first sight to its closing; the companion starts, then training runs."""
STROLLS = ("experiments saving looks", "exercise network", "pack", "moving dropping", "drawing", "checking")
"""Parts of tests.hand.stroll, each line in a process of its own."""
SHOWN = ("search", "--onlyvisible", "--name", "Layerwise")
"""What xdotool is asked for the windows with."""
TESTS = (
    "tests/start", "tests/engine/data", "tests/engine/lessons", "tests/engine/companion", "tests/engine/export",
    "tests/engine/playing", "tests/engine/exercises", "tests/engine/own_network", "tests/gui/run", "tests/gui/app",
    "tests/gui/window", "tests/gui/export", "tests/gui/moving", "tests/gui/own_network",
    "tests/gui/panels/test_writing.py",
)  # fmt: skip
"""What the system's differences may show in; a process each."""


def try_first_start(report: Report, machine: Machine) -> None:
    """.venv from nothing, by the package index of a folder."""
    with report.trying("first start: .venv is made, everything installed") as seen:
        shutil.rmtree(machine.checkout / ".venv", ignore_errors=True)
        said, _ = machine.program("--index-url", INDEX, "list")
        expect("feature_maps" in said, said[-300:])
        seen.append(f"{len(said.splitlines())} lines")


def try_commands(report: Report, machine: Machine) -> None:
    """Every command, and whether its files are those of Linux."""
    for command in COMMANDS:
        with report.trying(f"main.py {command.words}"[:100]) as seen:
            words = shlex.split(command.words)
            said, complained = machine.program(*words, expected=command.ends_with)
            expect(command.says in said, said[-300:])
            expect("Traceback" not in complained, complained[-300:])
            for name in command.writes:
                path = machine.checkout / name
                expect(path.exists() and path.stat().st_size > 0, f"{name} was not written")
            seen.append(f"{len(command.writes)} files")
            same = [name for name in command.writes if name.endswith(EQUAL)]
            differing = _differing_from_linux(machine, words, same)
            if same and not differing:
                seen.append(f"{len(same)} as on Linux")
            expect(not differing, f"other than on Linux: {differing}")


def _differing_from_linux(machine: Machine, words: list[str], names: list[str]) -> list[str]:
    if not names:
        return []
    folder = machine.folder / "linux"
    folder.mkdir(exist_ok=True)
    # A file that is read is what an earlier command wrote.
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *words, "--language", "zh_CN"], cwd=folder, capture_output=True
    )
    expect(done.returncode == 0, done.stderr.decode(errors="replace")[-300:])
    return [name for name in names if (folder / name).read_bytes() != (machine.checkout / name).read_bytes()]


def try_scripts(report: Report, machine: Machine) -> None:
    """What was exported as a script runs by itself, with NumPy alone."""
    for name in ("training.py", "优化.py", "short.layerwise.py"):
        with report.trying(f"the script {name} runs"):
            machine.run(["wine", machine.own_python, name], 0)


def try_hostile_code(report: Report, machine: Machine) -> None:
    """Code that never ends or takes everything is told, and ends."""
    for what, source in HOSTILE.items():
        with report.trying(f"check: {what}") as seen:
            (machine.checkout / "and_gate.py").write_text(f"{_HEAD}    {source}\n", encoding="utf-8")
            began = monotonic()
            said, complained = machine.program("check", "and_gate.py", "--json", expected=1)
            expect("Traceback" not in complained, complained[-300:])
            expect(monotonic() - began < 45, "too long")
            seen.append(json.loads(said)[0]["says"])
            expect(wait_for(lambda: not machine.pythons(), 10), "a process is left")
    (machine.checkout / "and_gate.py").unlink()


def try_windows(report: Report, machine: Machine) -> None:
    """The window as the system shows it: opened, closed at any moment, beside another one."""
    with report.trying("self-check on a screen") as seen:
        said, _ = machine.program("self-check")
        seen.append(said.splitlines()[-1])
    for moment in MOMENTS:
        with report.trying(f"closed {moment} s after it came") as seen:
            process = _opened(machine, "--experiment", "cnn")
            sleep(moment)
            seen.append(_closed(machine, process))
    with report.trying("closed while a network trains") as seen:
        process = _opened(machine, "--experiment", "training")
        sleep(8)
        xdotool(machine, "key", "ctrl+r")
        sleep(3)
        seen.append(_closed(machine, process))
    with report.trying("two windows, closed one after the other") as seen:
        both = [_opened(machine, "--experiment", "gates"), _opened(machine, "--experiment", "training", others=1)]
        sleep(6)
        subprocess.run(["wmctrl", "-c", "Layerwise"], env=_environment(machine))
        expect(wait_for(lambda: any(one.poll() is not None for one in both), 30), "none has ended")
        seen.append(_closed(machine, next(one for one in both if one.poll() is None)))
    with report.trying("a window is killed: its companion ends") as seen:
        process = _opened(machine, "--experiment", "training")
        sleep(8)
        count = len(machine.pythons())
        os.kill(int(xdotool(machine, *SHOWN, "getwindowpid").split()[0]), signal.SIGKILL)
        expect(wait_for(lambda: not machine.pythons(), 15), f"{len(machine.pythons())} of {count} are left")
        machine.end(process)
        seen.append(f"{count} processes before")
    for parts in STROLLS:
        with report.trying(f"in the window: {parts}") as seen:
            words = ["-m", "tests.hand.stroll", r"C:\看 图", *parts.split()]
            said, complained = machine.run(["wine", machine.own_python, *words], 0, 400)
            expect("Traceback" not in complained, complained[-900:])
            expect(wait_for(lambda: not machine.pythons(), 15), "a process is left")
            seen.append("; ".join(said.splitlines()))


def try_tests(report: Report, machine: Machine, seconds: float, named: tuple[str, ...] = ()) -> None:
    """The tests that can run there, a folder a process, until the time is used up."""
    requirements = ["-r", "requirements-dev.txt"]
    pip = ["-m", "pip", "install", "--quiet", "--index-url", INDEX, *requirements]
    with report.trying("the tests' packages are installed"):
        machine.run(["wine", machine.own_python, *pip], 0)
    end = monotonic() + seconds
    for folder in named or TESTS:
        if monotonic() > end:
            report.add(folder, "skipped", "no time was left")
            continue
        with report.trying(folder) as seen:
            options = ["-q", "-n", "0", "-p", "no:cacheprovider", "--tb=short"]
            said, complained = machine.run(
                ["wine", machine.own_python, "-m", "pytest", *options, folder], seconds=min(LONGEST, seconds)
            )
            (machine.folder / f"{folder.replace('/', '.')}.txt").write_text(said + complained, encoding="utf-8")
            lines = said.splitlines() or ["nothing was said"]
            expect(re.search(r"\d passed", lines[-1]) and not re.search(r"\d (failed|error)", lines[-1]), lines[-1])
            seen.append(lines[-1])


def _environment(machine: Machine) -> dict[str, str]:
    return {"DISPLAY": machine.display, "PATH": machine.variables()["PATH"]}


def xdotool(machine: Machine, *words: str) -> str:
    """What xdotool says of the machine's screen."""
    done = subprocess.run(["xdotool", *words], env=_environment(machine), capture_output=True, text=True, timeout=60)
    return done.stdout


def _opened(machine: Machine, *words: str, others: int = 0) -> subprocess.Popen[bytes]:
    """The program, once its window is on the screen beside so many other ones."""
    process = machine.start(["wine", PYTHON, "main.py", *words])
    if not wait_for(lambda: len(xdotool(machine, *SHOWN).split()) > others or process.poll() is not None, 90):
        machine.end(process)
        raise Failed("no window came")
    expect(process.poll() is None, "it ended before its window came")
    return process


def _closed(machine: Machine, process: subprocess.Popen[bytes]) -> str:
    """Closes the window as its frame does; Failed where a process is left or something was complained."""
    began = monotonic()
    subprocess.run(["wmctrl", "-c", "Layerwise"], env=_environment(machine))
    try:
        _, complained = process.communicate(timeout=40)
    except subprocess.TimeoutExpired:
        machine.end(process)
        raise Failed("asked to close, it was still there after 40 s") from None
    took = monotonic() - began
    left = not wait_for(lambda: not machine.pythons(), 10)
    if left:
        machine.end(process)
    expect(not left, "a process is left")
    expect(process.returncode == 0, f"ended with {process.returncode}")
    expect(b"Traceback" not in complained, complained[-300:])
    return f"gone after {took:.1f} s"
