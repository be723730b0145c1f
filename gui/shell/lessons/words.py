"""What is said around a lesson, in both languages."""

from engine.contract.text import Text

OPEN = Text("Open a lesson", "打开一堂课")
EDIT_FILE = Text("Edit a lesson file", "修改一堂课的文件")
SAVE = Text("Save the lesson", "保存这堂课")
SAVE_ANSWERS = Text("Save answers", "保存回答")
FILTER = Text("Lessons (*.lesson.json)", "一堂课 (*.lesson.json)")
ANSWERS_FILTER = Text("Answers (*.answers.json)", "回答 (*.answers.json)")
SAVED = Text("Saved: {path}", "已保存：{path}")
LEFT = Text("You have left the lesson; everything is as it was before.", "已经离开这堂课，一切都和之前一样。")
GONE = Text("The lesson that was open cannot be opened again. {reason}", "上次打开的课打不开了。{reason}")
HELD = Text("This lesson leaves it as it is here.", "这一步里不改这一项。")

BEGIN, NEXT, BACK, FINISH = (
    Text("Begin", "开始"),
    Text("Next", "下一步"),
    Text("Back", "上一步"),
    Text("Finish", "完成"),
)
PLACE = Text("{number} of {all}", "{number}/{all}")
STEP_TITLE = Text("{title} · {step}", "{title} · {step}")
FOLD, UNFOLD = Text("Show only the title", "只显示标题"), Text("Show the step", "显示这一步")
MORE = Text("More for this lesson", "这堂课的更多操作")
LEAVE = Text("Leave the lesson", "离开这堂课")
EDIT = Text("Edit this lesson…", "修改这堂课…")
ANSWERS = Text("Save answers…", "保存回答…")
ELSEWHERE = Text("This step is about “{name}”.", "这一步讲的是“{name}”。")
GO_THERE = Text("Back to the step", "回到这一步")
WRITE = Text("Open the exercise: {title}", "打开练习：{title}")
WRITTEN = Text("Exercise done: {title}", "练习已完成：{title}")
UNDECIDED = Text("This question cannot be decided here: {reason}", "这里判断不了这个问题：{reason}")
NO_RIGHT = Text("none of its answers is the only right one.", "没有唯一正确的答案。")

END = Text("The end of “{title}”", "“{title}”到此结束")
SCORE = Text("{right} of {questions} right at once.", "{questions}，一次答对 {right} 个。")
GOALS = Text("{done} of {all} reached.", "{all}，完成 {done} 个。")
EXERCISES = Text("{done} of {all} done.", "{all}，完成 {done} 个。")
KEPT = Text(
    "Your answers are kept on this computer. They go to nobody unless you save them and hand them on.",
    "你的回答保存在这台电脑上。你不保存成文件交出去，别人就看不到。",
)

NAME_TITLE = Text("Save answers", "保存回答")
NAME_ABOUT = Text(
    "What you answered in this lesson, in a file to hand in. Your name stands in it only if you type it here.",
    "把这堂课里的回答存成文件，可以交给老师。在这里写了姓名，文件里才有姓名。",
)
