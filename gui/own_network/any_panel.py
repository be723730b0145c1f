"""The check of a network class of any name: the choice of the class, what was found, and a report of it as a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.contract.text import EMPTY, Text, untranslated
from engine.own_network.any_fitting import is_python, networks_in
from engine.own_network.any_network import Finding
from gui.learner.printed.document import document, made_on, row
from gui.own_network import words
from gui.own_network.own_runner import Updates
from gui.panels.exercises.checking import CheckList, Sign
from gui.panels.wrapped import wrapped_label
from gui.spoken.interfaces import make_heading
from gui.spoken.spoken import say
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import write_in
from gui.style.language import translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window.regions import PageArea

_SIGNS: dict[str, Sign] = {"holds": "✓", "told": "·", "fails": "×"}


@dataclass
class Checked:
    """The findings about the class ``name`` in a file with this source; ``is_over`` once the check has ended."""

    name: str
    source: str
    findings: list[Finding] = field(default_factory=list)
    is_over: bool = False

    @property
    def holds(self) -> bool:
        """Whether there are findings and none of them is a failure."""
        return bool(self.findings) and all(one.state != "fails" for one in self.findings)

    @property
    def lines(self) -> list[tuple[Sign, Text]]:
        """The findings in order, each as a symbol (✓, · or ×) and its text."""
        return [(_SIGNS[one.state], _said(one)) for one in self.findings]

    @property
    def outcome(self) -> Text:
        """The sentence that sums up all findings."""
        return words.ALL_HOLDS if self.holds else words.NOT_ALL_HOLDS

    def page(self, file: str, language: str, day: date) -> str:
        """The findings as an HTML page; ``file`` is the name of the learner's file."""
        title = words.REPORT(file=file, name=untranslated(self.name)).render(language)
        heads = [made_on(day).render(language), self.outcome.render(language)]
        return document(title, heads, [row(sign, said.render(language)) for sign, said in self.lines], language)


class AnyPanel(PageArea):
    """The panel of the check. Emits ``check_wanted(name)`` with the class to be checked, ``stop_wanted()``, and
    ``page_wanted(checked)`` to save the findings as a page.
    """

    check_wanted = Signal(str)
    stop_wanted = Signal()
    page_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, takes_keys=True)
        self._checked: Checked | None = None
        self._updates: Updates | None = None
        self._told: Text | None = None
        self._has_file = self._runs = False
        self._is_python = True
        self._source = ""
        self._build()
        self._restyle()
        connect_while_visible(self, appearance().changed, self._restyle)

    def show_file(self, has_file: bool, source: str) -> None:
        """Set the source of the learner's file; its classes are looked up only while the panel is visible."""
        self._has_file, self._source = has_file, source
        if self.isVisible():
            self._offer_classes()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._offer_classes()

    def _offer_classes(self) -> None:
        self._is_python = is_python(self._source)
        names = list(networks_in(self._source))
        if self._is_python and names != [self.classes.itemText(index) for index in range(self.classes.count())]:
            self.classes.clear()
            self.classes.addItems(names)
        self._write()

    def forget(self) -> None:
        """Delete the findings, since another file is shown."""
        self._checked = self._updates = self._told = None
        self._write()

    def begin(self, name: str) -> None:
        """Start a new list of findings, for the class with this name in the present source."""
        self._checked, self._updates, self._told = Checked(name, self._source), None, None
        self._write()

    def show_finding(self, finding: Finding) -> None:
        """Add a finding to the list."""
        if self._checked is not None:
            self._checked.findings.append(finding)
            self._write()

    def show_updates(self, updates: Updates) -> None:
        """Show how many updates of the training are done, and the last loss."""
        self._updates = updates
        self._write()

    def show_running(self, runs: bool) -> None:
        """Show whether a check or training is running, so that it can be stopped."""
        self._runs = runs
        self._write()

    def end(self, told: Text | None = None) -> None:
        """Show that the check is over; ``told`` says why it has no result, None if it has one."""
        if self._checked is not None:
            self._checked.is_over, self._told = told is None, told
            self._write()
            say(self.outcome, self.outcome.text())

    def _build(self) -> None:
        page = QWidget()
        page.setAutoFillBackground(True)
        page.setBackgroundRole(self.palette().ColorRole.Base)
        self._page = QVBoxLayout(page)
        self.title, self.about, self.outcome, self.progress = (wrapped_label() for _ in range(4))
        make_heading(self.title, 2)
        self.classes, self.checks = QComboBox(), CheckList()
        self.check_button, self.stop_button, self.page_button = (QPushButton() for _ in range(3))
        self.check_button.clicked.connect(lambda: self.check_wanted.emit(self.classes.currentText()))
        self.stop_button.clicked.connect(self.stop_wanted.emit)
        self.page_button.clicked.connect(lambda: self.page_wanted.emit(self._checked))
        buttons = QHBoxLayout()
        pressed: Sequence[QWidget] = (self.classes, self.check_button, self.stop_button, self.page_button)
        for part in pressed:
            buttons.addWidget(part)
        buttons.addStretch(1)
        self._page.addWidget(self.title)
        self._page.addWidget(self.about)
        self._page.addLayout(buttons)
        found: Sequence[QWidget] = (self.outcome, self.checks, self.progress)
        for part in found:
            self._page.addWidget(part)
        self._page.addStretch(1)
        self.setWidget(page)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _write(self) -> None:
        """Show the present state. If Check or Stop is focused and hidden by that, the other one gets the focus."""
        pressed = QApplication.focusWidget()
        self._write_all()
        if pressed in (self.check_button, self.stop_button) and not pressed.isVisible():
            free = self.stop_button if self._runs else self.check_button
            free.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write_all(self) -> None:
        checked, names = self._checked, self.classes.count()
        self.classes.setVisible(names > 1)
        self.check_button.setEnabled(names > 0)
        self.check_button.setVisible(not self._runs)
        self.stop_button.setVisible(self._runs)
        self.page_button.setVisible(checked is not None and checked.is_over and not self._runs)
        is_old = checked is not None and checked.source != self._source
        told = self._told
        if checked is not None and checked.is_over:
            told = words.CHANGED_SINCE if is_old else checked.outcome
        elif self._runs:
            told = words.CHECKING
        elif told is None and self._has_file and not names:
            told = words.NO_NETWORK if self._is_python else words.NOT_PYTHON
        self.outcome.setText(translate(told) if told is not None else "")
        self.outcome.setVisible(told is not None)
        is_judged = checked is not None and checked.is_over and not is_old
        ink = theme().text
        if is_judged and checked is not None:
            ink = theme().right if checked.holds else theme().wrong
        write_in(self.outcome, ink)
        self.checks.show_lines(checked.lines if checked is not None else ())
        updates = self._updates
        self.progress.setVisible(self._runs and updates is not None)
        if updates is not None:
            done = words.UPDATES(done=updates.done, all=updates.of, loss=updates.loss)
            self.progress.setText(translate(done))

    def _restyle(self) -> None:
        side = px(GRID + GRID // 2)
        self._page.setContentsMargins(side, side, side, side)
        self._page.setSpacing(px(GRID))
        self.title.setFont(font("strong"))
        self.title.setText(translate(words.ANY))
        self.about.setText(translate(words.ABOUT_ANY))
        self.classes.setAccessibleName(translate(words.CLASS))
        self.classes.setFont(font("text"))
        for label in (self.about, self.outcome, self.progress):
            label.setFont(font("text"))
        named = (
            (self.check_button, words.CHECK), (self.stop_button, words.STOP), (self.page_button, words.SAVE_REPORT)
        )  # fmt: skip
        for button, text in named:
            button.setFont(font("text"))
            button.setText(translate(text))
        self.checks.restyle()
        self._write()


def report_name(file: str) -> str:
    """The suggested file name of the report page."""
    return f"{Path(file).stem}.html"


def _said(finding: Finding) -> Text:
    return finding.title if finding.says == EMPTY else words.FINDING(title=finding.title, says=finding.says)
