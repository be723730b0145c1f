"""The readable text in which approved words are kept: parts with a name, and in each one line for one thing that is
said. A part that is like another one has only the lines that differ.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from engine.contract.language import CHINESE, ENGLISH
from engine.contract.text import Text

_GONE, _LIKE = "without ", " (else like "
_NEW_LINE = " ⏎ "
BESIDE_EACH_OTHER = (ENGLISH.id, CHINESE)
"""The languages whose words stand in one file; every other one has files of its own."""


@dataclass
class Part:
    """``lines`` by what they are about, such as "reading en"; ``like`` is the name of a part that came before. What is
    said is said in ``languages``."""

    name: str
    lines: dict[str, str] = field(default_factory=dict)
    like: str = ""
    languages: tuple[str, ...] = BESIDE_EACH_OTHER

    def say(self, key: str, text: str) -> None:
        """One more line; a key has no ': ' in it, and names one line only (ValueError otherwise)."""
        if ": " in key or key in self.lines or key.startswith(_GONE):
            raise ValueError(f"{self.name}: cannot keep {key!r}")
        self.lines[key] = text.replace("\n", _NEW_LINE)

    def say_each(self, key: str, text: Text) -> None:
        """One more line in every language."""
        for language in self.languages:
            self.say(f"{key} {short(language)}", text.render(language))

    def words(self, text: Text) -> str:
        """A text as it stands within a line, in every language; once where it is the same in all."""
        return " | ".join(dict.fromkeys(text.render(language) for language in self.languages))


def short(language: str) -> str:
    """A language's name in a key, such as "zh"."""
    return language.partition("_")[0]


def written(title: str, parts: Sequence[Part]) -> str:
    """The parts as one text."""
    by_name = {part.name: part for part in parts}
    pieces = [f"# {title}"]
    for part in parts:
        before = by_name[part.like].lines if part.like else {}
        heading = f"## {part.name}" + (f"{_LIKE}{part.like})" if part.like else "")
        gone = [_GONE + key for key in before if key not in part.lines]
        changed = [f"{key}: {text}".rstrip() for key, text in part.lines.items() if before.get(key) != text]
        pieces.append("\n".join((heading, *gone, *_spaced(changed))))
    return "\n\n".join(pieces) + "\n"


def read(text: str) -> list[Part]:
    """The parts of a written text, with all their lines; what a part has beside those it is like comes last."""
    found: dict[str, Part] = {}
    part = Part("")
    for line in text.splitlines()[1:]:
        if line.startswith("## "):
            name, _, like = line.removeprefix("## ").removesuffix(")").partition(_LIKE)
            part = found[name] = Part(name, dict(found[like].lines) if like else {}, like)
        elif line.startswith(_GONE):
            del part.lines[line.removeprefix(_GONE)]
        elif line:
            key, _, said = line.partition(": ")
            part.lines[key.removesuffix(":")] = said
    return list(found.values())


def only(text: str, names: Collection[str]) -> str:
    """A written text without the parts that are not among the names."""
    title, *parts = text.split("\n## ")
    kept = [part for part in parts if part.partition("\n")[0].partition(_LIKE)[0] in names]
    return "\n## ".join([title, *kept]).rstrip("\n") + "\n"


def settled(parts: Sequence[Part], kept: Sequence[Part], same: Callable[[str, str, str], bool]) -> list[Part]:
    """The parts with the kept words for those lines that are the ``same`` (key, kept, now) but for rounding."""
    before = {part.name: part.lines for part in kept}
    return [
        Part(
            part.name,
            {
                key: before[part.name][key]
                if key in before.get(part.name, {}) and same(key, before[part.name][key], text)
                else text
                for key, text in part.lines.items()
            },
            part.like,
        )
        for part in parts
    ]


def _spaced(lines: Sequence[str]) -> list[str]:
    """Lines of one kind together, an empty one before the next kind."""
    spaced: list[str] = []
    for number, line in enumerate(lines):
        if number and _kind(line) != _kind(lines[number - 1]):
            spaced.append("")
        spaced.append(line)
    return spaced


def _kind(line: str) -> str:
    return line.partition(":")[0].partition(" ")[0]
