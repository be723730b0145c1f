"""``check``: lines are those of the file, everything in a folder gets its row, and nothing commands the terminal."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from engine.contract.language import LANGUAGES
from engine.contract.text import Refused
from engine.exercises import load_exercise
from engine.exercises.source_file import file_of
from engine.own_network.stations import LAST, stations
from start.any_network_check import classes_in, is_for_stations
from start.check_command import run_check
from start.given_files import given_files
from start.options import Given

NETWORKS = Path(__file__).parents[1] / "engine/own_network/right"
_OTHERS = ["·"] * (len(stations()) - 1)
"""The rows of the stations that a file with one of them has not begun."""


def _answer(exercise: str) -> str:
    return load_exercise(exercise).plain_source


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("head", ["as exported", "by the file's name", "with a comment more"])
def test_the_line_that_is_named_holds_the_fault_in_the_file_as_it_was_given(tmp_path, capsys, language, head):
    exercise = load_exercise("affine")
    faulty = _answer("affine").replace("        self.original_x_shape = x.shape\n", "        y = x / None\n")
    text = file_of(exercise, faulty, language) if head != "by the file's name" else faulty
    if head == "with a comment more":
        text = text.replace("import numpy as np\n", "import numpy as np\n\n# mine\n", 1)
    path = tmp_path / "affine.py"
    path.write_text(text, encoding="utf-8")
    assert run_check([str(path), "--json"], language) == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert "y = x / None" in path.read_text(encoding="utf-8").splitlines()[told["failure"]["line"] - 1]
    assert f"{told['failure']['line']}" in told["says"]


def test_a_class_s_folder_is_read_to_its_end_whatever_is_in_it(tmp_path, capsys):
    (tmp_path / "relu_function.py").write_text("def relu(x):\n    return np.maximum(0, x)\n", encoding="utf-8")
    hostile = {
        "relu_function": "import typing\nos = typing.sys.modules['os']\nfor n in range(9):\n"
        "    try: os.write(n, b'[' * 50000)\n    except OSError: pass\nos._exit(0)\n",
        "sigmoid": "def sigmoid(x):\n    raise ValueError('\\x1b[2J\\x1b]0;owned\\x07\\r')\n",
        "softmax": "x" * 60_000,
    }
    for number, (exercise, source) in enumerate(hostile.items()):
        folder = tmp_path / (f"{number}\x1b[31m" if os.name == "posix" else f"{number}")
        folder.mkdir()
        (folder / f"{exercise}.py").write_text(source, encoding="utf-8")
    (tmp_path / "latin.py").write_bytes(b"# Layerwise exercise: relu_function\n\xff\xfe")
    assert run_check([str(tmp_path)], "en") == 1
    said = capsys.readouterr().out
    rows = said.splitlines()
    assert len(rows) == 5 and [row[0] for row in rows].count("✓") == 1
    assert all(one.isprintable() or one == "\n" for one in said)
    assert "60001 characters" in said.replace(",", "")


def test_what_a_system_does_not_keep_away_is_said_once(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("engine.sandbox.cancellable.expected", lambda: frozenset(("files", "calls", "windows")))
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "relu_function.py").write_text(_answer("relu_function"), encoding="utf-8")
    assert run_check([str(tmp_path)], "en") == 0
    assert capsys.readouterr().err.count("only if you trust them") == 1


def _network(path: Path, *changes: tuple[str, str]) -> Path:
    source = (NETWORKS / "by_chapter_4.py").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    path.write_text(source, encoding="utf-8")
    return path


@pytest.mark.parametrize(("language", "title"), [("en", "Three functions"), ("zh_CN", "三个函数")])
def test_a_network_that_is_right_is_told_so_check_by_check(tmp_path, capsys, language, title):
    path = _network(tmp_path / "my network 网络.py")
    assert run_check([str(path), "--station", "1"], language) == 0
    heading, *lines = capsys.readouterr().out.splitlines()
    assert path.name in heading and title in heading and "1" in heading
    assert len(lines) > 10 and {line[0] for line in lines} == {"✓"}


@pytest.mark.parametrize(
    ("language", "said"), [("en", "The weights are much too large"), ("zh_CN", "权重大得多了")]
)  # fmt: skip
def test_of_a_wrong_network_the_mistake_is_told(tmp_path, capsys, language, said):
    path = _network(tmp_path / "my_network.py", ("weight_init_std * np.random.randn", "np.random.randn"))
    assert run_check([str(path), "--station", "2"], language) == 1
    assert said in capsys.readouterr().out.splitlines()[-1]
    assert run_check([str(path), "--station", "2", "--json"], language) == 1
    (told,) = json.loads(capsys.readouterr().out)
    (station,) = told["stations"]
    assert not told["right"] and not station["right"] and station["station"] == 2
    assert said in station["says"] and station["failure"]["mistakes"] == [["TwoLayerNet.__init__.unscaled"]]


def test_the_station_that_holds_is_right_as_json(tmp_path, capsys):
    path = _network(tmp_path / "my_network.py")
    assert run_check([str(path), "--station", "1", "--json"], "en") == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["right"] and [(one["station"], one["right"]) for one in told["stations"]] == [(1, True)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ["9", "0", "one", "1" * 99])
def test_a_station_that_there_is_not_is_refused_by_name(tmp_path, language, words):
    path = _network(tmp_path / "my_network.py")
    with pytest.raises(Refused) as refusal:
        run_check([str(path), "--station", words], language)
    said = refusal.value.text.render(language)
    assert words[:9] in said and str(LAST) in said


@pytest.mark.parametrize(("language", "not_begun"), [("en", "not begun"), ("zh_CN", "还没开始")])
def test_in_a_folder_exercises_and_stations_are_rows(tmp_path, capsys, language, not_begun):
    (tmp_path / "relu_function.py").write_text(_answer("relu_function"), encoding="utf-8")
    source = (NETWORKS / "by_chapter_4.py").read_text(encoding="utf-8")
    begun = source[: source.index("def numerical_gradient")]
    (tmp_path / "my_network.py").write_text(begun, encoding="utf-8")
    (tmp_path / "notes.py").write_text("x = 1\n", encoding="utf-8")
    assert run_check([str(tmp_path)], language) == 1
    rows = capsys.readouterr().out.splitlines()
    assert [row[0] for row in rows] == ["✓", *_OTHERS, "×", "✓"]
    assert all("my_network.py" in row for row in rows[:-2]) and all(not_begun in row for row in rows[1:-2])
    assert "TwoLayerNet" in rows[-2] and "relu_function" in rows[-1]


@pytest.mark.parametrize(
    ("language", "ours"), [("en", "our code: 1)"), ("zh_CN", "（还没写的第 1 站由我们的代码代替）")]
)
def test_where_ours_stands_in_the_heading_says_so(tmp_path, capsys, language, ours):
    source = (NETWORKS / "by_chapter_4.py").read_text(encoding="utf-8")
    path = tmp_path / "my_network.py"
    path.write_text(source[source.index("class TwoLayerNet") : source.index("    def numerical_gradient")], "utf-8")
    assert run_check([str(path), "--station", "2"], language) == 0
    assert capsys.readouterr().out.splitlines()[0].endswith(ours)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_of_the_command_knows_the_stations(capsys, language):
    assert run_check(["--help"], language) == 0
    said = capsys.readouterr().out
    assert "--station" in said and {"en": "station by station", "ja": "課題ごと", "zh_CN": "一站一站"}[language] in said


@pytest.mark.parametrize(
    ("language", "said"), [("en", "b2[0]: gradient gives"), ("zh_CN", "处处都是正确值的 0.5 倍")]
)  # fmt: skip
def test_a_network_of_another_name_is_checked_as_it_is(tmp_path, capsys, language, said):
    source = (NETWORKS.parent / "any_right/xor.py").read_text(encoding="utf-8")
    path = tmp_path / "my xor 网络.py"
    path.write_text(source, encoding="utf-8")
    assert run_check([str(path)], language) == 0
    heading, *lines = capsys.readouterr().out.splitlines()
    assert path.name in heading and "XorNet" in heading and {line[0] for line in lines} == {"✓", "·"}
    path.write_text(source.replace("d = 2 * (y", "d = (y"), encoding="utf-8")
    assert run_check([str(path)], language) == 1
    assert [said in line for line in capsys.readouterr().out.splitlines() if line[0] == "×"] == [True]
    assert run_check([str(tmp_path), "--json"], language) == 1
    (told,) = json.loads(capsys.readouterr().out)
    (failed,) = [one for one in told["checks"] if one["state"] == "fails"]
    assert told["class"] == "XorNet" and not told["right"] and failed["id"] == "gradient" and said in failed["says"]


def test_a_class_with_all_that_its_station_asks_for_is_checked_there_alone(tmp_path):
    source = (NETWORKS / "by_chapter_7.py").read_text(encoding="utf-8")
    path = tmp_path / "my_network.py"
    path.write_text(source, encoding="utf-8")
    assert is_for_stations(path) and classes_in(path) == ()
    path.write_text(source.replace("class Pooling", "class MaxPool"), encoding="utf-8")
    assert not is_for_stations(path) and classes_in(path) == ("SimpleConvNet",)


def test_a_file_with_both_kinds_of_networks_is_checked_by_stations_and_as_it_is(tmp_path, capsys):
    other = (NETWORKS.parent / "any_right/xor.py").read_text(encoding="utf-8")
    source = (NETWORKS / "by_chapter_4.py").read_text(encoding="utf-8")
    path = tmp_path / "my_network.py"
    written = source[source.index("class TwoLayerNet") : source.index("    def numerical_gradient")]
    path.write_text(f"{written}\n\n{other}", encoding="utf-8")
    assert run_check([str(tmp_path)], "en") == 0
    rows = capsys.readouterr().out.splitlines()
    assert [row[0] for row in rows] == ["·", "✓", *_OTHERS[1:], "✓"] and "XorNet" in rows[-1]
    assert run_check([str(path), "--station", "2"], "en") == 0
    assert "XorNet" not in capsys.readouterr().out


def test_a_class_that_a_station_asks_for_is_checked_there_alone(tmp_path):
    source = (NETWORKS / "by_chapter_6.py").read_text(encoding="utf-8")
    path = tmp_path / "my_network.py"
    path.write_text(source.replace("class Momentum", "class Another"), encoding="utf-8")
    assert classes_in(path) == ("MultiLayerNet",) and not is_for_stations(path)
    path.write_text(source, encoding="utf-8")
    assert classes_in(path) == () and is_for_stations(path)


def test_a_pattern_that_the_shell_left_as_it_is_stands_for_its_files(tmp_path, capsys):
    for exercise in ("affine", "sigmoid"):
        (tmp_path / f"{exercise}.py").write_text(_answer(exercise), encoding="utf-8")
    (tmp_path / "[1].py").write_text(_answer("affine"), encoding="utf-8")
    assert run_check([str(tmp_path / "?*m*i*.py"), "--json"], "en") == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["exercise"] == "sigmoid"
    there = tmp_path / "[1].py"
    assert given_files("check", Given([str(there)]), ".py") == [(there, [there])]
