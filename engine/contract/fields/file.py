"""A file of the learner's own, such as pictures to be tried; none by default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from engine.contract.fields.base import Field
from engine.contract.refusal import Refused, shortened
from engine.contract.text import Text, same

_NOT_OPENED = "file_not_opened"


@dataclass(frozen=True, kw_only=True)
class File(Field):
    """The path of a file as text, or "" for none; ``examine`` reads the file and raises ``Refused`` if it is no good.

    A session only says that a file was used: nobody's session makes the program open a file, so that what comes back
    from one is always "". For the same reason such a field cannot be ``live``: its value would not reach the run.
    """

    kind: ClassVar[str] = "file"

    examine: Callable[[Path], object]
    suffixes: tuple[str, ...] = ()

    def check(self, value: object) -> str:
        if not isinstance(value, str):
            raise Refused(
                Text("“{value}” is not the path of a file.", "“{value}”不是文件的路径。")(value=shortened(value))
            )
        if value == "":
            return value
        if not _is_file(value):
            raise Refused(Text("there is no file “{value}”.", "没有文件“{value}”。")(value=shortened(value)))
        self.examine(Path(value))
        return value

    def parse(self, text: str) -> str:
        return self.check(text)

    def example(self) -> str:
        return "images.idx3-ubyte.gz"

    def from_json(self, value: object) -> str:
        if value == "" or (isinstance(value, dict) and set(value) == {_NOT_OPENED}):
            return ""
        raise Refused(
            Text("“{value}” is not the name of a file that was used.", "“{value}”不是用过的文件的名字。")(
                value=shortened(value)
            )
        )

    def to_json(self, value: str) -> object:
        return {_NOT_OPENED: Path(value).name} if value else ""

    def spell(self, value: str) -> Text:
        return same(Path(value).name) if value else Text("none", "无")

    def describe(self) -> dict[str, object]:
        return {"suffixes": list(self.suffixes)}

    def allowed(self) -> Text:
        return Text("a file, or nothing", "一个文件，或留空")


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):  # too long a name, or a zero byte in it
        return False
