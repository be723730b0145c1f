"""Explains any widget of the window in a sentence, for "What's this?": from a field's help text, the probe of a plot,
the glossary or the list below.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QTabBar, QTableView, QTextEdit, QWidget

from engine.contract.text import Text
from engine.glossary import Term, mentioned, mentions
from gui.form.controls.base import Control
from gui.form.form import Form
from gui.form.row import Row
from gui.learner.goal_strip import GoalStrip
from gui.learner.overview import Overview
from gui.page.headline import Headline, ProbeLine
from gui.page.timeline_bar import TimelineBar
from gui.page.transport import Transport
from gui.panels.code.code_panel import CodePanel
from gui.panels.data.data_panel import DataPanel
from gui.panels.guide.guide_panel import GuidePanel
from gui.panels.guide.try_row import TryRow
from gui.panels.working.working_panel import WorkingPanel
from gui.stage.accessible.help_texts import Meaning, meaning_at
from gui.stage.view import View
from gui.style.language import language, translate
from gui.style.plain import letters_of
from gui.window import words

_PARTS: tuple[tuple[type[QWidget], Text, Text], ...] = (
    (
        TimelineBar,
        words.TIMELINE,
        Text("The course of the run: press or drag to look at any earlier place of it."),
    ),
    (
        Transport,
        Text("The run"),
        Text("Run, pause, single steps forwards and back, and the speed."),
    ),
    (
        GoalStrip,
        Text("Goal"),
        Text("What is to be reached here, and how far the picture is from it now; hints help, one at a time."),
    ),
    (
        Headline,
        Text("What is to be seen"),
        Text("The picture in one sentence, with numbers that were just computed, and what was changed."),
    ),
    (
        ProbeLine,
        Text("Under the pointer"),
        Text("What the place under the pointer means."),
    ),
    (
        TryRow,
        Text("Try"),
        Text("A question: choose an answer first, then the picture shows what comes of it, and why."),
    ),
    (
        GuidePanel,
        words.GUIDE,
        Text("Asks a question, suggests what to try, and says where to look."),
    ),
    (
        WorkingPanel,
        words.WORKING,
        Text("How the numbers of the picture are worked out, digit by digit."),
    ),
    (
        CodePanel,
        words.CODE,
        Text("The very functions that compute what is shown."),
    ),
    (
        DataPanel,
        words.DATA,
        Text("All numbers of the picture as tables, to copy or export."),
    ),
    (
        Form,
        words.CONTROLS,
        Text("What can be changed; every change is drawn at once."),
    ),
    (
        Overview,
        words.OVERVIEW,
        Text("All experiments on a path; marks say what was begun, reached, or is to be asked again."),
    ),
)


def meaning_of(widget: QWidget | None, place: QPoint) -> Meaning | None:
    """Name and explanation of what is at ``place``, in global screen coordinates. ``widget`` is the innermost widget
    there; its ancestors are asked next. None if none has an explanation.
    """
    while widget is not None and not widget.isWindow():
        found = _of_one(widget, place) or _of_part(widget)
        if found is not None:
            return found
        widget = widget.parentWidget()
    return None


def _of_one(widget: QWidget, place: QPoint) -> Meaning | None:
    if isinstance(widget, View):
        return meaning_at(widget, widget.stage.viewport().mapFromGlobal(place))
    if isinstance(widget, Row):
        return _of_one(widget.content, place) if isinstance(widget.content, Control) else None
    if isinstance(widget, Control):
        return Meaning(translate(widget.field.label), translate(widget.tip()))
    if isinstance(widget, QTabBar):
        return _of_tab(widget, widget.tabAt(widget.mapFromGlobal(place)))
    if isinstance(widget, QTableView):
        return _of_column(widget, place)
    if isinstance(widget, QTextEdit):
        return _of_word(widget, place)
    if isinstance(widget, QLabel):
        terms = mentioned(widget.text(), language())
        return _of_term(terms[0]) if terms else None
    if isinstance(widget, QAbstractButton | QComboBox) and widget.toolTip():
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        tip = letters_of(widget.toolTip())
        return Meaning(text if text != tip else "", tip)
    return None


def _of_part(widget: QWidget) -> Meaning | None:
    for kind, name, sentence in _PARTS:
        if isinstance(widget, kind):
            return Meaning(translate(name), translate(sentence))
    return None


def _of_tab(tabs: QTabBar, index: int) -> Meaning | None:
    if index < 0:
        return None
    name = tabs.tabText(index)
    part = next((translate(sentence) for _, part, sentence in _PARTS if translate(part) == name), "")
    sentence = tabs.tabToolTip(index) or part
    return Meaning(name, sentence) if sentence else None


def _of_column(table: QTableView, place: QPoint) -> Meaning | None:
    """The heading of a table's column and the full value of the cell at ``place`` (global coordinates)."""
    index = table.indexAt(table.viewport().mapFromGlobal(place))
    if not index.isValid():
        return None
    heading = str(table.model().headerData(index.column(), Qt.Orientation.Horizontal) or "")
    return Meaning(heading, letters_of(str(index.data(Qt.ItemDataRole.ToolTipRole) or index.data())))


def _of_word(text: QTextEdit, place: QPoint) -> Meaning | None:
    """The glossary's explanation of the term at ``place`` (global coordinates) in a text; None if there is none."""
    spot = text.viewport().mapFromGlobal(place)
    cursor = text.cursorForPosition(spot)
    # A cursor stands between two signs, at the nearer side of the one that is pointed at.
    column = cursor.positionInBlock() - (spot.x() < text.cursorRect(cursor).center().x())
    for term, start, end in mentions(cursor.block().text(), language()):
        if start <= column < end:
            return _of_term(term)
    return None


def _of_term(term: Term) -> Meaning:
    return Meaning(translate(term.name), translate(term.definition))
