"""A folder that looks like the program's, in which the start can be tried without installing anything."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from start import environment


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A program folder with Chinese characters and a space in its name, and two requirements files."""
    folder = tmp_path / "深度 学习"
    folder.mkdir()
    (folder / "requirements.txt").write_text("# the application\nalpha>=2,<3\nBeta_pack==1.0\n", "utf-8")
    (folder / "requirements-dev.txt").write_text("-r requirements.txt\ngamma\n", "utf-8")
    return folder


@pytest.fixture
def ready_root(root: Path) -> Path:
    """The same with an environment that is ready for requirements.txt; its Python is an empty file."""
    python = Path(environment.python_path(str(root)))
    python.parent.mkdir(parents=True)
    python.touch()
    configuration = f"home = {root}\nversion = {environment.sys.version.split()[0]}\n"
    (root / environment.FOLDER / "pyvenv.cfg").write_text(configuration, "utf-8")
    stamp = Path(environment.stamp_path(str(root), "requirements.txt"))
    stamp.write_text(environment.stamp_text(str(root), "requirements.txt"), "utf-8")
    return root


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages in English, whoever runs the tests; and no variables that make a start behave differently."""
    for name in ("LC_ALL", "LC_MESSAGES", "LAYERWISE_RESTARTED", *environment.LEAKS):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8" if os.name == "nt" else "C.UTF-8")
