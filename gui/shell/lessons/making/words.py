"""What is said where a lesson is made, in both languages."""

from engine.contract.text import Text

TITLE = Text("Make a lesson", "做一堂课")
LESSON_TITLE, INTRODUCTION = Text("Title of the lesson", "这堂课的标题"), Text("Introduction", "引言")
LANGUAGE = Text("Words in", "文字语言")
STEPS = Text("Steps", "步骤")
ADD = Text("Add the present state as a step", "把现在的画面加为一步")
RETAKE = Text("Take the present state instead", "换成现在的画面")
SHOW = Text("Show it on the stage", "在舞台上显示")
UP, DOWN, REMOVE = Text("Up", "上移"), Text("Down", "下移"), Text("Remove", "删除")
STEP = Text("{number}  {title}", "{number}  {title}")
NO_TITLE = Text("(no title)", "（没有标题）")
EMPTY = Text(
    "Set an experiment as the learner is to find it, then add it as a step.",
    "先把实验调到学生要看到的样子，再加为一步。",
)
STEP_TITLE, WORDS = Text("Title of the step", "这一步的标题"), Text("Words", "说明文字")
MAY_CHANGE = Text("May be changed", "可以改的参数")
EXERCISE, NO_EXERCISE = Text("Exercise", "练习"), Text("none", "无")
SEED = Text("Random seed", "随机种子")

QUESTION = Text("Question", "问题")
NO_QUESTION, CHOICE, NUMBER = Text("none", "无"), Text("several answers", "几个答案"), Text("a number", "一个数")
ASKED = Text("What is asked", "问什么")
CHANGES, CHANGES_TIP = (
    Text("Then changed", "接着改"),
    Text(
        "What is changed before the answer is seen: b=-0.7, or several as b=-0.7&w1=1; empty for nothing.",
        "显示答案之前要改的参数：b=-0.7，改几项就写 b=-0.7&w1=1；不改就空着。",
    ),
)
UNTIL, UNTIL_TIP = (
    Text("Played to", "运行到"),
    Text("30 update, or end; empty is as far as the step is now.", "写 30 update 或 end；空着就和这一步现在一样远。"),
)
ANSWER, WHY = Text("Answer {number}", "答案 {number}"), Text("Why", "理由")
CLAIM = Text("True if (claim)", "成立的条件（断言）")
RIGHT = Text("right", "正确")
CLAIM_TIP = Text(
    "What has to be true for this answer: correct=4; loss<before, less than without the change; two at once as "
    "x[0]>-5&x[0]<0. It has to hold for the right answer and for no other.",
    "这个答案成立的条件：correct=4；loss<before 表示比没改时小；两个条件写成 x[0]>-5&x[0]<0。"
    "正确答案要成立，其他答案都不能成立。",
)
NUMBER_CLAIM = Text("The number, with its value", "这个数和它的值")
NUMBER_TIP = Text("Which number it is, and what it has to be: x[1]=3.62", "是哪个数、应是多少：x[1]=3.62")
LABEL = Text("What it is called", "它叫什么")
AFTER = Text("Said afterwards", "答后的说明")
ABOUT_CLAIMS = Text(
    "A claim is what the program can check by itself, such as correct=4: what a number is called, then =, < or >, then "
    "a value. “Quantities…” lists what can be named where you type, and writes it for you.",
    "断言是程序自己能检查的一句话，如 correct=4：先写量的名称，再写 =、< 或 >，最后写值。"
    "点“可用的量…”，会列出正在填写的地方能用的名称，选一个就填好了。",
)
QUANTITIES = Text("Quantities…", "可用的量…")
QUANTITIES_TIP = Text(
    "What can be named where you typed last: in a claim what the stage shows, in a change the fields.",
    "列出上次填写的地方能用的名称：断言里是画面上的量，改动里是参数。",
)
NAMED = Text("{label}:  {written}", "{label}：{written}")
NOT_ON_STAGE = Text("Show this step on the stage first.", "请先在舞台上显示这一步。")

GOAL, GOAL_WORDS = Text("Goal", "挑战"), Text("What is to be reached", "要完成什么")
GOAL_CLAIM = Text("Reached if (claim)", "怎样算完成（断言）")
GOAL_CLAIM_TIP = Text(
    "What has to be true then: correct=4, or several at once as correct=4&b<0.",
    "完成时要成立的条件：correct=4，几个条件写成 correct=4&b<0。",
)
GOAL_LABELS = Text("What that is called", "这些量叫什么")
GOAL_LABELS_TIP = Text(
    "What the learner is told beside the goal; a name for each claim, with | between them.",
    "挑战旁边显示给学生的名称；一个断言一个名称，中间用 | 隔开。",
)
GOAL_UNTIL = Text("Counts from", "从哪里起算")
GOAL_UNTIL_TIP = Text(
    "30 update, or end: only a run that has come so far counts; empty for at once.",
    "写 30 update 或 end，运行到那里才算；空着就随时都算。",
)
REFERENCE = Text("Values that reach it", "能完成的值")
REFERENCE_TIP = Text(
    "b=-0.7, or several as b=-0.7&w1=1. The program tries whether they reach it; the learner does not see them.",
    "b=-0.7，几项写成 b=-0.7&w1=1。程序用它试一试能不能完成，学生看不到。",
)
NEAR = Text("Values that just miss it", "差一点的值")
NEAR_TIP = Text(
    "Written alike, several with | between them: b=-0.5 | b=-0.6. They must not reach it.",
    "写法一样，几组之间用 | 隔开：b=-0.5 | b=-0.6。这些值不能完成挑战。",
)
GOAL_WHY, HINT = Text("Said when reached", "完成后的说明"), Text("Hint", "提示")

HOLDS = Text("✓ Everything in this step holds.", "✓ 这一步都成立。")
TRYING = Text("Being played…", "正在运行……")
PLAYING = Text("Step {number} is being played…", "正在运行第 {number} 步……")
NOT_SAVED = Text("Not saved:", "没有保存：")
NO_STEPS = Text("A lesson needs a step.", "一堂课至少要有一步。")
SAVE, CLOSE = Text("Save…", "保存…"), Text("Close", "关闭")
NOTHING_SHOWN = Text("There is nothing on the stage yet.", "舞台上还没有画面。")
TOO_MANY = Text("A lesson has {most} steps at most.", "一堂课最多 {most} 步。")
DISCARD = Text("Close without saving?", "不保存就关闭？")
LOST = Text("What was typed since the last saving is lost.", "上次保存以后写的内容会丢失。")
YES, NO = Text("Close", "关闭"), Text("Go on", "继续编辑")
