"""A control in a window of its own, and what hands do to it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.contract.text import Text
from gui.form.controls import Control, control_for
from gui.style.language import translate
from tests.gui.form.writing import write


class ShownControl:
    """A control in a window, with what it asked for."""

    def __init__(self, qtbot: QtBot, field: object, value: object, accept: bool = True) -> None:
        self.control: Control = control_for("it", field)
        self.control.set_value(value)
        self.control.retranslate()
        self.control.restyle()
        self.asked: list[tuple[object, str]] = []
        self.ended = 0
        self.refusals: list[Text] = []
        self.control.edited.connect(self._edited)
        self.control.gesture_ended.connect(self._ended)
        self.control.refused.connect(self.refusals.append)
        self._accept = accept
        qtbot.addWidget(self.control)
        self.control.resize(300, 60)
        with qtbot.waitExposed(self.control):
            self.control.show()

    @property
    def reason(self) -> str | None:
        reason = self.control.reason()
        return None if reason is None else translate(reason)

    def _edited(self, value: object, gesture: str) -> None:
        self.asked.append((value, gesture))
        if self._accept:
            self.control.set_value(value)

    def _ended(self) -> None:
        self.ended += 1


def type_into(qtbot: QtBot, box: QWidget, text: str, key: Qt.Key | None = Qt.Key.Key_Return) -> None:
    box.setFocus()
    box.selectAll()
    write(box, text)
    if key is not None:
        qtbot.keyClick(box, key)


def leave(box: QWidget) -> None:
    QApplication.sendEvent(box, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))


def turn_wheel(widget: QWidget, notches: int) -> QWheelEvent:
    event = QWheelEvent(
        QPointF(3, 3),
        widget.mapToGlobal(QPointF(3, 3)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event
