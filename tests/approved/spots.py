"""Places of a stage about which the engine is asked for the approved words, chosen with the view that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest import mock

from PySide6.QtCore import QPointF

from engine.contract.experiment import Experiment, Probe
from engine.contract.frame import Frame
from engine.contract.handle import ProbePoint
from engine.contract.params import Params
from engine.contract.text import Text
from gui.stage.view import View
from gui.views import load_view
from tests.approved.stage import SIZE, shown
from tests.shots import Shot

_FEW = 4
"""So many different sentences of every part of a stage, where it has them."""
_ACROSS, _DOWN = 45, 28
_DIGITS = 4


def chosen(experiment: Experiment, moments: Sequence[Shot]) -> dict[str, list[ProbePoint]]:
    """For each shot by its name a few spots of every part of its stage: those of the defaults where they say something
    here too, so that shots are told apart by what is said of the same place, and others where they do not.
    """
    found: dict[str, list[ProbePoint]] = {}
    with asked(experiment) as heard, shown(load_view(experiment.id)(experiment), SIZE) as view:
        for shot in moments:
            view.draw(shot.params, shot.frame)
            view.grab()
            heard.clear()
            _ask_everywhere(view)
            found[shot.name] = list(_some_of(dict(heard), found.get(moments[0].name, [])))
    return found


@contextmanager
def asked(experiment: Experiment) -> Iterator[list[tuple[ProbePoint, Text | None]]]:
    """Every spot that the experiment is asked about in the meantime, and the answer."""
    heard: list[tuple[ProbePoint, Text | None]] = []
    answer = experiment.probe

    def listening(params: Params, frame: Frame, spot: ProbePoint) -> Probe | None:
        rounded = ProbePoint(_short(spot.x), _short(spot.y), spot.part)
        said = answer(params, frame, rounded)
        heard.append((rounded, said.text if said else None))
        return said

    with mock.patch.object(experiment, "probe", listening):
        yield heard


def _ask_everywhere(view: View) -> None:
    width, height = view.width(), view.height()
    for row in range(_DOWN):
        for column in range(_ACROSS):
            place = QPointF((column + 0.5) * width / _ACROSS, (row + 0.5) * height / _DOWN)
            view.probe_at(view.stage.mapToScene(place.toPoint()))


def _some_of(heard: dict[ProbePoint, Text | None], usual: Sequence[ProbePoint]) -> Iterator[ProbePoint]:
    parts = dict.fromkeys(spot.part for spot in heard)
    for part in parts:
        said = {spot: text.render("en") for spot, text in heard.items() if spot.part == part and text is not None}
        sentences: set[str] = set()
        for spot in usual:
            # What is beside every cell here still says so in the approved words: that there is nothing.
            if spot.part == part and said.get(spot) is not None and said[spot] not in sentences:
                sentences.add(said[spot])
                yield spot
        for spot in _spread(said):
            if len(sentences) < _FEW and said[spot] not in sentences:
                sentences.add(said[spot])
                yield spot


def _spread(said: dict[ProbePoint, str]) -> list[ProbePoint]:
    """First one of each of a few pieces of the part, then all others."""
    spots = list(said)
    apart = max(1, len(spots) // (_FEW + 1))
    first = spots[apart // 2 :: apart]
    return [*first, *(spot for spot in spots if spot not in set(first))]


def _short(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")
