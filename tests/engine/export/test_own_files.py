"""What was made with a file of the learner's own is rebuilt with it, or says that it cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.contract.catalogue import entries, load
from engine.contract.fields import File, Network
from engine.contract.params import fields_of
from engine.contract.run import Run, read_session
from engine.contract.text import LANGUAGES, Refused
from engine.data.idx import idx_bytes
from engine.export import csv_format, import_format, script_format
from engine.export.alone.modules import ROOT
from engine.export.record import Export
from engine.playing import Player
from engine.version import PROGRAM
from tests.engine.export.test_alone import run_alone
from tests.frames import frames_equal

SMALL = np.random.default_rng(1).integers(0, 256, (3, 28, 28), dtype=np.uint8)
LARGE = np.random.default_rng(2).integers(0, 256, (600, 28, 28), dtype=np.uint8)
USES = {
    "digits": {"view": "test", "images": None},
    "playground": {"data": "table", "inputs": ("1", "3"), "across": "3", "upwards": "1", "table": None},
    "filters": {"picture": "own", "file": None},
}
"""How each experiment is brought to show the learner's own file, by its id."""
TABLE = "length;width;height;kind\n" + "1,5;2;3;rose\n4;5,25;1;aster\n2;2;7;rose\n" * 20


def _export(experiment_id: str, path: Path, language: str = "en") -> Export:
    experiment = load(experiment_id)
    changes = {name: str(path) if value is None else value for name, value in USES[experiment_id].items()}
    player = Player(experiment, Run(experiment_id, experiment.params_type(**changes)))
    frame = player.go(0, heavy=True)
    return Export(experiment, player.run, player.params, 0, frame, language)


def _run(folder: Path, export: Export, *arguments: str) -> subprocess.CompletedProcess[str]:
    script = folder / "made.py"
    script.write_bytes(import_format.write(export, "made.py")["made.py"])
    command = [sys.executable, str(script), *arguments]
    environment = {**os.environ, "LAYERWISE_HOME": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_every_experiment_that_takes_a_file_is_looked_at_here():
    def takes(experiment_id: str) -> bool:
        """Networks are looked at by tests of their own."""
        fields = fields_of(load(experiment_id).params_type).values()
        return any(isinstance(field, File) and not isinstance(field, Network) for field in fields)

    assert [entry.id for entry in entries() if takes(entry.id)] == list(USES)


@pytest.mark.parametrize("experiment_id", USES)
def test_a_session_and_a_script_rebuild_what_was_made_with_a_small_file(tmp_path, experiment_id):
    path = tmp_path / "我的 own.idx"
    path.write_bytes(TABLE.encode() if experiment_id == "playground" else idx_bytes(SMALL))
    export = _export(experiment_id, path)
    expected = csv_format.write(export, "made.csv")
    session_text = export.session.to_json()
    there = tmp_path / "elsewhere"
    there.mkdir()
    script = import_format.write(export, "made.py")["made.py"]
    alone = script_format.write(export, "alone.py")
    path.unlink()
    session = read_session(session_text, load)
    assert session.notes == ()
    again = Player(export.experiment, session.run).go(session.update, heavy=True)
    assert frames_equal(again, export.frame)
    assert "我的 own.idx" in session.run.params.to_json()[_file_of(experiment_id)].values()
    (there / "made.py").write_bytes(script)
    environment = {**os.environ, "LAYERWISE_HOME": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "made.py"], cwd=there, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert {name: (there / name).read_bytes() for name in expected} == expected
    without_program = run_alone(there, alone)
    assert (without_program.returncode, without_program.stderr) == (0, "")
    expected = csv_format.write(export, "alone.csv")
    assert {name: (there / name).read_bytes() for name in expected} == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_script_leaves_a_table_of_the_same_name_alone_and_says_what_it_misses(tmp_path, language):
    path = tmp_path / "mine.csv"
    path.write_text(TABLE, encoding="utf-8")
    files = script_format.write(_export("playground", path, language), "mine.py")
    for _ in range(2):
        done = run_alone(tmp_path, files)
        assert done.returncode == 1 and "mine.csv" in done.stderr and "Traceback" not in done.stderr
        assert path.read_text(encoding="utf-8") == TABLE
    path.unlink()
    assert [run_alone(tmp_path, files).returncode for _ in range(2)] == [0, 0]
    (data,) = (name for name in files if name.endswith(".data"))
    (tmp_path / data).unlink()
    done = run_alone(tmp_path, {"mine.py": files["mine.py"]})
    assert done.returncode == 1 and data in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_made_with_a_large_file_says_so_and_is_rebuilt_with_that_very_file_only(tmp_path, language):
    path = tmp_path / "large.idx"
    path.write_bytes(idx_bytes(LARGE))
    export = _export("digits", path, language)
    (note,) = read_session(export.session.to_json(), load).notes
    assert "large.idx" in note.render(language)
    without = _run(tmp_path, export)
    assert without.returncode == 1 and "large.idx" in without.stderr
    claim = import_format._EXPLANATION(program=PROGRAM).render(language)
    assert claim not in (tmp_path / "made.py").read_text(encoding="utf-8")
    other = tmp_path / "other.idx"
    other.write_bytes(idx_bytes(LARGE[::-1]))
    assert _run(tmp_path, export, str(other)).returncode == 1
    assert not list(tmp_path.glob("*.csv"))
    done = _run(tmp_path, export, str(path))
    assert (done.returncode, done.stderr) == (0, "")
    expected = csv_format.write(export, "made.csv")
    assert {name: (tmp_path / name).read_bytes() for name in expected} == expected


def _file_of(experiment_id: str) -> str:
    return next(name for name, value in USES[experiment_id].items() if value is None)


def test_a_script_that_stands_alone_is_refused_where_the_file_is_gone(tmp_path):
    path = tmp_path / "gone.idx"
    path.write_bytes(idx_bytes(SMALL))
    export = _export("digits", path)
    path.unlink()
    with pytest.raises(Refused, match="there is no file"):
        script_format.write(export, "alone.py")
