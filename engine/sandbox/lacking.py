"""The message for a system that restricts untrusted code less than it should."""

from __future__ import annotations

from collections.abc import Iterable

from engine.contract.text import Text, listed
from engine.sandbox.confinement import CALLS, FILES, SEATBELT, WINDOWS

_NOT_HELD = Text(
    "This system does not keep code that is checked from {what}. Python does so as far as it can. Check code by others "
    "only if you trust them."
)
_WHAT = {
    FILES: Text("reading your files"),
    CALLS: Text("writing files, sending data and starting programs"),
    SEATBELT: Text("reading and writing files, sending data and starting programs"),
    WINDOWS: Text("reading and writing files and sending data"),
}


def what_is_not_held(lacks: Iterable[str]) -> Text:
    """A sentence about the restrictions that a system lacks, and the consequences."""
    return _NOT_HELD(what=listed([_WHAT[one] for one in sorted(lacks)]))
