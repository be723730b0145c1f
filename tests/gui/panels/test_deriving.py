"""Deriving in the window: formulas right and wrong, a cell that lights, what is kept, and what is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.derivations.reading import load_words
from engine.exercises import ids_of
from gui.app.faults import Faults
from gui.app.settings import Settings
from gui.style.language import set_language
from gui.style.typography import set_zoom
from gui.window.main_window import MainWindow
from tests.gui.window.shown import shown


def deriving(qtbot, window, experiment_id):
    """An experiment's page with the panel in which one derives in front."""
    page = shown(qtbot, window, experiment_id)
    panel = page.panels.begin_deriving()
    page.panels.setCurrentWidget(panel.parentWidget())
    qtbot.waitUntil(panel.isVisible)
    return page, panel


def typed(panel, *formulas):
    """Type formulas one after the other, each into the line that is open then; the last line they were typed into."""
    for formula in formulas:
        row = panel.open_row
        row.box.setText(formula)
        QTest.keyClick(row.box, Qt.Key.Key_Return)
    return row


def _visible(panel):
    return [row.isVisible() for row in panel.rows].count(True)


def test_lines_come_one_by_one_and_what_is_wrong_is_told_with_both_numbers(qtbot, window, settings, tmp_path):
    page, panel = deriving(qtbot, window, "activations")
    assert _visible(panel) == 1 and not panel.rows[0].show_it.isVisible()
    row = typed(panel, "1/n^2")
    assert row.outcome == (
        "With the numbers of the stage: yours 0.7758, right −0.7758. As n grows, 1/n falls. Its slope is below 0."
    )
    typed(panel, "1/(n")
    assert row.outcome == "Column 3: the ( here is never closed." and not row.show_it.isVisible()
    row.hint.click()
    assert row.notes == "1/n is n to the power of −1."
    typed(panel, "-1/n**2")
    assert row.stands == "-1/n**2" and row.formula == "∂y/∂n = −1/n²" and "y falls as n grows" in row.notes
    assert _visible(panel) == 2 and panel.open_row is panel.rows[1] and panel.rows[1].box.hasFocus()
    # Another place of the cursor is another number at which a formula is asked.
    page.controller.edit({"x": 1.0})
    qtbot.waitUntil(lambda: page.controller.snapshot.params.x == 1.0)
    row = typed(panel, "1", "u")
    assert "yours 0.3679, right −0.3679" in row.outcome
    # Whoever looks at a line has not derived it, and whoever derives it anew has.
    typed(panel, "2u")
    row.show_it.click()
    assert row.stands == "" and row.formula == "∂u/∂a = −u" and row.notes.startswith("This line was shown.")
    typed(panel, "u/n²", "1-y", "y(1-y)")
    # Enter, pressed once too often behind the last line, takes nothing away.
    assert panel.is_whole and "y·(1 − y)" in panel.whole.text() and panel.use.hasFocus()
    QTest.keyClick(panel.use, Qt.Key.Key_Return)
    assert panel.is_whole
    qtbot.waitUntil(lambda: panel.use.visibleRegion().boundingRect().height() == panel.use.height())
    assert window.learner.progress("activations").derived == frozenset()
    lines = window.learner.progress("activations").lines
    assert lines["sigmoid_slope/quotient"] == "-1/n**2" and lines["sigmoid_slope/exponential"] == ""

    other = MainWindow(Settings(settings.path), Faults(tmp_path / "other.txt"))
    qtbot.addWidget(other)
    other.show()
    _, again = deriving(qtbot, other, "activations")
    assert again.is_whole and [row.stands for row in again.rows] == [lines[f"sigmoid_slope/{row_id}"] for row_id in (
        "quotient", "sum", "exponential", "product", "in_y", "slope")]  # fmt: skip
    again.anew.click()
    assert _visible(again) == 1 and other.learner.progress("activations").lines == {}
    typed(again, "-1/n^2", "1", "-u", "u/n²", "1-y", "y-y²")
    assert again.is_whole and other.learner.progress("activations").derived == {"sigmoid_slope"}
    again.anew.click()
    # In another language and at twice the size it goes on from the same line.
    typed(again, "-1/n^2")
    set_language("zh_CN")
    set_zoom(2.0)
    other.page.show_column()
    assert again.rows[0].notes == load_words("sigmoid_slope", "zh_CN").lines[0].gap.after
    assert _visible(again) == 2 and again.horizontalScrollBar().maximum() == 0
    assert other.learner.progress("activations").derived == {"sigmoid_slope"}
    other.close()


def test_a_cell_lights_once_its_line_stands_and_undo_takes_that_back(qtbot, window):
    page, panel = deriving(qtbot, window, "layers")
    before = page.editor.params
    typed(panel, "x00*w00 + x01*w10 + x02*w20 + b0")
    assert (page.editor.params.part, page.editor.params.selected) == ("z", (0, 0))
    typed(panel, "X[0,1]", "x01 dz00 + x11 dz10")
    assert (page.editor.params.part, page.editor.params.selected) == ("dw", (1, 0))
    panel.rows[0].light.click()
    assert page.editor.params.part == "z"
    page.editor.undo_stack.undo()
    assert page.editor.params.part == "dw"
    row = typed(panel, "(2, 2)")
    assert "yours (2, 2), right (3, 2)" in row.outcome
    row = typed(panel, "(3, 2)", "X·dZ")
    assert "does not fit" in row.outcome
    # The other derivation is about another layer, which comes by a button, and a cell of it with it.
    panel.chooser.setCurrentIndex(1)
    assert panel.to_the_stage.isVisible() and _visible(panel) == 1
    typed(panel, "-log(yc)")
    assert page.editor.params.layer == "affine"
    panel.to_the_stage.click()
    qtbot.waitUntil(lambda: not panel.to_the_stage.isVisible())
    assert page.editor.params.layer == "softmax_loss" and page.editor.params.x == before.x
    panel.chooser.setCurrentIndex(0)
    assert [row.stands is not None for row in panel.rows].count(True) == 4


def test_only_experiments_with_a_derivation_have_the_tab(qtbot, window):
    for experiment_id, there in (("gates", False), ("layers", True)):
        tabs = shown(qtbot, window, experiment_id).panels
        assert ("Derive" in [tabs.tabText(index) for index in range(tabs.count())]) == there
        assert tabs.isAncestorOf(tabs.guide)


def test_the_overview_counts_what_was_derived(qtbot, window):
    shown(qtbot, window, "layers")
    window.learner.derive("layers", "softmax_loss")
    window.show_overview()
    card = window.overview.cards["layers"]
    assert card.state_words == "Begun, goal open · 1 of 2 derived"
    window.learner.write("layers", "affine")
    window.show_overview()
    assert card.state_words == f"Begun · 1/{len(ids_of('layers'))} written · 1/2 derived"
