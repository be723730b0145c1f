"""The transport: buttons to play, step and go back, the timeline, and the speed."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from engine.contract.experiment import Experiment
from engine.contract.text import Text
from gui.page.timeline_bar import TimelineBar
from gui.run.timeline import Timeline, TimelineEntry
from gui.shelf.card import BeforeButton
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import write_in
from gui.style.icons import icon
from gui.style.language import translate
from gui.style.plain import PlainLabel, plain_tip
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window import words

# How much of the width the line has at least, and what the words for the place need beside it, at zoom 1.
_LINE, _PLACE = 0.25, 90
_ROOMY = 720
SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)
_BY = Text("by {unit}")
_SHORTCUTS = {"restart": "Ctrl+R", "back": "PageUp", "run": "Space", "step": "PageDown"}


class Transport(QWidget):
    """The row of controls of a run; hidden for experiments of the shape ``picture``, which do not advance. Where there
    is too little width, the timeline and the text of the update shown are in a second row above the buttons.

    ``stepped`` and ``back_stepped`` carry the unit; ``speed_chosen`` the multiple of the normal pace, or None for as
    fast as possible.
    """

    restarted = Signal()
    back_stepped = Signal(str)
    toggled = Signal()
    stepped = Signal(str)
    sought = Signal(int)
    to_newest = Signal()
    speed_chosen = Signal(object)
    pinned = Signal()
    network_wanted = Signal()

    def __init__(self, experiment: Experiment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._experiment = experiment
        self._running = self._begun = False
        self._back_is_exact = True
        self._entry: TimelineEntry | None = None
        self._room = (0, 0)
        self._buttons = {name: QToolButton() for name in ("restart", "back", "run", "step")}
        self._units = QComboBox()
        # Where there is no room for the list, the button that steps has its options in a menu.
        self._units_menu = QMenu(self)
        self._units_menu.aboutToShow.connect(self._fill_units_menu)
        self._units_menu.triggered.connect(self._unit_chosen)
        self._units.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._place = PlainLabel()
        self._newest = QToolButton()
        self._newest.hide()
        self.line = TimelineBar()
        self._speed = QComboBox(self)
        for factor in SPEEDS:
            self._speed.addItem(f"{factor:g}×", factor)
        self._speed.addItem("", None)
        self._speed.setCurrentIndex(SPEEDS.index(1.0))
        self.before = BeforeButton(self)
        self.before.setAutoRaise(True)
        self.pin = QToolButton(self)
        self.pin.setAutoRaise(True)
        self.keep = QToolButton(self)
        self.keep.setAutoRaise(True)
        # What it shows follows from its width: with a least width of its own it would keep the room it once had.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._above, self._below = QHBoxLayout(), QHBoxLayout()
        self._has_two_rows: bool | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID // 2, GRID, GRID)
        layout.setSpacing(GRID // 2)
        layout.addLayout(self._above)
        layout.addLayout(self._below)
        # The places of what comes are kept, so that nothing moves when it does.
        for part in (self._newest, self._buttons["restart"], self._buttons["back"]):
            _keep_place(part, True)
        _keep_place(self._speed, experiment.shape == "run")
        _keep_place(self.pin, experiment.keeps_runs)
        _keep_place(self.keep, experiment.keeps_network)
        self._lay_out()
        self._connect()
        self._restyle()
        connect_while_visible(self, appearance().changed, self._restyle)
        if experiment.shape == "picture":  # showing it here, where it has no parent yet, would make it a window
            self.hide()

    @property
    def unit(self) -> str:
        """The id of the chosen unit of steps, such as update or epoch."""
        return self._experiment.unit_ids[max(0, self._units.currentIndex())]

    @property
    def speed(self) -> float | None:
        """The multiple of the normal pace; None is as fast as possible."""
        return self._speed.currentData()

    def state(self) -> tuple[int, int, tuple[int, int], bool]:
        """The chosen unit and speed (indices), the widths of this widget and of the text of the update, and whether the
        run was begun; for ``take_state`` of another transport.
        """
        return (
            self._units.currentIndex(),
            self._speed.currentIndex(),
            (self.width(), self._place.minimumWidth()),
            self._begun,
        )

    def take_state(self, state: tuple[int, int, tuple[int, int], bool]) -> None:
        """Restore the ``state()`` of another transport."""
        unit, speed, self._room, self._begun = state
        self._show_what_is_of_use()
        self._units.setCurrentIndex(unit)
        self._speed.setCurrentIndex(speed)

    def show_state(
        self,
        timeline: Timeline | None,
        entry: TimelineEntry | None,
        end: int,
        *,
        running: bool,
        newest: bool,
        finished: bool,
        back_is_exact: bool = True,
    ) -> None:
        """Show the run's record, the entry shown and an axis up to update ``end``; the flags say which buttons are
        enabled. ``newest``: the newest entry is shown; ``back_is_exact``: a step back leads to the previous update.
        """
        if back_is_exact != self._back_is_exact:
            self._back_is_exact = back_is_exact
            self._name_back()
        update = entry.update if entry else 0
        self.line.show_timeline(timeline, update, end)
        if entry is not self._entry:
            self._entry = entry
            self._write_place()
            if not self._begun:  # once it is, no frame changes what is of use
                self._show_what_is_of_use()
        self._newest.setVisible(not newest)
        self._buttons["step"].setEnabled(not (finished and newest))
        self._buttons["run"].setEnabled(running or not (finished and newest))
        self._buttons["back"].setEnabled(update > 0)
        if not self._begun and (running or not newest):
            self._begun = True
            self._show_what_is_of_use()
        if running != self._running:
            self._running = running
            self._restyle_run()

    def _show_what_is_of_use(self) -> None:
        """Hide the controls that are of no use before the run has been played, and show them afterwards."""
        experiment, begun = self._experiment, self._begun
        self._buttons["restart"].setVisible(begun)
        # An opening may lie behind the beginning.
        self._buttons["back"].setVisible(begun or (self._entry is not None and self._entry.update > 0))
        self._speed.setVisible(begun and experiment.shape == "run")
        has_list = len(experiment.units) > 1 and self._is_roomy
        _keep_place(self._units, has_list)
        self._units.setVisible(begun and has_list)
        self.pin.setVisible(begun and experiment.keeps_runs)
        self.keep.setVisible(begun and experiment.keeps_network)

    @property
    def _is_roomy(self) -> bool:
        return self.width() >= px(_ROOMY)

    def _lay_out(self) -> None:
        """Put all widgets in one row, or in two where there is too little width."""
        two_rows = self.width() - self._width_of_others() < _LINE * self.width() + px(_PLACE)
        if two_rows == self._has_two_rows:
            return
        self._has_two_rows = two_rows
        for row in (self._above, self._below):
            while row.takeAt(0) is not None:
                pass
            row.setSpacing(GRID // 4 if two_rows else GRID // 2)
        first = self._above if two_rows else self._below
        for button in self._buttons.values():
            self._below.addWidget(button)
        self._below.addWidget(self._units)
        first.addWidget(self.line, 1)
        first.addWidget(self._newest)
        first.addWidget(self._place)
        self._below.addSpacing(GRID // 2)
        self._below.addStretch(1 if two_rows else 0)
        for part in (self._speed, *([self.before] if self._experiment.keeps_runs else []), self.pin, self.keep):
            self._below.addWidget(part)
        self._order_stops()

    def _width_of_others(self) -> int:
        """The width in pixels of all widgets that may share one row with the timeline and the text of the update."""
        experiment = self._experiment
        parts: list[QWidget] = [*self._buttons.values(), self._newest]
        parts += [self._units] if len(experiment.units) > 1 and self._is_roomy else []
        parts += [self._speed] if experiment.shape == "run" else []
        parts += [self.before, self.pin] if experiment.keeps_runs else []
        parts += [self.keep] if experiment.keeps_network else []
        return sum(part.sizeHint().width() + GRID // 2 for part in parts) + 3 * GRID

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # It may have come to another place of the page since then.
        self._order_stops()

    def _order_stops(self) -> None:
        """Set the tab order to the order on the screen."""
        line, buttons = (self.line, self._newest), (*self._buttons.values(), self._units)
        seen = (*line, *buttons) if self._has_two_rows else (*buttons, *line)
        for one, after in pairwise((*seen, self._speed, self.before, self.pin, self.keep)):
            QWidget.setTabOrder(one, after)

    def _connect(self) -> None:
        self._buttons["restart"].clicked.connect(self.restarted)
        self._buttons["back"].clicked.connect(self._back_clicked)
        self._buttons["run"].clicked.connect(self.toggled)
        self._buttons["step"].clicked.connect(self._step_clicked)
        self._newest.clicked.connect(self.to_newest)
        self._speed.currentIndexChanged.connect(self._speed_changed)
        self.line.sought.connect(self.sought)
        self.pin.clicked.connect(self.pinned)
        self.keep.clicked.connect(self.network_wanted)

    def _back_clicked(self) -> None:
        self.back_stepped.emit(self.unit)

    def _step_clicked(self) -> None:
        self.stepped.emit(self.unit)

    def _fill_units_menu(self) -> None:
        self._units_menu.clear()
        self._units_menu.setFont(font("text"))
        for index in range(self._units.count()):
            action = self._units_menu.addAction(self._units.itemText(index))
            action.setCheckable(True)
            action.setChecked(index == self._units.currentIndex())
            action.setData(index)

    def _unit_chosen(self, action: QAction) -> None:
        self._units.setCurrentIndex(action.data())

    def _speed_changed(self, _: int) -> None:
        self.speed_chosen.emit(self.speed)

    def _restyle(self) -> None:
        names = {"restart": words.RESTART, "back": self._back_name, "step": words.STEP}
        side = px(18)
        for name, button in self._buttons.items():
            button.setAutoRaise(True)
            button.setIconSize(QSize(side, side))
            if name != "run":
                button.setIcon(icon(name))
                self._name(button, names[name], _SHORTCUTS[name])
        self.before.setIcon(icon("before"))
        self.before.setIconSize(QSize(side, side))
        self.pin.setIcon(icon("pin"))
        self.pin.setIconSize(QSize(side, side))
        self._name(self.pin, words.PIN, "Ctrl+P")
        self.keep.setIcon(icon("keep"))
        self.keep.setIconSize(QSize(side, side))
        self._name(self.keep, words.KEEP_NETWORK, "Ctrl+K")
        self._restyle_run()
        index = max(0, self._units.currentIndex())
        self._units.clear()
        self._units.addItems([translate(_BY(unit=unit.kind or unit.name)) for unit in self._experiment.units])
        self._units.setCurrentIndex(index)
        for widget in (self._units, self._speed, self._newest):
            widget.setFont(font("text"))
        self._units.setAccessibleName(translate(words.STEP_SIZE))
        self._speed.setItemText(len(SPEEDS), translate(words.FASTEST))
        self._speed.setToolTip(translate(words.SPEED))
        self._speed.setAccessibleName(translate(words.SPEED))
        self._newest.setText(translate(words.TO_NEWEST))
        self._newest.setIcon(icon("newest"))
        self._newest.setIconSize(QSize(side, side))
        self._newest.setToolTip(translate(words.TO_NEWEST))
        self._newest.setAccessibleName(translate(words.TO_NEWEST))
        self._place.setFont(font("number"))
        self._place.setMinimumWidth(0)
        write_in(self._place, theme().text)
        self._write_place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._restyle_run()
            width, room = self._room
            self._place.setMinimumWidth(room if self.width() == width else 0)
            self._write_place()

    def _write_place(self) -> None:
        """Show how many of each unit were completed, or only of the first if the timeline would become too short."""
        if self._entry is None:
            self._place.setText("")
            return
        words = translate(self._entry.label)
        self.line.say_place(words)
        self._place.setToolTip(plain_tip(words))
        room = self.width() - (self._newest.sizeHint().width() if self._has_two_rows else self._width_of_others())
        if self._place.fontMetrics().horizontalAdvance(words) > room - _LINE * self.width():
            words = translate(TimelineEntry(self._entry.frame, self._entry.params, self._entry.parts[:1]).label)
        self._place.setText(words)
        # Room once taken is kept, so that the line does not change its length under the hand.
        self._place.setMinimumWidth(max(self._place.minimumWidth(), self._place.sizeHint().width()))

    def _restyle_run(self) -> None:
        button = self._buttons["run"]
        # The button that everything starts with says so in a word, where there is room.
        styles = Qt.ToolButtonStyle
        roomy = self._is_roomy
        several = len(self._experiment.units) > 1
        self._show_what_is_of_use()
        modes = QToolButton.ToolButtonPopupMode
        self._buttons["step"].setMenu(self._units_menu if several and not roomy else None)  # type: ignore[arg-type] # Qt takes none
        self._buttons["step"].setPopupMode(modes.MenuButtonPopup if several and not roomy else modes.DelayedPopup)
        button.setToolButtonStyle(styles.ToolButtonTextBesideIcon if roomy else styles.ToolButtonIconOnly)
        self._newest.setToolButtonStyle(styles.ToolButtonTextOnly if roomy else styles.ToolButtonIconOnly)
        button.setFont(font("strong"))
        button.setMinimumWidth(0)
        widths = []
        for name in (words.RUN, words.PAUSE):
            button.setText(translate(name))
            widths.append(button.sizeHint().width())
        button.setMinimumWidth(max(widths))
        name = words.PAUSE if self._running else words.RUN
        button.setIcon(icon("pause" if self._running else "play"))
        self._name(button, name, _SHORTCUTS["run"])
        button.setText(translate(name))
        self._lay_out()

    @property
    def _back_name(self) -> Text:
        return words.BACK if self._back_is_exact else words.BACK_TO_KEPT

    def _name_back(self) -> None:
        self._name(self._buttons["back"], self._back_name, _SHORTCUTS["back"])

    def _name(self, button: QToolButton, name: Text, shortcut: str) -> None:
        button.setToolTip(f"{translate(name)} ({shortcut})" if shortcut else translate(name))
        button.setAccessibleName(translate(name))


def _keep_place(part: QWidget, keeps: bool) -> None:
    """Set whether the layout keeps the space of a widget while it is hidden."""
    policy = part.sizePolicy()
    if policy.retainSizeWhenHidden() != keeps:
        policy.setRetainSizeWhenHidden(keeps)
        part.setSizePolicy(policy)
