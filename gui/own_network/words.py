"""Texts of the page for a network of one's own."""

from __future__ import annotations

from engine.contract.text import Text, notation

TITLE = Text("Write a network of your own")
BACK = Text("Back", context="page")
ABOUT = Text(
    "One Python file, which is yours: NumPy, the book's names, nothing of this program in it. It grows from station to "
    "station, from three functions to a network that reads your own digits. Any editor will do; what is saved there "
    "appears here. Nothing of it runs before you press a button."
)
NEW, OPEN, SAVE, CHECK = Text("New file…"), Text("Open a file…"), Text("Save"), Text("Check")
FILE_NAME = Text("my_network.py")
FILES = Text("Python files (*.py)")
FIRST_LINE = Text("# My network: it grows from station to station.")
UNSAVED = Text("{name}, with changes that are not saved")
SAVED = Text("Saved.")
READ_AGAIN = Text("Another program has saved the file; this is what it holds now.")
BOTH_CHANGED = Text("Another program has saved the file, and here there are changes as well.")
READ_THE_FILE, KEEP_MINE = Text("Take what the file holds"), Text("Keep what stands here")
GONE = Text("The file is not there any more. What stands here is kept; Save writes it again.")
PUT_HEADINGS_IN = Text("Put the headings in")
HEADINGS_HELP = Text("Write the names and arguments that this station asks for at the end of the file.")
YOURS = Text("You have written it already: {names}. What was right in its exercise is right here.")
TAKE_YOURS = Text("Take it into the file")
YOURS_OF = notation("{name} ({day})")
HINT = Text("Hint {number} of {all}")
STATION = notation("{sign}{number} {title}")
NOT_BEGUN = Text("The file has none of it yet. It is to define {names}.")
FILLED = Text("Not begun yet: station {numbers}. There our code stands in.")
CHECKING = Text("Checking…")
STOP = Text("Stop")
STOPPED = Text("Stopped.")
WHAT_IT_DOES = Text("What it does")
WHAT_IT_WILL_DO = Text("What it will do once all checks hold")
PLAY = Text("Play {number} {name} with it")
NOTHING_PLAYS = Text("{number} {name} uses nothing that your file defines.")
UNFIT_TO_PLAY = Text("{number} {name} cannot be played with your {yours} as it is.")
PLAYING = Text("{number} {name} plays with your {names} now.")
READS, TIMES, COMPARES, TRAINS, GENERALIZES = (
    Text("Let it read digits"),
    Text("How long would a training take?"),
    Text("How much faster is it?"),
    Text("Train it"),
    Text("Train it with {images} digits"),
)
READING, TIMING, TRAINING = Text("It reads…"), Text("Its time is taken…"), Text("It trains…")
YOUR_NETWORK = Text("Your network {reads}.")
TOO_FEW = Text("Your network {reads}. A network that is right reads at least {share:.0%}.")
OURS = Text("ours: the book's network, from the same first weights, with the same batches")
CHANGED_SINCE = Text("The file has changed since. Check looks at everything once more.")
APART = Text("This is about what stands here. The file holds something else: see above it.")
KEPT_APART = Text("What stood here when the window was closed is kept in {name}; another program had saved the file.")
NEXT = Text("Next: {number} {title}")
DIGIT = Text("Let it read your own digit")
DIGIT_HELP = Text("Keep this network under “{name}”, and draw a digit for it in {number} {place}.")
MAPS = Text("See its filters and maps")
MAPS_HELP = Text("Keep this network under “{name}”, and look at its filters and maps in {number} {place}.")
TERMINAL = Text("Add lines that train it in a terminal")
TERMINAL_HELP = Text(
    "They come to the end of the file and read MNIST from this program's folder. Python runs them in a terminal only."
)
TERMINAL_DONE = Text("The lines stand at the end. In a terminal: {command}")
EDITOR = Text("Your file")
ANY = Text("Any network")
ABOUT_ANY = Text(
    "A file with a class that has params, loss(x, t) and gradient(x, t) is checked as it is: its arrays, its first "
    "loss, every gradient against differences, test mode, the accuracy, and whether it learns to read digits."
)
CLASS = Text("Class")
NO_NETWORK = Text("The file has no class with params, loss and gradient.")
NOT_PYTHON = Text("Python cannot read the file as it is.")
ALL_HOLDS = Text("Everything holds that can be judged.")
NOT_ALL_HOLDS = Text("Not everything holds.")
FINDING = Text("{title}: {says}")
UPDATES = Text("{done} of {all} updates, loss {loss}")
SAVE_REPORT = Text("Save this as a page…")
REPORT = Text("{file}, class {name}")
