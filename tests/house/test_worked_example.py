"""The worked example, put into a copy of the program, keeps every promise; nothing else is edited for it.

Its words and pictures are approved there as they are.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.shown_characters import ROOT

_NAME = "moving_average"
_EXAMPLE = Path(__file__).parent / "worked_example"
_BUT = ("--ignore=tests/engine/packs", "--ignore=tests/gui/packs")
"""A pack brings the same experiment there."""
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "__pycache__", ".pytest_cache", ".ruff_cache", ".mypy_cache", ".hypothesis", _EXAMPLE.name
)


@pytest.mark.whole
def test_the_worked_example_keeps_every_promise(tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=_LEFT_OUT)
    files = [path.relative_to(_EXAMPLE) for path in _EXAMPLE.rglob("*.*") if "__pycache__" not in path.parts]
    assert len(files) == 10
    for path in files:
        assert _NAME in path.name and not (copy / path).exists()
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(_EXAMPLE / path, copy / path)
    _make_derived_files(copy)
    for kind in ("words", "pictures"):
        look = (
            f"import os, tools, engine; from tests.approved.approved_{kind} import approve_{kind};"
            f"approve_{kind}({_NAME!r}); os._exit(0)"
        )
        approved = _run(copy, "-c", look)
        assert approved.returncode == 0, approved.stderr
    # What is approved is seen with its own words, and overviews are made of what was approved.
    _make_derived_files(copy)
    modules = [str(path) for path in files if path.suffix == ".py" and path.parts[0] != "tests"]
    typed = _run(copy, "-m", "mypy", "--no-error-summary", *modules)
    assert typed.returncode == 0, typed.stdout
    held = _run(copy, "-m", "pytest", "-v", "-n", "0", "-p", "no:cacheprovider", "--experiment", _NAME, *_BUT)
    assert held.returncode == 0, held.stdout[-6000:]
    assert f"test_a_capability_is_listed_rendered_and_holds[{_NAME}.means] PASSED" in held.stdout


def _make_derived_files(copy: Path) -> None:
    """``python3 -m tools`` in the copy, whose tests are this run's, so that they need no environment of their own."""
    made = _run(copy, "-c", "import sys; from tools.command import main; sys.exit(main([]))")
    assert made.returncode == 0, made.stderr


def _run(copy: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return subprocess.run(
        [sys.executable, *command], cwd=copy, env=environment, capture_output=True, encoding="utf-8", timeout=400
    )
