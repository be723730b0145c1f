"""What a bundle is made of: every module that is found by name, the libraries that are needed, the desktop's files."""

from __future__ import annotations

import configparser
import hashlib
import importlib.util
import os
import pkgutil
import re
import signal
import struct
import subprocess
import tomllib
from pathlib import Path
from time import monotonic
from xml.etree import ElementTree

import pytest

import engine
import gui
import gui.form.controls
import gui.views
import start
from engine import chapter_tests, derivations, exercises
from engine.contract import catalogue
from engine.contract.address import SCHEME
from engine.contract.params import fields_of
from engine.sandbox.learner_code import MODULES
from engine.version import VERSION
from start import environment
from start.packages import lines, name
from tests.start.test_system_libraries import elf
from tools import program_icon
from tools.bundle import contents, installer, libraries, release, wheel
from tools.bundle.check.place import await_output
from tools.bundle.desktop_files import COMPONENT, desktop_files, metainfo, releases
from tools.bundle.document_type import APP_ADDRESSES, APP_DOCUMENTS, MIME_TYPE

HIDDEN = set(contents.hidden_imports())


def _found_by_name() -> set[str]:
    """The names that the program's own searches come to."""
    ids = [entry.id for entry in catalogue.entries()]
    found = set(catalogue.module_names().values()) | {gui.views.load_view(one).__module__ for one in ids}
    found |= {type(exercise).__module__ for exercise in exercises.all_exercises()}
    found |= {name for one in (exercises, derivations) for name in one._names()}
    questions = {f"{chapter_tests.__name__}.questions.{one}" for one in ids}
    found |= {name for name in questions if importlib.util.find_spec(name) is not None}
    kinds = {field.kind for one in ids for field in fields_of(catalogue.load(one).params_type).values()}
    return found | {f"{gui.form.controls.__name__}.{kind}" for kind in kinds}


def test_every_module_that_is_found_by_name_is_in_the_list() -> None:
    found = _found_by_name() | MODULES
    assert len(found) > 100
    assert not found - HIDDEN


def test_every_module_of_the_program_is_in_the_list_and_can_be_found() -> None:
    walked = {
        one.name for room in (engine, gui, start) for one in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")
    }
    assert not walked - HIDDEN
    assert not [one for one in contents.program_modules() if importlib.util.find_spec(one) is None]


def test_a_module_that_is_written_tomorrow_is_in_the_list(tmp_path: Path) -> None:
    new = tmp_path / "engine" / "experiments" / "ch8_more" / "attention"
    new.mkdir(parents=True)
    (new / "__init__.py").touch()
    (new / "params.py").touch()
    wanted = ["engine.experiments.ch8_more.attention", "engine.experiments.ch8_more.attention.params"]
    assert contents.program_modules(tmp_path) == wanted


def test_what_is_named_beside_the_modules_is_there() -> None:
    assert all(Path(source).exists() for source, _ in contents.data_files())
    assert not [path for path in wheel.program_files() if path.name == "main.py" and path.parent == contents.ROOT]
    assert not HIDDEN & set(contents.NOT_WANTED)


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/plugins/platformthemes/libqxdgdesktopportal.so", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/plugins/imageformats/qpdf.dll", False),
        ("PySide6\\opengl32sw.dll", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/assistant_zh_CN.qm", False),
        ("resources/languages/eo/words.toml", True),
    ],
)
def test_plugins_that_bring_another_desktop_along_are_left_out(place: str, wanted: bool) -> None:
    assert contents.is_wanted(place) is wanted


def test_a_library_is_carried_where_something_that_is_loaded_needs_it() -> None:
    needs = {
        "numpy/core.cpython-311-x86_64-linux-gnu.so": ["libblas.so.3", "libc.so.6"],
        "PySide6/Qt/plugins/platforms/libqxcb.so": ["libQt6Gui.so.6", "libxcb-cursor.so.0"],
        "PySide6/Qt/lib/libQt6Gui.so.6": ["libGL.so.1", "libfontconfig.so.1"],
        "libblas.so.3": ["libgfortran.so.5"],
        "libgfortran.so.5": [],
        "libxcb-cursor.so.0": ["libxcb-render.so.0", "libxcb.so.1"],
        "libxcb-render.so.0": [],
        "libGL.so.1": [],
        "libfontconfig.so.1": ["libexpat.so.1"],
        "libexpat.so.1": [],
        "libgtk-3.so.0": ["libcairo.so.2"],
        "libcairo.so.2": [],
    }
    kept = libraries.carried(((place, place) for place in needs), needs.__getitem__)
    left_out = {"libGL.so.1", "libfontconfig.so.1", "libexpat.so.1", "libgtk-3.so.0", "libcairo.so.2"}
    assert set(needs) - kept == left_out


def test_a_library_that_is_neither_carried_nor_of_every_linux_is_named(tmp_path: Path) -> None:
    (tmp_path / "libA.so.1").write_bytes(elf("libB.so.1", "libc.so.6", "libGL.so.1", "libtiff.so.5"))
    (tmp_path / "libB.so.1").write_bytes(elf("libm.so.6") + b"GLIBC_2.9\0GLIBC_2.36\0GLIBC_2.4\0")
    assert libraries.missing_from(tmp_path) == {"libtiff.so.5": {"libA.so.1"}}
    assert libraries.newest_libc(tmp_path) == "2.36"
    assert {"libgl1", "libegl1", "libx11-6", "libfontconfig1", "libglib2.0-0"} <= set(libraries.debian_packages())


def test_what_builds_is_pinned_to_the_last_number() -> None:
    pinned = lines((contents.ROOT / "requirements-bundle.txt").read_text(encoding="utf-8"))
    assert all("==" in one for one in pinned)
    whole = lines(environment.requirement_text(str(contents.ROOT), "requirements-bundle.txt"))
    assert {"numpy", "PySide6-Essentials", "pyqtgraph", "pyinstaller"} <= {name(one) for one in whole}
    # Nobody who only starts or tests the program installs it.
    for other in ("requirements.txt", "requirements-dev.txt"):
        assert "pyinstaller" not in environment.requirement_text(str(contents.ROOT), other)


def test_the_wheel_asks_for_what_the_checkout_installs() -> None:
    project = tomllib.loads((contents.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    written = wheel._metadata(project)
    wanted = lines((contents.ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert [f"Requires-Dist: {one}" for one in wanted] == [
        line for line in written.splitlines() if line.startswith("Requires-Dist: ")
    ]
    assert f"Version: {VERSION}" in written.splitlines()


# What the desktop is told


def test_the_entry_of_the_menu_opens_a_session() -> None:
    entry = configparser.RawConfigParser(strict=True)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read_string(desktop_files()["applications/layerwise.desktop"].decode())
    values = entry["Desktop Entry"]
    assert values["Exec"] == "layerwise %u" and values["Icon"] == "layerwise" and values["Type"] == "Application"
    assert values["MimeType"] == f"{MIME_TYPE};x-scheme-handler/{SCHEME};"
    for key in ("Name", "GenericName", "Comment", "Keywords"):
        assert values[key] and values[f"{key}[zh_CN]"]
    # The window is known as this entry's, so that it has its icon.
    source = (contents.ROOT / "gui" / "app" / "application.py").read_text(encoding="utf-8")
    assert 'setDesktopFileName("layerwise")' in source and values["StartupWMClass"] == "layerwise"


@pytest.mark.parametrize("page", ["", "https://example.org/layerwise"])
def test_the_description_names_what_is_there(page: str) -> None:
    component = ElementTree.fromstring(metainfo(page))
    assert component.findtext("id") == COMPONENT
    assert f"applications/{component.findtext('launchable')}" in desktop_files()
    assert component.findtext("provides/mediatype") == MIME_TYPE
    assert component.findtext("url[@type='homepage']", "") == page
    versions = [release.get("version") for release in component.iterfind("releases/release")]
    assert VERSION in versions and versions == [version for version, _ in releases()]
    chinese = "{http://www.w3.org/XML/1998/namespace}lang"
    for path in ("name", "summary", "description/p"):
        languages = [one.get(chinese) for one in component.iterfind(path)]
        assert languages.count(None) == languages.count("zh_CN") > 0


def test_a_version_that_the_changelog_does_not_know_is_not_released(tmp_path: Path) -> None:
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("## [0.1.0] - 2020-01-01\n", encoding="utf-8")
    with pytest.raises(ValueError, match=VERSION):
        releases(changelog)


def test_all_systems_know_a_session_and_a_lesson_by_the_same_names() -> None:
    root = ElementTree.fromstring(desktop_files()["mime/packages/layerwise.xml"])
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    kind = root.find("m:mime-type", space)
    assert kind is not None and kind.get("type") == MIME_TYPE
    assert [glob.get("pattern") for glob in kind.iterfind("m:glob", space)] == ["*.layerwise.json", "*.lesson.json"]
    told = APP_DOCUMENTS["UTExportedTypeDeclarations"][0]["UTTypeTagSpecification"]
    assert told == {"public.filename-extension": ["layerwise.json", "lesson.json"], "public.mime-type": [MIME_TYPE]}
    assert APP_ADDRESSES["CFBundleURLTypes"][0]["CFBundleURLSchemes"] == [SCHEME]


# The icon


def test_the_icons_hold_every_size_as_a_picture() -> None:
    drawn = {16: b"\x89PNG sixteen", 256: b"\x89PNG large"}
    packed = program_icon.ico(drawn)
    assert struct.unpack_from("<3H", packed) == (0, 1, 2)
    for index, (side, png) in enumerate(drawn.items()):
        width, height, *_, length, place = struct.unpack_from("<4B2H2I", packed, 6 + 16 * index)
        assert (width, height) == (side % 256, side % 256) and packed[place : place + length] == png
    apple = program_icon.icns({b"ic07": b"\x89PNG"})
    assert apple == b"icns" + struct.pack(">I", 20) + b"ic07" + struct.pack(">I", 12) + b"\x89PNG"
    assert not program_icon.stale()


@pytest.mark.skipif(os.name == "nt", reason="a shell is needed")
def test_a_killed_program_is_not_waited_for_where_its_companion_lives_on() -> None:
    words = ["sh", "-c", "sleep 20 & echo $!; wait"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    companion = int(process.stdout.readline())
    process.kill()
    began = monotonic()
    await_output(process, 0.2)
    try:
        assert process.poll() is not None
        assert monotonic() - began < 10
    finally:
        os.kill(companion, signal.SIGKILL)
        process.communicate(timeout=10)


# Windows' installer


_MACROS = ("REGISTER", "UNREGISTER")


def test_what_windows_is_told_at_installing_is_taken_back_key_by_key() -> None:
    script = installer.SCRIPT.read_text(encoding="utf-8")
    told, taken_back = (script.partition(f"!macro {name}\n")[2].partition("!macroend")[0] for name in _MACROS)
    keys = set(re.findall(r'Write\w+ SHCTX "([^"]+)"', told))
    gone = re.findall(r'DeleteRegKey (?:/ifempty )?SHCTX "([^"]+)"', taken_back)
    assert {r"${CLASSES}\${SCHEME}", r"${CLASSES}\${SESSION}"} | {"${UNINSTALL_KEY}"} <= keys
    assert not [key for key in keys if not any(key == one or key.startswith(f"{one}\\") for one in gone)]
    # Of a key that is everybody's nothing but our value goes, and the key where it is empty then.
    assert not [line for line in taken_back.splitlines() if ".json" in line and "Key SHCTX" in line]
    assert 'DeleteRegValue SHCTX "${CLASSES}\\.json\\OpenWithProgids" "${SESSION}"' in taken_back
    assert f'!define SCHEME "{SCHEME}"' in script
    opens = re.findall(
        r'(\$\{\w+\})\\shell\\open\\command" "" \'"\$INSTDIR\\layerwise\.exe" "%1"\'$', told, re.MULTILINE
    )
    assert opens == ["${SESSION}", "${SCHEME}"]
    assert r'"${CLASSES}\${SCHEME}" "URL Protocol" ""' in told
    for place in re.findall(r'CreateShortcut "([^"]+)"', told):
        assert f'Delete "{place}"' in taken_back


def test_the_installer_says_everything_in_every_language_and_deletes_no_folder_of_others() -> None:
    script = installer.SCRIPT.read_text(encoding="utf-8")
    said = re.findall(r"^LangString (\w+) \$\{LANG_(\w+)\}", script, re.MULTILINE)
    names = {name for name, _ in said}
    assert sorted(said) == sorted(
        (name, language) for name in names for language in ("ENGLISH", "SIMPCHINESE", "JAPANESE")
    )
    assert set(re.findall(r"\$\((\w+)\)", script)) == names
    assert all("_internal" in place for place in re.findall(r'RMDir /r "([^"]+)"', script))


@pytest.mark.skipif(installer.makensis() is None, reason="NSIS is not here")
def test_an_installer_is_built_the_same_twice(tmp_path: Path) -> None:
    folder = tmp_path / "程 序"
    (folder / "_internal").mkdir(parents=True)
    (folder / "layerwise.exe").write_bytes(b"MZ")
    (folder / "_internal" / "一.txt").write_text("one")
    first, second = tmp_path / "a", tmp_path / "b"
    for target in (first, second):
        target.mkdir()
        path = installer.build_installer(folder, target)
        assert path.name == f"layerwise-{VERSION}-windows-x86_64-setup.exe" and path.read_bytes()[:2] == b"MZ"
    assert (first / path.name).read_bytes() == (second / path.name).read_bytes()


# What a release is published with


def test_the_notes_of_a_tag_are_its_section_of_the_changelog(tmp_path: Path) -> None:
    changelog = tmp_path / "CHANGELOG.md"
    newest = "## [2.1.0] - 2026-02-01\n\n### Added\n\n- New.\n\n"
    changelog.write_text(f"# Changes\n\n{newest}## [2.0.0] - 2026-01-01\n\n- Old.\n\n## [1.0.0]\n")
    assert release.notes("v2.1.0", changelog, "2.1.0") == "### Added\n\n- New.\n"
    assert release.notes("2.0.0", changelog, "2.0.0") == "- Old.\n"
    with pytest.raises(release.NoSuchRelease, match=r"no section \[1\.0\.0\]"):
        release.notes("v1.0.0", changelog, "1.0.0")
    with pytest.raises(release.NoSuchRelease, match=r"v2\.1\.0 is not of this version"):
        release.notes("v2.1.0", changelog, "2.0.0")
    assert release.notes(f"v{VERSION}")


def test_the_sums_are_those_that_sha256sum_reads(tmp_path: Path) -> None:
    content = {f"layerwise-{VERSION}-一.zip": b"one", f"layerwise_{VERSION}_amd64.deb": b"two"}
    for file, written in content.items():
        (tmp_path / file).write_bytes(written)
    (tmp_path / "layerwise").mkdir()
    (tmp_path / "layerwise-0.1.0.zip").write_bytes(b"of an earlier build")
    sums = release.write_checksums(tmp_path)
    lines = sums.read_bytes().decode().splitlines()
    assert lines == [f"{hashlib.sha256(content[file]).hexdigest()}  {file}" for file in sorted(content)]
