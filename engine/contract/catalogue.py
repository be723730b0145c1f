"""The catalogue of all chapters and experiments, found by file names; an experiment's module is imported only when it
is opened.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import itertools
import json
import os
import pkgutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from engine import experiments
from engine.contract.text import Refused, Text, line_of, shortened, title_of

if TYPE_CHECKING:
    from engine.contract.experiment import Experiment

_Kind = TypeVar("_Kind")
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
_FURTHER = "LAYERWISE_EXPERIMENTS"
"""The environment variable that lists folders with further experiments; child processes inherit it."""


@dataclass(frozen=True)
class CatalogueEntry:
    """An experiment's entry in the menus: id, title and place in the book."""

    id: str
    chapter: int
    order: int
    title: Text

    @property
    def name(self) -> Text:
        """The first part of the title, as shown in a row of tabs."""
        return title_of(self.title)

    @property
    def line(self) -> Text:
        """The second part of the title: what the experiment is about."""
        return line_of(self.title)

    @property
    def number(self) -> str:
        """Chapter and position in it, as in 2.1."""
        return f"{self.chapter}.{self.order}"


@dataclass(frozen=True)
class Chapter:
    """A chapter with its experiments in order; ``line`` describes it in one line, or says what is planned for it."""

    number: int
    tab: Text
    title: Text
    line: Text
    entries: tuple[CatalogueEntry, ...]


def chapter_names() -> tuple[str, ...]:
    """The names of the packages that contain the chapters' experiments, such as ``ch2_perceptron``."""
    modules = pkgutil.iter_modules(experiments.__path__)
    return tuple(one.name for one in modules if one.ispkg and one.name.startswith("ch"))


@cache
def chapters() -> tuple[Chapter, ...]:
    """All chapters with their experiments, in the order of the book."""
    found = []
    for name in chapter_names():
        package = package_with_further(f"engine.experiments.{name}")
        entries = tuple(sorted(_entries(package), key=lambda entry: entry.order))
        found.append(Chapter(package.NUMBER, package.TAB, package.TITLE, package.LINE, entries))
    return tuple(sorted(found, key=lambda chapter: chapter.number))


def further_folders() -> tuple[Path, ...]:
    """The folders with further experiments (from packs), in the order in which they were added."""
    return tuple(map(Path, filter(None, os.environ.get(_FURTHER, "").split(os.pathsep))))


def have_further(folders: tuple[Path, ...]) -> None:
    """Sets the folders whose experiments are added to the program's own. Each is laid out like this program:
    ``engine/experiments``, ``gui/views`` and ``guide``.

    Their code is imported at the next look-up in the catalogue.
    """
    os.environ[_FURTHER] = os.pathsep.join(map(str, folders))
    for kept in (chapters, module_names):
        kept.cache_clear()


def find_further() -> None:
    """Makes the modules in the further folders importable. A child process calls this before it unpickles objects whose
    classes are defined there.
    """
    if further_folders():
        module_names()


def package_with_further(name: str) -> ModuleType:
    """Imports a package whose modules may also lie in the further folders; of two modules with the same name the
    program's own is used.
    """
    package = importlib.import_module(name)
    own = [place for place in package.__path__ if place not in _added.get(name, ())]
    _added[name] = tuple(str(folder.joinpath(*name.split("."))) for folder in further_folders())
    package.__path__ = [*own, *_added[name]]
    return package


_added: dict[str, tuple[str, ...]] = {}
"""The folders that were added to the ``__path__`` of each package."""


def entries() -> tuple[CatalogueEntry, ...]:
    """The entries of all experiments, in the order of the book."""
    return tuple(entry for chapter in chapters() for entry in chapter.entries)


def entry_of(experiment_id: str) -> CatalogueEntry:
    """The catalogue entry of an experiment; for an unknown id ``Refused``, which lists the ids that exist."""
    for entry in entries():
        if entry.id == experiment_id:
            return entry
    raise Refused(
        Text("there is no experiment “{id}”; there are {ids}.")(
            id=shortened(experiment_id), ids=", ".join(entry.id for entry in entries())
        )
    )


def entry_after(experiment_id: str) -> CatalogueEntry | None:
    """The catalogue entry of the next experiment in the order of the book, also in the next chapter; None after the
    last.
    """
    return next((after for before, after in itertools.pairwise(entries()) if before.id == experiment_id), None)


def is_last(experiment_id: str) -> bool:
    """Whether an experiment is the last of its chapter."""
    return any(chapter.entries and chapter.entries[-1].id == experiment_id for chapter in chapters())


def load(experiment_id: str) -> Experiment[Any, Any]:
    """The instance of an experiment, imported at first use; ``Refused`` for an unknown id."""
    return instance_of(module_names()[entry_of(experiment_id).id])


@cache
def instance_of(module_name: str) -> Experiment[Any, Any]:
    """The single instance of the experiment class that a module defines."""
    return experiment_class(module_name)()


def is_ours(experiment_id: str) -> bool:
    """Whether an experiment is part of the program rather than from a further folder."""
    spec = importlib.util.find_spec(module_names()[experiment_id])
    return spec is not None and Path(str(spec.origin)).is_relative_to(RESOURCES.parent)


@cache
def module_names() -> dict[str, str]:
    """The full module name of every experiment, by the experiment's id."""
    names = {}
    for package in [f"engine.experiments.{name}" for name in chapter_names()]:
        for module in pkgutil.iter_modules(package_with_further(package).__path__, package + "."):
            names[module.name.rpartition(".")[2]] = module.name
    return names


def experiment_class(module_name: str) -> type[Experiment[Any, Any]]:
    """The experiment class that a module defines."""
    # Imported only now: it imports NumPy, and menus need no experiment.
    from engine.contract.experiment import Experiment

    return class_in(importlib.import_module(module_name), Experiment)  # type: ignore[type-abstract] # none is made


def class_in(module: ModuleType, kind: type[_Kind]) -> type[_Kind]:
    """The subclass of ``kind`` that a module defines; TypeError if it defines none."""
    for found in vars(module).values():
        if inspect.isclass(found) and found.__module__ == module.__name__ and issubclass(found, kind):
            return found
    article = "an" if kind.__name__[0] in "AEIOU" else "a"
    raise TypeError(f"{module.__name__.rpartition('.')[2]} defines no class that is {article} {kind.__name__}")


def _entries(package: ModuleType) -> list[CatalogueEntry]:
    modules = pkgutil.iter_modules(package.__path__)
    return [_entry(info.name, package.NUMBER) for info in modules]


def _entry(experiment_id: str, chapter: int) -> CatalogueEntry:
    record = _titles().get(experiment_id)
    if record is None:  # new, and the file of titles not yet made anew
        found = experiment_class(module_names()[experiment_id])
        return CatalogueEntry(experiment_id, chapter, found.order, found.title)
    return CatalogueEntry(experiment_id, chapter, record["order"], Text(record["title"]))


@cache
def _titles() -> dict[str, dict[str, Any]]:
    path = RESOURCES / "titles.json"
    titles: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return titles
