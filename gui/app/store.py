"""A key-value store in one INI file shared by several windows, which keep each other's changes."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QSettings

from engine.contract.text import Refused, Text
from engine.data.plain_file import Unreadable, read_plain_file
from engine.export.writing import check_targets, not_written, reason_of, write_together

_HELD = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)
_PAUSE = 0.003
"""Seconds between two looks."""
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class Locked(Exception):
    """Raised when another process holds the lock."""


@contextlib.contextmanager
def file_lock(path: Path, patience: float) -> Iterator[None]:
    """Context manager that holds a lock file; without a lock if no such file can be made. ``Locked`` if another process
    still holds it after ``patience`` seconds.

    The lock file is deleted afterwards; one left by a process that was killed is taken over at once.
    """
    until = time.monotonic() + patience
    while (descriptor := _taken(path)) is None:
        if time.monotonic() > until:
            raise Locked
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        if descriptor >= 0:
            with contextlib.suppress(OSError):  # Windows deletes no file that is open
                path.unlink()
            os.close(descriptor)


def _taken(path: Path) -> int | None:
    """The file descriptor of the locked file; None while another process has the lock, −1 if the system has no
    locks.
    """
    try:
        descriptor = os.open(path, _FLAGS, 0o600)
    except OSError:
        return -1
    try:
        _lock(descriptor)
        # Whoever had it may have deleted it meanwhile: a lock on what nobody finds any more is none.
        if os.path.samestat(os.fstat(descriptor), path.stat()):
            return descriptor
    except FileNotFoundError:
        pass
    except OSError as error:
        os.close(descriptor)
        return None if error.errno in _HELD else -1
    os.close(descriptor)
    return None


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_log = logging.getLogger(__name__)

Values = dict[str, object]
Change = Callable[[Values], None]
_PATIENCE, _LITTLE_PATIENCE = 0.5, 0.05
"""Seconds that a window waits for another one that is writing, and that it waits again once it was in vain. What it has
to write waits for the next time then.
"""
_LARGEST = 64 * 2**20
_LOCKED = Text("another window or another computer is writing it")


class Store:
    """Values in an INI file. Changes are visible at once and pending until ``write``, which may be repeated if it
    fails.

    A change is a function of all values. When it is written it is applied again to the file's content, so that it
    builds on what other windows wrote. ``reason`` is a sentence on why the latest write failed, or None. ``set_aside``
    is where a damaged file was moved; ``is_kept`` is False if nothing can ever be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = path.with_name(path.name + ".lock")
        self.set_aside: Path | None = None
        self.is_kept = True
        self.reason: Text | None = None
        self._waiting: list[tuple[str, Change]] = []
        self._stamp: tuple[int, int, int] | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and not _readable(path):
                aside = path.with_name(path.name + ".damaged")
                path.replace(aside)
                self.set_aside = aside
                _log.warning("the settings in %s were damaged and have been set aside as %s", path, aside)
            check_targets([path])
        except (OSError, Refused) as error:
            _log.info("the settings in %s cannot be kept: %s", path, error)
            # A full disk is no reason to give up: there may be room later.
            self.is_kept = errno.ENOSPC in (getattr(one, "errno", None) for one in (error, error.__cause__))
        self._values = self._read()

    def value(self, key: str) -> object:
        """The value of a key, None if it is missing."""
        return self._values.get(key)

    def keys(self, beginning: str) -> tuple[str, ...]:
        """All keys with this prefix."""
        return tuple(key for key in self._values if key.startswith(beginning))

    def put(self, key: str, value: object) -> None:
        """Set a value; written with the next ``write``."""
        if self.value(key) != value:
            self.change(key, lambda values: values.update({key: value}))

    def change(self, name: str, change: Change) -> None:
        """Add a pending change of the values. It has a ``name``, by which ``waits`` finds it until it is written."""
        self._waiting.append((name, change))
        change(self._values)

    def waits(self, beginning: str) -> bool:
        """Whether a change whose name has this prefix is still pending."""
        return any(name.startswith(beginning) for name, _ in self._waiting)

    def write(self) -> bool:
        """Write the pending changes and read what other windows wrote. False, with the ``reason``, if that fails."""
        if not self.is_kept:
            return False
        if not self._waiting:
            self._look()
            return True
        failed_before = self.reason is not None
        try:
            with file_lock(self._lock, _LITTLE_PATIENCE if failed_before else _PATIENCE):
                before = self._read()
                values = dict(before)
                for _, change in self._waiting:
                    change(values)
                if values != before:
                    write_together({self.path: _ini(values)})
        except Locked:
            self.reason = not_written(self.path, _LOCKED)
        except Refused as refusal:
            self.reason = refusal.text
        except OSError as error:
            self.reason = not_written(self.path, reason_of(error))
        else:
            self.reason = None
            self._waiting.clear()
            self._values = self._read()
        if self.reason is not None and not failed_before:
            _log.warning("%s", self.reason.render("en"))
        return self.reason is None

    # Inside

    def _look(self) -> None:
        if self._stamp != _stamp(self.path):
            self._values = self._read()

    def _read(self) -> Values:
        self._stamp = _stamp(self.path)
        return _values_in(self.path) if self._stamp is not None else {}


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """A stamp of the file that changes with every write; None if it cannot be read."""
    try:
        if not path.is_file():
            return None
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def _values_in(path: Path) -> Values:
    store = QSettings(str(path), QSettings.Format.IniFormat)
    found = {key: store.value(key) for key in store.allKeys()}
    return {key: value for key, value in found.items() if value is not None}


def _ini(values: Values) -> bytes:
    """The values as the content of an INI file.

    Qt writes it to a temporary file for this, since at the real path it would wait for ever if a lock file was left
    there.
    """
    with tempfile.TemporaryDirectory(prefix="layerwise-") as folder:
        path = Path(folder) / "values.ini"
        store = QSettings(str(path), QSettings.Format.IniFormat)
        for key, value in values.items():
            store.setValue(key, value)
        store.sync()
        if store.status() != QSettings.Status.NoError:
            # Nothing else keeps a new folder of one's own from taking a few kilobytes.
            raise OSError(errno.ENOSPC, f"{path} could not be written")
        # Otherwise Qt would write once more when the store goes, and the folder is gone by then.
        del store
        return path.read_bytes() if path.exists() else b""


def _readable(path: Path) -> bool:
    """Whether the file is text that Qt reads rightly: Qt also accepts other bytes, silently, and loses them at the next
    save.
    """
    try:
        text = read_plain_file(path, _LARGEST).decode("utf-8")
    except (Unreadable, UnicodeDecodeError):
        return False
    if "\0" in text or (text.strip() and not text.lstrip().startswith("[")):
        return False
    return QSettings(str(path), QSettings.Format.IniFormat).status() == QSettings.Status.NoError
