"""Chapter 2: perceptrons."""

from engine.contract.text import Text

NUMBER = 2
TAB = Text("2 Perceptrons", "2 感知机")
TITLE = Text("Perceptrons", "感知机")
LINE = Text("What one straight line can and cannot do", "一条直线能做什么，不能做什么")
