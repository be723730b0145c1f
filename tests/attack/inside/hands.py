"""The tools of every act: what is typed, chosen, slid and pressed, and where it is looked for."""

from __future__ import annotations

import random
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QLineEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from gui.window.main_window import MainWindow
from tests.attack.inside import pointing
from tests.attack.inside.pointing import Steps, press, seen, strike
from tests.attack.inside.typed import rubbish
from tests.attack.inside.watch import Watch

KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Return,
    Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    Qt.Key.Key_Delete, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Backtab,
)  # fmt: skip


class Hands:
    """``few`` are the experiments to stay in, all where it is empty."""

    def __init__(
        self, window: MainWindow, chance: random.Random, watch: Watch, folder: Path, few: tuple[str, ...]
    ) -> None:
        self.random, self._window, self._watch, self._folder, self._few = chance, window, watch, folder, few

    def _use_something(self, root: QWidget) -> Steps:
        kinds = (QAbstractButton, QAbstractButton, QLineEdit, QComboBox, QAbstractSlider, QAbstractItemView, QTextEdit)
        kind = self.random.choice(kinds)
        widgets = seen(root, kind)
        if not widgets:
            return
        widget = self.random.choice(widgets)
        self._watch.say(pointing.about(widget))
        if kind is QLineEdit:
            yield from self._type(widget, rubbish(self.random))
        elif kind is QComboBox:
            yield from self._choose(widget)
        elif kind is QAbstractSlider:
            yield from self._slide(widget)
        elif kind is QAbstractButton:
            press(widget)
        else:
            port = widget.viewport()
            press(port, pointing.place_in(port.rect(), self.random))

    def _press_tab(self, rows: list[QWidget]) -> Steps:
        if rows:
            row = self.random.choice(rows)
            if row.count():
                index = self.random.randrange(row.count())
                self._watch.say(row.tabText(index))
                press(row, row.tabRect(index).center())
        yield

    def _slide(self, slider: QWidget) -> Steps:
        way = self.random.random()
        if way < 0.4:
            places = [pointing.place_in(slider.rect(), self.random) for _ in range(2)]
            yield from pointing.drag(slider, *places)
        elif way < 0.7:
            for _ in range(self.random.randint(1, 5)):
                pointing.turn_wheel(slider, slider.rect().center(), self.random.choice((-1, 1)))
                yield
        else:
            slider.setFocus()
            for _ in range(self.random.randint(1, 4)):
                strike(self.random.choice(KEYS[:4] + KEYS[8:12]), widget=slider)
                yield

    def _type(self, box: QWidget, text: str) -> Steps:
        box.setFocus()
        QGuiApplication.clipboard().setText(text)
        strike(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, box)
        if len(text) < 12 and text.isascii() and text.isprintable():
            pointing.QTest.keyClicks(box, text)
        else:
            strike(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier, box)
        yield
        if isValid(box) and box.isVisible():
            ends = (Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Up)
            strike(self.random.choice(ends), widget=box)

    def _choose(self, box: QComboBox) -> Steps:
        if not box.count():
            return
        before = box.currentText()
        if self.random.random() < 0.5:
            box.setFocus()
            for _ in range(self.random.randint(1, 4)):
                strike(self.random.choice((Qt.Key.Key_Up, Qt.Key.Key_Down)), widget=box)
                yield
        else:
            press(box)
            yield
            view = box.view() if isValid(box) else None
            if view is not None and view.isVisible():
                view.setCurrentIndex(box.model().index(self.random.randrange(max(1, box.count())), 0))
                strike(Qt.Key.Key_Return, widget=view)
        if isValid(box):
            self._watch.say(f"{before[:30]!r} -> {box.currentText()[:30]!r}")

    def _around(self) -> QWidget:
        """Where something is looked for: mostly the page, and there mostly its form."""
        page, chance = self._window.page, self.random.random()
        if page is None or not page.isVisible() or chance < 0.15:
            return self._window
        return page.form if chance < 0.5 and page.form.isVisible() else page
