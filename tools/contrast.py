"""Measures the contrast of texts and marks on the stages: ``python3 -m tools.contrast [ID…]`` prints a table.

A row is a theme and a zoom of an experiment's opening: the texts on its stage, how many of them stand out from their
ground by less than 4.5 : 1 with the weakest of them, and which of those of zoom 1 are missing at zoom 2; then the
marks, such as points, curves and frames, and how many of them stand out by less than 3 : 1. Nothing is written.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from dataclasses import dataclass
from typing import Any, TypeVar

import engine  # noqa: F401 (before NumPy: one BLAS thread)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPaintEngineState, QPainter, QTextItem, QTransform
from PySide6.QtWidgets import QApplication

from engine.contract.catalogue import entries, load
from engine.playing import opened
from gui.export.plain_device import PlainEngine
from gui.stage.view import View
from gui.style.foreground import MARK, TEXT, blend, contrast
from gui.style.theme import THEMES, apply_to, set_theme, theme
from gui.style.typography import set_zoom
from gui.views import load_view
from tools.marks import Mark, marks_on
from tools.stage_walk import walk

_SHARE = 0.25
"""The share of a text's box that a colour must fill to count as its background."""
SIZE = (900, 560)


@dataclass(frozen=True)
class Written:
    """A text on a stage: its words, its colour and the background with the least contrast, and its height in pixels."""

    words: str
    ink: str
    ground: str
    ratio: float
    pixels: int
    box: QRectF


def written_on(view: View[Any, Any]) -> list[Written]:
    """Every text drawn within a stage, in painting order."""
    found: list[Written] = []
    walk(view, lambda target, image: _Reader(target, image, found))
    # What cannot be used at the moment steps back, and may.
    return [one for one in found if not _is_disabled(view, one)]


def _is_disabled(view: View[Any, Any], written: Written) -> bool:
    item = view.stage.itemAt(written.box.center().toPoint())
    return item is not None and not item.isEnabled()


class _Reader(PlainEngine):
    """Draws everything but the texts, which it records with the background at their places."""

    def __init__(self, target: QPainter, image: QImage, found: list[Written]) -> None:
        super().__init__(target)
        self._image, self._found = image, found
        self._opacity = 1.0
        self._place = QTransform()

    def updateState(self, state: QPaintEngineState) -> None:
        super().updateState(state)
        if state.state() & self.DirtyFlag.DirtyOpacity:
            self._opacity = state.opacity()
        if state.state() & self.DirtyFlag.DirtyTransform:
            self._place = QTransform(state.transform())

    def drawTextItem(self, foot: QPointF, item: QTextItem) -> None:  # type: ignore[override] # Qt gives no other kind
        letters = QRectF(foot.x(), foot.y() - 0.75 * item.ascent(), item.width(), 0.75 * item.ascent())
        box = self._place.mapRect(letters)
        seen = box.toAlignedRect() & self._image.rect()
        if not item.text().strip() or seen.width() < 2 or seen.height() < 2:
            return
        color = self.painter().pen().color()
        inks = [
            (contrast(ink, ground), ink, ground)
            for ground in _grounds(self._image.copy(seen))
            for ink in (blend(ground, color.name(), color.alphaF() * self._opacity),)
        ]
        ratio, ink, ground = min(inks)
        height = round(item.font().pixelSize() * abs(self._place.m22() or self._place.m12()))
        self._found.append(Written(item.text().strip(), ink, ground, ratio, height, box))


def _grounds(piece: QImage) -> list[str]:
    """The colours that fill much of an image, at least the most frequent one."""
    plain = piece.convertToFormat(QImage.Format.Format_RGB32)
    words = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), plain.bytesPerLine() // 4)
    colors, counts = np.unique(words[:, : plain.width()] & 0xFFFFFF, return_counts=True)
    order = np.argsort(-counts)
    enough = [n for n in order if counts[n] >= _SHARE * counts.sum()] or [order[0]]
    return [f"#{int(colors[n]):06x}" for n in enough]


def opened_view(experiment_id: str, size: tuple[int, int] = SIZE) -> View[Any, Any]:
    """The view of an experiment at its opening."""
    experiment = load(experiment_id)
    player, frame = opened(experiment)
    view = load_view(experiment_id)(experiment)
    view.resize(*size)
    view.show()
    view.draw(player.params, frame)
    QApplication.processEvents()
    return view


_Seen = TypeVar("_Seen", Written, Mark)


def faint(seen: list[_Seen]) -> list[_Seen]:
    """The texts, or marks, with too little contrast."""
    return [one for one in seen if one.ratio < (TEXT if isinstance(one, Written) else MARK) - 0.005]


def _row(
    experiment_id: str, view: View[Any, Any], at_first: Counter[str], zoom: float
) -> tuple[Counter[str], list[Written | Mark]]:
    texts = written_on(view)
    weak = faint(texts)
    words = Counter(one.words for one in texts)
    missing = at_first - words
    weakest = min(weak, key=lambda one: one.ratio, default=None)
    told = f"{weakest.ratio:.2f} {weakest.ink} on {weakest.ground} “{weakest.words}”" if weakest else ""
    print(f"{experiment_id:16} {theme().name:5} {zoom:<4g} {len(texts):4} texts {len(weak):3} faint  {told}")
    if missing:
        print(f"{'':27} missing: {', '.join(sorted(missing))}")
    marks = marks_on(view)
    lost = faint(marks)
    lowest = min(lost, key=lambda one: one.ratio, default=None)
    told = f"{lowest.ratio:.2f} {lowest.ink} on {lowest.ground} at {lowest.box.getRect()}" if lowest else ""
    print(f"{'':27} {len(marks):4} marks {len(lost):3} faint  {told}")
    return words, [*weak, *lost]


def main(arguments: list[str]) -> int:
    """Prints the table and returns 1 if any contrast is too low."""
    parser = argparse.ArgumentParser(prog="python3 -m tools.contrast", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", default=[])
    parser.add_argument("--all-faint", action="store_true", help="name every colour on every ground that is too near")
    asked = parser.parse_args(arguments)
    app = QApplication.instance() or QApplication([])
    apply_to(app)  # type: ignore[arg-type] # an application with widgets
    pairs: Counter[tuple[str, str, str]] = Counter()
    for experiment_id in asked.ids or [entry.id for entry in entries()]:
        view = opened_view(experiment_id)
        for name in THEMES:
            set_theme(name)
            at_first: Counter[str] = Counter()
            for factor in (1.0, 2.0):
                set_zoom(factor)
                QApplication.processEvents()
                at_first, weak = _row(experiment_id, view, at_first, factor)
                pairs.update((experiment_id, one.ink, one.ground) for one in weak)
            set_zoom(1.0)
        set_theme("light")
        view.close()
        view.deleteLater()
    if asked.all_faint:
        for (experiment_id, ink, ground), count in sorted(pairs.items()):
            print(f"{experiment_id:16} {ink} on {ground}: {contrast(ink, ground):.2f}  ×{count}")
    return 1 if pairs else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
