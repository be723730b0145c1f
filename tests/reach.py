"""Who sees a change: the experiments and the test files that need what was changed, directly or through others.

Who imports whom is read from the files, imports within functions too, and so are modules, files and experiments that
are named by a string, as where a process is started by a module's name. An experiment and its view are imported by
nobody, but by their names: who sees a module that they need is told by experiment.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path, PurePosixPath

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from engine.contract.catalogue import entries

ROOT = Path(__file__).resolve().parents[1]
FEW = 12
"""A module that more test files import than these reaches far."""
_ROOMS = ("engine", "gui", "tests", "tools", "start", "benchmarks", "packaging")
_NAMED = ("engine/experiments/", "engine/exercises/", "engine/derivations/", "engine/chapter_tests/", "gui/views/")
"""Where in engine and gui a file or folder with an experiment's name is that experiment's."""
_OF_ALL = ("tests.walk", "tests.shots")
"""What names one experiment or the other and is used for all of them."""
_LISTS = {*(f"engine.contract.catalogue.{name}" for name in ("entries", "chapters")), "tomllib"}
"""What says which experiments there are; a table of a test is read by the last."""


@dataclass
class Reach:
    """Who sees some changes, each time by ids and by paths from the checkout's root.

    ``own`` are experiments of which something was changed, ``through`` those that need a module that was; ``near`` are
    test files that were changed or import such a module themselves, ``far`` those that need it through others, and all
    where many import it, ``naming`` those in which such an experiment is named. ``unseen`` are changed files that no
    test is known to see.
    """

    own: set[str] = field(default_factory=set)
    through: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)
    far: set[str] = field(default_factory=set)
    naming: set[str] = field(default_factory=set)
    unseen: list[str] = field(default_factory=list)

    def add(self, path: str, *, is_code: bool = True) -> None:
        """One more changed file; of an experiment it may be that only words were changed, which its own tests see."""
        own = {one for one in _ids() if one in _names_in(path)}
        self.own |= own
        if own and not (path.endswith(".py") and is_code):
            return
        if is_test(path):
            self.near.add(path)
        is_module = path.endswith(".py") and not path.startswith("resources/")
        modules = {module_of(path)} if is_module else _readers_of(path)
        users = modules.union(*(users_of(module) for module in modules))
        through = _experiments_in(users) - own
        direct = {file for module in modules for file in _tests_in({module} | _importers()[module])}
        self.through |= through
        (self.near if len(direct) <= FEW else self.far).update(direct)
        self.far |= _tests_in(users)
        self.naming |= _tests_that_name(own | through)
        if not (own or through or direct or _tests_in(users) or is_test(path)):
            self.unseen.append(path)


def reach_of(changed: Iterable[str], only_words: Iterable[str] = ()) -> Reach:
    """Who sees these files as they were changed; of ``only_words`` no code was."""
    reach = Reach()
    words = set(only_words)
    for path in changed:
        reach.add(path, is_code=path not in words)
    return reach


def is_only_words(revision: str, path: str) -> bool:
    """Whether nothing but sentences in a ``Text`` was changed in a module since a commit."""
    before = subprocess.run(["git", "show", f"{revision}:{path}"], cwd=ROOT, capture_output=True, check=False)
    try:
        now = (ROOT / path).read_bytes()
        return before.returncode == 0 and without_words(before.stdout) == without_words(now)
    except (OSError, SyntaxError):
        return False


def files_of_words(revision: str, path: str) -> list[str]:
    """The modules of whose sentences the words of a language, in its ``.po`` file, are others than at a commit."""
    before = subprocess.run(["git", "show", f"{revision}:{path}"], cwd=ROOT, capture_output=True, check=False).stdout
    now = (ROOT / path).read_bytes() if (ROOT / path).exists() else b""
    old, new = ({(one.context, one.id): one for one in read_po(BytesIO(source))} for source in (before, now))
    changed = [
        key for key in old.keys() | new.keys() if key not in old or key not in new or _words_differ(old[key], new[key])
    ]
    places = (
        place for key in changed if key[1] for one in (old.get(key), new.get(key)) if one for place in one.locations
    )
    return sorted({file for file, _ in places if (ROOT / file).exists()})


def _words_differ(one: Message, other: Message) -> bool:
    return one.string != other.string or one.fuzzy != other.fuzzy


def without_words(source: bytes) -> str:
    """What is left of a module's code without its sentences."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text":
            node.args = []
            node.keywords = [one for one in node.keywords if one.arg != "context"]
    return ast.dump(tree)


def may_name(file: str, experiments: Iterable[str]) -> bool:
    """Whether a test file may have cases about one of these experiments: it, or what it takes from other files of
    tests, asks the catalogue which ones there are, or one of them is named there."""
    names = re.compile("|".join(rf"\b{re.escape(one)}\b" for one in experiments) or "(?!)")
    seen: set[Path] = set()
    rest = [ROOT / file]
    while rest:
        path = rest.pop()
        seen.add(path)
        if imports(path) & _LISTS or names.search(path.read_text(encoding="utf-8")):
            return True
        helpers = (ROOT / f"{one.replace('.', '/')}.py" for one in imports(path) if one.startswith("tests."))
        rest += [helper for helper in helpers if helper not in seen and helper.is_file()]
    return False


def module_of(path: str) -> str:
    """The name by which a file is imported."""
    parts = PurePosixPath(path).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> frozenset[str]:
    """Every module that a file imports, and every name that it takes from one."""
    return _read(path).imports


@cache
def users_of(module: str) -> frozenset[str]:
    """All modules that need this one, directly or through others."""
    found: set[str] = set()
    rest = [module]
    while rest:
        for importer in _importers().get(rest.pop(), set()) - found:
            found.add(importer)
            rest.append(importer)
    return frozenset(found)


@dataclass(frozen=True)
class _Read:
    """What a module imports, the strings in it that may be names, and, for each name that it takes from another module
    and does not use but hands on (it stands in `__all__`), where that comes from."""

    imports: frozenset[str]
    strings: frozenset[str]
    handed_on: dict[str, str]


@cache
def _read(path: Path) -> _Read:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    strings: set[str] = set()
    used: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Name):
            used.add(node.id)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _may_be_a_name(node.value):
            strings.add(node.value)
    taken = {
        alias.asname or alias.name: f"{statement.module}.{alias.name}"
        for statement in tree.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    }
    handed_on = {name: origin for name, origin in taken.items() if name in strings and name not in used}
    return _Read(frozenset(found), frozenset(strings), handed_on)


def _may_be_a_name(string: str) -> bool:
    return 0 < len(string) < 100 and not any(sign.isspace() for sign in string)


@cache
def _files() -> dict[str, Path]:
    """Every module of the checkout by its name."""
    paths = [ROOT / "main.py", *(path for room in _ROOMS for path in (ROOT / room).rglob("*.py"))]
    return {module_of(path.relative_to(ROOT).as_posix()): path for path in paths}


@cache
def _importers() -> dict[str, set[str]]:
    """For each module, those that import it, or name it or its file by a string; conftest.py is every test's below."""
    files = _files()
    by_path = {path.relative_to(ROOT).as_posix(): module for module, path in files.items()}
    importers: dict[str, set[str]] = defaultdict(set)
    for module, path in files.items():
        if module == "tests.conftest":
            continue  # what it needs itself is seen by whatever is run
        named = {by_path.get(string, string) for string in _read(path).strings if string in by_path or "." in string}
        named = {one for one in named & files.keys() if not one.rpartition(".")[2].startswith("test_")}
        for needed in _needs(path) | named | _conftests_of(module):
            # What lies in a package needs the package.
            parts = needed.split(".")
            for end in range(1, len(parts) + 1):
                importers[".".join(parts[:end])].add(module)
    for needed, found in importers.items():
        found.discard(needed)
    return importers


def _needs(path: Path) -> set[str]:
    """What a module imports for itself; what it only hands on is needed by who takes it from there."""
    handed_on = set(_read(path).handed_on.values())
    rest = imports(path) - handed_on
    only_for_others = {one.rpartition(".")[0] for one in handed_on} - {one.rpartition(".")[0] for one in rest}
    return {_origin(one) for one in rest - only_for_others}


def _origin(name: str) -> str:
    """A module, or a name in one, where it stands itself and not where it is handed on."""
    module, _, last = name.rpartition(".")
    handed_on = _read(_files()[module]).handed_on if name not in _files() and module in _files() else {}
    return _origin(handed_on[last]) if last in handed_on else name


def _conftests_of(module: str) -> set[str]:
    parts = module.split(".")
    if not parts[-1].startswith("test_"):
        return set()
    return {".".join((*parts[:end], "conftest")) for end in range(1, len(parts))} & _files().keys()


@cache
def _ids() -> tuple[str, ...]:
    return tuple(entry.id for entry in entries())


def _names_in(path: str) -> set[str]:
    """The folders and the file of a path by which it may be an experiment's, without what follows the first point."""
    if path.startswith(("engine/", "gui/")) and not path.startswith(_NAMED):
        return set()
    *folders, name = PurePosixPath(path).parts
    return {*folders, name.partition(".")[0]}


def is_test(path: str) -> bool:
    """Whether pytest looks for tests in this file."""
    return path.startswith("tests/") and PurePosixPath(path).name.startswith("test_") and path.endswith(".py")


def _experiments_in(modules: Iterable[str]) -> set[str]:
    named = {part for module in modules for part in _names_in(module.replace(".", "/")) if module[:3] in ("eng", "gui")}
    return named & set(_ids())


def _tests_in(modules: Iterable[str]) -> set[str]:
    paths = (_files()[module].relative_to(ROOT).as_posix() for module in modules if module in _files())
    return {path for path in paths if is_test(path)}


def _tests_that_name(experiments: set[str]) -> set[str]:
    """The test files in which one of these experiments is named, or in what they take from other files of tests."""
    return {file for file, names in _named().items() if names & experiments}


@cache
def _named() -> dict[str, frozenset[str]]:
    found = {}
    for module, path in _files().items():
        file = path.relative_to(ROOT).as_posix()
        if is_test(file):
            helpers = {one for one in imports(path) if one.startswith("tests.") and one in _files()} - set(_OF_ALL)
            found[file] = _named_in({module, *helpers})
    return found


def _named_in(modules: Iterable[str]) -> frozenset[str]:
    return frozenset(name for module in modules for name in _read(_files()[module]).strings if name in _ids())


def _readers_of(path: str) -> set[str]:
    """The modules that read a file which is no module: those that name it, or its room among the resources."""
    parts = PurePosixPath(path).parts
    room = parts[1:2] if parts[0] == "resources" else ()
    names = {path, *room, *(parts[-1:] if PurePosixPath(path).suffix else ())}
    beside = {module for module, file in _files().items() if file.parent == (ROOT / path).parent}
    tests = {module for module in beside if parts[0] == "tests" and module.rpartition(".")[2].startswith("test_")}
    return tests | {module for module, file in _files().items() if names & _read(file).strings}
