"""Chapter 5: backpropagation."""

from engine.contract.text import Text

NUMBER = 5
TAB = Text("5 Backprop")
TITLE = Text("Backpropagation")
LINE = Text("Carrying gradients back to the inputs")
