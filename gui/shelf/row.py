"""The row of pinned runs' cards below the controls of the run; hidden while no run is pinned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from engine.contract.numerals import format_short
from engine.contract.text import Text
from engine.shelf.shelved_run import SEEDS, names_of
from gui.panels.copying import MenuEntry, make_menu
from gui.shelf.card import WIDEST, BeforeButton, BeforeCard, Card, ranges_of
from gui.shelf.pinned import Pinned
from gui.shelf.shelf import EARLIER, Shelf
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import use_secondary_ink
from gui.style.icons import icon
from gui.style.language import translate
from gui.style.plain import PlainLabel, plain_tip
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window import words


class OrderLine(PlainLabel):
    """A one-line label, elided and hidden while it has no text, that says which runs are better over several seeds.
    ``sentences`` is its full text.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.sentences = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setContentsMargins(GRID, 0, GRID, GRID // 2)
        self.hide()

    def show_orders(self, orders: Sequence[Text]) -> None:
        """Show these sentences one after the other, in the current language and style; they are also the tooltip."""
        said = [translate(text) for text in orders]
        self.sentences = " ".join(said)
        self.setFont(font("notes"))
        use_secondary_ink(self)
        self.setToolTip(plain_tip("\n".join(said)))
        self.setAccessibleName(self.sentences)
        self.setVisible(bool(said))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 2 * GRID - 2
        self.setText(QFontMetrics(self.font()).elidedText(self.sentences, Qt.TextElideMode.ElideRight, room))


_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_GO_BACK = Text("Go back to it")
_RENAME = Text("Rename…")
_TAKE_OFF = Text("Take off the shelf")
_PLACE = Text("{unit} {update:,}")
_FIGURE = Text("{label}: {last} (best {best})")
_REPEAT = Text("Repeat with {seeds} seeds")
_STOP = Text("Stop repeating")
_PLAYED = Text("Played with {count} of {seeds} seeds.")
_RANGE = Text("{label}, {seeds} seeds: {low} to {high}, median {median}")
_BEFORE_THE_CHANGE, _EARLIER = Text("The run before the change: {name}"), Text("An earlier run: {name}")
_PIN_IT = Text("Put it on the shelf")
_HOW_TO_PIN = Text("A click goes back to it, the plus puts it on the shelf.")
_WAITS = Text("It is being played again.")


class ShelfRow(QWidget):
    """The row of cards of the pinned runs. ``wanted(pinned)`` asks to restore a run, ``before_wanted`` to restore the
    run before the last change, whose card is the last one; while no run is pinned, ``button`` stands for it.
    ``table_wanted`` asks for the table of differences.

    Left and Right move between cards.
    """

    wanted = Signal(object)
    before_wanted = Signal()
    table_wanted = Signal()

    def __init__(self, shelf: Shelf, button: BeforeButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = button
        self._shelf = shelf
        self._cards: list[Card] = []
        self.before = BeforeCard()
        self.before.hide()
        self.table = QToolButton()
        self.table.setAutoRaise(True)
        self.table.clicked.connect(self.table_wanted)
        self.orders = OrderLine()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._layout = QHBoxLayout()
        whole.addLayout(self._layout)
        whole.addWidget(self.orders)
        self._layout.setContentsMargins(GRID, 0, GRID, GRID // 2)
        self._layout.setSpacing(GRID // 2)
        # Behind the others, which then stay where they are when it comes and goes.
        self._layout.addWidget(self.before, 1000)
        self._layout.addStretch(1)
        self.repeat = QToolButton()
        self.repeat.setAutoRaise(True)
        self.repeat.clicked.connect(self._repeat_all)
        self._layout.addWidget(self.repeat)
        self._layout.addWidget(self.table)
        for one in (self.before, button):
            self._connect(one, partial(self._before_menu, one))
            one.clicked.connect(self.before_wanted)
            one.meant.connect(lambda on: shelf.light(shelf.before if on else None))
        self.before.pin_wanted.connect(shelf.pin_before)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()
        shelf.changed.connect(self.refresh)
        shelf.looked_elsewhere.connect(self.show_state)
        shelf.lit_changed.connect(self._show_lit)
        self.refresh()
        connect_while_visible(self, appearance().changed, self.refresh)

    @property
    def cards(self) -> tuple[Card, ...]:
        """One card for each pinned run, in their order."""
        return tuple(self._cards)

    @Slot()
    def refresh(self) -> None:
        """Update all cards, in the current language and zoom."""
        runs, had = self._shelf.runs, self._focused()
        while len(self._cards) > len(runs):
            gone = self._cards.pop()
            self._layout.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._cards) < len(runs):
            self._add_card()
        before = self._shelf.before
        every = [*self._shelf.stood, *([before.stood] if before is not None else [])]
        ranges = ranges_of([one.series or () for one in every])
        for card, pinned, name in zip(self._cards, runs, self._shelf.names(), strict=True):
            called = translate(name)
            card.show_run(called, pinned.moment.name, pinned.stood.series, ranges, self._tip(called, pinned))
            played = f"{SEEDS - len(pinned.repeating)}/{SEEDS}" if pinned.repeating else ""
            card.show_repeats(pinned.stood.bands(), played)
            card.setMaximumWidth(px(WIDEST))
        self.before.setVisible(before is not None and bool(runs))
        self.button.setVisible(before is not None and not runs)
        if before is not None:
            sentence = _EARLIER if self._shelf.name_of_before is EARLIER else _BEFORE_THE_CHANGE
            name = sentence(name=names_of(self._shelf.experiment, [before.stood])[0])
            tip = self._tip(translate(name), before)
            self.button.setToolTip(plain_tip(tip))
            self.button.setAccessibleName(translate(name))
            tip = f"{tip}\n{translate(_HOW_TO_PIN)}"
            self.before.show_run(translate(self._shelf.name_of_before), "", before.stood.series, ranges, tip)
            self.before.setMaximumWidth(px(WIDEST))
        side = px(18)
        self.table.setIcon(icon("table"))
        self.table.setIconSize(QSize(side, side))
        self.table.setToolTip(f"{translate(words.DIFFERENCES)} (Ctrl+T)")
        self.table.setAccessibleName(translate(words.DIFFERENCES))
        self.repeat.setFont(font("notes"))
        self.repeat.setText(translate(_REPEAT(seeds=SEEDS)))
        self.repeat.setVisible(any(map(self._shelf.can_be_repeated, runs)))
        self.orders.show_orders(self._shelf.orders())
        self.table.setVisible(bool(runs))
        self.setVisible(bool(runs))
        shown = self._shown()
        if had is not None and shown:
            shown[min(had, len(shown) - 1)].setFocus()
        self.show_state()

    def show_state(self) -> None:
        """Mark the card of the run whose pinned frame is shown."""
        if self._cards:
            shown = self._shelf.shown_one()
            for card, pinned in zip(self._cards, self._shelf.runs, strict=True):
                card.show_as_shown(pinned is shown)

    @Slot()
    def _show_lit(self) -> None:
        self.before.show_as_lit(self._shelf.lit is not None and self._shelf.lit is self._shelf.before)
        for card, pinned in zip(self._cards, self._shelf.runs, strict=True):
            card.show_as_lit(pinned is self._shelf.lit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step, at = _STEPS.get(event.key(), 0), self._focused()
        if not step or at is None:
            super().keyPressEvent(event)
        elif 0 <= at + step < len(self._shown()):
            self._shown()[at + step].setFocus(Qt.FocusReason.TabFocusReason)

    def _add_card(self) -> None:
        card = Card()
        card.clicked.connect(lambda: self.wanted.emit(self._run_of(card)))
        card.meant.connect(lambda on: self._shelf.light(self._run_of(card) if on else None))
        card.renamed.connect(lambda name: self._shelf.rename(self._run_of(card), name))
        card.taken_off.connect(lambda: self._shelf.take_off(self._run_of(card)))
        self._connect(card, lambda place: self._menu(card, place))
        self._layout.insertWidget(len(self._cards), card, 1000)
        self._cards.append(card)

    @staticmethod
    def _connect(card: QWidget, menu: Callable[[QPoint], None]) -> None:
        card.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        card.customContextMenuRequested.connect(menu)

    def _shown(self) -> list[Card]:
        """All visible cards, the one before the last change last."""
        return [*self._cards, *([] if self.before.isHidden() else [self.before])]

    def _run_of(self, card: Card) -> Pinned:
        return self._shelf.runs[self._cards.index(card)]

    def _focused(self) -> int | None:
        return next((index for index, card in enumerate(self._shown()) if card.hasFocus()), None)

    def _menu(self, card: Card, place: QPoint) -> None:
        pinned = self._run_of(card)
        entries: list[MenuEntry] = [
            (_GO_BACK, lambda: self.wanted.emit(pinned), True),
            (_RENAME, card.begin_renaming, True),
            self._repeat_entry(pinned),
            (_TAKE_OFF, lambda: self._shelf.take_off(pinned), True),
            (words.DIFFERENCES, self.table_wanted.emit, True),
        ]
        self._open_menu(card, place, entries)

    def _before_menu(self, stands: QWidget, place: QPoint) -> None:
        entries: list[MenuEntry] = [(_GO_BACK, self.before_wanted.emit, True), (_PIN_IT, self._shelf.pin_before, True)]
        self._open_menu(stands, place, entries)

    def _open_menu(self, card: QWidget, place: QPoint, entries: list[MenuEntry]) -> None:
        menu = make_menu(self, entries)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(card.mapToGlobal(place))

    @Slot()
    def _repeat_all(self) -> None:
        for pinned in self._shelf.runs:
            self._shelf.repeat(pinned)

    def _repeat_entry(self, pinned: Pinned) -> MenuEntry:
        if pinned.repeating:
            return _STOP, lambda: self._shelf.stop_repeating(pinned), True
        return _REPEAT(seeds=SEEDS), lambda: self._shelf.repeat(pinned), self._shelf.can_be_repeated(pinned)

    def _tip(self, name: str, pinned: Pinned) -> str:
        stood = pinned.stood
        lines = [name, translate(_PLACE(update=stood.update, unit=self._shelf.experiment.units[0].name))]
        if stood.series is None:
            lines.append(translate(_WAITS))
        for one in stood.series or ():
            if one.last is not None and one.best is not None:
                lines.append(
                    translate(_FIGURE(label=one.label, last=format_short(one.last), best=format_short(one.best)))
                )
        if pinned.repeating:
            lines.append(translate(_PLAYED(count=SEEDS - len(pinned.repeating), seeds=SEEDS)))
        for band in stood.bands().values():
            if band.last is not None:
                low, median, high = map(format_short, band.last)
                lines.append(translate(_RANGE(label=band.first.label, seeds=SEEDS, low=low, median=median, high=high)))
        return "\n".join(lines)
