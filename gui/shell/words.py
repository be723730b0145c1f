"""What the window's buttons, menus and shortcuts are called, in both languages."""

from engine.contract.text import Text

RUN = Text("Run", "运行")
PAUSE = Text("Pause", "暂停")
STEP = Text("Step", "下一步")
BACK = Text("Back", "上一步")
BACK_TO_KEPT = Text("Back to a kept update", "回到前面保留的一步")
RESTART = Text("Restart", "从头再来")
PIN = Text("Put this run on the shelf", "把这次运行放上架子")
KEEP_NETWORK = Text("Keep this network…", "保留这个网络…")
NETWORKS = Text("My networks…", "我的网络…")
DIFFERENCES = Text("Table of differences", "差别一览表")
SPEED = Text("Speed", "速度")
FASTEST = Text("fastest", "最快")
TO_NEWEST = Text("back to newest", "回到最新")

CONTROLS = Text("Controls", "调节")
GUIDE = Text("Guide", "导读")
WORKING = Text("Working", "演算")
CODE = Text("Code", "源码")
WRITE = Text("Write it", "你来写")
DERIVE = Text("Derive", "推导")
DATA = Text("Data", "数据")
PANELS = Text("Panels", "面板")
CHAPTERS = Text("Chapters", "各章")
TIMELINE = Text("Timeline", "时间轴")
DIVERGED_HERE = Text("×: here the run was seen to diverge", "×：看到运行在这里发散")
STEP_SIZE = Text("What a step is", "一步是什么")
NEXT_REGION = Text("Next part of the window: stage, controls, panels, run", "窗口的下一部分：舞台、调节、面板、运行")
PREVIOUS_REGION = Text("Previous part of the window", "窗口的上一部分")
OVERVIEW = Text("Overview", "目录")
OVERVIEW_WITH_ONE = Text("Overview: one old question is due", "目录：有 1 个老问题该复习了")
OVERVIEW_WITH_SEVERAL = Text("Overview: {count} old questions are due", "目录：有 {count} 个老问题该复习了")
NEXT_IN_BOOK = Text("Next: {name}", "接下来：{name}")
CHAPTER_END = Text("The end of chapter {number}", "第 {number} 章到此结束")
WHAT_ENDS = Text(
    "What it taught, in five sentences, and eight questions about it.", "用五句话回顾这一章，再做八道小题。"
)
FROM_RESULT = Text("This question is from the result of your test.", "这个问题是从测验结果里点开的。")
BACK_TO_RESULT = Text("Back to the result", "回到测验结果")
SHOW_PANELS = Text("Show the panels", "展开面板")
HIDE_PANELS = Text("Hide the panels", "收起面板")

MENU = Text("Menu", "菜单")
PANEL = Text("Panel: {name}", "面板：{name}")
PANEL_KEYS = (
    (GUIDE, "Alt+1"), (WORKING, "Alt+2"), (CODE, "Alt+3"), (WRITE, "Alt+4"),
    (DERIVE, "Alt+5"), (DATA, "Alt+6"),
)  # fmt: skip
"""The key of each panel by its name; it is the same where an experiment has nothing to derive."""
LIGHT = Text("Light theme", "浅色主题")
DARK = Text("Dark theme", "深色主题")

OPEN_SESSION = Text("Open session…", "打开会话…")
SAVE_SESSION = Text("Save session…", "保存会话…")
EXPORT = Text("Export…", "导出…")
EXPORT_MOVING = Text("Export a moving picture…", "导出动图…")
COPY_PICTURE = Text("Copy picture", "复制图片")
UNDO = Text("Undo", "撤销")
REDO = Text("Redo", "重做")
RESTORE_DEFAULTS = Text("Restore defaults", "恢复默认值")
LARGER = Text("Larger", "放大")
SMALLER = Text("Smaller", "缩小")
NORMAL_SIZE = Text("Zoom back to 100%", "缩放回到 100%")
PRESENTATION = Text("Presentation", "演示模式")
LEAVE_PRESENTATION = Text("Escape ends the presentation.", "按 Esc 退出演示。")
PROGRESS = Text("Progress", "学习记录")
ASK_AGAIN = Text("Ask old questions again", "复习老问题")
PRINT_PAGE = Text("Page to print…", "打印学习记录…")
EXPORT_PROGRESS = Text("Export progress…", "导出学习记录…")
IMPORT_PROGRESS = Text("Import progress…", "导入学习记录…")
ERASE_PROGRESS = Text("Erase progress…", "清除学习记录…")
LESSONS = Text("Lessons", "课堂")
OPEN_LESSON = Text("Open a lesson…", "打开一堂课…")
EDIT_LESSON = Text("Edit a lesson file…", "修改一堂课的文件…")
MAKE_LESSON = Text("Make a lesson of this…", "用现在的画面做一堂课…")
SAVE_ANSWERS = Text("Save answers…", "保存回答…")
LEAVE_LESSON = Text("Leave the lesson", "离开这堂课")
KEYS = Text("Keys", "按键一览")
NEXT_EXPERIMENT = Text("Next experiment", "下一个实验")
PREVIOUS_EXPERIMENT = Text("Previous experiment", "上一个实验")
WHAT_IS_THIS = Text("What is this?", "这是什么？")
ALL_TERMS = Text("All terms…", "全部术语…")
GLOSSARY = Text("Glossary", "术语表")
ABOUT = Text("About Layerwise", "关于 Layerwise")
WHATS_NEW = Text("What is new", "更新内容")
NEWER_VERSION = Text("Look for a newer version", "查看新版本")
COPY_REPORT = Text("Copy report", "复制故障报告")
REPORT_COPIED = Text("Copied", "已复制")
QUIT = Text("Quit", "退出")
CLOSE = Text("Close", "关闭")
LEAVE = Text("Leave the overview, the presentation or a question", "离开目录、演示模式或提问")

CHANGED_ONLY = Text("changed only: {changes}", "只改了：{changes}")
CHANGED = Text("changed: {changes}", "改了：{changes}")
CHANGED_AT = Text("changed at {place}: {changes}", "{place}之后改了：{changes}")
CHANGED_TOO_LATE = Text(
    "changed: {changes}. The run has ended; begin again to see what it does",
    "改了：{changes}。运行已经结束，重新开始才看得到效果",
)
SET_BY_HAND = Text(
    "set by hand at {place}: {changes}. Undo leaves it as it is; Restart begins without it",
    "{place}之后手动改了{changes}。“撤销”不会还原，“从头再来”就没有它了",
)
PUT_AWAY = Text("What was computed in {time} is put aside.", "刚才算了 {time} 的结果先收起来了。")
BACK_TO_IT = Text("Back to it", "回到刚才的结果")
COMING = Text("This chapter is being built: {line}.", "这一章还在建设中：{line}。")
LOST = Text(
    "The process that computes has ended unexpectedly; memory may have run out. What it has shown is still here.",
    "负责计算的进程意外结束，可能是内存不足。已经显示的内容都还在。",
)
LOST_FOR_GOOD = Text(
    "The process that computes has ended three times in a row. From now on the window computes by itself, with the "
    "same results, but more slowly.",
    "负责计算的进程接连三次意外结束。接下来由窗口自己计算：结果相同，只是慢一些。",
)
COMPUTE_AGAIN = Text("Compute up to here again", "重新计算到这里")
