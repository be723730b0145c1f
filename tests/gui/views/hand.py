"""What the tests of views do with a stage: draw on it, look at it, and drag with the pointer."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest


def brought_up(qtbot, made, shot, size=(900, 560)):
    """A view that is shown and drawn; what it asks for is collected in its ``edits``."""
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    made.draw(shot.params, shot.frame)
    QTest.qWait(0)
    made.edits = []
    made.edited.connect(lambda changes, gesture: made.edits.append((dict(changes), gesture)))
    return made


def draw(view, shot, ghost=None) -> QImage:
    """Draw a snapshot and look at it."""
    view.draw(shot.params, shot.frame, ghost)
    return picture(view)


def picture(view) -> QImage:
    """What is to be seen of a view."""
    QTest.qWait(0)
    return view.grab().toImage()


def on_screen(view, plot, x, y) -> QPoint:
    """Where a place of a plot lies on the stage."""
    return view.stage.mapFromScene(plot.vb.mapViewToScene(QPointF(x, y)))


def drag(view, start: QPoint, end: QPoint) -> None:
    """Press, move in three steps, release."""
    port = view.stage.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for part in (0.3, 0.6, 1.0):
        QTest.mouseMove(port, start + (end - start) * part)
        QTest.qWait(0)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)
