"""Fields that hold the path of a file of the learner's own, such as images to be tried, or of a saved network."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import tempfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import ClassVar

from engine.contract.fields.base import Field
from engine.contract.text import Refused, Text, shortened, untranslated
from engine.networks.folder import file_of, is_in_folder, is_reserved, name_of

MOST_PACKED = 256 * 1024
"""The maximum size in bytes, compressed, of a file that is included in a session, unless its field allows more; of a
larger file only the name is stored.
"""
_MOST = 16 * 1024 * 1024
_NOT_IN_NAMES = re.compile(r"[^\w .()+=,-]")


@lru_cache(maxsize=4)
def packed(content: bytes, most: int = MOST_PACKED) -> str | None:
    """Encodes a file's content as text for a session, compressed; None if it is larger than ``most`` bytes."""
    small = zlib.compress(content, 9) if len(content) <= _MOST else b""
    return base64.b64encode(small).decode("ascii") if 0 < len(small) <= most else None


def unpacked(text: str, most: int = MOST_PACKED) -> bytes:
    """Decodes a text made by ``packed``; ValueError for any other text."""
    if len(text) > 4 * most // 3 + 4:
        raise ValueError("too large")
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(base64.b64decode(text, validate=True), _MOST + 1)
    except (binascii.Error, zlib.error) as error:
        raise ValueError("damaged") from error
    if len(content) > _MOST or not unpacking.eof:
        raise ValueError("too large or damaged")
    return content


def laid_down(name: str, content: bytes) -> Path:
    """Writes the content to a file in the program's temporary folder, which is deleted at exit, and returns its path.

    The file keeps its name as far as all systems allow it, since the learner knows it by that name.
    """
    folder = Path(_folder().name) / hashlib.sha256(content).hexdigest()[:16]
    folder.mkdir(exist_ok=True)
    plain = _NOT_IN_NAMES.sub("_", name)[-80:].strip(" .") or "file"
    path = folder / (f"_{plain}" if is_reserved(plain.partition(".")[0].strip()) else plain)
    if not path.exists():
        path.write_bytes(content)
    return path


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="layerwise-")


@dataclass(frozen=True)
class OfferedFile:
    """A file that can be chosen without a file dialog, such as one from a pack; ``path`` writes it to disk and returns
    its path.
    """

    name: Text
    path: Callable[[], Path]


_lent: list[Callable[[Sequence[str]], tuple[OfferedFile, ...]]] = []


def lend_files(files_of: Callable[[Sequence[str]], tuple[OfferedFile, ...]]) -> None:
    """Sets the function that returns the offered files for a list of suffixes, such as the files in packs."""
    _lent[:] = [files_of]


def offered_files(suffixes: Sequence[str]) -> tuple[OfferedFile, ...]:
    """The offered files with these suffixes, from the function given to ``lend_files``; none before it was called."""
    return tuple(one for files_of in _lent for one in files_of(suffixes))


_NOT_OPENED = "file_not_opened"
_NAME, _CONTENT = "file", "content"
_DAMAGED = Text("the file “{name}” in the session is damaged.")


@dataclass(frozen=True, kw_only=True)
class File(Field):
    """The path of a file as text, or "" for none; ``examine`` reads the file and raises ``Refused`` if it is unusable.

    A session includes a small file: ``carry`` returns its content in a form that ``examine`` can read, and loading the
    session writes a copy and gives its path. Of a larger file only the name is stored, and loading gives "": a session
    never makes the program open a file of the learner's. For the same reason such a field cannot be ``live``.
    """

    kind: ClassVar[str] = "file"

    examine: Callable[[Path], object]
    carry: Callable[[Path], bytes]
    suffixes: tuple[str, ...] = ()
    most_carried: int = MOST_PACKED

    def check(self, value: object) -> str:
        if not isinstance(value, str):
            raise Refused(Text("“{value}” is not the path of a file.")(value=shortened(value)))
        if value == "":
            return value
        if not _is_file(value):
            raise Refused(Text("there is no file “{value}”.")(value=shortened(value)))
        self.examine(Path(value))
        return value

    def parse(self, text: str) -> str:
        return self.check(text)

    def example(self) -> str:
        return "images.idx3-ubyte.gz"

    def from_json(self, value: object) -> str:
        if value == "" or not_carried(value) is not None:
            return ""
        if isinstance(value, dict) and set(value) == {_NAME, _CONTENT}:
            name, content = value[_NAME], value[_CONTENT]
            if isinstance(name, str) and isinstance(content, str):
                return self._from_session(name, content)
        raise Refused(Text("“{value}” is not the name of a file that was used.")(value=shortened(value)))

    def to_json(self, value: str) -> object:
        """The file's name and, if the file is small, its content, which is read now. Only the name if the file is too
        large or unreadable.
        """
        if not value:
            return ""
        path = Path(value)
        try:
            content = packed(self.carry(path), self.most_carried)
        except (Refused, OSError):
            content = None
        return {_NOT_OPENED: path.name} if content is None else {_NAME: path.name, _CONTENT: content}

    def _from_session(self, name: str, content: str) -> str:
        try:
            path = str(laid_down(name, unpacked(content, self.most_carried)))
        except (ValueError, OSError):
            raise Refused(_DAMAGED(name=shortened(name))) from None
        return self.check(path)

    def spell(self, value: str) -> Text:
        return untranslated(Path(value).name) if value else Text("none")

    def describe(self) -> dict[str, object]:
        return {"suffixes": list(self.suffixes)}

    def allowed(self) -> Text:
        return Text("a file, or nothing")


def not_carried(value: object) -> str | None:
    """The name of a file that a session refers to without including it; None if the session includes it. ``value`` is
    the JSON of a parameter.
    """
    if not isinstance(value, dict) or set(value) != {_NOT_OPENED}:
        return None
    return str(value[_NOT_OPENED])


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):  # too long a name, or a zero byte in it
        return False


_KEPT = "kept"
_SHIPPED = Text("the program's")
_MINE = Text("mine: {name}")
MOST_CARRIED = 9 * 2**18
"""The maximum size in bytes, compressed, of a network that is included in a session; the initial network of `cnn` has
1.6 million.
"""


@dataclass(frozen=True, kw_only=True)
class Network(File):
    """The path of a saved network as text, or "" for the built-in one; ``offered`` returns the paths of the saved
    networks that fit the experiment.

    The path of a network that was deleted from the learner's folder stays a valid value; reading it reports the error.
    """

    kind: ClassVar[str] = "network"

    offered: Callable[[], Sequence[Path]]
    most_carried: int = MOST_CARRIED

    def check(self, value: object) -> str:
        if isinstance(value, str) and value:
            path = Path(value)
            if is_in_folder(path) and not path.exists():
                return value
        return super().check(value)

    def example(self) -> str:
        return "mine.network.npz"

    def to_settings(self, value: str) -> object:
        """For a network in the learner's folder only its name; otherwise the same JSON as in a session."""
        path = Path(value)
        return {_KEPT: name_of(path)} if value and is_in_folder(path) else self.to_json(value)

    def from_settings(self, value: object) -> str:
        """Also accepts the name of a network in the learner's folder, which a session cannot contain."""
        if isinstance(value, dict) and set(value) == {_KEPT} and isinstance(value[_KEPT], str):
            path = file_of(value[_KEPT])
            if path is None:
                raise Refused(Text("“{name}” is no network that was kept.")(name=shortened(value[_KEPT])))
            return self.check(str(path))
        return self.from_json(value)

    def spell(self, value: str) -> Text:
        return _MINE(name=name_of(Path(value))) if value else _SHIPPED

    def allowed(self) -> Text:
        return Text("the program's, or a network that was kept")
