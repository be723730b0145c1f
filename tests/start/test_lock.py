"""The lock on a folder goes with the last process that holds it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from start.lock import FolderLock


class Waited(Exception):
    """Raised in place of waiting."""


def wait_no_longer() -> None:
    raise Waited


def test_a_lock_can_be_taken_again_after_it_was_let_go(tmp_path):
    path = str(tmp_path / "lock")
    for _ in range(2):
        with FolderLock(path, wait_no_longer):
            pass


def test_a_lock_that_is_held_makes_another_wait(tmp_path):
    path = str(tmp_path / "lock")
    second = FolderLock(path, wait_no_longer)
    with FolderLock(path, wait_no_longer), pytest.raises(Waited):
        second.__enter__()
    second.__exit__()


@pytest.mark.skipif(sys.platform == "win32", reason="descriptors are inherited on POSIX only")
def test_a_child_that_inherits_it_holds_it_after_its_parent(tmp_path):
    path = str(tmp_path / "lock")
    with FolderLock(path, wait_no_longer) as lock:
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[lock.descriptor])
    second = FolderLock(path, wait_no_longer)
    with pytest.raises(Waited):
        second.__enter__()
    second.__exit__()
    child.communicate(b"\n")
    with FolderLock(path, wait_no_longer):
        pass
