"""The command ``render``: plays a run without a window and writes each output in the format of its suffix."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.contract import catalogue
from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params, fields_of
from engine.contract.plain_json import read_json
from engine.contract.protocol import Answer, Request
from engine.contract.run import MOST_UPDATES, Change, Run, Session
from engine.contract.text import EMPTY, LANGUAGES, Refused, Text, shortened, untranslated
from engine.data.image_reader import set_image_reader
from engine.export import csv_format
from engine.export.record import Export
from engine.export.session_file import SESSION_SUFFIXES, load_session
from engine.export.writing import check_targets
from engine.playing import Player
from gui.export import formats
from gui.export.moving.formats import MOVING_FORMATS
from gui.export.moving.moments import Moment, moments_of
from gui.export.moving.wanted import LARGEST as LARGEST_MOVING
from gui.export.moving.wanted import SMALLEST as SMALLEST_MOVING
from start import moving_outputs
from start.console import write_data, write_line
from start.options import LANGUAGE, Given, Option, help_text, no_words, one_of, parse
from start.terminal import say

if TYPE_CHECKING:
    from gui.export.figure import Figure

DEFAULT_SIZE = (1200, 800)
SMALLEST, LARGEST = 400, 4000
_SILENT_FOR = 5.0
"""The seconds between two progress messages of a long computation."""
_STILL = Text("{what}{share}, update {update} …")
_STANDARD_OUTPUT = "-"
_THEMES = ("light", "dark")

_USAGE = (
    "render ID|SESSION [--preset P] [--set NAME=VALUE]... [--at UPDATE:PATH=VALUE]... [--seed N] "
    "[--steps N] [--from N] [--to N] [--seconds S] [--fps N] [--hold S] [--language L] [--theme T] [--size WxH] "
    "-o OUT [-o OUT]..."
)
_ABOUT = Text(
    "Runs an experiment, or a saved session, to its end or for N steps, prints what came out, and writes files: .png "
    ".svg .pdf figures, .csv tables, .npz arrays, .layerwise.json session; .py script and .ipynb notebook that need "
    "NumPy alone, .layerwise.py script that imports Layerwise; .webp .gif pictures that move, .mp4 where ffmpeg is "
    "installed, and .png too with --from, --to, --seconds, --fps or --hold. No screen is needed."
)
_OPTIONS = (
    Option("--preset", Text("begin with a named set of parameters"), "P"),
    Option("--set", Text("give a parameter a value"), "NAME=VALUE", repeated=True),
    Option(
        "--at",
        Text("change something when so many updates are done"),
        "UPDATE:PATH=VALUE",
        repeated=True,
    ),
    Option("--seed", Text("the random seed, 0 unless given"), "N"),
    Option("--steps", Text("stop after so many steps"), "N"),
    *moving_outputs.OPTIONS,
    LANGUAGE,
    Option("--theme", Text("colours of figures: light (default) or dark"), "T"),
    Option(
        "--size",
        Text("size of figures, 1200x800 unless given, 800x500 if they move; a PNG that stands has twice the pixels"),
        "WxH",
    ),
    Option("-o", Text("a file to write; - prints CSV"), "OUT", repeated=True),
)
_AT = re.compile(r"([0-9]{1,10}):([^=]+)=(.*)", re.ASCII | re.DOTALL)
_SIZE = re.compile(r"([0-9]{1,6})[xX×]([0-9]{1,6})", re.ASCII)
_WHOLE = re.compile(r"[+-]?[0-9]{1,20}", re.ASCII)


@dataclass(frozen=True)
class _Order:
    """The validated arguments of ``render``."""

    experiment: Experiment
    run: Run
    changes: tuple[Change, ...]
    steps: int | None
    language: str
    theme: str
    size: tuple[int, int]
    paths: list[Path]
    prints: bool
    notes: tuple[Text, ...]
    moving: moving_outputs.MovingOutputs | None


def run_render(arguments: Sequence[str], language: str) -> int:
    """Renders and returns 0; ``Refused`` for bad input, and then nothing was written."""
    given = parse(arguments, _OPTIONS)
    if given.has("--help"):
        write_line(help_text(_USAGE, _ABOUT, _OPTIONS, language))
        return 0
    set_image_reader(_read_picture)
    order = _order(given, language)
    player, frame, moments = _play(order)
    export = Export(order.experiment, player.run, player.params, player.update, frame, order.language)
    player.close()
    if order.moving is not None or formats.needs_figure(order.paths):
        prepare_drawing()
    with moving_outputs.written_moving(order.moving, export, moments), _figure(order, export) as figure:
        formats.save(export, order.paths, figure)
    if order.prints:
        write_data(csv_format.table_text(export.tables[0]))
    # What is piped on is the CSV alone. Without a terminal, as under pythonw on Windows, the files are all there is.
    remarks = sys.stderr if order.prints else sys.stdout
    if remarks is not None:
        for line in (export.caption, *(note.render(order.language) for note in order.notes)):
            write_line(line, remarks)
    return 0


def _order(given: Given, language: str) -> _Order:
    if not given.words:
        raise Refused(
            Text("render needs an experiment's id; there are {ids}.")(
                ids=", ".join(entry.id for entry in catalogue.entries())
            )
        )
    no_words(given, 1)
    one_of("--language", given.last("--language"), LANGUAGES)
    theme = one_of("--theme", given.last("--theme"), _THEMES) or "light"
    session = _session(given.words[0])
    experiment = catalogue.load(session.run.experiment)
    params = _params(experiment, session.run.params, given)
    changes = tuple(_change(experiment, text) for text in given.all("--at"))
    run = Run(experiment.id, params, _seed(given.last("--seed"), session.run.seed), (*session.run.journal, *changes))
    steps = _whole("--steps", given.last("--steps"), MOST_UPDATES)
    if steps is None:
        steps = moving_outputs.end_of(given)
    if steps is None and _is_file(given.words[0]):
        steps = session.update
    outputs = given.all("-o")
    if not outputs:
        raise Refused(
            Text("-o: no output; name a file ({known}), or - to print CSV.")(
                known=" ".join({**formats.FORMATS, **MOVING_FORMATS})
            )
        )
    named = [Path(text) for text in outputs if text != _STANDARD_OUTPUT]
    paths = [path for path in named if not moving_outputs.is_moving(path, given)]
    moving_size = _size(given.last("--size"), SMALLEST_MOVING, LARGEST_MOVING) if len(paths) < len(named) else None
    moving = moving_outputs.moving_outputs(given, named, moving_size, theme)
    size = DEFAULT_SIZE
    if moving is None or formats.needs_figure(paths):
        size = _size(given.last("--size"), SMALLEST, LARGEST) or DEFAULT_SIZE
    formats.check(paths)
    check_targets(named)
    prints = _STANDARD_OUTPUT in outputs
    return _Order(experiment, run, changes, steps, language, theme, size, paths, prints, session.notes, moving)


def _is_file(source: str) -> bool:
    return Path(source).suffix.lower() in SESSION_SUFFIXES


def _session(source: str) -> Session:
    if _is_file(source):
        return load_session(Path(source))
    return Session(Run(source, catalogue.load(source).params_type()))


def _params(experiment: Experiment, params: Params, given: Given) -> Params:
    wanted = one_of("--preset", given.last("--preset"), [preset.id for preset in experiment.presets])
    for preset in experiment.presets:
        if preset.id == wanted:
            params = params.replaced(preset.changes)
    texts = {}
    for text in given.all("--set"):
        name, equals, value = text.partition("=")
        if not equals:
            raise _not_spelled("--set", text, "NAME=VALUE")
        texts[name.strip()] = value
    return params.with_texts(texts)


def _change(experiment: Experiment, text: str) -> Change:
    found = _AT.fullmatch(text)
    if found is None:
        raise _not_spelled("--at", text, "UPDATE:PATH=VALUE")
    update, path, value = int(found[1]), found[2].strip(), found[3]
    if path in fields_of(experiment.params_type):
        given: object = experiment.params_type().with_text(path, value).to_json()[path]
    else:
        given = _json_value(path, value)
    try:
        return Change(update, path, experiment.checked_change(path, given))
    except Refused as refusal:
        raise Refused(Text("--at: {reason}")(reason=refusal.text)) from None


def _json_value(path: str, text: str) -> object:
    try:
        return read_json(text)
    except ValueError:
        raise Refused(
            Text("{path}: “{value}” is not JSON such as 0.5 or [1, 0].")(path=shortened(path), value=shortened(text))
        ) from None


def _seed(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    # What is no whole number is refused by the run, which knows what is allowed.
    return int(text) if _WHOLE.fullmatch(text) else text  # type: ignore[return-value]


def _whole(option: str, text: str | None, most: int) -> int | None:
    if text is None:
        return None
    if not _WHOLE.fullmatch(text) or not 0 <= int(text) <= most:
        raise Refused(
            Text("{option}: “{value}” is not a whole number from 0 to {most}.")(
                option=option, value=shortened(text), most=most
            )
        )
    return int(text)


def _size(text: str | None, least: int, most: int) -> tuple[int, int] | None:
    if text is None:
        return None
    found = _SIZE.fullmatch(text)
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    if not all(least <= side <= most for side in size):
        raise Refused(
            Text("--size: “{value}” is not WIDTHxHEIGHT such as 1200x800, each from {least} to {most}.")(
                value=shortened(text), least=least, most=most
            )
        )
    return size


class _TellingPlayer(Player):
    """A player that prints its progress when something takes long."""

    def answers(self, request: Request) -> Iterator[Answer]:
        told = time.monotonic()
        for answer in super().answers(request):
            if answer.progress is not None and time.monotonic() - told >= _SILENT_FOR:
                told = time.monotonic()
                fraction = answer.progress.fraction
                share = untranslated(f" {fraction:.0%}") if fraction is not None else EMPTY
                say(_STILL(what=answer.progress.text, share=share, update=answer.update))
            yield answer


def _play(order: _Order) -> tuple[Player, Frame, list[Moment] | None]:
    """Plays the run to its end; returns player, last frame, and the frames of an animation if its end was given."""
    player = _TellingPlayer(order.experiment, order.run)
    moments = None
    if order.steps is None:
        frame = player.go_by(order.experiment.default_steps_for(order.run.params), heavy=True)
    else:
        if order.moving is not None and order.moving.has_end:
            moments = moments_of(order.moving.picture(order.steps).places(), lambda: player, {}, untranslated("--to"))
        frame = player.go(order.steps - player.update, heavy=True)
    for change in order.changes:
        if change.at_update > player.update:
            raise Refused(
                Text("--at {update}:{path}: the run is over at update {last}.")(
                    update=change.at_update, path=change.path, last=player.update
                )
            )
    return player, frame, moments


def _read_picture(content: bytes, most: int) -> tuple[int, int, bytes] | None:
    """Reads a picture file as grey bytes; Qt is imported only when this is called."""
    from start.system_libraries import require_pictures

    require_pictures()
    from gui.form.picture_reader import read_grey

    return read_grey(content, most)


def prepare_drawing() -> None:
    """Imports Qt and prepares it for drawing without a screen."""
    from start.system_libraries import require_pictures

    require_pictures()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from gui.export.offscreen import application

    application()


def _figure(order: _Order, export: Export) -> AbstractContextManager[Figure | None]:
    """The figure, or None if no output needs one."""
    if not formats.needs_figure(order.paths):
        return nullcontext()
    from gui.export.offscreen import figure_of

    return figure_of(export, order.size, order.theme)


def _not_spelled(option: str, text: str, form: str) -> Refused:
    return Refused(Text("{option}: “{text}” is not spelled {form}.")(option=option, text=shortened(text), form=form))
