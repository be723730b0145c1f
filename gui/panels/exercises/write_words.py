"""Texts of the panel for writing code."""

from __future__ import annotations

from engine.contract.text import Text

BY_HAND = Text("By hand first. {asked}")
RIGHT_BY_HAND = Text("Right: {cell} = {value}. Now write code that computes it.")
WRONG_BY_HAND = Text("Not so: {cell} = {value}. Once it is written, Working shows such a number term by term.")
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
NOTHING_TO_WRITE = Text("Nothing is to be written here. What you have written elsewhere can be put to work.")
NOTHING_HERE = Text("Nothing is to be written here.")
WORKED_OUT = Text("By hand: {line}")
