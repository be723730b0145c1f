"""Writes several files atomically: either all are written, or all stay as they were; also one file piece by piece."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.contract.text import Refused, Text, path_words

_REASONS = {
    errno.ENOENT: Text("the folder does not exist"),
    errno.ENOTDIR: Text("its folder is not a folder"),
    errno.EISDIR: Text("it is a folder"),
    errno.EACCES: Text("writing is not permitted, or another program has it open"),
    errno.EPERM: Text("writing is not permitted"),
    errno.EROFS: Text("the disk is read-only"),
    errno.EBADF: Text("it is closed"),
    errno.ENOSPC: Text("the disk is full"),
    errno.EFBIG: Text("it would be larger than the system allows"),
    **({errno.EDQUOT: Text("your share of the disk is full")} if hasattr(errno, "EDQUOT") else {}),
    errno.ENAMETOOLONG: Text("the name is too long"),
}
_OTHER = Text("the system does not let it be written (error {number})")
_NOT_A_FILE = Text("it is not an ordinary file")
_NO_NAME = Text("the system does not allow such a name")
# The name holds the second at which it was begun: other times of a file say nothing where it is a link to an old one.
_PART = re.compile(r"\.layerwise-([0-9a-f]{8,16})-[0-9a-f]{16}\.part")
_ABANDONED_AFTER = 3600
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]' if os.name == "nt" else r"\x00")
"""Characters that no file name may contain; Windows would write ``a:b.png`` to a hidden stream of the file ``a``."""
_LONGEST_NAME = 255
_HELD, _PATIENCE, _LOOKS_APART = (5, 32, 33), 1.0, 0.05
"""Windows' error codes for a file that another program, such as a virus scanner, has open.

Then the seconds to retry for, and between two attempts.
"""
_TWICE = Text("two outputs would be written to it")


def check_targets(paths: Iterable[Path]) -> None:
    """Raises ``Refused`` if a file cannot be written at one of the paths, or if two of them are the same.

    Existing files are left untouched; a folder is tested by creating a file in it and removing that.
    """
    seen = set()
    for path in paths:
        try:
            target = _resolved(path)
            if target in seen:
                raise _refused(path, _TWICE)
            seen.add(target)
            temporary = _temporary(target)
            with temporary.open("xb"):
                pass
            _patiently(temporary.unlink)
        except FileNotFoundError as error:
            # Of a path longer than it takes Windows says that its folder, which is there, is missing.
            number = errno.ENAMETOOLONG if Path(os.path.realpath(path)).parent.is_dir() else errno.ENOENT
            raise _refused(path, _REASONS[number]) from error
        except OSError as error:
            raise _refused(path, reason_of(error)) from error


def write_together(files: Mapping[Path, bytes]) -> None:
    """Writes every file or, if one fails, none; then ``Refused`` names the file and the reason.

    Every file is first written beside its target, then renamed into place. If a rename fails, those before it are
    undone. If the process is killed, each target is complete, old or new, and a later export into the same folder
    removes the temporary files that are left.
    """
    check_targets(files)
    pending: list[_Pending] = []
    current = Path()
    try:
        for path, content in files.items():
            current, target = path, _resolved(path)
            pending.append(_Pending(target, _temporary(target), _temporary(target)))
            pending[-1].prepare(content, len(files) > 1)
        for path, one in zip(files, pending, strict=True):
            current = path
            one.put_in_place()
    except BaseException as error:
        for one in reversed(pending):
            one.undo()
        if isinstance(error, OSError):
            raise _refused(current, reason_of(error)) from error
        raise
    finally:
        for one in pending:
            one.clean_up()
    for folder in {one.target.parent for one in pending}:
        _remove_abandoned(folder)


def write_new(path: Path, content: bytes) -> bool:
    """Creates a file atomically; returns False if there is one already, even if another process has just created it."""
    file = ArrivingFile(path)
    try:
        with file.temporary.open("xb") as temporary:
            temporary.write(content)
            temporary.flush()
            os.fsync(temporary.fileno())
        try:
            os.link(file.temporary, path)
        except FileExistsError:
            return False
        except OSError:  # a file system without hard links: its place is taken first, and filled by the renaming
            try:
                path.open("xb").close()
            except FileExistsError:
                return False
            _patiently(os.replace, file.temporary, path)
    except OSError as error:
        raise file.refusal(error) from error
    finally:
        file.give_up()
    _remove_abandoned(path.parent)
    return True


class ArrivingFile:
    """A file that takes long to write, piece by piece, at the path ``temporary`` beside its target.

    The target is unchanged until ``put_in_place``; ``give_up`` discards the file. ``Refused`` if it cannot be created.
    """

    def __init__(self, path: Path) -> None:
        check_targets([path])
        self._path, self._target = path, _resolved(path)
        self.temporary = _temporary(self._target)

    def put_in_place(self) -> None:
        """Renames the temporary file to the target; if that fails, discards it and raises ``Refused``."""
        try:
            with self.temporary.open("rb+") as file:
                os.fsync(file.fileno())
            if self._target.exists():
                shutil.copymode(self._target, self.temporary)
            _patiently(os.replace, self.temporary, self._target)
        except OSError as error:
            self.give_up()
            raise _refused(self._path, reason_of(error)) from error
        _remove_abandoned(self._target.parent)

    def give_up(self) -> None:
        """Deletes the temporary file."""
        with contextlib.suppress(OSError):
            _patiently(self.temporary.unlink, True)

    def refusal(self, error: OSError) -> Refused:
        """The ``Refused`` to raise for a failed write, with its reason."""
        return _refused(self._path, reason_of(error))


@contextlib.contextmanager
def arriving(path: Path) -> Iterator[Path]:
    """A context manager that yields a temporary path and renames it to ``path`` at the end, unless an exception is
    raised.

    ``Refused`` if that fails.
    """
    file = ArrivingFile(path)
    try:
        yield file.temporary
    except OSError as error:
        file.give_up()
        raise file.refusal(error) from error
    except BaseException:
        file.give_up()
        raise
    file.put_in_place()


@dataclass
class _Pending:
    """A file being written: ``temporary`` is the path of its new content, ``backup`` that of a copy of the old one.

    There is a backup only if several files are written together.
    """

    target: Path
    temporary: Path
    backup: Path
    existed: bool = False
    in_place: bool = False

    def prepare(self, content: bytes, keeps: bool) -> None:
        with self.temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        self.existed = self.target.exists()
        if self.existed:
            shutil.copymode(self.target, self.temporary)
            if keeps:  # a copy: a link to a file that is open elsewhere could not be removed on Windows
                shutil.copy2(self.target, self.backup)

    def put_in_place(self) -> None:
        # Set first: an interruption right after the rename must undo it too, and undoing too much does no harm.
        self.in_place = True
        _patiently(os.replace, self.temporary, self.target)

    def undo(self) -> None:
        if not self.in_place or self.temporary.exists():
            return
        with contextlib.suppress(OSError):
            if self.existed:
                _patiently(os.replace, self.backup, self.target)
            else:
                self.target.unlink()

    def clean_up(self) -> None:
        for path in (self.temporary, self.backup):
            with contextlib.suppress(OSError):
                _patiently(path.unlink, True)


def _resolved(path: Path) -> Path:
    """The path with symbolic links resolved, so that the file that a link points to is replaced and not the link.

    OSError if no file can exist there.
    """
    target = Path(os.path.realpath(path))
    if _FORBIDDEN.search(target.name):
        raise Refused(not_written(path, _NO_NAME))
    if len(target.name) > _LONGEST_NAME:
        raise OSError(errno.ENAMETOOLONG, "too long")
    if target.is_dir():
        raise OSError(errno.EISDIR, "is a directory")
    if not target.parent.exists():
        raise OSError(errno.ENOENT, "no folder")
    if not target.parent.is_dir():
        raise OSError(errno.ENOTDIR, "not a folder")
    if target.exists():
        if not target.is_file():
            raise Refused(not_written(path, _NOT_A_FILE))
        if not os.access(target, os.W_OK):
            raise OSError(errno.EACCES, "write-protected")
    return target


def _patiently(act: Callable[..., object], *given: object) -> None:
    """Calls a function; if another program has the file open, retries for a moment."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            act(*given)
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD or time.monotonic() > until:
                raise
            time.sleep(_LOOKS_APART)
        else:
            return


def _temporary(target: Path) -> Path:
    return target.parent / f".layerwise-{int(time.time()):08x}-{os.urandom(8).hex()}.part"


def _remove_abandoned(folder: Path) -> None:
    """Removes temporary files that killed processes left here an hour ago or earlier."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _PART.fullmatch(entry.name)
            if found is not None and time.time() - int(found[1], 16) > _ABANDONED_AFTER:
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)


def reason_of(error: OSError) -> Text:
    """The reason for an ``OSError`` in words: a common one in plain language, any other as the system reports it."""
    known = _REASONS.get(error.errno or 0)
    return known or _OTHER(number=error.errno or 0)


def _refused(path: Path, reason: Text) -> Refused:
    return Refused(not_written(path, reason))


def not_written(path: Path, reason: Text) -> Text:
    """The sentence that says that a file cannot be written, with the reason."""
    return Text("{path} cannot be written: {reason}.")(path=path_words(path), reason=reason)
