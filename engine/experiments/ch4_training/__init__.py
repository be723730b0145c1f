"""Chapter 4: how networks learn."""

from engine.contract.text import Text

NUMBER = 4
TAB = Text("4 Learning", "4 学习")
TITLE = Text("How networks learn", "神经网络的学习")
LINE = Text("Reducing the loss step by step", "用梯度一步步减小损失")
