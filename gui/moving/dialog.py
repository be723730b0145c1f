"""The dialog for a moving picture (animated image or video) of a run: its options, its file size, and its progress."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from engine.contract.text import Refused, Text, untranslated
from engine.export.writing import ArrivingFile
from gui.app.promises import Promise
from gui.export.moving.formats import MOVING_FORMATS
from gui.export.moving.order import Going, Order
from gui.export.moving.wanted import (
    DEFAULT_HOLD,
    DEFAULT_RATE,
    DEFAULT_SECONDS,
    DEFAULT_SIZE,
    THEMES,
    MovingPicture,
    read_moving,
)
from gui.moving.recorded import Recorded
from gui.moving.studio import Studio
from gui.run.timeline import place_words
from gui.style.language import language, translate
from gui.style.plain import PlainLabel
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

TITLE = Text("Export a moving picture")
_FORMAT = Text("Format")
_FROM, _TO = Text("From"), Text("To")
_SECONDS, _RATE = Text("Seconds"), Text("Frames a second")
_HOLD = Text("Hold the end, seconds")
_SIZE, _TIMES = Text("Width × height"), untranslated("×")
_THEME = Text("Colours")
_THEME_NAMES = {"light": Text("light"), "dark": Text("dark")}
_NAMES = {"first": _FROM, "last": _TO, "width": Text("Width"), "height": Text("Height")}
_FRAMES = Text("{count} frames")
_ABOUT = Text("{count} frames, about {size}")
_PLAYING = Text("Computing place {done} of {count} …")
_DRAWING = Text("Drawing frame {done} of {count} …")
_PICTURE = Text("The moving picture {name}")
_SAVE, _CANCEL = Text("Save…"), Text("Cancel")
_PAUSE = 300
"""Milliseconds without a change of the options after which the file size is estimated."""
_SHARE_OF_PLAYING = 0.3


class MovingDialog(QDialog):
    """The dialog. ``place(suffix)`` asks for a file name and returns None if that is cancelled; ``saved`` is called
    with the path of the written file.

    Errors are shown in the dialog, which stays open.
    """

    def __init__(
        self,
        recorded: Recorded,
        place: Callable[[str], Path | None],
        saved: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._recorded, self._place, self._saved = recorded, place, saved
        self._file: ArrivingFile | None = None
        self._path = Path()
        self._asked: Order | None = None
        self._promise = Promise(self)
        self.studio = Studio(self)
        self.studio.sized.connect(self._show_size)
        self.studio.went_on.connect(self._show_going)
        self.studio.made.connect(self._finish)
        self.studio.not_made.connect(self._fail)
        self.studio.dropped.connect(self._stand_still)
        self._settles = QTimer(self)
        self._settles.setSingleShot(True)
        self._settles.setInterval(_PAUSE)
        self._settles.timeout.connect(self._ask_size)
        self.setWindowTitle(translate(TITLE))
        self.setFont(font("text"))
        self._fill()
        self._look()

    @property
    def is_making(self) -> bool:
        """Whether a file is being written."""
        return self._file is not None

    @property
    def suffix(self) -> str:
        """The suffix of the chosen format."""
        return str(self.format.currentData())

    @Slot()
    def save(self) -> None:
        """Ask for a file name, and start writing the moving picture there."""
        wanted = self._wanted()
        path = self._place(self.suffix) if wanted is not None else None
        if wanted is None or path is None:
            return
        try:
            self._file = ArrivingFile(path)
        except Refused as refusal:
            self._say_and_leave(refusal.text)
            return
        self._path = path
        self._promise.make(_PICTURE(name=path.name))
        now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
        self._settles.stop()
        self.studio.ask(self._recorded.order(wanted, self.suffix, language(), str(self._file.temporary), now))
        self._show_whether_making()

    def reject(self) -> None:
        """Cancel the writing; if nothing is being written, close the dialog."""
        if self.is_making:
            self.studio.drop()
        else:
            self.studio.close()
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._leave_nothing()
        super().closeEvent(event)

    # Inside

    def _fill(self) -> None:
        self.format, self.theme = QComboBox(), QComboBox()
        for suffix, kind in MOVING_FORMATS.items():
            if kind.is_possible:
                self.format.addItem(f"{translate(kind.label)} (*{suffix})", suffix)
        for name in THEMES:
            self.theme.addItem(translate(_THEME_NAMES[name]), name)
        self.theme.setCurrentIndex(max(0, self.theme.findData(theme().name)))
        first, last = self._recorded.first, self._recorded.last
        width, height = DEFAULT_SIZE
        usual = {
            "first": first, "last": last, "seconds": DEFAULT_SECONDS, "rate": DEFAULT_RATE, "hold": DEFAULT_HOLD,
            "width": width, "height": height,
        }  # fmt: skip
        self.entries = {
            name: QLineEdit(f"{value:g}" if isinstance(value, float) else str(value)) for name, value in usual.items()
        }
        for entry in self.entries.values():
            entry.setMaxLength(12)
            entry.textChanged.connect(self._look)
        for choice in (self.format, self.theme):
            choice.currentIndexChanged.connect(self._look)
        self.places = {name: PlainLabel() for name in ("first", "last")}
        longest = self.fontMetrics().horizontalAdvance(translate(place_words(self._recorded.unit, last)))
        for place in self.places.values():
            place.setMinimumWidth(longest)
        first_row, last_row = (_beside(self.entries[name], self.places[name]) for name in self.places)
        sides = _beside(self.entries["width"], PlainLabel(translate(_TIMES)), self.entries["height"])
        self._form = QWidget()
        form = QFormLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        rows: list[tuple[Text, QWidget | QHBoxLayout]] = [
            (_FORMAT, self.format), (_FROM, first_row), (_TO, last_row),
            (_SECONDS, self.entries["seconds"]), (_RATE, self.entries["rate"]), (_HOLD, self.entries["hold"]),
            (_SIZE, sides), (_THEME, self.theme),
        ]  # fmt: skip
        for label, field in rows:
            form.addRow(translate(label), field)
            if isinstance(field, QComboBox):
                field.setAccessibleName(translate(label))
        for name, text in _NAMES.items():
            self.entries[name].setAccessibleName(translate(text))
        self.words = PlainLabel()
        self.words.setWordWrap(True)
        # Two lines, so that nothing moves when a sentence comes.
        self.words.setMinimumHeight(2 * self.words.fontMetrics().lineSpacing())
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        buttons = QDialogButtonBox()
        self.save_button = buttons.addButton(translate(_SAVE), QDialogButtonBox.ButtonRole.ActionRole)
        self.cancel_button = buttons.addButton(translate(_CANCEL), QDialogButtonBox.ButtonRole.RejectRole)
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self.save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        for widget in (self._form, self.words, self.bar, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(px(400))
        self._show_whether_making()

    def _wanted(self) -> MovingPicture | None:
        """The options entered; if one is not valid, show a message and return None."""
        texts = {name: entry.text() for name, entry in self.entries.items()}
        try:
            return read_moving(texts, str(self.theme.currentData()), reached=self._recorded.last)
        except Refused as refusal:
            self._say(refusal.text)
            return None

    @Slot()
    def _look(self) -> None:
        """Show which entry is not valid, or how many frames the entries give."""
        wanted = self._wanted()
        self.save_button.setEnabled(wanted is not None)
        self._asked = None
        self._settles.stop()
        for name, place in self.places.items():
            place.setText(
                translate(place_words(self._recorded.unit, getattr(wanted, name))) if wanted is not None else ""
            )
        if wanted is not None:
            self._say(_FRAMES(count=len(wanted.places())))
            self._settles.start()

    @Slot()
    def _ask_size(self) -> None:
        wanted = self._wanted()
        if wanted is not None and not self.is_making:
            self._asked = self._recorded.sample(wanted, self.suffix, language())
            self.studio.ask(self._asked)

    @Slot(object, int)
    def _show_size(self, order: Order, size: int) -> None:
        if order is self._asked and not self.is_making:
            self._say(_ABOUT(count=len(order.wanted.places()), size=in_words(size)))

    @Slot(object)
    def _show_going(self, going: Going) -> None:
        if not self.is_making:
            return
        words = _DRAWING if going.draws else _PLAYING
        share = going.done / going.count
        share = _SHARE_OF_PLAYING + (1 - _SHARE_OF_PLAYING) * share if going.draws else _SHARE_OF_PLAYING * share
        self.bar.setValue(round(1000 * share))
        self._say(words(done=going.done, count=going.count))

    @Slot()
    def _finish(self) -> None:
        if self._file is None:
            return
        file, self._file = self._file, None
        try:
            file.put_in_place()
        except Refused as refusal:
            self._fail(refusal.text)
            return
        self._promise.end(kept=True)
        self.studio.close()
        self.accept()
        self._saved(self._path)

    @Slot(object)
    def _fail(self, reason: Text) -> None:
        self._stand_still()
        self._say_and_leave(reason)

    @Slot()
    def _stand_still(self) -> None:
        """Delete the unfinished file, and return to the state in which options can be entered."""
        if self._file is not None:
            self._file.give_up()
            self._file = None
        self._promise.end(kept=False)
        self._show_whether_making()
        self._look()

    def _leave_nothing(self) -> None:
        self.studio.close()
        if self._file is not None:
            self._file.give_up()
            self._file = None
        self._promise.end(kept=False)

    def _show_whether_making(self) -> None:
        self._form.setEnabled(not self.is_making)
        self.save_button.setEnabled(not self.is_making)
        self.bar.setVisible(self.is_making)
        self.bar.setValue(0)
        if self.is_making:
            self.cancel_button.setFocus()

    def _say_and_leave(self, text: Text) -> None:
        """Show why there is no file; the sentence stays until an option is changed."""
        self._settles.stop()
        self._asked = None
        self._say(text)

    def _say(self, text: Text) -> None:
        self.words.setText(translate(text))


def _beside(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for part in parts:
        row.addWidget(part, 1 if isinstance(part, QLineEdit) else 0)
    return row


def in_words(size: int) -> str:
    """A file size as text, with two digits: 340 kB, 1.2 MB."""
    if size < 1_000_000:
        kilobytes = max(1, round(size / 1000))
        return f"{kilobytes if kilobytes < 100 else round(kilobytes, -1)} kB"
    megabytes = size / 1_000_000
    return f"{megabytes:.1f} MB" if megabytes < 10 else f"{megabytes:.0f} MB"
