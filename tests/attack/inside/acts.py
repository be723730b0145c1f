"""What the monkey does: each act is a name and steps, between which the event loop goes round."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from gui.shell.main_window import MainWindow
from gui.shell.panels.code_editor import CodeEditor
from gui.shell.timeline_bar import TimelineBar
from tests.attack.inside import laws, pointing
from tests.attack.inside.pointing import LEFT, Steps, press, seen, strike, strike_keys
from tests.attack.inside.typed import rubbish, source
from tests.attack.inside.watch import Watch

_SIZES = ((1024, 640), (1280, 800), (1366, 768), (1600, 900), (1920, 1080), (640, 560), (1100, 1080))
_NEVER = frozenset({"Ctrl+Q"})
_KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Return,
    Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    Qt.Key.Key_Delete, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Backtab,
)  # fmt: skip
_LOOKS = ("Ctrl++", "Ctrl+-", "Ctrl+0", "F11", "Ctrl+1", "F10", "Shift+F1", "Ctrl+F1", "Ctrl+/", "Escape")
_RUNS = ("Space", "PgDown", "PgUp", "Ctrl+R", "Ctrl+Z", "Ctrl+Y", "Ctrl+Z", "Ctrl+D", "Ctrl+P", "Ctrl+T", "Ctrl+Tab")
_FILES = ("Ctrl+S", "Ctrl+E", "Ctrl+O", "Ctrl+Shift+C", "Ctrl+K")
_PATIENCE = 400
"""Steps that coming to rest may take, of some 50 ms each."""


class Acts:
    """Chooses among what there is to do; ``few`` are the experiments to stay in, all where it is empty."""

    def __init__(
        self, window: MainWindow, chance: random.Random, watch: Watch, folder: Path, few: tuple[str, ...]
    ) -> None:
        self.random, self._window, self._watch, self._folder, self._few = chance, window, watch, folder, few
        self._since_look = 0
        self._acts: list[tuple[int, Callable[[], Steps]]] = [
            (8, self.go_somewhere), (14, self.press_a_button), (10, self.choose_a_tab), (10, self.slide),
            (9, self.type_into_a_box), (6, self.choose_from_a_list), (12, self.use_the_stage), (8, self.drag_a_handle),
            (10, self.keys_of_the_run), (4, self.keys_anywhere), (8, self.answer_a_try), (4, self.looks),
            (3, self.resize), (2, self.files), (4, self.write_code), (5, self.drag_the_timeline), (3, self.open_a_menu),
            (1, self.kill_the_companion), (3, self.press_anywhere), (2, self.edit_a_table), (2, self.appearance),
            (4, self.choose_a_preset), (1, self.test_of_a_chapter), (3, self.use_another_window),
        ]  # fmt: skip

        # Where the overview or a test lies over the experiment.
        self._covered = [
            (8, self.press_a_button), (3, self.type_into_a_box), (2, self.go_somewhere), (2, self.keys_anywhere),
            (1, self.test_of_a_chapter), (1, self.looks), (1, self.resize), (1, self.appearance),
            (1, self.press_anywhere), (1, self.use_another_window),
        ]  # fmt: skip

    def another(self) -> tuple[str, Steps]:
        """What is done next: with what lies on top, or anything on the window."""
        top = pointing.on_top()
        if isinstance(top, QMenu):
            return "menu", self.use_menu(top)
        if top is not None and top is not self._window:
            return f"dialog {pointing.about(top)}", self.use_dialog(top)
        self._since_look += 1
        if self._since_look > 25 or (self._since_look > 5 and self.random.random() < 0.05):
            self._since_look = 0
            return "look", self.look()
        page = self._window.page
        acts = self._acts if page is not None and page.isVisible() else self._covered
        act = self.random.choices([act for _, act in acts], [weight for weight, _ in acts])[0]
        return act.__name__, act()

    def leave_dialog(self) -> None:
        """Get what lies on top out of the way."""
        top = pointing.on_top()
        buttons = seen(top, QAbstractButton) if isinstance(top, QDialog) else []
        if buttons and self.random.random() < 0.5:
            press(self.random.choice(buttons))
        elif top is not None:
            strike(Qt.Key.Key_Escape, widget=top)

    # What lies on top

    def use_menu(self, menu: QMenu) -> Steps:
        self._watch.say(pointing.choose_from(menu, self.random, _NEVER))
        yield

    def use_dialog(self, dialog: QWidget) -> Steps:
        chance = self.random.random()
        if chance < 0.2:
            strike(Qt.Key.Key_Escape, widget=dialog)
        elif chance < 0.3 and isinstance(dialog, QDialog):
            dialog.close()
        else:
            yield from self._use_something(dialog)
        yield

    def use_another_window(self) -> Steps:
        """A dialog that lets the window be used, such as the glossary."""
        others = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not self._window]
        if others:
            other = self.random.choice(others)
            self._watch.say(pointing.about(other))
            if self.random.random() < 0.25:
                other.close()
            else:
                yield from self._use_something(other)
        yield

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

    # Going about

    def go_somewhere(self) -> Steps:
        """Another chapter or experiment, by its tab or by keys; in few experiments by their names."""
        if self._few:
            self._window.show_experiment(self.random.choice(self._few))
        elif self.random.random() < 0.3:
            strike_keys(self.random.choice(("Ctrl+Tab", "Ctrl+Shift+Tab", f"Ctrl+{self.random.randint(2, 7)}")))
        else:
            yield from self._press_tab(seen(self._window, QTabBar)[:2])
        yield
        if self._window.page is not None:
            self._watch.say(self._window.page.experiment.id)

    def choose_a_tab(self) -> Steps:
        page = self._window.page
        yield from self._press_tab(seen(page if page is not None else self._window, QTabBar))

    def _press_tab(self, rows: list[QWidget]) -> Steps:
        if rows:
            row = self.random.choice(rows)
            if row.count():
                index = self.random.randrange(row.count())
                self._watch.say(row.tabText(index))
                press(row, row.tabRect(index).center())
        yield

    def press_a_button(self) -> Steps:
        buttons = seen(self._around(), QAbstractButton)
        if buttons:
            button = self.random.choice(buttons)
            self._watch.say(pointing.about(button))
            press(button)
        yield

    def press_anywhere(self) -> Steps:
        widgets = seen(self._window)
        widget = self.random.choice(widgets)
        button = self.random.choice((LEFT, LEFT, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton))
        self._watch.say(f"{pointing.about(widget)} {button.name}")
        press(widget, pointing.place_in(widget.rect(), self.random), button)
        yield

    def keys_anywhere(self) -> Steps:
        for _ in range(self.random.randint(1, 6)):
            key = self.random.choice(_KEYS)
            self._watch.say(key.name)
            strike(key, Qt.KeyboardModifier.ShiftModifier if self.random.random() < 0.15 else pointing.NONE)
            yield

    def open_a_menu(self) -> Steps:
        self._window.top_bar.open_menu()
        yield

    def looks(self) -> Steps:
        keys = self.random.choice(_LOOKS)
        self._watch.say(keys)
        strike_keys(keys)
        yield

    def appearance(self) -> Steps:
        """Another language or theme."""
        buttons = seen(self._window.top_bar, QAbstractButton)
        if buttons:
            button = self.random.choice(buttons)
            self._watch.say(pointing.about(button))
            press(button)
        yield

    def resize(self) -> Steps:
        width, height = self.random.choice(_SIZES)
        if self.random.random() < 0.3:
            width, height = self.random.randint(640, 1920), self.random.randint(560, 1080)
        self._watch.say(f"{width}x{height}")
        self._window.resize(width, height)
        yield

    # The form and the run

    def slide(self) -> Steps:
        sliders = seen(self._around(), QAbstractSlider)
        if sliders:
            slider = self.random.choice(sliders)
            self._watch.say(pointing.about(slider))
            yield from self._slide(slider)
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
                strike(self.random.choice(_KEYS[:4] + _KEYS[8:12]), widget=slider)
                yield

    def type_into_a_box(self) -> Steps:
        boxes = seen(self._around(), QLineEdit)
        if boxes:
            box, text = self.random.choice(boxes), rubbish(self.random)
            self._watch.say(f"{pointing.about(box)} {text[:40]!r}")
            yield from self._type(box, text)
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

    def choose_from_a_list(self) -> Steps:
        boxes = seen(self._around(), QComboBox)
        if boxes:
            yield from self._choose(self.random.choice(boxes))
        yield

    def choose_a_preset(self) -> Steps:
        page = self._window.page
        if page is not None and page.form.presets is not None:
            boxes = [page.form.presets, *page.form.presets.findChildren(QComboBox)]
            yield from self._choose(next(one for one in boxes if isinstance(one, QComboBox)))
        yield

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

    def edit_a_table(self) -> Steps:
        """A cell of a table: of points, of numbers, of what is on the shelf."""
        tables = [one for one in seen(self._window, QAbstractItemView) if one.model() and one.model().rowCount()]
        if tables:
            table = self.random.choice(tables)
            model = table.model()
            index = model.index(
                self.random.randrange(model.rowCount()), self.random.randrange(model.columnCount() or 1)
            )
            self._watch.say(f"{pointing.about(table)} {index.row()}, {index.column()}")
            table.scrollTo(index)
            place = table.visualRect(index).center()
            pointing.QTest.mouseDClick(table.viewport(), LEFT, pointing.NONE, place)
            yield
            box = QApplication.focusWidget()
            if isinstance(box, QLineEdit):
                yield from self._type(box, rubbish(self.random))
        yield

    def keys_of_the_run(self) -> Steps:
        keys = self.random.choice(_RUNS[:-1] if self._few else _RUNS)
        self._watch.say(keys)
        if keys in ("Space", "PgDown", "PgUp") and self._window.page is not None:
            self._window.page.view.stage.setFocus()
        for _ in range(self.random.choice((1, 1, 2, 8))):
            strike_keys(keys)
            yield

    def drag_the_timeline(self) -> Steps:
        lines = seen(self._window, TimelineBar)
        if lines:
            line = lines[0]
            yield from pointing.drag(line, *(pointing.place_in(line.rect(), self.random) for _ in range(2)), 3)
        yield

    def kill_the_companion(self) -> Steps:
        """One of the processes that compute ends from one moment to the next."""
        runner = self._window.runner
        players = [runner._thread.players]
        if runner._aside is not None and runner._aside._players is not None:
            players.append(runner._aside._players)
        processes = [one for each in players for one in (each._companion, each._own) if one is not None]
        if processes:
            process = self.random.choice(processes).process
            self._watch.say(type(process).__name__)
            process.kill()
        yield

    # The stage

    def use_the_stage(self) -> Steps:
        page = self._window.page
        if page is None:
            return
        port, chance = page.view.stage.viewport(), self.random
        place, other = (pointing.place_in(port.rect(), chance) for _ in range(2))
        way = chance.choice(("press", "press", "twice", "drag", "drag", "wheel", "menu", "hover", "keys"))
        self._watch.say(f"{page.experiment.id} {way} {place.toTuple()}")
        if way == "press":
            press(port, place)
        elif way == "twice":
            pointing.QTest.mouseDClick(port, LEFT, pointing.NONE, place)
        elif way == "drag":
            yield from pointing.drag(port, place, other)
        elif way == "wheel":
            for _ in range(chance.randint(1, 4)):
                held = chance.choice((pointing.NONE, pointing.NONE, Qt.KeyboardModifier.ControlModifier))
                pointing.turn_wheel(port, place, chance.choice((-2, -1, 1, 2)), held)
                yield
        elif way == "menu":
            page.stage_menu_wanted.emit(port.mapToGlobal(place))
        elif way == "hover":
            for _ in range(4):
                pointing.move(port, pointing.place_in(port.rect(), chance))
                yield
        else:
            page.view.stage.setFocus()
            for _ in range(chance.randint(1, 6)):
                strike(chance.choice(_KEYS))
                yield
        yield

    def drag_a_handle(self) -> Steps:
        page = self._window.page
        items = list(page.view.handle_items.values()) if page is not None else []
        items = [item for item in items if item.isVisible()]
        if page is not None and items:
            stage, item = page.view.stage, self.random.choice(items)
            start = stage.mapFromScene(item.scenePos())
            if stage.viewport().rect().contains(start):
                end = start + QPoint(self.random.randint(-150, 150), self.random.randint(-150, 150))
                self._watch.say(f"{page.experiment.id} {start.toTuple()} {end.toTuple()}")
                yield from pointing.drag(stage.viewport(), start, end, self.random.choice((1, 4, 12)))
        yield

    # Learning

    def answer_a_try(self) -> Steps:
        """A try of the guide, and one of its answers and reasons."""
        page = self._window.page
        if page is None:
            return
        if not page.panels.guide.isVisible():
            strike_keys("F1")
            yield
        rows = [one for one in page.panels.guide.rows if one.isVisible()]
        if not rows:
            return
        row = self.random.choice(rows)
        self._watch.say(f"{page.experiment.id} {row.asked.key}")
        press(row.button)
        for _ in range(2):
            yield
            if not isValid(row):
                return
            buttons = [one for one in seen(row, QAbstractButton) if one is not row.button]
            boxes = seen(row, QLineEdit)
            if boxes and self.random.random() < 0.7:
                yield from self._type(boxes[0], rubbish(self.random))
            elif buttons:
                press(self.random.choice(buttons))
        yield

    def test_of_a_chapter(self) -> Steps:
        """The test over a chapter, its summary, an old question: answered by whatever is there to be pressed."""
        chapter = self.random.randint(2, 7)
        self._watch.say(str(chapter))
        if self.random.random() < 0.3:
            self._window.show_overview()
        else:
            self.random.choice((self._window.show_test, self._window.show_summary))(chapter)
        for _ in range(self.random.randint(1, 12)):
            yield
            covering = self._window._stack.currentWidget()
            buttons = seen(covering, QAbstractButton)
            boxes = seen(covering, QLineEdit)
            if covering is None or (self._window.page is not None and covering.isAncestorOf(self._window.page)):
                return
            if boxes and self.random.random() < 0.3:
                yield from self._type(self.random.choice(boxes), rubbish(self.random))
            elif buttons:
                press(self.random.choice(buttons))

    def write_code(self) -> Steps:
        """Code in the panel for it, checked, and perhaps put to work."""
        page = self._window.page
        if page is None:
            return
        panel = page.panels.write
        if panel is None or not panel.isVisible():
            # Its tab, where there is one.
            for row in seen(page, QTabBar):
                for index in range(row.count()):
                    if row.tabText(index) in ("Write it", "自己写"):
                        press(row, row.tabRect(index).center())
            yield
            panel = page.panels.write
        if panel is None or not panel.isVisible():
            return
        text, kind = source(panel.exercise, self.random)
        self._watch.say(f"{panel.exercise.id}, {kind}")
        editor = panel.findChild(CodeEditor)
        editor.setFocus()
        strike(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, editor)
        QGuiApplication.clipboard().setText(text)
        strike(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier, editor)
        yield
        strike(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, editor)
        for _ in range(self.random.choice((1, 20, 60))):
            yield
        for _ in range(2):
            buttons = seen(panel, QAbstractButton)
            if buttons:
                button = self.random.choice(buttons)
                self._watch.say(pointing.about(button))
                press(button)
            yield

    def files(self) -> Steps:
        """Something is saved, exported, copied or opened; a moving picture rarely."""
        keys = self.random.choice(_FILES)
        if self.random.random() < 0.04:
            keys = "Ctrl+Shift+E"
        self._watch.say(keys)
        strike_keys(keys)
        yield

    # Looking

    def look(self) -> Steps:
        """Let everything come to rest, and see whether what is shown is what the form says."""
        window = self._window
        strike(Qt.Key.Key_Escape)
        yield
        if window.page is None or pointing.on_top() is not None or window.runner.experiment is None:
            return
        for _ in range(_PATIENCE):
            page, runner = window.page, window.runner
            if page is None or pointing.on_top() is not None or runner.experiment is None:
                return
            if runner.state.phase == "lost":
                runner.recover()
            elif runner.state.phase == "failed":
                return
            elif runner.state.phase in ("running", "stepping") and _ % 10 == 0:
                runner.pause()
            if page.branch_question.is_asking:
                page.branch_question.decline()
            if laws.is_at_rest(window):
                break
            yield
        else:
            state = window.runner.state
            self._watch.fault(f"{window.page.experiment.id} does not come to rest: {state}", "rest")
            return
        for law in laws.broken(window):
            self._watch.fault(law, law[:60])

    def _around(self) -> QWidget:
        """Where something is looked for: mostly the page, and there mostly its form."""
        page, chance = self._window.page, self.random.random()
        if page is None or not page.isVisible() or chance < 0.15:
            return self._window
        return page.form if chance < 0.5 and page.form.isVisible() else page
