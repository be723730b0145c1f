"""Chapter 7: convolutional networks."""

from engine.contract.text import Text, same

NUMBER = 7
TAB = same("7 CNN")
TITLE = Text("Convolutional networks")
LINE = Text("How filters read an image")
