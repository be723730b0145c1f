"""Texts of making lessons."""

from engine.contract.text import Text, notation

TITLE = Text("Make a lesson")
LESSON_TITLE, INTRODUCTION = Text("Title of the lesson"), Text("Introduction")
LANGUAGE = Text("Words in")
STEPS = Text("Steps", context="of a lesson")
ADD = Text("Add the present state as a step")
RETAKE = Text("Take the present state instead")
SHOW = Text("Show it on the stage")
UP, DOWN, REMOVE = Text("Up"), Text("Down"), Text("Remove", context="from a lesson")
STEP = notation("{number}  {title}")
NO_TITLE = Text("(no title)")
EMPTY = Text("Set an experiment as the learner is to find it, then add it as a step.")
STEP_TITLE, WORDS = Text("Title of the step"), Text("Words")
MAY_CHANGE = Text("May be changed")
EXERCISE, NO_EXERCISE = Text("Exercise"), Text("none")
SEED = Text("Random seed")

QUESTION = Text("Question")
NO_QUESTION, CHOICE, NUMBER = Text("none"), Text("several answers"), Text("a number")
ASKED = Text("What is asked")
CHANGES, CHANGES_TIP = (
    Text("Then changed"),
    Text("What is changed before the answer is seen: b=-0.7, or several as b=-0.7&w1=1; empty for nothing."),
)
UNTIL, UNTIL_TIP = (
    Text("Played to"),
    Text("30 update, or end; empty is as far as the step is now."),
)
ANSWER, WHY = Text("Answer {number}"), Text("Why")
CLAIM = Text("True if (claim)")
RIGHT = Text("right")
CLAIM_TIP = Text(
    "What has to be true for this answer: correct=4; loss<before, less than without the change; two at once as "
    "x[0]>-5&x[0]<0. It has to hold for the right answer and for no other."
)
NUMBER_CLAIM = Text("The number, with its value")
NUMBER_TIP = Text("Which number it is, and what it has to be: x[1]=3.62")
LABEL = Text("What it is called")
AFTER = Text("Said afterwards")
ABOUT_CLAIMS = Text(
    "A claim is what the program can check by itself, such as correct=4: what a number is called, then =, < or >, then "
    "a value. “Quantities…” lists what can be named where you type, and writes it for you."
)
QUANTITIES = Text("Quantities…")
QUANTITIES_TIP = Text(
    "What can be named where you typed last: in a claim what the stage shows, in a change the fields."
)
NAMED = Text("{label}:  {written}")
NOT_ON_STAGE = Text("Show this step on the stage first.")

GOAL, GOAL_WORDS = Text("Goal"), Text("What is to be reached")
GOAL_CLAIM = Text("Reached if (claim)")
GOAL_CLAIM_TIP = Text("What has to be true then: correct=4, or several at once as correct=4&b<0.")
GOAL_LABELS = Text("What that is called")
GOAL_LABELS_TIP = Text("What the learner is told beside the goal; a name for each claim, with | between them.")
GOAL_UNTIL = Text("Counts from")
GOAL_UNTIL_TIP = Text("30 update, or end: only a run that has come so far counts; empty for at once.")
REFERENCE = Text("Values that reach it")
REFERENCE_TIP = Text(
    "b=-0.7, or several as b=-0.7&w1=1. The program tries whether they reach it; the learner does not see them."
)
NEAR = Text("Values that just miss it")
NEAR_TIP = Text("Written alike, several with | between them: b=-0.5 | b=-0.6. They must not reach it.")
GOAL_WHY, HINT = Text("Said when reached"), Text("Hint")

HOLDS = Text("✓ Everything in this step holds.")
TRYING = Text("Being played…")
PLAYING = Text("Step {number} is being played…")
NOT_SAVED = Text("Not saved:")
NO_STEPS = Text("A lesson needs a step.")
SAVE, CLOSE = Text("Save…"), Text("Close")
NOTHING_SHOWN = Text("There is nothing on the stage yet.")
TOO_MANY = Text("A lesson has {most} steps at most.")
DISCARD = Text("Close without saving?")
LOST = Text("What was typed since the last saving is lost.")
YES, NO = Text("Close"), Text("Go on")
