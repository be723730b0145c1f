"""Makes the program run in its own environment, .venv beside main.py, which is created or repaired if necessary.

If the environment is ready, a start reads a few hundred bytes and imports nothing beyond ``os`` and ``sys``: everything
slower is in ``start.installation``, imported when there is something to do.
"""

from __future__ import annotations

import os
import sys

from start import environment

TYPE_CHECKING = False  # for type checkers alone: typing would be imported at every start
if TYPE_CHECKING:
    from typing import NoReturn

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_INDEX_OPTION = "--index-url"
# Set across the restart, so that a restart that does not arrive in the environment is told apart from a first start.
_RESTARTED = "LAYERWISE_RESTARTED"


def ensure(entry: str, requirements: str, arguments: list[str], root: str = ROOT) -> list[str]:
    """Return the program's own arguments once this process runs in an environment with ``requirements``.

    Otherwise the environment is created or repaired, and ``entry`` (a script, relative to ``root``) is started again in
    it; then this call does not return. ``--index-url URL`` is taken out of the arguments and handed to pip. Exits with
    code 1 and one sentence when the environment cannot be made, 2 when ``--index-url`` has no value. A bundle has all
    it needs: its arguments are left alone.
    """
    if getattr(sys, "frozen", False):  # start.program says this too, but a ready start imports nothing more
        return arguments
    try:
        index_url, own_arguments = take_index_url(arguments)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    if not environment.is_ready(root, requirements):
        from start.installation import install_or_exit

        install_or_exit(root, requirements, index_url)
    came_back = os.environ.pop(_RESTARTED, None) is not None
    inside = is_inside(root)
    if inside and not any(name in os.environ for name in environment.LEAKS):
        return own_arguments
    if came_back:
        python, folder = environment.python_path(root), environment.FOLDER
        sys.stderr.write(f"{python} does not run in its own folder; delete {folder} and start again.\n")
        sys.exit(1)
    restart(root, entry, own_arguments)


def is_inside(root: str) -> bool:
    """Whether this process runs in the environment."""
    try:
        return os.path.samefile(sys.prefix, os.path.join(root, environment.FOLDER))
    except OSError:
        return False


def restart(root: str, entry: str, arguments: list[str]) -> NoReturn:
    """Start ``entry`` with the environment's Python in place of this process; does not return."""
    python = environment.python_path(root)
    command = [python, os.path.join(root, entry), *arguments]
    variables = {**environment.clean_variables(), _RESTARTED: "1"}
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    if os.name == "posix":
        os.execve(python, command, variables)
    # Windows' exec ends this process at once, and the terminal would not wait for the program.
    import signal
    import subprocess

    from engine.system import NO_CONSOLE

    if hasattr(signal, "SIGBREAK"):
        signal.signal(signal.SIGBREAK, signal.SIG_IGN)
    # In a terminal the program shares its console, where what it writes is read.
    process = subprocess.Popen(command, env=variables, creationflags=NO_CONSOLE if sys.stderr is None else 0)
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
