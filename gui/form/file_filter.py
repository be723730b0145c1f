"""What a dialog of files shows of a folder: a kind of file with its endings."""

from __future__ import annotations

from collections.abc import Iterable

from engine.contract.text.text import Text
from gui.style.language import translate


def file_filter(kind: Text, suffixes: Iterable[str]) -> str:
    """``kind`` with its ``{patterns}`` filled in, for Qt, which splits at the first ( and reads up to ), in ASCII."""
    patterns = " ".join(f"*{suffix}" for suffix in suffixes)
    return translate(kind(patterns=patterns)).replace("（", " (").replace("）", ")")
