"""Every key of the program in one list."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from engine.contract.text import Text
from gui.shell import words
from gui.shell.page_area import PageArea
from gui.spoken.factory import make_heading
from gui.style.foreground import mute
from gui.style.language import show
from gui.style.plain_label import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, scaled

# What keys do where they have the focus; the window's commands name their own.
_STAGE = Text("On the stage", "在图上")
_WINDOW = Text("Everywhere", "任何地方")
_CODE = Text("Where code is written", "写代码的地方")
_QUESTIONS = Text("In a question", "在问题里")
_BOXES = Text("In a slider or a number box", "在滑块和数字框里")
_ON_STAGE = (
    (Text("The next thing that can be dragged", "下一个可以拖动的对象"), Text("Tab", "Tab")),
    (Text("The one before it", "上一个可以拖动的对象"), Text("Shift+Tab", "Shift+Tab")),
    (Text("Move it", "移动它"), Text("arrows", "方向键")),
    (Text("Among many alike: go to the next one", "在许多同类的里面：到下一个"), Text("Ctrl+arrows", "Ctrl+方向键")),
    (Text("Move it ten times as far", "移动十倍距离"), Text("Shift+arrows", "Shift+方向键")),
    (Text("Among numbers in cells: go to the next one", "在一格一格的数里：到下一格"), Text("arrows", "方向键")),
    (Text("Make the number in a cell larger or smaller", "把格里的数加一点、减一点"), Text("+, −", "+、−")),
    (Text("Ten times as much", "加减十倍"), Text("Shift+Up, Shift+Down", "Shift+上、下方向键")),
    (Text("Type the number in a cell", "输入格里的数"), Text("digits", "数字键")),
    (Text("Do what a click on it does", "相当于点击它"), Text("Enter", "Enter")),
    (Text("Take it away, if that is possible", "删除它（如果可以删除）"), Text("Delete", "Delete")),
    (Text("On paper: move the pen", "在画纸上：移动画笔"), Text("arrows", "方向键")),
    (Text("On paper: lower the pen, lift it", "在画纸上：落笔、提笔"), Text("Enter", "Enter")),
    (Text("On paper: clear it", "在画纸上：清空"), Text("Delete", "Delete")),
    (Text("Let go of it, and stay on the stage", "松开它，留在图上"), Text("Escape", "Esc")),
    (Text("Run or pause", "运行或暂停"), Text("Space", "空格")),
    (Text("On the timeline: earlier, later", "在时间轴上：往前、往后"), Text("Left, Right", "左、右方向键")),
    (Text("On the timeline: the start, the newest", "在时间轴上：开头、最新"), Text("Home, End", "Home、End")),
)
_IN_BOXES = (
    (Text("One notch up or down", "加一格、减一格"), Text("Up, Down", "上、下方向键")),
    (Text("Ten notches up or down", "加十格、减十格"), Text("Page Up, Page Down", "Page Up、Page Down")),
    (Text("Take the number over", "确认输入"), Text("Enter", "Enter")),
    (Text("Give it up", "放弃输入"), Text("Escape", "Esc")),
)
_IN_QUESTIONS = (
    (Text("The next answer, the one before it", "下一个选项、上一个选项"), Text("Down, Up", "下、上方向键")),
    (Text("Choose it", "选它"), Text("Enter", "Enter")),
    (Text("In a test: choose an answer", "在测验里：选一个答案"), Text("its letter", "它的字母")),
)
_IN_CODE = (
    (Text("Indent, indent less", "缩进、减少缩进"), Text("Tab, Shift+Tab", "Tab、Shift+Tab")),
    (Text("Leave the code", "离开代码"), Text("Escape, then Tab", "先 Esc，再 Tab")),
    (Text("Check it", "检查"), Text("Ctrl+Enter", "Ctrl+Enter")),
)
_SCROLLS: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}


class KeysDialog(QDialog):
    """Shown once and gone when it is closed; ``commands`` are names with their keys."""

    def __init__(self, commands: list[tuple[Text, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(show(words.KEYS))
        page = QWidget()
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(2 * GRID, GRID, 3 * GRID, GRID)
        self._grid.setHorizontalSpacing(3 * GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(0, 1)
        self._add(_STAGE, [(show(name), show(keys)) for name, keys in _ON_STAGE])
        self._add(_WINDOW, [(show(name), keys) for name, keys in commands])
        for heading, rows in ((_BOXES, _IN_BOXES), (_QUESTIONS, _IN_QUESTIONS), (_CODE, _IN_CODE)):
            self._add(heading, [(show(name), show(keys)) for name, keys in rows])
        area = self._area = PageArea(takes_keys=True, fits=False)
        area.setWidget(page)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(area)
        layout.addWidget(buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._area.verticalScrollBar()
        ends: dict[int, int] = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        if event.key() in ends:
            bar.setValue(ends[event.key()])
        elif event.key() in _SCROLLS:
            bar.triggerAction(_SCROLLS[event.key()])
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(scaled(520), scaled(620))

    def _add(self, heading: Text, rows: list[tuple[str, str]]) -> None:
        title = PlainLabel(show(heading))
        make_heading(title, 2)
        title.setFont(font("strong"))
        title.setContentsMargins(0, GRID, 0, 0)
        self._grid.addWidget(title, self._grid.rowCount(), 0, 1, 2)
        for name, keys in rows:
            line = self._grid.rowCount()
            for column, words_ in enumerate((name, keys)):
                label = PlainLabel(words_)
                label.setFont(font("text" if column == 0 else "number"))
                label.setWordWrap(column == 0)
                self._grid.addWidget(label, line, column)
            mute(label)
