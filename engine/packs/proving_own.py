"""Checks a pack's own experiments: every preset is played, described, drawn and exported as the window does it.

Exceptions of their Python are reported with the line of the pack in which they occurred.
"""

from __future__ import annotations

import dataclasses
import traceback
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from engine.contract.catalogue import load
from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.run import Run
from engine.contract.text import LANGUAGES, Text, shortened
from engine.export.formats import DATA_FORMATS
from engine.export.record import Export
from engine.packs import MANIFEST
from engine.packs.pack import Finding, Pack, line_of
from engine.packs.trust import blamed, error_in_words
from engine.playing import Player

Draw = Callable[[Export], object]
"""A function that draws an experiment's view as a figure; it raises what the view raises."""

_NO_GUIDE = Text("the experiment “{id}” has no guide.")
_NO_VIEW = Text("the experiment “{id}” has no view.")
_FAILS = Text("“{id}” with {preset}: {what} fails with {error}.")
_NOT_THE_SAME = Text("“{id}” with {preset} comes to another frame at update {update} when it is played once more.")
_PRESET, _DEFAULTS = Text("the preset “{id}”"), Text("its defaults")
_SETTING, _PLAYING = Text("setting it"), Text("playing it")
_HEADLINE, _LABELS = Text("the headline of update {update}"), Text("what is said of update {update}")
_DRAWING = Text("drawing it in {language}")
_WRITING = Text("writing it as {suffix}")
_FOUND_BY = 20
"""The number of first characters by which a message is found in the source."""
_STOPS = 0, 1, 2, 3, 4, 30
"""The updates at which frames are checked, in addition to the opening one, as far as the run goes."""

_Played = list[tuple[Run, Params, int, Frame]]


def proving_own(pack: Pack, draw: Draw | None = None) -> Generator[None, None, list[Finding]]:
    """A generator that checks the experiments of a pack whose Python was imported, and returns the errors."""
    found: list[Finding] = []
    for experiment_id in pack.own_experiments:
        if not any(experiment_id == one for one, _ in pack.guides):
            found.append(Finding(MANIFEST, 1, _NO_GUIDE(id=experiment_id)))
        views = [name for name in pack.python if name.startswith("gui/views/") and f"/{experiment_id}" in name]
        if not views:
            found.append(Finding(MANIFEST, 1, _NO_VIEW(id=experiment_id)))
        proof = _Proof(pack, load(experiment_id), draw if views else None)
        yield from proof.go()
        found += proof.found.values()
    return found


def finding_of(error: BaseException, file: str, line: int, text: Text) -> Finding:
    """An error report for an exception, at the line of the pack in which it occurred, or else at the given line."""
    place = blamed("".join(traceback.format_exception(error)))
    return Finding(place.file, place.line, text) if place is not None else Finding(file, line, text)


class _Proof:
    """Collects the errors in one experiment, each only once."""

    def __init__(self, pack: Pack, experiment: Experiment[Any, Any], draw: Draw | None) -> None:
        self.found: dict[object, Finding] = {}
        self._experiment, self._draw = experiment, draw
        self._preset = _DEFAULTS
        self._file = next(name for name in pack.python if name.startswith("engine/") and f"/{experiment.id}" in name)
        self._source = pack.files[self._file].decode("utf-8-sig", "replace")
        self._line = 1
        self._said = 0

    def go(self) -> Generator[None, None, None]:
        for name, changes in [("", {}), *((one.id, one.changes) for one in self._experiment.presets)]:
            self._preset = _PRESET(id=shortened(name)) if name else _DEFAULTS
            self._line = line_of(self._source, f'"{name}"') if name else 1
            with self._noting(_SETTING):
                params = self._experiment.params_type().replaced(changes)
                yield from self._prove(params)

    def _prove(self, params: Params) -> Generator[None, None, None]:
        played: _Played = []
        with self._noting(_PLAYING):
            for one in self._played(params):
                played.append(one)
                yield
            for one, (*_, update, frame) in zip(played, self._played(params), strict=True):
                if _plain(frame) != _plain(one[-1]):
                    told = _NOT_THE_SAME(id=self._experiment.id, preset=self._preset, update=update)
                    self._add(Finding(self._file, self._line, told))
                    break
                yield
        for _, asked, update, frame in played:
            with self._noting(_HEADLINE(update=update)):
                self._render(self._experiment.headline(asked, frame))
            with self._noting(_LABELS(update=update)):
                self._describe(asked, frame)
            yield
        ends = [played[place] for place in sorted({0, len(played) - 1}) if played]
        for language in LANGUAGES:
            for one in ends:
                with self._noting(_DRAWING(language=language)):
                    if self._draw is not None:
                        self._draw(Export(self._experiment, *one, language))
                yield
        for kind in DATA_FORMATS if played else ():
            with self._noting(_WRITING(suffix=kind.suffix)):
                name = f"out{kind.suffix}"
                content = kind.write(Export(self._experiment, *played[-1], LANGUAGES[0]), name)[name]
                if name.endswith(".py"):
                    compile(content, name, "exec")
            yield

    def _played(self, params: Params) -> Iterator[tuple[Run, Params, int, Frame]]:
        """Yields frames of the run with these parameters: the opening one, then those at ``_STOPS``.

        Each is (run, parameters, update, frame).
        """
        player = Player(self._experiment, Run(self._experiment.id, params))
        frame = player.go_by(self._experiment.way_to_opening(params), heavy=True)
        yield player.run, player.params, player.update, frame
        if self._experiment.has_course(params):
            player = Player(self._experiment, Run(self._experiment.id, params))
            for stop in _STOPS:
                if not player.finished:
                    frame = player.go(stop - player.update, heavy=True)
                    yield player.run, player.params, player.update, frame

    def _describe(self, params: Params, frame: Frame) -> None:
        """Calls everything that the window calls for a frame, except the headline, and renders all labels in every
        language.
        """
        experiment = self._experiment
        told = [one for handle in experiment.handles(params, frame) for one in (handle.label, handle.invitation)]
        for table in experiment.tables(params, frame):
            told += [table.title, *(column.title for column in table.columns)]
        experiment.code_mark(params, frame)
        experiment.shown_values(params, frame)
        experiment.moving_on(params)
        for text in told:
            self._render(text)

    def _render(self, text: Text) -> None:
        """Renders a text in every language; an error is reported at the line where the text occurs in the source."""
        # A longer sentence is written in several lines.
        begins = text.message[:_FOUND_BY]
        self._said = line_of(self._source, begins) if begins in self._source else self._line
        for language in LANGUAGES:
            text.render(language)
        self._said = 0

    @contextmanager
    def _noting(self, what: Text) -> Iterator[None]:
        """A context manager that reports exceptions as errors; ``what`` describes the action."""
        try:
            yield
        except (Exception, SystemExit) as error:  # whatever a stranger's code does
            words = error_in_words(error)
            text = _FAILS(id=self._experiment.id, preset=self._preset, what=what, error=words)
            self._add(finding_of(error, self._file, self._said or self._line, text))
            self._said = 0

    def _add(self, finding: Finding) -> None:
        # What fails at one line fails there with every update and in every language.
        values = finding.text.values
        self.found.setdefault((finding.file, finding.line, values["preset"], values.get("error")), finding)


def _plain(value: object) -> object:
    """Converts a frame to plain values that can be compared, without measured times."""
    if dataclasses.is_dataclass(value) and not isinstance(value, (Text, type)):
        fields = [one.name for one in dataclasses.fields(value) if not one.metadata.get("measured")]
        return [_plain(getattr(value, name)) for name in fields]
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value.render("en") if isinstance(value, Text) else repr(value)
