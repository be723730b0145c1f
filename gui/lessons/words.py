"""Texts of the lesson's bar and dialogs."""

from engine.contract.text import Text

OPEN = Text("Open a lesson")
EDIT_FILE = Text("Edit a lesson file")
SAVE = Text("Save the lesson")
SAVE_ANSWERS = Text("Save answers")
FILTER = Text("Lessons (*.lesson.json)")
ANSWERS_FILTER = Text("Answers (*.answers.json)")
SAVED = Text("Saved: {path}")
LEFT = Text("You have left the lesson; everything is as it was before.")
GONE = Text("The lesson that was open cannot be opened again. {reason}")
HELD = Text("This lesson leaves it as it is here.")

BEGIN, NEXT, BACK, FINISH = (
    Text("Begin"),
    Text("Next"),
    Text("Back"),
    Text("Finish"),
)
PLACE = Text("{title}, step {number} of {all} · about {minutes} min")
MORE = Text("More for this lesson")
LEAVE = Text("Leave the lesson")
EDIT = Text("Edit this lesson…")
ANSWERS = Text("Save answers…")
ELSEWHERE = Text("This step is about “{name}”.")
GO_THERE = Text("Back to the step")
WRITE = Text("Open the exercise: {title}")
WRITTEN = Text("Exercise done: {title}")
UNDECIDED = Text("This question cannot be decided here: {reason}")
NO_RIGHT = Text("none of its answers is the only right one.")

END = Text("The end of “{title}”")
SCORE = Text("{right} of {questions} right at once.")
GOALS = Text("{done} of {all} reached.")
EXERCISES = Text("{done} of {all} done.")
TO_CLASS = Text("Your answers go to the folder of your class, with the name of your account: {folder}")
KEPT = Text("Your answers are kept on this computer. They go to nobody unless you save them and hand them on.")

NAME_TITLE = Text("Save answers")
NAME_ABOUT = Text(
    "What you answered in this lesson, in a file to hand in. Your name stands in it only if you type it here."
)
