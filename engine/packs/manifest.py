"""The file pack.toml of a pack: its title, its languages, and the version of the program that it needs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.contract.language import LANGUAGES
from engine.contract.text import Refused, Text, shortened, untranslated
from engine.lessons.answers import LONGEST_LINE, LONGEST_TITLE, Words, read_words
from engine.packs import API, MANIFEST
from engine.version import VERSION

_LARGEST = 16 * 2**10
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", re.ASCII)
_VERSION = re.compile(r"\d{1,4}(?:\.\d{1,4}){0,2}", re.ASCII)
_LONGEST_ID = 30
_KNOWN = ("id", "api", "titles", "about", "languages", "needs")

_IN_FILE = Text("{file}: {reason}")
_NO_TOML = Text("it is no TOML: {reason}.")
_TOO_LARGE = Text("it is larger than {most:,} bytes.")
_NOT_UTF_8 = Text("it is not written in UTF-8.")
_UNKNOWN = Text("there is no “{name}”; there are {known}.")
_BAD_ID = Text("id is “{value}”; it is written in small letters, digits and hyphens, such as my-pack.")
_NO_API = Text("api is “{value}”; it has to be {known}.")
_NEWER = Text("it is made for api {found}, and this program reads {known}: a newer Layerwise is needed.")
_LANGUAGES = Text("languages is “{value}”; it is a list of {known}.")
_NO_TITLE = Text("titles has none for {language}.")
_BAD_NEEDS = Text("needs is “{value}”; it is the lowest version of Layerwise, such as {version}.")
_TOO_OLD = Text("it needs Layerwise {needed}, and this is {version}.")
_ODD = Text("it is nested too deep, or a number is too long")
_TITLES, _ABOUT = untranslated("titles"), untranslated("about")


@dataclass(frozen=True)
class Manifest:
    """The content of pack.toml; ``id`` is also the name of the pack's folder, ``needs`` the lowest version of the
    program.
    """

    id: str
    title: Words
    about: Words
    languages: tuple[str, ...]
    needs: str = ""


def is_id(value: object) -> bool:
    """Whether a value can be the id of a pack."""
    return isinstance(value, str) and len(value) <= _LONGEST_ID and _ID.fullmatch(value) is not None


def read_manifest(content: bytes) -> Manifest:
    """Parses pack.toml; ``Refused`` names the file and what is invalid."""
    try:
        return _manifest(_table(content))
    except Refused as refusal:
        raise Refused(_IN_FILE(file=MANIFEST, reason=refusal.text)) from None
    except ValueError:  # a number in base 16 may have more digits than can be written
        raise Refused(_IN_FILE(file=MANIFEST, reason=_NO_TOML(reason=_ODD))) from None


def _table(content: bytes) -> Mapping[str, Any]:
    if len(content) > _LARGEST:
        raise Refused(_TOO_LARGE(most=_LARGEST))
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused(_NOT_UTF_8) from None
    except tomllib.TOMLDecodeError as error:
        raise Refused(_NO_TOML(reason=shortened(str(error)))) from None
    except (RecursionError, ValueError):  # ValueError for numbers of too many digits
        raise Refused(_NO_TOML(reason=_ODD)) from None


def _manifest(table: Mapping[str, Any]) -> Manifest:
    # First: a newer layout may have more keys.
    api = table.get("api")
    if not isinstance(api, int) or isinstance(api, bool) or api < 1:
        raise Refused(_NO_API(value=shortened(api), known=API))
    if api > API:
        raise Refused(_NEWER(found=shortened(api), known=API))
    for name in table:
        if name not in _KNOWN:
            raise Refused(_UNKNOWN(name=shortened(name), known=", ".join(_KNOWN)))
    pack_id = table.get("id")
    if not isinstance(pack_id, str) or not is_id(pack_id):
        raise Refused(_BAD_ID(value=shortened(pack_id)))
    languages = table.get("languages")
    if not isinstance(languages, list) or not languages or not all(one in LANGUAGES for one in languages):
        raise Refused(_LANGUAGES(value=shortened(languages), known=", ".join(LANGUAGES)))
    title = read_words(table.get("titles"), _TITLES, LONGEST_TITLE)
    for language in languages:
        if not title.typed(language):
            raise Refused(_NO_TITLE(language=language))
    about = read_words(table.get("about"), _ABOUT, LONGEST_LINE, needed=False)
    return Manifest(pack_id, title, about, tuple(dict.fromkeys(languages)), _needed(table.get("needs", "")))


def _needed(value: object) -> str:
    if value == "":
        return ""
    if not isinstance(value, str) or not _VERSION.fullmatch(value):
        raise Refused(_BAD_NEEDS(value=shortened(value), version=VERSION))
    if _numbers(value) > _numbers(VERSION):
        raise Refused(_TOO_OLD(needed=value, version=VERSION))
    return value


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
