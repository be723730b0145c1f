"""Locks on files: which refusals mean that another process holds the lock."""

from __future__ import annotations

import errno
import sys

import pytest

from engine.system import lock_file

LOCKING = "msvcrt.locking" if sys.platform == "win32" else "fcntl.flock"


@pytest.fixture
def refused_with(monkeypatch):
    """Has the system refuse every lock with an error of this number."""

    def refuse_with(number):
        def refuse(*_):
            raise OSError(number, "refused")

        monkeypatch.setattr(LOCKING, refuse)

    return refuse_with


# 0 as under Wine: whoever took it for a file that cannot be locked lost answers, and installed twice at once.
@pytest.mark.parametrize("number", [0, errno.EACCES, errno.EAGAIN, errno.EDEADLK])
def test_a_lock_that_another_process_has_is_refused(refused_with, number):
    refused_with(number)
    assert not lock_file(-1)


def test_a_file_system_without_locks_is_an_error(refused_with):
    refused_with(errno.ENOLCK)
    with pytest.raises(OSError):
        lock_file(-1)
