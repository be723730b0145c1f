"""The tables show what the engine gives, copy it with all its digits, and keep pace with a run."""

from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from engine.contract.catalogue import load
from engine.contract.run import Run
from engine.contract.table import Column, Table
from engine.contract.text import LANGUAGES
from engine.playing import Player
from gui.panels.copying import full_value, tsv
from gui.panels.data.data_panel import DataPanel
from gui.panels.data.sheet import TableModel, shown_value
from gui.style.language import set_language
from gui.style.theme import set_theme
from gui.style.tokens import GRID
from gui.style.typography import set_zoom
from tests.bilingual import both
from tests.pace import within


@dataclass
class Tables:
    found: tuple
    asked: int = 0

    def tables(self, params, frame):
        self.asked += 1
        return self.found


@pytest.fixture
def panel(qtbot, gates):
    made = DataPanel()
    qtbot.addWidget(made)
    made.resize(340, 400)
    made.show()
    made.show_snapshot(*gates.parts())
    return made


def _clipboard():
    return QGuiApplication.clipboard().text()


def _cell(panel, row, column, role=Qt.ItemDataRole.DisplayRole):
    return panel.model.data(panel.model.index(row, column), role)


def test_every_table_can_be_chosen(panel, gates, qtbot):
    tables = gates.experiment.tables(gates.params, gates.frame)
    names = [panel.chooser.itemText(index) for index in range(panel.chooser.count())]
    assert names == [table.title.render("en") for table in tables]
    for index, table in enumerate(tables):
        panel.chooser.setCurrentIndex(index)
        panel.chooser.activated.emit(index)
        assert panel.model.rowCount() == len(table.rows)
        headings = [panel.model.headerData(c, Qt.Orientation.Horizontal) for c in range(panel.model.columnCount())]
        assert headings == [column.title.render("en") for column in table.columns]


def test_tables_and_columns_are_called_in_words_of_the_language_while_copies_keep_their_names(panel, gates, qtbot):
    sums, time = Column("weighted_sum", [1], label=both("weighted sum", "加权和")), Column("time_taken", [2], "ms")
    named, table = (Table("truth_table", (sums, time), label) for label in (both("truth table", "真值表"), None))
    panel.show_snapshot(Tables((named, table)), gates.params, gates.frame)
    qtbot.waitUntil(lambda: panel.model.columnCount() == 2)
    for language, name, heading in (("en", "truth table", "weighted sum"), ("zh_CN", "真值表", "加权和")):
        set_language(language)
        assert panel.chooser.itemText(0) == name
        assert panel.model.headerData(0, Qt.Orientation.Horizontal) == heading
        assert panel.model.headerData(1, Qt.Orientation.Horizontal) == "time taken [ms]"
    panel.copy_table()
    assert _clipboard().splitlines()[0] == "weighted_sum\ttime_taken [ms]"


def test_names_of_options_are_told_as_the_controls_tell_them_and_copied_as_files_have_them(panel, qtbot):
    experiment = load("activations")
    params = experiment.params_type().replaced({"functions": ("relu", "identity")})
    panel.show_snapshot(experiment, params, Player(experiment, Run("activations", params)).go(0))
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2 and panel.model.table.name == "at_cursor")
    assert {_cell(panel, row, 0) for row in (0, 1)} == {"ReLU", "identity"}
    set_language("zh_CN")
    assert {_cell(panel, row, 0) for row in (0, 1)} == {"ReLU", "恒等"}
    assert {_cell(panel, row, 0, Qt.ItemDataRole.ToolTipRole) for row in (0, 1)} == {"relu", "identity"}
    panel.copy_table()
    assert "relu" in _clipboard() and "ReLU" not in _clipboard()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_is_cut(panel, qtbot, language):
    set_language(language)
    experiment = load("softmax")
    params = experiment.params_type().replaced({"view": "batch"})
    panel.show_snapshot(experiment, params, Player(experiment, Run("softmax", params)).go(0))
    qtbot.waitUntil(lambda: panel.model.table.name == "batch")
    header = panel.view.horizontalHeader()
    for column in range(panel.model.columnCount()):
        assert panel.view.columnWidth(column) >= header.sectionSizeHint(column) + GRID // 2


def test_one_table_needs_no_chooser_and_none_says_so(panel, gates, qtbot):
    panel.show_snapshot(Tables((Table("only", (Column("x", [1], "m"),)),)), gates.params, gates.frame)
    qtbot.waitUntil(lambda: panel.chooser.isHidden())
    assert panel.model.headerData(0, Qt.Orientation.Horizontal) == "x [m]"
    panel.show_snapshot(Tables(()), gates.params, gates.frame)
    qtbot.waitUntil(lambda: not panel._empty.isHidden())
    assert panel._empty.text() == "There are no tables here."
    assert panel.save_button.isHidden()


def test_numbers_are_short_and_whole_in_the_tip(panel):
    sums = 2
    assert _cell(panel, 0, sums) == "−0.2"
    assert _cell(panel, 3, 7) == "1.13137"
    assert float(_cell(panel, 3, 7, Qt.ItemDataRole.ToolTipRole)) == pytest.approx(1.1313708498984762, rel=1e-15)
    assert _cell(panel, 0, sums, Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert [_cell(panel, row, 5) for row in range(4)] == ["true", "false", "false", "true"]


@pytest.mark.parametrize(
    ("value", "shown", "full"),
    [
        (1 / 3, "0.333333", repr(1 / 3)), (-2, "−2", "-2"), (123456789, "123456789", "123456789"), (-0.0, "0", "-0.0"),
        (True, "true", "true"), (np.float64(0.5), "0.5", "0.5"), (np.int64(7), "7", "7"),
        (np.bool_(False), "false", "false"), ("a\tb\nc", "a\tb\nc", "a b c"), (float("nan"), "nan", "nan"),
        (np.float32(0.1), "0.1", repr(float(np.float32(0.1)))),
    ],
)  # fmt: skip
def test_values_are_shown_and_copied(value, shown, full):
    assert shown_value(value) == shown
    assert full_value(value) == full


def test_the_whole_table_is_copied_with_headings(panel, gates):
    panel.copy_button.click()
    table = gates.experiment.tables(gates.params, gates.frame)[0]
    lines = _clipboard().splitlines()
    assert lines[0].split("\t") == [column.heading for column in table.columns]
    assert [float(line.split("\t")[2]) for line in lines[1:]] == table.columns[2].values
    assert len(lines) == 5


def test_the_selection_is_copied_by_key(panel):
    panel.view.setFocus()
    for row, column in ((0, 2), (1, 2), (1, 3)):
        panel.view.selectionModel().select(panel.model.index(row, column), QItemSelectionModel.SelectionFlag.Select)
    QTest.keyClick(panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert _clipboard() == "-0.2\t\n0.3\t1\n"


def test_nothing_selected_leaves_the_clipboard_alone(panel):
    QGuiApplication.clipboard().setText("mine")
    panel.view.copy_selection()
    assert _clipboard() == "mine"


def test_saving_is_asked_for(panel, qtbot):
    with qtbot.waitSignal(panel.export_requested):
        panel.save_button.click()


def test_another_frame_changes_the_values_and_keeps_selection_and_choice(panel, gates, qtbot):
    panel.chooser.setCurrentIndex(1)
    panel.chooser.activated.emit(1)
    index = panel.model.index(0, 2)
    panel.view.selectionModel().select(QItemSelection(index, index), QItemSelectionModel.SelectionFlag.Select)
    panel.show_snapshot(*gates.with_changes(b=-0.7).parts())
    qtbot.waitUntil(lambda: _cell(panel, 0, 2) == "−0.7")
    assert panel.chooser.currentData() == "neuron"
    assert panel.view.selectionModel().isSelected(index)


def test_many_frames_at_once_are_few_refreshes_and_the_last_is_shown(panel, gates, qtbot):
    tables = Tables(())
    for number in range(100):
        tables.found = (Table("t", (Column("n", [number]),)),)
        panel.show_snapshot(tables, gates.params, gates.frame)
    qtbot.waitUntil(lambda: panel.model.columnCount() == 1 and _cell(panel, 0, 0) == "99")
    assert tables.asked <= 3


def test_a_hidden_panel_makes_no_tables_until_it_is_seen(panel, gates):
    tables = Tables((Table("t", (Column("n", [1]),)),))
    panel.hide()
    for _ in range(5):
        panel.show_snapshot(tables, gates.params, gates.frame)
    assert tables.asked == 0
    panel.show()
    assert tables.asked == 1
    assert _cell(panel, 0, 0) == "1"


def test_it_switches_language_theme_and_size(panel):
    set_language("zh_CN")
    set_theme("dark")
    assert panel.copy_button.text() == "复制表格"
    assert panel.save_button.text() == "存为 CSV…"
    before = panel.view.verticalHeader().defaultSectionSize()
    set_zoom(2.0)
    assert panel.view.verticalHeader().defaultSectionSize() > 1.5 * before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_the_buttons_fit_at_any_size(panel, qtbot, language, factor):
    set_language(language)
    set_zoom(factor)
    panel.resize(300, 500)

    def fits():
        return all(
            button.width() >= button.sizeHint().width() and button.geometry().right() < panel.width()
            for button in (panel.copy_button, panel.save_button)
        )

    qtbot.waitUntil(fits)


def test_a_long_table_is_replaced_quickly(qtbot):
    from time import thread_time

    model = TableModel()
    values = np.arange(65_536.0)
    tables = [Table("t", tuple(Column(f"c{n}", values + shift) for n in range(8))) for shift in (0, 1)]
    model.set_table(tables[0])
    begin = thread_time()
    for turn in range(20):
        assert not model.set_table(tables[turn % 2])
    assert within((thread_time() - begin) / 20, 0.005)


def test_a_table_without_rows_is_replaced_by_another_in_silence():
    empty = Table("empty", (Column("x", ()), Column("y", ())))
    model, told = TableModel(), []
    model.dataChanged.connect(lambda first, last, _: told.append((first.isValid(), last.isValid())))
    model.set_table(empty)
    model.set_table(empty)
    assert told == []


def test_tsv_has_a_line_per_row():
    assert tsv([["a", "b"], [1, 0.1]]) == "a\tb\n1\t0.1\n"
