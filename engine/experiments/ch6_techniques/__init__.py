"""Chapter 6: training techniques."""

from engine.contract.text import Text

NUMBER = 6
TAB = Text("6 Techniques", "6 技巧")
TITLE = Text("Training techniques", "与学习相关的技巧")
LINE = Text("Change one thing and see what differs", "只改变一处，看差别在哪里")
