"""What the tests of views do with a stage: draw on it, look at it, and drag with the pointer."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.contract.catalogue import load
from engine.playing import opened
from gui.stage.view import Snapshot
from gui.style.language import set_language
from gui.style.theme import set_theme
from gui.style.typography import set_zoom
from gui.views import load_view

SIZES = ((900, 560), (620, 300), (500, 700), (1500, 900))
"""A stage in an ordinary window, low, narrow and large."""
BY_SIZE = [pytest.param(size, marks=[pytest.mark.whole] * (size not in SIZES[1:3])) for size in SIZES]
"""Cases of a law about room: the low and the narrow stage every day, where room is short, all with ``--whole``."""


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


def opened_view(qtbot, experiment_id, preset=None, size=(900, 560)):
    """The view of an experiment as it opens, or as one of its presets does."""
    experiment = load(experiment_id)
    changes = next((one.changes for one in experiment.presets if one.id == preset), {})
    player, frame = opened(experiment, experiment.params_type().replaced(changes))
    return brought_up(qtbot, load_view(experiment_id)(experiment), Snapshot(player.params, frame), size)


def draw(view, shot, ghost=None) -> QImage:
    """Draw a snapshot and look at it."""
    view.draw(shot.params, shot.frame, ghost)
    return picture(view)


def picture(view) -> QImage:
    """What is to be seen of a view."""
    QTest.qWait(0)
    return view.grab().toImage()


def difference(one: QImage, other: QImage) -> str:
    """Where two pictures differ, in words for the one who reads a failed test; empty where they do not."""
    if one == other:
        return ""
    if one.size() != other.size():
        return f"{one.size().toTuple()} and {other.size().toTuple()} pixels"
    rows, columns = np.nonzero(_pixels(one) != _pixels(other))
    if not len(rows):
        return ""  # in what cannot be seen
    across, up = (f"{least} to {most}" for least, most in (_ends(columns), _ends(rows)))
    return f"{len(rows)} pixels differ, x from {across}, y from {up}"


def _pixels(image: QImage) -> np.ndarray:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), plain.width())


def _ends(places: np.ndarray) -> tuple[int, int]:
    return int(places.min()), int(places.max())


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


def check_appearance(view, *shots) -> None:
    """Language, theme and zoom change each picture at once, and it comes back as it was."""
    for shot in shots:
        before = draw(view, shot)
        seen = [before]
        for change in (lambda: set_language("zh_CN"), lambda: set_theme("dark"), lambda: set_zoom(2.0)):
            change()
            seen.append(picture(view))
        assert len({hash(bytes(image.constBits())) for image in seen}) == len(seen)
        set_zoom(1.0)
        set_theme("light")
        set_language("en")
        assert picture(view) == before


def check_export(view, *controls) -> None:
    """An export leaves out handles and the given controls; afterwards all is as it was."""
    with_hand = picture(view)
    view.for_export(True)
    for control in controls:
        control.setExportMode(True)
    assert picture(view) != with_hand
    assert not any(item.isVisible() for item in view.handle_items.values())
    for control in controls:
        control.setExportMode(False)
    view.for_export(False)
    assert picture(view) == with_hand


def check_restyled(view, shot, theme_name: str, language: str) -> None:
    """Another theme or language changes the picture as if it were drawn anew, and it comes back as it was."""
    before = picture(view)
    set_theme(theme_name)
    set_language(language)
    changed = picture(view)
    assert (changed != before) == ((theme_name, language) != ("light", "en"))
    assert changed == draw(view, shot)
    set_theme("light")
    set_language("en")
    assert picture(view) == before


def turn(view, at: QPoint, delta: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWheelEvent:
    """Turn the wheel over a place of the stage by ``delta`` units, of which a notch has 120, with modifier keys."""
    port = view.stage.viewport()
    event = QWheelEvent(
        QPointF(at), QPointF(port.mapToGlobal(at)), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
        keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(port, event)
    return event
