"""Makes the Chinese font that is shipped for machines without one, a subset of Noto Sans SC Regular.

``python3 -m tools.font_subset [FONT]`` makes it from the given file (.otf, .ttf or .ttc) or from the system's.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tools.shown_characters import (
    ROOT,
    SIGNS,
    chinese_punctuation,
    common_chinese,
    is_chinese,
    latin,
    written_characters,
)

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

SHIPPED = ROOT / "resources" / "fonts" / "NotoSansSC-subset.otf"

# The reserved name of the original is 'Source', and Noto is Google's trademark: a name of our own leaves both alone,
# and can never be mistaken for the complete font.
FAMILY = "Layerwise Sans SC"

_FACES = ("Noto Sans CJK SC", "Noto Sans SC")
_PLACES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "~/Library/Fonts/NotoSansCJK-Regular.ttc",
    "~/Library/Fonts/NotoSansSC-Regular.otf",
)


def stale() -> bool:
    """Whether the shipped font lacks a required character; this does not need the original font."""
    return bool(missing())


def build(source: Path | None = None) -> None:
    """Make the subset from ``source`` or from the system's font.

    Raises FileNotFoundError when there is none, ValueError when it lacks Chinese characters that are needed.
    """
    with _open_regular(source or _system_font()) as font:
        _subset(font)
        SHIPPED.parent.mkdir(parents=True, exist_ok=True)
        partial = SHIPPED.with_suffix(".partial")
        font.save(partial)
    os.replace(partial, SHIPPED)


def must_have() -> set[str]:
    """The characters that the shipped font must have: common Chinese, punctuation, and all Chinese in the texts."""
    written = {character for character in written_characters() if is_chinese(character)}
    return common_chinese() | chinese_punctuation() | latin() | set(SIGNS) | written


def missing() -> set[str]:
    """The characters that the shipped font must have and lacks."""
    if not SHIPPED.exists():
        return must_have()
    from fontTools.ttLib import TTFont

    with TTFont(SHIPPED, lazy=True) as font:
        return {character for character in must_have() if ord(character) not in font.getBestCmap()}


def _subset(font: TTFont) -> None:
    from fontTools import subset

    wanted = must_have() | written_characters()
    lacking = sorted(character for character in must_have() if ord(character) not in font.getBestCmap())
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
    _rename(font)


def _system_font() -> Path:
    for place in _PLACES:
        path = Path(place).expanduser()
        if path.exists():
            return path
    raise FileNotFoundError(
        "Noto Sans CJK SC Regular was not found on this system; give its file: python3 -m tools.font_subset FILE"
    )


@contextmanager
def _open_regular(path: Path) -> Iterator[TTFont]:
    from fontTools.ttLib import TTCollection, TTFont

    if not path.exists():
        raise FileNotFoundError(f"font {path}: there is no such file")
    # recalcTimestamp off: the same characters give the same bytes.
    collected = path.suffix.lower() == ".ttc"
    with (TTCollection if collected else TTFont)(str(path), lazy=True, recalcTimestamp=False) as opened:
        faces = opened.fonts if collected else [opened]
        found = [face for face in faces if face["name"].getDebugName(1) in _FACES]
        if not found:
            raise ValueError(f"font {path}: has no face named {' or '.join(_FACES)}")
        yield found[0]


def _rename(font: TTFont) -> None:
    postscript = FAMILY.replace(" ", "") + "-Regular"
    # Family, style, unique name, full name, version, PostScript name.
    names = (FAMILY, "Regular", f"{postscript};subset", f"{FAMILY} Regular", "Version 2.004", postscript)
    for number, value in enumerate(names, start=1):
        font["name"].setName(value, number, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    top = cff.topDictIndex[0]
    top.FamilyName = FAMILY
    top.FullName = f"{FAMILY} Regular"


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    print(f"{SHIPPED.relative_to(ROOT)}: {SHIPPED.stat().st_size:,} bytes")
