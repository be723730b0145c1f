"""The points table: numbers by keyboard, rows added and deleted, limits said in words, bad cells kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from engine.contract.catalogue import load
from engine.contract.fields import LabelledPoints
from engine.contract.language import LANGUAGES
from gui.form.controls.labelled_points import Control
from gui.form.editor import ParameterEditor
from gui.form.form import Form
from gui.form.points_table import PointsTable
from gui.style.language import set_language
from gui.style.typography import px, set_zoom
from tests.bilingual import both
from tests.gui.form.writing import write

pytestmark = pytest.mark.long

_FIELD = LabelledPoints(label=both("Points", "点"), minimum=-3, maximum=3, classes=2, fewest=2, most=4)
_START = ((0.5, -1.0, 0), (1.0, 0.25, 1), (0.0, 0.0, 1))


class _Asked:
    """A control with its table open, accepting what is asked for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.values: list[tuple] = []
        self.control = Control("points", _FIELD)
        self.control.set_value(_START)
        self.control.retranslate()
        self.control.restyle()
        self.control.edited.connect(self._edited)
        qtbot.addWidget(self.control)
        with qtbot.waitExposed(self.control):
            self.control.show()
        qtbot.mouseClick(self.control.button, Qt.MouseButton.LeftButton)
        self.table: PointsTable = self.control.table
        qtbot.waitExposed(self.table)

    def _edited(self, value: object, gesture: str) -> None:
        self.values.append(value)
        self.control.set_value(value)

    def index(self, row: int, column: int) -> QModelIndex:
        return self.control.model.index(row, column)

    def type(self, qtbot: QtBot, row: int, column: int, text: str) -> None:
        self.table.view.setCurrentIndex(self.index(row, column))
        self.table.view.edit(self.index(row, column))
        line = self.table.view.findChild(QLineEdit)
        line.selectAll()
        write(line, text)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        # The view takes the text over only when control is back in the event loop.
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def select(self, *rows: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.table.view.clearSelection()
        for row in rows:
            self.table.view.selectionModel().select(self.index(row, 0), flags.Select)


@pytest.fixture
def asked(qtbot: QtBot) -> Iterator[_Asked]:
    asked = _Asked(qtbot)
    yield asked
    asked.table.close()


def test_the_table_stands_beside_the_run(asked: _Asked) -> None:
    assert asked.table.isVisible()
    assert not asked.table.isModal()
    assert asked.control.model.rowCount() == 3


def test_a_cell_is_typed(qtbot: QtBot, asked: _Asked) -> None:
    asked.type(qtbot, 0, 1, "－２．５")
    assert asked.values == [((0.5, -2.5, 0), *_START[1:])]
    asked.type(qtbot, 2, 2, "0")
    assert asked.values[-1][2] == (0.0, 0.0, 0)
    assert isinstance(asked.values[-1][2][2], int)


@pytest.mark.parametrize(
    ("column", "typed", "english", "chinese"),
    [
        (0, "9", "Row 2: 9 is outside −3 to 3.", "第 2 行：9 超出范围，应取 −3 到 3。"),
        (2, "2", "Row 2: 2 is outside 0 to 1.", "第 2 行：2 超出范围，应取 0 到 1。"),
        (1, "x", "Row 2: “x” is not a number such as 0.5, 1/3 or 20%.", "第 2 行：“x”不是 0.5、1/3、20% 这样的数。"),
    ],
)
def test_a_bad_cell_stays_and_is_explained(
    qtbot: QtBot, asked: _Asked, column: int, typed: str, english: str, chinese: str
) -> None:
    asked.type(qtbot, 1, column, typed)
    assert asked.values == []
    assert asked.index(1, column).data() == typed
    assert asked.table.notice.text() == english
    assert asked.control.reason().render("en") == english
    set_language("zh_CN")
    asked.control.retranslate()
    assert asked.table.notice.text() == chinese
    asked.type(qtbot, 0, 0, "1")
    assert asked.values == [((1.0, -1.0, 0), *_START[1:])]
    assert asked.index(1, column).data() == typed
    asked.type(qtbot, 1, column, "1")
    assert asked.values[-1][1][column] == 1
    assert asked.control.reason() is None
    assert asked.table.notice.isHidden()


def test_points_are_added_up_to_the_limit(qtbot: QtBot, asked: _Asked) -> None:
    asked.table.view.setFocus()
    qtbot.keyClick(asked.table.view, Qt.Key.Key_Insert)
    assert asked.values == [(*_START, (0.0, 0.0, 0))]
    assert asked.table.view.currentIndex().row() == 3
    assert not asked.table.add_button.isEnabled()
    qtbot.keyClick(asked.table.view, Qt.Key.Key_Insert)
    assert len(asked.values) == 1


def test_points_are_deleted_down_to_the_limit(qtbot: QtBot, asked: _Asked) -> None:
    asked.select(0)
    assert asked.table.delete_button.isEnabled()
    qtbot.keyClick(asked.table.view, Qt.Key.Key_Delete)
    assert asked.values == [_START[1:]]
    asked.select(0)
    assert not asked.table.delete_button.isEnabled()
    qtbot.keyClick(asked.table.view, Qt.Key.Key_Delete)
    assert len(asked.values) == 1


def test_deleting_above_a_bad_cell_keeps_it(qtbot: QtBot, asked: _Asked) -> None:
    asked.type(qtbot, 2, 0, "far")
    asked.select(0)
    asked.table.delete_selected()
    assert asked.index(1, 0).data() == "far"
    assert asked.control.reason().render("en").startswith("Row 2:")


def test_other_points_replace_what_is_shown(qtbot: QtBot, asked: _Asked) -> None:
    asked.type(qtbot, 1, 0, "far")
    asked.control.set_value(((1.0, 1.0, 1), (2.0, 2.0, 0)))
    assert asked.control.model.rowCount() == 2
    assert asked.index(1, 0).data() == "2"
    assert asked.control.reason() is None


def test_giving_up_a_bad_cell_shows_the_points_again(qtbot: QtBot, asked: _Asked) -> None:
    asked.type(qtbot, 1, 0, "far")
    asked.control.discard()
    assert asked.index(1, 0).data() == "1"
    assert asked.control.reason() is None


def test_words_and_limits_follow_the_language(asked: _Asked) -> None:
    assert "2 to 4 points; coordinates −3 to 3; labels 0 to 1" in asked.table._limits.text()
    set_language("zh_CN")
    asked.control.retranslate()
    assert asked.table.windowTitle() == "点"
    assert "2 到 4 个点" in asked.table._limits.text()
    assert asked.control.model.headerData(2, Qt.Orientation.Horizontal) == "标签"
    assert asked.table.add_button.text() == "添加点"


def test_the_table_closes_when_its_control_is_no_longer_shown(asked: _Asked) -> None:
    asked.control.hide()
    QApplication.processEvents()
    assert not asked.table.isVisible()


@pytest.mark.parametrize(
    "text",
    ["x1,x2,label\n0.5,1,0\n-1, 0.25 ,1\n", "\ufeff0.5;1;0\n\n-1;0.25;1", "0.5\t1\t0\n-1\t1/4\t1.0",
     "sep=;\nx1;x2;类别\n0,5;1;0\n-1;0,25;1\n;;\n", "横坐标，纵坐标，标签\n０．５，1，0\n−1，¼，1",
     '"sep=,"\n"x1","x2","label"\n"0.5","1","0"\n"-1","0.25","1"'],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_points_are_read_from_a_csv_file(qtbot, tmp_path, text, encoding):
    asked = _Asked(qtbot)
    path = tmp_path / "points.csv"
    path.write_bytes(text.encode(encoding))
    asked.table.read_file(path)
    assert asked.values == [((0.5, 1.0, 0), (-1.0, 0.25, 1))]
    assert asked.control.model.rowCount() == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x1,x2,label\n1,2\n0,0,1", "line 2"),
        (b"1,2,0\nfar,away,1", "line 2"),
        (b"O.5,0.5,1\n0,0,1\n0,0,1", "line 1"),
        (b"nan,1,0\n0,0,1\n0,0,1", "line 1"),
        (b"nan,inf,nan\n0,0,1\n0,0,1", "line 1"),
        (b"x1,x2\n0,0,1\n0,0,1", "line 1"),
        (b"0,0,1\nx1,x2,label\n0,0,1", "line 2"),
        (b"\n0,5;0,5;1\n0,5,0,5,1", "line 3"),
        ("1½,0,1".encode(), "line 1"),
        (b"x1,x2,label\n1,1,0\n9,1,1", "line 3"),
        (b"1,1,0\n1,1,0.5", "line 2"),
        (b"0.5,0.5,1\n" * 80_000, "at most"),
        (b"1,1,0\n9,1,1", "outside"),
        (b"1,1,0\n1,1,7", "outside"),
        (b"1,1,0", "1 points"),
        (b"\xff\xfe\x00", "not text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not text"),
        (b"\xff\xff\xff", "not text"),
        (b"0,0,1\n" * 200_000, "larger than"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_file_that_is_not_allowed_changes_nothing_and_is_explained(qtbot, tmp_path, content, said):
    asked = _Asked(qtbot)
    path = tmp_path / "points.csv"
    path.write_bytes(content)
    asked.table.read_file(path)
    assert asked.values == [] and asked.control.model.rowCount() == len(_START)
    assert said in asked.table.notice.text()


def test_a_file_that_is_not_there_is_explained(qtbot, tmp_path):
    asked = _Asked(qtbot)
    asked.table.read_file(tmp_path / "none.csv")
    assert asked.values == [] and "none.csv" in asked.table.notice.text()


def test_what_was_wrong_with_a_file_is_gone_when_the_table_opens_again_and_moves_no_button(qtbot, tmp_path):
    asked = _Asked(qtbot)
    table = asked.table
    before = table.height(), table.read_button.geometry()
    (tmp_path / "points.csv").write_text("x1,x2,label\n1,2\n0,0,1", encoding="utf-8")
    table.read_file(tmp_path / "points.csv")
    QApplication.processEvents()
    assert table.notice.isVisible()
    assert (table.height(), table.read_button.geometry()) == before
    table.close()
    asked.control.open_table()
    assert not table.notice.isVisible() and (table.height(), table.read_button.geometry()) == before
    asked.type(qtbot, 0, 0, "far away")
    table.close()
    asked.control.open_table()
    assert "far away" in table.notice.text() and table.notice.isVisible()


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("experiment_id", "classes"), [("perceptron_rule", 2), ("playground", 4)])
def test_the_button_is_whole_beside_many_points_of_every_class(qtbot, experiment_id, classes, language, zoom):
    set_language(language)
    set_zoom(zoom)
    editor = ParameterEditor(load(experiment_id))
    form = Form(editor)
    form.show_all(True)
    qtbot.addWidget(form)
    editor.change({"data": "own"} if classes == 4 else {})
    editor.change({"points": tuple((0.1, 0.2, number % classes) for number in range(200))})
    form.set_more_open(True)
    # About what a column of controls leaves beside its bar.
    form.resize(px(334), px(2000))
    form.show()
    qtbot.waitExposed(form)
    control = form.controls["points"]
    assert control.isVisible() and control.minimumSizeHint().width() <= control.width()
    assert control.button.width() >= control.button.minimumSizeHint().width()
    assert control.rect().contains(control.button.geometry())
