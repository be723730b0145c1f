"""Texts of the panel for derivations."""

from engine.contract.text import Text

CHECK = Text("Check", context="a typed answer")
HINT = Text("Hint {number} of {all}")
SHOW_LINE = Text("Show this line")
LIGHT = Text("Light its cell on the stage")
WAS_SHOWN = Text("This line was shown.")
NUMBERS = Text("Line {number} of {all}, on the stage {numbers}")
NUMBERS_ELSEWHERE = Text("Line {number} of {all}, with {numbers}")
TO_THE_STAGE = Text("Put it on the stage")
OFF_STAGE = Text("The stage shows something else now. The numbers here are those that it would show.")
WHOLE = Text("All in one")
SOME_SHOWN = Text("{shown} of {all} lines were shown. Begin anew to derive them yourself.")
ANEW = Text("Begin anew")
DERIVATION = Text("Derivation")
LINE = Text("Line {number} of {all}")
RIGHT, SHOWN = Text("right", context="answer"), Text("shown", context="answers that were shown")
