"""Chapter 7: convolutional networks."""

from engine.contract.text import Text

NUMBER = 7
TAB = Text("7 CNN", "7 CNN")
TITLE = Text("Convolutional networks", "卷积神经网络")
LINE = Text("How filters read an image", "滤波器如何看懂图像")
