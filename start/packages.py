"""Downloads and installs the requirements with the environment's pip.

Into a new environment each requirement is downloaded by itself and kept in a folder inside .venv until all are
installed: an interrupted start goes on with the next one, also where pip's own cache is switched off or the index
forbids caching.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence

from engine.contract.text import Text, untranslated
from start import environment
from start.commands import Outcome
from start.pip_failures import explain
from start.terminal import StartError, say

DOWNLOADS = "layerwise-downloads"
_ARRIVING = "arriving"  # the file that pip is fetching
_DONE = "done-"  # begins the name of the mark that one requirement is here
_FOR_FILE_NAMES = str.maketrans(dict.fromkeys('<>:"/\\|?*; ', "_"))

# Settings of pip that would put the packages somewhere else than into .venv.
_PIP_DIVERSIONS = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_PYTHON", "PIP_DRY_RUN", "PIP_PLATFORM")

_CONFLICT = "ResolutionImpossible"  # stands in pip's last lines when packages do not go together

_CHECK_INSTALLED = "import importlib.metadata, sys; [importlib.metadata.distribution(n) for n in sys.argv[1:]]"


def lines(requirement_text: str) -> list[str]:
    """The requirements in a requirements file, without comments and options."""
    stripped = (line.partition("#")[0].strip() for line in requirement_text.splitlines())
    return [line for line in stripped if line and not line.startswith("-")]


def name(requirement: str) -> str:
    """The name of the package that a requirement asks for, without version and condition."""
    length = next((i for i, c in enumerate(requirement) if not (c.isalnum() or c in "-_.")), len(requirement))
    return requirement[:length]


class Packages:
    """The requirements of one file, below ``root``; ``run`` runs a command, ``kept_open`` are descriptors for it."""

    def __init__(
        self,
        root: str,
        requirements: str,
        index_url: str,
        run: Callable[..., Outcome],
        kept_open: Sequence[int] = (),
    ) -> None:
        self._root = root
        self._text = environment.requirement_text(root, requirements)
        self._requirements = os.path.join(root, requirements)
        # What was downloaded for one Python does not fit another one.
        self._downloads = os.path.join(root, environment.FOLDER, DOWNLOADS, environment.fingerprint())
        self._index = ["--index-url", index_url] if index_url else []
        self._run = run
        self._kept_open = kept_open

    def have_pip(self) -> bool:
        """Whether the environment's pip works."""
        return self._run_python("-m", "pip", "--version").code == 0

    def download(self) -> None:
        """Downloads each requirement that an earlier, interrupted start did not download; StartError if that fails."""
        arriving = os.path.join(self._downloads, _ARRIVING)
        wanted = lines(self._text)
        for number, requirement in enumerate(wanted, 1):
            done = os.path.join(self._downloads, _DONE + requirement.translate(_FOR_FILE_NAMES))
            step = f"{number}/{len(wanted)} {name(requirement)}"
            if os.path.exists(done):
                say(Text("{step}: downloaded earlier", values={"step": step}))
                continue
            say(untranslated(step))
            shutil.rmtree(arriving, ignore_errors=True)
            os.makedirs(arriving)
            _require_success(self._pip("download", "--no-deps", "--dest", arriving, requirement))
            # Moved only when it is whole: a file that was cut off in the middle must never be found here.
            for file_name in os.listdir(arriving):
                os.replace(os.path.join(arriving, file_name), os.path.join(self._downloads, file_name))
            with open(done, "w", encoding="utf-8"):
                pass

    def install(self) -> None:
        """Installs the requirements, using the downloads, and checks that they are installed.

        StartError if they are not. The downloads are removed after success.
        """
        say(Text("Installing; this can take a minute."))
        wanted = ["--no-user", "--requirement", self._requirements]
        outcome = self._pip("install", *wanted, *self._downloaded_files())
        if _CONFLICT in outcome.last_lines:
            # Several packages, each at its newest, do not go together: pip chooses, and downloads what it chose.
            outcome = self._pip("install", *wanted)
        _require_success(outcome)
        if self._run_python("-c", _CHECK_INSTALLED, *map(name, lines(self._text))).code != 0:
            raise StartError(
                Text(
                    "pip ended well, but a package is not in {folder}: does pip's configuration set target or prefix?",
                    values={"folder": os.path.join(self._root, environment.FOLDER)},
                )
            )
        shutil.rmtree(os.path.dirname(self._downloads), ignore_errors=True)

    def _downloaded_files(self) -> list[str]:
        if not os.path.isdir(self._downloads):
            return []
        file_names = [f for f in sorted(os.listdir(self._downloads)) if f != _ARRIVING and not f.startswith(_DONE)]
        return [os.path.join(self._downloads, file_name) for file_name in file_names]

    def _pip(self, action: str, *arguments: str) -> Outcome:
        # Never the script bin/pip: it carries the folder's path of the day on which it was made.
        return self._run_python(
            "-u", "-m", "pip", action, "--disable-pip-version-check", "--prefer-binary", *self._index, *arguments
        )

    def _run_python(self, *arguments: str) -> Outcome:
        """Runs the environment's Python, isolated: no PYTHON variables, no user packages."""
        variables = {n: v for n, v in environment.clean_variables().items() if n not in _PIP_DIVERSIONS}
        return self._run([environment.python_path(self._root), "-I", *arguments], variables, self._kept_open)


def _require_success(outcome: Outcome) -> None:
    if outcome.code != 0:
        raise StartError(
            explain(outcome.last_lines)
            or Text(
                "The packages could not be installed: pip ended with code {code}; its last lines are above.",
                values={"code": outcome.code},
            )
        )
