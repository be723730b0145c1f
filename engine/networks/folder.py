"""The learner's folder of saved networks, whose path the window sets, and the names of its files."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from engine.contract.text import Text

SUFFIX = ".network.npz"
NETWORK_FILES = Text("Networks ({patterns})")
LONGEST_NAME = 60
_MOST_LISTED = 500
_IN_NAMES = re.compile(r"[\w ()+=,-]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_lent: list[Path] = []


def lend_folder(folder: Path) -> None:
    """Sets the folder of saved networks; it is created when the first one is saved."""
    _lent[:] = [folder]


def lent_folder() -> Path | None:
    """The folder that was last set by ``lend_folder``; None if none was."""
    return _lent[0] if _lent else None


def kept_files() -> tuple[Path, ...]:
    """The paths of the saved files, by name; only the first ones if there are too many to offer."""
    return tuple(sorted(_all_files(), key=lambda path: name_of(path).casefold())[:_MOST_LISTED])


def file_of(name: str) -> Path | None:
    """The path for a network of this name, whether it exists or not; None for an invalid name, or without a folder."""
    folder = lent_folder()
    return folder / f"{name}{SUFFIX}" if folder is not None and name and name == usable_name(name) else None


def is_in_folder(path: Path) -> bool:
    """Whether a path lies in the folder of saved networks; the file need not exist."""
    return path == file_of(name_of(path))


def name_of(path: Path) -> str:
    """The name of a network: the name of its file without the suffix."""
    return unicodedata.normalize("NFC", path.name.removesuffix(SUFFIX) or path.name)


def usable_name(text: str) -> str:
    """Turns ``text`` into a file name that is valid on every system, in normalised spelling; "" if nothing is left."""
    signs = (one if _is_in_names(one) else " " for one in unicodedata.normalize("NFC", text))
    plain = " ".join("".join(signs).split())[:LONGEST_NAME].strip()
    return f"{plain} 1" if is_reserved(plain) else plain


def _is_in_names(sign: str) -> bool:
    # Marks on or beside letters are no letters to regular expressions, and in some languages they are the vowels.
    return _IN_NAMES.fullmatch(sign) is not None or unicodedata.category(sign) in ("Mn", "Mc")


def is_reserved(name: str) -> bool:
    """Whether Windows reserves a name for a device, such as CON, so that no file can have it."""
    return _RESERVED.fullmatch(name) is not None


def free_name(name: str) -> str:
    """The name itself if no network has it, else the name with the first free number appended."""
    taken = {name_of(path).casefold() for path in _all_files()}

    def is_free(one: str) -> bool:
        path = file_of(one)
        # The file system is asked as well: it may take two spellings for one name.
        return one.casefold() not in taken and (path is None or not path.exists())

    numbered = (f"{name[: LONGEST_NAME - 5].rstrip()} {number}" for number in range(2, 10_000))
    return name if is_free(name) else next(one for one in numbered if is_free(one))


def _all_files() -> tuple[Path, ...]:
    folder = lent_folder()
    return () if folder is None or not folder.is_dir() else tuple(folder.glob(f"*{SUFFIX}"))
