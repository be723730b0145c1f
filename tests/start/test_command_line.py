"""The command line: what it writes, and that bad input ends with status 2, one line, and nothing written."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import tomllib
import types
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from engine.contract import catalogue
from engine.contract.params import fields_of
from engine.contract.text import LANGUAGES
from engine.data import digits
from engine.export.session_file import load_session
from engine.version import PROGRAM, VERSION
from start.command_line import main
from start.program import called
from tests.dummies import Counting, Playground

FOLDER = Path(__file__).resolve().parents[2]
SEVEN = ("a.png", "a.svg", "a.pdf", "a.csv", "a.npz", "a.json", "a.py")


def run(
    *arguments: object, code: str = "", variables: Mapping[str, str] = MappingProxyType({}), **options: object
) -> subprocess.CompletedProcess[bytes]:
    """The command line in a process of its own, without any display; ``code`` runs after it."""
    program = (
        "import sys; sys.path.insert(0, sys.argv.pop(1))\n"
        "from start.command_line import main\n"
        "status = main(sys.argv[1:])\n" + code + "\nsys.exit(status)"
    )
    without = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LC_ALL", "LC_MESSAGES", "PYTHONIOENCODING")
    environment = {name: value for name, value in os.environ.items() if name not in without}
    environment |= {"LANG": "C.UTF-8", **variables}
    command = [sys.executable, "-c", program, str(FOLDER), *map(str, arguments)]
    return subprocess.run(command, env=environment, **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options})


def outputs(folder: Path, *names: str) -> list[object]:
    return [word for name in names for word in ("-o", folder / name)]


@pytest.fixture
def dummy(monkeypatch: pytest.MonkeyPatch) -> None:
    """``playground`` and ``counting`` are experiments of the tests."""
    real = catalogue.load
    dummies = {"playground": Playground, "counting": Counting}
    for name, kind in dummies.items():
        monkeypatch.setattr(kind, "id", name)
    monkeypatch.setattr(catalogue, "load", lambda name: dummies[name]() if name in dummies else real(name))


# Rendering


def test_all_seven_files_are_written_without_a_display_and_the_reading_is_printed(tmp_path: Path) -> None:
    result = run("render", "gates", "--preset", "AND-book", *outputs(tmp_path, *SEVEN))
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode().strip() == "AND: all 4 points are right, and the nearest lies 0.283 from the line."
    assert {path.name for path in tmp_path.iterdir()} == {*SEVEN, "a.neuron.csv", "a.working.csv"}
    beginnings = {"a.png": b"\x89PNG", "a.svg": b"<?xml", "a.pdf": b"%PDF-", "a.npz": b"PK", "a.json": b"{"}
    for name, beginning in beginnings.items():
        assert (tmp_path / name).read_bytes().startswith(beginning)


def test_csv_npz_json_and_py_are_written_without_importing_qt(tmp_path: Path) -> None:
    code = "loaded = [name for name in ('PySide6', 'pyqtgraph', 'shiboken6') if name in sys.modules]\nassert not loaded"
    names = ("a.csv", "a.npz", "a.json", "a.py")
    result = run("render", "gates", *outputs(tmp_path, *names), code=code)
    assert (result.returncode, result.stderr) == (0, b"")
    assert set(names) < {path.name for path in tmp_path.iterdir()}


def test_the_script_rebuilds_the_csv_byte_for_byte(tmp_path: Path) -> None:
    assert run("render", "gates", "--set", "w1=0.1", *outputs(tmp_path, "a.csv", "a.py")).returncode == 0
    again = tmp_path / "again"
    again.mkdir()
    (again / "a.py").write_bytes((tmp_path / "a.py").read_bytes())
    environment = {**os.environ, "LAYERWISE_HOME": str(FOLDER)}
    subprocess.run([sys.executable, again / "a.py"], env=environment, check=True, capture_output=True)
    tables = sorted(path.name for path in tmp_path.glob("*.csv"))
    assert len(tables) == 3
    assert {name: (again / name).read_bytes() for name in tables} == {
        name: (tmp_path / name).read_bytes() for name in tables
    }


def test_a_dash_prints_the_first_table_alone() -> None:
    result = run("render", "gates", "-o", "-")
    assert result.returncode == 0
    rows = list(csv.DictReader(io.StringIO(result.stdout.decode())))
    assert [row["output"] for row in rows] == ["0", "1", "1", "1"]
    assert result.stderr.decode().startswith("AND: 2 of 4")


def test_a_session_reopens_to_the_same_picture(tmp_path: Path, qapp: object) -> None:
    first = ["render", "gates", "--set", "b=-0.45", "--set", "selected=11", "--size", "600x500"]
    assert main([*first, *map(str, outputs(tmp_path, "a.json", "a.png"))]) == 0
    for source in ("a.json", "a.png"):
        arguments = ["render", tmp_path / source, "--size", "600x500", *outputs(tmp_path, "b.png")]
        assert main(list(map(str, arguments))) == 0
        assert (tmp_path / "b.png").read_bytes() == (tmp_path / "a.png").read_bytes()


def test_values_are_put_in_together_and_chinese_keyboards_are_welcome(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    assert main(["render", "gates", "--set", "w1=－０．５", "--set=target=OR", "--set", "b=1e-3", "-o", str(path)]) == 0
    params = load_session(path).run.params
    assert (params.w1, params.target, params.b) == (-0.5, "OR", 0.001)


def test_a_later_option_wins_over_the_preset(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    assert main(["render", "gates", "--preset", "NAND-book", "--set", "b=0.9", f"-o{path}"]) == 0
    params = load_session(path).run.params
    assert (params.target, params.w1, params.b) == ("NAND", -0.5, 0.9)


@pytest.mark.usefixtures("dummy")
def test_steps_seed_and_changes_reach_the_run(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    changes = ["--at", "7:learning_rate=0.2", "--at", "3:weights[0][1,2]=-0.25"]
    assert main(["render", "playground", "--steps", "12", "--seed", "5", *changes, "-o", str(path)]) == 0
    session = load_session(path)
    assert (session.update, session.run.seed) == (12, 5)
    assert [(change.at_update, change.path, change.value) for change in session.run.journal] == [
        (3, "weights[0][1,2]", -0.25),
        (7, "learning_rate", 0.2),
    ]
    assert main(["render", str(path), "-o", str(tmp_path / "b.json"), "-o", str(tmp_path / "b.npz")]) == 0
    assert (tmp_path / "b.json").read_bytes() == path.read_bytes()
    assert np.load(tmp_path / "b.npz", allow_pickle=False)["update"] == 12


@pytest.mark.usefixtures("dummy")
@pytest.mark.parametrize(("name", "updates"), [("playground", 100), ("counting", 20)])
def test_without_steps_it_goes_to_the_end_or_through_the_default_steps(tmp_path: Path, name: str, updates: int) -> None:
    assert main(["render", name, "-o", str(tmp_path / "a.json")]) == 0
    assert load_session(tmp_path / "a.json").update == updates


# Refusals

REFUSALS = [
    (["render", "gatez"], "gatez", "gates"),
    (["render", "gates", "--preset", "XOR-book"], "XOR-book", "AND-book"),
    (["render", "gates", "--set", "w9=1"], "w9", "w1, w2, b"),
    (["render", "gates", "--set", "w1=99"], "w1: 99", "−5 to 5"),
    (["render", "gates", "--set", "w1=nan"], "w1: “nan”", "not a number"),
    (["render", "gates", "--set", "w1=a\nb"], "w1: “a b”", "not a number"),
    (["render", "gates", "--set", "target=NOR"], "target: “NOR”", "AND, NAND, OR, XOR"),
    (["render", "gates", "--set", "w1"], "--set: “w1”", "NAME=VALUE"),
    (["render", "gates", "--set"], "--set", "NAME=VALUE"),
    (["render", "gates", "--at", "1=w1"], "--at: “1=w1”", "UPDATE:PATH=VALUE"),
    (["render", "gates", "--at", "0:w1=1"], "--at: “w1”", "no parameter"),
    (["render", "gates", "--at", "0:somewhere=1"], "--at: “somewhere”", "no parameter"),
    (["render", "gates", "--at", "0:somewhere=[1"], "somewhere: “[1”", "JSON"),
    (["render", "gates", "--at", "0:somewhere=NaN"], "somewhere: “NaN”", "JSON"),
    (["render", "gates", "--seed", "-1"], "seed: -1", "0 to 4294967295"),
    (["render", "gates", "--seed", "1.5"], "seed: 1.5", "0 to 4294967295"),
    (["render", "gates", "--steps", "some"], "--steps: “some”", "0 to 1000000000"),
    (["render", "gates", "--size", "12x8"], "--size: “12x8”", "400 to 4000"),
    (["render", "gates", "--size", "1200"], "--size: “1200”", "1200x800"),
    (["render", "gates", "--theme", "blue"], "--theme: “blue”", "light, dark"),
    (["render", "gates", "--language", "de"], "--language: “de”", ", ".join(LANGUAGES)),
    (["render", "gates", "--colour", "red"], "--colour", "--theme"),
    (["render", "gates", "--help=me"], "--help", "me"),
    (["render", "gates", "more"], "more", "too many"),
    (["render", "nothing.json"], "nothing.json", "no such file"),
    (["render"], "id", "gates"),
    (["list", "--xml"], "--xml", "--json"),
    (["list", "gates"], "gates", "too many"),
    (["paint"], "paint", "list, render"),
    (["--chapter", "9"], "--chapter: “9”", "2, 3, 4, 5, 6, 7"),
    (["--experiment", "gatez"], "gatez", "gates"),
    (["--language", "de"], "--language: “de”", ", ".join(LANGUAGES)),
    (["--theme", "blue"], "--theme: “blue”", "light, dark"),
    (["--open", "nothing.json"], "nothing.json", "no such file"),
    (["--open"], "--open", "FILE"),
]


@pytest.mark.parametrize(("arguments", "named", "allowed"), REFUSALS, ids=[" ".join(case[0]) for case in REFUSALS])
def test_bad_input_ends_with_two_and_one_line_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], named: str, allowed: str
) -> None:
    (tmp_path / "old.csv").write_bytes(b"old")
    # The option without a value stays the last.
    files = list(map(str, outputs(tmp_path, "old.csv", "new.png"))) if arguments[0] == "render" else []
    assert main([*arguments[:1], *files, *arguments[1:]]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.count("\n") == 1
    assert named in output.err
    assert allowed in output.err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"old.csv": b"old"}


@pytest.mark.parametrize("name", ["a.bmp", "a", "no/a.csv", "."])
def test_an_output_that_cannot_be_written_is_refused_before_anything_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "old.csv").write_bytes(b"old")
    assert main(["render", "gates", *map(str, outputs(tmp_path, "old.csv", name))]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert str(tmp_path / name) in error
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"old.csv": b"old"}


def test_no_output_at_all_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "gates"]) == 2
    said = capsys.readouterr().err
    assert re.fullmatch(r"layerwise: -o: .*\.png \.svg \.pdf \.csv \.npz \.layerwise\.json \.py.*\n", said)


@pytest.mark.usefixtures("dummy")
def test_a_change_of_a_place_or_at_a_time_that_there_is_not_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = {"2:nowhere=1": "learning_rate", "99:learning_rate=1": "update 5", "2:samples=50": "learning_rate"}
    for change, named in refused.items():
        arguments = ["render", "playground", "--steps", "5", "--at", change, "-o", str(tmp_path / "a.csv")]
        assert main(arguments) == 2
        assert named in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_errors_are_in_the_language_asked_for_even_where_something_else_is_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["render", "gates", "--set", "w1=99", "-o", "-", "--language", "zh_CN"])
    assert "超出范围" in capsys.readouterr().err
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    main(["paint"])
    assert "没有命令" in capsys.readouterr().err
    main(["paint", "--language=en"])
    assert "there is no command" in capsys.readouterr().err


def test_an_interruption_ends_quietly_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("engine.playing.Player.go", interrupt)
    assert main(["render", "gates", "-o", str(tmp_path / "a.csv")]) == 130
    assert not list(tmp_path.iterdir())


# Listing, help and terminals


def test_list_json_tells_everything_of_every_experiment() -> None:
    described = json.loads(run("list", "--json").stdout)
    assert [entry["id"] for entry in described] == [entry.id for entry in catalogue.entries()]
    for entry in described:
        experiment = catalogue.load(entry["id"])
        assert entry["chapter"] == experiment.chapter
        assert entry["order"] == experiment.order
        assert entry["title"] == {language: experiment.title.render(language) for language in LANGUAGES}
        assert entry["shape"] in ("picture", "walk", "run")
        assert entry["units"] == list(experiment.unit_ids)
        assert [preset["id"] for preset in entry["presets"]] == [preset.id for preset in experiment.presets]
        fields = fields_of(experiment.params_type)
        assert [parameter["name"] for parameter in entry["parameters"]] == list(fields)
        for parameter in entry["parameters"]:
            field = fields[parameter["name"]]
            assert (parameter["kind"], parameter["effect"], parameter["unit"]) == (field.kind, field.effect, field.unit)
            told = field.told(getattr(experiment.params_type(), parameter["name"]))
            assert parameter["default"] == json.loads(json.dumps(told))
            assert field.describe().items() <= parameter.items()
        names = [field["name"] for field in entry["frame_fields"]]
        assert {"update", "status"} < set(names)
        assert all({"unit", "measured", "heavy"} < set(field) for field in entry["frame_fields"])


def test_list_is_a_table_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--language", "zh_CN"]) == 0
    assert re.search(r"2 感知机\n +2\.1 +gates +逻辑门与直线", capsys.readouterr().out)


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["list", "--help"], ["render", "gates", "--help"]])
def test_help_names_every_option_in_both_languages(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    for language in LANGUAGES:
        assert main([*arguments, "--language", language]) == 0
        text = capsys.readouterr().out
        usage = text.partition("\n\n")[0]
        assert usage.startswith(called())
        for option in re.findall(r"--?[a-z]+", usage):
            assert re.search(rf"^  {option}\b", text, re.MULTILINE)


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"{PROGRAM}\n"
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)


def test_the_version_is_that_of_the_metadata_and_of_the_newest_entry_of_the_changelog() -> None:
    root = Path(__file__).resolve().parents[2]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    newest = re.search(r"^## \[(.+?)\]", (root / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest is not None and project["version"] == VERSION == newest[1]


@pytest.mark.long
@pytest.mark.parametrize("encoding", ["ascii", "cp936", "cp1252"])
def test_a_terminal_that_cannot_show_a_character_stops_nothing(encoding: str) -> None:
    for arguments in (
        ["list", "--language", "zh_CN"],
        ["render", "gates", "--language", "zh_CN", "--set", "w1=99", "-o", "-"],
        ["render", "gates", "--set", "b=-0.9", "-o", "-"],
    ):
        result = run(*arguments, variables={"PYTHONIOENCODING": encoding})
        assert result.returncode in (0, 2)
        assert b"Traceback" not in result.stderr
    assert [entry["id"] for entry in json.loads(run("list", "--json", variables={"PYTHONIOENCODING": encoding}).stdout)]


@pytest.mark.skipif(os.name == "nt", reason="pipes break differently on Windows")
def test_a_reader_that_leaves_early_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\nfrom start.command_line import main; sys.exit(main(['list']))"
    )
    result = subprocess.run([sys.executable, "-c", program, str(FOLDER)], stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert (result.returncode, result.stderr) == (1, b"")


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["list"], ["list", "--json"], ["--help"], ["render", "gates", "-o", "-"]])
def test_a_full_device_is_one_sentence(arguments: list[str]) -> None:
    with FULL.open("wb") as full:
        result = run(*arguments, stdout=full)
        assert result.returncode == 2
        assert result.stderr == b"layerwise: standard output cannot be written: the disk is full.\n"
        # Where the sentence cannot be written either, the status still tells.
        assert run(*arguments, stdout=full, stderr=full).returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="POSIX shells close descriptors so")
@pytest.mark.parametrize("arguments", [["list"], ["list", "--json"], ["--version"], ["render", "gates", "-o", "-"]])
def test_a_closed_output_is_one_sentence(arguments: list[str]) -> None:
    result = run(*arguments, preexec_fn=lambda: os.close(1), stdout=None)
    assert result.returncode == 2
    assert result.stderr == b"layerwise: standard output cannot be written: it is closed.\n"
    assert run(*arguments, preexec_fn=lambda: os.closerange(0, 3), stdout=None, stderr=None).returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="POSIX shells close descriptors so")
def test_files_are_written_where_nothing_can_be_said(tmp_path: Path) -> None:
    result = run("render", "gates", "-o", tmp_path / "a.csv", preexec_fn=lambda: os.closerange(0, 3), stdout=None)
    assert result.returncode == 0 and (tmp_path / "a.csv").stat().st_size > 0


# The window


def test_the_window_gets_what_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    window = types.ModuleType("gui.app.application")
    window.run_window = lambda **wanted: asked.append(wanted) or 7
    monkeypatch.setitem(sys.modules, "gui.app.application", window)
    monkeypatch.setattr("start.system_libraries.require_window", lambda: None)
    session = tmp_path / "a.json"
    assert main(["render", "gates", "-o", str(session)]) == 0
    options = ["--chapter", "2", "--experiment", "gates", "--language", "zh_CN", "--theme", "dark"]
    assert main([*options, "--open", str(session)]) == 7
    assert main([]) == 7
    assert asked == [
        {"chapter": 2, "experiment": "gates", "language": "zh_CN", "theme": "dark", "session": session}
        | {"is_lesson": False},
        dict.fromkeys(("chapter", "experiment", "language", "theme", "session")) | {"is_lesson": False},
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_computation_says_how_far_it_is(tmp_path: Path, monkeypatch, capsys, language: str) -> None:
    monkeypatch.setattr("start.render_command._SILENT_FOR", 0.0)
    monkeypatch.setenv("LC_ALL", language)
    digits._known.cache_clear()
    output = ["--language", language, "-o", str(tmp_path / "a.json")]
    assert main(["render", "overfitting", "--steps", "0", *output]) == 0
    said = capsys.readouterr().err
    assert digits.LOADING.render(language) in said and "%" in said
    monkeypatch.setattr("start.render_command._SILENT_FOR", 60.0)
    assert main(["render", "overfitting", "--steps", "0", *output]) == 0
    assert capsys.readouterr().err == ""
