"""Faults as records: what each changes, what a learner would see of it, and which tests are to catch it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).resolve().parent / "faults"
KINDS = ("mathematics", "experiments", "views", "running", "export", "shell")


@dataclass(frozen=True)
class Fault:
    """``old`` stands once in ``file``, from the checkout's root, and becomes ``new``; ``tests`` are pytest's arguments.

    ``does`` says in a sentence what a learner would see.
    """

    name: str
    kind: str
    does: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def planted_in(self, text: str) -> str:
        """The file's text with the fault; ValueError unless the old text stands there exactly once."""
        if text.count(self.old) != 1:
            raise ValueError(f"{self.name}: {self.old!r} stands {text.count(self.old)} times in {self.file}")
        return text.replace(self.old, self.new)


def all_faults() -> list[Fault]:
    """The records of all kinds, a file each, in the order of the files."""
    found = []
    for kind in KINDS:
        for row in tomllib.loads((FOLDER / f"{kind}.toml").read_text(encoding="utf-8"))["fault"]:
            found.append(Fault(kind=kind, **{**row, "tests": tuple(row["tests"])}))
    return found
