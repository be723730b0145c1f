"""What the panel in which one writes says, in both languages."""

from __future__ import annotations

from engine.contract.run import Run
from engine.contract.text import Text, enumerated, sentences

BY_HAND = Text("By hand first. {asked}", "先手算。{asked}")
RIGHT_BY_HAND = Text("Right: {cell} = {value}. Now have it computed.", "答对了：{cell} = {value}。接下来让代码来算。")
WRONG_BY_HAND = Text(
    "Not so: {cell} = {value}. Once it is written, Working shows such a number term by term.",
    "不对：{cell} = {value}。写出来以后，“演算”里能看到这样的数由哪几项算出。",
)
ONCE_MORE = Text("Not so: {cell} is not {value}. Once more?", "不对：{cell} 不是 {value}。再算一次？")
LET_ME_WRITE = Text("Just let me write", "直接写代码")
TRY_IT = Text("Try it", "试一试")
FOUND = Text("{what} Here it shows. Now mend it.", "{what}在这里看出来了。现在来改。")
CHECK = Text("Check", "检查")
CHECKING = Text("Checking…", "检查中……")
HINT = Text("Hint {number} of {all}", "提示 {number}/{all}")
COMPARE = Text("Compare with ours", "和我们的代码对照")
HIDE_OURS = Text("Hide our code", "收起我们的代码")
WAS_READ = Text(
    "You have read our code, so this exercise counts as read. In a week you can write it again.",
    "你看过我们的代码了，所以这道练习算“读过”。一周后可以再写一次。",
)
ANEW = Text("Begin anew", "重新开始")
ELSEWHERE = Text(
    "{name} is for “{title}”, which is written in “{place}”.", "{name} 写的是“{title}”，要在“{place}”里打开。"
)
FILE_TOO_LONG = Text(
    "{name} holds {size:,} characters of code; at most {most:,} are allowed.",
    "{name} 里的代码有 {size:,} 个字符，最多只能有 {most:,} 个。",
)
EXPORT = Text("Export as a file…", "导出为文件……")
IMPORT = Text("Import a file…", "导入文件……")
IMPORTED = Text("This is from {name}. It runs only when you press Check.", "这段代码来自 {name}。按“检查”才会运行。")
MORE = Text("More", "更多")
EXERCISE = Text("Exercise", "练习")
USE_MINE = Text("Use mine", "用我写的")
USE_OURS = Text("Use ours", "用原来的")
USE_MINE_HELP = Text(
    "Run the experiment with your {name} in place of ours.", "用你写的 {name} 代替我们的来运行这个实验。"
)
WITH_YOURS = Text("With your {names}.", "用的是你写的 {names}。")
NOTHING_TO_WRITE = Text(
    "Nothing is to be written here. What you have written elsewhere can be put to work.",
    "这里没有要写的代码。你在别处写好的，可以拿来用。",
)
NOTHING_HERE = Text("Nothing is to be written here.", "这里没有要写的代码。")
PRINTED = Text("Printed: {words}", "打印出：{words}")
WORKED_OUT = Text("By hand: {line}", "手算：{line}")


def with_whose_code(reading: Text, run: Run | None) -> Text:
    """The reading of a frame of a run, and which of the learner's code has computed it."""
    called = [one.exercise for one in run.written if one.called] if run is not None else []
    if not called:
        return reading
    from engine.exercises import load_exercise

    names = enumerated([load_exercise(one).name for one in called])
    return sentences((reading, WITH_YOURS(names=names)))
