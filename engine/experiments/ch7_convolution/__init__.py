"""Chapter 7: convolutional networks."""

from engine.contract.text import Text, untranslated

NUMBER = 7
TAB = untranslated("7 CNN")
TITLE = Text("Convolutional networks")
LINE = Text("How filters read an image")
