"""Making the environment: an interruption or a failure at any moment does no harm."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from start import environment, installation, package_manager
from start.commands import Outcome
from start.lock import FolderLock
from start.terminal import StartError


class FakeCommands:
    """Stands for venv and pip: does to the folder what they do, and can be cut off or fail at its n-th command."""

    def __init__(self, root: Path, interrupt_at: int = 0, fail_at: int = 0, last_lines: str = "") -> None:
        self.commands: list[list[str]] = []
        self._folder = root / environment.FOLDER
        self._root = root
        self._interrupt_at = interrupt_at
        self._fail_at = fail_at
        self._last_lines = last_lines

    def __call__(self, command, variables=None, kept_open=()):
        self.commands.append(list(command))
        self.variables = variables
        if command[-1] != "--version":
            assert not environment.is_ready(str(self._root), "requirements.txt"), "ready while it is being changed"
        words = command[command.index("-m") + 1 :] if "-m" in command else []
        if words[:1] == ["venv"]:
            self._make_environment()
        elif words[:2] == ["pip", "download"]:
            file = Path(words[words.index("--dest") + 1]) / f"{words[-1].translate(str.maketrans('<>=,', '____'))}.whl"
            file.write_bytes(b"half" if len(self.commands) == self._interrupt_at else b"whole")
        if len(self.commands) == self._interrupt_at:
            raise KeyboardInterrupt
        return Outcome(1, self._last_lines) if len(self.commands) == self._fail_at else Outcome(0)

    def pip(self, action: str) -> list[list[str]]:
        return [command for command in self.commands if ["pip", action] == command[4:6]]

    def _make_environment(self) -> None:
        python = Path(environment.python_path(str(self._root)))
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()
        version = environment.sys.version.split()[0]
        (self._folder / "pyvenv.cfg").write_text(f"home = {self._root}\nversion = {version}\n", "utf-8")


def install(root: Path, commands: FakeCommands, requirements: str = "requirements.txt", index_url: str = "") -> None:
    installation.install(str(root), requirements, index_url, commands)


def is_ready(root: Path, requirements: str = "requirements.txt") -> bool:
    return environment.is_ready(str(root), requirements)


def test_a_fresh_machine_gets_an_environment_and_says_what_and_how_much(root, capsys):
    commands = FakeCommands(root)
    install(root, commands)
    assert is_ready(root)
    assert [len(commands.pip("download")), len(commands.pip("install"))] == [2, 1]
    said = capsys.readouterr().err
    assert "alpha, Beta_pack" in said and "MB to download" in said and "2/2 Beta_pack" in said


def test_nothing_is_done_twice(root):
    install(root, FakeCommands(root))
    again = FakeCommands(root)
    install(root, again)
    assert again.commands == []


def test_what_serves_the_tests_serves_the_application_too(root):
    install(root, FakeCommands(root), "requirements-dev.txt")
    assert is_ready(root, "requirements-dev.txt") and is_ready(root)


def test_the_tests_add_to_the_environment_of_the_application(root):
    install(root, FakeCommands(root))
    commands = FakeCommands(root)
    install(root, commands, "requirements-dev.txt")
    assert is_ready(root) and is_ready(root, "requirements-dev.txt")
    assert not any("venv" in command for command in commands.commands) and commands.pip("download") == []


@pytest.mark.parametrize("moment", range(1, 6))
def test_an_interruption_at_any_moment_leaves_nothing_ready_and_the_next_start_goes_on(root, moment):
    first = FakeCommands(root, interrupt_at=moment)
    with pytest.raises(KeyboardInterrupt):
        install(root, first)
    assert not is_ready(root)
    second = FakeCommands(root)
    install(root, second)
    assert is_ready(root)
    cut_off = int(first.commands[-1] in first.pip("download"))
    complete = len(first.pip("download")) - cut_off
    assert len(second.pip("download")) == 2 - complete, "a complete download is not fetched again"
    assert [path.name for path in (root / ".venv").glob("layerwise-*")] == ["layerwise-ready-requirements.txt"]


def test_a_file_that_was_cut_off_is_never_installed(root):
    with pytest.raises(KeyboardInterrupt):
        install(root, FakeCommands(root, interrupt_at=2))
    second = FakeCommands(root, interrupt_at=4)
    with pytest.raises(KeyboardInterrupt):
        install(root, second)
    files = [Path(word) for word in second.pip("install")[0] if word.endswith(".whl")]
    assert len(files) == 2 and {file.read_bytes() for file in files} == {b"whole"}


@pytest.mark.parametrize("moment", range(1, 6))
def test_a_failure_at_any_moment_leaves_nothing_ready(root, moment):
    with pytest.raises(StartError):
        install(root, FakeCommands(root, fail_at=moment))
    assert not is_ready(root)
    install(root, FakeCommands(root))
    assert is_ready(root)


def test_a_failure_ends_with_one_sentence_and_code_1(root, capsys, monkeypatch):
    commands = FakeCommands(root, fail_at=2, last_lines="ERROR: [Errno 28] No space left on device\n")
    monkeypatch.setattr(installation.install, "__defaults__", ("", commands))
    with pytest.raises(SystemExit) as ended:
        installation.install_or_exit(str(root), "requirements.txt")
    assert ended.value.code == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("The disk is full: make room")


def test_ctrl_c_ends_with_code_130_and_a_promise(root, capsys, monkeypatch):
    monkeypatch.setattr(installation.install, "__defaults__", ("", FakeCommands(root, interrupt_at=2)))
    with pytest.raises(SystemExit) as ended:
        installation.install_or_exit(str(root), "requirements.txt")
    assert ended.value.code == 130
    assert capsys.readouterr().err.endswith("Interrupted. The next start goes on.\n")


def test_an_environment_of_another_python_is_made_anew_and_what_was_in_it_is_gone(root, capsys):
    install(root, FakeCommands(root))
    (root / ".venv" / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.99.1\n", "utf-8")
    os.remove(environment.stamp_path(str(root), "requirements.txt"))
    leftover = root / ".venv" / "lib" / "old"
    leftover.mkdir(parents=True)
    install(root, FakeCommands(root))
    assert is_ready(root) and not leftover.exists()
    assert ".venv is for Python 3.99.1, this is" in capsys.readouterr().err


def test_an_environment_whose_python_is_gone_is_made_anew(root, capsys):
    install(root, FakeCommands(root))
    os.remove(environment.python_path(str(root)))
    install(root, FakeCommands(root))
    assert is_ready(root)
    assert "The Python behind .venv is gone" in capsys.readouterr().err


def test_pip_gets_the_index_and_none_of_the_settings_that_lead_elsewhere(root, monkeypatch):
    for name in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_USER", "PIP_CONSTRAINT"):
        monkeypatch.setenv(name, "elsewhere")
    commands = FakeCommands(root)
    install(root, commands, index_url="https://a/simple")
    for command in [*commands.pip("download"), *commands.pip("install")]:
        assert command[command.index("--index-url") + 1] == "https://a/simple"
    kept = {name for name in commands.variables if commands.variables[name] == "elsewhere"}
    assert kept == {"PIP_CONSTRAINT"}, "the user's own configuration is honoured"


def test_packages_that_do_not_go_together_are_left_to_pip(root):
    commands = FakeCommands(root, fail_at=4, last_lines="ERROR: ResolutionImpossible: for help visit ...\n")
    install(root, commands)
    with_files, without = commands.pip("install")
    assert [sum(word.endswith(".whl") for word in command) for command in (with_files, without)] == [2, 0]
    assert is_ready(root)


def test_a_folder_that_cannot_be_written_is_named(root):
    (root / ".venv").write_text("a file in the way", "utf-8")
    with pytest.raises(StartError, match=r"\.venv cannot be written: "):
        install(root, FakeCommands(root))


@pytest.fixture
def without_ensurepip(monkeypatch):
    monkeypatch.setattr(installation, "_missing_modules", lambda: ["ensurepip"])
    monkeypatch.setattr(installation.sys, "base_prefix", "/usr")
    monkeypatch.setattr(package_manager, "is_root", lambda: False)


def test_a_missing_ensurepip_is_named_with_the_command_for_debian(root, without_ensurepip, monkeypatch):
    monkeypatch.setattr(package_manager, "detect", lambda: package_manager.PackageManager("apt", "apt install"))
    package = "python{}.{}-venv".format(*installation.sys.version_info[:2])
    with pytest.raises(StartError, match=f"has no module ensurepip.*: sudo apt install {package}$"):
        install(root, FakeCommands(root))


def test_a_missing_ensurepip_is_named_without_a_command_elsewhere(root, without_ensurepip, monkeypatch):
    monkeypatch.setattr(package_manager, "detect", lambda: None)
    with pytest.raises(StartError, match=r"has no module ensurepip.*python\.org"):
        install(root, FakeCommands(root))


@pytest.mark.skipif(os.name != "posix", reason="only Linux installs system packages")
def test_root_on_debian_installs_it_and_says_so(root, monkeypatch, capsys):
    missing = [["ensurepip"], []]
    monkeypatch.setattr(installation, "_missing_modules", lambda: missing.pop(0))
    monkeypatch.setattr(installation.sys, "base_prefix", "/usr")
    monkeypatch.setattr(package_manager, "is_root", lambda: True)
    monkeypatch.setattr(package_manager, "detect", lambda: package_manager.PackageManager("apt", "apt install"))
    commands = FakeCommands(root)
    install(root, commands)
    assert commands.commands[0][:2] == ["apt-get", "install"] and is_ready(root)
    assert "As root, Layerwise now installs system packages with apt-get: python3." in capsys.readouterr().err


def test_the_second_of_two_starts_waits_and_then_has_nothing_to_do(root, capsys):
    (root / ".venv").mkdir()
    waiting = threading.Event()
    second = FakeCommands(root)
    lock = FolderLock(str(root / ".venv" / installation.LOCK), lambda: None)
    original = installation._say_waiting

    def say_waiting() -> None:
        original()
        waiting.set()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(installation, "_say_waiting", say_waiting)
        with lock:
            thread = threading.Thread(target=install, args=(root, second))
            thread.start()
            assert waiting.wait(10)
            installation._Work(str(root), "requirements.txt", "", FakeCommands(root), lock.descriptor).do()
        thread.join(10)
    assert not thread.is_alive() and second.commands == [] and is_ready(root)
    assert "Another start is installing into .venv; waiting for it." in capsys.readouterr().err
