"""Probabilities of named answers as horizontal bars, the most probable one and a likely second one emphasized."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt

from gui.plots.drawing.api import RIGHT, PixelPainter, StageItem, theme
from gui.style.typography import Role, figures_height, px

_WORTH = 0.05
"""The smallest probability with which the second most probable answer is emphasized too."""


class ChanceBars(StageItem):
    """Horizontal bars on a fixed scale from 0 to 1. The row of the most probable answer has bold text and a bar of full
    colour. A likely second answer has text of the same colour, but not bold.
    """

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self._shares: Sequence[float] = ()
        self._before: Sequence[float] | None = None
        self._spelled: Sequence[str] = ()
        self._wanted: int | None = None
        self.restyle()

    def show_shares(
        self,
        names: Sequence[str],
        shares: Sequence[float],
        spelled: Sequence[str],
        wanted: int | None = None,
        before: Sequence[float] | None = None,
    ) -> None:
        """Show the answers' ``names``, their probabilities and these as text; ``wanted`` is the row of the right
        answer, ``before`` are earlier probabilities.
        """
        self._names, self._shares, self._spelled = names, shares, spelled
        self._wanted, self._before = wanted, before
        self.update()

    def restyle(self) -> None:
        """Apply the current fonts and colours."""
        self.take_room(px(150), 10 * (figures_height("number") + 1))

    def draw(self, sketch: PixelPainter) -> None:
        if not self._names:
            return
        colors = theme()
        height = min(self.size().height() / len(self._names), px(34))
        front, back = sketch.width_of("0", "strong") + px(26), sketch.width_of("99.9%", "strong") + px(8)
        width = max(10.0, self.size().width() - front - back)
        dark = dark_rows(self._shares)
        for row, (name, share) in enumerate(zip(self._names, self._shares, strict=True)):
            top = row * height
            best = row == dark[0]
            role: Role = "strong" if best else "number"
            color = colors.text if row in dark else colors.muted_text
            sketch.words(name, QRectF(px(16), top, front - px(20), height), role, color)
            if row == self._wanted or (best and self._wanted is not None):
                sign, ink = ("✓", colors.right) if row == self._wanted else ("×", colors.wrong)
                sketch.words(sign, QRectF(0, top, px(16), height), role, ink)
            box = QRectF(front, top + height * 0.16, width, height * 0.68)
            sketch.fill(box, colors.grid)
            sketch.fill(QRectF(box.left(), box.top(), width * share, box.height()), colors.accent, 1 if best else 0.7)
            if self._before is not None and abs(self._before[row] - share) > 0.005:
                at = box.left() + width * self._before[row]
                ends = QPointF(at, box.top()), QPointF(at, box.bottom())
                sketch.line(*ends, colors.text, 1.5, Qt.PenStyle.DashLine, colors.ghost_opacity)
            words = QRectF(front + width + px(4), top, back - px(4), height)
            sketch.words(self._spelled[row], words, role, color, RIGHT)


def dark_rows(shares: Sequence[float]) -> list[int]:
    """The rows that are not muted: that of the largest probability, and that of the second largest if it is likely
    enough.
    """
    best, *others = sorted(range(len(shares)), key=lambda row: -shares[row])[:2]
    return [best, *(row for row in others if shares[row] >= _WORTH)]
