"""Draws `convolution`: input, kernel and output side by side, the window lit, and the sum of its products."""

from __future__ import annotations

from engine.experiments.ch7_convolution.convolution.params import ConvolutionFrame, ConvolutionParams
from gui.stage.board_view import BoardView


class ConvolutionView(BoardView[ConvolutionParams, ConvolutionFrame]):
    """Hovering over a cell shows its window, or the outputs that it feeds; a click selects it."""

    rows = ("views", "board", "words", "note")
