"""What was written as a file of its own: it can be read again, and its checks run without the program."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from engine.contract.text import LANGUAGES, Refused
from engine.exercises import all_exercises, load_exercise
from engine.exercises.source_file import file_of, read_source_file


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda exercise: exercise.id)
def test_a_file_is_read_again_and_its_checks_hold_for_an_answer(exercise, tmp_path):
    answer = exercise.plain_source
    for language in LANGUAGES:
        path = tmp_path / f"{language}.py"
        path.write_text(file_of(exercise, answer, language), encoding="utf-8")
        assert read_source_file(path)[:2] == (exercise, answer)
    # As it is read on by another program on a Chinese Windows, whose code page lacks some signs of mathematics.
    environment = {**os.environ, "PYTHONIOENCODING": "gbk"}
    said = subprocess.run([sys.executable, path], env=environment, capture_output=True, encoding="gbk", timeout=60)
    assert said.returncode == 0, said.stderr
    assert said.stdout.count("ok ") in (0, len(exercise.checks))


def test_a_file_s_checks_find_a_wrong_answer(tmp_path):
    exercise = next(one for one in all_exercises() if one.id == "softmax")
    path = tmp_path / "wrong.py"
    path.write_text(file_of(exercise, "def softmax(a):\n    return a\n", "en"), encoding="utf-8")
    said = subprocess.run([sys.executable, "-I", path], capture_output=True, text=True, errors="replace", timeout=60)
    assert said.returncode == 1 and "expected" in said.stderr


@pytest.mark.parametrize("name", ["affin", "", "x" * 10_000])
def test_an_unknown_exercise_is_refused_in_a_sentence_that_can_be_read(name):
    """With fifty ids in it nobody would find the one that was meant."""
    with pytest.raises(Refused) as refusal:
        load_exercise(name)
    said = refusal.value.text.render("en")
    assert len(said) < 300 and (name != "affin" or "are affine," in said)
