"""The table of test results: what was tested, the outcome, and the observation; skipped tests are listed too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Literal

Outcome = Literal["ok", "FAILED", "skipped", "measured"]


class Failed(AssertionError):
    """Raised when a test failed; the message says what was observed."""


class Skipped(Exception):
    """Raised when a test is not possible on this machine; the message says why."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    outcome: Outcome
    seen: str


@dataclass
class Report:
    """Prints each row immediately, and keeps all."""

    rows: list[Row] = field(default_factory=list)

    def add(self, what: str, outcome: Outcome, seen: str) -> None:
        """Adds a row."""
        self.rows.append(Row(what, outcome, seen))
        print(f"{outcome:<9} {what:<60} {' '.join(seen.split())}", flush=True)

    @contextmanager
    def trying(self, what: str) -> Iterator[list[str]]:
        """Context that adds a row for its block, with the texts that the block appends to the list, and the seconds."""
        seen: list[str] = []
        began = monotonic()
        try:
            yield seen
        except Skipped as reason:
            self.add(what, "skipped", str(reason))
        except Exception as error:  # whatever one row meets, the others are still told
            self.add(what, "FAILED", f"{type(error).__name__}: {error}")
        else:
            self.add(what, "ok", "; ".join([*seen, f"{monotonic() - began:.0f} s"]))

    @property
    def failed(self) -> int:
        """The number of failed tests."""
        return sum(row.outcome == "FAILED" for row in self.rows)


def expect(holds: object, otherwise: object) -> None:
    """Raises Failed with ``otherwise`` unless ``holds``."""
    if not holds:
        raise Failed(str(otherwise))
