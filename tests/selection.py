"""Which tests are run: every day's, all of them, the quick ones, those of an experiment, or of what a change touches.

Left out of ``python3 -m tests``, and run by ``--whole``: what is marked ``whole``, that is the ends of long runs,
further seeds, every preset where a few stand for all, and the walks by hand; and of the experiments' own tests and of
the laws over the catalogue those that look at another experiment than the one that stands for its chapter. The laws of
the house are looked at whole; of the approved words of the other experiments, those of their openings. Nothing is left
out of what a change that is not committed touches.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from engine.contract.catalogue import entries
from tests.walk import OF_EACH_CHAPTER

ROOT = Path(__file__).resolve().parents[1]
QUICK = (
    "tests/house/", "tests/engine/nn/", "tests/engine/calculus/", "tests/engine/contract/", "tests/gui/form/",
    "tests/approved/",
)  # fmt: skip
"""The folders of ``--quick``; of approved words and pictures it looks at the openings only."""
_ALWAYS = ("tests/house/", "tests/tools/test_registry", "tests/tools/test_formula")
_NOT_ALWAYS = ("/test_capabilities.py", "/test_worked_example.py")
_OWN = ("tests/engine/experiments/ch", "tests/gui/views/ch")
_APPROVED = "tests/approved/"
_ALL_EVERY_DAY = ("tests/house/", "tests/approved/test_words.py")
"""Of these every experiment is looked at every day: what has changed shows in its words."""
_BUT = ("tests/house/test_capabilities.py",)
"""Laws of the house that play every experiment."""
_FEW, _MANY = 6, 12
"""A module that more experiments use is looked at by its own tests, one that more tests import by every day's."""


def add_options(parser: pytest.Parser) -> None:
    """What ``python3 -m tests`` understands beside pytest's own options."""
    group = parser.getgroup("layerwise")
    group.addoption("--whole", action="store_true", help="also what is marked whole: long runs, further seeds, walks")
    group.addoption("--quick", action="store_true", help="house, mathematics, contract, form and openings")
    group.addoption(
        "--experiment",
        metavar="ID",
        action="append",
        default=[],
        help="all that speaks of an experiment, and the house's laws; may be given several times",
    )
    group.addoption(
        "--touched", metavar="REV", help="all that speaks of what was changed since a commit, such as HEAD~3"
    )
    group.addoption(
        "--whole-of",
        metavar="FILE",
        help="every day's, and the whole of what the files named in FILE, one a line, touch",
    )


def select(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out of the collected tests what is not asked for, and mark those of what was approved that look at openings
    alone."""
    asked = Asked.by(config)
    kept, left_out = [], []
    for item in items:
        (kept if asked.wants(item) else left_out).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept
    for item in kept:
        of_one_that_stands = experiment_of(item) in OF_EACH_CHAPTER and not asked.quick
        if item.nodeid.startswith(_APPROVED) and not (of_one_that_stands or asked.wholly(item)):
            item.add_marker("openings")


@dataclass(frozen=True)
class Asked:
    """What the options ask for. ``named`` are tests about what they name, which with ``restricted`` are all there is to
    be; ``also`` those about files that changed, which are looked at whole."""

    quick: bool
    whole: bool
    restricted: bool
    named: Callable[[pytest.Item], bool]
    also: Callable[[pytest.Item], bool]

    @classmethod
    def by(cls, config: pytest.Config) -> Asked:
        """As the command line has it."""
        ids, revision, listed = (config.getoption(f"--{name}") for name in ("experiment", "touched", "whole-of"))
        files = Path(listed).read_text(encoding="utf-8").split() if listed else []
        return cls(
            quick=config.getoption("--quick"),
            whole=config.getoption("--whole") or any("::" in argument for argument in config.args),
            restricted=bool(revision or ids),
            named=_about(ids, changed_since(revision) if revision else []),
            also=_about([], [*files, *_uncommitted()]),
        )

    def wants(self, item: pytest.Item) -> bool:
        """Whether a collected test is one of those."""
        if _is_of_the_whole(item) and not self.wholly(item):
            return False
        if self.quick and not item.nodeid.startswith(QUICK):
            return False
        return not self.restricted or self.named(item) or _is_of_the_house(item)

    def wholly(self, item: pytest.Item) -> bool:
        """Whether of what a test looks at nothing is left to ``--whole``."""
        return not self.quick and (self.whole or self.also(item) or (self.restricted and self.named(item)))


def _is_of_the_whole(item: pytest.Item) -> bool:
    """Whether it is left to ``--whole``: marked so, or of an experiment that another one of its chapter stands for."""
    module = item.nodeid.partition("::")[0]
    of_one = module.startswith(_OWN) and any(re.search(rf"/test_{one}(_\w+)?\.py$", module) for one in _others())
    is_looked_at = module.startswith(_ALL_EVERY_DAY) and module not in _BUT
    case_of_one = experiment_of(item) in _others() and not is_looked_at
    return of_one or case_of_one or item.get_closest_marker("whole") is not None


def experiment_of(item: pytest.Item) -> str | None:
    """The experiment that one case of a law over the catalogue looks at."""
    parameters = getattr(item, "callspec", None)
    if parameters is None:
        return None
    given = parameters.params
    row = given.get("row")
    named = (
        given.get("experiment_id")
        or given.get("experiment")
        or (row.get("experiment") if isinstance(row, dict) else None)
    )
    return named if isinstance(named, str) else None


@cache
def _others() -> tuple[str, ...]:
    """The experiments that one of their chapter stands for every day."""
    return tuple(entry.id for entry in entries() if entry.id not in OF_EACH_CHAPTER)


def _about(ids: list[str], changed: list[str]) -> Callable[[pytest.Item], bool]:
    """Whether a test speaks of one of these experiments, or of what these files are about."""
    known = {entry.id for entry in entries()}
    unknown = [one for one in ids if one not in known]
    if unknown:
        raise pytest.UsageError(f"there is no experiment {', '.join(unknown)}; there are {', '.join(sorted(known))}")
    more, modules = touched(changed)
    found = {*ids, *more}
    names = "|".join(map(re.escape, sorted(found))) or "(?!)"

    def about(item: pytest.Item) -> bool:
        module, _, name = item.nodeid.partition("::")
        own = re.search(rf"/test_({names})(_\w+)?\.py$", module)
        return bool(own or module in modules or found & set(re.split("[^a-z0-9_]+", name.partition("[")[2])))

    return about


def _is_of_the_house(item: pytest.Item) -> bool:
    """The laws of the house; not the rows of single experiments, nor the example that is built as one."""
    module = item.nodeid.partition("::")[0]
    return module.startswith(_ALWAYS) and not module.endswith(_NOT_ALWAYS)


def touched(changed: list[str]) -> tuple[set[str], set[str]]:
    """The experiments that changed files belong to, and the test files that are about them."""
    known = [entry.id for entry in entries()]
    experiments: set[str] = set()
    tests: set[str] = set()
    for path in changed:
        named = [one for one in known if re.search(rf"(^|/){one}([._/]|$)", path)]
        experiments.update(named)
        if path.startswith("tests/") and Path(path).name.startswith("test_"):
            tests.add(path)
        elif path.endswith(".py") and not named:
            users = _users()[_module(Path(path))]
            found = {one for one in known if any(re.search(rf"\.{one}(\.|$)", user) for user in users)}
            experiments.update(found if len(found) <= _FEW else ())
            about = _tests_of()[_module(Path(path))]
            tests.update(about if len(about) <= _MANY else ())
    return experiments, tests


def changed_since(revision: str) -> list[str]:
    """The files that were changed since a commit and are still there."""
    command = ["git", "diff", "--name-only", "--diff-filter=d", revision]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise pytest.UsageError(f"--touched {revision}: {getattr(error, 'stderr', error)}") from error
    return done.stdout.split()


def _uncommitted() -> list[str]:
    """The files that differ from the last commit; none where there is no repository."""
    command = ["git", "status", "--porcelain", "--no-renames"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return []
    return [line[3:].strip('"') for line in done.stdout.splitlines() if not line.startswith((" D", "D "))]


def _module(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports(path: Path) -> frozenset[str]:
    """Every module that a file imports, and every name that it takes from one."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


@cache
def _users() -> dict[str, set[str]]:
    """For each module, all those that need it, directly or through others."""
    importers: dict[str, set[str]] = defaultdict(set)
    for room in ("engine", "gui"):
        for path in (ROOT / room).rglob("*.py"):
            for imported in imports(path):
                importers[imported].add(_module(path.relative_to(ROOT)))
    users: dict[str, set[str]] = defaultdict(set)
    for name in list(importers):
        rest = [name]
        while rest:
            for importer in importers.get(rest.pop(), set()) - users[name]:
                users[name].add(importer)
                rest.append(importer)
    return users


@cache
def _tests_of() -> dict[str, set[str]]:
    """For each module, the test files that import it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in (ROOT / "tests").rglob("test_*.py"):
        for imported in imports(path):
            found[imported].add(path.relative_to(ROOT).as_posix())
    return found
