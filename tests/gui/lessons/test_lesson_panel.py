"""What stands in a lesson can be found on its ground, in both themes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from engine.lessons import shipped_lessons
from engine.lessons.reading import read_lesson
from engine.lessons.unanswered import no_answers
from gui.lessons.lesson_panel import LessonPanel
from gui.lessons.step_view import StepView
from gui.style.foreground import contrast
from gui.style.theme import set_theme, theme


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_box_for_a_number_has_an_edge_that_can_be_seen(qtbot, name):
    set_theme(name)
    lesson = read_lesson(shipped_lessons()[0])
    number, step = next(pair for pair in enumerate(lesson.steps) if pair[1].question and pair[1].question.number)
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(900, 600)
    panel = LessonPanel(page)
    panel.show_step(StepView(step, no_answers(lesson).steps[number]), lesson.title, number + 1, len(lesson.steps))
    panel.resize(900, 300)
    page.show()
    box = panel.view.row.entry.box
    picture = page.grab().toImage()
    place = box.mapTo(page, QPoint(0, box.height() // 2))
    edge = [picture.pixelColor(place.x() + by, place.y()).name() for by in range(3)]
    assert picture.pixelColor(place.x() - 2, place.y()).name() == theme().surface
    assert max(contrast(one, theme().surface) for one in edge) >= 3, edge
