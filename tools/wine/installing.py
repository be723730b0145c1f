"""The rows of the installer: installed, started, opened by an address, replaced and taken away."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path, PureWindowsPath
from time import sleep

from engine.version import VERSION
from tools.bundle.check.report import Report, expect
from tools.bundle.folder import size_of
from tools.bundle.installer import build_installer
from tools.wine.machine import INDEX, PYTHON, Machine, wait_for
from tools.wine.rows import SHOWN, xdotool

ROOT_KEY = r"HKCU\Software"
CLASSES = rf"{ROOT_KEY}\Classes"
APP_KEY = rf"{ROOT_KEY}\Microsoft\Windows\CurrentVersion\Uninstall\Layerwise"
PLACE = PureWindowsPath(r"C:\我的 程序\Layerwise")
OTHER_PLACE = PureWindowsPath(r"C:\别的 地方")
KEYS = (rf"{CLASSES}\layerwise", rf"{CLASSES}\Layerwise.Session", rf"{CLASSES}\.json", APP_KEY)
_OLDER = "0.17.0"
_NOT_DONE = 2
_XOR = "异或门"
_PROCESSOR = "amd64"  # Wine has nothing for 32 bits unless a second architecture is set up


class Installing:
    """The program of one machine, and what Windows was told of it."""

    def __init__(self, machine: Machine, folder: Path) -> None:
        self.machine = machine
        self.setup = self._in_drive(build_installer(folder, machine.drive, processor=_PROCESSOR))
        self.older = self._in_drive(build_installer(self._older(folder), machine.drive, _OLDER, _PROCESSOR))
        home = machine.drive / "users" / machine.user
        self.settings = home / "AppData" / "Local" / "layerwise"
        self.menu = home / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Layerwise.lnk"

    def _in_drive(self, path: Path) -> str:
        return f"C:\\{path.name}"

    def _older(self, folder: Path) -> Path:
        """A program of which no file but the first is in the newer one."""
        older = self.machine.folder / "older"
        shutil.rmtree(older, ignore_errors=True)
        (older / "_internal").mkdir(parents=True)
        shutil.copyfile(folder / "layerwise.exe", older / "layerwise.exe")
        (older / "_internal" / "旧.txt").write_text("old")
        return older

    def at(self, place: PureWindowsPath) -> Path:
        """The same folder, as Linux names it."""
        return self.machine.drive.joinpath(*place.parts[1:])

    def install(self, setup: str, place: PureWindowsPath | None = None, expected: int = 0) -> None:
        """Installs silently, and without a folder where the program is already or usually goes."""
        # NSIS wants its folder without quotes, which Wine would put around a word with a space.
        self.machine.run(["wine", setup, "/S", *(f"/D={place}".split(" ") if place else [])], expected)

    def uninstall(self, place: PureWindowsPath, expected: int | None = 0) -> None:
        """Takes the program away silently; ``_?=`` has the uninstaller wait for itself, and then it stays behind."""
        self.machine.run(["wine", str(place / "uninstall.exe"), "/S", *f"_?={place}".split(" ")], expected)

    def value(self, key: str, name: str | None = None) -> str:
        """A value of the registry, the key's own where no name is given; '' where there is none."""
        said, _ = self.machine.run(["wine", "reg", "query", key, *(["/v", name] if name else ["/ve"])])
        rows = [line.split("    ", 3) for line in said.splitlines() if line.startswith("    ")]
        return rows[0][-1].strip() if rows and len(rows[0]) == 4 else ""

    def is_key(self, key: str) -> bool:
        """Whether the registry has it."""
        process = self.machine.start(["wine", "reg", "query", key])
        process.communicate(timeout=120)
        return process.returncode == 0


def try_installer(report: Report, machine: Machine) -> None:
    """All rows, with what PyInstaller builds there."""
    if shutil.which("makensis") is None:
        report.add("the installer", "skipped", "`apt install nsis`")
        return
    folder = machine.folder / "built"
    with report.trying("PyInstaller builds the folder") as seen:
        words = ["wine", PYTHON, "-m", "tools.bundle", "--only", "folder"]
        machine.run(["env", f"PIP_INDEX_URL={INDEX}", *words], 0)
        shutil.rmtree(folder, ignore_errors=True)
        (machine.checkout / "dist" / "layerwise").rename(folder)
        seen.append(f"{size_of(folder) / 1e6:.0f} MB")
    if not folder.exists():
        return
    try_installed(report, machine, folder)


def try_installed(report: Report, machine: Machine, folder: Path) -> None:
    """The rows of an installer of that folder."""
    with report.trying("the installer is built") as seen:
        one = Installing(machine, folder)
        size = (machine.drive / PureWindowsPath(one.setup).name).stat().st_size
        seen.append(f"{size / 1e6:.1f} MB")
    if report.rows[-1].outcome != "ok":
        return
    with report.trying("an older version is installed into a folder with Chinese and a space"):
        one.install(one.older, PLACE)
        expect((one.at(PLACE) / "_internal" / "旧.txt").exists(), "its files are not there")
        expect(one.value(APP_KEY, "DisplayVersion") == _OLDER, "its version is not told")
        (one.at(PLACE) / "我的.txt").write_text("mine")
    with report.trying("the newer one replaces it where it is") as seen:
        one.install(one.setup)
        expect(not (one.at(PLACE) / "_internal" / "旧.txt").exists(), "what is no longer of it is still there")
        expect(not list(one.at(PLACE).glob("*.old")), "the older one was left aside")
        expect(one.value(APP_KEY, "DisplayVersion") == VERSION, "its version is not told")
        seen.append(f"{int(one.value(APP_KEY, 'EstimatedSize'), 16) / 1000:.0f} MB told in Apps")
    with report.trying("Windows is told of the scheme, the session and the menu") as seen:
        _expect_told(one, PLACE)
        seen.append(one.value(rf"{CLASSES}\layerwise\shell\open\command"))
    _try_program(report, machine)
    with report.trying("while it runs, nothing is replaced or taken away"):
        process = machine.start(["wine", str(PLACE / "layerwise.exe"), "self-check", "--seconds", "60"])
        expect(wait_for(lambda: process.poll() is not None or _runs(machine), 60), "it does not run")
        sleep(2)
        # Here an older one is put aside before it is seen that the other cannot be, and has to come back.
        shutil.copytree(machine.folder / "older", one.at(OTHER_PLACE))
        subprocess.run(["chown", "-R", machine.user, one.at(OTHER_PLACE)], check=True)
        before = [_tree(one.at(place)) for place in (PLACE, OTHER_PLACE)]
        one.install(one.setup, expected=_NOT_DONE)
        one.install(one.setup, OTHER_PLACE, expected=_NOT_DONE)
        one.uninstall(PLACE, expected=_NOT_DONE)
        expect([_tree(one.at(place)) for place in (PLACE, OTHER_PLACE)] == before, "something was changed")
        machine.end(process)
        shutil.rmtree(one.at(OTHER_PLACE))
    with report.trying("into another folder: the one before goes, and what is the learner's stays"):
        one.install(one.setup, OTHER_PLACE)
        expect([path.name for path in one.at(PLACE).iterdir()] == ["我的.txt"], "not that alone is left")
        _expect_told(one, OTHER_PLACE)
    with report.trying("a folder of another program is refused"):
        (one.at(PLACE) / "_internal").mkdir()
        (one.at(PLACE) / "_internal" / "other.txt").touch()
        one.install(one.setup, PLACE, expected=_NOT_DONE)
        expect((one.at(PLACE) / "_internal" / "other.txt").exists(), "something of it is gone")
        expect((one.at(OTHER_PLACE) / "layerwise.exe").exists(), "what was installed is gone")
    with report.trying("taken away silently: folder, keys and menu are gone, settings are there"):
        one.settings.mkdir(parents=True, exist_ok=True)
        kept = sorted(path.name for path in one.settings.iterdir())
        machine.run(["wine", str(OTHER_PLACE / "uninstall.exe"), "/S"], 0)
        expect(wait_for(lambda: not one.at(OTHER_PLACE).exists(), 60), "the folder is still there")
        left = [key for key in KEYS if one.is_key(key)]
        expect(not left, f"{left} are left")
        expect(not one.menu.exists(), "the entry in the menu is left")
        expect(kept == sorted(path.name for path in one.settings.iterdir()), "the settings are gone")
        expect((one.at(PLACE) / "我的.txt").exists(), "a file of the learner is gone")
    shutil.rmtree(one.at(PLACE), ignore_errors=True)
    _try_everybodys(report, one)


def _expect_told(one: Installing, place: PureWindowsPath) -> None:
    command = f'"{place / "layerwise.exe"}" "%1"'
    expect(one.value(rf"{CLASSES}\layerwise") == "URL:Layerwise", "the scheme is not told")
    for key in ("layerwise", "Layerwise.Session"):
        said = one.value(rf"{CLASSES}\{key}\shell\open\command")
        expect(said == command, f"{key} opens {said}")
    expect(one.value(APP_KEY, "InstallLocation") == str(place), "the folder is not told")
    expect(one.menu.exists(), "no entry in the menu")


def _try_program(report: Report, machine: Machine) -> None:
    program = str(PLACE / "layerwise.exe")
    with report.trying("list") as seen:
        said, _ = machine.run(["wine", program, "list"], 0)
        expect("gates" in said, said[-300:])
        seen.append(f"{len(said.splitlines())} lines")
    with report.trying("self-check of three experiments") as seen:
        three = [word for one in ("gates", "xor", "softmax") for word in ("--experiment", one)]
        said, _ = machine.run(["wine", program, "self-check", *three], 0)
        seen.append(said.splitlines()[-1])
    with report.trying("render gates -o 图 x.png") as seen:
        (machine.drive / "图 x.png").unlink(missing_ok=True)  # of an earlier time
        machine.run(["wine", program, "render", "gates", "-o", r"C:\图 x.png"], 0)
        seen.append(f"{(machine.drive / '图 x.png').stat().st_size} bytes")


def _try_everybodys(report: Report, one: Installing) -> None:
    """Wine's HKEY_CLASSES_ROOT knows of no user's own classes, as Windows' does: an address opens from everybody's."""
    machine = one.machine
    with report.trying("installed for all users, the address layerwise:xor opens it"):
        machine.run(["wine", one.setup, "/S", "/ALLUSERS"], 0)
        starting = machine.start(["wine", "start", "layerwise:xor"])
        try:
            named = (*SHOWN, "getwindowname", "%@")
            expect(wait_for(lambda: _XOR in xdotool(machine, *named), 90), f"no window {_XOR} came")
        finally:
            machine.end(starting)
    with report.trying("taken away from all users"):
        machine.run(["wine", r"C:\Program Files\Layerwise\uninstall.exe", "/S"], 0)
        expect(wait_for(lambda: not (machine.drive / "Program Files" / "Layerwise").exists(), 60), "it is still there")
        left = [key.replace("HKCU", "HKLM") for key in KEYS[:2] if one.is_key(key.replace("HKCU", "HKLM"))]
        expect(not left, f"{left} are left")


def _runs(machine: Machine) -> bool:
    return bool(machine.programs("layerwise.exe"))


def _tree(folder: Path) -> list[tuple[str, int]]:
    return sorted((str(path.relative_to(folder)), path.stat().st_size) for path in folder.rglob("*"))
