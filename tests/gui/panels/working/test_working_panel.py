"""The working stands as formula, numbers and result, and follows the frame without losing a selection."""

import re
from dataclasses import dataclass

import pytest
from PySide6.QtGui import QGuiApplication, QTextCursor

from engine.contract.catalogue import load
from engine.contract.run import Run
from engine.playing import Player
from gui.panels.working.working_panel import WorkingPanel
from gui.style.language import set_language
from gui.style.theme import set_theme, theme
from gui.style.typography import set_zoom


@dataclass
class NoWorking:
    def working(self, params, frame):
        return ()


@pytest.fixture
def panel(qtbot, gates):
    made = WorkingPanel()
    qtbot.addWidget(made)
    made.resize(340, 500)
    made.show()
    made.show_snapshot(*gates.parts())
    return made


def _lines(panel):
    return panel.toPlainText().splitlines()


def test_a_line_is_formula_numbers_result_and_note(panel):
    assert _lines(panel)[:5] == [
        "a\t=\tw1·x1 + w2·x2 + b", "\t=\t0.5·0 + 0.5·1 − 0.2", "\t=\t0.3", "weighted sum and bias",
        "y\t=\tstep(a)",
    ]  # fmt: skip


def test_every_line_of_the_working_is_shown(panel, gates):
    shown = panel.toPlainText()
    for line in gates.experiment.working(gates.params, gates.frame):
        for part in (line.left, line.formula(), line.arithmetic(), line.result_text(), line.note.render("en")):
            assert part.replace("sqrt(", "√(").replace("^2", "²") in shown


def test_another_frame_changes_the_numbers_and_keeps_the_selection(panel, gates):
    cursor = panel.document().find("weighted sum and bias")
    panel.setTextCursor(cursor)
    panel.show_snapshot(*gates.with_changes(b=-0.7).parts())
    assert "0.5·0 + 0.5·1 − 0.7" in panel.toPlainText()
    assert "0.5·0 + 0.5·1 − 0.2" not in panel.toPlainText()
    assert panel.textCursor().selectedText() == "weighted sum and bias"


def test_fewer_lines_are_shown_when_there_are_fewer(panel, gates):
    before = panel.toPlainText()
    panel.show_snapshot(*gates.with_changes(w1=0.0, w2=0.0).parts())
    assert "distance from the line" in before
    assert "distance from the line" not in panel.toPlainText()
    panel.show_snapshot(*gates.parts())
    assert panel.toPlainText() == before


def test_without_working_it_says_so(panel, gates):
    panel.show_snapshot(NoWorking(), gates.params, gates.frame)
    assert panel.toPlainText() == "Nothing is to be worked out here."
    set_language("zh_CN")
    assert panel.toPlainText() == "这里没有要演算的算式。"


def test_a_hidden_panel_does_nothing_until_it_is_seen(panel, gates):
    class Counting:
        asked = 0

        def working(self, params, frame):
            self.asked += 1
            return gates.experiment.working(params, frame)

    counting = Counting()
    panel.hide()
    for _ in range(5):
        panel.show_snapshot(counting, gates.params, gates.frame)
    assert counting.asked == 0
    panel.show()
    assert counting.asked == 1


def test_it_switches_language_theme_and_size(panel):
    set_language("zh_CN")
    assert "加权和，再加偏置" in panel.toPlainText()
    set_theme("dark")
    cursor = panel.document().find("0.3")
    assert cursor.charFormat().foreground().color().name() == theme().text
    before = cursor.charFormat().font().pixelSize()
    set_zoom(2.0)
    assert panel.document().find("0.3").charFormat().font().pixelSize() == 2 * before


@pytest.mark.parametrize(("width", "factor"), [(300, 1.0), (300, 2.0)])
def test_no_line_is_wider_than_the_panel(panel, width, factor):
    set_zoom(factor)
    panel.resize(width, 500)
    assert panel.document().size().width() <= panel.viewport().width()
    assert panel.horizontalScrollBar().maximum() == 0


def test_signs_of_equality_stand_below_one_another(panel):
    places = set()
    cursor = QTextCursor(panel.document())
    while not (cursor := panel.document().find("=", cursor)).isNull():
        places.add(panel.cursorRect(cursor).x())
    assert len(places) == 1


def test_roots_and_powers_are_written_as_on_paper(panel):
    assert "d\t=\ta / √(w1² + w2²)" in _lines(panel)


def test_what_wraps_goes_on_below_its_own_text(panel):
    set_zoom(2.0)
    panel.resize(300, 500)
    block = panel.document().firstBlock()
    layout = block.layout()
    assert layout.lineCount() > 1
    begins = layout.lineAt(0).cursorToX(block.text().index("w1"))
    begins = begins[0] if isinstance(begins, tuple) else begins
    assert layout.lineAt(1).x() == pytest.approx(begins, abs=1)


def test_a_line_never_breaks_within_a_number(qtbot):
    """A product has no spaces, so at a narrow panel it broke wherever its line was full."""
    experiment = load("activations")
    params = experiment.params_type().replaced({"view": "stack"})
    frame = Player(experiment, Run("activations", params)).go(0)
    panel = WorkingPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_snapshot(experiment, params, frame)
    product = "0.104994·0.207156·0.22119"
    for width in range(200, 420, 20):
        panel.resize(width, 500)
        block = panel.document().begin()
        while block.isValid():
            layout, text = block.layout(), block.text()
            for line in range(layout.lineCount() - 1):
                end = layout.lineAt(line).textStart() + layout.lineAt(line).textLength()
                assert not re.match(r"[\d.][\d.]", text[end - 1 : end + 1]), (width, text, end)
            block = block.next()
    panel.selectAll()
    panel.copy()
    assert product in QGuiApplication.clipboard().text()
