"""What stands on a stage until its first frame is drawn: the experiment's picture as the overview has it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.learner.overview_card import thumbnail_pixmap
from gui.style.appearance import appearance, connect_while_visible
from gui.style.theme import theme


class LoadingOverlay(QWidget):
    """Lies over the whole of a stage, where nothing but empty axes is to be seen yet; ``lift`` takes it away for good.

    An experiment may compute for a second before it has anything to show.
    """

    def __init__(self, experiment_id: str, stage: QWidget) -> None:
        super().__init__(stage)
        self._experiment_id = experiment_id
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        stage.installEventFilter(self)
        connect_while_visible(self, appearance().changed, self.update)

    def lift(self) -> None:
        """The first frame is there."""
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
