"""Makes the fonts that are shipped for machines without a Chinese or Japanese one: subsets of Noto Sans SC and JP.

``python3 -m tools.font_subset [FONT]`` makes them from the given file, a .ttc with both, or from the system's.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.contract.language import language_of
from tools.shown_characters import (
    ROOT,
    SIGNS,
    common_chinese,
    common_japanese,
    full_width_marks,
    is_wide,
    latin,
    written_characters,
)

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont


@dataclass(frozen=True)
class Subset:
    """A font that is shipped for a ``language``, and the ``faces`` of the original of which it is a part.

    The reserved name of the original is 'Source', and Noto is Google's trademark: a ``family`` of our own leaves both
    alone, and can never be mistaken for the complete font.
    """

    language: str
    family: str
    faces: tuple[str, ...]
    common: Callable[[], set[str]]

    @property
    def path(self) -> Path:
        """Its file."""
        return ROOT / "resources" / "fonts" / language_of(self.language).font


SUBSETS = (
    Subset("zh_CN", "Layerwise Sans SC", ("Noto Sans CJK SC", "Noto Sans SC"), common_chinese),
    Subset("ja", "Layerwise Sans JP", ("Noto Sans CJK JP", "Noto Sans JP"), common_japanese),
)
_PLACES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "~/Library/Fonts/NotoSansCJK-Regular.ttc",
)


def stale() -> bool:
    """Whether a shipped font lacks a required character; this does not need the original font."""
    return any(map(missing, SUBSETS))


def build(source: Path | None = None) -> None:
    """Make the subsets from ``source``, or those that lack something from the system's font.

    Raises FileNotFoundError when there is none, ValueError when it lacks characters that are needed.
    """
    for one in SUBSETS:
        if source or missing(one):
            _build(one, source or _system_font())


def must_have(one: Subset) -> set[str]:
    """The characters that a font must have: what is common in its language, punctuation, and all of it in the texts."""
    written = {character for character in written_characters(one.language) if is_wide(character)}
    return one.common() | full_width_marks() | latin() | set(SIGNS) | written


def missing(one: Subset) -> set[str]:
    """The characters that a shipped font must have and lacks."""
    if not one.path.exists():
        return must_have(one)
    from fontTools.ttLib import TTFont

    with TTFont(one.path, lazy=True) as font:
        return {character for character in must_have(one) if ord(character) not in font.getBestCmap()}


def _build(one: Subset, source: Path) -> None:
    with _open_regular(source, one.faces) as font:
        _reduce(font, one)
        one.path.parent.mkdir(parents=True, exist_ok=True)
        partial = one.path.with_suffix(".partial")
        font.save(partial)
    os.replace(partial, one.path)


def _reduce(font: TTFont, one: Subset) -> None:
    from fontTools import subset

    # The original has only some of these, and 10⁻⁴ is to be of one font.
    small = {chr(code) for code in range(0x2070, 0x20A0)}
    wanted = (must_have(one) | written_characters(one.language)) - small
    lacking = sorted(character for character in must_have(one) if ord(character) not in font.getBestCmap())
    if lacking:
        raise ValueError(f"the original font lacks {''.join(lacking)}")
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern"]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG"]
    options.name_IDs = [0, 7, 13, 14]
    options.name_languages = [0x409]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(wanted)))
    subsetter.subset(font)
    _rename(font, one.family)


def _system_font() -> Path:
    for place in _PLACES:
        path = Path(place).expanduser()
        if path.exists():
            return path
    raise FileNotFoundError(
        "Noto Sans CJK Regular was not found on this system; give its file: python3 -m tools.font_subset FILE"
    )


@contextmanager
def _open_regular(path: Path, wanted: tuple[str, ...]) -> Iterator[TTFont]:
    from fontTools.ttLib import TTCollection, TTFont

    if not path.exists():
        raise FileNotFoundError(f"font {path}: there is no such file")
    # recalcTimestamp off: the same characters give the same bytes.
    collected = path.suffix.lower() == ".ttc"
    with (TTCollection if collected else TTFont)(str(path), lazy=True, recalcTimestamp=False) as opened:
        faces = opened.fonts if collected else [opened]
        found = [face for face in faces if face["name"].getDebugName(1) in wanted]
        if not found:
            raise ValueError(f"font {path}: has no face named {' or '.join(wanted)}")
        yield found[0]


def _rename(font: TTFont, family: str) -> None:
    postscript = family.replace(" ", "") + "-Regular"
    # Family, style, unique name, full name, version, PostScript name.
    names = (family, "Regular", f"{postscript};subset", f"{family} Regular", "Version 2.004", postscript)
    for number, value in enumerate(names, start=1):
        font["name"].setName(value, number, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    top = cff.topDictIndex[0]
    top.FamilyName = family
    top.FullName = f"{family} Regular"


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    for shipped in SUBSETS:
        print(f"{shipped.path.relative_to(ROOT)}: {shipped.path.stat().st_size:,} bytes")
