"""The page for a network of one's own: stations above, one of them on the left, the file on the right."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from engine.contract.catalogue import entry_of
from engine.contract.numerals import format_short
from engine.contract.run import LearnerCode
from engine.contract.text import Refused, Text, enumerated, path_words, sentences, shortened
from engine.exercises import load_exercise
from engine.exercises.sentences import sentence_of
from engine.exercises.verdict import Failure
from engine.networks.folder import free_name, usable_name
from engine.networks.keeping import keep
from engine.networks.kept import KeptNetwork
from engine.own_network.checking import NetworkCheck, StationResult
from engine.own_network.headings import with_headings
from engine.own_network.learning import ENOUGH, Curves, Learned, NumericalTime
from engine.own_network.station import Station
from engine.own_network.stations import stations
from engine.own_network.terminal import MARK, terminal_lines
from gui.app.settings import Settings
from gui.learner.learner import OWN_NETWORK, Learner
from gui.own_network import words
from gui.own_network.own_file import OwnFile
from gui.own_network.own_runner import OwnRunner
from gui.own_network.station_panel import StationPanel
from gui.panels.code.code_editor import KEYS, CodeEditor
from gui.panels.wrapped import wrapped_label
from gui.spoken.interfaces import make_heading
from gui.spoken.spoken import say
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import use_secondary_ink
from gui.style.language import language, translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window.dialogs import ask_where_to_save
from gui.window.tab_row import TabRow

_HOLDS, _FAILS, _OPEN = "✓ ", "× ", ""


class OwnPage(QWidget):
    """Emits ``play_wanted(experiment, written)`` for an experiment with the learner's code, ``digit_wanted(path)`` for
    the kept network that is to read a drawn digit, ``back_wanted``, and ``unheld`` as ``OwnRunner`` does.
    """

    play_wanted = Signal(str, object)
    digit_wanted = Signal(str)
    back_wanted = Signal()
    unheld = Signal(object)

    def __init__(self, settings: Settings, learner: Learner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings, self._learner = settings, learner
        self._network: KeptNetwork | None = None
        self._kept: Path | None = None
        self._plays_in: str | None = None
        self._said: Text | None = None
        self._theirs: str | None = None
        self._before = self._checked = ""
        self.file = OwnFile(self)
        self.runner = OwnRunner(self)
        self._build()
        self._connect()
        self.tabs.setCurrentIndex(self._first_open())
        self._choose()
        self._restyle()
        connect_while_visible(self, appearance().changed, self._restyle)
        if (known := settings.own_network) and Path(known).is_file():
            self.open(Path(known))

    @property
    def station(self) -> Station:
        """The station shown."""
        return stations()[max(0, self.tabs.currentIndex())]

    # The file

    def open(self, path: Path) -> None:
        """Show a file; what cannot be read is said, and the one before stays."""
        self.keep()
        try:
            self.file.open(path)
        except Refused as refusal:
            self._tell(refusal.text)
            return
        self._shown()

    def begin(self, path: Path) -> None:
        """Begin a new file."""
        self.keep()
        first = words.FIRST_LINE.render(language())
        try:
            self.file.begin(path, f"{first}\n\nimport numpy as np\n")
        except Refused as refusal:
            self._tell(refusal.text)
            return
        self._shown()

    def keep(self) -> bool:
        """Write what was changed into the file, if nobody else has changed it; whether the file holds it now."""
        if self.file.path is None or self._theirs is not None:
            return False
        if self.editor.source != self._as_shown(self.file.text):
            try:
                self.file.save(self.editor.source)
            except Refused as refusal:
                self._tell(refusal.text)
                return False
        self._write()
        return True

    def _shown(self) -> None:
        self.runner.cancel()
        self.settings.own_network = str(self.file.path)
        self.settings.save()
        self._theirs, self._said, self._network = None, None, None
        self.panel.forget()
        self.editor.setPlainText(self.file.text)
        self._write()

    def _as_shown(self, text: str) -> str:
        """A text as the editor gives it back."""
        return text.rstrip() + "\n"

    def _ask_new(self) -> None:
        start = Path(self.settings.folder) / translate(words.FILE_NAME)
        chosen = ask_where_to_save(
            self, words.NEW, start, translate(words.FILES), lambda path, _: path.with_suffix(".py")
        )
        if chosen is not None:
            self.settings.folder = str(chosen.parent)
            self.begin(chosen)

    def _ask_open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, translate(words.OPEN), self.settings.folder, translate(words.FILES))
        if name:
            self.settings.folder = str(Path(name).parent)
            self.open(Path(name))

    def _save(self) -> None:
        if self.file.path is None:
            return
        self._theirs = None
        if self.keep():
            self._tell(words.SAVED)

    def _take(self, text: str) -> None:
        """Another program has saved the file."""
        if self.editor.source in (self._as_shown(text), self._before):
            self._replace(text)
            self._tell(words.READ_AGAIN)
        else:
            self._theirs = text
            self._tell(words.BOTH_CHANGED)
        self._before = self._as_shown(text)
        self._write()

    def _show_theirs(self) -> None:
        if self._theirs is not None:
            text, self._theirs = self._theirs, None
            self._replace(text)
            self._tell(words.READ_AGAIN)

    def _keep_mine(self) -> None:
        self._save()

    # What the learner does

    def _check(self) -> None:
        if self._is_ready():
            self.panel.say(words.CHECKING)
            assert self.file.path is not None
            self._checked = self.editor.source
            self.runner.check(self.file.path, self._checked, self.station)
            self._show_running()

    def _do(self) -> None:
        if not self._is_ready():
            return
        path, source = self.file.path, self.editor.source
        assert path is not None
        does = self.station.does
        self.panel.say(words.TRAINING if does == "trains" else words.READING)
        if does == "trains":
            self.runner.learn(path, source)
        else:
            asked: dict[str, Callable[[NetworkCheck], object]] = {
                "reads": NetworkCheck.read_untrained, "times": NetworkCheck.time_numerical,
                "compares": lambda check: check.time_numerical(with_own=True),
            }  # fmt: skip
            self.runner.ask(path, source, asked[does])
        self._show_running()

    def _play(self, experiment_id: str) -> None:
        if self._is_ready():
            assert self.file.path is not None
            self._plays_in = experiment_id
            self.panel.say(words.CHECKING)
            station = self.station
            self.runner.ask(self.file.path, self.editor.source, lambda check: check.code_for(station, experiment_id))
            self._show_running()

    def _is_ready(self) -> bool:
        """Save, and whether there is something to run."""
        return self.file.path is not None and (self.keep() or self._theirs is not None)

    def _stop(self) -> None:
        self.runner.cancel()
        self.panel.say(words.STOPPED)
        self._show_running()

    def _put_headings_in(self) -> None:
        self._put_in(self.station.blank.render(language()))

    def _put_terminal_in(self) -> None:
        if MARK not in self.editor.source:
            self._put_in(terminal_lines())
            self.keep()
        self.panel.say(words.TERMINAL_DONE(path=shlex.quote(str(self.file.path))))

    def _put_in(self, text: str) -> None:
        """Write into the file, as one step of its undo, and go there."""
        made, line = with_headings(self.editor.source if self.editor.toPlainText().strip() else "", text)
        self._replace(made)
        cursor = QTextCursor(self.editor.document().findBlockByNumber(line - 1))
        self.editor.setTextCursor(cursor)
        self.editor.setFocus()

    def _replace(self, text: str) -> None:
        """Set the editor's text as one step of its undo; what is looked at stays where it is."""
        cursor, bar = self.editor.textCursor(), self.editor.verticalScrollBar()
        place, scrolled = cursor.blockNumber(), bar.value()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text.rstrip("\n") + "\n")
        self.editor.setTextCursor(QTextCursor(self.editor.document().findBlockByNumber(place)))
        bar.setValue(scrolled)

    def _let_digit_be_read(self) -> None:
        if self._network is None:
            return
        try:
            self._kept = self._kept or keep(self._network, free_name(usable_name(Path(self._name).stem)))
        except Refused as refusal:
            self.panel.say(refusal.text)
            return
        self.digit_wanted.emit(str(self._kept))

    # What the runner tells

    def _came(self, value: Any) -> None:
        if isinstance(value, StationResult):
            self.panel.show_result(value, self._checked)
            if value.station is self.station and self._checked == self.editor.source:
                failure = value.verdict.failure if value.verdict is not None else None
                self.editor.light(failure.line if failure is not None else None)
            if value.holds:
                self._learner.write(OWN_NETWORK, value.station.id)
            self._write_tabs()
        elif isinstance(value, Curves):
            self.panel.show_training(value, False)

    def _ended(self, value: Any) -> None:
        self._show_running()
        if isinstance(value, Text):
            self.panel.say(value)
        elif isinstance(value, Learned):
            self.show_learned(value)
        elif isinstance(value, NumericalTime):
            self.panel.say(value.text)
        elif isinstance(value, Failure):
            self.panel.say(sentence_of(value, self.station))
        elif isinstance(value, tuple):
            self._played(value)

    def show_learned(self, learned: Learned) -> None:
        """Show what the network reads, and keep it at hand for a drawn digit."""
        self._network, self._kept = learned.kept, None
        if learned.curves.losses:
            self.panel.show_training(learned.curves, self._network is not None)
        self.panel.show_network(self._network is not None)
        self.panel.say(_said_of(learned, self.station))

    def _played(self, written: tuple[LearnerCode, ...]) -> None:
        place, self._plays_in = self._plays_in, None
        assert place is not None
        entry = entry_of(place)
        if not written:
            self.panel.say(words.NOTHING_PLAYS(number=entry.number, name=entry.name))
            return
        names = enumerated([load_exercise(one.exercise).name for one in written])
        self.panel.say(words.PLAYING(number=entry.number, name=entry.name, names=names))
        self.play_wanted.emit(place, written)

    # Inside

    def _build(self) -> None:
        self.title, self.about, self.path_label, self.line = (
            PlainLabel(),
            wrapped_label(),
            wrapped_label(),
            wrapped_label(),
        )
        make_heading(self.title, 1)
        self.tabs = TabRow("text", tightens=True)
        for _ in stations():
            self.tabs.addTab("")
        self.panel, self.editor, self.keys = StationPanel(), CodeEditor(), wrapped_label()
        self.back_button, self.new_button, self.open_button, self.save_button = (QPushButton() for _ in range(4))
        self.theirs_button, self.mine_button = QPushButton(), QPushButton()
        self.back_button.setFlat(True)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.back_button)
        files = QHBoxLayout()
        files.addWidget(self.path_label, 1)
        for button in (self.new_button, self.open_button, self.save_button):
            files.addWidget(button)
        files.addStretch(0)
        answers = QHBoxLayout()
        for button in (self.theirs_button, self.mine_button):
            answers.addWidget(button)
        answers.addStretch(1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(px(GRID), 0, 0, 0)
        column.addWidget(self.about)
        column.addLayout(files)
        column.addWidget(self.line)
        column.addLayout(answers)
        column.addWidget(self.editor, 1)
        column.addWidget(self.keys)
        column.addStretch(0)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.panel)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setSizes([px(480), px(720)])
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(self.tabs)
        self._column.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._choose)
        self.back_button.clicked.connect(self.back_wanted.emit)
        self.new_button.clicked.connect(self._ask_new)
        self.open_button.clicked.connect(self._ask_open)
        self.save_button.clicked.connect(self._save)
        self.theirs_button.clicked.connect(self._show_theirs)
        self.mine_button.clicked.connect(self._keep_mine)
        self.editor.check_wanted.connect(self._check)
        self.editor.refused.connect(self._tell)
        self.editor.textChanged.connect(self._edited)
        self.file.came.connect(self._take)
        self.file.refused.connect(self._tell)
        self.file.gone.connect(lambda: self._tell(words.GONE))
        self.runner.came.connect(self._came)
        self.runner.ended.connect(self._ended)
        self.runner.unheld.connect(self.unheld)
        panel = self.panel
        panel.check_wanted.connect(self._check)
        panel.headings_wanted.connect(self._put_headings_in)
        panel.stop_wanted.connect(self._stop)
        panel.play_wanted.connect(self._play)
        panel.does_wanted.connect(self._do)
        panel.digit_wanted.connect(self._let_digit_be_read)
        panel.terminal_wanted.connect(self._put_terminal_in)
        panel.next_wanted.connect(lambda: self.tabs.setCurrentIndex(self.tabs.currentIndex() + 1))

    def event(self, event: QEvent) -> bool:
        # Here it is the file that is saved, and not the session of the experiment behind.
        if event.type() == QEvent.Type.ShortcutOverride and _saves(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _saves(event):
            self._save()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keep()
        if not self.window().isVisible():  # it is being closed
            self.runner.cancel()

    @property
    def _name(self) -> str:
        return self.file.path.name if self.file.path is not None else translate(words.FILE_NAME)

    def _first_open(self) -> int:
        """The index of the first station that has never held."""
        written = self._learner.progress(OWN_NETWORK).written
        return next((one.order - 1 for one in stations() if one.id not in written), len(stations()) - 1)

    def _choose(self, *_: int) -> None:
        self.panel.show_station(self.station)

    def _edited(self) -> None:
        """What was said of the file before is over, but for a question that is still open."""
        if self._theirs is None:
            self._said = None
        self._write()
        self._write_tabs()

    def _tell(self, text: Text) -> None:
        """Show a sentence above the file."""
        self._said = text
        self._write()
        say(self.line, self.line.text())

    def _show_running(self) -> None:
        self.panel.show_running(self.runner.is_running)
        self._write_tabs()

    def _write(self) -> None:
        has_file = self.file.path is not None
        if has_file and self._theirs is None:
            self._before = self._as_shown(self.file.text)
        is_saved = not has_file or self.editor.source == self._as_shown(self.file.text)
        name = shortened(self._name) if has_file else ""
        self.path_label.setText(name if is_saved else translate(words.UNSAVED(name=name)))
        self.path_label.setToolTip(path_words(self.file.path) if has_file else "")
        self.about.setVisible(not has_file)
        for part in (self.editor, self.keys, self.save_button):
            part.setVisible(has_file)
        self.save_button.setEnabled(not is_saved)
        self.line.setText(translate(self._said) if self._said is not None else "")
        self.line.setVisible(self._said is not None)
        for button in (self.theirs_button, self.mine_button):
            button.setVisible(self._theirs is not None)
        self.panel.show_file(self._name if has_file else None, self.editor.source)

    def _write_tabs(self) -> None:
        for index, station in enumerate(stations()):
            holds = self.panel.holds(station.order)
            sign = _OPEN if holds is None else _HOLDS if holds else _FAILS
            self.tabs.setTabText(index, translate(words.STATION(sign=sign, number=station.order, title=station.title)))
        self.tabs.choose_words()

    def _restyle(self) -> None:
        side = px(2 * GRID)
        self._column.setContentsMargins(side, side, side, side)
        self._column.setSpacing(px(GRID))
        self.title.setFont(font("headline"))
        self.title.setText(translate(words.TITLE))
        self.about.setText(translate(words.ABOUT))
        self.keys.setText(translate(KEYS))
        self.about.setFont(font("text"))
        for label in (self.keys, self.path_label):
            label.setFont(font("notes"))
            use_secondary_ink(label)
        self.line.setFont(font("text"))
        named = (
            (self.back_button, words.BACK), (self.new_button, words.NEW), (self.open_button, words.OPEN),
            (self.save_button, words.SAVE), (self.theirs_button, words.READ_THE_FILE),
            (self.mine_button, words.KEEP_MINE),
        )  # fmt: skip
        for button, text in named:
            button.setFont(font("text"))
            button.setText(translate(text))
        self.editor.setAccessibleName(translate(words.EDITOR))
        self._write_tabs()
        self._write()


def _said_of(learned: Learned, station: Station) -> Text:
    """The sentences on what a network reads, and on how its losses went beside ours."""
    if learned.share is None:
        assert learned.failure is not None
        return sentence_of(learned.failure, station)
    if not learned.updates:
        return words.YOUR_NETWORK(reads=learned.text)
    read = words.YOUR_NETWORK(reads=learned.text) if learned.is_enough else words.TOO_FEW(
        reads=learned.text, share=ENOUGH
    )  # fmt: skip
    apart = learned.curves.apart
    if learned.is_detached:
        return sentences((read, words.DETACHED))
    if apart is None:
        return sentences((read, words.OTHER_BATCHES if learned.begun else words.NOT_THE_BOOK_S))
    beside = words.EQUAL if apart < _SAME else words.APART
    return sentences((read, beside(apart=format_short(max(apart, _SAME)))))


_SAME = 1e-6


def _saves(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Save)
