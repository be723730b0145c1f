"""Guide, Working, Code, Write it, Derive and Data as tabs, and the controls as one more where the window is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QTabWidget, QToolButton, QVBoxLayout, QWidget

from engine.contract.experiment import Experiment
from engine.contract.output.frame import Frame
from engine.contract.params import Params
from engine.contract.text.text import Text
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
    """The panels of an experiment; as a bottom sheet it also holds the controls and can be folded.

    ``folded`` says that only the row of tabs is to be seen, or no longer. The panel in which one writes is made when
    somebody looks at it first: ``writing_begun`` carries it then. So is the one in which one derives, of experiments
    that have a derivation, and ``deriving_begun`` carries that.
    """

    folded = Signal(bool)
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
        self._shown: tuple[Params, Frame] | None = None
        self._controls: QWidget | None = None
        self._is_folded = False
        self._row = TabRow("text", tightens=True)
        self.setTabBar(self._row)
        self.setDocumentMode(True)
        for panel, _ in self._named():
            self.addTab(panel, "")
        # The guide is walked through by its links and tries; a stop on the panel around them could not be seen.
        self.guide.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._pages = self.findChild(QStackedWidget)
        self._fold = QToolButton()
        self._fold.setAutoRaise(True)
        self._fold.clicked.connect(self._fold_clicked)
        self._fold.hide()
        self.setCornerWidget(self._fold, Qt.Corner.TopRightCorner)
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
        """Bring all panels up to date with a frame."""
        self.working.show_snapshot(self.experiment, params, frame)
        self.data.show_snapshot(self.experiment, params, frame)
        self.code.mark(self.experiment.code_mark(params, frame))
        self._shown = (params, frame)
        for panel in (self.write, self.derive):
            if panel is not None:
                panel.show_snapshot(params, frame)

    def take_controls(self, controls: QWidget) -> None:
        """Become the bottom sheet: hold the controls as the first tab, and offer to fold."""
        self._controls = controls
        self.insertTab(0, controls, translate(words.CONTROLS))
        self.setCurrentIndex(0)
        self._fold.show()

    def give_controls(self) -> None:
        """Be an ordinary row of tabs again."""
        if self._controls is not None:
            self.removeTab(self.indexOf(self._controls))
            self._controls = None
        self._fold.hide()
        self.fold(False)

    def show_try(self, key: str) -> None:
        """Bring the guide to the front, with the try that has this key, "" for none."""
        self.fold(False)
        self.setCurrentWidget(self.guide)
        if key:
            self.guide.come_to(key)

    def show_panel(self, panel: QWidget) -> None:
        """Bring one of the panels to the front."""
        self.fold(False)
        self.setCurrentWidget(panel)
        panel.setFocus()

    def choose(self, name: Text) -> None:
        """Bring the panel called so to the front, where there is one, and give its tab the keys."""
        panel = next((panel for panel, one in self._named() if one is name), None)
        if panel is not None:
            self.fold(False)
            self.setCurrentWidget(panel)
            self._row.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def has_keys_in_guide(self) -> bool:
        """Whether the keys are in the guide, or at its tab."""
        focus = QApplication.focusWidget()
        in_guide = focus is not None and (focus is self.guide or self.guide.isAncestorOf(focus))
        return in_guide or (focus is self._row and self.currentWidget() is self.guide)

    @property
    def is_writing(self) -> bool:
        """Whether code is being written, which takes more room than reading."""
        return self.currentWidget() is self._write_place

    @property
    def is_deriving(self) -> bool:
        """Whether formulas are typed into a derivation."""
        return self.currentWidget() is self._derive_place

    def state(self) -> tuple[Any, ...]:
        """Which panel is open and what is open in it, for ``take_state`` of another row of panels."""
        panels = [panel for panel, _ in self._named()]
        current = panels.index(self.currentWidget()) if self.currentWidget() in panels else None
        lit = self._row.is_lit(self.indexOf(self.working))
        return current, self._is_folded, lit, self.guide.state(), self.data.chooser.currentData()

    def take_state(self, state: tuple[Any, ...]) -> None:
        """Show what another row of panels of the same experiment showed."""
        current, folded, lit, guide, table = state
        self.guide.take_state(guide)
        self.data.choose(table)
        if current is not None:
            self.setCurrentWidget(self._named()[current][0])
        self.fold(folded)
        self._row.light(self.indexOf(self.working), lit)

    def light_working(self) -> None:
        """Say that the working of something else is there to be seen; what is being read stays open."""
        self._row.light(self.indexOf(self.working), self.currentWidget() is not self.working)

    def fold(self, folded: bool) -> None:
        """Show only the row of tabs, or everything."""
        if folded != self._is_folded:
            self._is_folded = folded
            # What is folded away is no stop of Tab either.
            if self._pages is not None:
                self._pages.setVisible(not folded)
            self.setMaximumHeight(self.tabBar().sizeHint().height() + 2 if folded else 16_777_215)
            self._restyle()
            self.folded.emit(folded)

    def _fold_clicked(self) -> None:
        self.fold(not self._is_folded)

    def begin_writing(self) -> WritePanel:
        """The panel in which one writes, made now if it was not looked at before."""
        if self.write is None:
            from gui.panels.exercises.write_panel import WritePanel

            self.write = WritePanel(self.experiment)
            _fill(self._write_place, self.write)
            self.writing_begun.emit(self.write)
            if self._shown is not None:
                self.write.show_snapshot(*self._shown)
        return self.write

    def show_exercise(self, exercise_id: str) -> None:
        """Bring the panel in which one writes to the front, with one of its exercises."""
        panel = self.begin_writing()
        panel.chooser.setCurrentIndex([one.id for one in panel.exercises].index(exercise_id))
        self.show_panel(self._write_place)

    def begin_deriving(self) -> DerivePanel:
        """The panel in which one derives, made now if it was not looked at before."""
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
        if self.widget(index) is self.working:
            self._row.light(index, False)

    def _tab_clicked(self, index: int) -> None:
        self.fold(False)
        if self.widget(index) is self._derive_place:
            # The click comes before its tab is chosen. Whoever walks along the tabs by keys stays there.
            QTimer.singleShot(0, self, lambda: self.begin_deriving().take_up())

    def _named(self) -> list[tuple[QWidget, Text]]:
        """The panels in their order, and what they are called."""
        return [
            (self.guide, words.GUIDE),
            (self.working, words.WORKING),
            (self.code, words.CODE),
            (self._write_place, words.WRITE),
            *([(self._derive_place, words.DERIVE)] if self._has_derivations else []),
            (self.data, words.DATA),
        ]

    def _restyle(self) -> None:
        for row in (self, self._row):
            row.setAccessibleName(translate(words.PANELS))
        for panel, name in self._named():
            self.setTabText(self.indexOf(panel), translate(name))
            self.setTabToolTip(self.indexOf(panel), f"{translate(name)} ({dict(words.PANEL_KEYS)[name]})")
        if self._controls is not None:
            self.setTabText(self.indexOf(self._controls), translate(words.CONTROLS))
        self._row.choose_words()
        self._fold.setIcon(icon("up" if self._is_folded else "down"))
        tip = translate(words.SHOW_PANELS if self._is_folded else words.HIDE_PANELS)
        self._fold.setToolTip(tip)
        self._fold.setAccessibleName(tip)


def _fill(place: QWidget, panel: QWidget) -> None:
    """Have a panel fill its place among the tabs."""
    layout = QVBoxLayout(place)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(panel)
