"""A pack's experiment is exported as others are: what was written runs with NumPy alone, and gives the same numbers."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from engine.contract.catalogue import load
from engine.contract.text import LANGUAGES
from engine.export.formats import DATA_FORMATS
from engine.export.record import Export
from engine.packs.pack import read_pack
from engine.packs.trust import take_up
from engine.playing import opened
from tests.engine.packs.coded import coded, coded_as_folder, forget
from tests.engine.packs.made import zip_of


@pytest.fixture(autouse=True)
def _catalogue():
    yield
    forget()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("files", [coded, coded_as_folder], ids=["file", "folder"])
def test_a_script_and_a_notebook_run_alone(tmp_path, files, language):
    assert take_up([read_pack(zip_of(tmp_path / "averages.zip", files()))]) == {}
    experiment = load("moving_average")
    player, frame = opened(experiment)
    export = Export(experiment, player.run, player.params, player.update, frame, language)
    written = {}
    for one in DATA_FORMATS:
        written |= one.write(export, f"out{one.suffix}")
    script, cells = written["out.py"].decode(), json.loads(written["out.ipynb"])["cells"]
    assert "engine/experiments/ch7_convolution/moving_average" in script and str(tmp_path) not in script
    notebook = "\n\n".join("".join(one["source"]) for one in cells if one["cell_type"] == "code")
    for name, text in (("script", script), ("notebook", notebook)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "out.py").write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-I", "out.py"], cwd=folder, env={}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        for table in ("out.csv", "out.working.csv"):
            assert (folder / table).read_bytes() == written[table]
