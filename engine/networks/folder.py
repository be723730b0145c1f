"""Where the networks lie that the learner has kept: a folder that the window lends, and files by their names."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from engine.contract.text.text import Text

SUFFIX = ".network.npz"
NETWORK_FILES = Text("Networks ({patterns})")
LONGEST_NAME = 60
_MOST_LISTED = 500
_IN_NAMES = re.compile(r"[\w ()+=,-]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_lent: list[Path] = []


def lend_folder(folder: Path) -> None:
    """Have networks kept in ``folder`` from now on; it is made with the first of them."""
    _lent[:] = [folder]


def lent_folder() -> Path | None:
    """The folder that was lent last; None before that, where nobody keeps anything."""
    return _lent[0] if _lent else None


def kept_files() -> tuple[Path, ...]:
    """The files that were kept, by name; of more than one can choose among, the first."""
    return tuple(sorted(_all_files(), key=lambda path: name_of(path).casefold())[:_MOST_LISTED])


def file_of(name: str) -> Path | None:
    """Where a network of this name lies, or would lie; None for what is no name, and where nothing is kept."""
    folder = lent_folder()
    return folder / f"{name}{SUFFIX}" if folder is not None and name and name == usable_name(name) else None


def is_in_folder(path: Path) -> bool:
    """Whether a path is that of a kept network, be it there still or not."""
    return path == file_of(name_of(path))


def name_of(path: Path) -> str:
    """What a network is called: its file's name without what all such files end with."""
    return unicodedata.normalize("NFC", path.name.removesuffix(SUFFIX) or path.name)


def usable_name(text: str) -> str:
    """``text`` as a name that a file may have on every system, in one spelling; empty where nothing is left of it."""
    signs = (one if _is_in_names(one) else " " for one in unicodedata.normalize("NFC", text))
    plain = " ".join("".join(signs).split())[:LONGEST_NAME].strip()
    return f"{plain} 1" if is_reserved(plain) else plain


def _is_in_names(sign: str) -> bool:
    # Marks on or beside letters are no letters to regular expressions, and in some languages they are the vowels.
    return _IN_NAMES.fullmatch(sign) is not None or unicodedata.category(sign) in ("Mn", "Mc")


def is_reserved(name: str) -> bool:
    """Whether Windows keeps a name for devices, so that no file can have it."""
    return _RESERVED.fullmatch(name) is not None


def free_name(name: str) -> str:
    """``name``, or where a network is called so already, the first such name with a number behind it."""
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
