"""The program's own environment, .venv beside main.py: its paths, and whether it is ready.

Imports nothing beyond ``os`` and ``sys``, since every start uses it.
"""

from __future__ import annotations

import os
import sys

FOLDER = ".venv"

# Variables that put another Python's packages, or another place for them, into ours.
LEAKS = ("PYTHONPATH", "PYTHONHOME", "__PYVENV_LAUNCHER__")


def is_ready(root: str, requirements: str) -> bool:
    """Whether .venv was completed for exactly these requirements, this Python and this system."""
    try:
        with open(stamp_path(root, requirements), encoding="utf-8") as stamp:
            return stamp.read() == stamp_text(root, requirements) and has_python(root)
    except (OSError, UnicodeDecodeError):
        return False


def stamp_text(root: str, requirements: str) -> str:
    """The content of the stamp file of a completed environment: Python and system, then the requirements.

    The requirements are stored as text, not as a hash, so that nothing needs to be imported to compare them.
    """
    return f"{fingerprint()}\n{requirement_text(root, requirements)}"


def fingerprint() -> str:
    """The Python and the system for which packages are installed, such as ``cpython-311 linux x86_64``."""
    machine = os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "")
    return f"{sys.implementation.cache_tag}{getattr(sys, 'abiflags', '')} {sys.platform} {machine}"


def requirement_text(root: str, requirements: str) -> str:
    """The text of a requirements file and of those that it includes with ``-r``."""
    texts = []
    for name in with_included(root, requirements):
        with open(os.path.join(root, name), encoding="utf-8") as file:
            texts.append(file.read())
    return "\n".join(texts)


def with_included(root: str, requirements: str) -> list[str]:
    """The names of the requirements files that one file includes with ``-r``, then the file itself."""
    included = []
    with open(os.path.join(root, requirements), encoding="utf-8") as file:
        for line in file:
            if line.startswith("-r "):
                included += with_included(root, line[3:].strip())
    return [*included, requirements]


def stamp_path(root: str, requirements: str) -> str:
    """The path of the stamp file for ``requirements``, in .venv, so that it is deleted with the environment."""
    return os.path.join(root, FOLDER, f"layerwise-ready-{requirements}")


def python_path(root: str) -> str:
    """The path of the environment's Python."""
    return os.path.join(root, FOLDER, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))


def has_python(root: str) -> bool:
    """Whether the environment's Python exists, and the Python that it was created from too."""
    if not os.path.exists(python_path(root)):  # a link to nothing when the Python behind it is gone
        return False
    if os.name != "nt":
        return True
    return os.path.isdir(configuration(root).get("home", ""))  # a launcher there, which needs the Python behind it


def configuration(root: str) -> dict[str, str]:
    """The ``key = value`` lines of the environment's pyvenv.cfg; empty if there is none."""
    try:
        with open(os.path.join(root, FOLDER, "pyvenv.cfg"), encoding="utf-8") as file:
            pairs = [line.partition("=") for line in file]
    except (OSError, UnicodeDecodeError):
        return {}
    return {key.strip(): value.strip() for key, equals, value in pairs if equals}


def clean_variables() -> dict[str, str]:
    """The environment variables without those that make Python use packages outside .venv."""
    return {name: value for name, value in os.environ.items() if name not in LEAKS}
