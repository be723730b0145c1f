"""The version of the program, shown in exported files, the About dialog and by ``--version``; pyproject.toml repeats
it.
"""

VERSION = "0.18.0"
PROGRAM = f"Layerwise {VERSION}"

PROJECT_PAGE = ""
"""The web address of newer versions; empty while there is none, and then no request is made."""
