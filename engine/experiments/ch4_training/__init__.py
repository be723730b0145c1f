"""Chapter 4: how networks learn."""

from engine.contract.text import Text

NUMBER = 4
TAB = Text("4 Learning")
TITLE = Text("How networks learn")
LINE = Text("Reducing the loss step by step")
