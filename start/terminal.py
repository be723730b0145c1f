"""Messages of the start in the terminal: their language, a function to print them, and the error that ends a start."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from engine.contract.language import ENGLISH, LANGUAGES, language_for, language_of
from engine.contract.text import Text

_PRIMARY = 0x3FF  # the lower ten bits of a Windows language number are the language without its country


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
            return language_for(variables[name])
    if sys.platform == "win32":
        import ctypes

        primary = ctypes.windll.kernel32.GetUserDefaultUILanguage() & _PRIMARY
        return next((id for id in LANGUAGES if language_of(id).windows == primary), ENGLISH.id)
    return ENGLISH.id


def say(text: Text) -> None:
    """Writes one message to standard error; standard output is for the requested output.

    Characters that the terminal cannot show are replaced, never an error. Without a terminal (pythonw) it is silent.
    """
    if sys.stderr is None:
        return
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    message = text.render(language()).replace("\N{MINUS SIGN}", "-")
    sys.stderr.write(message.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stderr.flush()
