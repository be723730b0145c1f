"""The panel of one station: its task, its checks and hints, and what the network does when they pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.contract.catalogue import entry_of
from engine.contract.text import Text, enumerated, sentences
from engine.exercises.sentences import RIGHT, sentence_of, step_words
from engine.networks.kept import KeptNetwork, LayerKind
from engine.own_network.checking import StationResult
from engine.own_network.generalizing import IMAGES, TechniqueCurves
from engine.own_network.learning import Curves
from engine.own_network.station import Station
from engine.own_network.stations import stations
from engine.own_network.terminal import checked_part
from gui.own_network import words
from gui.own_network.learning_picture import LearningPicture
from gui.own_network.techniques_picture import TechniquesPicture
from gui.panels.exercises.checking import CheckList, PrintedBox, hints_left
from gui.panels.wrapped import wrapped_label
from gui.spoken.interfaces import make_heading
from gui.spoken.spoken import say
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import use_secondary_ink, write_in
from gui.style.language import translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window.regions import PageArea

_DOES = {
    "reads": words.READS,
    "times": words.TIMES,
    "compares": words.COMPARES,
    "trains": words.TRAINS,
    "generalizes": words.GENERALIZES(images=IMAGES),
}


class StationPanel(PageArea):
    """Shows one station at a time. Emits ``check_wanted``, ``headings_wanted`` (insert the station's headings),
    ``yours_wanted`` (insert the learner's code of exercises), ``stop_wanted``, ``play_wanted(id)`` to play an
    experiment with the code, ``does_wanted`` for what the network does itself, ``network_wanted(id)`` to show the
    network in an experiment, ``terminal_wanted`` (insert lines for a terminal) and ``next_wanted``. A result is about
    the source that was checked: once the source differs, the result is marked as outdated.
    """

    check_wanted = Signal()
    headings_wanted = Signal()
    yours_wanted = Signal()
    stop_wanted = Signal()
    play_wanted = Signal(str)
    does_wanted = Signal()
    network_wanted = Signal(str)
    terminal_wanted = Signal()
    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, takes_keys=True)
        self._station: Station | None = None
        self._results: dict[int, tuple[StationResult, str]] = {}
        self._hints: dict[int, list[int]] = {}
        self._said: dict[int, Text] = {}
        self._judged: set[int] = set()
        self._curves: dict[int, Curves | TechniqueCurves] = {}
        self._networks: dict[int, LayerKind] = {}
        self._yours: tuple[Text, ...] = ()
        self._has_file = self._runs = self._is_apart = False
        self._file_name = self._source = ""
        self._pressed: QPushButton | None = None
        self._build()
        self._restyle()
        connect_while_visible(self, appearance().changed, self._restyle)

    # What comes from outside

    def show_station(self, station: Station) -> None:
        """Show a station, with its results so far."""
        self._station = station
        self.checks.set_checks(step_words(station))
        self._write()
        self.verticalScrollBar().setValue(0)

    def show_file(self, name: str | None, source: str, is_apart: bool = False) -> None:
        """Set the name and the source of the file, None without a file; ``is_apart`` if the file on the disk has a
        different text.
        """
        self._has_file, self._file_name, self._source = name is not None, name or "", checked_part(source)
        self._is_apart = is_apart
        self._write()

    def forget(self) -> None:
        """Delete all results, since another file is shown."""
        self._results.clear()
        self._said.clear()
        self._judged.clear()
        self._curves.clear()
        self._networks.clear()
        self._write()

    def show_yours(self, names: Sequence[Text]) -> None:
        """Offer the learner's code of exercises, by these labels; nothing if there are none."""
        self._yours = tuple(names)
        self._write()

    def show_running(self, runs: bool) -> None:
        """Show whether a check or training is running, which can be stopped. Meanwhile the Stop button has the focus if
        a button here had it; afterwards that button gets it back.
        """
        pressed = QApplication.focusWidget()
        if runs and isinstance(pressed, QPushButton) and self.isAncestorOf(pressed) and pressed is not self.stop_button:
            self._pressed = pressed
            self.stop_button.show()
            self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        had_keys, self._runs = self.stop_button.hasFocus(), runs
        self._write()
        if not runs and had_keys and self._pressed is not None:
            self._pressed.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_result(self, result: StationResult, source: str) -> None:
        """Show the result of a check of this source."""
        order = result.station.order
        self._results[order] = result, checked_part(source)
        self._said[order] = _said_of(result)
        self._judged.add(order)
        self._write()
        say(self.outcome, self.outcome.text())

    def say(self, text: Text, station: Station | None = None) -> None:
        """Show a sentence at a station, for None at the one that is shown."""
        at = station or self._station
        if at is not None:
            self._said[at.order] = text
            self._judged.discard(at.order)
            self._write()
            if at is self._station:
                say(self.outcome, self.outcome.text())

    def show_training(self, station: Station, curves: Curves | TechniqueCurves) -> None:
        """Show the training curves of a station."""
        self._curves[station.order] = curves
        self._write()

    def show_network(self, station: Station, network: KeptNetwork | None) -> None:
        """Set the trained network of a station, which experiments can show; None for none."""
        self._networks.pop(station.order, None)
        if network is not None:
            self._networks[station.order] = network.kind
        self._write()

    def holds(self, order: int) -> bool | None:
        """Whether a station passed its checks, with the file's present source; None if that was not checked."""
        result, source = self._results.get(order, (None, ""))
        known = result is not None and result.verdict is not None and source == self._source
        return result.holds if known and result is not None else None

    # Building

    def _build(self) -> None:
        page = QWidget()
        page.setAutoFillBackground(True)
        page.setBackgroundRole(self.palette().ColorRole.Base)
        self._page = QVBoxLayout(page)
        self.title, self.task, self.outcome, self.notes, self.ours, self.does_heading = (
            wrapped_label() for _ in range(6)
        )
        make_heading(self.title, 2)
        make_heading(self.does_heading, 3)
        self.check_button, self.hint_button, self.headings_button, self.stop_button = (QPushButton() for _ in range(4))
        self.yours, self.yours_button = wrapped_label(), QPushButton()
        self.does_button, self.terminal_button, self.next_button = (QPushButton() for _ in range(3))
        self.digit_button, self.maps_button = QPushButton(), QPushButton()
        calls: tuple[tuple[QPushButton, Callable[[], object]], ...] = (
            (self.check_button, self.check_wanted.emit), (self.hint_button, self._hint),
            (self.headings_button, self.headings_wanted.emit), (self.yours_button, self.yours_wanted.emit),
            (self.stop_button, self.stop_wanted.emit),
            (self.does_button, self.does_wanted.emit),
            (self.digit_button, lambda: self.network_wanted.emit("digits")),
            (self.maps_button, lambda: self.network_wanted.emit("feature_maps")),
            (self.terminal_button, self.terminal_wanted.emit), (self.next_button, self.next_wanted.emit),
        )  # fmt: skip
        for button, call in calls:
            button.clicked.connect(call)
        self.checks, self.printed = CheckList(), PrintedBox()
        self.picture, self.techniques = LearningPicture(), TechniquesPicture()
        self.play_buttons: dict[str, QPushButton] = {}
        self._plays = QVBoxLayout()
        buttons = QHBoxLayout()
        for button in (self.check_button, self.stop_button, self.hint_button, self.headings_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for part in (self.title, self.task):
            self._page.addWidget(part)
        self._page.addLayout(buttons)
        self._page.addWidget(self.yours)
        self._page.addWidget(self.yours_button, 0, Qt.AlignmentFlag.AlignLeft)
        above: tuple[QWidget, ...] = (self.outcome, self.notes, self.checks, self.printed, self.does_heading)
        below: tuple[QWidget, ...] = (
            self.does_button, self.picture, self.techniques, self.ours, self.digit_button, self.maps_button,
            self.terminal_button,
            self.next_button,
        )  # fmt: skip
        for shown in above:
            self._page.addWidget(shown)
        self._page.addLayout(self._plays)
        for shown in below:
            self._page.addWidget(shown)
        for button in (
            self.does_button, self.digit_button, self.maps_button, self.terminal_button, self.next_button,
        ):  # fmt: skip
            self._page.setAlignment(button, Qt.AlignmentFlag.AlignLeft)
        self._page.addStretch(1)
        self.setWidget(page)

    def _hint(self) -> None:
        station = self._station
        if station is None:
            return
        shown, (result, _) = self._hints.setdefault(station.order, []), self._results.get(station.order, (None, ""))
        if left := hints_left(station, shown, result.verdict if result is not None else None):
            shown.append(left[0])
        self._write()

    # Writing

    def _write(self) -> None:
        """Show the present state. If the focused button is hidden or disabled by that, Check (or Stop, while running)
        gets the focus.
        """
        pressed = QApplication.focusWidget()
        is_mine = isinstance(pressed, QPushButton) and self.isAncestorOf(pressed)
        self._write_all()
        if is_mine and isinstance(pressed, QPushButton) and not (pressed.isEnabled() and pressed.isVisible()):
            free = self.stop_button if self._runs else self.check_button
            free.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write_all(self) -> None:
        station = self._station
        if station is None:
            return
        result, checked = self._results.get(station.order, (None, ""))
        verdict = result.verdict if result is not None else None
        holds = bool(self.holds(station.order))
        self.title.setText(translate(words.STATION(sign="", number=station.order, title=station.title)))
        self.task.setText(translate(station.task))
        is_old = result is not None and checked != self._source
        self.checks.show_verdict(None if is_old else verdict)
        # A station that passed needs no list of checks; what the network does is shown instead.
        self.checks.setVisible(not holds)
        said = self._said.get(station.order)
        is_judged = verdict is not None and station.order in self._judged
        further = words.CHANGED_SINCE if is_judged and is_old else words.APART if is_judged and self._is_apart else None
        told = [translate(one) for one in (said, further) if one is not None]
        self.outcome.setText("\n".join(told))
        self.outcome.setVisible(bool(told))
        is_verdict = is_judged and not is_old
        write_in(self.outcome, theme().text if not is_verdict else theme().right if holds else theme().wrong)
        shown = self._hints.get(station.order, [])
        self.notes.setText("\n\n".join(translate(station.hints[index]) for index in shown))
        self.notes.setVisible(bool(shown))
        self.printed.show_printed(verdict.printed if verdict is not None and not holds and not is_old else "")
        self.hint_button.setText(
            translate(words.HINT(number=min(len(shown) + 1, len(station.hints)), all=len(station.hints)))
        )
        self.hint_button.setEnabled(len(shown) < len(station.hints))
        self.check_button.setEnabled(self._has_file)
        self.check_button.setVisible(not self._runs)
        self.headings_button.setEnabled(self._has_file and not self._is_headed(station))
        self.stop_button.setVisible(self._runs)
        self.yours.setText(translate(words.YOURS(names=enumerated(self._yours))) if self._yours else "")
        for part in (self.yours, self.yours_button):
            part.setVisible(self._has_file and bool(self._yours))
        self._write_what_it_does(station, holds and not self._runs)

    def _is_headed(self, station: Station) -> bool:
        """Whether the file has a heading (``def`` or ``class``) that the station asks for."""
        # Methods of other classes may have the same names: if a class is asked for, only its name is looked for.
        whole = [one for one in station.defines if "." not in one]
        names = whole or [one.rpartition(".")[2] for one in station.defines]
        return any(re.search(rf"^\s*(def|class) {name}\b", self._source, re.MULTILINE) for name in names)

    def _write_what_it_does(self, station: Station, is_free: bool) -> None:
        self.does_heading.setText(translate(words.WHAT_IT_DOES if self.holds(station.order) else words.WHAT_IT_WILL_DO))
        for experiment_id, button in self.play_buttons.items():
            button.setVisible(experiment_id in station.plays_in)
        for experiment_id in station.plays_in:
            self._play_button(experiment_id).setEnabled(is_free)
        self.does_button.setVisible(bool(station.does))
        self.does_button.setText(translate(_DOES.get(station.does, words.TRAINS)))
        self.does_button.setEnabled(is_free)
        curves = self._curves.get(station.order)
        self.picture.setVisible(isinstance(curves, Curves))
        self.techniques.setVisible(isinstance(curves, TechniqueCurves))
        self.ours.setVisible(isinstance(curves, Curves) and bool(curves.our_losses))
        if isinstance(curves, Curves):
            self.picture.show_training(curves)
        elif curves is not None:
            self.techniques.show_training(curves)
        network = None if self._runs else self._networks.get(station.order)
        self.digit_button.setVisible(network is not None)
        self.maps_button.setVisible(network == "conv")
        for button, experiment_id, help in (
            (self.digit_button, "digits", words.DIGIT_HELP), (self.maps_button, "feature_maps", words.MAPS_HELP)
        ):  # fmt: skip
            place = entry_of(experiment_id)
            button.setToolTip(translate(help(name=self._file_name, number=place.number, place=place.name)))
        self.terminal_button.setVisible(station.does == "trains")
        self.terminal_button.setEnabled(is_free)
        follows = next((one for one in stations() if one.order > station.order), None)
        self.next_button.setVisible(follows is not None and bool(self.holds(station.order)))
        if follows is not None:
            self.next_button.setText(translate(words.NEXT(number=follows.order, title=follows.title)))

    def _play_button(self, experiment_id: str) -> QPushButton:
        button = self.play_buttons.get(experiment_id)
        if button is None:
            button = self.play_buttons[experiment_id] = QPushButton()
            button.clicked.connect(lambda: self.play_wanted.emit(experiment_id))
            self._plays.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            button.setFont(font("text"))
        entry = entry_of(experiment_id)
        button.setText(translate(words.PLAY(number=entry.number, name=entry.name)))
        return button

    def _restyle(self) -> None:
        side = px(GRID + GRID // 2)
        self._page.setContentsMargins(side, side, side, side)
        self._page.setSpacing(px(GRID))
        self.title.setFont(font("strong"))
        for label in (self.task, self.yours, self.outcome, self.notes):
            label.setFont(font("text"))
        for label in (self.does_heading, self.ours):
            label.setFont(font("notes"))
            use_secondary_ink(label)
        self.ours.setText(translate(words.OURS))
        self.terminal_button.setToolTip(translate(words.TERMINAL_HELP))
        named = (
            (self.check_button, words.CHECK), (self.stop_button, words.STOP),
            (self.headings_button, words.PUT_HEADINGS_IN), (self.yours_button, words.TAKE_YOURS),
            (self.digit_button, words.DIGIT),
            (self.maps_button, words.MAPS), (self.terminal_button, words.TERMINAL),
        )  # fmt: skip
        for button, text in named:
            button.setText(translate(text))
        for button in (
            *(one for one, _ in named),
            self.hint_button,
            self.does_button,
            self.next_button,
            *self.play_buttons.values(),
        ):
            button.setFont(font("text"))
        self.headings_button.setToolTip(translate(words.HEADINGS_HELP))
        self.checks.restyle()
        self.printed.restyle()
        self._write()


def _said_of(result: StationResult) -> Text:
    """The sentence about a station's result."""
    station, verdict = result.station, result.verdict
    if verdict is None:
        return words.NOT_BEGUN(names=", ".join(station.defines))
    said = RIGHT if verdict.failure is None else sentence_of(verdict.failure, station)
    if not result.filled:
        return said
    return sentences((said, words.FILLED(numbers=enumerated([str(one) for one in result.filled]))))
