"""The card of an experiment in the overview: its picture, its title, and the learner's progress."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionToolButton, QToolButton, QWidget

from engine.contract.catalogue import CatalogueEntry
from engine.contract.text import Text
from gui.learner.path import PathState
from gui.plots.drawing.ink import pen
from gui.style.focus_ring import paint_focus_ring
from gui.style.icons import thumbnail_pixmap
from gui.style.language import translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

PICTURE = QSize(300, 200)
# Pixels at zoom 1, as of the picture.
CARD_WIDTH = PICTURE.width() + 4 * GRID
NARROWEST = 12 * GRID
"""The least width of a card at zoom 1, used where there is no room yet, as before the window is laid out."""
_STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_STATES: dict[PathState, Text] = {
    "untouched": Text("Not begun"),
    "begun": Text("Begun"),
    "reached": Text("Goal reached"),
    "due": Text("Due again"),
}
_GOAL_OPEN = Text("Begun, goal open")
_SOME_OPEN = Text("Begun, {reached} of {all} goals reached")
_WRITTEN = Text("{state} · {written} of {all} written")
_DERIVED = Text("{state} · {derived} of {all} derived")
_BOTH = Text("{state} · {written}/{exercises} written · {derived}/{all} derived")
"""Without the number of goals reached, for which one line has no room."""
_COMPLETES = Text("Complete once this is reached: {goals}.")
_COMPLETE_ALL = Text("Complete once these are reached: {goals}.")
_JOINER = Text("; ")
_WRAPPED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_TICK = ((-0.5, 0.0), (-0.1, 0.4), (0.5, -0.4))
_NEXT = Text("Next", context="what to learn")
_START = Text("Start here")
_TIP = Text("{line} ({state})")


class OverviewCard(QToolButton):
    """An experiment's card, a button; emits ``stepped(across, down)`` on arrow keys. Enter and Space click it."""

    stepped = Signal(int, int)

    rings_itself = True

    def __init__(self, entry: CatalogueEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self.state: PathState = "untouched"
        self._words = _STATES["untouched"]
        self._open: tuple[str, ...] = ()
        self._width = 0
        self._is_next = False
        self.setAutoRaise(True)
        self.setProperty("experiment", entry.id)

    def show_state(
        self,
        state: PathState,
        is_next: bool,
        is_first: bool,
        open_goals: tuple[str, ...] = (),
        goals: int = 0,
        written: int = 0,
        exercises: int = 0,
        derived: int = 0,
        derivations: int = 0,
    ) -> None:
        """Show the experiment's state, whether it is the next to do (``is_next``), and whether nothing was begun at all
        (``is_first``).

        ``open_goals`` are those of its ``goals`` that are not reached, in the language in use; of its ``exercises``,
        ``written`` were solved, and of its ``derivations``, ``derived`` were finished.
        """
        self.state, self._is_next, self._open = state, is_next, open_goals
        self._words = (_START if is_first else _NEXT) if is_next else _STATES[state]
        if state == "begun" and open_goals and not is_next:
            self._words = _GOAL_OPEN if goals == 1 else _SOME_OPEN(reached=goals - len(open_goals), all=goals)
        if written and derived:
            short = self._words if is_next else _STATES[state]
            self._words = _BOTH(state=short, written=written, exercises=exercises, derived=derived, all=derivations)
        elif written:
            self._words = _WRITTEN(state=self._words, written=written, all=exercises)
        elif derived:
            self._words = _DERIVED(state=self._words, derived=derived, all=derivations)
        self._name()
        self.update()

    @property
    def state_words(self) -> str:
        """The experiment's state in the language in use."""
        return translate(self._words)

    def set_width(self, width: int) -> None:
        """Set the width in pixels; the text wraps to it."""
        if width != self._width:
            self._width = width
            self._set()

    def restyle(self) -> None:
        """Apply picture, fonts and language."""
        self.setIcon(thumbnail(self.entry.id))
        self.setText(f"{self.entry.number} {translate(self.entry.name)}\n{translate(self.entry.line)}")
        self._name()
        self._set()

    def _set(self) -> None:
        self.setFont(font("text"))
        picture = self._width - 4 * GRID
        self.setIconSize(QSize(picture, picture * PICTURE.height() // PICTURE.width()))
        foot = self._words_box(QRect(0, 0, self._width, 0)).height() + self._state_height()
        self.setFixedSize(self._width, 2 * GRID + self.iconSize().height() + foot + GRID)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            self.stepped.emit(*_STEPS[event.key()])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            option = QStyleOptionToolButton()
            self.initStyleOption(option)
            # The background alone: the style would not wrap the text.
            option.text, option.icon = "", QIcon()
            self.style().drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option, painter, self)
            picture = QRect(QPoint(2 * GRID, GRID), self.iconSize())
            self.icon().paint(painter, picture)
            words = self._words_box(QRect(0, picture.bottom() + GRID, self.width(), 0))
            painter.setPen(QColor(theme().text))
            painter.drawText(words, _WRAPPED, self.text())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_state(painter, QRect(0, words.bottom(), self.width(), self._state_height()))
            if self.hasFocus():
                paint_focus_ring(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), 4)

    def _words_box(self, place: QRect) -> QRect:
        """The rectangle of the text, below the top of ``place`` and as high as the text needs."""
        room = place.adjusted(GRID, 0, -GRID, 10**4)
        height = self.fontMetrics().boundingRect(room, _WRAPPED, self.text()).height()
        return QRect(room.left(), place.top(), room.width(), height)

    def _paint_state(self, painter: QPainter, room: QRect) -> None:
        color = state_color("next" if self._is_next else self.state)
        painter.setFont(font("strong" if self._is_next or self.state in ("reached", "due") else "text"))
        size = px(11)
        width = size + px(GRID) + painter.fontMetrics().horizontalAdvance(self.state_words)
        left = (room.width() - width) / 2
        paint_sign(painter, QPointF(left + size / 2, room.center().y()), size, self.state, color)
        painter.setPen(QColor(color))
        place = QRectF(left + size + px(GRID), room.top(), room.width(), room.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.state_words)

    def _name(self) -> None:
        self.setAccessibleName(translate(self.entry.title))
        completes = ""
        if self._open:
            sentence = _COMPLETES if len(self._open) == 1 else _COMPLETE_ALL
            completes = translate(sentence(goals=translate(_JOINER).join(self._open)))
        self.setAccessibleDescription("\n".join(filter(None, (self.state_words, completes))))
        self.setToolTip("\n".join(filter(None, (translate(_TIP(line=self.entry.line, state=self._words)), completes))))

    def _state_height(self) -> int:
        return px(22)


def thumbnail(experiment_id: str) -> QIcon:
    """The thumbnail image of an experiment, in the language and theme in use."""
    return QIcon(thumbnail_pixmap(experiment_id))


def state_color(state: str) -> str:
    """The colour of a state; the state is also shown by a symbol and by words."""
    colors = theme()
    return {"reached": colors.right, "due": colors.accent, "next": colors.accent}.get(state, colors.muted_text)


def paint_sign(painter: QPainter, center: QPointF, size: float, state: PathState, color: str) -> None:
    """Paint the symbol of a state, a ring: empty if nothing was begun, half filled if begun, filled with a tick if the
    goals were reached, with an arrow head if questions are due.
    """
    radius = size / 2
    box = QRectF(center.x() - radius, center.y() - radius, size, size)
    painter.setPen(pen(color, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if state == "due":
        # Three quarters of a ring, and the head of an arrow at its end.
        painter.drawArc(box, 90 * 16, -270 * 16)
        end = QPointF(box.left(), center.y())
        for across in (-0.45, 0.45):
            painter.drawLine(end, end + QPointF(across * radius, 0.55 * radius))
        return
    painter.drawEllipse(box)
    if state == "begun":
        painter.setBrush(QColor(color))
        painter.drawPie(box, 90 * 16, 180 * 16)
    elif state == "reached":
        painter.setBrush(QColor(color))
        painter.drawEllipse(box)
        painter.setPen(pen(theme().window, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline([center + QPointF(x, y) * radius for x, y in _TICK])
