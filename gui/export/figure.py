"""A figure: a view's stage, with the title above and the caption below, painted on any paint device."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from engine.contract.run import Session
from gui.export.plain_device import PlainDevice
from gui.stage.view import View
from gui.style.api import GRID, font, px, theme

_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_UNLIMITED = 100_000


class Painted(Protocol):
    """Protocol of a figure as the image formats use it: it has a size in pixels and can paint itself."""

    @property
    def size(self) -> QSize: ...

    def paint(self, painter: QPainter) -> None: ...


class Described(Protocol):
    """Protocol of the texts that a file stores: title, caption and date (``when``); opening the file restores
    ``session``.
    """

    @property
    def title(self) -> str: ...

    @property
    def caption(self) -> str: ...

    @property
    def when(self) -> str: ...

    @property
    def session(self) -> Session: ...


@dataclass(frozen=True)
class Figure:
    """A view's stage with title and caption, in the current theme and language. Painting leaves the view's size and
    state unchanged.

    The caption's area is at least ``caption_room`` pixels high.
    """

    view: View
    title: str
    caption: str
    caption_room: int = 0

    @property
    def size(self) -> QSize:
        """Width and height in pixels: the stage at its present size, with title, caption and margins."""
        return self._areas()[-1].size().toSize()

    def paint(self, painter: QPainter) -> None:
        """Paint the whole figure from (0, 0), in coordinates of one unit per pixel of the figure."""
        title, stage, caption, whole = self._areas()
        device = PlainDevice(painter, math.ceil(whole.width()), math.ceil(whole.height()))
        with QPainter(device) as plain:
            plain.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
            plain.fillRect(whole, QColor(theme().surface))
            _words(plain, title, self.title, font("headline"), theme().text)
            _render_stage(plain, self.view, stage)
            _words(plain, caption, self.caption, font("text"), theme().muted_text)

    def _areas(self) -> tuple[QRectF, QRectF, QRectF, QRectF]:
        """The rectangles of the title, of the stage, of the caption, and of the whole figure."""
        stage = QSizeF(_viewport(self.view).size())
        title, caption = words_heights(stage.width(), self.title, self.caption)
        caption = max(caption, self.caption_room)
        gap = _gap()
        left, wide = float(gap), stage.width() - 2 * gap
        below = gap + title + stage.height()
        return (
            QRectF(left, gap, wide, title),
            QRectF(0, gap + title, stage.width(), stage.height()),
            QRectF(left, below, wide, caption),
            QRectF(0, 0, stage.width(), below + caption + gap),
        )


def paint_stage(view: View, painter: QPainter) -> None:
    """Paint a view's stage from (0, 0), without title and caption."""
    stage = QRectF(_viewport(view))
    device = PlainDevice(painter, math.ceil(stage.width()), math.ceil(stage.height()))
    with QPainter(device) as plain:
        plain.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        _render_stage(plain, view, stage)


def _render_stage(plain: QPainter, view: View, target: QRectF) -> None:
    with _prepared(view):
        view.stage.scene().render(plain, target, view.stage.mapToScene(_viewport(view)).boundingRect())


def stage_size(size: QSize, title: str, caption: str, caption_room: int = 0) -> QSize:
    """The size of the stage in a figure of ``size`` pixels with these texts, at least 1 pixel high."""
    above, below = words_heights(size.width(), title, caption)
    return QSize(size.width(), max(1, size.height() - above - max(below, caption_room) - 2 * _gap()))


def words_heights(width: float, title: str, caption: str) -> tuple[int, int]:
    """The heights of title and caption in pixels, each wrapped to a figure of this width."""
    room = QRectF(0, 0, max(1.0, width - 2 * _gap()), _UNLIMITED)
    kinds = ((title, font("headline")), (caption, font("text")))
    above, below = (
        math.ceil(QFontMetricsF(kind).boundingRect(room, _WRAPPED, words).height()) for words, kind in kinds
    )
    return above, below


def _gap() -> int:
    return px(2 * GRID)


def _words(painter: QPainter, area: QRectF, words: str, kind: QFont, color: str) -> None:
    painter.setFont(kind)
    painter.setPen(QColor(color))
    painter.drawText(area, _WRAPPED, words)


def _viewport(view: View) -> QRect:
    return view.stage.viewport().rect()


@contextmanager
def _prepared(view: View) -> Iterator[None]:
    """Context manager that hides handles and invitations, and makes pyqtgraph draw symbols as shapes, not pixmaps."""
    # With a resolution scale of 1: the device applies transforms itself, so pixels are the figure's.
    options = {"antialias": True, "resolutionScale": 1.0}
    before = view.for_export(True)
    items = [item for item in view.stage.scene().items() if hasattr(item, "setExportMode")]
    try:
        for item in items:
            item.setExportMode(True, dict(options))
        yield
    finally:
        for item in items:
            item.setExportMode(False)
        view.for_export(before)
