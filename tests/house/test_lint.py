"""The linter says nothing: its settings in pyproject.toml are the written part of the style."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_ruff_says_nothing():
    _passes("check", "--output-format", "concise")


def test_every_file_is_as_the_formatter_writes_it():
    _passes("format", "--check")


def _passes(*command: str) -> None:
    ruff = [sys.executable, "-m", "ruff", *command, "--no-cache", "."]
    found = subprocess.run(ruff, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout
