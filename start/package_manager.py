"""The system's package manager: the command for a person to type, and automatic installation where that is allowed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.contract.text import Text
from start.commands import Outcome, run_visibly
from start.program import is_installed
from start.terminal import say

# The first program that is found decides; what a distribution calls itself does not matter then.
_PROGRAMS = (
    ("apt", "apt-get", "apt install"),
    ("dnf", "dnf", "dnf install"),
    ("pacman", "pacman", "pacman -S"),
    ("zypper", "zypper", "zypper install"),
)


@dataclass(frozen=True)
class PackageManager:
    """A package manager by the name under which ``start.library_packages`` lists its packages."""

    name: str
    install_words: str

    def command(self, packages: Sequence[str]) -> str:
        """The command that installs ``packages``, with sudo for everybody but root."""
        quoted = [f"'{package}'" if "(" in package else package for package in packages]
        return " ".join([*([] if is_root() else ["sudo"]), self.install_words, *quoted])


def detect(which: Callable[[str], str | None] = shutil.which) -> PackageManager | None:
    """The package manager of this system; None if there is no known one."""
    return next((PackageManager(name, words) for name, program, words in _PROGRAMS if which(program)), None)


def is_root() -> bool:
    """Whether this process runs as root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def may_install(manager: PackageManager | None) -> bool:
    """Whether packages are installed automatically: only as root, only with apt, and only for a checkout.

    A bundle or wheel changes nothing on the system: its own package declares what it needs.
    """
    return manager is not None and manager.name == "apt" and is_root() and not is_installed()


def install(packages: Sequence[str], run: Callable[..., Outcome] = run_visibly) -> bool:
    """Installs ``packages`` with apt-get and says so; returns whether it worked. For root only."""
    say(
        Text(
            "As root, Layerwise now installs system packages with apt-get: {packages}",
            values={"packages": " ".join(packages)},
        )
    )
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if run(command, variables).code == 0:
        return True
    # The usual reason on a fresh machine: the list of packages is empty or out of date.
    return run(["apt-get", "update"], variables).code == 0 and run(command, variables).code == 0
