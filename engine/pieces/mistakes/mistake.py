"""The record of a common mistake."""

from __future__ import annotations

from dataclasses import dataclass

from engine.contract.text import Text

Changes = tuple[tuple[str, str], ...]
"""Changes of a text: each old part becomes the new one, wherever it stands."""


@dataclass(frozen=True)
class Mistake:
    """A common mistake, known by an ``id``: the ``changes`` that make it of the piece, one fault.

    The ``hint`` is shown if the mistake explains all that the learner's code gives. It names the kind of mistake, but
    not the code to write. It is also shown for a number computed by hand, unless only code goes wrong this way
    (``of_code``).
    """

    id: str
    hint: Text
    changes: Changes
    of_code: bool = False


def wrong(id: str, hint: Text, *changes: tuple[str, str], of_code: bool = False) -> Mistake:
    """A mistake made by these changes (old, new) of the piece."""
    return Mistake(id, hint, changes, of_code)
