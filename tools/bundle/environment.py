"""The environment for building a bundle: not the checkout's .venv, which contains development packages too."""

from __future__ import annotations

import shutil
from pathlib import Path

from start import environment
from start.installation import install_or_exit
from tools.bundle.contents import ROOT

BUILD = ROOT / "build" / "bundle"
_REQUIREMENTS = ("requirements.txt", "requirements-bundle.txt")


def builders_python() -> Path:
    """The Python of the environment, which is created like the program's own, only if it is out of date.

    Exits with one sentence if the packages cannot be installed.
    """
    BUILD.mkdir(parents=True, exist_ok=True)
    for name in _REQUIREMENTS:
        shutil.copyfile(ROOT / name, BUILD / name)
    if not environment.is_ready(str(BUILD), _REQUIREMENTS[-1]):
        install_or_exit(str(BUILD), _REQUIREMENTS[-1])
    return Path(environment.python_path(str(BUILD)))
