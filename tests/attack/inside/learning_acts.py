"""Acts of a learner: tries and their reasons, the test over a chapter, code that is checked and put to work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTabBar
from shiboken6 import isValid

from gui.panels.code.code_editor import CodeEditor
from tests.attack.inside import pointing
from tests.attack.inside.hands import Hands
from tests.attack.inside.pointing import Steps, press, seen, strike, strike_keys
from tests.attack.inside.typed import rubbish, source


class LearningActs(Hands):
    """What is answered and written."""

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

    def go_on_in_the_guide(self) -> Steps:
        """The next question, what was answered, the goal or its hint, the background."""
        page = self._window.page
        if page is None or page.panels.guide.guide is None or not page.panels.guide.isVisible():
            return
        guide = page.panels.guide
        ways = (guide.further_button, guide.further_button, guide.answered_button, guide.goal_button)
        ways += (guide.background_button, page.goal_strip.action_button, page.goal_strip.other_button)
        seen_ways = [one for one in ways if one.isVisible()]
        if seen_ways:
            button = self.random.choice(seen_ways)
            self._watch.say(pointing.about(button))
            press(button)
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
        if panel is None or not panel.isVisible() or not panel.exercises:
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
