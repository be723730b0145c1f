"""Chapter 3: neural networks."""

from engine.contract.text import Text

NUMBER = 3
TAB = Text("3 Networks")
TITLE = Text("Neural networks")
LINE = Text("How signals become an answer")
