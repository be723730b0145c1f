"""Which tests are run, and in which process."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest

from tests import selection
from tests.selection import touched


@pytest.mark.parametrize("experiment_id", ["gates"])
def test_what_looks_at_one_experiment_is_run_by_one_process(request, experiment_id):
    """pytest-xdist says so at the end of a test's name; with pytest 9.2 it cannot, and every process plays all runs."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith(f"@{experiment_id}")
    else:
        assert [mark.args for mark in request.node.iter_markers("xdist_group")] == [(experiment_id,)]


def test_a_change_touches_its_experiment_and_the_tests_that_are_about_it():
    experiments, tests = touched(["engine/experiments/ch2_perceptron/gates.py", "engine/nn/occlusion.py"])
    assert "gates" in experiments and "feature_maps" in experiments
    assert "tests/engine/nn/test_occlusion.py" in tests


def test_what_everything_stands_on_is_left_to_the_tests_of_every_day():
    experiments, tests = touched(["engine/contract/numerals.py"])
    assert not experiments and "tests/engine/contract/test_numerals.py" in tests


def test_guides_pictures_and_words_belong_to_their_experiment():
    for path in ("resources/guide/en/xor.md", "tests/approved/words/xor.txt", "tests/approved/pictures/xor/try-1.png"):
        assert touched([path])[0] == {"xor"}


class _Item:
    """As much of a collected test as the selection looks at."""

    def __init__(self, nodeid: str, experiment: str | None = None) -> None:
        self.nodeid = nodeid
        if experiment:
            self.callspec = SimpleNamespace(params={"experiment_id": experiment})

    def get_closest_marker(self, _: str) -> None:
        return None


@pytest.mark.parametrize(("changed", "is_run"), [([], False), (["resources/guide/en/xor.md"], True)])
def test_an_experiment_s_own_tests_are_run_where_it_was_touched_and_else_one_a_chapter(monkeypatch, changed, is_run):
    monkeypatch.setattr(selection, "_uncommitted", lambda: changed)
    config = SimpleNamespace(args=[], getoption=lambda name: [] if name == "--experiment" else None)
    asked = selection.Asked.by(config)
    wanted, wholly = asked.wants, asked.wholly
    assert wanted(_Item("tests/engine/experiments/ch2_perceptron/test_gates.py::test_a"))
    assert wanted(_Item("tests/engine/experiments/ch2_perceptron/test_xor.py::test_a")) is is_run
    assert wanted(_Item("tests/gui/views/ch2_perceptron/test_xor.py::test_a")) is is_run
    assert wanted(_Item("tests/truth/test_headlines.py::test_a[gates]", "gates"))
    assert wanted(_Item("tests/truth/test_headlines.py::test_a[xor]", "xor")) is is_run
    assert wanted(_Item("tests/approved/test_words.py::test_a[xor]", "xor"))
    assert wanted(_Item("tests/engine/guides/test_guide.py::test_a[xor]", "xor")) is is_run
    assert wanted(_Item("tests/house/test_capabilities.py::test_a[xor]", "xor")) is is_run
    assert wholly(_Item("tests/approved/test_words.py::test_a[xor]", "xor")) is is_run
