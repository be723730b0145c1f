"""One answer of a question on which a class votes: its letter, its text, and the bars of both votes."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.contract.numerals import percent
from gui.panels.guide.answers import RIGHT, WRONG
from gui.plots.drawing.ink import pen
from gui.style.theme import theme
from gui.style.tokens import GRID

_BAR, _GAP = 0.85, 0.12
"""Height of a bar (the counts beside it are nearly as high) and of the gap above it, in line heights."""
_LETTER = 2.2
"""Width of the column with the answers' letters, in line heights."""
_WORDS = 0.4
"""Fraction of the row's width for the answer's text if the bars are beside it."""
_COUNT = "999 · 100%"
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class OptionRow(QWidget):
    """The widget of one answer, in a font of any size.

    ``votes`` are (number of hands, fraction of all) for each vote shown, the first one first; while ``is_covered``, a
    hatched area hides the bars. ``is_right`` True marks the answer as right (✓), False as the commonest wrong one (✗),
    None as neither. The space of the bars is always kept, so that nothing moves when they appear.
    """

    def __init__(self, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.index = index
        self.letter = letter_of(index)
        self.words = ""
        self.votes: tuple[tuple[int, float], ...] = ()
        self.bars = 1
        self.is_covered = True
        self.is_right: bool | None = None
        self.is_beside = False
        self.setFont(QFont())
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def has_room_beside(self, type_: QFont, width: float) -> bool:
        """Whether the answer's text fits on one line beside the bars, in this font and a row of ``width`` pixels."""
        metrics = QFontMetricsF(type_)
        return metrics.horizontalAdvance(self.words) + _LETTER * metrics.height() <= _WORDS * width

    def show_option(self, words: str, type_: QFont, beside: bool) -> None:
        """Set the answer's text and its font, and whether the bars are ``beside`` it rather than below."""
        self.words, self.is_beside = words, beside
        self.setFont(type_)
        self.updateGeometry()
        self.update()

    def show_votes(
        self, votes: tuple[tuple[int, float], ...], bars: int, is_covered: bool, is_right: bool | None
    ) -> None:
        """Set the votes shown, as (hands, fraction) each; ``bars`` is the number of bars for which space is kept. See
        the class for ``is_covered`` and ``is_right``.
        """
        if bars != self.bars:
            self.updateGeometry()
        self.votes, self.bars, self.is_covered, self.is_right = votes, bars, is_covered, is_right
        told = "; ".join(_told(*one) for one in votes) if not is_covered else ""
        sign = {True: RIGHT, False: WRONG, None: ""}[is_right]
        self.setAccessibleName(" ".join(filter(None, (self.letter, sign, self.words, told))))
        self.update()

    # Sizes

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        words, bars = self._words_in(width).height(), self.bars * self._step
        return math.ceil((max(words, bars) if self.is_beside else words + bars) + 2 * self._padding)

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(max(self.width(), 320)))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 2 * round(self._line))

    @property
    def counts_size(self) -> int:
        """The font size in pixels of the counts beside the bars: a little smaller than that of the text, at least 9."""
        return max(9, round(0.95 * self.font().pixelSize()))

    @property
    def _line(self) -> float:
        return QFontMetricsF(self.font()).height()

    @property
    def _step(self) -> float:
        return (_BAR + _GAP) * self._line

    @property
    def _padding(self) -> float:
        return max(GRID / 2, self._line / 4)

    @property
    def _left(self) -> float:
        return _LETTER * self._line

    def _words_in(self, width: float) -> QRectF:
        room = QRectF(0, 0, max(1.0, width - self._left - 2 * self._padding), 100_000)
        return QFontMetricsF(self.font()).boundingRect(room, int(_WRAP), self.words)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setPen(pen(colors.right if self.is_right else colors.hairline, 3 if self.is_right else 1))
            painter.setBrush(QColor(colors.surface))
            painter.drawRoundedRect(frame, GRID / 2, GRID / 2)
            self._paint_letter(painter)
            words = self._words_in(self.width())
            place = QRectF(self._left, self._padding, self.width() - self._left - self._padding, words.height())
            painter.setFont(self.font())
            painter.setPen(QColor(colors.text))
            painter.drawText(place, int(_WRAP), self.words)
            top = self._padding if self.is_beside else place.bottom() + _GAP * self._line
            for number in range(self.bars):
                self._paint_bar(painter, number, top + number * self._step)

    def _paint_letter(self, painter: QPainter) -> None:
        colors = theme()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        sign = {True: RIGHT, False: WRONG, None: ""}[self.is_right]
        ink = {True: colors.right, False: colors.wrong, None: colors.accent}[self.is_right]
        painter.setPen(QColor(ink))
        column = QRectF(0, self._padding, self._left, self._line)
        painter.drawText(column, Qt.AlignmentFlag.AlignCenter, f"{self.letter} {sign}".strip())

    def _paint_bar(self, painter: QPainter, number: int, top: float) -> None:
        colors = theme()
        small = QFont(self.font())
        small.setPixelSize(self.counts_size)
        painter.setFont(small)
        told = QFontMetricsF(small).horizontalAdvance(_COUNT) + GRID
        left = _WORDS * self.width() if self.is_beside else self._left
        room = QRectF(left, top, max(1.0, self.width() - left - self._padding - told), _BAR * self._line)
        if self.is_covered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(QColor(colors.hairline), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(room)
            return
        painter.setPen(pen(colors.hairline, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawLine(room.topLeft(), room.bottomLeft())
        if number >= len(self.votes):
            return
        hands, share = self.votes[number]
        bar = QRectF(room.topLeft(), QPointF(room.left() + share * room.width(), room.bottom()))
        painter.setPen(pen(colors.accent, 1))
        # The vote before the talk is pale beside that after it.
        is_pale = number == 0 and len(self.votes) > 1
        painter.setBrush(QColor(colors.selection_fill if is_pale else colors.accent))
        if bar.width() > 0:
            painter.drawRect(bar)
        painter.setPen(QColor(colors.text))
        at = QRectF(bar.right() + GRID, top, told, room.height())
        painter.drawText(at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, _told(hands, share))


def letter_of(index: int) -> str:
    """The letter of the answer at this index: "A" for 0."""
    return chr(ord("A") + index)


def _told(hands: int, share: float) -> str:
    return f"{hands} · {percent(share, 0)}"
