"""The script that imports Layerwise rebuilds the numbers with it."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import engine
from engine.contract.catalogue import load
from engine.contract.language import LANGUAGES
from engine.contract.run import Run
from engine.export import csv_format, import_format
from engine.export.literals import in_docstring, literal
from engine.export.record import Export
from tests.engine.export.conftest import Make

NO_QT = """
import runpy, sys
class Forbidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "pyqtgraph"):
            raise ImportError(name)
sys.meta_path.insert(0, Forbidden())
runpy.run_path(sys.argv[1], run_name="__main__")
"""

PROGRAM_FOLDER = Path(engine.__file__).resolve().parents[1]


def run_script(folder: Path, script: str, home: Path | None = PROGRAM_FOLDER) -> subprocess.CompletedProcess[str]:
    path = folder / "我的 figure.py"
    path.write_text(script, "utf-8")
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "LAYERWISE_HOME")}
    environment["PYTHONIOENCODING"] = "utf-8"
    if home is not None:
        environment["LAYERWISE_HOME"] = str(home)
    return subprocess.run(
        [sys.executable, "-c", NO_QT, str(path)], env=environment, cwd=folder, capture_output=True, encoding="utf-8"
    )


def script_of(export: Export) -> str:
    return import_format.write(export, "x.layerwise.py")["x.layerwise.py"].decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_writes_the_same_csv_byte_for_byte_without_qt(tmp_path: Path, make_export: Make, language: str) -> None:
    experiment = load("gates")
    params = experiment.params_type(target="NAND", w1=-0.1 - 0.2, w2=-1e-7, b=0.7, selected="11")
    export = make_export(experiment, Run("gates", params), language=language)
    result = run_script(tmp_path, script_of(export))
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.strip() == export.caption
    expected = csv_format.write(export, "我的 figure.csv")
    assert {name: (tmp_path / name).read_bytes() for name in expected} == expected


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs rights there")
def test_it_finds_the_program_around_it(tmp_path: Path, gates: Export) -> None:
    (tmp_path / "engine").symlink_to(PROGRAM_FOLDER / "engine")
    (tmp_path / "resources").symlink_to(PROGRAM_FOLDER / "resources")
    (tmp_path / "mine").mkdir()
    assert run_script(tmp_path / "mine", script_of(gates), home=None).returncode == 0


@pytest.mark.parametrize("home", ["nowhere", None])
def test_it_says_how_the_program_is_found_when_it_is_not_there(tmp_path: Path, gates: Export, home: str | None) -> None:
    result = run_script(tmp_path, script_of(gates), home=tmp_path / home if home else None)
    assert result.returncode == 1
    (said,) = result.stderr.strip().splitlines()
    assert said.startswith("Layerwise is not found") and "LAYERWISE_HOME" in said
    assert not list(tmp_path.glob("*.csv"))


def test_it_shows_the_parameters_seed_journal_and_update_as_literals(trained: Export) -> None:
    constants = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(script_of(trained)).body
        if isinstance(node, ast.Assign) and node.targets[0].id.isupper()
    }
    assert constants["PARAMS"] == trained.session.run.params.to_json()
    assert constants["SEED"] == 3
    assert constants["JOURNAL"] == [(10, "learning_rate", 6.0), (20, "weights[0][1,2]", -0.25)]
    assert constants["UPDATE"] == 30


@pytest.mark.parametrize("text", ['say """no"""', "back\\slash\\", 'ends with "', "C:\\new\\x41"])
def test_any_text_may_stand_in_its_docstring(text: str) -> None:
    assert ast.literal_eval('"""' + in_docstring(text) + '\n"""') == text + "\n"


@pytest.mark.parametrize(
    "value", ["plain", 'with "quotes"', "C:\\new", "文字", [[0.1, -2, 1]] * 60, {"a": ["b" * 300]}]
)
def test_values_are_spelled_as_literals_that_mean_the_same(value: object) -> None:
    assert ast.literal_eval(literal(value)) == value


def test_it_ends_well_where_its_output_is_no_terminal_s_as_in_idle(tmp_path: Path, gates: Export) -> None:
    path = tmp_path / "gates.layerwise.py"
    path.write_text(script_of(gates), encoding="utf-8")
    code = "import io, runpy, sys; sys.stdout = io.StringIO(); runpy.run_path(sys.argv[1], run_name='__main__')"
    environment = {**os.environ, "LAYERWISE_HOME": str(PROGRAM_FOLDER), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", code, path], env=environment, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
