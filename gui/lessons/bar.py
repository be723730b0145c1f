"""The bar above the stage that leads through a lesson: where one is, what is said and asked there, back and next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.contract.text.text import Text
from engine.lessons.words import Words
from gui.lessons import words
from gui.lessons.step_view import StepView
from gui.panels.wrapped_label import wrapped_label
from gui.spoken.factory import make_heading
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import use_secondary_ink
from gui.style.icons import icon
from gui.style.language import language, translate
from gui.style.plain_label import PlainLabel
from gui.style.plain_tip import plain_tip
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window.page_area import PageArea

_MOST_OF_PAGE, _MOST_OF_LOW, _LOW, _LEAST = 0.42, 0.36, 620, 44
"""The bar takes no more than this share of the page, and less of one that is low; what does not fit is scrolled."""


class LessonBar(QFrame):
    """``back_wanted``, ``next_wanted``, ``leave_wanted``, ``answers_wanted`` and ``edit_wanted`` follow its buttons,
    ``step_wanted`` the way back from another experiment. It shows a step, or a page of words before and after all.
    """

    back_wanted = Signal()
    next_wanted = Signal()
    leave_wanted = Signal()
    answers_wanted = Signal()
    edit_wanted = Signal()
    step_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: QWidget | None = None
        self.view: StepView | None = None
        self._title, self._step_title = Words(), Words()
        self._number, self._count = 0, 0
        self._said: Sequence[Text] = ()
        self._elsewhere: Text | None = None
        self._is_folded = self._is_last = False
        # All room that is left belongs to the stage.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.place, self.title = PlainLabel(), PlainLabel()
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        make_heading(self.title, 2)
        self.back_button, self.next_button, self.there_button = QPushButton(), QPushButton(), QPushButton()
        self.fold_button, self.more_button = QToolButton(), QToolButton()
        self.back_button.clicked.connect(self.back_wanted)
        self.next_button.clicked.connect(self._next_clicked)
        self.answers_button = QPushButton()
        self.answers_button.clicked.connect(self.answers_wanted)
        self.there_button.clicked.connect(self.step_wanted)
        self.fold_button.clicked.connect(lambda: self.fold(not self._is_folded))
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
        for button in (self.fold_button, self.more_button):
            button.setAutoRaise(True)
        self._head = QHBoxLayout()
        for widget in (
            self.place,
            self.title,
            self.there_button,
            self.back_button,
            self.answers_button,
            self.next_button,
        ):
            self._head.addWidget(widget, int(widget is self.title))
        self._head.addWidget(self.fold_button)
        self._head.addWidget(self.more_button)
        self.text = wrapped_label()
        self._body = QWidget()
        self._body_layout = QVBoxLayout(self._body)
        self._body_layout.setContentsMargins(0, 0, 0, 0)
        self._body_layout.addWidget(self.text)
        self._area = PageArea()
        self._area.setWidget(self._body)
        for part in (self._area.viewport(), self._body):
            part.setAutoFillBackground(False)
        self._body.installEventFilter(self)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self._area)
        self._restyle()
        connect_while_visible(self, appearance().changed, self._restyle)

    # What is shown

    def show_step(self, view: StepView, title: Words, number: int, count: int) -> None:
        """Show a step, the ``number``-th of ``count``, counted from 1, of the lesson with this title."""
        self._take(view)
        self._title, self._step_title, self._number, self._count = title, view.step.title, number, count
        self._said, self._elsewhere, self._is_last = (), None, number == count
        self._restyle()

    def show_words(self, title: Words, said: Sequence[Text], begins: bool) -> None:
        """Show the page before the first step, or the one behind the last."""
        self._take(None)
        self._title, self._step_title, self._number, self._count = title, Words(), 0, 0
        self._said, self._elsewhere, self._is_last = said, None, not begins
        self._restyle()

    def show_elsewhere(self, elsewhere: Text | None) -> None:
        """Say that another experiment is shown than the one of the step; None for that one."""
        if elsewhere != self._elsewhere:
            self._elsewhere = elsewhere
            self._restyle()

    def fold(self, folded: bool) -> None:
        """Show only the line with the title, or everything."""
        self._is_folded = folded
        self._restyle()

    def fit(self) -> None:
        """Take as much room as is needed, but no more than its share of the page."""
        page = self._page
        if page is None or self._area.isHidden():
            return
        width = max(1, self.width() - 2 * GRID - self._area.verticalScrollBar().sizeHint().width())
        layout = self._body_layout
        needed = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        share = _MOST_OF_PAGE if page.height() >= px(_LOW) else _MOST_OF_LOW
        most = max(px(_LEAST), round(share * page.height()) - self._head.sizeHint().height())
        self._area.setFixedHeight(max(1, min(needed, most)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        laid_out = watched is self._body and event.type() == QEvent.Type.LayoutRequest
        if laid_out or (watched in (self._body, self._page) and event.type() == QEvent.Type.Resize):
            self.fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        # Not by the palette, which all inside would inherit: boxes to be filled in take their outline from its window.
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), QColor(theme().raised))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ParentChange and self._page is not self.parentWidget():
            if self._page is not None:
                self._page.removeEventFilter(self)
            self._page = self.parentWidget()
            if self._page is not None:
                self._page.installEventFilter(self)

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
            self._body_layout.addWidget(view)
            view.show()
        self._area.verticalScrollBar().setValue(0)

    def _restyle(self) -> None:
        gap = px(GRID)
        self._layout.setContentsMargins(gap, px(GRID // 2), gap, px(GRID // 2))
        self._layout.setSpacing(px(GRID // 2))
        self._head.setSpacing(gap)
        buttons = (self.back_button, self.next_button, self.there_button, self.answers_button)
        for widget in (*buttons, self.text, self.place):
            widget.setFont(font("text"))
        self.menu.setFont(font("text"))
        self.title.setFont(font("strong"))
        for action, name in self._entries:
            action.setText(translate(name))
        is_step = self.view is not None
        title = self._title.render(language())
        self.title.setText(
            translate(words.STEP_TITLE(title=self._title.text, step=self._step_title.text)) if is_step else title
        )
        self.title.setToolTip(plain_tip(self.title.text()))
        self.place.setText(translate(words.PLACE(number=self._number, all=self._count)) if is_step else "")
        self.place.setVisible(is_step)
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
        self._area.setVisible(not self._is_folded)
        self._dress(
            self.fold_button, "down" if self._is_folded else "up", words.UNFOLD if self._is_folded else words.FOLD
        )
        self._dress(self.more_button, "menu", words.MORE)
        self.setAccessibleName(title)
        self.update()
        self.fit()

    def _dress(self, button: QToolButton, name: str, tip: Text) -> None:
        side = px(18)
        button.setIcon(icon(name))
        button.setIconSize(QSize(side, side))
        button.setToolTip(translate(tip))
        button.setAccessibleName(translate(tip))
