"""What the panel in which one writes says, in both languages."""

from engine.contract.text import Text

BY_HAND = Text("By hand first. {asked}", "先手算。{asked}")
RIGHT_BY_HAND = Text("Right: {cell} = {value}. Now have it computed.", "答对了：{cell} = {value}。接下来让代码来算。")
WRONG_BY_HAND = Text(
    "Not so: {cell} = {value}. Once it is written, Working shows such a number term by term.",
    "不对：{cell} = {value}。写出来以后，“演算”里能看到这样的数由哪几项算出。",
)
LET_ME_WRITE = Text("Just let me write", "直接写代码")
CHECK = Text("Check", "检查")
CHECKING = Text("Checking…", "检查中……")
HINT = Text("Hint {number} of {all}", "提示 {number}/{all}")
COMPARE = Text("Compare with ours", "和我们的代码对照")
HIDE_OURS = Text("Hide our code", "收起我们的代码")
WAS_READ = Text(
    "You have read our code, so this exercise counts as read. In a week you can write it again.",
    "你看过我们的代码了，所以这道练习算“读过”。一周后可以再写一次。",
)
ANEW = Text("Begin anew…", "重新开始……")
ANEW_ASKED = Text("Begin anew? What you have written stays among the {most} versions that are kept.",
                  "要重新开始吗？你写过的内容还留在保存的 {most} 个版本里。")  # fmt: skip
OLDER = Text("An older version…", "以前的版本……")
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
AT_WORK_HERE = Text("Written elsewhere, at work here", "在别处写好，可以用在这里")
NOT_YET = Text("{title} is written in “{place}”.", "{title}，在“{place}”里写。")
PRINTED = Text("Printed: {words}", "打印出：{words}")
WORKED_OUT = Text("By hand: {line}", "手算：{line}")
ANSWER = Text("Ours", "我们的代码")
