"""Keys and values in one INI file, which several windows share: none undoes what another has written."""

from __future__ import annotations

import errno
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings

from engine.contract.text.refusal import Refused
from engine.contract.text.text import Text
from engine.data.plain_file import Unreadable, read_plain_file
from engine.export.writing import check_targets, not_written, reason_of, write_together
from gui.app.file_lock import Locked, file_lock

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
    """Changes are seen at once and wait until ``write`` brings them to the disk; what cannot be written waits on.

    A change is a function of all values, done again on what the file holds by the time of the writing, so that what
    another window has written in the meantime is built upon. ``reason`` is the sentence that says why the latest
    writing failed, None if it did not. ``set_aside`` is where a damaged file was moved, ``is_kept`` False where nothing
    can ever be written.
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
        """What is kept under a key, None if nothing is."""
        return self._values.get(key)

    def keys(self, beginning: str) -> tuple[str, ...]:
        """All keys that begin so."""
        return tuple(key for key in self._values if key.startswith(beginning))

    def put(self, key: str, value: object) -> None:
        """Keep a value; written with the next ``write``."""
        if self.value(key) != value:
            self.change(key, lambda values: values.update({key: value}))

    def change(self, name: str, change: Change) -> None:
        """Change the values; ``name`` is by what ``waits`` asks for it until it is written."""
        self._waiting.append((name, change))
        change(self._values)

    def waits(self, beginning: str) -> bool:
        """Whether a change whose name begins so is not on the disk yet."""
        return any(name.startswith(beginning) for name, _ in self._waiting)

    def write(self) -> bool:
        """Bring what waits to the disk, and see what others wrote; False, with the ``reason``, if that cannot be."""
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
    """What differs once the file was written again; None where there is no file to be read."""
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
    """The values as an INI file holds them.

    Qt writes it to a place of its own, since at the real one it would wait without end for a lock that somebody left.
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
    """Whether Qt reads the file, and it is text: Qt takes any bytes without a word and loses them at the next save."""
    try:
        text = read_plain_file(path, _LARGEST).decode("utf-8")
    except (Unreadable, UnicodeDecodeError):
        return False
    if "\0" in text or (text.strip() and not text.lstrip().startswith("[")):
        return False
    return QSettings(str(path), QSettings.Format.IniFormat).status() == QSettings.Status.NoError
