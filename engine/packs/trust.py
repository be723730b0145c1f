"""Imports a pack's own Python, once somebody has trusted the pack; one that fails is left out.

The code runs with all rights of the program; nothing restricts it. A pack is trusted by the digest of all its files, so
any change in one of them makes it untrusted.
"""

from __future__ import annotations

import re
import tempfile
import traceback
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from engine.contract.catalogue import entries, further_folders, have_further, load
from engine.contract.text import Refused, Text, path_words, shortened
from engine.packs.pack import Pack

_LEFT_OUT = Text("the pack {path} is left out: there is an experiment “{id}” already.")
_FAULT = Text(
    "The pack “{title}” has a fault: {where}: {error}. Take it out of use in Menu > Lessons > Packs…, or tell its "
    "author."
)
_FAILS = Text("the pack {path} is left out: {where} fails with {error}.")
_SOMEWHERE = "its Python"
_PLACE = re.compile(r'^ *File "(.+)", line (\d+)', re.MULTILINE)
_taken: dict[Path, Pack] = {}
"""The packs whose Python was imported, by the folder of this process that their files were copied to."""


def take_up_trusted(packs: Iterable[Pack], trusts: Callable[[str, str], bool | None]) -> dict[str, Text]:
    """Imports the Python of packs for which ``trusts(id, digest)`` is true; returns errors as ``take_up`` does."""
    return take_up(one for one in packs if one.own_experiments and trusts(one.id, one.digest))


def take_up(packs: Iterable[Pack]) -> dict[str, Text]:
    """Imports the Python of trusted packs, which adds their experiments to the catalogue.

    Returns a sentence for each pack that fails, by id; no experiment of such a pack is added.
    """
    faults: dict[str, Text] = {}
    for pack in packs:
        before = further_folders()
        folder = _laid_out(pack)
        if folder in before:
            continue
        there = [one.id for one in entries()]
        if taken := [one for one in pack.own_experiments if one in there]:
            faults[pack.id] = _LEFT_OUT(path=path_words(pack.path), id=taken[0])
            continue
        have_further((*before, folder))
        _taken[folder] = pack
        try:
            for experiment_id in pack.own_experiments:
                load(experiment_id).params_type()
        except (Exception, SystemExit) as error:  # whatever a stranger's code does
            have_further(before)
            place = blamed("".join(traceback.format_exception(error)))
            where = f"{place.file}:{place.line}" if place is not None else _SOMEWHERE
            faults[pack.id] = _FAILS(path=path_words(pack.path), where=shortened(where), error=error_in_words(error))
    return faults


def is_taken_up(pack: Pack) -> bool:
    """Whether the pack's experiments are in the catalogue."""
    return _laid_out(pack) in further_folders()


def give_up(pack: Pack) -> None:
    """Removes the pack's experiments from the catalogue."""
    have_further(tuple(folder for folder in further_folders() if folder != _laid_out(pack)))


class Place(NamedTuple):
    """A line in a file of a pack whose Python was imported."""

    pack: Pack
    file: str
    line: int


def blamed(trace: str) -> Place | None:
    """The last line of a pack's Python in a formatted traceback; None if there is none."""
    for folder, pack in _taken.items():
        own = [(Path(file), int(line)) for file, line in _PLACE.findall(trace) if Path(file).is_relative_to(folder)]
        if own:
            return Place(pack, own[-1][0].relative_to(folder).as_posix(), own[-1][1])
    return None


def fault_in(trace: str) -> Text | None:
    """A sentence about an error in a pack's Python, given a formatted traceback; None for any other error."""
    found = blamed(trace)
    if found is None:
        return None
    # The last line that is not indented: the error, behind the places that it came through.
    error = [line for line in trace.splitlines() if line[:1].strip()][-1]
    return _FAULT(
        title=found.pack.manifest.title.text,
        where=f"{shortened(found.file)}:{found.line}",
        error=shortened(error.rstrip(".")),
    )


def _laid_out(pack: Pack) -> Path:
    """The temporary folder of this process with the pack's files, which are written there if they are not yet."""
    folder = Path(_place().name) / pack.digest[:24]
    for name, content in pack.files.items() if not folder.exists() else ():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@cache
def _place() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="layerwise-packs-")


def error_in_words(error: BaseException) -> str:
    """The type and message of an exception in one line."""
    text = error.text.render("en") if isinstance(error, Refused) else str(error)
    return shortened(" ".join(f"{type(error).__name__} {text}".split()), 120)
