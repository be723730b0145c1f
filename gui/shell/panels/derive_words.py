"""What the panel in which one derives says, in both languages."""

from engine.contract.text import Text

CHECK = Text("Check", "核对")
HINT = Text("Hint {number} of {all}", "提示 {number}/{all}")
SHOW_LINE = Text("Show this line", "看这一行的答案")
LIGHT = Text("Light its cell on the stage", "在画面上点亮这一格")
WAS_SHOWN = Text("This line was shown.", "这一行是看的答案。")
NUMBERS = Text("Line {number} of {all}, on the stage {numbers}", "第 {number}/{all} 行，画面上 {numbers}")
NUMBERS_ELSEWHERE = Text("Line {number} of {all}, with {numbers}", "第 {number}/{all} 行，取 {numbers}")
TO_THE_STAGE = Text("Put it on the stage", "放到画面上")
OFF_STAGE = Text(
    "The stage shows something else now. The numbers here are those that it would show.",
    "画面上现在是别的内容。这里用的是放上去以后的数。",
)
WHOLE = Text("All in one", "连起来看")
SOME_SHOWN = Text("{shown} of {all} lines were shown. Begin anew to derive them yourself.",
                  "{all} 行里有 {shown} 行是看的答案。可以重新开始，自己推一遍。")  # fmt: skip
ANEW = Text("Begin anew", "重新开始")
DERIVATION = Text("Derivation", "推导")
LINE = Text("Line {number} of {all}", "第 {number} 行，共 {all} 行")
RIGHT, SHOWN = Text("right", "对"), Text("shown", "看的答案")
