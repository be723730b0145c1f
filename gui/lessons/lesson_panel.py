"""The panel of a lesson, which replaces the guide: the position in the lesson, the open step, back and next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.contract.text import Text
from engine.lessons.answers import Words
from gui.lessons import words
from gui.lessons.step_view import StepView
from gui.panels.wrapped import wrapped_label
from gui.spoken.interfaces import make_heading
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import use_secondary_ink
from gui.style.icons import icon
from gui.style.language import language, translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window.regions import PageArea


class LessonPanel(QWidget):
    """Shows a step, or a page of text before the first and after the last one. ``back_wanted``, ``next_wanted``,
    ``leave_wanted``, ``answers_wanted`` (save the answers) and ``edit_wanted`` are emitted by its buttons and menu,
    ``step_wanted`` by the button that leads back from another experiment.
    """

    back_wanted = Signal()
    next_wanted = Signal()
    leave_wanted = Signal()
    answers_wanted = Signal()
    edit_wanted = Signal()
    step_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: StepView | None = None
        self._title, self._step_title = Words(), Words()
        self._number, self._count = 0, 0
        self._said: Sequence[Text] = ()
        self._elsewhere: Text | None = None
        self._is_last = False
        self.place, self.title = PlainLabel(), wrapped_label()
        make_heading(self.title, 2)
        self.back_button, self.next_button, self.there_button = QPushButton(), QPushButton(), QPushButton()
        self.more_button = QToolButton()
        self.back_button.clicked.connect(self.back_wanted)
        self.next_button.clicked.connect(self._next_clicked)
        self.answers_button = QPushButton()
        self.answers_button.clicked.connect(self.answers_wanted)
        self.there_button.clicked.connect(self.step_wanted)
        self.menu = QMenu(self)
        self._entries: list[tuple[QAction, Text]] = []
        for name, signal in (
            (words.ANSWERS, self.answers_wanted),
            (words.EDIT, self.edit_wanted),
            (words.LEAVE, self.leave_wanted),
        ):
            action = self.menu.addAction("")
            action.triggered.connect(signal)
            self._entries.append((action, name))
        self.more_button.setMenu(self.menu)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more_button.setAutoRaise(True)
        self._head, self._foot = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self.place, 1)
        self._head.addWidget(self.more_button)
        for button in (self.back_button, self.next_button, self.answers_button, self.there_button):
            self._foot.addWidget(button)
        self._foot.addStretch(1)
        self.text = wrapped_label()
        self._body = QWidget()
        self._body_layout = QVBoxLayout(self._body)
        self._body_layout.setContentsMargins(0, 0, 0, 0)
        self._body_layout.addLayout(self._head)
        self._body_layout.addWidget(self.title)
        self._body_layout.addWidget(self.text)
        self._body_layout.addLayout(self._foot)
        self._body_layout.addStretch(1)
        self._body.setAutoFillBackground(True)
        self._body.setBackgroundRole(QPalette.ColorRole.Base)
        self._area = PageArea()
        self._area.setWidget(self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)
        self._restyle()
        connect_while_visible(self, appearance().changed, self._restyle)

    # What is shown

    def show_step(self, view: StepView, title: Words, number: int, count: int) -> None:
        """Show a step, number ``number`` of ``count``, counted from 1, of the lesson with this title."""
        self._take(view)
        self._title, self._step_title, self._number, self._count = title, view.step.title, number, count
        self._said, self._elsewhere, self._is_last = (), None, number == count
        self._restyle()

    def show_words(self, title: Words, said: Sequence[Text], begins: bool) -> None:
        """Show a page of text: the introduction if ``begins``, else the page after the last step."""
        self._take(None)
        self._title, self._step_title, self._number, self._count = title, Words(), 0, 0
        self._said, self._elsewhere, self._is_last = said, None, not begins
        self._restyle()

    def show_elsewhere(self, elsewhere: Text | None) -> None:
        """Show this sentence that another experiment than the step's is open; None if the step's is open."""
        if elsewhere != self._elsewhere:
            self._elsewhere = elsewhere
            self._restyle()

    # Inside

    @property
    def _is_end(self) -> bool:
        return self.view is None and self._is_last

    def _next_clicked(self) -> None:
        (self.leave_wanted if self._is_end else self.next_wanted).emit()

    def _take(self, view: StepView | None) -> None:
        if self.view is not None:
            self._body_layout.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
        self.view = view
        if view is not None:
            self._body_layout.insertWidget(self._body_layout.indexOf(self.text) + 1, view)
            view.show()
        self._area.verticalScrollBar().setValue(0)

    def _restyle(self) -> None:
        side = px(GRID + GRID // 2)
        self._body_layout.setContentsMargins(side, px(GRID), side, side)
        self._body_layout.setSpacing(px(GRID))
        self._foot.setSpacing(px(GRID))
        buttons = (self.back_button, self.next_button, self.there_button, self.answers_button)
        for widget in (*buttons, self.text):
            widget.setFont(font("text"))
        self.place.setFont(font("notes"))
        self.menu.setFont(font("text"))
        self.title.setFont(font("strong"))
        for action, name in self._entries:
            action.setText(translate(name))
        is_step = self.view is not None
        title = self._title.render(language())
        self.title.setText(self._step_title.render(language()) if is_step else title)
        minutes = self.view.minutes if self.view is not None else 0
        place = words.PLACE(title=self._title.text, number=self._number, all=self._count, minutes=minutes)
        self.place.setText(translate(place) if is_step else "")
        use_secondary_ink(self.place)
        self.back_button.setText(translate(words.BACK))
        self.back_button.setVisible(is_step or self._is_last)
        following = words.NEXT if is_step else words.BEGIN
        if self._is_last:
            following = words.FINISH if is_step else words.LEAVE
        self.next_button.setText(translate(following))
        self.answers_button.setText(translate(words.ANSWERS))
        self.answers_button.setVisible(self._is_end)
        self.there_button.setText(translate(words.GO_THERE))
        self.there_button.setVisible(self._elsewhere is not None)
        said = [self._elsewhere] if self._elsewhere is not None else list(self._said)
        self.text.setText("\n".join(translate(one) for one in said))
        self.text.setVisible(bool(said))
        if self.view is not None:
            self.view.setVisible(self._elsewhere is None)
            self.view.restyle()
        side = px(18)
        self.more_button.setIcon(icon("menu"))
        self.more_button.setIconSize(QSize(side, side))
        self.more_button.setToolTip(translate(words.MORE))
        self.more_button.setAccessibleName(translate(words.MORE))
        self.setAccessibleName(title)
