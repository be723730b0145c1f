"""Draws `convolution`: input, kernel and output side by side, the highlighted window, and the sum of its products."""

from __future__ import annotations

from engine.experiments.ch7_convolution.convolution.params import ConvolutionFrame, ConvolutionParams
from gui.stage.board_view import BoardView


class ConvolutionView(BoardView[ConvolutionParams, ConvolutionFrame]):
    """Hovering over an output cell shows its window, over an input cell the outputs to which it contributes; a click
    selects it.
    """

    rows = ("views", "board", "words", "note")
