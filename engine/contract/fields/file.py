"""A file of the learner's own, such as pictures to be tried; none by default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from engine.contract.fields.base import Field
from engine.contract.run.carried_file import MOST_PACKED, laid_down, packed, unpacked
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text, untranslated

_NOT_OPENED = "file_not_opened"
_NAME, _CONTENT = "file", "content"
_DAMAGED = Text("the file “{name}” in the session is damaged.")


@dataclass(frozen=True, kw_only=True)
class File(Field):
    """The path of a file as text, or "" for none; ``examine`` reads the file and raises ``Refused`` if it is no good.

    A session carries a small file along: ``carry`` gives its content in a form that ``examine`` reads by itself, and
    what comes back is the path of a copy. Of a larger one it holds the name alone, and what comes back is "": nobody's
    session makes the program open a file of the learner's. For the same reason such a field cannot be ``live``.
    """

    kind: ClassVar[str] = "file"

    examine: Callable[[Path], object]
    carry: Callable[[Path], bytes]
    suffixes: tuple[str, ...] = ()
    most_carried: int = MOST_PACKED

    def check(self, value: object) -> str:
        if not isinstance(value, str):
            raise Refused(Text("“{value}” is not the path of a file.")(value=shortened(value)))
        if value == "":
            return value
        if not _is_file(value):
            raise Refused(Text("there is no file “{value}”.")(value=shortened(value)))
        self.examine(Path(value))
        return value

    def parse(self, text: str) -> str:
        return self.check(text)

    def example(self) -> str:
        return "images.idx3-ubyte.gz"

    def from_json(self, value: object) -> str:
        if value == "" or not_carried(value) is not None:
            return ""
        if isinstance(value, dict) and set(value) == {_NAME, _CONTENT}:
            name, content = value[_NAME], value[_CONTENT]
            if isinstance(name, str) and isinstance(content, str):
                return self._from_session(name, content)
        raise Refused(Text("“{value}” is not the name of a file that was used.")(value=shortened(value)))

    def to_json(self, value: str) -> object:
        """With the content of a small file, which is read for it; by its name where it cannot be read any more."""
        if not value:
            return ""
        path = Path(value)
        try:
            content = packed(self.carry(path), self.most_carried)
        except (Refused, OSError):
            content = None
        return {_NOT_OPENED: path.name} if content is None else {_NAME: path.name, _CONTENT: content}

    def _from_session(self, name: str, content: str) -> str:
        try:
            path = str(laid_down(name, unpacked(content, self.most_carried)))
        except (ValueError, OSError):
            raise Refused(_DAMAGED(name=shortened(name))) from None
        return self.check(path)

    def spell(self, value: str) -> Text:
        return untranslated(Path(value).name) if value else Text("none")

    def describe(self) -> dict[str, object]:
        return {"suffixes": list(self.suffixes)}

    def allowed(self) -> Text:
        return Text("a file, or nothing")


def not_carried(value: object) -> str | None:
    """The name of a file that was used and is not in the session, of which ``value`` is a parameter; None elsewhere."""
    if not isinstance(value, dict) or set(value) != {_NOT_OPENED}:
        return None
    return str(value[_NOT_OPENED])


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):  # too long a name, or a zero byte in it
        return False
