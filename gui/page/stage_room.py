"""The scroll area around the stage, the overlay while the stage is loading, and the message that a goal was reached."""

from __future__ import annotations

from math import ceil
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QCursor, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QGraphicsItem, QWidget

from engine.contract.text import Text
from gui.stage.view import View
from gui.style.appearance import appearance, connect_while_visible
from gui.style.icons import thumbnail_pixmap
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px, usual_zoom, zoom
from gui.window.regions import PageArea

_MARGIN = 24
"""Margin in pixels that stays visible around an item that got the keyboard focus."""
_CELEBRATED = 2000
"""Milliseconds for which the message that a goal was reached is shown."""
_REACHED = Text("✓ Goal reached")


class StageRoom(PageArea):
    """A scroll area for a stage, which it makes high enough for all its plots, since a lower one leaves some out.

    It opens scrolled to the top, and scrolls to the item that gets the keyboard focus. In a presentation the stage may
    be as low as the area.
    """

    def __init__(self, view: View[Any, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setWidget(view)
        view.reached.connect(self._show)
        view.stage.scene().focusItemChanged.connect(self._focus_moved)
        # Once the layout has made room for words that wrap.
        self._settles = QTimer(self)
        self._settles.setSingleShot(True)
        self._settles.setInterval(0)
        self._settles.timeout.connect(self._measure)
        self.verticalScrollBar().rangeChanged.connect(self._settles.start)
        connect_while_visible(self, appearance().zoom_changed, self._measure)
        connect_while_visible(self, appearance().changed, self._settles.start)
        self._measure()

    def settle(self) -> None:
        """Measure again, once the stage's layout is done, how high the stage must be."""
        self._settles.start()

    def _measure(self) -> None:
        view, is_presented = self._view, zoom() != usual_zoom()
        needed = ceil(view.stage.ci.layout.effectiveSizeHint(Qt.SizeHint.MinimumSize).height())
        # It stays wide, beside its bar too: the other arrangement may have fewer parts.
        widest = int((self.width() - self.verticalScrollBar().sizeHint().width()) / view.wide_from)
        if widest >= px(view.compact_below):
            needed = min(needed, widest)
        view.setMinimumHeight(0 if is_presented else max(px(view.compact_below), needed))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settles.start()

    def _focus_moved(self, item: QGraphicsItem | None, _: QGraphicsItem | None, reason: Qt.FocusReason) -> None:
        # What is pressed is in sight, and must not move from under the pointer.
        if item is not None and reason != Qt.FocusReason.MouseFocusReason:
            self._show(item.sceneBoundingRect())

    def _show(self, box: QRectF) -> None:
        """Scroll so that ``box``, in scene coordinates, is visible; if it is higher than the area, its middle."""
        seen = self._view.stage.mapFromScene(box).boundingRect()
        lowest = min(seen.height() // 2 + _MARGIN, self.viewport().height() // 2)
        self.ensureVisible(seen.center().x(), seen.center().y(), 0, lowest)


class LoadingOverlay(QWidget):
    """An overlay with the experiment's thumbnail over a stage that is still empty; ``lift`` removes it for good.

    An experiment may compute for a second before its first frame.
    """

    def __init__(self, experiment_id: str, stage: QWidget) -> None:
        super().__init__(stage)
        self._experiment_id = experiment_id
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        stage.installEventFilter(self)
        connect_while_visible(self, appearance().changed, self.update)

    def lift(self) -> None:
        """Remove the overlay, since the first frame is there."""
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.resize(watched.size())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme().surface))
            ratio = self.devicePixelRatioF()
            kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            picture = thumbnail_pixmap(self._experiment_id).scaled(self.size() * ratio, kept, smooth)
            picture.setDevicePixelRatio(ratio)
            size = picture.deviceIndependentSize()
            painter.drawPixmap(
                round((self.width() - size.width()) / 2), round((self.height() - size.height()) / 2), picture
            )


class Celebration(PlainLabel):
    """A label that says for two seconds that the goal was reached: at the mouse pointer, or in the middle of the stage
    if the pointer is not over it.
    """

    def __init__(self, stage: QWidget) -> None:
        super().__init__(parent=stage)
        self._stage = stage
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAutoFillBackground(True)
        self._ends = QTimer(self)
        self._ends.setSingleShot(True)
        self._ends.setInterval(_CELEBRATED)
        self._ends.timeout.connect(self.hide)
        self.hide()

    def begin(self) -> None:
        """Show the label for two seconds."""
        stage = self._stage
        colors = QPalette(self.palette())
        colors.setColor(QPalette.ColorRole.Window, QColor(theme().right))
        colors.setColor(QPalette.ColorRole.WindowText, QColor(theme().surface))
        self.setPalette(colors)
        self.setFont(font("strong"))
        self.setContentsMargins(px(GRID), px(GRID // 2), px(GRID), px(GRID // 2))
        self.setText(translate(_REACHED))
        self.adjustSize()
        place, room = stage.mapFromGlobal(QCursor.pos()), stage.rect().adjusted(0, 0, -self.width(), -self.height())
        if not stage.rect().contains(place):
            place = stage.rect().center() - self.rect().center()
        above = place - QPoint(self.width() // 2, self.height() + px(2 * GRID))
        self.move(max(0, min(above.x(), room.right())), max(0, min(above.y(), room.bottom())))
        self.show()
        self.raise_()
        self._ends.start()
