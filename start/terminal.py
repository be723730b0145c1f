"""What the start says in the terminal: the language, one way to speak, and the error that ends a start."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from engine.contract.text import Text

_CHINESE_ON_WINDOWS = 0x04  # the primary language of a Windows language number, in its lower ten bits


class StartError(Exception):
    """The program cannot start; ``text`` says in one sentence what is wrong and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.render("en"))
        self.text = text


def language(environ: Mapping[str, str] | None = None) -> str:
    """The language of messages, one of ``LANGUAGES``, from the locale variables, on Windows from the system."""
    variables = os.environ if environ is None else environ
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if variables.get(name):
            return "zh_CN" if variables[name].lower().startswith("zh") else "en"
    if sys.platform == "win32":
        import ctypes

        if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == _CHINESE_ON_WINDOWS:
            return "zh_CN"
    return "en"


def say(text: Text) -> None:
    """Write one message to standard error; standard output belongs to what the program was asked for.

    Characters that the terminal cannot show are replaced, never an error. Without a terminal (pythonw) it is silent.
    """
    if sys.stderr is None:
        return
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    message = text.render(language()).replace("\N{MINUS SIGN}", "-")
    sys.stderr.write(message.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stderr.flush()
