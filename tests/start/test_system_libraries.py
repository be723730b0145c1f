"""All the system libraries that Qt lacks are named, with the command that installs them."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from start import displays, package_manager, system_libraries
from start.library_packages import PACKAGES, packages_for
from start.system_libraries import QtLibraries, check_window, loading_error, missing_libraries, needed_libraries
from start.terminal import StartError

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux needs system libraries")


def elf(*needed: str) -> bytes:
    """The smallest 64-bit ELF file that needs these libraries: a header, two segments, a dynamic section, names."""
    strings = b"\0" + b"".join(name.encode() + b"\0" for name in needed)
    starts = [strings.index(name.encode() + b"\0") for name in needed]
    headers, base = 64 + 2 * 56, 0x1000
    entries = [(1, start) for start in starts] + [(5, base + headers + 16 * (len(needed) + 2)), (0, 0)]
    dynamic = b"".join(struct.pack("<qQ", *entry) for entry in entries)
    size = headers + len(dynamic) + len(strings)
    header = struct.pack("<4sBBBB8xHHIQQQIHHHHHH", b"\x7fELF", 2, 1, 1, 0, 3, 62, 1, 0, 64, 0, 0, 64, 56, 2, 0, 0, 0)
    load = struct.pack("<IIQQQQQQ", 1, 4, 0, base, base, size, size, 4096)
    segment = struct.pack("<IIQQQQQQ", 2, 4, headers, base + headers, 0, len(dynamic), len(dynamic), 8)
    return header + load + segment + dynamic + strings


def unopenable(*names: str):
    """A loader that cannot open these names, nor any path: what it says is what glibc says."""

    def error_of(name: str) -> str:
        broken = name in names or "/" in name or "\\" in name
        return f"{name}: cannot open shared object file: No such file or directory" if broken else ""

    return error_of


@pytest.fixture
def qt(tmp_path: Path) -> Path:
    """A PySide6 folder whose xcb plugin needs a bundled library, which itself needs one of the system's."""
    plugins = tmp_path / "Qt" / "plugins" / "platforms"
    plugins.mkdir(parents=True)
    (tmp_path / "Qt" / "lib").mkdir()
    (tmp_path / "Qt" / "lib" / "libQt6Gui.so.6").write_bytes(elf("libEGL.so.1", "libc.so.6"))
    (plugins / "libqxcb.so").write_bytes(elf("libQt6Gui.so.6", "libxcb-cursor.so.0", "libxcb.so.1"))
    (plugins / "libqwayland.so").write_bytes(elf("libQt6Gui.so.6", "libwayland-client.so.0"))
    (plugins / "libqoffscreen.so").write_bytes(elf("libQt6Gui.so.6"))
    return tmp_path


@pytest.fixture(autouse=True)
def ordinary_user_of_debian(monkeypatch):
    monkeypatch.setattr(package_manager, "detect", lambda: package_manager.PackageManager("apt", "apt install"))
    monkeypatch.setattr(package_manager, "is_root", lambda: False)


def test_the_needed_libraries_are_read_from_the_file():
    assert needed_libraries(elf("liba.so.1", "libb.so.2")) == ["liba.so.1", "libb.so.2"]
    assert needed_libraries(elf()) == []


@linux
def test_the_needed_libraries_of_a_real_file_are_read():
    folder = system_libraries.qt_folder() / "Qt"
    assert "libQt6Gui.so.6" in needed_libraries((folder / "plugins/platforms/libqxcb.so").read_bytes())
    assert "libEGL.so.1" in needed_libraries((folder / "lib/libQt6Gui.so.6").read_bytes())


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", b"\x7fELF\x01\x01"])
def test_another_kind_of_file_is_refused(content):
    with pytest.raises(ValueError, match="not a 64-bit little-endian ELF file"):
        needed_libraries(content)


def test_all_missing_libraries_are_found_also_those_behind_bundled_ones(qt):
    plugin = qt / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    missing = missing_libraries(plugin, [qt / "Qt" / "lib"], unopenable("libEGL.so.1", "libxcb-cursor.so.0"))
    assert missing == {"libEGL.so.1", "libxcb-cursor.so.0"}


def test_a_library_behind_one_that_is_there_is_the_one_that_is_named(qt):
    def error_of(name: str) -> str:
        gone = "libxcb-render.so.0: cannot open shared object file: No such file or directory"
        return gone if name == "libxcb-cursor.so.0" else ""

    plugin = qt / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    assert missing_libraries(plugin, [qt / "Qt" / "lib"], error_of) == {"libxcb-render.so.0"}


@linux
def test_the_systems_own_loader_decides():
    assert loading_error("libc.so.6") == ""
    assert loading_error("libnothing-of-the-kind.so.9").startswith("libnothing-of-the-kind.so.9: cannot open shared")


def test_what_is_missing_is_said_with_the_exact_command(qt):
    libraries = QtLibraries(qt, unopenable("libEGL.so.1", "libxcb-cursor.so.0"))
    with pytest.raises(StartError) as error:
        libraries.check("xcb")
    assert str(error.value) == (
        "Qt needs system libraries that are missing here: libEGL.so.1, libxcb-cursor.so.0; "
        "install them with: sudo apt install libegl1 libxcb-cursor0"
    )


@pytest.mark.parametrize("chosen", ["nonsense", "nonsense;more", "XCB", "nonsense:size=3", "../x"])
def test_a_platform_that_qt_does_not_have_is_named_with_those_it_has(qt, chosen):
    with pytest.raises(StartError, match=r"QT_QPA_PLATFORM: .* is not one of offscreen, wayland, xcb\."):
        check_window({"QT_QPA_PLATFORM": chosen}, QtLibraries(qt, unopenable()), lambda _: True)


@pytest.mark.parametrize("chosen", ["xcb", "nonsense;xcb", "wayland-egl", "xcb:more"])
def test_a_platform_that_qt_has_is_taken(qt, chosen):
    check_window({"QT_QPA_PLATFORM": chosen}, QtLibraries(qt, lambda _: ""), lambda _: True)


def test_a_place_with_further_platforms_is_trusted(qt):
    check_window({"QT_QPA_PLATFORM": "vnc", "QT_PLUGIN_PATH": "/opt"}, QtLibraries(qt, lambda _: ""), lambda _: True)


@linux
def test_root_on_debian_installs_them(qt, monkeypatch):
    monkeypatch.setattr(package_manager, "is_root", lambda: True)
    gone = {"libEGL.so.1"}
    installed = []

    def error_of(name: str) -> str:
        return f"{next(iter(gone))}: cannot open shared object file" if gone and ("/" in name or name in gone) else ""

    def install(packages):
        installed.extend(packages)
        gone.clear()
        return True

    QtLibraries(qt, error_of, install).check("offscreen")
    assert installed == ["libegl1"]


def test_a_root_whose_apt_fails_gets_the_command(qt, monkeypatch):
    monkeypatch.setattr(package_manager, "is_root", lambda: True)
    with pytest.raises(StartError, match="install them with: apt install libegl1"):
        QtLibraries(qt, unopenable("libEGL.so.1"), lambda packages: False).check("offscreen")


def test_a_system_that_is_too_old_gets_the_loaders_own_words(qt):
    words = "/lib/libm.so.6: version `GLIBC_2.34' not found"
    with pytest.raises(StartError, match=r"Qt cannot be loaded: /lib/libm\.so\.6: version"):
        QtLibraries(qt, lambda name: words if "libq" in name else "").check("xcb")


@pytest.mark.parametrize("manager", ["apt", "dnf", "pacman", "zypper"])
def test_every_library_has_packages_everywhere(manager):
    assert len(packages_for(PACKAGES, manager)) >= 15


@linux
def test_every_library_that_qt_needs_here_is_in_the_table():
    folder = system_libraries.qt_folder() / "Qt"
    waiting = [folder / "plugins/platforms" / f"libq{name}.so" for name in ("xcb", "wayland", "offscreen")]
    seen = set()
    while waiting:
        for name in set(needed_libraries(waiting.pop().read_bytes())) - seen:
            seen.add(name)
            waiting += [folder / "lib" / name] if (folder / "lib" / name).exists() else []
    of_every_system = {"libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1"}
    system = {name for name in seen if not (folder / "lib" / name).exists() and not name.startswith("ld-")}
    assert system - of_every_system - set(PACKAGES) == set()


def test_libraries_outside_the_table_follow_the_rule_of_the_distribution():
    assert packages_for(["libSM.so.6", "libfoo2.so.1", "liba_b.so.3"], "apt") == ["liba-b3", "libfoo2-1", "libsm6"]
    assert packages_for(["libSM.so.6"], "dnf") == ["libSM.so.6()(64bit)"]


def test_a_command_can_be_pasted_into_a_shell():
    manager = package_manager.PackageManager("dnf", "dnf install")
    assert manager.command(["libSM.so.6()(64bit)", "glib2"]) == "sudo dnf install 'libSM.so.6()(64bit)' glib2"


def test_without_any_display_there_is_one_sentence(qt):
    with pytest.raises(StartError, match="no display for the window"):
        check_window({}, QtLibraries(qt, lambda name: ""))


def test_a_display_that_does_not_answer_is_named(qt):
    with pytest.raises(StartError, match=r"The display cannot be opened \(DISPLAY=:77\)"):
        check_window({"DISPLAY": ":77"}, QtLibraries(qt, lambda name: ""), lambda platform: False)


def test_one_of_two_displays_is_enough(qt):
    both = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}
    without_wayland = QtLibraries(qt, lambda name: "libwayland-client.so.0: gone" if "wayland" in name else "")
    check_window(both, without_wayland, lambda platform: platform == "xcb")


def test_a_platform_that_was_chosen_needs_no_display(qt):
    check_window({"QT_QPA_PLATFORM": "offscreen"}, QtLibraries(qt, lambda name: ""))


def test_the_platforms_are_those_that_qt_would_try():
    assert displays.platforms({"QT_QPA_PLATFORM": "wayland;xcb:size=1x1", "DISPLAY": ":0"}) == ["wayland", "xcb"]
    assert displays.platforms({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}) == ["wayland", "xcb"]
    assert displays.platforms({"DISPLAY": ""}) == []


@linux
def test_a_display_that_does_not_exist_does_not_answer(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":32123")
    assert not displays.answers("xcb")
    assert displays.answers("offscreen")


def test_a_refusal_ends_with_code_1_and_the_sentence(monkeypatch, capsys):
    monkeypatch.setattr(system_libraries.sys, "platform", "linux")
    monkeypatch.setattr(system_libraries, "qt_folder", lambda: Path("nowhere"))
    monkeypatch.setattr(system_libraries.os, "environ", {"LANG": "zh_CN.UTF-8"})
    with pytest.raises(SystemExit) as ended:
        system_libraries.require_window()
    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith("没有可以显示窗口的屏幕")


def test_other_systems_are_left_alone(monkeypatch):
    monkeypatch.setattr(system_libraries.sys, "platform", "darwin")
    monkeypatch.setattr(system_libraries.os, "environ", {})
    system_libraries.require_window()
    system_libraries.require_pictures()
