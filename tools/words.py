"""Updates the ``.po`` files of all languages to the program's messages: ``python3 -m tools.words``.

New messages get an empty entry in ``resources/languages/<id>/layerwise.po``, old ones are removed; then the number of
missing translations of each language is printed. ``--check`` only reports.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po, write_po

from engine.contract.language import FOLDER, known_languages, language_of, names_in
from tools.messages import Message, messages

NAME = "layerwise.po"
_BRACES = "python-brace-format"
_ABOUT = """\
# The words of Layerwise in this language. `python3 -m tools.words` keeps its entries, `python3 -m tools` makes of them
# what the program reads."""


class _Words(Catalog):
    """The translations of a language, without creation date and author, so that the file is reproducible."""

    def _get_mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale_identifier)),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]

    mime_headers = property(_get_mime_headers)


def languages(folder: Path = FOLDER) -> list[Path]:
    """The folders of all languages but English."""
    return sorted(path.parent for path in folder.glob("*/language.json"))


def catalogue_of(language: Path) -> _Words:
    """All translations of a language, from every ``.po`` file in its folder."""
    whole = _read(language / NAME)
    for path in sorted(language.glob("*.po")):
        for entry in _entries(_read(path)):
            if path.name != NAME:
                whole[entry.id] = entry
    return whole


def is_draft(language: Path) -> bool:
    """Whether the language in a folder is not finished, and may lack translations."""
    return language.name in known_languages() and language_of(language.name).is_draft


def faults(language: Path) -> Iterator[str]:
    """Reports translations that are missing, left over, fuzzy, or have other placeholders than the English message."""
    wanted, given = messages(), {_key(entry): entry for entry in _entries(catalogue_of(language))}
    for key, one in wanted.items():
        entry = given.get(key)
        forms = [] if entry is None else _forms(entry)
        if entry is None or not all(forms):
            yield f"missing: {one.message!r} {one.context}"
        elif entry.fuzzy:
            yield f"fuzzy: {one.message!r} {one.context}"
        else:
            yield from (
                f"other values: {one.message!r} and {form!r}"
                for form in forms
                if names_in(form) != names_in(one.message)
            )
    yield from (f"left over: {message!r} {context}" for context, message in given.keys() - wanted.keys())


def updated(language: Path) -> bytes:
    """The updated content of a language's file."""
    path = language / NAME
    old = {_key(entry): entry for entry in _entries(_read(path))}
    others = {_key(entry) for other in language.glob("*.po") if other.name != NAME for entry in _entries(_read(other))}
    made = _Words(locale=language.name, header_comment=_ABOUT, fuzzy=False)
    for key, one in messages().items():
        if key in others:
            continue
        entry = old.get(key)
        forms = ("",) * made.num_plurals if one.plural else ""
        made[_id(one)] = Entry(
            _id(one),
            forms if entry is None else entry.string,
            [(name, 0) for name in one.files],
            flags=({_BRACES} if names_in(one.message) else set()) | ({"fuzzy"} if entry and entry.fuzzy else set()),
            auto_comments=one.comments,
            user_comments=entry.user_comments if entry else (),
            context=one.context or None,
        )
    for entry in _entries(made):
        entry.flags.discard("python-format")
    written = BytesIO()
    write_po(written, made, width=0, include_lineno=False)
    return written.getvalue()


def _id(one: Message) -> str | tuple[str, str]:
    return (one.message, one.plural) if one.plural else one.message


def _key(entry: Entry) -> tuple[str, str]:
    return entry.context or "", entry.id if isinstance(entry.id, str) else entry.id[0]


def _forms(entry: Entry) -> list[str]:
    return [entry.string] if isinstance(entry.string, str) else list(entry.string or ("",))


def _entries(catalogue: Catalog) -> list[Entry]:
    return [entry for entry in catalogue if entry.id]


def _read(path: Path) -> _Words:
    words = _Words(locale=path.parent.name)
    if path.exists():
        with path.open("rb") as file:
            for entry in _entries(read_po(file, locale=path.parent.name, abort_invalid=True)):
                words[entry.id] = entry
    return words


def main(arguments: list[str]) -> int:
    """Runs the command and returns 1 if a language that is no draft lacks a translation or, with ``--check``, a file is
    not up to date.
    """
    parser = argparse.ArgumentParser(prog="python3 -m tools.words", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    check, status = parser.parse_args(arguments).check, 0
    for language in languages():
        path, content = language / NAME, updated(language)
        if not path.exists() or path.read_bytes() != content:
            if check:
                print(f"{path.relative_to(FOLDER)} is not up to date")
                status = 1
            else:
                path.write_bytes(content)
        found = list(faults(language))
        print(f"{language.name}: {len(found)} to be done", *found[:40], sep="\n  ")
        if found and not is_draft(language):
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
