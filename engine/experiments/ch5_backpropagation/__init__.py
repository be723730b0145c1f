"""Chapter 5: backpropagation."""

from engine.contract.text import Text

NUMBER = 5
TAB = Text("5 Backprop", "5 反向传播")
TITLE = Text("Backpropagation", "误差反向传播法")
LINE = Text("Carrying gradients back to the inputs", "把梯度从输出一路传回输入")
