"""Either every file is written or everything is as it was."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.contract.text import Refused, path_words
from engine.export import writing
from engine.export.writing import check_targets, write_new, write_together

PROGRAM_FOLDER = Path(writing.__file__).resolve().parents[2]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_all_files_are_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"old")
    write_together({tmp_path / "a": b"1", tmp_path / "b": b"2"})
    assert contents(tmp_path) == {"a": b"1", "b": b"2"}


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_rename_that_fails_undoes_those_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "c").write_bytes(b"old c")
    before = contents(tmp_path)
    real, calls = os.replace, []

    def replace(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == failing:
            raise PermissionError(13, "in use")
        real(source, target)

    monkeypatch.setattr(writing.os, "replace", replace)
    with pytest.raises(Refused, match="cannot be written"):
        write_together({tmp_path / "a": b"1", tmp_path / "b": b"2", tmp_path / "c": b"3"})
    assert contents(tmp_path) == before


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_an_interruption_right_after_a_rename_undoes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    (tmp_path / "a").write_bytes(b"old a")
    real, calls = os.replace, []

    def replace(source: Path, target: Path) -> None:
        calls.append(target)
        real(source, target)
        if len(calls) == 2:
            raise error

    monkeypatch.setattr(writing.os, "replace", replace)
    with pytest.raises(error):
        write_together({tmp_path / "a": b"1", tmp_path / "b": b"2"})
    assert contents(tmp_path) == {"a": b"old a"}


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "fsync", full)
    with pytest.raises(Refused, match="the disk is full"):
        write_together({tmp_path / "a": b"new"})
    assert contents(tmp_path) == {"a": b"old"}


class _Windows:
    """Its ``os.replace`` and ``Path.unlink`` for a file that a program has open: so many tries fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, held: Path, fails: int) -> None:
        self._held, self._fails, self._seconds = held, fails, 0.0
        self._replace, self._unlink = os.replace, Path.unlink
        monkeypatch.setattr(writing.os, "replace", self.replace)
        monkeypatch.setattr(Path, "unlink", lambda path, missing_ok=False: self.unlink(path, missing_ok))
        monkeypatch.setattr(writing.time, "monotonic", lambda: self._seconds)
        monkeypatch.setattr(writing.time, "sleep", self._sleep)

    def replace(self, source: Path, target: Path) -> None:
        self._look(target)
        self._replace(source, target)

    def unlink(self, path: Path, missing_ok: bool) -> None:
        if path.exists() and self._held.exists() and path.samefile(self._held):
            self._look(self._held)
        self._unlink(path, missing_ok)

    def _look(self, path: Path) -> None:
        if path == self._held and self._fails:
            self._fails -= 1
            error = PermissionError(13, "Permission denied")
            error.winerror = 32  # type: ignore[attr-defined]
            raise error

    def _sleep(self, seconds: float) -> None:
        self._seconds += seconds


@pytest.mark.parametrize("others", [(), ("b",)])
def test_a_file_that_is_open_for_a_moment_is_written_and_for_longer_stays_with_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others: tuple[str, ...]
) -> None:
    held, before = tmp_path / "a", {"a": b"old", **dict.fromkeys(others, b"old")}
    for name, content in before.items():
        (tmp_path / name).write_bytes(content)
    new = {tmp_path / name: b"new" for name in (*others, "a")}
    with monkeypatch.context() as patched:
        _Windows(patched, held, 10_000)
        with pytest.raises(Refused, match="another program has it open"):
            write_together(new)
    assert contents(tmp_path) == before
    with monkeypatch.context() as patched:
        _Windows(patched, held, 3)
        write_together(new)
    assert contents(tmp_path) == dict.fromkeys(before, b"new")


def test_names_that_windows_forbids_and_paths_that_it_finds_too_long_are_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_FORBIDDEN", re.compile(r'[<>:"|?*]'))
    # On Windows itself a: is a drive.
    for name in ("a?b.png", *(() if os.name == "nt" else ("a:b.png",))):
        with pytest.raises(Refused, match="does not allow such a name"):
            check_targets([tmp_path / name])

    def missing(*_: object) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(Path, "open", missing)
    with pytest.raises(Refused, match="the name is too long"):
        check_targets([tmp_path / "long"])
    with pytest.raises(Refused, match="the folder does not exist"):
        check_targets([tmp_path / "no" / "long"])


def test_a_process_that_is_killed_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")
    program = (
        "import os, sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from engine.export import writing\n"
        "writing.os.fsync = lambda _: os._exit(9)\n"
        "writing.write_together({Path(sys.argv[2]): b'new'})\n"
    )
    result = subprocess.run([sys.executable, "-c", program, str(PROGRAM_FOLDER), str(target)])
    assert result.returncode == 9
    assert target.read_bytes() == b"old"


def test_what_cannot_be_written_is_refused_with_path_and_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cases = {
        tmp_path: "it is a folder",
        tmp_path / "no" / "a": "the folder does not exist",
        tmp_path / "file" / "a": "its folder is not a folder",
        tmp_path / ("n" * 300): "the name is too long",
    }
    for path, reason in cases.items():
        with pytest.raises(Refused, match=reason) as refusal:
            write_together({path: b""})
        assert path_words(path) in str(refusal.value)
    assert contents(tmp_path) == {"file": b""}


@pytest.mark.skipif(os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="needs POSIX, not root")
def test_a_folder_without_permission_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(0o555)
    with pytest.raises(Refused, match="not permitted"):
        check_targets([folder / "a"])


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder where nobody may write, not even root")
def test_a_folder_that_takes_no_files_is_refused() -> None:
    with pytest.raises(Refused, match=r"^/proc/a\.csv cannot be written"):
        check_targets([Path("/proc/a.csv")])


def test_checking_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    check_targets([tmp_path / "a", tmp_path / "b"])
    assert contents(tmp_path) == {"a": b"old"}


def test_two_outputs_for_one_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="two outputs"):
        check_targets([tmp_path / "a", tmp_path / "." / "a"])


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_stays_a_link_and_permissions_stay(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.write_bytes(b"old")
    real.chmod(0o640)
    (tmp_path / "link").symlink_to(real)
    write_together({tmp_path / "link": b"new"})
    assert (tmp_path / "link").is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640


KILLED = """
import os, sys
from pathlib import Path
from engine.export import writing
kill = lambda *_: os._exit(9)
setattr(os if sys.argv[2] in dir(os) else writing._Pending, sys.argv[2], kill)
writing.write_together({Path(sys.argv[1]): b"new"})
"""


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_what_a_killed_export_leaves_is_removed_by_a_later_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")
    subprocess.run([sys.executable, "-c", KILLED, str(target), moment], cwd=PROGRAM_FOLDER, check=False)
    left = [path for path in tmp_path.iterdir() if path != target]
    assert left and target.read_bytes() in (b"old", b"new")
    others = tmp_path / ".layerwise-notes.part"
    others.touch()
    write_together({target: b"newer"})
    assert set(left) < set(tmp_path.iterdir())  # it might still be at work
    later = time.time() + 3700
    monkeypatch.setattr(time, "time", lambda: later)
    write_together({target: b"newest"})
    assert set(tmp_path.iterdir()) == {target, others}


@pytest.mark.parametrize("has_links", [True, False])
def test_a_new_file_takes_nobody_s_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "no hard links here")

    if not has_links:
        monkeypatch.setattr(os, "link", refuse)
    assert write_new(tmp_path / "a", b"1")
    assert not write_new(tmp_path / "a", b"2")
    assert contents(tmp_path) == {"a": b"1"}


def test_a_new_file_that_finds_no_room_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(Refused, match="the disk is full"):
        write_new(tmp_path / "a", b"1")
    assert contents(tmp_path) == {}
