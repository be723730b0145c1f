"""What a release is published with: the changelog's section of its tag, and the checksums of its files."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from engine.version import VERSION
from tools.bundle.contents import ROOT
from tools.bundle.folder import DIST

CHECKSUMS = "SHA256SUMS"


class NoSuchRelease(ValueError):
    """The tag is none that can be released; the message says why."""


def notes(tag: str, changelog: Path = ROOT / "CHANGELOG.md", version: str = VERSION) -> str:
    """The changelog's section of a tag such as v0.18.0, without its heading."""
    named = tag.removeprefix("refs/tags/").removeprefix("v")
    if named != version:
        raise NoSuchRelease(f"The tag {tag} is not of this version: engine/version.py says {version}.")
    heading = re.compile(rf"^## \[{re.escape(named)}\][^\n]*\n(.*?)(?=^## \[|\Z)", re.MULTILINE | re.DOTALL)
    found = heading.search(changelog.read_text(encoding="utf-8"))
    if found is None or not found[1].strip():
        raise NoSuchRelease(f"{changelog.name} has no section [{named}] that says what is new.")
    return found[1].strip() + "\n"


def write_checksums(folder: Path = DIST) -> Path:
    """Writes the sums of a folder's files of this version, as ``sha256sum -c`` reads them."""
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and VERSION in path.name]
    target = folder / CHECKSUMS
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    target.write_text("".join(lines), encoding="utf-8", newline="\n")
    return target
