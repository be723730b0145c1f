"""The worked example of CONTRIBUTING.md, built literally as it is written, keeps every promise."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools.shown_characters import ROOT

_NAME = "moving_average"
_FILE = re.compile(r"^`([\w./]+)`\n\n````\w+\n(.*?)^````$", re.MULTILINE | re.DOTALL)
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis")


def written_files() -> dict[str, str]:
    """Path and text of every file of the example."""
    return dict(_FILE.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))


def test_the_worked_example_keeps_every_promise(tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=_LEFT_OUT)
    files = written_files()
    assert len(files) == 6
    for path, text in files.items():
        assert _NAME in Path(path).name and not (copy / path).exists()
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_text(text, encoding="utf-8")
    # The copy's tests are this run's, so that they need no environment of their own.
    made = _run(copy, "-c", "import sys; from tools.command import main; sys.exit(main([]))")
    assert made.returncode == 0, made.stderr
    held = _run(copy, "-m", "pytest", "-v", "-n", "0", "-p", "no:cacheprovider", "--experiment", _NAME)
    assert held.returncode == 0, held.stdout[-6000:]
    assert f"test_a_capability_is_listed_rendered_and_holds[{_NAME}.means] PASSED" in held.stdout


def _run(copy: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        [sys.executable, *command], cwd=copy, env=environment, capture_output=True, encoding="utf-8", timeout=400
    )
