"""A Windows in a folder: Wine's drive with a Python, a Chinese locale, and a copy of the program."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from tools.bundle.check.report import Failed
from tools.wine.setting_up import ROOT, NotPossible, set_up

LANGUAGE = "zh_CN.UTF-8"  # Wine makes code page 936 of it
PYTHON = r"C:\Python311\python.exe"
INDEX = "file:///C:/simple/"
LONGEST = 900.0
_NOT_COPIED = (".git", ".venv", "build", "dist", "__pycache__", ".*_cache", ".hypothesis", ".ci", "*.layerwise.json")


@dataclass(frozen=True)
class Machine:
    """What is started in it belongs to ``user``; for root that is another one, without a network but loopback."""

    folder: Path
    user: str
    display: str = ""

    @property
    def drive(self) -> Path:
        """Drive C."""
        return self.folder / "wine" / "drive_c"

    @property
    def checkout(self) -> Path:
        """The copy of the program, in a folder with Chinese characters and a space."""
        return self.drive / "学习 神经网络" / "layerwise"

    @property
    def own_python(self) -> Path:
        """The Python of the program's own environment."""
        return self.checkout / ".venv" / "Scripts" / "python.exe"

    def make(self) -> None:
        """Sets up what is missing, and copies the program as it is now."""
        self.folder.mkdir(parents=True, exist_ok=True)
        locale = self.folder / "locale" / LANGUAGE
        if not locale.exists():
            locale.parent.mkdir()
            if subprocess.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", locale]).returncode:
                raise NotPossible(f"localedef could not make {LANGUAGE}.")
        if not (self.drive / "windows" / "system32").exists():
            self._hand_over()
            self.run(["wineboot", "--init"])
            self.run(["wineserver", "--wait"])
        set_up(self.drive, self.folder / "downloads")
        kept = self.drive / "kept environment"
        if (self.checkout / ".venv").exists():
            (self.checkout / ".venv").rename(kept)
        shutil.rmtree(self.checkout, ignore_errors=True)
        shutil.copytree(ROOT, self.checkout, ignore=shutil.ignore_patterns(*_NOT_COPIED))
        if kept.exists():
            kept.rename(self.checkout / ".venv")
        self._hand_over()

    def variables(self) -> dict[str, str]:
        """The environment of what is started; ours has no part in it."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": pwd.getpwnam(self.user).pw_dir,
            "USER": self.user,
            "LANG": LANGUAGE,
            "LC_ALL": LANGUAGE,
            "LOCPATH": str(self.folder / "locale"),
            "WINEPREFIX": str(self.folder / "wine"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "winemenubuilder.exe,mscoree,mshtml=",  # asks for nothing to be downloaded
            **({"DISPLAY": self.display} if self.display else {}),
        }

    def start(self, words: Sequence[str | Path]) -> subprocess.Popen[bytes]:
        """Starts a command in the program's folder; it begins a group of processes of its own."""
        around: list[str] = []
        if os.geteuid() == 0:
            # Loopback is wanted: Qt and a window that closes use it.
            around = ["unshare", "--net", "sh", "-c", 'ip link set lo up; exec "$@"', "sh", "runuser", "-u", self.user]
            around.append("--")
        return subprocess.Popen(
            [*around, *words],
            env=self.variables(),
            cwd=self.checkout if self.checkout.exists() else self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def run(
        self, words: Sequence[str | Path], expected: int | None = None, seconds: float = LONGEST
    ) -> tuple[str, str]:
        """Runs a command and returns what it wrote, read as Windows' Chinese console does; Failed by another code."""
        process = self.start(words)
        try:
            said, complained = (read(text) for text in process.communicate(timeout=seconds))
        except subprocess.TimeoutExpired:
            self.end(process)
            raise Failed(f"not at its end after {seconds:.0f} s") from None
        if expected is not None and process.returncode != expected:
            raise Failed(f"ended with {process.returncode}; {complained[-600:] or said[-600:]}")
        return said, complained

    def program(self, *arguments: object, expected: int = 0) -> tuple[str, str]:
        """Runs the program as a learner starts it: by Windows' Python, which hands over to .venv."""
        words = ["wine", PYTHON, "main.py", *map(str, arguments)]
        return self.run(words, expected)

    def pythons(self) -> list[int]:
        """The Windows Pythons that run here."""
        return self.programs("python")

    def programs(self, name: str) -> list[int]:
        """The Windows programs that run here and whose file is called so."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                with contextlib.suppress(OSError):
                    if entry.owner() != self.user:
                        continue
                    if name.encode() in (entry / "cmdline").read_bytes().split(b"\0")[0].rpartition(b"\\")[2]:
                        found.append(int(entry.name))
        return found

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """Ends a process, and all Pythons and programs built of them that are left."""
        for number in [*self.pythons(), *self.programs("layerwise")]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=10)

    def _hand_over(self) -> None:
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", f"{self.user}:", self.folder], check=True)


def read(text: bytes) -> str:
    """What a Windows program wrote into a pipe, in its own code page."""
    return text.decode("gbk", "replace").replace("\r\n", "\n")


def wait_for(holds: Callable[[], object], seconds: float) -> bool:
    """Waits until ``holds()``; whether it did in so many seconds."""
    end = monotonic() + seconds
    while not holds():
        if monotonic() > end:
            return False
        sleep(0.05)
    return True


@contextlib.contextmanager
def screen() -> Iterator[str]:
    """A screen with a window manager, by Xvfb and openbox."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-noreset", "-ac"]
    server = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as number:
        display = f":{number.readline().strip()}"
    shown = {**os.environ, "DISPLAY": display}
    manager = subprocess.Popen(["openbox"], env=shown, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield display
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()
