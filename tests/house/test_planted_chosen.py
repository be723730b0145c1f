"""What `.ci/run` chooses where a planted fault's file was changed has every test that is to catch the fault."""

from __future__ import annotations

from tests.planted.chosen import chosen


def test_where_its_file_was_changed_every_test_that_is_to_catch_a_fault_is_run():
    """No fault is left to the whole: neither those that no test of every day catches, nor any other."""
    found = chosen()
    assert sum(not one.every_day for one in found.values()) > 15, "caught by whole runs only"
    assert not [name for name, one in found.items() if not one.all]
    left = {name: [*{*one.all} - {*one.where_changed}][:3] for name, one in found.items()}
    assert not {name: ids for name, ids in left.items() if ids}
