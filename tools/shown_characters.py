"""The characters that the program can show, collected from its sources and texts."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.contract.language import known_languages

ROOT = Path(__file__).resolve().parents[1]

# What formulas and plots may write although no file has it yet. Only what Noto Sans SC has: sub- and superscripts
# beyond ¹²³ come from the Latin font of the system.
SIGNS = (
    "−×·÷±√∑∏∫∂∇∞≈≠≤≥≪≫≡∝∈∉∩∪⊙⊗‖′″‰°½¼¾²³¹→←↑↓↔⇒⇔∴∵∠⊥"
    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω"
    "✓○●△▲□■◇◆▶◀▽▼☆★①②③④⑤⑥⑦⑧⑨⑩—–‘’“”…·•"
)


def common_chinese() -> set[str]:
    """The 6,763 ideographs of GB 2312, its rows 16 to 87, so that new sentences and names of files need no new font.

    The 3,755 of rows 16 to 55 alone would halve the font, but 阈, 熵 and 耦 are not among them.
    """
    cells = (bytes((0xA0 + row, 0xA0 + cell)) for row in range(16, 88) for cell in range(1, 95))
    # The last five cells of row 55 are empty: decoding them gives nothing.
    return set("".join(pair.decode("gb2312", errors="ignore") for pair in cells))


def common_japanese() -> set[str]:
    """The 2,965 ideographs of JIS X 0208's first level, its rows 16 to 47, and kana."""
    cells = (bytes((0xA0 + row, 0xA0 + cell)) for row in range(16, 48) for cell in range(1, 95))
    ideographs = "".join(pair.decode("euc_jp", errors="ignore") for pair in cells)
    return set(ideographs) | {chr(code) for code in (*range(0x3041, 0x3097), *range(0x30A1, 0x30FF))} | {"々"}


def full_width_marks() -> set[str]:
    """The marks of U+3001 to U+301F and the full-width forms of ASCII with their space."""
    marks = "　、。〃〈〉《》「」『』【】〔〕〖〗〜"
    return set(marks) | {chr(code) for code in range(0xFF01, 0xFF5F)} | {"￥"}


def latin() -> set[str]:
    """ASCII and the printable half of Latin-1."""
    return {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100)) if code != 0xAD}


def written_characters(language: str) -> set[str]:
    """Every printable character in the sources, which the Code panel shows too, and in the texts of ``resources`` but
    those of other languages than this one and English.
    """
    others = set(known_languages()) - {"en", language}
    found: set[str] = set()
    for path in _sources():
        if others.isdisjoint(path.parts):
            found.update(*_texts(path, others))
    return {character for character in found if character.isprintable()}


def _texts(path: Path, others: set[str]) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        yield from _strings(tomllib.loads(text), others)
    elif path.suffix == ".json" and path.name != "language.json":
        yield from _strings(json.loads(text), others)
    else:
        yield text


def _strings(found: Any, others: set[str]) -> Iterator[str]:
    """All strings in what was read of a file but those of other languages."""
    if isinstance(found, dict):
        for key, value in found.items():
            if key not in others:
                yield key
                yield from _strings(value, others)
    elif isinstance(found, list):
        for value in found:
            yield from _strings(value, others)
    elif isinstance(found, str):
        yield found


def is_wide(character: str) -> bool:
    """Whether a Chinese or Japanese font has to provide it: an ideograph, a CJK mark, kana or a full-width form."""
    code = ord(character)
    return 0x3000 <= code <= 0x30FF or 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFFEF


def _sources() -> list[Path]:
    paths = [ROOT / "main.py"] if (ROOT / "main.py").exists() else []
    for folder in ("engine", "gui", "start"):
        paths += sorted((ROOT / folder).rglob("*.py"))
    for suffix in ("md", "toml", "json", "txt", "po"):
        paths += sorted((ROOT / "resources").rglob(f"*.{suffix}"))
    # The first letters of Chinese characters are a table; nobody reads it.
    return [path for path in paths if path.name != "initials.json"]
