"""The page of a chapter: a row of tabs, one for each experiment, over the page of the current one; a note on what is
planned if the chapter has no experiment yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from engine.contract.catalogue import Chapter
from gui.style.appearance import appearance
from gui.style.foreground import use_secondary_ink
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.typography import font
from gui.window import words
from gui.window.tab_row import TabRow

if TYPE_CHECKING:
    from gui.page.experiment_page import ExperimentPage
    from gui.page.pages import Pages


class ChapterPage(QWidget):
    """A tab row of a chapter's experiments over the current one's page, which ``pages`` creates.

    ``experiment_chosen`` carries the id of the experiment whose tab was clicked.
    """

    experiment_chosen = Signal(str)

    def __init__(self, chapter: Chapter, pages: Pages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chapter = chapter
        self._pages = pages
        self._row = TabRow("text", parent=self)
        self._row.currentChanged.connect(self._row_changed)
        self._coming = PlainLabel()
        self._coming.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._coming.setWordWrap(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._coming)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._row)
        layout.addWidget(self._stack, 1)
        self.take_chapter(chapter)
        appearance().changed.connect(self._restyle)

    def take_chapter(self, chapter: Chapter) -> None:
        """Fill the tab row with the experiments of ``chapter``; the current one stays current if it is among them."""
        chosen, self.chapter = self.chosen, chapter
        self._row.blockSignals(True)
        for index in reversed(range(self._row.count())):
            self._row.removeTab(index)
        for entry in chapter.entries:
            self._row.setTabData(self._row.addTab(""), entry.id)
        self._row.blockSignals(False)
        self._row.setVisible(bool(chapter.entries))
        if chosen in self.experiment_ids:
            self.choose(chosen)
        self._restyle()

    @property
    def experiment_ids(self) -> tuple[str, ...]:
        """The ids of the chapter's experiments, in order."""
        return tuple(entry.id for entry in self.chapter.entries)

    @property
    def chosen(self) -> str | None:
        """The id of the current experiment; None if the chapter has no experiments yet."""
        return self._row.tabData(self._row.currentIndex()) if self._row.count() else None

    @property
    def page(self) -> ExperimentPage | None:
        """The current experiment's page, if it exists."""
        return self._pages.there(self.chosen)

    def show_experiment(self, experiment_id: str | None) -> ExperimentPage | None:
        """Show and return an experiment's page, created if necessary; for None, only the note on what is planned."""
        if experiment_id is None:
            return None
        page = self._pages.page(experiment_id)
        self._pages.show(experiment_id)
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.choose(experiment_id)
        return page

    def choose(self, experiment_id: str) -> None:
        """Make an experiment's tab the current one, without showing its page."""
        self._row.blockSignals(True)
        self._row.setCurrentIndex(self.experiment_ids.index(experiment_id))
        self._row.blockSignals(False)

    def set_presenting(self, presenting: bool) -> None:
        """Hide the tab row of experiments for a presentation, or show it again."""
        self._row.setVisible(not presenting and bool(self.chapter.entries))

    def _row_changed(self, index: int) -> None:
        if index >= 0:
            self.experiment_chosen.emit(self._row.tabData(index))

    def _restyle(self) -> None:
        for index, entry in enumerate(self.chapter.entries):
            self._row.setTabText(index, f"{entry.number} {translate(entry.name)}")
            self._row.setTabToolTip(index, translate(entry.line))
        self._coming.setFont(font("headline"))
        use_secondary_ink(self._coming)
        self._coming.setText(translate(words.COMING(line=self.chapter.line)))
