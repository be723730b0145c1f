"""A pack: the content of its files, and what each file is for. Nothing in it is run or imported here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from engine.contract.catalogue import RESOURCES, chapter_names, entry_of
from engine.contract.language import LANGUAGES
from engine.contract.plain_json import read_document
from engine.contract.text import Refused, Text, path_words, shortened
from engine.glossary import Term
from engine.guides.guide import Guide, guide_in
from engine.lessons import SUFFIX as LESSON_SUFFIX
from engine.lessons.answers import LONGEST_TITLE, Words, read_words, words_in_all
from engine.lessons.lesson import Lesson
from engine.lessons.reading import lesson_in
from engine.packs import MANIFEST
from engine.packs.files import digest_of, read_files
from engine.packs.glossary import terms_in
from engine.packs.manifest import Manifest, read_manifest

DATA_SUFFIXES = (".csv", ".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".pgm", ".ppm", ".gz", ".idx")
"""The suffixes of data files, which are those that experiments can read."""
LARGEST_GUIDE = 64 * 2**10
_GUIDE = re.compile(r"guide/(\w+)/(\w+)\.md", re.ASCII)
_LESSON = re.compile(rf"lessons/([^/]+){re.escape(LESSON_SUFFIX)}")
_DATA = re.compile(rf"data/([^/]+)(?:{'|'.join(map(re.escape, DATA_SUFFIXES))})", re.IGNORECASE)
_EXPERIMENT = re.compile(r"engine/experiments/(ch\d_\w+)/(\w+?)(?:\.py|/\w+\.py)", re.ASCII)
_CODE = re.compile(r"(?:engine/experiments|gui/views)/ch\d_\w+/(?:\w+/)?\w+\.py|tests/(?:\w+/)*\w+\.py", re.ASCII)
_GLOSSARY = re.compile(r"glossary/[^/]+\.toml")
_WORDS = re.compile(r"(?:README|LICENSE)[\w.]*", re.ASCII)

_TITLE = Text("the title")
_IN_PACK = Text("the pack {path}: {reason}")
_IN_FILE = Text("{file}: {reason}")
_AT_LINE = Text("{file}, line {line}: {reason}")
_PYTHON = Text("{file} is Python, which only stands in engine/experiments, gui/views and tests.")
_ID_IS_THERE = Text("there is an experiment “{id}” already.")
_NO_CHAPTER = Text("there is no chapter “{name}”; there are {known}.")
_NO_PLACE = Text(
    "{file} has no place in a pack; there are guide/LANGUAGE/EXPERIMENT.md, lessons, data, glossary and pack.toml."
)
_NO_LANGUAGE = Text("the language “{language}” is none of those that pack.toml names.")
_NOT_UTF_8 = Text("it is not written in UTF-8.")
_TOO_LONG = Text("it is larger than {most:,} bytes.")
_NOTHING = Text("it brings no guide, no lesson, no data and no terms.")
_TERM_TWICE = Text("there is a term “{id}” in another file too.")


@dataclass(frozen=True)
class Pack:
    """A pack that has been read: its ``manifest``, the content of its ``files`` by name, and its ``path``."""

    path: Path
    manifest: Manifest
    files: Mapping[str, bytes]

    @property
    def id(self) -> str:
        """The pack's id, unique in the learner's folder."""
        return self.manifest.id

    @cached_property
    def digest(self) -> str:
        """A SHA-256 over all files, by which the pack is trusted."""
        return digest_of(self.files)

    @cached_property
    def guides(self) -> Mapping[tuple[str, str], Guide]:
        """The guides by experiment and language."""
        return {
            (match[2], match[1]): _guide(self.files[name], match[2], match[1], self.own_experiments)
            for name in self.files
            if (match := _GUIDE.fullmatch(name))
        }

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """The terms of its glossary by id."""
        found: dict[str, Term] = {}
        for name in sorted(filter(_GLOSSARY.fullmatch, self.files)):
            text = _decoded(self.files[name])
            try:
                further = terms_in(text)
                if twice := found.keys() & further.keys():
                    raise Refused(_TERM_TWICE(id=shortened(min(twice))))
            except Refused as refusal:
                raise Refused(at_line(name, line_of_quote(text, refusal.text), refusal.text)) from None
            found.update(further)
        return found

    @property
    def python(self) -> tuple[str, ...]:
        """The names of its Python files, which are not read before somebody has trusted the pack."""
        return tuple(name for name in sorted(self.files) if _CODE.fullmatch(name))

    @property
    def own_experiments(self) -> tuple[str, ...]:
        """The ids of the experiments that it contains, available once it is trusted."""
        return tuple(dict.fromkeys(match[2] for name in self.python if (match := _EXPERIMENT.fullmatch(name))))

    @property
    def experiments(self) -> tuple[str, ...]:
        """The ids of the experiments for which it has a guide."""
        return tuple(dict.fromkeys(experiment for experiment, _ in self.guides))

    def guide(self, experiment_id: str, language: str) -> Guide:
        """Its guide for an experiment in this language; if there is none, in the first of the pack's languages that has
        one.
        """
        order = (language, *self.manifest.languages)
        return next(self.guides[experiment_id, one] for one in order if (experiment_id, one) in self.guides)

    @property
    def lessons(self) -> tuple[str, ...]:
        """The names of its lesson files."""
        return tuple(name for name in sorted(self.files) if _LESSON.fullmatch(name))

    def lesson(self, name: str) -> Lesson:
        """Parses one of its lessons; ``Refused`` names the file if it is invalid."""
        try:
            return lesson_in(_decoded(self.files[name]))
        except Refused as refusal:
            raise Refused(_IN_FILE(file=shortened(name), reason=refusal.text)) from None

    def lesson_title(self, name: str) -> Words:
        """The title of a lesson, without parsing its steps; the file's name if it has no title."""
        try:
            document = read_document(_decoded(self.files[name]), "layerwise_lesson")
            return read_words(document.get("title"), _TITLE, LONGEST_TITLE)
        except ValueError:  # Refused is one too
            called = shortened(name.removeprefix("lessons/").removesuffix(LESSON_SUFFIX))
            return words_in_all(called)

    @property
    def data(self) -> tuple[str, ...]:
        """The names of its tables and images."""
        return tuple(name for name in sorted(self.files) if _DATA.fullmatch(name))


@dataclass(frozen=True)
class Finding:
    """An error in a pack: the file, the line, and a sentence."""

    file: str
    line: int
    text: Text


def read_pack(path: Path) -> Pack:
    """Reads the pack in a folder or a .zip; ``Refused`` names the pack, the file and the reason in one sentence.

    Its guides are parsed and the ids of its experiments checked; whether its claims are true is for ``checking``.
    """
    files = read_files(path)
    try:
        pack = Pack(path, read_manifest(files[MANIFEST]), files)
        for name in files:
            _check_place(name, pack.manifest)
        for experiment_id in pack.own_experiments:
            if (RESOURCES / "guide" / "en" / f"{experiment_id}.md").exists():
                raise Refused(_ID_IS_THERE(id=shortened(experiment_id)))
        if not any((pack.guides, pack.lessons, pack.data, pack.python, pack.terms)):
            raise Refused(_NOTHING)
    except Refused as refusal:
        raise Refused(_IN_PACK(path=path_words(path), reason=refusal.text)) from None
    return pack


def line_of(text: str, place: str) -> int:
    """The line number, counted from 1, at which ``place`` first occurs in a text; 1 if it does not."""
    at = text.find(place) if place else -1
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def line_of_quote(text: str, reason: Text, begin: int = 0, otherwise: int = 1) -> int:
    """The line number of the text that a message quotes, the longest quote first; ``otherwise`` if no quote is found.

    The search starts at the offset ``begin``.
    """
    above, text = text.count("\n", 0, begin), text[begin:]
    quotes = sorted((one.rstrip("…") for one in quotes_in(reason)), key=len, reverse=True)
    # A whole target first: it may be the beginning of others.
    places = [place for one in quotes if one for place in (f"({one})", f"({one} ", one)]
    return next((above + line_of(text, place) for place in places if place in text), otherwise)


def quotes_in(text: Text) -> list[str]:
    """The strings that were inserted into a message, which may be quotes from a file."""
    found = []
    for value in text.values.values():
        found += quotes_in(value) if isinstance(value, Text) else [value] if isinstance(value, str) else []
    return found


def at_line(file: str, line: int, reason: Text) -> Text:
    """Adds file and line to a message; the line is not repeated if the message already has one."""
    if reason.message.startswith("line {number}"):
        return _IN_FILE(file=shortened(file), reason=reason)
    return _AT_LINE(file=shortened(file), line=line, reason=reason)


def _check_place(name: str, manifest: Manifest) -> None:
    if guide := _GUIDE.fullmatch(name):
        if guide[1] not in LANGUAGES or guide[1] not in manifest.languages:
            raise Refused(_IN_FILE(file=shortened(name), reason=_NO_LANGUAGE(language=shortened(guide[1]))))
    elif _CODE.fullmatch(name):
        chapter = _EXPERIMENT.fullmatch(name)
        if chapter and chapter[1] not in chapter_names():
            reason = _NO_CHAPTER(name=shortened(chapter[1]), known=", ".join(chapter_names()))
            raise Refused(_IN_FILE(file=shortened(name), reason=reason))
    elif name.casefold().endswith((".py", ".pyc", ".pyw", ".pyd", ".so", ".pth")):
        raise Refused(_PYTHON(file=shortened(name)))
    elif not (name == MANIFEST or any(one.fullmatch(name) for one in (_LESSON, _DATA, _GLOSSARY, _WORDS))):
        raise Refused(_NO_PLACE(file=shortened(name)))


def _guide(content: bytes, experiment_id: str, language: str, own: tuple[str, ...]) -> Guide:
    name = f"guide/{language}/{experiment_id}.md"
    try:
        if experiment_id not in own:
            entry_of(experiment_id)
        if len(content) > LARGEST_GUIDE:
            raise Refused(_TOO_LONG(most=LARGEST_GUIDE))
        text = _seen(_decoded(content))
    except Refused as refusal:
        raise Refused(_IN_FILE(file=name, reason=refusal.text)) from None
    try:
        return guide_in(text, experiment_id, language)
    except Refused as refusal:
        raise Refused(at_line(name, line_of_quote(text, refusal.text), refusal.text)) from None


def _seen(text: str) -> str:
    """The text with invisible characters, such as those that reverse the writing direction, replaced by spaces."""
    return "".join(sign if sign == "\n" or sign.isprintable() else " " for sign in text.replace("\r\n", "\n"))


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_NOT_UTF_8) from None
