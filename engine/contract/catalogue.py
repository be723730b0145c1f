"""The catalogue of all chapters and experiments by file name; an experiment's module is imported when it is opened."""

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
"""The variable that names folders with further experiments, by which processes begun from this one have them too."""


@dataclass(frozen=True)
class CatalogueEntry:
    """An experiment's entry in the menus: id, title and place in the book."""

    id: str
    chapter: int
    order: int
    title: Text

    @property
    def name(self) -> Text:
        """The title's first part, as shown in a row of tabs."""
        return title_of(self.title)

    @property
    def line(self) -> Text:
        """The title's second part, what the experiment is about."""
        return line_of(self.title)

    @property
    def number(self) -> str:
        """Chapter and place, as in 2.1."""
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
    """The names of the packages in which the experiments of chapters lie."""
    modules = pkgutil.iter_modules(experiments.__path__)
    return tuple(one.name for one in modules if one.ispkg and one.name.startswith("ch"))


@cache
def chapters() -> tuple[Chapter, ...]:
    """All chapters in order."""
    found = []
    for name in chapter_names():
        package = package_with_further(f"engine.experiments.{name}")
        entries = tuple(sorted(_entries(package), key=lambda entry: entry.order))
        found.append(Chapter(package.NUMBER, package.TAB, package.TITLE, package.LINE, entries))
    return tuple(sorted(found, key=lambda chapter: chapter.number))


def further_folders() -> tuple[Path, ...]:
    """The folders with further experiments, in the order in which they came."""
    return tuple(map(Path, filter(None, os.environ.get(_FURTHER, "").split(os.pathsep))))


def have_further(folders: tuple[Path, ...]) -> None:
    """Have the experiments in these folders beside ours, each laid out as this program is: ``engine/experiments``,
    ``gui/views`` and ``guide``. Their code is imported with the next look into the catalogue.
    """
    os.environ[_FURTHER] = os.pathsep.join(map(str, folders))
    for kept in (chapters, module_names):
        kept.cache_clear()


def find_further() -> None:
    """Have the modules in the further folders found by their names; a process that was begun from one that has some is
    sent what is theirs.
    """
    if further_folders():
        module_names()


def package_with_further(name: str) -> ModuleType:
    """A package whose modules may also lie in the further folders; of two that are called alike ours is taken."""
    package = importlib.import_module(name)
    own = [place for place in package.__path__ if place not in _added.get(name, ())]
    _added[name] = tuple(str(folder.joinpath(*name.split("."))) for folder in further_folders())
    package.__path__ = [*own, *_added[name]]
    return package


_added: dict[str, tuple[str, ...]] = {}
"""What was added to the places of a package."""


def entries() -> tuple[CatalogueEntry, ...]:
    """All experiments in the order of the book."""
    return tuple(entry for chapter in chapters() for entry in chapter.entries)


def entry_of(experiment_id: str) -> CatalogueEntry:
    """The entry of one experiment; for an unknown id ``Refused``, which lists the ids that exist."""
    for entry in entries():
        if entry.id == experiment_id:
            return entry
    raise Refused(
        Text("there is no experiment “{id}”; there are {ids}.")(
            id=shortened(experiment_id), ids=", ".join(entry.id for entry in entries())
        )
    )


def entry_after(experiment_id: str) -> CatalogueEntry | None:
    """The next experiment in the order of the book, in the next chapter too; None after the last."""
    return next((after for before, after in itertools.pairwise(entries()) if before.id == experiment_id), None)


def is_last(experiment_id: str) -> bool:
    """Whether a chapter ends with this experiment."""
    return any(chapter.entries and chapter.entries[-1].id == experiment_id for chapter in chapters())


def load(experiment_id: str) -> Experiment[Any, Any]:
    """The experiment itself, imported when first asked for; ``Refused`` for an unknown id."""
    return instance_of(module_names()[entry_of(experiment_id).id])


@cache
def instance_of(module_name: str) -> Experiment[Any, Any]:
    """The one instance of the experiment that a module defines."""
    return experiment_class(module_name)()


def is_ours(experiment_id: str) -> bool:
    """Whether an experiment comes with the program, not from a further folder."""
    spec = importlib.util.find_spec(module_names()[experiment_id])
    return spec is not None and Path(str(spec.origin)).is_relative_to(RESOURCES.parent)


@cache
def module_names() -> dict[str, str]:
    """The full module name of every experiment by id."""
    names = {}
    for package in [f"engine.experiments.{name}" for name in chapter_names()]:
        for module in pkgutil.iter_modules(package_with_further(package).__path__, package + "."):
            names[module.name.rpartition(".")[2]] = module.name
    return names


def experiment_class(module_name: str) -> type[Experiment[Any, Any]]:
    """The experiment that a module defines."""
    # Only now: NumPy comes with it, and menus need no experiment.
    from engine.contract.experiment import Experiment

    return class_in(importlib.import_module(module_name), Experiment)  # type: ignore[type-abstract] # none is made


def class_in(module: ModuleType, kind: type[_Kind]) -> type[_Kind]:
    """The class of a kind that a module defines; TypeError if it defines none."""
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
