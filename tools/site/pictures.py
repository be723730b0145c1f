"""The pictures of the site: stages as small SVG files, pictures that move, thumbnails and formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter

from engine.contract.catalogue import RESOURCES, load
from engine.contract.experiment import Experiment
from engine.contract.handle import Slide
from engine.contract.language import ENGLISH
from engine.contract.params import Params
from engine.contract.run import Run
from engine.contract.text import untranslated
from engine.export.record import Export
from engine.playing import Player
from gui.export.figure import paint_stage
from gui.export.moving.formats import MOVING_FORMATS
from gui.export.moving.making import write_moving
from gui.export.moving.moments import Moment, moments_of
from gui.export.moving.wanted import MovingPicture
from gui.export.offscreen import stage_of
from gui.export.svg import svg_bytes
from gui.stage.view import View
from gui.style.theme import theme
from gui.style.tokens import THEMES

SIZE = (640, 460)
MOVING_SIZE = (640, 520)
_SECONDS, _RATE, _HOLD = 5.0, 8.0, 1.5
_STEPS = 20
"""By how many steps of the keyboard a hand moves a handle before it comes back: to be seen, and no try's whole way."""
_MOVED, _RESTED = 80, 900
"""Milliseconds that it stands at a place on the way, and where it turns."""
_PRESETS, _PRESET_SHOWN = 4, 1600
_THUMBNAIL = (330, 220)


@dataclass(frozen=True)
class Course:
    """What moves: an experiment, its moments, and the last of them as an export; ``still`` is the number of the moment
    that stands for all where nothing may move.
    """

    export: Export
    moments: tuple[Moment, ...]
    still: int


def opening_of(experiment_id: str) -> Export:
    """An experiment as the program opens it, in English; the mathematics is the same in every language."""
    experiment, run = load(experiment_id), Run(experiment_id, load(experiment_id).params_type())
    player = Player(experiment, run)
    frame = player.go_by(experiment.way_to_opening(player.params), heavy=True)
    export = Export(experiment, player.run, player.params, player.update, frame, ENGLISH.id)
    player.close()
    return export


@dataclass(frozen=True)
class _Stage:
    """A stage without title and caption, which stand on the page as words."""

    view: View

    @property
    def size(self) -> QSize:
        return QSize(*SIZE)

    def paint(self, painter: QPainter) -> None:
        painter.fillRect(0, 0, *SIZE, QColor(theme().surface))
        paint_stage(self.view, painter)


def write_stage(export: Export, language: str, theme_name: str, path: Path) -> None:
    """Writes the stage as an SVG file."""
    export = replace(export, language=language)
    with stage_of(export, SIZE, theme_name) as view:
        drawing = svg_bytes(export, _Stage(view)).decode()
    path.write_text(smaller(drawing), encoding="utf-8", newline="\n")


_SAID_ANYWAY = re.compile(
    r'\s(?:vector-effect="none"|fill-rule="evenodd"|(?:fill|stroke)-opacity="1"|transform="matrix\(1,0,0,1,0,0\)")'
)
"""Attributes that say what holds without them, or what the group around all says."""
_FONT_OF_GROUP = re.compile(
    r'(<g [^>]*?)\sfont-family="[^"]*"\sfont-size="[^"]*"\sfont-weight="[^"]*"\sfont-style="[^"]*"'
)
_EMPTY_GROUP = re.compile(r"<g [^>]*>\s*</g>")
_GROUP = re.compile(r"(<g [^>]*>)((?:(?!</?g\b).)*)</g>\s*\1", re.DOTALL)
_NUMBERS = re.compile(r'(?<=\sd=")[^"]*')


def smaller(drawing: str) -> str:
    """Qt's SVG with a third of its bytes and the same look: without what says nothing, and to a tenth of a pixel."""
    drawing = _EMPTY_GROUP.sub("", drawing)
    inside = drawing.index(">", drawing.index("<g "))
    drawing = drawing[:inside] + _FONT_OF_GROUP.sub(r"\1", _SAID_ANYWAY.sub("", drawing[inside:]))
    drawing = _NUMBERS.sub(lambda match: _tenths(match[0]), drawing)
    drawing = re.sub(r"\s+(?=/?>)", "", re.sub(r">\s+<", "><", drawing))
    count = 1
    while count:  # neighbours that are drawn alike become one
        drawing, count = _GROUP.subn(r"\1\2", drawing)
    return drawing


def _tenths(path: str) -> str:
    rounded = re.sub(r"-?\d+\.\d+", lambda match: f"{float(match[0]):.1f}".removesuffix(".0"), path)
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", rounded).strip()


def course_of(opened: Export) -> Course | None:
    """What moves in an experiment: its run, or else what a hand does to it, or else its presets; None if nothing."""
    if opened.experiment.has_course(opened.params):
        return _run(opened)
    moments, still = moved_by_hand(opened.experiment, opened.params), 0
    if moments:
        still = len(moments) // 2
    else:
        moments = _presets(opened.experiment, opened.params)
    return Course(opened, tuple(moments), still) if len(moments) > 1 else None


def write_moving_picture(course: Course, language: str, theme_name: str, moving: Path, still: Path) -> None:
    """Writes an animated WebP file as the program exports it, and one of its pictures alone."""
    wanted = MovingPicture(0, 1, _SECONDS, _RATE, _HOLD, MOVING_SIZE, theme_name)
    write_moving(replace(course.export, language=language), course.moments, wanted, MOVING_FORMATS[".webp"], moving)
    with Image.open(moving) as strip:
        strip.seek(min(course.still, getattr(strip, "n_frames", 1) - 1))
        strip.convert("RGB").save(still, lossless=True, method=6)


def _run(opened: Export) -> Course:
    run = Run(opened.experiment.id, opened.run.params)
    player = Player(opened.experiment, run)
    frame = player.go_by(opened.experiment.default_steps_for(run.params), heavy=True)
    export = Export(opened.experiment, player.run, player.params, player.update, frame, opened.language)
    player.close()
    again = Player(opened.experiment, run)
    places = MovingPicture(0, export.update, _SECONDS, _RATE, _HOLD).places()
    moments = moments_of(places, lambda: again, {}, untranslated("--to"))
    again.close()
    return Course(export, tuple(moments), len(moments) - 1)


def moved_by_hand(experiment: Experiment[Any, Any], params: Params) -> list[Moment]:
    """The first handle that changes something, moved where it invites to, and back."""
    frame = _frame(experiment, params)
    for handle in experiment.handles(params, frame):
        towards = handle.hint if any(handle.hint) else (1.0, 0.0)
        there = [params]
        for count in range(1, _STEPS + 1):
            reach = handle.step * count
            place = handle.place[0] + towards[0] * reach, handle.place[1] + towards[1] * reach
            if isinstance(handle, Slide):
                changes = handle.moved_to(place, params)
            else:
                changes = experiment.drag(params, frame, handle.id, place)
            there.append(params.replaced(experiment.settle(params, changes)))
        if there[-1] != params:
            # Of places at which nothing changes, one: a handle may go by whole cells, or come to an end.
            there = list(dict.fromkeys(there))
            way = [*there, *reversed(there[:-1])]
            moved = _MOVED * (2 * _STEPS + 1) // len(way)
            return [
                Moment(one, _frame(experiment, one), _RESTED if one in (there[0], there[-1]) else moved) for one in way
            ]
    return []


def _presets(experiment: Experiment[Any, Any], params: Params) -> list[Moment]:
    chosen = [params, *(params.replaced(preset.changes) for preset in experiment.presets[:_PRESETS])]
    return [Moment(one, _frame(experiment, one), _PRESET_SHOWN) for one in chosen]


def _frame(experiment: Experiment[Any, Any], params: Params) -> Any:
    player = Player(experiment, Run(experiment.id, params))
    try:
        return player.go_by(experiment.way_to_opening(params), heavy=True)
    finally:
        player.close()


def write_thumbnail(experiment_id: str, language: str, theme_name: str, path: Path) -> None:
    """Writes the overview's small picture of an experiment as WebP."""
    with Image.open(RESOURCES / "images" / "overview" / f"{experiment_id}.{language}.{theme_name}.png") as picture:
        picture.convert("RGB").resize(_THUMBNAIL, Image.Resampling.LANCZOS).save(path, quality=50, method=6)


def write_formula(formula_id: str, theme_name: str, path: Path) -> None:
    """Writes a formula in the ink of a theme."""
    drawing = _NUMBERS.sub(lambda match: _tenths(match[0]), _formula(formula_id))
    ink = THEMES[theme_name].text
    path.write_text(drawing.replace('fill="black"', f'fill="{ink}"'), encoding="utf-8", newline="\n")


def formula_size(formula_id: str) -> tuple[float, float]:
    """Width and height of a formula, in ems of its letters."""
    found = re.search(r'<svg [^>]*width="([\d.]+)" height="([\d.]+)"', _formula(formula_id))
    if found is None:
        raise ValueError(f"formula {formula_id}: its drawing says no size")
    return float(found[1]) / 32, float(found[2]) / 32


@cache
def _formula(formula_id: str) -> str:
    return (RESOURCES / "formulas" / f"{formula_id}.svg").read_text(encoding="utf-8")
