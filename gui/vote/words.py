"""The texts of the page on which a class votes on a question."""

from engine.contract.text import Text, notation

FIRST, SECOND = Text("First vote"), Text("Second vote")
THINK, TALK, BOTH = Text("Think"), Text("Talk to your neighbour"), Text("Before and after the talk")
ONE, SEEN, ANSWER = Text("What the room believes"), Text("See for yourselves"), Text("The answer")
COUNTED = notation("{vote} · {hands}")
SET = notation("{vote} · {count} →")
COMPUTED = Text("Being computed…")
WRONG = Text("{letter}, {vote}: {hands} of {all}.")
RIGHT = Text("{letter} is right.")
OF = Text("Question {number} of {all}")
TIME = notation("{minutes}:{seconds:02d}")

COVER, LIFT = Text("Cover", context="hide a vote"), Text("Lift the cover")
GO_ON, LEAVE = Text("Go on", context="to the next phase"), Text("Leave")
LESS, MORE = Text("−30 s"), Text("+30 s")
KEYS_COUNT = Text(
    "A key a hand: {letters}; with Shift one fewer; 23 and then A sets it. Ctrl+Z takes back. Space: cover. Enter: on."
)
KEYS_CHOOSE = Text("←/→: another question.")
KEYS_TALK = Text("↑/↓: 30 s more or less. Enter: on.")
KEYS_ON = Text("Enter: on. Page Up: back.")
KEYS_END = Text("←/→: another question. Escape: leave.")
KEYS_LEAVE = Text("Escape: leave.")

NOTHING_HERE = Text("No question to ask here: open an experiment, a lesson or a chapter’s test.")
NO_QUESTION = Text("The lesson asks nothing here.")
NOT_KEPT = Text("The vote is not kept: {reason}")
KEEPING = Text("What the room voted")
UNDECIDED = Text("Its claims do not decide this question, so that nothing could be said to be right.")
