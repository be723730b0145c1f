"""``check``: lines are those of the file, everything in a folder gets its row, and nothing commands the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.exercises import load_exercise
from engine.exercises.source_file import file_of
from start.check_command import run_check

ANSWERS = Path(__file__).parents[1] / "engine/exercises/answers"


def _answer(exercise: str) -> str:
    return (ANSWERS / f"{exercise}.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("head", ["as exported", "by the file's name", "with a comment more"])
def test_the_line_that_is_named_holds_the_fault_in_the_file_as_it_was_given(tmp_path, capsys, language, head):
    exercise = load_exercise("affine")
    faulty = _answer("affine").replace("        self.shape = x.shape\n", "        y = x / None\n")
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
        (tmp_path / f"{number}\x1b[31m").mkdir()
        (tmp_path / f"{number}\x1b[31m" / f"{exercise}.py").write_text(source, encoding="utf-8")
    (tmp_path / "latin.py").write_bytes(b"# Layerwise exercise: relu_function\n\xff\xfe")
    assert run_check([str(tmp_path)], "en") == 1
    said = capsys.readouterr().out
    rows = said.splitlines()
    assert len(rows) == 5 and [row[0] for row in rows].count("✓") == 1
    assert all(one.isprintable() or one == "\n" for one in said)
    assert "60001 characters" in said.replace(",", "")


def test_what_a_system_does_not_keep_away_is_said_once(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("engine.exercises.elsewhere.expected", lambda: frozenset(("files", "calls", "windows")))
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "relu_function.py").write_text(_answer("relu_function"), encoding="utf-8")
    assert run_check([str(tmp_path)], "en") == 0
    assert capsys.readouterr().err.count("only if you trust them") == 1
