"""Brings the program into its own environment, .venv beside main.py, and makes that environment when it is not ready.

A start that finds the environment ready reads a few hundred bytes and imports nothing beyond ``os`` and ``sys``:
everything slower is in ``start.installation``, imported when there is something to do.
"""

from __future__ import annotations

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = ".venv"

# Variables that put another Python's packages, or another place for them, into ours.
LEAKS = ("PYTHONPATH", "PYTHONHOME", "__PYVENV_LAUNCHER__")
_INDEX_OPTION = "--index-url"
# Set across the restart, so that a restart that does not arrive in the environment is told apart from a first start.
_RESTARTED = "LAYERWISE_RESTARTED"


def ensure(entry: str, requirements: str, arguments: list[str], root: str = ROOT) -> list[str]:
    """Return the program's own arguments once this process runs in an environment with ``requirements``.

    Otherwise the environment is made or mended, and ``entry`` (a script, relative to ``root``) is started again in
    it; then this call does not return. ``--index-url URL`` is taken out of the arguments and handed to pip. Exits
    with code 1 and one sentence when the environment cannot be made, 2 when ``--index-url`` has no value.
    """
    try:
        index_url, own_arguments = take_index_url(arguments)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    if not is_ready(root, requirements):
        from start.installation import install_or_exit

        install_or_exit(root, requirements, index_url)
    came_back = os.environ.pop(_RESTARTED, None) is not None
    inside = is_inside(root)
    if inside and not any(name in os.environ for name in LEAKS):
        return own_arguments
    if came_back:
        sys.stderr.write(f"{python_path(root)} does not run in its own folder; delete {FOLDER} and start again.\n")
        sys.exit(1)
    restart(root, entry, own_arguments)


def is_ready(root: str, requirements: str) -> bool:
    """Whether .venv was finished for these very requirements, this Python and this system."""
    try:
        with open(stamp_path(root, requirements), encoding="utf-8") as stamp:
            return stamp.read() == stamp_text(root, requirements) and has_python(root)
    except (OSError, UnicodeDecodeError):
        return False


def stamp_text(root: str, requirements: str) -> str:
    """What the stamp of a finished environment holds: which Python and system, then the requirements themselves.

    The lines stand there as they are, not as a hash: as strict, and nothing needs to be imported to compare them.
    """
    return f"{fingerprint()}\n{requirement_text(root, requirements)}"


def fingerprint() -> str:
    """The Python and the system for which packages are installed, such as ``cpython-311 linux x86_64``."""
    machine = os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "")
    return f"{sys.implementation.cache_tag}{getattr(sys, 'abiflags', '')} {sys.platform} {machine}"


def requirement_text(root: str, requirements: str) -> str:
    """The text of a requirements file and of those that it names with ``-r``."""
    texts = []
    for name in with_included(root, requirements):
        with open(os.path.join(root, name), encoding="utf-8") as file:
            texts.append(file.read())
    return "\n".join(texts)


def with_included(root: str, requirements: str) -> list[str]:
    """The names of the requirements files that one file names with ``-r``, then the file itself."""
    included = []
    with open(os.path.join(root, requirements), encoding="utf-8") as file:
        for line in file:
            if line.startswith("-r "):
                included += with_included(root, line[3:].strip())
    return [*included, requirements]


def stamp_path(root: str, requirements: str) -> str:
    """Where the stamp for ``requirements`` lies, in .venv, so that it goes when the environment goes."""
    return os.path.join(root, FOLDER, f"layerwise-ready-{requirements}")


def python_path(root: str) -> str:
    """The environment's Python."""
    return os.path.join(root, FOLDER, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))


def has_python(root: str) -> bool:
    """Whether the environment's Python is there, and the Python that it was made from too."""
    if not os.path.exists(python_path(root)):  # a link to nothing when the Python behind it is gone
        return False
    if os.name != "nt":
        return True
    return os.path.isdir(configuration(root).get("home", ""))  # a launcher there, which needs the Python behind it


def configuration(root: str) -> dict[str, str]:
    """The ``key = value`` lines of the environment's pyvenv.cfg; empty when there is none."""
    try:
        with open(os.path.join(root, FOLDER, "pyvenv.cfg"), encoding="utf-8") as file:
            pairs = [line.partition("=") for line in file]
    except (OSError, UnicodeDecodeError):
        return {}
    return {key.strip(): value.strip() for key, equals, value in pairs if equals}


def is_inside(root: str) -> bool:
    """Whether this process runs in the environment."""
    try:
        return os.path.samefile(sys.prefix, os.path.join(root, FOLDER))
    except OSError:
        return False


def clean_variables() -> dict[str, str]:
    """The environment variables without those that lead Python to packages outside .venv."""
    return {name: value for name, value in os.environ.items() if name not in LEAKS}


def restart(root: str, entry: str, arguments: list[str]) -> None:
    """Start ``entry`` with the environment's Python in place of this process; does not return."""
    python = python_path(root)
    command = [python, os.path.join(root, entry), *arguments]
    variables = {**clean_variables(), _RESTARTED: "1"}
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    if os.name == "posix":
        os.execve(python, command, variables)
    # Windows' exec ends this process at once, and the terminal would not wait for the program.
    import subprocess

    process = subprocess.Popen(command, env=variables)
    while True:
        try:
            sys.exit(process.wait())
        except KeyboardInterrupt:  # the program got it too, and decides
            continue


def take_index_url(arguments: list[str]) -> tuple[str, list[str]]:
    """Split ``--index-url URL`` or ``--index-url=URL`` from the other arguments; '' where it is not given."""
    index_url, others = "", []
    remaining = iter(arguments)
    for argument in remaining:
        if argument == _INDEX_OPTION:
            index_url = next(remaining, "")
        elif argument.startswith(_INDEX_OPTION + "="):
            index_url = argument.partition("=")[2]
        else:
            others.append(argument)
            continue
        if not index_url:
            raise ValueError(f"{_INDEX_OPTION}: needs the address of a package index, such as https://pypi.org/simple")
    return index_url, others
