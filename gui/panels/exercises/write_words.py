"""What the panel in which one writes says, in both languages."""

from __future__ import annotations

from engine.contract.run.run import Run
from engine.contract.text.text import Text, enumerated, sentences

BY_HAND = Text("By hand first. {asked}")
RIGHT_BY_HAND = Text("Right: {cell} = {value}. Now have it computed.")
WRONG_BY_HAND = Text("Not so: {cell} = {value}. Once it is written, Working shows such a number term by term.")
ONCE_MORE = Text("Not so: {cell} is not {value}. Once more?")
LET_ME_WRITE = Text("Just let me write")
TRY_IT = Text("Try it")
FOUND = Text("{what} Here it shows. Now mend it.")
CHECK = Text("Check")
CHECKING = Text("Checking…")
HINT = Text("Hint {number} of {all}")
COMPARE = Text("Compare with ours")
HIDE_OURS = Text("Hide our code")
WAS_READ = Text("You have read our code, so this exercise counts as read. In a week you can write it again.")
ANEW = Text("Begin anew")
ELSEWHERE = Text("{name} is for “{title}”, which is written in “{place}”.")
FILE_TOO_LONG = Text("{name} holds {size:,} characters of code; at most {most:,} are allowed.")
EXPORT = Text("Export as a file…")
IMPORT = Text("Import a file…")
IMPORTED = Text("This is from {name}. It runs only when you press Check.")
MORE = Text("More")
EXERCISE = Text("Exercise")
USE_MINE = Text("Use mine")
USE_OURS = Text("Use ours")
USE_MINE_HELP = Text("Run the experiment with your {name} in place of ours.")
WITH_YOURS = Text("With your {names}.")
NOTHING_TO_WRITE = Text("Nothing is to be written here. What you have written elsewhere can be put to work.")
NOTHING_HERE = Text("Nothing is to be written here.")
PRINTED = Text("Printed: {words}")
WORKED_OUT = Text("By hand: {line}")


def with_whose_code(reading: Text, run: Run | None) -> Text:
    """The reading of a frame of a run, and which of the learner's code has computed it."""
    called = [one.exercise for one in run.written if one.called] if run is not None else []
    if not called:
        return reading
    from engine.exercises import load_exercise

    names = enumerated([load_exercise(one).name for one in called])
    return sentences((reading, WITH_YOURS(names=names)))
