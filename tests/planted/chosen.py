"""Which of the tests that are to catch a fault are run on some day, and which by `.ci/run` where the fault's file was
changed: read from what pytest collects, no test is run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import pytest
from _pytest.mark import KeywordMatcher
from _pytest.mark.expression import Expression

from tests.collected import collect
from tests.planted.faults import ROOT, Fault, all_faults
from tests.reach import reach_of
from tests.selection import Asked, Seeing

DAYS = range(9)
"""By then every experiment has had its turn with every law."""


@dataclass(frozen=True)
class Chosen:
    """The ids of a fault's tests: ``all`` of them, those that are run ``some_day``, those that are run ``every_day``,
    and those that are chosen ``where_changed``, whichever experiments' turn it is."""

    all: tuple[str, ...]
    some_day: tuple[str, ...]
    every_day: tuple[str, ...]
    where_changed: tuple[str, ...]


def chosen() -> dict[str, Chosen]:
    """Of every fault by its name; collected in a process of its own."""
    command = [sys.executable, "-m", "tests.planted.chosen"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    return {name: Chosen(**{key: tuple(ids) for key, ids in row.items()}) for name, row in found.items()}


def _chosen_of(fault: Fault, items: Iterable[pytest.Item]) -> Chosen:
    places, keywords = _arguments(fault.tests)
    mine = [item for item in items if item.nodeid.startswith(places) and keywords(item)]
    reach = reach_of([fault.file])
    days = [_on(day, Seeing()) for day in DAYS]
    changed = [_on(day, Seeing.some_of(reach, day)) for day in DAYS]
    return Chosen(
        all=tuple(item.nodeid for item in mine),
        some_day=tuple(item.nodeid for item in mine if any(day.wants(item) for day in days)),
        every_day=tuple(item.nodeid for item in mine if all(day.wants(item) for day in days)),
        where_changed=tuple(item.nodeid for item in mine if all(day.wants(item) for day in changed)),
    )


def _on(day: int, also: Seeing) -> Asked:
    return Asked(day=day, quick=False, whole=False, restricted=False, named=Seeing(), also=also)


def _arguments(tests: Sequence[str]):
    """The places among pytest's arguments, and what an item is held against."""
    words = iter(tests)
    places, keywords = [], lambda _: True
    for word in words:
        if word == "-k":
            expression = Expression.compile(next(words))

            def keywords(item: pytest.Item, expression: Expression = expression) -> bool:
                return expression.evaluate(KeywordMatcher.from_item(item))
        else:
            places.append(word)
    return tuple(places), keywords


def _main() -> None:
    faults = all_faults()
    places = sorted({place for fault in faults for place in _arguments(fault.tests)[0]})
    items = collect(*places)
    print(json.dumps({fault.name: asdict(_chosen_of(fault, items)) for fault in faults}))


if __name__ == "__main__":
    _main()
