"""Widgets of the panel for writing code: the list of checks, printed output, older versions; and the next hint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from engine.contract.text import Text, counted
from engine.exercises.exercise import Exercise
from engine.exercises.verdict import FIRST_CHECK, Verdict
from engine.sandbox.executor import MOST_PRINTED
from gui.panels.wrapped import wrapped_label
from gui.style.foreground import use_secondary_ink, write_in
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

Sign = Literal["✓", "×", "○", "·"]
_HOLDS: Sign = "✓"
_FAILS: Sign = "×"
_OPEN: Sign = "○"
_TOLD: Sign = "·"
_SPOKEN: dict[Sign, Text] = {
    _HOLDS: Text("holds"),
    _FAILS: Text("fails"),
    _OPEN: Text("not reached"),
    _TOLD: Text("told, not judged"),
}


_PRINTED = Text("Printed")
_PRINTED_FIRST = Text("Printed; only the first {count} characters are kept")
_LINES_SEEN = 6


def hints_left(exercise: Exercise, shown: Sequence[int], verdict: Verdict | None) -> list[int]:
    """The indices of the hints not shown yet. The hint that belongs to the failed check comes first."""
    failure, check = verdict.failure if verdict is not None else None, -1
    if verdict is not None and failure is not None:
        check = failure.check if failure.check is not None else verdict.steps - FIRST_CHECK
    meant = exercise.checks[check].hint if check >= 0 else None
    left = [index for index in range(len(exercise.hints)) if index not in shown]
    return sorted(left, key=lambda index: index != meant)


class PrintedBox(QWidget):
    """The output printed by the learner's code, in a box that scrolls and is as high as its lines, up to six; hidden if
    there is none. Output that was cut ends with its last whole line, and the heading says so.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._printed = ""
        self.heading, self.box = wrapped_label(), QPlainTextEdit()
        self.box.setReadOnly(True)
        self.box.setTabChangesFocus(True)
        self.box.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.heading)
        layout.addWidget(self.box)
        self.restyle()

    def show_printed(self, printed: str) -> None:
        """Show this output of ``print``; "" hides the box."""
        self._printed = printed
        self.restyle()

    def restyle(self) -> None:
        """Apply the style's fonts and the language."""
        is_cut = len(self._printed) >= MOST_PRINTED
        kept = self._printed.rpartition("\n")[0] if is_cut and "\n" in self._printed else self._printed.rstrip("\n")
        if kept != self.box.toPlainText():
            self.box.setPlainText(kept)
        heading = _PRINTED_FIRST(count=MOST_PRINTED) if is_cut else _PRINTED
        self.heading.setText(translate(heading))
        self.heading.setFont(font("notes"))
        use_secondary_ink(self.heading)
        self.box.setAccessibleName(self.heading.text())
        self.box.setFont(font("code"))
        bar = self.box.horizontalScrollBar().sizeHint().height()
        lines = min(self.box.blockCount(), _LINES_SEEN)
        self.box.setFixedHeight(lines * self.box.fontMetrics().lineSpacing() + bar + 2 * px(GRID))
        self.setVisible(bool(kept))


class CheckList(QWidget):
    """A list of checks, each with a symbol (✓ × ○ ·) and its description."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Sequence[Text] = ()
        self._signs: Sequence[Sign] = ()
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setColumnStretch(1, 1)
        self._rows: list[tuple[PlainLabel, PlainLabel]] = []

    def set_checks(self, words: Sequence[Text]) -> None:
        """List the checks with these descriptions, in order, all marked as not reached."""
        self.show_lines([(_OPEN, one) for one in words])

    def show_lines(self, lines: Sequence[tuple[Sign, Text]]) -> None:
        """Replace the list by these lines, each a symbol and a text."""
        self._signs, words = [sign for sign, _ in lines], [one for _, one in lines]
        self._words = words
        while len(self._rows) < len(words):
            sign, label = PlainLabel(), PlainLabel()
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            row = len(self._rows)
            self._layout.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            self._layout.addWidget(label, row, 1)
            self._rows.append((sign, label))
        for number, pair in enumerate(self._rows):
            for label in pair:
                label.setVisible(number < len(words))
        self.restyle()

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Show which checks hold, fail or were not reached; None marks all as not reached."""
        signs: list[Sign] = []
        for number in range(len(self._words)):
            holds = verdict.holds(number) if verdict is not None else None
            signs.append(_OPEN if holds is None else _HOLDS if holds else _FAILS)
        self._signs = signs
        self.restyle()

    @property
    def signs(self) -> str:
        """The symbols of all checks, joined to one string."""
        return "".join(self._signs)

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language."""
        self._layout.setVerticalSpacing(px(GRID // 4))
        self._layout.setHorizontalSpacing(px(GRID // 2))
        muted = theme().muted_text
        inks = {_HOLDS: theme().right, _FAILS: theme().wrong, _OPEN: muted, _TOLD: muted}
        for number, words in enumerate(self._words):
            sign, label = self._rows[number]
            shown = self._signs[number]
            for one, ink in ((sign, inks[shown]), (label, muted if shown == _OPEN else theme().text)):
                one.setFont(font("text"))
                write_in(one, ink)
            sign.setText(shown)
            sign.setAccessibleName(translate(_SPOKEN[shown]))
            label.setText(translate(words))


_NAME = Text("An older version")
_VERSION = Text("Version {number}: {lines}")


class OlderVersions(QMenu):
    """A submenu of ``parent`` with earlier versions of the learner's code, read anew whenever ``parent`` opens.

    ``chosen(source)`` carries the source code of the version that was picked.
    """

    chosen = Signal(str)

    def __init__(self, parent: QMenu, versions: Callable[[], Sequence[str]]) -> None:
        super().__init__(parent)
        self._versions = versions
        parent.addMenu(self)
        parent.aboutToShow.connect(self._list)

    def restyle(self) -> None:
        """Set all texts in the language in use."""
        self.setTitle(translate(_NAME))

    def _list(self) -> None:
        self.clear()
        versions = self._versions()
        for number, source in zip(range(len(versions), 0, -1), versions, strict=True):
            said = _VERSION(number=number, lines=counted(source.count("\n"), "line"))
            self.addAction(translate(said), lambda source=source: self.chosen.emit(source))
        self.setEnabled(bool(versions))
