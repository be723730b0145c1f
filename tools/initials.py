"""resources/search/initials.json: the first letters of how Chinese characters are said, for the search.

``python3 -m tools.initials FILE`` makes it from ``pinyin_dict.json``, which is in the wheel of pypinyin: a package of
pure Python under the MIT license, which is needed for nothing else. Of a character that has several readings each
counts.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

from engine.contract.language import CHINESE
from engine.search.things import experiments, read
from engine.search.words import PATH, characters_by_letter, is_unspaced
from tools.shown_characters import common_chinese

CREDIT = (
    "Readings from pypinyin 0.55.0, copyright 2016 mozillazg and hotoo, under the MIT license: see pypinyin-license.txt"
)


def stale() -> bool:
    """Whether a character that is searched for has no letter; the dictionary is not needed to tell."""
    return bool(wanted() - set("".join(characters_by_letter().values())))


def build(source: Path | None = None) -> None:
    """Write the file anew from the dictionary; FileNotFoundError where none is given."""
    if source is None:
        raise FileNotFoundError("python3 -m tools.initials needs the pinyin_dict.json of pypinyin's wheel.")
    readings = json.loads(source.read_text(encoding="utf-8"))
    letters = defaultdict(set)
    for character in wanted() | common_chinese():
        for reading in readings.get(str(ord(character)), "").split(","):
            if reading:
                letters[_plain(reading)[0]].add(character)
    PATH.parent.mkdir(parents=True, exist_ok=True)
    table = {letter: "".join(sorted(all_)) for letter, all_ in sorted(letters.items())}
    content = json.dumps({"credit": CREDIT, "characters": table}, ensure_ascii=False, indent=1)
    PATH.write_text(content + "\n", encoding="utf-8", newline="\n")
    characters_by_letter.cache_clear()


def wanted() -> set[str]:
    """The Chinese characters of everything that can be searched for, but for the commands, whose are common ones."""
    found: set[str] = set()
    for one in (*experiments(), *read()):
        found.update(one.title.render(CHINESE), *one.others.get(CHINESE, ()))
    return {character for character in found if is_unspaced(character)}


def _plain(reading: str) -> str:
    """A reading without its marks: zhōng is zhong, and ḿ begins with m."""
    return "".join(sign for sign in unicodedata.normalize("NFD", reading) if sign.isascii() and sign.isalpha())


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
