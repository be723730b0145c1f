"""The panel for derivations: lines that appear one by one, each with a formula to type."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params, fields_of
from engine.contract.text import Refused, untranslated
from engine.derivations import Derivation, Line, derivations_of
from engine.derivations.checking import check, points_of
from engine.derivations.formulas import as_in_a_book
from engine.derivations.reading import DerivationWords, load_words
from engine.derivations.sentences import sentence_of, spelled, with_hint
from gui.panels.derivations import derive_words as words
from gui.panels.derivations.derive_line import DeriveLine
from gui.panels.prose import Prose
from gui.panels.wrapped import wrapped_label
from gui.spoken.interfaces import make_heading
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import use_secondary_ink
from gui.style.language import language, translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window.regions import PageArea


class DerivePanel(PageArea):
    """The panel of an experiment's derivations, in which the learner types the formula of one line after another.

    ``changes_wanted(changes)`` asks for parameter changes, so that the stage highlights a cell or shows what is
    derived. ``line_stands(key, typed)`` carries a finished line: its key "derivation/line", and the typed formula, or
    "" if the solution was shown. ``derived(id)`` is emitted when a derivation is finished and no solution was shown,
    ``begun_anew(id)`` when its stored lines are to be deleted.
    """

    changes_wanted = Signal(object)
    line_stands = Signal(str, str)
    derived = Signal(str)
    begun_anew = Signal(str)

    def __init__(self, experiment: Experiment, parent: QWidget | None = None) -> None:
        super().__init__(parent, takes_keys=True)
        self.experiment = experiment
        self.derivations = derivations_of(experiment.id)
        self.rows: list[DeriveLine] = []
        self._known: dict[str, str] = {}
        self._params: Params = experiment.params_type()
        self._words: DerivationWords = load_words(self.derivations[0].id, language())
        self._build()
        self._choose()
        self._restyle()
        connect_while_visible(self, appearance().changed, self._restyle)

    @property
    def derivation(self) -> Derivation:
        """The chosen derivation."""
        return self.derivations[max(0, self.chooser.currentIndex())]

    @property
    def open_row(self) -> DeriveLine | None:
        """The line that waits for a formula; None once all are finished."""
        return next((row for row in self.rows if row.stands is None), None)

    @property
    def is_whole(self) -> bool:
        """Whether all lines are finished."""
        return self.open_row is None

    # What comes from outside

    def set_known(self, lines: Mapping[str, str]) -> None:
        """Set the lines finished in earlier sessions, by "derivation/line", as typed."""
        self._known = dict(lines)
        self._choose()

    def show_snapshot(self, params: Params, frame: Frame) -> None:
        """Update the values of the open line for the parameters on the stage."""
        self._params = params
        if self.isVisible():
            self._write_numbers()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._write_numbers()
        if self.open_row is not self.rows[0]:
            self._bring_into_sight(self.open_row or self.use)

    def take_up(self) -> None:
        """Focus the entry of the next formula; after the last one, the closing text, where keys do nothing."""
        row = self.open_row
        # Not at the button that begins anew: Enter, pressed once too often, would take all lines away.
        (row.box if row is not None else self.use).setFocus()

    # Building

    def _build(self) -> None:
        page = QWidget()
        page.setAutoFillBackground(True)
        page.setBackgroundRole(self.palette().ColorRole.Base)
        self._page = QVBoxLayout(page)
        self.chooser = QComboBox(self)
        # A long title must not make the panel wider than it is.
        self.chooser.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.chooser.addItems([""] * len(self.derivations))
        self.chooser.setVisible(len(self.derivations) > 1)
        self.chooser.currentIndexChanged.connect(self._choose)
        self._title, self._elsewhere, self._whole_title, self._notes = (wrapped_label() for _ in range(4))
        for title in (self._title, self._whole_title):
            make_heading(title, 2)
        self._lead, self.use = Prose(), Prose()
        self.whole = PlainLabel()
        self.whole.setTextFormat(Qt.TextFormat.RichText)
        self.whole.setWordWrap(True)
        self.whole.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.to_the_stage, self.anew = QPushButton(), QPushButton()
        self.to_the_stage.clicked.connect(lambda: self.changes_wanted.emit(self.derivation.stage))
        self.anew.clicked.connect(self._begin_anew)
        self._lines = QVBoxLayout()
        for part in (self.chooser, self._title, self._lead, self._elsewhere, self.to_the_stage):
            self._page.addWidget(part)
        self._page.addLayout(self._lines)
        for part in (self._whole_title, self.whole, self.use, self._notes, self.anew):
            self._page.addWidget(part)
        for button in (self.to_the_stage, self.anew):
            self._page.setAlignment(button, Qt.AlignmentFlag.AlignLeft)
        self._page.addStretch(1)
        self.setWidget(page)

    def _choose(self, *_: int) -> None:
        """Show the chosen derivation, with its finished lines."""
        for row in self.rows:
            self._lines.removeWidget(row)
            row.deleteLater()
        self.rows = [self._row(line) for line in self.derivation.lines]
        for line, row in zip(self.derivation.lines, self.rows, strict=True):
            typed = self._known.get(self._key(line))
            if typed is not None:
                row.let_stand(typed, as_in_a_book(typed, line))
        self._restyle()

    def _row(self, line: Line) -> DeriveLine:
        row = DeriveLine()
        row.given.connect(lambda typed: self._given(line, row, typed))
        row.hint.clicked.connect(lambda: self._bring_into_sight(row))
        row.shown_wanted.connect(lambda: self._let_stand(line, row, ""))
        row.light_wanted.connect(lambda: self.changes_wanted.emit(self._lit(line)))
        self._lines.addWidget(row)
        return row

    # What the learner does

    def _given(self, line: Line, row: DeriveLine, typed: str) -> None:
        gap = self._words.lines[self.rows.index(row)].gap
        try:
            verdict = check(self.derivation, line, typed, self._params, [one.formula for one in gap.wrong])
        except Refused as refusal:
            row.say_wrong(refusal.text, counts=False)
            row.box.setFocus()
            self._bring_into_sight(row)
            return
        if verdict.is_right:
            self._let_stand(line, row, typed.strip())
            return
        hint = gap.wrong[verdict.wrong].hint if verdict.wrong is not None else ""
        row.say_wrong(with_hint(sentence_of(verdict, line), hint), counts=True)
        row.box.setFocus()
        row.box.selectAll()
        self._bring_into_sight(row)

    def _let_stand(self, line: Line, row: DeriveLine, typed: str) -> None:
        row.let_stand(typed, as_in_a_book(typed, line))
        self._known[self._key(line)] = typed
        self.line_stands.emit(self._key(line), typed)
        if self.is_whole and all(one.stands for one in self.rows):
            self.derived.emit(self.derivation.id)
        # The stage explains how a highlighted cell is computed: so not before the line is finished.
        self._light(line)
        self._write()
        self.take_up()
        self._bring_into_sight(self.open_row or self.use)

    def _begin_anew(self) -> None:
        for line, row in zip(self.derivation.lines, self.rows, strict=True):
            self._known.pop(self._key(line), None)
            row.ask()
        self.begun_anew.emit(self.derivation.id)
        self._write()
        self.rows[0].box.setFocus()
        self.verticalScrollBar().setValue(0)

    # The stage

    def _lit(self, line: Line) -> dict[str, object]:
        """The parameter changes that highlight a line's cell, and show the derivation's subject if it is not on the
        stage.
        """
        stage = {} if self._is_on_stage else self.derivation.stage
        return {**stage, **line.lit(self._params.replaced(stage))}

    def _light(self, line: Line) -> None:
        """Highlight a line's cell automatically, if that changes view parameters only."""
        changes = line.lit(self._params) if self._is_on_stage else {}
        fields = fields_of(type(self._params))
        if changes and all(fields[name].effect == "view" for name in changes):
            self.changes_wanted.emit(changes)

    @property
    def _is_on_stage(self) -> bool:
        return self.derivation.on_stage(self._params) is not None

    # Showing

    def _key(self, line: Line) -> str:
        return f"{self.derivation.id}/{line.id}"

    def _bring_into_sight(self, part: QWidget) -> None:
        """Scroll to the end of a widget after the layout, by as little as possible.

        Of a line that is higher than the panel, the entry is visible.
        """

        def scroll() -> None:
            for seen in (part, part.box) if isinstance(part, DeriveLine) else (part,):
                self.ensureWidgetVisible(seen, 0, px(GRID))

        QTimer.singleShot(0, self, scroll)

    def _write(self) -> None:
        for index, one in enumerate(self.derivations):
            done = all(self._known.get(f"{one.id}/{line.id}") for line in one.lines)
            self.chooser.setItemText(index, ("✓ " if done else "") + load_words(one.id, language()).title)
        count = len(self.rows)
        reached = next((index for index, row in enumerate(self.rows) if row.stands is None), count)
        for index, (line, row) in enumerate(zip(self.derivation.lines, self.rows, strict=True)):
            row.setVisible(index <= reached)
            place = words.LINE(number=index + 1, all=count)
            row.show_words(self._words.lines[index], place, bool(self._lit_at_all(line)))
        for part in (self._whole_title, self.whole, self.use, self.anew):
            part.setVisible(self.is_whole)
        self.whole.setText(_table([line.gap.filled(line.gap.right) for line in self._words.lines]))
        shown = sum(row.stands == "" for row in self.rows)
        self._notes.setText(translate(words.SOME_SHOWN(shown=shown, all=count)))
        self._notes.setVisible(self.is_whole and shown > 0)
        self._write_numbers()

    def _lit_at_all(self, line: Line) -> Mapping[str, object]:
        return line.lit(type(self._params)().replaced(self.derivation.stage))

    def _write_numbers(self) -> None:
        is_on_stage = self._is_on_stage
        for part in (self._elsewhere, self.to_the_stage):
            part.setVisible(not is_on_stage)
        row = self.open_row
        if row is None:
            return
        line = self.derivation.lines[self.rows.index(row)]
        values, _ = next(points_of(self.derivation, line, self._params))
        said = words.NUMBERS if is_on_stage and line.shown else words.NUMBERS_ELSEWHERE
        place = self.rows.index(row) + 1
        row.show_numbers(said(number=place, all=len(self.rows), numbers=untranslated(spelled(values))))

    def _restyle(self) -> None:
        self._words = load_words(self.derivation.id, language())
        side = px(GRID + GRID // 2)
        self._page.setContentsMargins(side, side, side, side)
        self._page.setSpacing(px(GRID))
        self._lines.setSpacing(px(2 * GRID))
        self._lines.setContentsMargins(0, px(GRID), 0, 0)
        self._whole_title.setContentsMargins(0, px(GRID), 0, 0)
        for label in (self._title, self._whole_title):
            label.setFont(font("strong"))
        for part in (self._elsewhere, self._notes, self.chooser, self.to_the_stage, self.anew):
            part.setFont(font("text"))
        self.whole.setFont(font("number"))
        use_secondary_ink(self._elsewhere)
        self._title.setText(self._words.title)
        self._title.setVisible(len(self.derivations) == 1)
        self._lead.show_blocks(self._words.lead)
        self.use.show_blocks(self._words.use)
        self._elsewhere.setText(translate(words.OFF_STAGE))
        self._whole_title.setText(translate(words.WHOLE))
        self.to_the_stage.setText(translate(words.TO_THE_STAGE))
        self.anew.setText(translate(words.ANEW))
        self.chooser.setAccessibleName(translate(words.DERIVATION))
        self.chooser.updateGeometry()
        self._write()


def _table(formulas: list[str]) -> str:
    """An HTML table with the formulas below one another, aligned at their equals signs."""
    rows = []
    for formula in formulas:
        left, sign, right = formula.partition(" = ")
        cells = (left, "=" if sign else "", right)
        rows.append("<tr><td align='right'>{}&nbsp;</td><td>{}&nbsp;</td><td>{}</td></tr>".format(*cells))
    return f"<table cellspacing='0' cellpadding='{max(1, px(GRID // 4))}'>{''.join(rows)}</table>"
