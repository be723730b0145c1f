"""A key-value store in one INI file shared by several windows, which keep each other's changes."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QSettings, Qt, Signal, Slot

from engine.contract.text import Refused, Text
from engine.data.plain_file import Unreadable, read_plain_file
from engine.export.writing import check_targets, not_written, reason_of, write_together
from gui.run.aside import start_thread

_PAUSE = 0.003
"""Seconds between two attempts to get a lock."""
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class Locked(Exception):
    """Raised when another process holds the lock file for too long."""


@contextlib.contextmanager
def file_lock(path: Path, patience: float) -> Iterator[None]:
    """Context manager that holds an exclusive lock on the file ``path``. ``Locked`` if another process still holds it
    after ``patience`` seconds; if no such file can be created, the block runs without a lock.

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
            # Windows deletes no file that is open, so it stays there. If it were deleted once it is closed, another
            # process could not open it for a moment, and would go on without a lock.
            with contextlib.suppress(OSError):
                path.unlink()
            os.close(descriptor)


def _taken(path: Path) -> int | None:
    """The file descriptor of the lock file, now locked; None while another process has the lock, −1 if the file cannot
    be created or locked at all.
    """
    from engine.system import lock_file  # the window is to be seen before it

    try:
        descriptor = os.open(path, _FLAGS, 0o600)
    except OSError:
        return -1
    try:
        is_ours = lock_file(descriptor)
    except OSError:
        os.close(descriptor)
        return -1
    with contextlib.suppress(OSError):  # deleted meanwhile by whoever had it
        # A lock on what nobody finds any more is none.
        if is_ours and os.path.samestat(os.fstat(descriptor), path.stat()):
            return descriptor
    os.close(descriptor)
    return None


_log = logging.getLogger(__name__)

Values = dict[str, object]
Change = Callable[[Values], None]
_PATIENCE, _LITTLE_PATIENCE = 0.5, 0.05
"""Seconds that a window waits for the lock while another one writes, and that it waits after a write has failed.
Changes that were not written stay pending.
"""
SLOW = 0.1
"""Seconds: if the first access to the folder takes longer, as on a network share, a thread writes instead of the GUI
thread. A write needs ten such accesses.
"""
_LARGEST = 64 * 2**20
_LOCKED = Text("another window or another computer is writing it")


class Store:
    """Values by key in an INI file. Changes are visible at once and pending until ``write``, which may be repeated if
    it fails.

    A change is a function that modifies the dict of all values. When written, it is applied again to the file's
    content, so that it builds on what other windows wrote. ``reason`` is a sentence on why the latest write failed, or
    None. ``set_aside`` is where a damaged file was moved; ``is_kept`` is False if nothing can ever be written. If the
    folder ``is_slow``, a thread writes, and ``reason_changed`` is called when writing begins to fail or works again.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = path.with_name(path.name + ".lock")
        self.set_aside: Path | None = None
        self.is_kept = True
        self.reason: Text | None = None
        self.is_slow = False
        self.reason_changed: Callable[[], None] = lambda: None
        self._beside: _Beside | None = None
        self._waiting: list[tuple[str, Change]] = []
        self._stamp: tuple[int, int, int] | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and not _readable(path):
                aside = path.with_name(path.name + ".damaged")
                path.replace(aside)
                self.set_aside = aside
                _log.warning("the settings in %s were damaged and have been set aside as %s", path, aside)
            began = time.monotonic()
            check_targets([path])
            self.is_slow = time.monotonic() - began > SLOW
        except (OSError, Refused) as error:
            _log.info("the settings in %s cannot be kept: %s", path, error)
            # A full disk is no reason to give up: there may be room later.
            self.is_kept = errno.ENOSPC in (getattr(one, "errno", None) for one in (error, error.__cause__))
        self._values = self._read()

    def value(self, key: str) -> object:
        """The value of a key, None if it is missing."""
        return self._values.get(key)

    def keys(self, beginning: str) -> tuple[str, ...]:
        """All keys of the settings that start with this prefix."""
        return tuple(key for key in self._values if key.startswith(beginning))

    def put(self, key: str, value: object) -> None:
        """Set the value of a key; it is written to the file with the next ``write``."""
        if self.value(key) != value:
            self.change(key, lambda values: values.update({key: value}))

    def change(self, name: str, change: Change) -> None:
        """Apply ``change`` to the values; it is pending until it is written to the file. Until then ``waits`` finds it
        by its ``name``.
        """
        self._waiting.append((name, change))
        change(self._values)

    def waits(self, beginning: str) -> bool:
        """Whether a change whose name has this prefix is still pending."""
        return any(name.startswith(beginning) for name, _ in self._waiting)

    def write(self) -> bool:
        """Write the pending changes and read what other windows wrote; False, with ``reason`` set, if that fails. In a
        slow folder a thread is started instead, and the result is that of the previous write.
        """
        if not self.is_slow or QCoreApplication.instance() is None:
            return self.write_now()
        if self.is_kept and self._waiting and self._beside is None:
            self._beside = _Beside(len(self._waiting), self._written(self._waiting), self._end)
        return self.is_kept and self.reason is None

    def write_now(self) -> bool:
        """Do the same as ``write``, but wait until all is written, even in a slow folder."""
        if not self.is_kept:
            return False
        while self._beside is not None:  # the next one follows where something was changed meanwhile
            self._beside.wait()
        if not self._waiting:
            self._look()
            return True
        self._take(len(self._waiting), self._written(self._waiting)())
        return self.reason is None

    # Inside

    def _written(self, waiting: list[tuple[str, Change]]) -> Callable[[], Text | None]:
        """A function that writes these changes to the file. It may be called in any thread, and returns the reason if
        they could not be written, else None.
        """
        changes = [change for _, change in waiting]
        patience = _PATIENCE if self.reason is None else _LITTLE_PATIENCE

        def write() -> Text | None:
            try:
                with file_lock(self._lock, patience):
                    before = _values_in(self.path) if _stamp(self.path) is not None else {}
                    values = dict(before)
                    for change in changes:
                        change(values)
                    if values != before:
                        write_together({self.path: _ini(values)})
            except Locked:
                return not_written(self.path, _LOCKED)
            except Refused as refusal:
                return refusal.text
            except OSError as error:
                return not_written(self.path, reason_of(error))
            return None

        return write

    def _end(self, reason: Text | None) -> None:
        """Take over the result of a write in a thread, and write what was changed meanwhile."""
        beside, self._beside = self._beside, None
        assert beside is not None
        had_reason = self.reason is not None
        self._take(beside.count, reason)
        if (self.reason is not None) != had_reason:
            self.reason_changed()
        if self.reason is None and self._waiting:
            self.write()

    def _take(self, count: int, reason: Text | None) -> None:
        """Take over the result of writing the first ``count`` pending changes: they are dropped if it succeeded
        (``reason`` is None), and the file is read again.
        """
        if reason is not None and self.reason is None:
            _log.warning("%s", reason.render("en"))
        self.reason = reason
        if reason is None:
            del self._waiting[:count]
            self._values = self._read()
            for _, change in self._waiting:
                change(self._values)

    def _look(self) -> None:
        if self._stamp != _stamp(self.path):
            self._values = self._read()

    def _read(self) -> Values:
        self._stamp = _stamp(self.path)
        return _values_in(self.path) if self._stamp is not None else {}


class _Beside(QObject):
    """Writes the settings file in a background thread, which starts at once; ``ended(reason)`` is called once in the
    GUI thread. ``count`` is the number of changes being written.
    """

    _ended = Signal()

    def __init__(self, count: int, write: Callable[[], Text | None], ended: Callable[[Text | None], None]) -> None:
        super().__init__()
        self.count = count
        self._write, self._then = write, ended
        self._reason: Text | None = None
        self._is_told = False
        self._ended.connect(self.wait, Qt.ConnectionType.QueuedConnection)
        self._thread = start_thread(self._run, "settings")

    def _run(self) -> None:
        self._reason = self._write()
        with contextlib.suppress(RuntimeError):  # the program may be at its end
            self._ended.emit()

    @Slot()
    def wait(self) -> None:
        """Wait for the thread to end and call ``ended`` with its result, unless that was done."""
        if not self._is_told:
            self._is_told = True
            self._thread.join()
            self._then(self._reason)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """Inode, modification time and size of the file, which change with every write; None if it cannot be read."""
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

    Qt writes it to a temporary file, from which it is read: at the real path Qt would wait for ever if a lock file of
    its own was left there.
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
    """Whether the file is an INI file in UTF-8 that Qt reads without loss: Qt silently accepts other bytes too, and
    loses them at the next save.
    """
    try:
        text = read_plain_file(path, _LARGEST).decode("utf-8")
    except (Unreadable, UnicodeDecodeError):
        return False
    if "\0" in text or (text.strip() and not text.lstrip().startswith("[")):
        return False
    return QSettings(str(path), QSettings.Format.IniFormat).status() == QSettings.Status.NoError
