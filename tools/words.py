"""What a further language has no words for yet: ``python3 -m tools.words ID`` prints it, ready for its words.toml.

The words are read from the sources, where they stand in English and Chinese side by side; each line has the English
ones as its key, and what it is called in Chinese behind it. Nothing is written.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from engine.contract.catalogue import entries
from engine.contract.language import LANGUAGES, language_of

ROOT = Path(__file__).resolve().parents[1]


def wanted() -> dict[str, str]:
    """The Chinese templates of the program by English ones, without those that are alike in both.

    Where one English template is several Chinese ones, each has a key of both, as in "step | 步".
    """
    found: dict[str, list[str]] = {entry.title.en: [entry.title.zh] for entry in entries()}
    for folder in ("engine", "gui", "start"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for english, chinese in _written(ast.parse(path.read_text(encoding="utf-8"))):
                if english != chinese and chinese not in found.setdefault(english, []):
                    found[english].append(chinese)
    return {
        english if len(every) == 1 else f"{english} | {chinese}": chinese
        for english, every in found.items()
        for chinese in every
    }


def lacking(language: str) -> dict[str, str]:
    """Those of them that a language has no words for; none for a language that is written in the sources."""
    record = language_of(language)
    return (
        {}
        if record.column
        else {
            key: chinese
            for key, chinese in wanted().items()
            if key not in record.words and key.removesuffix(f" | {chinese}") not in record.words
        }
    )


def _written(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """English and Chinese of every ``Text`` and ``counted`` that is written with plain words."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        words = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if node.func.id == "Text" and len(words) == 2:
            yield words[0], words[1]
        elif node.func.id == "counted" and len(words) == 2:
            yield f"{{count:,}} {words[0]}", f"{{count}} {words[1]}"


def main(arguments: list[str]) -> int:
    """Print what is missing; 2 for anything but the id of a language."""
    if len(arguments) != 1 or arguments[0] not in LANGUAGES:
        print(f"usage: python3 -m tools.words ID, one of {', '.join(LANGUAGES)}", file=sys.stderr)
        return 2
    for english, chinese in lacking(arguments[0]).items():
        # A string of JSON is one of TOML too.
        print(f'{json.dumps(english, ensure_ascii=False)} = ""  # {chinese!r}')
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
