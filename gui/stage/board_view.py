"""The base of views of a board: draws whatever cells an experiment lays out; one is looked at and chosen."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import ClassVar

from engine.boards.board import Wording
from engine.boards.experiment import BoardExperiment
from engine.contract.interaction.handle import Place
from engine.contract.interaction.probe_point import ProbePoint
from engine.contract.params import fields_of
from engine.contract.text.text import Text
from gui.plots.board import fitting_words
from gui.plots.board.fitting_words import FittingWords
from gui.plots.board.segmented import SegmentedItem
from gui.plots.pictures.cell_board import CellBoard
from gui.plots.pictures.cells import term_color
from gui.stage.handle import frame_is_meant
from gui.stage.layout import Layout
from gui.stage.snapshot import F, P, Snapshot
from gui.stage.view import View


class BoardView(View[P, F]):
    """A cell under the pointer is shown as a click would show it; arrow keys choose the next one.

    The parts named by ``rows`` stand one below the other, the board as high as there is room. ``words`` are the sum of
    the chosen cell, ``note`` is a line of less weight, ``views`` the choice of the field "view" where there is one.
    """

    experiment: BoardExperiment[P, F]
    handle_plots = MappingProxyType({"": "board"})
    rows: ClassVar[tuple[str, ...]] = ("board", "words")
    widest: ClassVar[float] = 2.4
    """How many times as wide as high a cell may be."""
    note_centered: ClassVar[bool] = True

    def build(self) -> None:
        self._shown: P | None = None
        self.board = CellBoard(self.widest)
        self.words, self.note = FittingWords(centered=True), FittingWords(centered=self.note_centered)
        if "view" in fields_of(self.experiment.params_type):
            self.views = self.choice("view", SegmentedItem())
        self.probe_plot(self.board)
        self.add_control(self.board)
        self.board.chosen.connect(self._choose)
        self.board.drawn.connect(self._draw)
        self.board.stroke_ended.connect(self.gesture_ended)

    def layout_for(self, params: P, wide: bool, compact: bool) -> Layout:
        return Layout(self.rows, tuple(int(part == "board") for part in self.rows), (1,))

    def show_snapshot(self, current: Snapshot[P, F], ghost: Snapshot[P, F] | None) -> None:
        self._shown = current.params
        before = None if ghost is None else (ghost.params, ghost.frame)
        board = self.experiment.board(current.params, current.frame, before)
        if board.grids:
            self.board.show_board(board.grids, board.headings)
        self.words.show_words(*map(_in_inks, board.words))
        note = board.note if board.printed_note is None or not self._exporting else board.printed_note
        self.note.show_words(*note, color="muted_text")

    def probe(self, spot: ProbePoint | None) -> None:
        """The words of the place under the pointer, and the stage as a click that looks at a cell would leave it."""
        super().probe(spot)
        if self.current is None:
            return
        params, frame = self.current.params, self.current.frame
        # Who grips a window wants to see it, not what a click on the cell below would show.
        pointed = None if frame_is_meant(self.handle_items, self._held, self._pointer) else spot
        changes = self.experiment.click_at(params, frame, pointed) if pointed is not None else {}
        shown = params.replaced(changes) if "selected" in changes else params
        # A pointer that moves within a cell changes nothing.
        if shown != self._shown:
            self.preview(changes if shown is not params else None)

    def _choose(self, x: float, y: float) -> None:
        """Arrow keys choose the cell in whose middle that is."""
        if self.current is not None:
            self.change(self.experiment.click_at(self.current.params, self.current.frame, ProbePoint(x, y)))

    def _draw(self, places: Sequence[Place]) -> None:
        """What a stroke over painted cells, of these places so far, makes of what was there before it."""
        self.invites = False
        self._begun = self._begun or self.current
        if self._begun is not None:
            changes = self.experiment.stroke(self._begun.params, self._begun.frame, places)
            if changes:
                self.change(changes, "stroke")


def _in_inks(wording: Wording) -> fitting_words.Wording:
    """Words, each term of a sum in the colour of its cells."""
    if isinstance(wording, Text):
        return wording
    return tuple((piece, term_color(term)) for piece, term in wording)
