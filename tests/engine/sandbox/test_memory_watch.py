"""A process that takes too much memory is killed where the system sets no limit; here with Linux telling the size."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.sandbox import caller, memory_watch
from engine.sandbox.caller import Ended, Sandbox
from engine.sandbox.memory_watch import MemoryWatch, resident_size

pytestmark = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the size is read from /proc")
_MEGABYTE = 2**20


def _size(process: int) -> int | None:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return None


def _process(code: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code])


def test_who_takes_too_much_is_killed_and_who_does_not_is_left():
    small, large = _process("import time; time.sleep(60)"), _process("x = b'1' * 2**28; import time; time.sleep(60)")
    watches = [MemoryWatch(one.pid, 150 * _MEGABYTE, _size) for one in (small, large)]
    assert large.wait(20) == -9
    assert [one.is_over for one in watches] == [False, True] and small.poll() is None
    for watch in watches:
        watch.end()
    small.kill()
    small.wait()


def test_a_process_that_ends_by_itself_ends_its_watch_and_no_other_is_killed():
    process = _process("pass")
    watch = MemoryWatch(process.pid, 1 << 40, _size)
    process.wait()
    time.sleep(0.3)
    watch.end()
    assert not watch.is_over


def test_code_that_fills_memory_is_told_as_such(monkeypatch, tmp_path):
    monkeypatch.setattr(caller, "MemoryWatch", lambda process, most: MemoryWatch(process, 300 * _MEGABYTE, _size))
    with Sandbox(str(tmp_path)) as sandbox:
        written = sandbox.make("def fill():\n    return len(b'1' * 2**29 + b'2' * 2**29)\n", "", "fill", {})
        with pytest.raises(Ended) as ended:
            for _ in range(100):  # an array may go again before it is looked at
                written()
    assert ended.value.fault.kind == "memory"


def test_on_macos_the_size_is_what_the_system_tells(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")

    class Library:
        def proc_pidinfo(self, process, kind, _, found, size):
            assert (kind, size) == (4, 96)  # as libproc.h has them
            found[0], found[1] = 7, 123_456
            return size if process == 42 else 0

    monkeypatch.setattr(memory_watch.ctypes, "CDLL", lambda path: Library())
    assert resident_size(42) == 123_456 and resident_size(43) is None
