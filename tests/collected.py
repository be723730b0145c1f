"""What pytest collects, where nothing is left out and nothing is run: for laws about the choice of tests."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

import pytest

from tests.selection import experiment_of


class _Collector:
    """A plugin that keeps what is collected."""

    items: Sequence[pytest.Item] = ()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        self.items = tuple(items)


def collect(*places: str) -> Sequence[pytest.Item]:
    """The tests of these files and folders; only in a process of its own, in which no other tests are run."""
    collector = _Collector()
    code = pytest.main(
        ["--collect-only", "--whole", "-n", "0", "-q", "-q", "-p", "no:cacheprovider", *places], plugins=[collector]
    )
    if code:
        raise SystemExit(code)
    return collector.items


def _main() -> None:
    """Print for every file of tests which experiments it has cases about."""
    cases: dict[str, set[str]] = defaultdict(set)
    for item in collect("tests"):
        cases[item.nodeid.partition("::")[0]].update(filter(None, [experiment_of(item)]))
    print(json.dumps({file: sorted(ids) for file, ids in cases.items()}))


if __name__ == "__main__":
    _main()
