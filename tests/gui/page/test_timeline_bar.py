"""The line of a run says what its cross means."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from engine.contract.experiment import Unit
from engine.contract.frame import Frame, Status
from engine.contract.params import Params
from engine.contract.text import untranslated
from gui.page.timeline_bar import TimelineBar
from gui.run.frame_memory import FrameMemory
from gui.run.timeline import Timeline
from gui.style.language import translate
from gui.window import words
from tests.bilingual import both


class _NoParams(Params):
    pass


def _bar(qtbot, *kinds):
    timeline = Timeline((Unit("update", both("update", "次")),), FrameMemory())
    for update, kind in enumerate(kinds):
        frame = Frame(update=update, counts=(update,), status=kind and Status(kind, untranslated(kind)))
        timeline.add(frame, _NoParams())
    bar = TimelineBar()
    qtbot.addWidget(bar)
    bar.resize(224, 28)
    bar.show_timeline(timeline, len(kinds) - 1, 10)
    bar.show()
    return bar


def test_the_cross_where_a_run_diverged_says_so_and_no_other_place_does(qtbot, monkeypatch):
    bar = _bar(qtbot, None, None, None, None, None, "diverged", "diverged")
    assert bar.meaning_at(112) == translate(words.DIVERGED_HERE)
    assert not bar.meaning_at(60) and not bar.meaning_at(170)
    told = []
    monkeypatch.setattr(QToolTip, "showText", lambda place, text, widget: told.append(text))
    for x in (112, 60):
        place = QPoint(x, 14)
        QApplication.sendEvent(bar, QHelpEvent(QEvent.Type.ToolTip, place, bar.mapToGlobal(place)))
    assert told == [translate(words.DIVERGED_HERE)]


def test_where_nothing_diverged_there_is_nothing_to_say(qtbot):
    bar = _bar(qtbot, None, None, None)
    assert not any(bar.meaning_at(x) for x in range(0, 224, 4))
