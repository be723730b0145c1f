"""The page for the learner's own network: tabs of the stations at the top, one station on the left, the file on the
right.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from engine.contract.catalogue import entry_of
from engine.contract.experiment import Experiment
from engine.contract.text import Refused, Text, enumerated, sentences, untranslated
from engine.exercises import experiment_of, load_exercise
from engine.exercises.sentences import sentence_of
from engine.exercises.verdict import Failure
from engine.networks.digit_reader import read_digit
from engine.networks.folder import free_name, usable_name
from engine.networks.keeping import keep
from engine.networks.kept import KeptNetwork
from engine.own_network.any_fitting import OF_STATIONS, networks_in
from engine.own_network.any_network import Finding
from engine.own_network.checking import Played, StationResult
from engine.own_network.learning import NumericalTime
from engine.own_network.reading import Reading
from engine.own_network.station import Station
from engine.own_network.stations import classes_in, stations
from engine.own_network.terminal import MARK, checked_part, terminal_lines
from engine.system import python_call
from gui.app.settings import Settings
from gui.learner.learner import OWN_NETWORK, Learner
from gui.learner.printed.dialog import ask_for_page
from gui.learner.printed.document import write_page
from gui.learner.records import OwnDigit
from gui.own_network import words
from gui.own_network.any_panel import AnyPanel, Checked, report_name
from gui.own_network.file_column import FileColumn
from gui.own_network.own_runner import OwnRunner, Updates
from gui.own_network.station_panel import StationPanel
from gui.spoken.interfaces import make_heading
from gui.style.appearance import appearance, connect_while_visible
from gui.style.language import language, translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window.tab_row import TabRow

_HOLDS, _FAILS, _OPEN = "✓ ", "× ", ""
_AT_WORK = {"reads": words.READING, "times": words.TIMING, "compares": words.TIMING}
"""The sentence shown while the network runs at a station, by ``Station.does``; for all others it says that it trains.
"""


class OwnPage(QWidget):
    """Emits ``play_wanted(experiment, written)`` to play an experiment with the learner's code, ``back_wanted()`` to
    leave the page, ``network_wanted(experiment, path)`` to show a kept network in an experiment, and ``unheld`` as
    ``OwnRunner`` does.
    """

    play_wanted = Signal(str, object)
    network_wanted = Signal(str, str)
    back_wanted = Signal()
    unheld = Signal(object)

    def __init__(self, settings: Settings, learner: Learner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._learner = settings, learner
        self._offered: list[tuple[str, str, Text]] = []
        self._networks: dict[int, tuple[KeptNetwork | None, Path | None]] = {}
        self._plays_in: str | None = None
        self._checked = ""
        self.runner = OwnRunner(self)
        self._at: Station | None = None
        self._build()
        self._connect()
        self.tabs.setCurrentIndex(self._first_open())
        self._choose()
        self._restyle()
        connect_while_visible(self, appearance().changed, self._restyle)
        if (known := settings.own_network) and Path(known).is_file():
            self.column.open(Path(known))

    @property
    def station(self) -> Station:
        """The station shown; the last one while the check of any network is shown."""
        return stations()[min(max(0, self.tabs.currentIndex()), len(stations()) - 1)]

    def show_any(self) -> None:
        """Show the tab with the check of any network."""
        self.tabs.setCurrentIndex(len(stations()))

    @property
    def _is_any(self) -> bool:
        return self.tabs.currentIndex() == len(stations())

    # What the learner does

    def _check(self) -> None:
        if self._is_any:
            self.any_panel.check_button.click()
        elif self.column.is_ready() and self.column.path is not None:
            self._at = station = self.station
            self.panel.say(words.CHECKING)
            self._checked = self.column.source
            self.runner.check(self.column.path, self._checked, station)
            self._show_running()

    def _check_any(self, name: str) -> None:
        if self.column.is_ready() and self.column.path is not None:
            self._at = None
            self.any_panel.begin(name)
            self.runner.check_class(self.column.path, self.column.source, name)
            self._show_running()

    def _save_page(self, checked: Checked) -> None:
        path = ask_for_page(self, Path(self._settings.folder) / report_name(self.column.name))
        if path is None:
            return
        self._settings.folder = str(path.parent)
        try:
            write_page(checked.page(self.column.name, language(), self._learner.today()), path, language())
        except Refused as refusal:
            self.column.tell(refusal.text)

    def _do(self) -> None:
        if self.column.is_ready() and self.column.path is not None:
            self._at = station = self.station
            self.panel.say(_AT_WORK.get(station.does, words.TRAINING))
            self.runner.do(self.column.path, self.column.source, station)
            self._show_running()

    def _play(self, experiment_id: str) -> None:
        path, station = self.column.path, self.station
        if self.column.is_ready() and path is not None:
            self._plays_in, self._at = experiment_id, station
            self.panel.say(words.CHECKING)
            self.runner.ask(path, self.column.source, lambda check: check.code_for(station, experiment_id))
            self._show_running()

    def _read_offered(self) -> None:
        """Read the learner's right code of the exercises that the station offers: the name that it defines, its source,
        and a label with the name and the day.
        """
        self._offered.clear()
        for exercise in self.station.offers:
            asked = load_exercise(exercise)
            name, source = asked.name, self._learner.right_source(exercise)
            if source is not None:
                piece = self._learner.progress(experiment_of(asked)).pieces.get(exercise)
                is_dated = piece is not None and piece.asked != date.min
                said = (
                    words.YOURS_OF(name=name, day=piece.asked.isoformat()) if is_dated and piece else untranslated(name)
                )
                self._offered.append((name, source, said))

    def _yours(self) -> list[tuple[str, str, Text]]:
        """The offered code whose function or class the file does not define yet."""
        source = self.column.source
        return [one for one in self._offered if not re.search(rf"^(def|class) {one[0]}\b", source, re.MULTILINE)]

    def _take_yours(self) -> None:
        for _, source, _ in self._yours():
            self.column.put_in(source)

    def _stop(self) -> None:
        self.runner.cancel()
        if self._at is None:
            self.any_panel.end(words.STOPPED)
        else:
            self.panel.say(words.STOPPED, self._at)
        self._show_running()

    def _put_terminal_in(self) -> None:
        if MARK not in self.column.source:
            self.column.put_in(terminal_lines())
            self.column.keep()
        self.panel.say(words.TERMINAL_DONE(command=python_call(str(self.column.path))))

    def _show_network_in(self, experiment_id: str) -> None:
        network, kept = self._networks.get(self.station.order, (None, None))
        if network is None:
            return
        try:
            kept = kept or keep(network, free_name(usable_name(Path(self.column.name).stem)))
        except Refused as refusal:
            self.panel.say(refusal.text)
            return
        self._networks[self.station.order] = network, kept
        self.network_wanted.emit(experiment_id, str(kept))

    # What the runner tells

    def _came(self, value: Any) -> None:
        if isinstance(value, StationResult):
            self.panel.show_result(value, self._checked)
            if value.station is self.station and checked_part(self._checked) == checked_part(self.column.source):
                failure = value.verdict.failure if value.verdict is not None else None
                self.column.editor.light(failure.line if failure is not None else None)
            if value.holds:
                self._learner.write(OWN_NETWORK, value.station.id)
            self._write_tabs()
        elif isinstance(value, Finding):
            self.any_panel.show_finding(value)
        elif isinstance(value, Updates):
            self.any_panel.show_updates(value)
        elif self._at is not None:
            self.panel.show_training(self._at, value)

    def _ended(self, value: Any) -> None:
        self._show_running()
        if self._at is None:
            self.any_panel.end(value if isinstance(value, Text) else None)
        elif isinstance(value, Text):
            self.panel.say(value, self._at)
        elif isinstance(value, Reading):
            self.show_reading(self._at, value)
        elif isinstance(value, NumericalTime):
            self.panel.say(value.text, self._at)
        elif isinstance(value, Failure):
            self.panel.say(sentence_of(value, self._at), self._at)
        elif isinstance(value, Played):
            self._played(value)

    def show_reading(self, station: Station, reading: Reading) -> None:
        """Show the result of what the network did at a station, and remember the network for a drawn digit."""
        if reading.curves is not None and not reading.curves.is_empty:
            self.panel.show_training(station, reading.curves)
        self._networks[station.order] = reading.kept, None
        self.panel.show_network(station, reading.kept)
        said = words.YOUR_NETWORK(reads=reading.text)
        if reading.updates and not reading.is_enough:
            said = words.TOO_FEW(reads=reading.text, share=reading.least)
        self.panel.say(sentences((said, *reading.more)), station)
        if reading.updates:
            self._learner.reach_accuracy(reading.share)
        drawn = self._learner.progress(OWN_NETWORK).digit
        if drawn is not None and reading.kept is not None and reading.updates:
            self._learner.draw_digit(OwnDigit(drawn.picture, *read_digit(reading.kept, drawn.picture)))

    def keep_digit(self, experiment: Experiment, params: Any, frame: Any) -> None:
        """Store the digit drawn for a network that was trained here, with the network's answer. Digits of presets are
        not the learner's and are left out.
        """
        if experiment.id != "digits" or not self._has_taught(params.network):
            return
        is_preset = any(one.changes.get("drawing") == params.drawing for one in experiment.presets)
        if params.drawing and not is_preset and frame.unaltered is None and not frame.origin.is_gone:
            self._learner.draw_digit(OwnDigit(frame.seen.tobytes(), frame.answer, frame.confidence))

    def _has_taught(self, network: str) -> bool:
        """Whether the network at this path was trained at a station."""
        found = (kept for kept, path in self._networks.values() if kept is not None and str(path) == network)
        return any(kept.updates for kept in found)

    def _played(self, played: Played) -> None:
        place, self._plays_in = self._plays_in, None
        assert place is not None
        entry = entry_of(place)
        here = {"number": entry.number, "name": entry.name}
        if played.written:
            names = enumerated([load_exercise(one.exercise).name for one in played.written])
            self.panel.say(words.PLAYING(**here, names=names), self._at)
            self.play_wanted.emit(place, played.written)
        elif played.unfit:
            exercise, failure = played.unfit[0]
            said = words.UNFIT_TO_PLAY(**here, yours=exercise.name)
            self.panel.say(sentences((said, sentence_of(failure, exercise))), self._at)
        else:
            self.panel.say(words.NOTHING_PLAYS(**here), self._at)

    # Inside

    def _build(self) -> None:
        self.title, self.back_button = PlainLabel(), QPushButton()
        make_heading(self.title, 1)
        self.back_button.setFlat(True)
        self.tabs = TabRow("text", tightens=True)
        for _ in stations():
            self.tabs.addTab("")
        self.tabs.addTab("")
        self.panel, self.any_panel, self.column = StationPanel(), AnyPanel(), FileColumn(self._settings)
        self.left = QStackedWidget()
        for part in (self.panel, self.any_panel):
            self.left.addWidget(part)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.back_button)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.left)
        self.splitter.addWidget(self.column)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setSizes([px(480), px(720)])
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(head)
        self._layout.addWidget(self.tabs)
        self._layout.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._choose)
        self.back_button.clicked.connect(self.back_wanted.emit)
        self.column.opened.connect(self._opened)
        self.column.edited.connect(self._edited)
        self.column.check_wanted.connect(self._check)
        self.runner.came.connect(self._came)
        self.runner.ended.connect(self._ended)
        self.runner.unheld.connect(self.unheld)
        panel = self.panel
        panel.check_wanted.connect(self._check)
        panel.headings_wanted.connect(lambda: self.column.put_in(self.station.blank.render(language())))
        panel.yours_wanted.connect(self._take_yours)
        panel.stop_wanted.connect(self._stop)
        panel.play_wanted.connect(self._play)
        panel.does_wanted.connect(self._do)
        panel.network_wanted.connect(self._show_network_in)
        panel.terminal_wanted.connect(self._put_terminal_in)
        self.any_panel.check_wanted.connect(self._check_any)
        self.any_panel.stop_wanted.connect(self._stop)
        self.any_panel.page_wanted.connect(self._save_page)
        panel.next_wanted.connect(lambda: self.tabs.setCurrentIndex(self.tabs.currentIndex() + 1))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_offered()  # an exercise may have been solved meanwhile
        self.panel.show_yours([said for _, _, said in self._yours()])

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.column.keep()
        if not self.window().isVisible():  # it is being closed
            self.column.keep_apart()
            self.runner.cancel()

    def _first_open(self) -> int:
        """The index of the first station that never passed its checks; the last one if all did."""
        written = self._learner.progress(OWN_NETWORK).written
        return next((at for at, one in enumerate(stations()) if one.id not in written), len(stations()) - 1)

    def _choose(self, *_: int) -> None:
        self._read_offered()
        self.panel.show_station(self.station)
        self.panel.show_yours([said for _, _, said in self._yours()])
        self.left.setCurrentWidget(self.any_panel if self._is_any else self.panel)

    def _show_running(self) -> None:
        self.panel.show_running(self.runner.is_running)
        self.any_panel.show_running(self.runner.is_running)
        self._write_tabs()

    def _opened(self) -> None:
        """Reset all results, since another file is shown. If it has a network of another class than the stations', show
        the check of any network.
        """
        self.runner.cancel()
        self._networks.clear()
        self.panel.forget()
        self.any_panel.forget()
        self._show_running()
        names = networks_in(self.column.source)
        if names and OF_STATIONS not in names and not classes_in(self.column.source):
            self.show_any()

    def _edited(self) -> None:
        has_file, source = self.column.path is not None, self.column.source
        self.panel.show_file(self.column.name if has_file else None, source, self.column.is_apart)
        self.any_panel.show_file(has_file, source)
        self.panel.show_yours([said for _, _, said in self._yours()])
        self._write_tabs()

    def _write_tabs(self) -> None:
        for index, station in enumerate(stations()):
            holds = self.panel.holds(station.order)
            sign = _OPEN if holds is None else _HOLDS if holds else _FAILS
            self.tabs.setTabText(index, translate(words.STATION(sign=sign, number=station.order, title=station.title)))
        self.tabs.setTabText(len(stations()), translate(words.ANY))
        self.tabs.choose_words()

    def _restyle(self) -> None:
        side = px(2 * GRID)
        self._layout.setContentsMargins(side, side, side, side)
        self._layout.setSpacing(px(GRID))
        self.title.setFont(font("headline"))
        self.title.setText(translate(words.TITLE))
        self.back_button.setFont(font("text"))
        self.back_button.setText(translate(words.BACK))
        self.column.restyle()
        self._write_tabs()
