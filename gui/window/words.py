"""Texts of the window's buttons, menus and shortcuts."""

import sys

from engine.contract.text import Text

RUN = Text("Run")
PAUSE = Text("Pause")
STEP = Text("Step")
BACK = Text("Back")
BACK_TO_KEPT = Text("Back to a kept update")
RESTART = Text("Restart")
PIN = Text("Put this run on the shelf")
KEEP_NETWORK = Text("Keep this network…")
NETWORKS = Text("My networks…")
OWN_NETWORK = Text("Write a network of your own…")
CHECK_NETWORK = Text("Check a network of any kind…")
FROM_NETWORK = Text("This is played with what your file defines.")
BACK_TO_NETWORK = Text("Back to my network")
OWN_NETWORK_TITLE = Text("Write a network of your own")
DIFFERENCES = Text("Table of differences")
SPEED = Text("Speed")
FASTEST = Text("fastest")
TO_NEWEST = Text("back to newest")

CONTROLS = Text("Controls")
GUIDE = Text("Guide")
LESSON = Text("Lesson")
WORKING = Text("Working")
CODE = Text("Code")
WRITE = Text("Write it")
DERIVE = Text("Derive")
DATA = Text("Data")
HOW = Text("How", context="it is computed")
PANELS = Text("Panels")
CHAPTERS = Text("Chapters")
TIMELINE = Text("Timeline")
DIVERGED_HERE = Text("×: here the run was seen to diverge")
STEP_SIZE = Text("What a step is")
NEXT_REGION = Text("Next part of the window: stage, panels, controls, run")
PREVIOUS_REGION = Text("Previous part of the window")
OVERVIEW = Text("Overview")
OVERVIEW_WITH_ONE = Text("Overview: one old question is due")
OVERVIEW_WITH_SEVERAL = Text("Overview: {count} old questions are due")
NEXT_IN_BOOK = Text("Next: {name}")
CHAPTER_END = Text("The end of chapter {number}")
WHAT_ENDS = Text("What it taught, in five sentences, and eight questions about it.")
FROM_RESULT = Text("This question is from the result of your test.")
BACK_TO_RESULT = Text("Back to the result")
WIDER, NARROWER = Text("More room for this"), Text("Less room for this")
STAGE, BESIDE = Text("Stage"), Text("Guide and controls")
TAKE_TURNS = Text("Stage or guide, where they take turns")

MENU = Text("Menu")
MENU_WITH_ONE = Text("Menu: one old question is due")
MENU_WITH_SEVERAL = Text("Menu: {count} old questions are due")
SEARCH = Text("Search", context="command")
RUNS = Text("Runs and networks")
VIEW = Text("View", context="menu")
HELP = Text("Help")
PANEL = Text("Panel: {name}")
PANEL_KEYS = (
    (GUIDE, "Alt+1"), (WRITE, "Alt+2"), (HOW, "Alt+3"), (DATA, "Alt+4"),
    (DERIVE, "Alt+5"),
)  # fmt: skip
"""(name, shortcut) of each panel; the shortcuts are the same for experiments without a panel for derivations."""
IN_CLASS = {WRITE: "write", DERIVE: "derive", HOW: "how", DATA: "data"}
"""Names in a class file of the panels that it may leave out."""
LIGHT = Text("Light theme")
DARK = Text("Dark theme")
THEME = Text("Light or dark theme")
LANGUAGE = Text("Another language")

OPEN_SESSION = Text("Open session…")
SAVE_SESSION = Text("Save session…")
EXPORT = Text("Export…")
EXPORT_MOVING = Text("Export a moving picture…")
COPY_PICTURE = Text("Copy picture")
UNDO = Text("Undo")
REDO = Text("Redo")
RESTORE_DEFAULTS = Text("Restore defaults")
LARGER = Text("Larger")
SMALLER = Text("Smaller")
NORMAL_SIZE = Text("Zoom back to 100%")
PRESENTATION = Text("Presentation")
STAGE_ALONE = Text("Stage alone")
ASK_ROOM, VOTE = Text("Ask the room"), Text("Vote")
IN_FIVE_MINUTES = Text("Ask the room: five minutes")
LEAVE_PRESENTATION = Text("Escape ends the presentation.")
PROGRESS = Text("Progress")
WHAT_STAYS = Text("What stays")
TEST_OF = Text("Test: {title}")
ASK_AGAIN = Text("Ask old questions again")
PRINT_PAGE = Text("Page to print…")
EXPORT_PROGRESS = Text("Export progress…")
IMPORT_PROGRESS = Text("Import progress…")
ERASE_PROGRESS = Text("Erase progress…")
LESSONS = Text("Lessons")
OPEN_LESSON = Text("Open a lesson…")
EDIT_LESSON = Text("Edit a lesson file…")
PACKS = Text("Packs…")
MAKE_LESSON = Text("Make a lesson of this…")
SAVE_ANSWERS = Text("Save answers…")
LEAVE_LESSON = Text("Leave the lesson")
KEYS = Text("Keys")
NEXT_EXPERIMENT = Text("Next experiment")
PREVIOUS_EXPERIMENT = Text("Previous experiment")
WHAT_IS_THIS = Text("What is this?")
ALL_TERMS = Text("All terms…")
GLOSSARY = Text("Glossary")
ABOUT = Text("About Layerwise")
WHATS_NEW = Text("What is new")
NEWER_VERSION = Text("Look for a newer version")
COPY_REPORT = Text("Copy report")
REPORT_COPIED = Text("Copied")
QUIT = Text("Quit")
CLOSE = Text("Close")
LEAVE = Text("Leave the overview, the presentation or a question")

CHANGED_ONLY = Text("the only difference from before: {changes}")
CHANGED = Text("different from before: {changes}")
CHANGED_AT = Text("from {place} on: {changes}")
CHANGED_TOO_LATE = Text("changed: {changes}. The run has ended; begin again to see what it does")
SET_BY_HAND = Text("set by hand at {place}: {changes}. Undo leaves it as it is; Restart begins without it")
PUT_AWAY = Text("The run before, {time} of computing, is kept.")
PUT_AWAY_EARLIER = Text("An earlier run, {time} of computing, is kept.")
BACK_TO_IT = Text("Back to it")
COMING = Text("This chapter is being built: {line}.")
LOST = Text(
    "The process that computes has ended unexpectedly; memory may have run out. What it has shown is still here."
)
LOST_FOR_GOOD = Text(
    "The process that computes has ended three times in a row. From now on the window computes by itself, with the "
    "same results, but more slowly."
)
COMPUTE_AGAIN = Text("Compute up to here again")


def overview(due: int) -> Text:
    """The menu's text for the overview, with the number of old questions that are due there."""
    return OVERVIEW_WITH_ONE if due == 1 else OVERVIEW_WITH_SEVERAL(count=due) if due else OVERVIEW


_ON_MAC = {
    "F11": "Ctrl+Meta+F",
    "Ctrl+Tab": "Meta+Tab",
    "Ctrl+Shift+Tab": "Meta+Shift+Tab",
    "Ctrl+Shift+Backtab": "Meta+Shift+Backtab",
}


def keys_here(keys: str) -> str:
    """The shortcut of a command on this system: on macOS some are replaced, since Command+Tab and F11 belong to the
    system there and Option with a digit types a character. (Qt's Ctrl is Command on macOS, Meta is Control.)
    """
    if sys.platform != "darwin":
        return keys
    return f"Ctrl+{keys}" if keys.startswith("Alt+") else _ON_MAC.get(keys, keys)
