"""The base of views of a board: draws the cells that an experiment lays out and lets one be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import ClassVar

from engine.boards.board import Wording
from engine.boards.experiment import BoardExperiment
from engine.contract.handle import Position, ProbePoint
from engine.contract.params import fields_of
from engine.contract.text import Text
from gui.plots.board import table
from gui.plots.board.choosing import SegmentedItem
from gui.plots.board.table import FittingWords
from gui.plots.pictures.cell_board import CellBoard
from gui.plots.pictures.cells import term_color
from gui.stage.handle import frame_is_meant
from gui.stage.snapshot import F, Layout, P, Snapshot
from gui.stage.view import View


class BoardView(View[P, F]):
    """The base of views that draw arrays as grids of cells (a board), of which one cell can be selected by a click or
    by arrow keys. The cell under the pointer is previewed as if it were clicked.

    The attributes named in ``rows`` stand one below the other; the board takes the remaining height. ``words`` shows
    the selected cell's sum, ``note`` is a secondary line, ``views`` the control of the field "view" if there is one.
    """

    experiment: BoardExperiment[P, F]
    handle_plots = MappingProxyType({"": "board"})
    rows: ClassVar[tuple[str, ...]] = ("board", "words")
    widest: ClassVar[float] = 2.4
    """The largest ratio of a cell's width to its height."""
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
        """Show the words for the point under the pointer, and preview the stage as after a click there."""
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
        """Choose the cell whose centre is at a point, which arrow keys have selected."""
        if self.current is not None:
            self.change(self.experiment.click_at(self.current.params, self.current.frame, ProbePoint(x, y)))

    def _draw(self, places: Sequence[Position]) -> None:
        """Ask for the parameter changes that a brush stroke over these points of a painted grid makes. They are applied
        to the state before the stroke.
        """
        self.invites = False
        self._begun = self._begun or self.current
        if self._begun is not None:
            changes = self.experiment.stroke(self._begun.params, self._begun.frame, places)
            if changes:
                self.change(changes, "stroke")


def _in_inks(wording: Wording) -> table.Wording:
    """The words, with each term of a sum in the colour of the cells that belong to it."""
    if isinstance(wording, Text):
        return wording
    return tuple((piece, term_color(term)) for piece, term in wording)
