"""Each planted fault has a test within nine days, and `.ci/run` runs all of its tests where its file was changed."""

from __future__ import annotations

from tests.planted.chosen import chosen


def test_every_fault_is_looked_for_within_nine_days_and_by_all_its_tests_where_its_file_was_changed():
    found = chosen()
    assert not [name for name, one in found.items() if not one.some_day], "caught by whole runs only"
    assert sum(not one.every_day for one in found.values()) > 15, "left to the days of their experiments"
    left = {name: [*{*one.all} - {*one.where_changed}][:3] for name, one in found.items()}
    assert not {name: ids for name, ids in left.items() if ids}
