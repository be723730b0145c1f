"""What is said where a system keeps less away from foreign code than it should."""

from __future__ import annotations

from collections.abc import Iterable

from engine.contract.text import Text, listed
from engine.sandbox.confinement import CALLS, FILES, SEATBELT, WINDOWS

_NOT_HELD = Text(
    "This system does not keep code that is checked from {what}. Python does so as far as it can. Check code by others "
    "only if you trust them.",
    "被检查的代码若要{what}，这个系统拦不住，只有 Python 在尽量拦。别人写的代码，信得过再检查。",
)
_WHAT = {
    FILES: Text("reading your files", "读取你的文件"),
    CALLS: Text("writing files, sending data and starting programs", "写文件、发送数据、启动程序"),
    SEATBELT: Text("reading and writing files, sending data and starting programs", "读写文件、发送数据、启动程序"),
    WINDOWS: Text("reading and writing files and sending data", "读写文件、发送数据"),
}


def what_is_not_held(lacks: Iterable[str]) -> Text:
    """One sentence about what of ``expected`` a system lacks, and what follows from it."""
    return _NOT_HELD(what=listed([_WHAT[one] for one in sorted(lacks)]))
