"""Which tests are run: every day's, all of them, the quick ones, those of an experiment, or of what a change touches.

Left out of ``python3 -m tests``, and run by ``--whole``: what is marked ``whole``, that is the ends of long runs,
further seeds, every preset where a few stand for all, and the walks by hand; and of the laws over the catalogue those
about experiments whose turn it is not. Each day a third of the catalogue has its turn, and a ninth with what takes
long: own tests of experiments, and laws marked ``long`` or with the whole window. In nine days everything has seen
every experiment. What takes long and is about none is looked at in a third of its cases. The day is that of the date,
said in the last lines, and ``--day`` repeats it. The laws of the house are looked at whole; of the approved words of
the other experiments, those of their openings.

``--touched`` runs the whole of whatever sees a change (`tests/reach.py`), which of a change that reaches far is nearly
everything. ``--whole-of``, and every day's tests for what is not committed, add the whole of ``MOST`` experiments at
most, those first that were changed themselves: which ones are left out stands in the last lines, and another day has
others come first.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import pytest

from engine.contract.catalogue import entries
from tests.reach import Reach, files_of_words, is_only_words, is_test, may_name, reach_of
from tests.walk import EXPERIMENT_IDS

ROOT = Path(__file__).resolve().parents[1]
QUICK = (
    "tests/house/", "tests/engine/nn/", "tests/engine/calculus/", "tests/engine/contract/", "tests/gui/form/",
    "tests/approved/",
)  # fmt: skip
"""The folders of ``--quick``; of approved words and pictures it looks at the openings only."""
_ALWAYS = ("tests/house/", "tests/tools/test_registry", "tests/tools/test_formula")
_NOT_ALWAYS = ("/test_capabilities.py", "/test_planted_chosen.py", "/test_worked_example.py")
_OWN = ("tests/engine/experiments/ch", "tests/gui/views/ch")
_APPROVED = "tests/approved/"
_PICTURES = "tests/approved/test_pictures.py"
_ALL_EVERY_DAY = ("tests/house/", "tests/approved/test_words.py")
"""Of these every experiment is looked at every day: what has changed shows in its words."""
_BUT = ("tests/house/test_capabilities.py",)
"""Laws of the house that play every experiment."""
_EVERY = 3
"""Days in which every experiment has its turn; with laws that take long it is as many times as long."""
MOST = 9
"""So many experiments, a third, are looked at whole beside every day's tests."""
SAID = pytest.StashKey[tuple[str, ...]]()
"""The sentences of what was chosen."""
_ASKED = pytest.StashKey["Asked"]()


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
        help="every day's, and the whole of what sees the changed files named in FILE, one a line",
    )
    group.addoption(
        "--day", type=int, metavar="N", help="the experiments whose turn it is on another day than today's date"
    )


def asked_of(config: pytest.Config) -> Asked:
    """What is asked for, found out once."""
    if _ASKED not in config.stash:
        config.stash[_ASKED] = Asked.by(config)
    return config.stash[_ASKED]


def is_left_out(config: pytest.Config, path: Path) -> bool:
    """Whether a test file has nothing of what is asked for, so that it need not even be read."""
    if not config.getoption("--experiment") and not config.getoption("--touched"):
        return False
    file = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else ""
    return is_test(file) and not file.startswith(_ALWAYS) and not asked_of(config).named.may_be_in(file)


def select(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out of the collected tests what is not asked for, and mark those of what was approved that look at openings
    alone."""
    asked = asked_of(config)
    kept, left_out = [], []
    for item in items:
        (kept if asked.wants(item) else left_out).append(item)
    config.hook.pytest_deselected(items=left_out)
    config.stash[SAID] = asked.said if left_out else ()
    items[:] = kept
    for item in kept:
        whose_turn = in_turn(asked.day, is_long=item.nodeid.startswith(_PICTURES))
        has_its_turn = experiment_of(item) in whose_turn and not asked.quick
        if item.nodeid.startswith(_APPROVED) and not (has_its_turn or asked.wholly(item)):
            item.add_marker("openings")


@dataclass(frozen=True)
class Asked:
    """What the options ask for. ``named`` are tests about what they name, which with ``restricted`` are all there is to
    be; ``also`` those about files that changed, which are looked at whole. ``day`` says whose turn it is, and ``said``
    what all this leaves out."""

    day: int
    quick: bool
    whole: bool
    restricted: bool
    named: Seeing
    also: Seeing
    said: tuple[str, ...] = ()

    @classmethod
    def by(cls, config: pytest.Config) -> Asked:
        """As the command line has it."""
        ids, revision, listed = (config.getoption(f"--{name}") for name in ("experiment", "touched", "whole-of"))
        files = Path(listed).read_text(encoding="utf-8").splitlines() if listed else []
        named = Seeing.all_of(_reach_since(revision) if revision else Reach(), _known(ids))
        day = config.getoption("--day") or 0
        also = Seeing.some_of(reach_of(dict.fromkeys((*files, *_uncommitted()))), day)
        whole = config.getoption("--whole") or any("::" in argument for argument in config.args)
        today = () if whole or ids or revision else (_said_of(day),)
        return cls(
            day=day,
            quick=config.getoption("--quick"),
            whole=whole,
            restricted=bool(revision or ids),
            named=named,
            also=also,
            said=(*today, *named.sentences(), *(() if revision else also.sentences())),
        )

    def wants(self, item: pytest.Item) -> bool:
        """Whether a collected test is one of those."""
        if _is_of_the_whole(item, self.day) and not self.wholly(item):
            return False
        if self.quick and not item.nodeid.startswith(QUICK):
            return False
        return not self.restricted or self.named(item) or _is_of_the_house(item)

    def wholly(self, item: pytest.Item) -> bool:
        """Whether of what a test looks at nothing is left to ``--whole``."""
        return not self.quick and (self.whole or self.also(item) or (self.restricted and self.named(item)))


def in_turn(day: int, is_long: bool = False) -> tuple[str, ...]:
    """The experiments whose turn it is: a third of the catalogue, out of all chapters; where a law takes seconds with
    each, a third of these.
    """
    every = _EVERY**2 if is_long else _EVERY
    return tuple(EXPERIMENT_IDS[day % every :: every])


def _said_of(day: int) -> str:
    of_all, of_few = (", ".join(in_turn(day, is_long)) for is_long in (False, True))
    others = "a third of what else takes long"
    return f"Day {day} (--day {day} repeats it): laws of {of_all}; long laws and own tests of {of_few}; {others}."


def _is_long(item: pytest.Item) -> bool:
    """Whether it takes long: marked so, an experiment's own test, or one that builds the whole window."""
    fixtures = getattr(item, "fixturenames", ())
    return item.get_closest_marker("long") is not None or "window" in fixtures or item.nodeid.startswith(_OWN)


def _is_of_the_whole(item: pytest.Item, day: int) -> bool:
    """Whether it is left to ``--whole`` on a day: marked so, or about an experiment whose turn it is not."""
    if item.get_closest_marker("whole") is not None:
        return True
    module = item.nodeid.partition("::")[0]
    about, is_long = experiment_of(item) or _owner(module), _is_long(item)
    if about not in EXPERIMENT_IDS:
        return is_long and crc32(item.nodeid.encode()) % _EVERY != day % _EVERY
    if module.startswith(_ALL_EVERY_DAY) and module not in _BUT:
        return False
    return about not in in_turn(day, is_long)


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


def _known(ids: list[str]) -> set[str]:
    """These, if they are experiments."""
    known = {entry.id for entry in entries()}
    unknown = [one for one in ids if one not in known]
    if unknown:
        raise pytest.UsageError(f"there is no experiment {', '.join(unknown)}; there are {', '.join(sorted(known))}")
    return set(ids)


@dataclass(frozen=True)
class Seeing:
    """Whether a test sees a change: it is about one of the ``experiments``, or in one of the ``files``, or in one of
    ``far`` and about one of ``shown``, or about no experiment and in one of ``far`` or ``naming``. ``left`` are
    experiments with which the change is seen as well, and ``unseen`` are changed files that no test is known to see."""

    experiments: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    far: frozenset[str] = frozenset()
    naming: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    left: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()

    @classmethod
    def all_of(cls, reach: Reach, ids: set[str]) -> Seeing:
        """Whatever sees it, and what speaks of these experiments."""
        experiments = frozenset(reach.own | reach.through | ids)
        files = frozenset(reach.near | reach.far)
        return cls(experiments, files, frozenset(), frozenset(reach.naming), unseen=tuple(reach.unseen))

    @classmethod
    def some_of(cls, reach: Reach, day: int) -> Seeing:
        """Of what sees it the whole of a few experiments, the nearest first and else others each day."""
        others = {entry.id for entry in entries()} if reach.far else set()
        ranks = (reach.own, reach.through - reach.own, others - reach.own - reach.through)
        ranked = [one for rank in ranks for one in _turned(sorted(rank), day * MOST)]
        shown = frozenset(ranked[:MOST])
        return cls(
            experiments=shown & (reach.own | reach.through),
            files=frozenset(reach.near),
            far=frozenset(reach.far),
            naming=frozenset(reach.naming),
            shown=shown,
            left=tuple(sorted(ranked[MOST:])),
            unseen=tuple(reach.unseen),
        )

    def may_be_in(self, file: str) -> bool:
        """Whether a test file may have a test of which that is true."""
        return self._has_all_of(file) or file in self.far | self.naming or may_name(file, self.experiments)

    def _has_all_of(self, file: str) -> bool:
        names = "|".join(map(re.escape, sorted(self.experiments))) or "(?!)"
        return file in self.files or re.search(rf"/test_({names})(_\w+)?\.py$", file) is not None

    def __call__(self, item: pytest.Item) -> bool:
        module, _, name = item.nodeid.partition("::")
        if self._has_all_of(module) or self.experiments & set(re.split("[^a-z0-9_]+", name.partition("[")[2])):
            return True
        about = experiment_of(item) or _owner(module)
        return module in (self.far | self.naming) if about is None else module in self.far and about in self.shown

    def sentences(self) -> Iterator[str]:
        """What is left out, for the last lines of a run."""
        if self.left:
            yield f"What was changed is also seen with other experiments, which --whole runs: {', '.join(self.left)}."
        if self.unseen:
            yield f"No test is known to see what was changed in {', '.join(self.unseen)}."


def _turned(ids: list[str], by: int) -> list[str]:
    start = by % len(ids) if ids else 0
    return ids[start:] + ids[:start]


def _owner(module: str) -> str | None:
    """The experiment whose own tests are in this file."""
    stem = module.rpartition("/")[2].removeprefix("test_").removesuffix(".py")
    owners = [entry.id for entry in entries() if stem == entry.id or stem.startswith(f"{entry.id}_")]
    return max(owners, key=len) if owners and module.startswith(_OWN) else None


def _is_of_the_house(item: pytest.Item) -> bool:
    """The laws of the house; not the rows of single experiments, nor the example that is built as one."""
    module = item.nodeid.partition("::")[0]
    return module.startswith(_ALWAYS) and not module.endswith(_NOT_ALWAYS)


def _reach_since(revision: str) -> Reach:
    changed = changed_since(revision)
    words = [path for path in changed if path.endswith(".py") and is_only_words(revision, path)]
    told = {file for path in changed if path.endswith(".po") for file in files_of_words(revision, path)} - set(changed)
    return reach_of([*changed, *sorted(told)], [*words, *told])


def changed_since(revision: str) -> list[str]:
    """The files that were changed since a commit, new ones and those that are gone among them."""
    try:
        return [
            *_git("diff", "--name-only", "--no-renames", revision),
            *_git("ls-files", "--others", "--exclude-standard"),
        ]
    except (OSError, subprocess.CalledProcessError) as error:
        raise pytest.UsageError(f"--touched {revision}: {getattr(error, 'stderr', error)}") from error


def _uncommitted() -> list[str]:
    """The files that differ from the last commit; none where there is no repository."""
    try:
        return changed_since("HEAD")
    except pytest.UsageError:
        return []


def _git(*arguments: str) -> list[str]:
    command = ["git", "-c", "core.quotePath=false", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
