"""Acts at the form and at the run: values, presets, tables, the transport, the processes that compute."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel
from PySide6.QtWidgets import QAbstractItemView, QAbstractSlider, QApplication, QComboBox, QHeaderView, QLineEdit

from gui.page.timeline_bar import TimelineBar
from tests.attack.inside import pointing
from tests.attack.inside.hands import Hands
from tests.attack.inside.pointing import LEFT, Steps, press, seen, strike_keys
from tests.attack.inside.typed import rubbish

_RUNS = ("Space", "PgDown", "PgUp", "Ctrl+R", "Ctrl+Z", "Ctrl+Y", "Ctrl+Z", "Ctrl+D", "Ctrl+P", "Ctrl+T", "Ctrl+Tab")


class RunActs(Hands):
    """What is done to parameters and runs."""

    def slide(self) -> Steps:
        sliders = seen(self._around(), QAbstractSlider)
        if sliders:
            slider = self.random.choice(sliders)
            self._watch.say(pointing.about(slider))
            yield from self._slide(slider)
        yield

    def show_other_controls(self) -> Steps:
        """All controls, or those in play again."""
        page = self._window.page
        if page is not None and page.form.isVisible():
            self._watch.say("fewer" if page.form.shows_all else "all")
            press(page.form.header.all_button)
        yield

    def type_into_a_box(self) -> Steps:
        boxes = seen(self._around(), QLineEdit)
        if boxes:
            box, text = self.random.choice(boxes), rubbish(self.random)
            self._watch.say(f"{pointing.about(box)} {text[:40]!r}")
            yield from self._type(box, text)
        yield

    def choose_from_a_list(self) -> Steps:
        boxes = seen(self._around(), QComboBox)
        if boxes:
            yield from self._choose(self.random.choice(boxes))
        yield

    def choose_a_preset(self) -> Steps:
        page = self._window.page
        if page is not None and page.form.presets is not None and page.form.isVisible():
            if not page.form.shows_all:
                press(page.form.header.all_button)
                yield
            boxes = [page.form.presets, *page.form.presets.findChildren(QComboBox)]
            yield from self._choose(next(one for one in boxes if isinstance(one, QComboBox)))
        yield

    def edit_a_table(self) -> Steps:
        """A cell of a table: of points, of numbers, of what is on the shelf."""
        tables = [one for one in seen(self._window, QAbstractItemView) if not isinstance(one, QHeaderView)]
        tables = [one for one in tables if one.model() is not None and one.model().rowCount()]
        if tables:
            table = self.random.choice(tables)
            model = table.model()
            # A list says of its columns only to itself.
            columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
            index = model.index(self.random.randrange(model.rowCount()), self.random.randrange(columns or 1))
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
        players = [runner.engine_thread.players]
        if runner._aside is not None and runner._aside._players is not None:
            players.append(runner._aside._players)
        processes = [one for each in players for one in (each._companion, each._own) if one is not None]
        if processes:
            process = self.random.choice(processes).process
            self._watch.say(type(process).__name__)
            process.kill()
        yield
