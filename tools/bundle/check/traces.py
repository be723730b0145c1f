"""Tests the traces that the program leaves: files only among settings and cache, and no network access."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tools.bundle.check.place import Place, close_window, processes_of, wait_for
from tools.bundle.check.report import Report, Skipped, expect

_ALLOWED = (".config/layerwise", ".cache/layerwise", "AppData", "Library/Preferences", "Library/Caches/layerwise")
_OPENED = re.compile(r'open(?:at)?\((?:[^"]*)"([^"]+)", ([A-Z_|]+)')
_TO_WRITE = re.compile("WRONLY|RDWR|CREAT")
_MADE = re.compile(r'(?:mkdir|rename|renameat2?|unlink|symlink)\w*\((?:AT_FDCWD, )?"([^"]+)"')
_CONNECTED = re.compile(r"connect\(\d+, \{sa_family=AF_INET6?,.*")


def fingerprint(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and modification time of every file in a folder."""
    return {
        str(path.relative_to(folder)): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in folder.rglob("*")
    }


def check_traces(report: Report, place: Place, folder: Path, before: dict[str, tuple[int, int]]) -> None:
    """Checks the traces after all other tests in the place; ``before`` is the folder's fingerprint from before."""
    with report.trying("nothing is written outside settings and cache") as seen:
        written = sorted(str(path.relative_to(place.home)) for path in place.home.rglob("*") if path.is_file())
        strange = [name for name in written if not name.startswith(_ALLOWED)]
        expect(not strange, f"in the home: {strange}")
        expect(not list(place.temporary.iterdir()), f"left behind: {list(place.temporary.iterdir())}")
        expect(not list(place.work.iterdir()), f"in the working folder: {list(place.work.iterdir())}")
        expect(fingerprint(folder) == before, "the program's own folder has changed")
        seen.append(", ".join(written))
    with report.trying("no other file is opened to write, no address called") as seen:
        seen += _by_strace(place)


def _by_strace(place: Place) -> list[str]:
    """Traces the system calls of one start and one close by strace."""
    strace = shutil.which("strace")
    if strace is None:
        raise Skipped("strace is not here")
    log = place.folder / "calls"
    watched = "open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,symlink,symlinkat,connect"
    around = Place([strace, "-f", "-qq", "-o", log, "-e", f"trace={watched}", *place.command])
    with around:
        process = around.start("--experiment", "training")
        try:
            wait_for(lambda: list(around.home.rglob("layerwise.log")) or process.poll() is not None, 120, "no window")
            # The run and its process begin behind the first painting.
            wait_for(lambda: log.read_text(errors="replace").count("resources/data/mnist.npz") >= 1, 60, "no run began")
        finally:
            # The window's process is the one that was there first.
            close_window(process, min(processes_of(Path(place.command[-1])), default=None))
        lines = log.read_text(errors="replace").splitlines()
        home = (str(around.home), str(around.temporary), "/dev/", "/proc/self/", "/memfd:")
        opened = [found for line in lines if (found := _OPENED.search(line)) and _TO_WRITE.search(found[2])]
        paths = [found[1] for found in (*opened, *filter(None, map(_MADE.search, lines)))]
        strange = sorted({path for path in paths if not path.startswith(home)})
        called = [line for line in lines if _CONNECTED.search(line)]
    expect(not strange, f"opened to write: {strange[:5]}")
    expect(not called, f"called: {called[:3]}")
    return [f"{len(lines)} calls looked at"]
