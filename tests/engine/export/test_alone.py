"""What leaves as a script or a notebook computes the same tables with nothing but Python and NumPy."""

from __future__ import annotations

import ast
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.contract.catalogue import load
from engine.contract.run import Change, Run
from engine.data.digits import load_digits
from engine.data.idx import idx_bytes
from engine.export import csv_format, import_format, notebook_format, script_format
from engine.export.alone.modules import ROOT, is_module
from engine.export.alone.run_alone import LICENCE
from engine.export.record import Export
from engine.playing import Player
from tests.engine.export.conftest import Make
from tests.walk import EXPERIMENT_IDS

UPDATES = 3
"""So many updates of a run: what the later ones do is the same source."""

ALONE = """
import codeop, json, sys, types
class NumPyAlone:
    def find_spec(self, name, path=None, target=None):
        first = name.partition(".")[0]
        if first != "numpy" and first not in sys.stdlib_module_names:
            raise ImportError(name)
sys.meta_path.insert(0, NumPyAlone())
sys.argv, (path, *_) = sys.argv[1:], sys.argv[1:]
text = open(path, encoding="utf-8").read()
cells = [text]
if path.endswith(".ipynb"):
    cells = ["".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
main = sys.modules["__main__"] = types.ModuleType("__main__")
if not path.endswith(".ipynb"):
    main.__file__ = path
compiled = codeop.Compile()  # as notebooks do, it keeps what is imported from the future
for number, cell in enumerate(cells):
    exec(compiled(cell, f"cell {number}", "exec") if len(cells) > 1 else compile(cell, path, "exec"), vars(main))
"""

Writer = Callable[[Export, str], dict[str, bytes]]


def run_alone(
    folder: Path, files: dict[str, bytes], *arguments: str, home: Path | None = ROOT
) -> subprocess.CompletedProcess[str]:
    """Put files into a folder and run the first of them there, where only NumPy can be imported; ``home`` is what
    LAYERWISE_HOME says.
    """
    for name, content in files.items():
        (folder / name).write_bytes(content)
    command = [sys.executable, "-I", "-X", "utf8", "-c", ALONE, str(folder / next(iter(files))), *arguments]
    # How many threads there are for matrices is the script's own to say.
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_THREADS")}
    environment.pop("LAYERWISE_HOME", None)
    if home is not None:
        environment["LAYERWISE_HOME"] = str(home)
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


def undefined_names(path: Path) -> str:
    """What a reader's editor would underline: names that nothing gives, or that are given twice; empty if none."""
    if path.suffix != ".py":
        return ""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "F401,F811,F821", str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def written_in(folder: Path, export: Export, stem: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The tables that were written there, and those that an export writes."""
    expected = csv_format.write(export, f"{stem}.csv")
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}, expected


def played(experiment_id: str, make_export: Make, language: str = "en") -> Export:
    experiment = load(experiment_id)
    run = Run(experiment_id, experiment.params_type(), 3)
    if experiment.shape == "run":
        return make_export(experiment, run, UPDATES, language)
    player = Player(experiment, run)
    frame = player.go_by(experiment.way_to_opening(run.params), heavy=True)
    return Export(experiment, player.run, player.params, player.update, frame, language)


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_script_and_notebook_compute_the_same_tables_bit_for_bit_with_numpy_alone(tmp_path, make_export, experiment_id):
    export = played(experiment_id, make_export, "zh_CN")
    for write, name in ((script_format.write, "我的 run.py"), (notebook_format.write, "我的 run.ipynb")):
        folder = tmp_path / name.rpartition(".")[2]
        folder.mkdir()
        done = run_alone(folder, write(export, name))
        assert undefined_names(folder / name) == ""
        assert (done.returncode, done.stderr) == (0, "")
        found, expected = written_in(folder, export, "我的 run")
        assert found == expected


def test_what_was_changed_while_it_ran_is_changed_again(tmp_path, make_export):
    experiment = load("playground")
    changes = (2, "learning_rate", 0.5), (3, "W1[1,0]", -0.25), (6, "optimizer", "Adam")
    journal = tuple(Change(at, path, experiment.checked_change(path, value)) for at, path, value in changes)
    export = make_export(experiment, Run("playground", experiment.params_type(), 5, journal), 6)
    done = run_alone(tmp_path, script_format.write(export, "x.py"))
    assert (done.returncode, done.stderr) == (0, "")
    found, expected = written_in(tmp_path, export, "x")
    assert found == expected


def test_parameters_may_be_changed_by_hand(tmp_path, make_export):
    experiment = load("descent")
    started = make_export(experiment, Run("descent", experiment.params_type()), 5)
    wanted = make_export(experiment, Run("descent", experiment.params_type(learning_rate=0.3, gradient="numerical")), 5)
    script = script_format.write(started, "x.py")["x.py"].decode()
    rate, kind = f"learning_rate={started.params.learning_rate!r},", 'gradient="exact",'
    assert rate in script and kind in script
    script = script.replace(rate, "learning_rate=0.3,").replace(kind, 'gradient="numerical",')
    done = run_alone(tmp_path, {"x.py": script.encode()})
    assert (done.returncode, done.stderr) == (0, "")
    found, expected = written_in(tmp_path, wanted, "x")
    assert found == expected


@pytest.mark.parametrize("language, words", [("en", "The MNIST digits are needed"), ("zh_CN", "需要 MNIST 手写数字")])
def test_a_script_without_its_data_says_what_it_needs(tmp_path, make_export, language, words):
    script = script_format.write(played("pooling", make_export, language), "x.py")["x.py"].decode()
    done = run_alone(tmp_path, {"x.py": script.encode()}, home=None)
    assert done.returncode == 1 and done.stderr.startswith(words) and len(done.stderr.splitlines()) == 1
    (tmp_path / "mnist.npz").write_bytes(b"no digits")
    damaged = run_alone(tmp_path, {"x.py": script.encode()})  # what lies beside it comes first
    assert damaged.returncode == 1 and "mnist.npz" in damaged.stderr and len(damaged.stderr.splitlines()) == 1
    (tmp_path / "mnist.npz").unlink()
    for folder in (ROOT / "resources" / "data", ROOT):
        assert run_alone(tmp_path, {"x.py": script.encode()}, str(folder), home=None).returncode == 0
    if sys.platform == "win32":
        return  # where a link needs rights
    (tmp_path / "resources").symlink_to(ROOT / "resources")
    (tmp_path / "mine").mkdir()
    assert run_alone(tmp_path / "mine", {"x.py": script.encode()}, home=None).returncode == 0


def test_the_four_files_of_the_official_form_do_as_well(tmp_path, make_export):
    export = played("pooling", make_export)
    script = script_format.write(export, "x.py")["x.py"].decode()
    digits = load_digits("test")
    for kind, array in (("images-idx3", digits.images[:9]), ("labels-idx1", digits.labels[:9])):
        (tmp_path / f"t10k-{kind}-ubyte.gz").write_bytes(gzip.compress(idx_bytes(array)))
    done = run_alone(tmp_path, {"x.py": script.encode()}, home=None)
    assert (done.returncode, done.stderr) == (0, "")
    found, expected = written_in(tmp_path, export, "x")
    assert found == expected


_WRITERS = {".py": script_format, ".ipynb": notebook_format, ".layerwise.py": import_format}


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_what_is_given_to_others_does_not_say_where_it_was_made_nor_by_whom(
    make_export, experiment_id, monkeypatch, tmp_path
):
    monkeypatch.setenv("HOME", str(tmp_path / "erika"))
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "erika_mustermann")
    export = played(experiment_id, make_export)
    for suffix, format_ in _WRITERS.items():
        for name, content in format_.write(export, f"x{suffix}").items():
            text = content.decode("utf-8", errors="replace")
            for telling in (str(ROOT), str(tmp_path), "erika", sys.prefix, sys.executable):
                assert telling not in text, f"{name} names {telling}"


def test_a_script_reads_as_plain_source(make_export):
    script = script_format.write(played("gates", make_export), "x.py")["x.py"].decode()
    assert LICENCE in script and LICENCE in (ROOT / "LICENSE").read_text(encoding="utf-8")
    sections = [line.removeprefix("# ") for line in script.splitlines() if line.startswith("# engine/")]
    assert sections[:2] == ["engine/nn/activations.py", "engine/nn/perceptrons.py"]
    assert "Text(" not in script and "engine." not in script
    defined = {node.name for node in ast.parse(script).body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    assert {"step", "weighted_sum", "perceptron", "distance_from_line", "Gates"} <= defined
    assert not {"headline", "probe", "handles"} & {
        node.name for node in ast.walk(ast.parse(script)) if hasattr(node, "name")
    }


@pytest.mark.parametrize("language, words", [("en", "The parameters of the run"), ("zh_CN", "这次运行的参数")])
def test_a_notebook_is_of_format_4_with_a_sentence_over_each_cell(make_export, language, words):
    made = notebook_format.write(played("gates", make_export, language), "x.ipynb")["x.ipynb"]
    notebook = json.loads(made)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    kinds = [cell["cell_type"] for cell in notebook["cells"]]
    assert kinds == ["markdown", *["markdown", "code"] * ((len(kinds) - 1) // 2)]
    assert len({cell["id"] for cell in notebook["cells"]}) == len(kinds)
    assert any(words in "".join(cell["source"]) for cell in notebook["cells"])


def test_a_module_is_told_from_a_class_of_nearly_its_name_where_the_disk_does_not(monkeypatch):
    """On Windows and on a Mac rmsprop.py is found as RMSProp.py too."""
    is_file = Path.is_file

    def found_in_any_case(path):
        names = [one.name for one in path.parent.iterdir()] if path.parent.is_dir() else []
        return is_file(path) or any(name.lower() == path.name.lower() for name in names)

    monkeypatch.setattr(Path, "is_file", found_in_any_case)
    assert is_module("engine.nn.layers") and is_module("engine.export.alone") and is_module("engine")
    assert not is_module("engine.nn.Layers") and not is_module("engine.export.Alone")
    assert not is_module("engine.nn.layers.Affine")
