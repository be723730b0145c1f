"""A horizontal bar divided into shares, such as the parameters of each layer of a network, below a line of words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF

from gui.plots.drawing.api import LEFT, PixelPainter, StageItem, curve_color, px, theme

_THIN, _LEAST = 8, 2.5
_INKS = (2, 1, 3, 4)


class ShareBar(StageItem):
    """A bar divided by sizes, from left to right; a share too small to be seen is drawn as a thin line."""

    def __init__(self) -> None:
        super().__init__()
        self._sizes: tuple[float, ...] = ()
        self._wordings: tuple[str, ...] = ()
        self.restyle()

    def show_shares(self, sizes: Sequence[float], *wordings: str) -> None:
        """Show a bar divided in proportion to ``sizes``, and words about it, the fullest wording first."""
        shown = tuple(float(size) for size in sizes), wordings
        if shown != (self._sizes, self._wordings):
            self._sizes, self._wordings = shown
            self.update()

    def restyle(self) -> None:
        """Apply the current fonts and colours."""
        self.take_room(px(60), px(_THIN) + px(24), "across")

    def shares(self) -> list[QRectF]:
        """The rectangle of each part of the bar, in item coordinates."""
        size, whole = self.size(), sum(self._sizes)
        bottom, high, least = size.height() - 1, px(_THIN), px(_LEAST)
        widths = [max(least, part / whole * size.width()) if part else 0.0 for part in self._sizes]
        # What the hairs take more than their share, the largest gives.
        widths[widths.index(max(widths))] -= sum(widths) - size.width()
        lefts = [sum(widths[:number]) for number in range(len(widths))]
        return [QRectF(left, bottom - high, width, high) for left, width in zip(lefts, widths, strict=True)]

    def draw(self, sketch: PixelPainter) -> None:
        if not self._sizes:
            return
        for number, box in enumerate(self.shares()):
            sketch.fill(box, curve_color(_INKS[number % len(_INKS)]))
        line = QRectF(0, 0, self.size().width(), self.size().height() - px(_THIN) - 3)
        words = sketch.fitting(self._wordings, line.width()) or sketch.elided(self._wordings[-1], line.width())
        sketch.words(words, line, color=theme().muted_text, align=LEFT)
