"""Which tests are run, and in which process."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from types import SimpleNamespace

import pytest

from tests import selection
from tests.reach import ROOT, Reach, may_name, reach_of, without_words
from tests.walk import EXPERIMENT_IDS


@pytest.mark.parametrize("experiment_id", ["gates"])
def test_what_looks_at_one_experiment_is_run_by_one_process(request, experiment_id):
    """pytest-xdist says so at the end of a test's name; with pytest 9.2 it cannot, and every process plays all runs."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith(f"@{experiment_id}")
    else:
        assert [mark.args for mark in request.node.iter_markers("xdist_group")] == [(experiment_id,)]


def test_a_change_touches_its_experiment_and_the_tests_that_are_about_it():
    reach = reach_of(["engine/experiments/ch2_perceptron/gates.py", "engine/nn/conv_network.py"])
    assert reach.own == {"gates"} and "feature_maps" in reach.through
    assert "tests/engine/nn/convolution/test_occlusion.py" in reach.near


REGISTRY = "engine/nn/optimizer_registry.py"


def test_a_record_of_a_registry_is_seen_by_all_experiments_that_use_it_and_by_the_tests_over_registries():
    reach = reach_of([REGISTRY])
    assert {"optimizers", "optimizer_race", "playground", "cnn"} <= reach.through
    assert "gates" in reach.through, "curves take their inks from the registry"
    assert {"tests/engine/nn/test_optimizers.py", "tests/gui/views/test_records.py"} <= reach.near | reach.far


@pytest.mark.parametrize("path", [REGISTRY, "engine/contract/numerals.py", "gui/style/theme.py"])
def test_what_reaches_far_has_all_run_that_imports_it(monkeypatch, path):
    """The tests that import it are seen in the source once more, in another way: by the lines that say so."""
    asked = _asked(monkeypatch, {"--touched": "HEAD"}, [path])
    module = path.removesuffix(".py").replace("/", ".")
    spelled = re.compile(rf"^\s*(from {re.escape(module)} import|import {re.escape(module)}\b)", re.MULTILINE)
    tests = [file for file in ROOT.glob("tests/**/test_*.py") if spelled.search(file.read_text(encoding="utf-8"))]
    names = [file.relative_to(ROOT).as_posix() for file in tests]
    assert len(names) > 5
    assert not [one for one in names if not asked.wholly(_Item(f"{one}::test_a[xor]", "xor"))]


def test_what_reaches_far_has_approved_words_of_all_experiments_looked_at_wholly(monkeypatch):
    asked = _asked(monkeypatch, {"--touched": "HEAD"}, [REGISTRY])
    for one in EXPERIMENT_IDS:
        assert asked.wholly(_Item(f"tests/approved/test_words.py::test_a[{one}]", one)), one


def test_names_that_a_package_hands_on_are_those_of_where_they_stand():
    reach = reach_of(["engine/nn/perceptrons.py"])
    assert reach.through == {"gates", "perceptron_rule", "xor"}
    assert "tests/engine/experiments/ch2_perceptron/test_perceptron_rule.py" in reach.near


def test_an_experiment_s_name_elsewhere_is_another_thing_s():
    assert not reach_of(["engine/nn/layers.py", "gui/plots/learning/small_curves.py"]).own


def test_guides_pictures_and_words_belong_to_their_experiment():
    for path in ("resources/guide/en/xor.md", "tests/approved/words/xor.txt", "tests/approved/pictures/xor/try-1.png"):
        assert reach_of([path]) == Reach(own={"xor"})


def test_a_changed_sentence_of_an_experiment_is_seen_by_what_looks_at_it_and_changed_code_by_whatever_names_it():
    path = "engine/experiments/ch2_perceptron/xor.py"
    assert reach_of([path], [path]) == Reach(own={"xor"})
    assert "tests/gui/window/test_main_window.py" in reach_of([path]).naming


def test_sentences_are_told_from_code():
    before = b'A = Text("one", "\xe4\xb8\x80")\nB = 1\n'
    assert without_words(before) == without_words(before.replace(b'"one"', b'"two"'))
    assert without_words(before) != without_words(before.replace(b"B = 1", b"B = 2"))
    assert without_words(before) != without_words(before.replace(b"A = T", b"C = T"))


@pytest.mark.whole
def test_a_file_that_is_not_read_has_no_case_about_the_experiment():
    """What ``--touched`` does not even collect; pytest says of every test which experiment it is about."""
    command = [sys.executable, "-m", "tests.collected"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    cases = json.loads(listed.stdout.splitlines()[-1])
    assert sum(map(bool, cases.values())) > 50
    for file, ids in cases.items():
        assert not [one for one in ids if not may_name(file, [one])], file


def test_where_one_experiment_was_changed_most_files_of_tests_are_not_even_read():
    seeing = selection.Seeing(experiments=frozenset({"xor"}))
    files = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/**/test_*.py")]
    assert sum(not seeing.may_be_in(file) for file in files) > len(files) // 3


def test_what_no_test_is_known_to_see_is_said(monkeypatch):
    nobodys = "/".join(("packaging", "nobody's"))
    assert _asked(monkeypatch, {"--touched": "HEAD"}, [nobodys]).said == (
        f"No test is known to see what was changed in {nobodys}.",
    )
    assert not _asked(monkeypatch, {"--touched": "HEAD"}, ["resources/guide/en/xor.md"]).said


def test_experiments_that_are_not_looked_at_whole_are_said_and_each_has_its_turn(monkeypatch):
    shown = set()
    for day in range(len(EXPERIMENT_IDS)):
        asked = _asked(monkeypatch, {"--day": day}, [REGISTRY])
        now = {
            one for one in EXPERIMENT_IDS if asked.wholly(_Item(f"tests/truth/test_headlines.py::test_a[{one}]", one))
        }
        left = sorted({*EXPERIMENT_IDS} - now)
        today, also = asked.said
        assert today.startswith(f"Day {day} ")
        assert also == f"What was changed is also seen with other experiments, which --whole runs: {', '.join(left)}."
        assert len(now) == selection.MOST
        shown |= now
    # Those that only share a room with what was changed come behind all that use it.
    assert shown >= reach_of([REGISTRY]).through


def test_an_experiment_that_was_changed_itself_is_looked_at_whole_whatever_else_was(monkeypatch):
    asked = _asked(monkeypatch, {}, [REGISTRY, "engine/experiments/ch2_perceptron/xor.py"])
    assert asked.wholly(_Item("tests/truth/test_headlines.py::test_a[xor]", "xor"))


def _asked(monkeypatch, options: dict[str, object], changed: list[str]) -> selection.Asked:
    """What these options ask for where these files differ from the last commit."""
    monkeypatch.setattr(selection, "changed_since", lambda _: changed)
    defaults = {"--experiment": []}
    return selection.Asked.by(SimpleNamespace(args=[], getoption=lambda name: {**defaults, **options}.get(name)))


class _Item:
    """As much of a collected test as the selection looks at."""

    def __init__(
        self, nodeid: str, experiment: str | None = None, marker: str = "", fixtures: tuple[str, ...] = ()
    ) -> None:
        self.nodeid, self._marker, self.fixturenames = nodeid, marker, fixtures
        if experiment:
            self.callspec = SimpleNamespace(params={"experiment_id": experiment})

    def get_closest_marker(self, name: str) -> bool | None:
        return True if name == self._marker else None


def test_a_law_looks_at_a_third_of_the_catalogue_each_day_and_at_all_of_it_in_three(monkeypatch):
    seen = _days_of(monkeypatch, "tests/truth/test_headlines.py::test_a", days=3)
    assert sum(seen) == len(EXPERIMENT_IDS) and max(seen) - min(seen) <= 1


def test_a_law_that_takes_long_looks_at_three_experiments_each_day_and_at_all_in_nine(monkeypatch):
    seen = _days_of(monkeypatch, "tests/truth/test_headlines.py::test_a", days=9, marker="long")
    assert sum(seen) == len(EXPERIMENT_IDS) and max(seen) - min(seen) <= 1


def _days_of(monkeypatch, test: str, days: int, marker: str = "") -> list[int]:
    """How many experiments a law looks at on each of these days; together they are all."""
    seen = [
        {one for one in EXPERIMENT_IDS if asked.wants(_Item(f"{test}[{one}]", one, marker))}
        for asked in (_asked(monkeypatch, {"--day": day}, []) for day in range(740_000, 740_000 + days))
    ]
    assert set().union(*seen) == {*EXPERIMENT_IDS}
    return [len(one) for one in seen]


def test_of_what_takes_long_and_is_about_no_experiment_each_case_has_its_turn_in_three_days(monkeypatch):
    cases = {f"tests/start/test_command_line.py::test_a[{number}]" for number in range(60)}
    asked = [_asked(monkeypatch, {"--day": day}, []) for day in range(740_000, 740_003)]
    seen = [{one for one in cases if each.wants(_Item(one, marker="long"))} for each in asked]
    assert set().union(*seen) == cases and sum(map(len, seen)) == len(cases) and min(map(len, seen)) > 10
    assert all(each.wants(_Item(one)) for each in asked for one in cases)


@pytest.mark.parametrize(
    "item",
    [
        _Item("tests/gui/window/test_keys.py::test_a[gates]", "gates", fixtures=("window",)),
        _Item("tests/gui/views/ch2_perceptron/test_gates.py::test_a"),
    ],
)
def test_what_builds_the_window_and_an_experiment_s_own_tests_take_long(monkeypatch, item):
    days = [day for day in range(9) if _asked(monkeypatch, {"--day": day}, []).wants(item)]
    assert days == [day for day in range(9) if "gates" in selection.in_turn(day, is_long=True)]


def test_the_day_is_said_with_all_whose_turn_it_is_so_that_it_can_be_repeated(monkeypatch):
    (said,) = _asked(monkeypatch, {"--day": 9}, []).said
    laws, of_few, others = said.removesuffix(".").removeprefix("Day 9 (--day 9 repeats it): laws of ").split("; ")
    assert laws.split(", ") == [*selection.in_turn(9)]
    few = of_few.removeprefix("long laws and own tests of ")
    assert few.split(", ") == [*selection.in_turn(9, is_long=True)] and others == "a third of what else takes long"


@pytest.mark.parametrize(("changed", "is_run"), [([], False), (["resources/guide/en/xor.md"], True)])
def test_an_experiment_s_own_tests_are_run_where_it_was_touched_and_else_where_it_is_its_turn(
    monkeypatch, changed, is_run
):
    asked = _asked(monkeypatch, {"--day": 9}, changed)
    wanted, wholly = asked.wants, asked.wholly
    assert {"gates", "pooling"} <= {*selection.in_turn(9)} and "xor" not in selection.in_turn(9)
    assert wanted(_Item("tests/engine/experiments/ch2_perceptron/test_gates.py::test_a"))
    assert wanted(_Item("tests/engine/experiments/ch2_perceptron/test_xor.py::test_a")) is is_run
    assert wanted(_Item("tests/gui/views/ch2_perceptron/test_xor.py::test_a")) is is_run
    assert wanted(_Item("tests/truth/test_headlines.py::test_a[gates]", "gates"))
    assert wanted(_Item("tests/truth/test_headlines.py::test_a[gates]", "gates", "long"))
    assert not wanted(_Item("tests/truth/test_headlines.py::test_a[pooling]", "pooling", "long"))
    assert wanted(_Item("tests/truth/test_headlines.py::test_a[xor]", "xor")) is is_run
    assert wanted(_Item("tests/approved/test_words.py::test_a[xor]", "xor"))
    assert wanted(_Item("tests/engine/guides/test_guide.py::test_a[xor]", "xor")) is is_run
    assert wanted(_Item("tests/house/test_capabilities.py::test_a[xor]", "xor")) is is_run
    assert wholly(_Item("tests/approved/test_words.py::test_a[xor]", "xor")) is is_run
