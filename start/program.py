"""The kind of installation: a checkout, which makes its own .venv, or a bundle or wheel, which is complete.

Imports nothing beyond ``os`` and ``sys``, since every start uses it.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # for type checkers alone
if TYPE_CHECKING:
    from pathlib import Path

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

_CONFIGURATIONS = "$XDG_CONFIG_HOME", "~/.config", "~/Library/Preferences", "$LOCALAPPDATA"
"""Where systems have a user's settings, beside which packs lie."""


def is_frozen() -> bool:
    """Whether this is a bundle, which carries its own Python."""
    return bool(getattr(sys, "frozen", False))


def is_installed(root: str = ROOT) -> bool:
    """Whether it is a bundle or a wheel: then it never installs anything, by pip or otherwise.

    A wheel has all of a checkout but ``main.py``.
    """
    return is_frozen() or not os.path.exists(os.path.join(root, "main.py"))


def may_have_packs() -> bool:
    """Whether there may be packs, told without Qt: most learners have none, and nothing is imported for them then."""
    expanded = [os.path.expandvars(os.path.expanduser(one)) for one in _CONFIGURATIONS]
    return any(os.path.isdir(os.path.join(one, "layerwise", "packs")) for one in expanded)


def called() -> str:
    """The command that starts the program."""
    if is_installed():
        return "layerwise"
    from engine.system import python_call

    return python_call("main.py")


def folder_beside(root: str = ROOT) -> Path | None:
    """The folder in which files for the program may lie: the checkout's, or that of a bundle's executable; None for a
    wheel, which is among other packages.
    """
    from pathlib import Path

    if is_frozen():
        return Path(sys.executable).resolve().parent
    return None if is_installed(root) else Path(root)


def begin_frozen(arguments: list[str]) -> None:
    """A bundle's first step; its child processes run here and do not return.

    The companion and the sandbox process are started by this same executable.
    """
    import multiprocessing

    # The loader has looked for libraries in the bundle by now. Programs of the system that are started from here, such
    # as a browser, are to find their own.
    if "LD_LIBRARY_PATH_ORIG" in os.environ:
        os.environ["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH_ORIG"]
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)
    multiprocessing.freeze_support()
    if arguments[:1] == ["executor"]:
        from engine.sandbox import executor

        executor.main(arguments[1:])
