"""A pack's own Python: laid out and imported once somebody has trusted it, and left out where it fails.

It runs as this program does, with all that the learner may do on this computer; nothing holds it back. So it is trusted
by the digest of all its files, and is another pack as soon as one of them changes.
"""

from __future__ import annotations

import dataclasses
import re
import tempfile
import traceback
from collections.abc import Callable, Generator, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from engine.contract.catalogue import entries, further_folders, have_further, load
from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.run import Run
from engine.contract.text import Refused, Text, path_words, shortened
from engine.packs.pack import Pack
from engine.playing import Player, opened

_LEFT_OUT = Text("the pack {path} is left out: there is an experiment “{id}” already.")
_FAILS = Text("the pack {path} is left out: {where} fails with {error}.")
_NOT_OPENED = Text("“{id}” does not open with the preset “{preset}”: {error}.")
_NOT_STEPPED = Text("“{id}” fails at update {update}: {error}.")
_NOT_THE_SAME = Text("“{id}” comes to another frame at update {update} when it is played once more.")
_NO_GUIDE = Text("the experiment “{id}” has no guide.")
_NO_VIEW = Text("the experiment “{id}” has no view.")
_SOMEWHERE = "its Python"
_PLACE = re.compile(r'^ *File "(.+)", line (\d+)', re.MULTILINE)
_STEPS = 4
_taken: dict[Path, Pack] = {}
"""The packs that were taken up, by their folders in this process."""


def take_up_trusted(packs: Iterable[Pack], trusts: Callable[[str, str], bool | None]) -> dict[str, Text]:
    """Takes up those packs of which ``trusts(id, digest)`` is true, as ``Settings`` tells it."""
    return take_up(one for one in packs if one.own_experiments and trusts(one.id, one.digest))


def take_up(packs: Iterable[Pack]) -> dict[str, Text]:
    """Imports the Python of packs that are trusted, so that the catalogue has their experiments; returns by id the
    fault of each that fails, which leaves none of its own behind.
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
        try:
            for experiment_id in pack.own_experiments:
                load(experiment_id).params_type()
            _taken[folder] = pack
        except (Exception, SystemExit) as error:  # whatever a stranger's code does
            have_further(before)
            where = _place_in(folder, "".join(traceback.format_exception(error))) or _SOMEWHERE
            faults[pack.id] = _FAILS(path=path_words(pack.path), where=shortened(where), error=_told(error))
    return faults


def blamed(trace: str) -> tuple[Pack, str] | None:
    """The pack that was taken up through whose Python a formatted traceback came, and the last place there as
    FILE:LINE; None where it came through none.
    """
    for folder, pack in _taken.items():
        if where := _place_in(folder, trace):
            return pack, where
    return None


def playing(pack: Pack) -> Generator[None, None, list[Text]]:
    """A generator that plays the experiments of a pack that was taken up, and returns what does not hold: they open
    with every preset, step forward, and come to the same frames when they are played once more.
    """
    found: list[Text] = []
    for experiment_id in pack.own_experiments:
        if not any(experiment_id == one for one, _ in pack.guides):
            found.append(_NO_GUIDE(id=experiment_id))
        if not any(name.startswith("gui/views/") and f"/{experiment_id}" in name for name in pack.python):
            found.append(_NO_VIEW(id=experiment_id))
        experiment = load(experiment_id)
        for preset, params in _settings(experiment):
            try:
                opened(experiment, params)
            except Exception as error:
                found.append(_NOT_OPENED(id=experiment_id, preset=shortened(preset), error=_told(error)))
                continue
            if experiment.has_course(params):
                found += _faults_of_steps(experiment, params)
            yield
    return found


def _settings(experiment: Experiment[Any, Any]) -> list[tuple[str, Params]]:
    defaults = experiment.params_type()
    return [("", defaults), *((one.id, defaults.replaced(one.changes)) for one in experiment.presets)]


def _faults_of_steps(experiment: Experiment[Any, Any], params: Params) -> list[Text]:
    frames: list[Frame] = []
    try:
        player = Player(experiment, Run(experiment.id, params))
        frames = [player.go(1) for _ in range(_STEPS)]
        again = Player(experiment, Run(experiment.id, params)).go(_STEPS)
    except Exception as error:
        return [_NOT_STEPPED(id=experiment.id, update=len(frames), error=_told(error))]
    same = _plain(again) == _plain(frames[-1])
    return [] if same else [_NOT_THE_SAME(id=experiment.id, update=_STEPS)]


def _plain(value: object) -> object:
    """A frame as plain values that can be compared."""
    if dataclasses.is_dataclass(value) and not isinstance(value, (Text, type)):
        return [_plain(getattr(value, one.name)) for one in dataclasses.fields(value)]
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value.render("en") if isinstance(value, Text) else repr(value)


def _laid_out(pack: Pack) -> Path:
    """The folder of this process in which a pack's files lie by their names."""
    folder = Path(_place().name) / pack.digest[:24]
    for name, content in pack.files.items() if not folder.exists() else ():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@cache
def _place() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="layerwise-packs-")


def _place_in(folder: Path, trace: str) -> str:
    """The last line of a pack's own files in a formatted traceback, as FILE:LINE; "" where there is none."""
    own = [(Path(file), line) for file, line in _PLACE.findall(trace) if Path(file).is_relative_to(folder)]
    return f"{own[-1][0].relative_to(folder).as_posix()}:{own[-1][1]}" if own else ""


def _told(error: BaseException) -> str:
    text = error.text.render("en") if isinstance(error, Refused) else str(error)
    return shortened(" ".join(f"{type(error).__name__} {text}".split()), 120)
