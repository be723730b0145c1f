"""A program that came whole, as a bundle or a wheel, installs nothing and is called by what is typed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from engine.contract.language import LANGUAGES
from engine.sandbox import executor
from engine.system import python_call
from start import command_line, installation, package_manager, system_libraries
from start.ensure import ensure
from start.package_manager import PackageManager
from start.program import begin_frozen, called, is_installed
from start.system_libraries import QtLibraries, check_window
from start.terminal import StartError
from tests.start.test_system_libraries import elf, unopenable


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a bundle, run by root on a Debian: the worst place to begin to install something."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(package_manager, "is_root", lambda: True)
    monkeypatch.setattr(package_manager, "detect", lambda: PackageManager("apt", "apt install"))

    def never(*_: object) -> None:
        raise AssertionError("something is being installed")

    monkeypatch.setattr(package_manager, "install", never)
    monkeypatch.setattr(installation, "install_or_exit", never)


def test_a_checkout_is_called_by_its_file_and_a_wheel_has_all_but_that(tmp_path: Path) -> None:
    assert not is_installed() and called() == python_call("main.py")
    assert is_installed(str(tmp_path))
    (tmp_path / "main.py").touch()
    assert not is_installed(str(tmp_path))


@pytest.mark.usefixtures("frozen")
def test_a_bundle_makes_no_environment_and_leaves_its_arguments_alone(tmp_path: Path) -> None:
    arguments = ["render", "--index-url", "https://example.org"]
    assert ensure("main.py", "requirements.txt", arguments, str(tmp_path)) == arguments
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("frozen")
def test_as_root_a_bundle_names_what_is_missing_and_installs_nothing(tmp_path: Path) -> None:
    inside = tmp_path / "PySide6"
    plugins = inside / "Qt" / "plugins" / "platforms"
    plugins.mkdir(parents=True)
    (plugins / "libqxcb.so").write_bytes(elf("libxcb-cursor.so.0", "libGL.so.1"))
    (tmp_path / "libxcb-cursor.so.0").write_bytes(elf("libc.so.6"))  # carried, beside PySide6
    assert not package_manager.may_install(package_manager.detect())
    with pytest.raises(StartError) as caught:
        QtLibraries(inside, unopenable("libGL.so.1", "libxcb-cursor.so.0")).check("xcb")
    said = caught.value.text.render("en")
    assert "libGL.so.1" in said and "apt install libgl1" in said and "cursor" not in said


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "command", [[], ["list"], ["render"], ["check"], ["page"], ["answers"], ["lesson"], ["self-check"]]
)
def test_the_help_of_a_bundle_says_what_is_typed(
    command: list[str], language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main([*command, "--help", "--language", language]) == 0
    said = capsys.readouterr().out
    assert said.startswith(" ".join(["layerwise", *command]) + " ")
    assert "main.py" not in said and "{program}" not in said


@pytest.mark.usefixtures("frozen")
def test_without_a_display_the_error_names_the_command_of_a_bundle(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="'layerwise render' works without one"):
        check_window({}, QtLibraries(tmp_path))


def test_programs_that_are_started_from_a_bundle_find_their_own_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/layerwise/_internal")
    begin_frozen([])
    assert "LD_LIBRARY_PATH" not in os.environ
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/layerwise/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/usr/local/lib")
    begin_frozen([])
    assert os.environ["LD_LIBRARY_PATH"] == "/usr/local/lib"


def test_the_process_that_checks_code_is_the_same_program(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[list[str]] = []
    monkeypatch.setattr(executor, "main", begun.append)
    for arguments in ([], ["list"], ["list", "executor"]):
        begin_frozen(arguments)
    assert not begun
    begin_frozen(["executor"])
    begin_frozen(["executor", executor.TRAINS])
    assert begun == [[], [executor.TRAINS]]


# A session by itself, as a double click gives it


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What the window is opened with."""
    from gui.app import application

    found: list[dict[str, object]] = []
    monkeypatch.setattr(system_libraries, "require_window", lambda: None)
    monkeypatch.setattr(application, "run_window", lambda **given: found.append(given) or 0)
    return found


@pytest.mark.parametrize("name", ["我的 gates.layerwise.json", "old.json"])
def test_a_session_that_stands_alone_is_opened(tmp_path: Path, opened: list[dict[str, object]], name: str) -> None:
    path = tmp_path / name
    assert command_line.main(["render", "gates", "-o", str(path)]) == 0
    assert command_line.main([str(path)]) == 0
    assert command_line.main(["--open", str(path)]) == 0
    assert [one["session"] for one in opened] == [path, path]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rendr"], "there is no command “rendr”"),
        (["nothing.layerwise.json"], "cannot be opened: there is no such file"),
        (["a.json", "b.json"], "“b.json” is one argument too many"),
        (["a.json", "--open", "b.json"], "“a.json” is one argument too many"),
        (["self-check", "--seconds", "soon"], "“soon” is not a number from 0 to 60"),
        (["self-check", "--experiment", "gate"], "there is no experiment “gate”"),
    ],
)
def test_what_cannot_be_opened_is_said(
    arguments: list[str], said: str, opened: list[dict[str, object]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(arguments) == 2
    assert said in capsys.readouterr().err and not opened
