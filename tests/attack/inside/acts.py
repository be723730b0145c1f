"""What the monkey does: each act is a name and steps, between which the event loop goes round."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMenu, QWidget

from gui.window.main_window import MainWindow
from tests.attack.inside import laws, pointing
from tests.attack.inside.learning_acts import LearningActs
from tests.attack.inside.pointing import Steps, press, seen, strike
from tests.attack.inside.run_acts import RunActs
from tests.attack.inside.stage_acts import StageActs
from tests.attack.inside.watch import Watch

_NEVER = frozenset({"Ctrl+Q"})
_PATIENCE = 30.0
"""Seconds that coming to rest may take."""


class Acts(RunActs, StageActs, LearningActs):
    """Chooses among what there is to do; ``few`` are the experiments to stay in, all where it is empty."""

    def __init__(
        self, window: MainWindow, chance: random.Random, watch: Watch, folder: Path, few: tuple[str, ...]
    ) -> None:
        super().__init__(window, chance, watch, folder, few)
        self._since_look = 0
        self._acts: list[tuple[int, Callable[[], Steps]]] = [
            (8, self.go_somewhere), (14, self.press_a_button), (10, self.choose_a_tab), (10, self.slide),
            (9, self.type_into_a_box), (6, self.choose_from_a_list), (12, self.use_the_stage), (8, self.drag_a_handle),
            (10, self.keys_of_the_run), (4, self.keys_anywhere), (8, self.answer_a_try), (4, self.looks),
            (3, self.resize), (2, self.files), (4, self.write_code), (5, self.drag_the_timeline), (3, self.open_a_menu),
            (1, self.kill_the_companion), (3, self.press_anywhere), (2, self.edit_a_table), (2, self.appearance),
            (4, self.choose_a_preset), (1, self.test_of_a_chapter), (3, self.use_another_window),
            (5, self.show_other_controls), (6, self.go_on_in_the_guide),
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

    # Looking

    def look(self) -> Steps:
        """Let everything come to rest, and see whether what is shown is what the form says."""
        window = self._window
        strike(Qt.Key.Key_Escape)
        yield
        if window.page is None or pointing.on_top() is not None or window.runner.experiment is None:
            return
        ends, count = time.monotonic() + _PATIENCE, 0
        while time.monotonic() < ends:
            count += 1
            page, runner = window.page, window.runner
            if page is None or pointing.on_top() is not None or runner.experiment is None:
                return
            if runner.state.phase == "lost":
                runner.recover()
            elif runner.state.phase == "failed":
                return
            elif runner.state.phase in ("running", "stepping") and count % 10 == 1:
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
