"""What is easily skipped: every row of tests/capabilities is listed, its render call works, its assertion holds.

The rows of an experiment stand in ``tests/capabilities/<id>.toml``: a ``name`` that ``list --json`` shows as a
parameter or frame field, a render call by ``preset``, ``set`` and ``at``, and in ``holds`` what is true of its output:
``frame`` has the fields of the NPZ, ``again`` those of its run played anew, ``tables`` the tables by name as columns,
``kept`` the network that could be kept there, ``reading`` the sentence. A network is set by its name in
``tests/kept_networks.py``.
"""

from __future__ import annotations

import io
import json
import tomllib
from contextlib import nullcontext, redirect_stdout
from pathlib import Path

import numpy as np
import pytest

from engine.contract.catalogue import load
from engine.contract.run import read_session
from engine.networks.kept import KeptNetwork
from start.command_line import main
from tests import kept_networks
from tests.kept_networks import laid_in

ROWS = [
    {"experiment": path.stem, **row}
    for path in sorted((Path(__file__).resolve().parents[1] / "capabilities").glob("*.toml"))
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["capability"]
]


@pytest.fixture(scope="module")
def listed() -> dict[str, dict]:
    output = io.StringIO()
    with redirect_stdout(output):
        assert main(["list", "--json"]) == 0
    return {row["id"]: row for row in json.loads(output.getvalue())}


@pytest.mark.long
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['experiment']}.{row['name']}")
def test_a_capability_is_listed_rendered_and_holds(row, listed, tmp_path, capsys):
    experiment = listed[row["experiment"]]
    _check_name(row, experiment)
    arguments = ["render", row["experiment"], "--language", "en"]
    arguments += ["--preset", row["preset"]] if "preset" in row else []
    for name, value in row.get("set", {}).items():
        (kind,) = (one["kind"] for one in experiment["parameters"] if one["name"] == name)
        if kind == "network":
            value = laid_in(tmp_path, getattr(kept_networks, value)())
        arguments += ["--set", f"{name}={value}"]
    for change in row.get("at", ()):
        arguments += ["--at", change]
    path = tmp_path / "frame.npz"
    assert main([*arguments, "-o", str(path)]) == 0
    with np.load(path, allow_pickle=False) as file:
        frame = {name: file[name] for name in file.files}
    again, tables, kept = _played_anew(str(frame["run"]))
    known = {"frame": frame, "again": again, "tables": tables, "kept": kept, "reading": capsys.readouterr().out}
    assert eval(row["holds"], known)


@pytest.mark.parametrize(("name", "known"), [("b", True), ("distances", True), ("bias", False)])
def test_a_row_is_named_after_a_parameter_or_a_field_of_the_frame(name, known, listed):
    said = r"bias is no parameter or frame field of gates; there are .*\bb, .*\bdistances"
    with nullcontext() if known else pytest.raises(AssertionError, match=said):
        _check_name({"experiment": "gates", "name": name}, listed["gates"])


def _check_name(row: dict, experiment: dict) -> None:
    names = [one["name"] for one in (*experiment["parameters"], *experiment["frame_fields"])]
    said = f"{row['name']} is no parameter or frame field of {row['experiment']}; there are {', '.join(names)}"
    assert row["name"] in names, said


def _played_anew(run: str) -> tuple[dict[str, object], dict[str, dict[str, list]], KeptNetwork | None]:
    from engine.contract.frame import flattened
    from engine.playing import Player

    session = read_session(run, load)
    experiment = load(session.run.experiment)
    player = Player(experiment, session.run)
    frame = player.go(session.update)
    tables = experiment.tables(player.params, frame)
    columns = {table.name: {column.name: list(column.values) for column in table.columns} for table in tables}
    return dict(flattened(frame)), columns, player.network()
