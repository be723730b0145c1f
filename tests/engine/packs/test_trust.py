"""A pack's own Python: nothing of it is imported before it is trusted, and a fault in it names the pack."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from engine.contract.catalogue import chapters, entries, entry_of, load
from engine.contract.run import Run
from engine.contract.text import LANGUAGES, Refused
from engine.guides.guide import load_guide
from engine.packs.installed import guides_over
from engine.packs.pack import read_pack
from engine.packs.trust import take_up
from start.command_line import main
from tests.engine.packs.coded import EXPERIMENT, coded, forget
from tests.engine.packs.made import folder_of, small, zip_of

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _catalogue():
    """As it was, whatever a test has taken up."""
    yield
    forget()


def pack_of(tmp_path, files=None):
    return read_pack(zip_of(tmp_path / "averages.zip", files or coded()))


def changed(before: bytes, after: bytes) -> dict[str, bytes]:
    files = coded()
    assert before in files[EXPERIMENT]
    return {**files, EXPERIMENT: files[EXPERIMENT].replace(before, after, 1)}


def test_nothing_is_imported_before_it_is_trusted(tmp_path):
    mark = tmp_path / "run"
    pack = pack_of(tmp_path, changed(b"COUNT, MOST", f"open({str(mark)!r}, 'w').close()\nCOUNT, MOST".encode()))
    assert pack.own_experiments == ("moving_average",) and len(pack.python) == 2
    assert pack.guides["moving_average", "en"].tries and guides_over("gates", (pack,)) == ()
    assert main(["pack", "check", str(pack.path)]) == 0
    assert not mark.exists() and "moving_average" not in [entry.id for entry in entries()]
    assert take_up([pack]) == {} and mark.exists()


def test_once_trusted_it_stands_in_its_chapter_with_its_guide(tmp_path):
    assert take_up([pack_of(tmp_path)]) == {}
    entry = entry_of("moving_average")
    assert entry.chapter == 7 and entry in chapters()[-1].entries
    assert load("moving_average").id == "moving_average"
    for language in LANGUAGES:
        assert load_guide("moving_average", language).language == language
    assert take_up([pack_of(tmp_path)]) == {}  # twice is once
    assert [one.id for one in entries()].count("moving_average") == 1


def test_processes_that_are_begun_know_it_too(tmp_path):
    take_up([pack_of(tmp_path)])
    program = "from engine.contract.catalogue import load; print(load('moving_average').chapter)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "7"


def test_processes_that_are_begun_understand_what_is_sent_of_it(tmp_path):
    """A request is read before anything was looked up there."""
    take_up([pack_of(tmp_path)])
    experiment = load("moving_average")
    sent = pickle.dumps((type(experiment), Run("moving_average", experiment.params_type(reach=2))))
    program = (
        "import pickle, sys; from engine.contract.catalogue import find_further; find_further();"
        "print(pickle.loads(sys.stdin.buffer.read())[1].params.reach)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, input=sent, capture_output=True, check=True)
    assert done.stdout.strip() == b"2"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (b"COUNT, MOST = 8, 9.0", b"COUNT, MOST = 8", "moving_average.py:33 fails with TypeError"),
        (b"COUNT, MOST", b"COUNT, MOST =", "moving_average.py:33 fails with SyntaxError"),
        (b"COUNT, MOST", b"raise SystemExit(3)\nCOUNT, MOST", "moving_average.py:33 fails with SystemExit"),
        (b"import numpy as np", b"import nothing_of_the_kind", "ModuleNotFoundError"),
        (b"class MovingAverageParams(Params)", b"class MovingAverageParams(Nothing)", "fails with NameError"),
    ],
    ids=["types", "syntax", "exit", "module", "name"],
)
def test_python_that_fails_names_the_pack_and_leaves_the_rest(tmp_path, before, after, told):
    faults = take_up([pack_of(tmp_path, changed(before, after))])
    for language in LANGUAGES:
        said = faults["averages"].render(language)
        assert "averages.zip" in said and said.isprintable()
    assert told in faults["averages"].render("en")
    assert "moving_average" not in [entry.id for entry in entries()] and load("gates").id == "gates"


def test_any_change_makes_another_pack_to_be_trusted_anew(tmp_path):
    first = pack_of(tmp_path).digest
    assert pack_of(tmp_path, changed(b"COUNT, MOST = 8, 9.0", b"COUNT, MOST = 8, 9.5")).digest != first


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            b"np.mean(x[max(0, i - reach)",
            b"np.random.default_rng().random() + np.mean(x[max(0, i - reach)",
            "no answer to",
        ),
        (b"np.mean(x[max(0, i - reach)", b"2 * np.mean(x[max(0, i - reach)", "no answer to"),
    ],
)
def test_pack_check_plays_what_is_trusted(tmp_path, capsys, before, after, told):
    path = folder_of(tmp_path / "averages", changed(before, after))
    assert main(["pack", "check", str(path)]) == 0
    assert "was not run" in capsys.readouterr().out
    assert main(["pack", "check", "--trust", str(path)]) == 1
    assert told in capsys.readouterr().out


def test_the_worked_example_holds_as_a_pack(tmp_path, capsys):
    assert main(["pack", "check", "--trust", str(folder_of(tmp_path / "averages", coded()))]) == 0
    assert "all of it holds" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("engine/experiments/ch2_perceptron/gates.py", "an experiment “gates” already"),
        (
            "engine/experiments/ch9_transformers/attention.py",
            "“ch9_transformers”; there are ch2_perceptron",
        ),
        ("engine/nn/layers.py", "only stands in engine/experiments"),
        ("gui/window/main_window.py", "only stands in engine/experiments"),
        ("engine/experiments/__init__.py", "only stands in engine/experiments"),
        ("conftest.py", "only stands in engine/experiments"),
        ("tests/library.so", "only stands in engine/experiments"),
    ],
)
def test_python_stands_only_where_an_experiment_has_it(tmp_path, name, told):
    with pytest.raises(Refused, match=told):
        read_pack(zip_of(tmp_path / "a.zip", {**small(), name: b"raise SystemExit('run')"}))


def test_a_headline_that_names_what_it_does_not_give_is_told_at_its_own_line(tmp_path, capsys):
    path = folder_of(tmp_path / "averages", changed(b"Window of {width}", b"Window of {wide}"))
    assert main(["pack", "check", "--trust", str(path)]) == 1
    line = 1 + coded()[EXPERIMENT][: coded()[EXPERIMENT].index(b"Window of")].count(b"\n")
    said = capsys.readouterr().out
    assert f"moving_average.py, line {line}: " in said and "the headline of update 0 fails with KeyError 'wide'" in said


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        (EXPERIMENT, b"(Picture[", b"(_Nothing[", "moving_average defines no class that is an Experiment"),
        (EXPERIMENT.replace("engine/experiments", "gui/views"), b"(View[", b"(_Nothing[", "no class that is a View"),
    ],
)
def test_a_class_of_another_kind_is_told(tmp_path, capsys, file, before, after, told):
    files = coded()
    assert before in files[file]
    head, _, rest = files[file].replace(before, after, 1).partition(b"\nclass ")
    files[file] = head + b"\nclass _Nothing:\n    def __class_getitem__(cls, _):\n        return cls\n\n\nclass " + rest
    assert main(["pack", "check", "--trust", str(folder_of(tmp_path / "averages", files))]) == 1
    assert told in capsys.readouterr().out


def test_what_a_pack_prints_is_none_of_the_output(tmp_path, capsys):
    path = folder_of(tmp_path / "averages", changed(b"    def headline(", b"    print('hello')\n\n    def headline("))
    assert main(["pack", "check", "--trust", "--json", str(path)]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)[0]["holds"] and "hello" in printed.err
