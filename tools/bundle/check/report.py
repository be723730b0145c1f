"""The table of a check: what was tried, how it went, and what was seen; what could not be tried here is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Literal

Outcome = Literal["ok", "FAILED", "skipped", "measured"]


class Failed(AssertionError):
    """What was tried did not go as it should; the message says what was seen."""


class Skipped(Exception):
    """It cannot be tried on this machine; the message says why."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    outcome: Outcome
    seen: str


@dataclass
class Report:
    """Prints each row as it comes, and keeps all."""

    rows: list[Row] = field(default_factory=list)

    def add(self, what: str, outcome: Outcome, seen: str) -> None:
        """One more row."""
        self.rows.append(Row(what, outcome, seen))
        print(f"{outcome:<9} {what:<60} {' '.join(seen.split())}", flush=True)

    @contextmanager
    def trying(self, what: str) -> Iterator[list[str]]:
        """A row for the block; what it puts into the list stands in the row, with the seconds that it took."""
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
        """How many went wrong."""
        return sum(row.outcome == "FAILED" for row in self.rows)


def expect(holds: object, otherwise: object) -> None:
    """Raise Failed with what was seen unless it holds."""
    if not holds:
        raise Failed(str(otherwise))
