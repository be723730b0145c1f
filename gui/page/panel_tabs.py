"""The panels beside the stage, as tabs: Guide, Write it, Derive, How and Data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QSplitter, QTabWidget, QToolButton, QVBoxLayout, QWidget

from engine.class_file import class_in_use
from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.text import Text
from engine.derivations import ids_of
from gui.panels.code.code_panel import CodePanel
from gui.panels.data.data_panel import DataPanel
from gui.panels.guide.guide_panel import GuidePanel
from gui.panels.working.working_panel import WorkingPanel
from gui.style.appearance import appearance, connect_while_visible
from gui.style.icons import icon
from gui.style.language import translate
from gui.window import words
from gui.window.tab_row import TabRow

if TYPE_CHECKING:
    from gui.panels.derivations.derive_panel import DerivePanel
    from gui.panels.exercises.write_panel import WritePanel

_PAGE_KEYS = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class PanelTabs(QTabWidget):
    """The tab widget with an experiment's panels; those that have nothing for it, or that the class does without, are
    left out.

    The panels for writing code and for derivations are created when they are first opened; ``writing_begun`` and
    ``deriving_begun`` carry them then. ``wide_wanted`` carries whether the button beside the tabs asks for more width.
    ``brought`` is emitted when a panel was brought to the front by the program, so that the page shows the tabs.
    """

    wide_wanted = Signal(bool)
    brought = Signal()
    writing_begun = Signal(object)
    deriving_begun = Signal(object)

    def __init__(self, experiment: Experiment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.experiment = experiment
        self.guide, self.working, self.code, self.data = GuidePanel(), WorkingPanel(), CodePanel(), DataPanel()
        self.write: WritePanel | None = None
        self.derive: DerivePanel | None = None
        self._write_place, self._derive_place = QWidget(), QWidget(self)
        self._has_derivations = bool(ids_of(experiment.id))
        self._derive_place.setVisible(self._has_derivations)
        self._lesson: QWidget | None = None
        self.how = HowPanel(self.working, self.code)
        self._shown: tuple[Params, Frame] | None = None
        self._row = TabRow("text", tightens=True)
        self.setTabBar(self._row)
        self.setDocumentMode(True)
        for panel, _ in self._named():
            self.addTab(panel, "")
        there = class_in_use().panels
        self._left_out = {panel for panel, name in self._named() if words.IN_CLASS.get(name) not in (None, *there)}
        for panel in self._left_out:
            self.setTabVisible(self.indexOf(panel), False)
        # The guide is walked through by its links and tries; a stop on the panel around them could not be seen.
        self.guide.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.wide_button = QToolButton()
        self.wide_button.setAutoRaise(True)
        self.wide_button.setCheckable(True)
        self.wide_button.clicked.connect(self._wide_clicked)
        # Its place is kept, so that no tab moves when it comes.
        policy = self.wide_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.wide_button.setSizePolicy(policy)
        self.wide_button.hide()
        self.setCornerWidget(self.wide_button, Qt.Corner.TopRightCorner)
        self.guide.set_experiment(experiment)
        self.code.set_experiment(experiment)
        self._restyle()
        connect_while_visible(self, appearance().changed, self._restyle)
        self.tabBarClicked.connect(self._tab_clicked)
        self.currentChanged.connect(self._panel_chosen)

    def event(self, event: QEvent) -> bool:
        # Page Up and Page Down turn the pages of what is read; over the tabs, as elsewhere, they step the run.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._turns(event):
            event.accept()
            return True
        return super().event(event)

    def _turns(self, event: QKeyEvent) -> bool:
        return event.key() in _PAGE_KEYS and not event.modifiers() and not self._row.hasFocus()

    def show_snapshot(self, params: Params, frame: Frame) -> None:
        """Update all panels to a frame and its parameters."""
        self.working.show_snapshot(self.experiment, params, frame)
        self.data.show_snapshot(self.experiment, params, frame)
        self.code.mark(self.experiment.code_mark(params, frame))
        self._shown = (params, frame)
        for panel in (self.write, self.derive):
            if panel is not None:
                panel.show_snapshot(params, frame)

    @property
    def is_in_lesson(self) -> bool:
        """Whether a lesson is shown in place of the guide."""
        return self._lesson is not None

    def show_lesson(self, lesson: QWidget | None) -> None:
        """Show ``lesson`` in place of the guide, or for None the guide again."""
        if lesson is not None and self.indexOf(lesson) < 0:
            self.insertTab(0, lesson, translate(words.LESSON))
            self.setCurrentWidget(lesson)
        elif lesson is None and self._lesson is not None and (place := self.indexOf(self._lesson)) >= 0:
            was_seen = self.currentIndex() == place
            self.removeTab(place)
            self.setTabVisible(self.indexOf(self.guide), True)
            if was_seen:
                self.setCurrentWidget(self.guide)
        self._lesson = lesson
        self.setTabVisible(self.indexOf(self.guide), lesson is None)

    def _bring(self, panel: QWidget) -> None:
        """Bring a panel to the front and emit ``brought``; does nothing if the class does without that panel."""
        if panel not in self._left_out:
            self.setCurrentWidget(panel)
            self.brought.emit()

    def show_try(self, key: str) -> None:
        """Bring the guide to the front, scrolled to the try with this key; "" for none."""
        self._bring(self.guide)
        if key:
            self.guide.come_to(key)

    def show_goal(self, key: str) -> None:
        """Bring the guide to the front and open the goal with this key."""
        self._bring(self.guide)
        self.guide.open_goal(key)

    def show_derivation(self, derivation_id: str) -> None:
        """Bring the panel for derivations to the front, with the derivation that has this id."""
        panel = self.begin_deriving()
        panel.chooser.setCurrentIndex([one.id for one in panel.derivations].index(derivation_id))
        self._bring(self._derive_place)
        panel.take_up()

    def show_panel(self, panel: QWidget) -> None:
        """Bring one of the panels to the front and give it the keyboard focus."""
        self._bring(self.how if panel in (self.working, self.code) else panel)
        panel.setFocus()

    def choose(self, name: Text) -> None:
        """Bring the panel with this name to the front, if there is one, and give its tab the keyboard focus; for one of
        the two parts of How, that part.
        """
        part = {words.WORKING: self.working, words.CODE: self.code}.get(name)
        panel = self.how if part is not None else next((panel for panel, one in self._named() if one is name), None)
        if panel is self.guide and self._lesson is not None:
            panel = self._lesson
        if panel is not None and panel not in self._left_out:
            self._bring(panel)
            (part or self._row).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def has_keys_in_guide(self) -> bool:
        """Whether the keyboard focus is in the guide or on its tab."""
        focus = QApplication.focusWidget()
        in_guide = focus is not None and (focus is self.guide or self.guide.isAncestorOf(focus))
        return in_guide or (focus is self._row and self.currentWidget() is self.guide)

    @property
    def is_writing(self) -> bool:
        """Whether the panel for writing code is open, which needs more room than reading."""
        return self.currentWidget() is self._write_place

    @property
    def is_deriving(self) -> bool:
        """Whether the panel for derivations is open."""
        return self.currentWidget() is self._derive_place

    def state(self) -> tuple[Any, ...]:
        """Which panel is open, what the guide shows and which table is chosen, for ``take_state``."""
        panels = [panel for panel, _ in self._named()]
        current = panels.index(self.currentWidget()) if self.currentWidget() in panels else None
        lit = self._row.is_lit(self.indexOf(self.how))
        return current, lit, self.guide.state(), self.data.chooser.currentData()

    def take_state(self, state: tuple[Any, ...]) -> None:
        """Restore the ``state()`` of another ``PanelTabs`` of the same experiment."""
        current, lit, guide, table = state
        self.guide.take_state(guide)
        self.data.choose(table)
        if current is not None:
            self._bring(self._named()[current][0])
        self._row.light(self.indexOf(self.how), lit)

    def light_working(self) -> None:
        """Highlight the tab of How, since the working of something else is shown there now; the open panel stays."""
        self._row.light(self.indexOf(self.how), self.currentWidget() is not self.how)

    def begin_writing(self) -> WritePanel:
        """The panel for writing code, created if necessary."""
        if self.write is None:
            from gui.panels.exercises.write_panel import WritePanel

            self.write = WritePanel(self.experiment)
            _fill(self._write_place, self.write)
            self.writing_begun.emit(self.write)
            if self._shown is not None:
                self.write.show_snapshot(*self._shown)
        return self.write

    def show_exercise(self, exercise_id: str) -> None:
        """Open the panel for writing code at an exercise; if a lesson asks for it, also where the class does without
        that panel.
        """
        if self.is_in_lesson and self._write_place in self._left_out:
            self._left_out.remove(self._write_place)
            self.setTabVisible(self.indexOf(self._write_place), True)
        panel = self.begin_writing()
        panel.chooser.setCurrentIndex([one.id for one in panel.exercises].index(exercise_id))
        self.show_panel(self._write_place)

    def begin_deriving(self) -> DerivePanel:
        """The panel for derivations, created if necessary."""
        if self.derive is None:
            from gui.panels.derivations.derive_panel import DerivePanel

            self.derive = DerivePanel(self.experiment)
            _fill(self._derive_place, self.derive)
            self.deriving_begun.emit(self.derive)
            if self._shown is not None:
                self.derive.show_snapshot(*self._shown)
        return self.derive

    def _panel_chosen(self, index: int) -> None:
        if self.is_writing:
            self.begin_writing()
        elif self.is_deriving:
            self.begin_deriving()
        if self.widget(index) is self.how:
            self._row.light(index, False)
        self.wide_button.setVisible(self.widget(index) is not self.guide)

    def _wide_clicked(self, wide: bool) -> None:
        self._restyle()
        self.wide_wanted.emit(wide)

    def _tab_clicked(self, index: int) -> None:
        if self.widget(index) is self._derive_place:
            # The click comes before its tab is chosen. Whoever walks along the tabs by keys stays there.
            QTimer.singleShot(0, self, lambda: self.begin_deriving().take_up())

    def _named(self) -> list[tuple[QWidget, Text]]:
        """The widgets of the tabs in order, each with its name."""
        return [
            (self.guide, words.GUIDE),
            (self._write_place, words.WRITE),
            *([(self._derive_place, words.DERIVE)] if self._has_derivations else []),
            (self.how, words.HOW),
            (self.data, words.DATA),
        ]

    def _restyle(self) -> None:
        for row in (self, self._row):
            row.setAccessibleName(translate(words.PANELS))
        for panel, name in self._named():
            self.setTabText(self.indexOf(panel), translate(name))
            keys = QKeySequence(words.keys_here(dict(words.PANEL_KEYS)[name])).toString(
                QKeySequence.SequenceFormat.NativeText
            )
            self.setTabToolTip(self.indexOf(panel), f"{translate(name)} ({keys})")
        if self._lesson is not None:
            self.setTabText(self.indexOf(self._lesson), translate(words.LESSON))
        self._row.choose_words()
        is_wide = self.wide_button.isChecked()
        self.wide_button.setIcon(icon("narrower" if is_wide else "wider"))
        tip = translate(words.NARROWER if is_wide else words.WIDER)
        self.wide_button.setToolTip(tip)
        self.wide_button.setAccessibleName(tip)


class HowPanel(QSplitter):
    """The panel How: the working of the numbers on the stage, and below it the code that computes them."""

    def __init__(self, working: WorkingPanel, code: CodePanel) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setChildrenCollapsible(False)
        for part in (working, code):
            self.addWidget(part)
            self.setStretchFactor(self.indexOf(part), 1)
            # Read out as they are looked at, while a splitter lowers what it is given.
            part.raise_()


def _fill(place: QWidget, panel: QWidget) -> None:
    """Put ``panel`` into ``place``, the empty widget of its tab, which it then fills."""
    layout = QVBoxLayout(place)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(panel)
