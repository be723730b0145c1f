"""Draws `layers`: the arrays of the forward pass above, their gradients mirrored below, and the sum of one cell."""

from __future__ import annotations

from engine.experiments.ch5_backpropagation.layers.params import LayersFrame, LayersParams
from gui.stage.board_view import BoardView


class LayersView(BoardView[LayersParams, LayersFrame]):
    """Hovering over a cell of an array shows its calculation below the board, a click selects it."""
