"""Chapter 3: neural networks."""

from engine.contract.text import Text

NUMBER = 3
TAB = Text("3 Networks", "3 神经网络")
TITLE = Text("Neural networks", "神经网络")
LINE = Text("How signals become an answer", "信号怎样一层层变成答案")
