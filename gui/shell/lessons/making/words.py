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
        "What is changed before the answer is seen, as NAME=VALUE&NAME=VALUE; empty for nothing.",
        "显示答案之前要改的参数，写成 名称=值&名称=值；不改就空着。",
    ),
)
UNTIL, UNTIL_TIP = (
    Text("Played to", "运行到"),
    Text("30 update, or end; empty is as far as the step is now.", "写 30 update 或 end；空着就和这一步现在一样远。"),
)
ANSWER, CLAIM, WHY = Text("Answer {number}", "答案 {number}"), Text("Claim", "断言"), Text("Why", "理由")
RIGHT = Text("right", "正确")
CLAIM_TIP = Text(
    "What has to be true for this answer: correct=4, loss<before, x[0]>-5&x[0]<0. It has to hold for the right answer "
    "and for no other.",
    "这个答案成立的条件：correct=4、loss<before、x[0]>-5&x[0]<0。正确答案要成立，其他答案都不能成立。",
)
NUMBER_CLAIM = Text("The number", "这个数")
NUMBER_TIP = Text("Which number it is, and what it has to be: x[1]=3.62", "是哪个数、应是多少：x[1]=3.62")
LABEL = Text("Its name", "它的名称")
AFTER = Text("Said afterwards", "答后的说明")
QUANTITIES = Text("Quantities…", "可用的量…")
QUANTITY = Text("{path} = {value}", "{path} = {value}")

GOAL, GOAL_WORDS = Text("Goal", "挑战"), Text("What is to be reached", "要完成什么")
TARGET = Text("Its grammar", "写法")
TARGET_TIP = Text(
    "As in goal:b,w1#correct=4;reference=b:-0.7;near=b:-0.5: what may be changed, the claims, values that reach it and "
    "values that just miss it. “@30 update” behind the names counts only a run that has come so far.",
    "写成 goal:b,w1#correct=4;reference=b:-0.7;near=b:-0.5 这样：先写可以改的参数，再写断言，"
    "reference 是能完成的值，near 是差一点的值。参数后面加“@30 update”，运行到那里才算。",
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
