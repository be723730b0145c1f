"""Chapter 2: perceptrons."""

from engine.contract.text import Text

NUMBER = 2
TAB = Text("2 Perceptrons")
TITLE = Text("Perceptrons")
LINE = Text("What one straight line can and cannot do")
