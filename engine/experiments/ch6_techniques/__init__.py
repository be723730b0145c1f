"""Chapter 6: training techniques."""

from engine.contract.text import Text

NUMBER = 6
TAB = Text("6 Techniques")
TITLE = Text("Training techniques")
LINE = Text("Change one thing and see what differs")
