"""Reads the files of a pack, which are not trusted: only plain files, limited in number and size."""

from __future__ import annotations

import hashlib
import io
import itertools
import os
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from engine.contract.text import Refused, Text, path_words, shortened
from engine.data.plain_file import Unreadable, read_plain_file
from engine.networks.folder import is_reserved
from engine.packs import MANIFEST

MOST_FILES, DEEPEST = 400, 8
LARGEST, MOST_BYTES = 4 * 2**20, 16 * 2**20
"""The maximum size in bytes of one file, and of all files together."""
SUFFIX = ".zip"
_LONGEST_NAME = 80
_METHODS = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
_ENCRYPTED = 1
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FORBIDDEN = frozenset('\\:*?"<>|')
_LEFT_OUT = ("__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini")
"""Names that systems add by themselves, which are ignored; so is every name that begins with a dot."""

_NOT_OPENED = Text("the pack {path} cannot be opened: {reason}.")
_IN_PACK = Text("the pack {path}: {reason}")
_NO_ZIP = Text("it is neither a folder nor a sound .zip")
_NO_MANIFEST = Text("it has no pack.toml.")
_MANY = Text("it has more than {most} files.")
_DEEP = Text("its folders are nested more than {most} deep.")
_LARGE_FILE = Text("{file} is larger than {most:,} bytes.")
_LARGE = Text("it is larger than {most:,} bytes.")
_BAD_NAME = Text("“{name}” is no name that a file may have on every system.")
_TWICE = Text("two files are called “{name}”, which many systems take for one.")
_LINK = Text("“{name}” is a link, and a pack has plain files only.")
_UNREADABLE = Text("{file} cannot be read: {reason}.")
_DAMAGED = Text("its entry is damaged, encrypted, or packed in an unusual way")


def read_files(path: Path) -> Mapping[str, bytes]:
    """The content of each file of a pack by its path in the pack, with /; ``Refused`` names the pack and the reason."""
    try:
        files = _gathered(_in_folder(path, "", 1) if os.path.isdir(path) else _in_archive(path))
    except Refused as refusal:
        raise Refused(_IN_PACK(path=path_words(path), reason=refusal.text)) from None
    except Unreadable as unreadable:
        raise Refused(_NOT_OPENED(path=path_words(path), reason=unreadable.reason)) from None
    except (OSError, ValueError):
        raise Refused(_NOT_OPENED(path=path_words(path), reason=_NO_ZIP)) from None
    if MANIFEST not in files:
        raise Refused(_IN_PACK(path=path_words(path), reason=_NO_MANIFEST))
    return files


def digest_of(files: Mapping[str, bytes]) -> str:
    """A SHA-256 over all names and contents, the same for a folder and a .zip with the same files."""
    whole = hashlib.sha256()
    for name, content in sorted(files.items()):
        whole.update(f"{len(name.encode())} {name} {len(content)} ".encode())
        whole.update(content)
    return whole.hexdigest()


def archive_of(files: Mapping[str, bytes]) -> bytes:
    """The content of a .zip of the files; the same files give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _gathered(found: Iterator[tuple[str, bytes]]) -> dict[str, bytes]:
    """Collects the files by name; ``Refused`` for two of one name, for too many, or if they are too large together."""
    files: dict[str, bytes] = {}
    seen: set[str] = set()
    left = MOST_BYTES
    for name, content in found:
        if name.casefold() in seen:
            raise Refused(_TWICE(name=shortened(name)))
        seen.add(name.casefold())
        left -= len(content)
        if left < 0:
            raise Refused(_LARGE(most=MOST_BYTES))
        files[name] = content
        if len(files) > MOST_FILES:
            raise Refused(_MANY(most=MOST_FILES))
    return files


def _in_folder(folder: Path, before: str, depth: int) -> Iterator[tuple[str, bytes]]:
    if depth > DEEPEST:
        raise Refused(_DEEP(most=DEEPEST))
    with os.scandir(folder) as entries:
        # Those that are left out count too, or there could be a million.
        listed = list(itertools.islice(entries, 2 * MOST_FILES + 1))
    if len(listed) > 2 * MOST_FILES:
        raise Refused(_MANY(most=MOST_FILES))
    for entry in sorted(listed, key=lambda one: one.name):
        if _is_left_out(entry.name):
            continue
        name = _checked(before + entry.name)
        if entry.is_symlink() or _is_junction(entry):
            raise Refused(_LINK(name=shortened(name)))
        if entry.is_dir(follow_symlinks=False):
            yield from _in_folder(Path(entry.path), f"{name}/", depth + 1)
        else:
            try:
                content = read_plain_file(Path(entry.path), LARGEST)
            except Unreadable as unreadable:
                raise Refused(_UNREADABLE(file=shortened(name), reason=unreadable.reason)) from None
            yield name, content


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a Windows junction, that is, a link to a folder that ``is_symlink`` does not report."""
    attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return bool(attributes & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0x400))


def _in_archive(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(read_plain_file(path, MOST_BYTES)))
    except (zipfile.BadZipFile, NotImplementedError, OverflowError):
        raise ValueError("no zip") from None
    with archive:
        entries = archive.infolist()
        if len(entries) > 2 * MOST_FILES:
            raise Refused(_MANY(most=MOST_FILES))
        files = [one for one in entries if not one.is_dir() and not any(map(_is_left_out, _parts(one.filename)))]
        # A folder that was packed stands in the archive by its own name.
        around = _folder_around([one.filename for one in files])
        for entry in files:
            inside = _checked(entry.filename.removeprefix(around))
            if stat.S_ISLNK(entry.external_attr >> 16):
                raise Refused(_LINK(name=shortened(inside)))
            yield inside, _content(archive, entry, inside)


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    if entry.compress_type not in _METHODS or entry.flag_bits & _ENCRYPTED:
        raise Refused(_UNREADABLE(file=shortened(name), reason=_DAMAGED))
    if entry.file_size > LARGEST:
        raise Refused(_LARGE_FILE(file=shortened(name), most=LARGEST))
    try:
        # By what really comes out: what the archive says of its sizes may be a lie.
        with archive.open(entry) as file:
            content = file.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise Refused(_UNREADABLE(file=shortened(name), reason=_DAMAGED)) from None
    if len(content) > LARGEST:
        raise Refused(_LARGE_FILE(file=shortened(name), most=LARGEST))
    return content


def _folder_around(names: list[str]) -> str:
    if MANIFEST in names:
        return ""
    first = {name.partition("/")[0] for name in names}
    only = next(iter(first)) if len(first) == 1 else ""
    return f"{only}/" if f"{only}/{MANIFEST}" in names else ""


def _parts(name: str) -> list[str]:
    return name.replace("\\", "/").split("/")


def _is_left_out(part: str) -> bool:
    return (part.startswith(".") and part.strip(".") != "") or part in _LEFT_OUT


def _checked(name: str) -> str:
    """The name in normalised spelling; ``Refused`` unless it is valid on every system and lies inside the pack."""
    plain = unicodedata.normalize("NFC", name)
    parts = plain.split("/")
    if len(parts) > DEEPEST:
        raise Refused(_DEEP(most=DEEPEST))
    for part in parts:
        is_odd = not part or part.strip(". ") == "" or part != part.rstrip(". ") or len(part) > _LONGEST_NAME
        is_device = is_reserved(part.partition(".")[0].strip())
        if is_odd or is_device or any(one in _FORBIDDEN or not one.isprintable() for one in part):
            raise Refused(_BAD_NAME(name=shortened(name)))
    return plain
