"""The packs in the learner's folder: lists them, adds one, deletes one."""

from __future__ import annotations

import contextlib
import os
import shutil
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from engine.contract.catalogue import entry_of
from engine.contract.text import Refused, Text, path_words, shortened
from engine.export.writing import reason_of, write_together
from engine.guides.guide import FurtherGuide
from engine.packs.files import SUFFIX, archive_of
from engine.packs.pack import Pack, read_pack

FOLDER = "packs"
"""The name of the learner's folder of packs, beside the settings."""
_MOST = 50

_OTHER_NAME = Text("the pack {path} calls itself “{id}”: its folder or .zip has to be called so.")
_THERE = Text("the pack {path} is left out: another one here has its id.")
_IS_THERE = Text("there is a pack “{id}” already.")
_NOT_KEPT = Text("the pack cannot be kept: {folder} cannot be made.")
_STAYS = Text("the pack {path} cannot be taken away: {reason}.")


@dataclass(frozen=True)
class Installed:
    """A file or folder in the learner's folder: the ``pack`` at this ``path``, or the ``fault`` for which it is
    ignored.

    If ``is_wheel``, it was installed by pip from a wheel, and only pip can remove it.
    """

    path: Path
    pack: Pack | None = None
    fault: Text | None = None
    is_wheel: bool = False


def installed_in(folder: Path, wheels: tuple[Path, ...] = ()) -> tuple[Installed, ...]:
    """All packs in the folder by name, and after them those in ``wheels``, which are folders of installed wheels.

    A faulty pack is returned with its fault and does not affect the others.
    """
    found: list[Installed] = []
    seen: set[str] = set()
    for path in (*_paths_in(folder), *wheels):
        try:
            pack = read_pack(path)
            if path not in wheels and pack.id != _stem(path):
                raise Refused(_OTHER_NAME(path=path_words(path), id=pack.id))
            if pack.id in seen:
                raise Refused(_THERE(path=path_words(path)))
        except Refused as refusal:
            found.append(Installed(path, fault=refusal.text, is_wheel=path in wheels))
        else:
            seen.add(pack.id)
            found.append(Installed(path, pack, is_wheel=path in wheels))
    return tuple(found)


def folders_in_wheels() -> tuple[Path, ...]:
    """The folders of packs in installed wheels, found by their entry points ``layerwise.packs``; nothing is imported.

    Each entry point names a folder in the wheel that contains the pack.toml and no ``__init__.py``.
    """
    # Only now: it takes as long as a page does.
    from importlib.metadata import entry_points

    values = [one.value for one in entry_points(group="layerwise.packs") if one.value.isidentifier()]
    places = [spec.submodule_search_locations for spec in map(find_spec, values) if spec is not None]
    return tuple(Path(folder) for folders in places if folders for folder in list(folders)[:1])


def take_in(path: Path, folder: Path, replaces: bool = False) -> Pack:
    """Copies the pack at ``path`` into the learner's ``folder`` as a .zip, and returns the pack read from there.

    ``Refused`` if it is not a pack, or if one with its id is there already and ``replaces`` is False.
    """
    pack = read_pack(path)
    there = [one for one in _paths_in(folder) if _stem(one).casefold() == pack.id]
    if there and not replaces:
        raise Refused(_IS_THERE(id=pack.id))
    content = archive_of(pack.files)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Refused(_NOT_KEPT(folder=path_words(folder))) from None
    target = folder / f"{pack.id}{SUFFIX}"
    # What takes its place first: a disk that is full leaves the one that is there.
    write_together({target: content})
    for one in there:
        if one != target:
            take_away(one)
    return read_pack(target)


def is_taken_in(pack: Pack, folder: Path) -> bool:
    """Whether the folder contains a pack with this pack's id."""
    return any(_stem(one).casefold() == pack.id for one in _paths_in(folder))


def take_away(path: Path) -> None:
    """Deletes a pack from the learner's folder, and that folder if it is then empty; ``Refused`` if that fails.

    Of a symbolic link only the link is deleted.
    """
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(_STAYS(path=path_words(path), reason=reason_of(error))) from None
    with contextlib.suppress(OSError):
        path.parent.rmdir()  # it goes only if it is empty


def guides_over(experiment_id: str, packs: tuple[Pack, ...]) -> tuple[FurtherGuide, ...]:
    """The guides for an experiment in these packs; for experiments of their own there are none here."""
    entry_of(experiment_id)
    return tuple(
        FurtherGuide(
            pack.id, pack.manifest.title.text, progress_key(pack.id, experiment_id), partial(pack.guide, experiment_id)
        )
        for pack in packs
        if experiment_id in pack.experiments and experiment_id not in pack.own_experiments
    )


def progress_key(pack_id: str, experiment_id: str) -> str:
    """The key under which progress in a pack's guide is stored; for a built-in guide it is the experiment's id."""
    return f"{progress_of(pack_id)}{experiment_id}"


def progress_of(pack_id: str) -> str:
    """The prefix of the keys under which progress in a pack is stored."""
    return f"pack__{pack_id.replace('-', '_')}__"


def _paths_in(folder: Path) -> list[Path]:
    try:
        names = sorted(one.name for one in os.scandir(folder) if not one.name.startswith("."))
    except OSError:
        return []
    paths = [folder / name for name in names if _is_pack(folder / name)]
    return paths[:_MOST]


def _is_pack(path: Path) -> bool:
    return path.name.casefold().endswith(SUFFIX) or os.path.isdir(path)


def _stem(path: Path) -> str:
    return path.name[: -len(SUFFIX)] if path.name.casefold().endswith(SUFFIX) else path.name


def named(path: Path) -> str:
    """The name of a pack's file or folder for people, without .zip."""
    return shortened(_stem(path))
