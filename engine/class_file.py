"""The class file ``layerwise-class.toml``: defaults that a teacher sets for a class. It is read as untrusted data.

It is named by ``--class FILE`` or by the environment variable ``LAYERWISE_CLASS``, or lies beside the program. What a
learner chose and saved takes precedence for language, theme, zoom and experiment; panels, answers and the lesson are
always the class file's. It contains no code, and no error in it keeps the window from opening: each error is a sentence
in ``problems``, and the program's default is used instead.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.contract.catalogue import entry_of
from engine.contract.text import LANGUAGES, Refused, Text, enumerated, path_words, sentences, shortened
from engine.data.plain_file import Unreadable, read_plain_file
from engine.lessons import SUFFIX, shipped_lessons

NAME = "layerwise-class.toml"
VARIABLE = "LAYERWISE_CLASS"
THEMES = ("light", "dark")
SMALLEST, LARGEST = 0.8, 2.0
"""The range of the window's zoom factor."""
PANELS = ("write", "derive", "how", "data")
"""The panels that a class file can remove; the guide is always there."""
_MOST_BYTES, _LONGEST_LINE = 16 * 1024, 1000
"""The maximum size of the file in bytes and of a line in characters; parsing a key with thousands of dots would take
minutes.
"""
_MOST_NAMED = 5

_TOO_DEEP = Text("it is nested too deeply")
_NO_UTF8 = Text("it is no text in UTF-8")
_LONG_LINE = Text("line {number} is longer than {most:,} characters")
_BAD_LINE = Text("line {number} is not TOML")
_BAD = Text("it is not TOML")
_LINE = re.compile(r"at line (\d+)")

_NOTHING = Text("It cannot be read: {reason}. The program opens as without it.")
_UNKNOWN = Text("Unknown: {keys}. There are {known}.")
_AND_MORE = Text("{count} more")
_ONE_OF = Text("{key}: “{value}” is not one of {allowed}.")
_NO_SIZE = Text("{key}: “{value}” is not a number from {least} to {most}.")
_NO_SWITCH = Text("{key}: “{value}” is neither true nor false.")
_NO_LIST = Text("{key}: “{value}” is not a list of panels such as {allowed}.")
_NO_EXPERIMENT = Text("{key}: there is no experiment “{value}”; the command 'list' names them.")
_NO_LESSON = Text("{key}: “{value}” is neither a number from 1 to {count} nor a file {suffix} beside the class file.")
_NO_FOLDER = Text("{key}: “{value}” is not the path of a folder; .. is not allowed in it.")
_TOLD = Text("{path}: {problems}")


@dataclass(frozen=True)
class ClassFile:
    """The settings in a class file; a setting that is missing or not allowed is empty or has its default.

    ``panels`` are those of ``PANELS`` that are shown. Without ``shows_answers`` no answer is shown to learners who have
    not given one. ``lesson`` is opened at the start; ``answers`` is the folder to which learners' answers are written.
    """

    path: Path | None = None
    language: str = ""
    theme: str = ""
    zoom: float | None = None
    experiment: str = ""
    lesson: Path | None = None
    panels: tuple[str, ...] = PANELS
    shows_answers: bool = True
    answers: Path | None = None
    problems: tuple[Text, ...] = ()

    @property
    def told(self) -> Text | None:
        """The file's path and all problems in one text; None if there is no problem."""
        return _TOLD(path=path_words(self.path), problems=sentences(self.problems)) if self.problems else None


_NONE = ClassFile()
_in_use: list[ClassFile] = []


def class_in_use() -> ClassFile:
    """The class file that was read at the program's start; an empty ``ClassFile`` if there is none."""
    return _in_use[0] if _in_use else _NONE


def use_class(file: ClassFile | None) -> None:
    """Sets the class file in use; None for none."""
    _in_use[:] = [file] if file is not None else []


def answers_folder() -> Path | None:
    """The folder in which a class collects answers and votes; None if it has none. It may be missing or slow, such as a
    network drive, so the window must write to it in the background only.
    """
    return class_in_use().answers


def take_class(named: str | None, beside: Path | None) -> ClassFile:
    """Reads and uses the class file: the one ``named`` on the command line, or by the environment variable, or the one
    in the folder ``beside`` the program. If a named file does not exist, that is a problem, and no other file is used.
    """
    path = _found(named, beside)
    file = read_class_file(path) if path is not None else _NONE
    use_class(file)
    return file


def _found(named: str | None, beside: Path | None) -> Path | None:
    if name := named or os.environ.get(VARIABLE, ""):
        try:
            return Path(os.path.abspath(name))
        except (OSError, ValueError):  # the working folder is gone; a name that no file can have
            return Path(name)
    place = beside / NAME if beside is not None else None
    return place if place is not None and os.path.lexists(place) else None


def read_class_file(path: Path) -> ClassFile:
    """Reads a class file; never raises an exception, since errors are stored in ``problems``."""
    try:
        found = _table_in(path)
    except Unreadable as error:
        return ClassFile(path, problems=(_NOTHING(reason=error.reason),))
    file, problems = ClassFile(path), []
    for key, value in found.items():
        if key in _KEYS:
            try:
                file = replace(file, **_KEYS[key](path, key, value))
            except Refused as refusal:
                problems.append(refusal.text)
    unknown = [shortened(key, 30) for key in found if key not in _KEYS]
    if unknown:
        more = [_AND_MORE(count=len(unknown) - _MOST_NAMED)] if len(unknown) > _MOST_NAMED else []
        keys = enumerated([*unknown[:_MOST_NAMED], *more])
        problems.insert(0, _UNKNOWN(keys=keys, known=enumerated(list(_KEYS))))
    return replace(file, problems=tuple(problems))


def _table_in(path: Path) -> dict[str, Any]:
    """The keys and values of the TOML file; raises ``Unreadable``, with the reason, if the file as a whole cannot be
    read.
    """
    content = read_plain_file(path, _MOST_BYTES)
    import tomllib  # only where there is such a file

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(_NO_UTF8) from None
    for number, words in enumerate(text.splitlines(), 1):
        if len(words) > _LONGEST_LINE:
            raise Unreadable(_LONG_LINE(number=number, most=_LONGEST_LINE))
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise Unreadable(_TOO_DEEP) from None
    except ValueError as error:
        line = _LINE.search(str(error))
        raise Unreadable(_BAD_LINE(number=int(line[1])) if line else _BAD) from None


# What each key allows


def _one_of(allowed: tuple[str, ...]) -> Callable[[Path, str, Any], dict[str, Any]]:
    def read(_: Path, key: str, value: Any) -> dict[str, Any]:
        if value not in allowed:
            raise Refused(_ONE_OF(key=key, value=shortened(value), allowed=enumerated(list(allowed))))
        return {key: value}

    return read


def _zoom(_: Path, key: str, value: Any) -> dict[str, Any]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not SMALLEST <= value <= LARGEST:
        raise Refused(_NO_SIZE(key=key, value=shortened(value), least=SMALLEST, most=LARGEST))
    return {key: float(value)}


def _experiment(_: Path, key: str, value: Any) -> dict[str, Any]:
    try:
        return {key: entry_of(value).id}
    except Refused:
        raise Refused(_NO_EXPERIMENT(key=key, value=shortened(value))) from None


def _lesson(path: Path, key: str, value: Any) -> dict[str, Any]:
    shipped = shipped_lessons()
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= len(shipped):
        return {key: shipped[value - 1]}
    if isinstance(value, str) and value.endswith(SUFFIX) and not re.search(r'[/\\:*?"<>|\x00-\x1f]', value):
        return {key: path.parent / value}
    raise Refused(_NO_LESSON(key=key, value=shortened(value), count=len(shipped), suffix=SUFFIX))


def _panels(_: Path, key: str, value: Any) -> dict[str, Any]:
    allowed = ("guide", *PANELS)
    if not isinstance(value, list):
        raise Refused(_NO_LIST(key=key, value=shortened(value), allowed='["how", "data"]'))
    for one in value:
        if one not in allowed:
            raise Refused(_ONE_OF(key=key, value=shortened(one), allowed=enumerated(list(allowed))))
    return {key: tuple(one for one in PANELS if one in value)}


def _shows_answers(_: Path, key: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, bool):
        raise Refused(_NO_SWITCH(key=key, value=shortened(value)))
    return {"shows_answers": value}


def _answers(path: Path, key: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, str) or not value.strip() or "\0" in value or ".." in re.split(r"[/\\]", value):
        raise Refused(_NO_FOLDER(key=key, value=shortened(value)))
    return {key: path.parent / value}


_KEYS: Mapping[str, Callable[[Path, str, Any], dict[str, Any]]] = {
    "language": _one_of(tuple(LANGUAGES)),
    "theme": _one_of(THEMES),
    "zoom": _zoom,
    "experiment": _experiment,
    "lesson": _lesson,
    "panels": _panels,
    "show_answers": _shows_answers,
    "answers": _answers,
}
