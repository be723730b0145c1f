"""IPYNB: the script as notebook cells, each with a sentence above it; plain JSON of the notebook format 4."""

from __future__ import annotations

import json
from pathlib import PurePath

from engine.contract.harmless import in_markdown
from engine.contract.text import Text
from engine.export.alone.run_alone import LICENCE, alone
from engine.export.literals import literal
from engine.export.record import Export

SUFFIX = ".ipynb"

_IMPORTS = Text("First what is imported: NumPy, and parts of Python itself.")
_FROM = Text("From `{file}`, as it stands in the source of Layerwise.")
_AROUND = Text("What the program has around the mathematics, in short: frames, tables, and where data lie.")
_PARAMETERS = Text("The parameters of the run: change one, and run the cells below.")
_DATA = Text(
    "Where the data are looked for: beside the notebook; or in the folder of Layerwise, where LAYERWISE_HOME names it."
)
_RUN = Text("The run itself, from its first state to the one that was exported.")
_TABLES = Text("The tables, written as CSV beside the notebook.")
_FIGURE = Text("The figure, where Matplotlib is installed.")

_LATER = "from __future__ import annotations"
"""Added to a notebook cell so that annotations are not evaluated; it holds for all later cells."""


def write(export: Export, name: str) -> dict[str, bytes]:
    """Returns the contents of the notebook, UTF-8, and of the learner's files that the run uses, by name.

    ``Refused`` if one of these files no longer exists.
    """
    parts = alone(export, name, in_notebook=True)

    def said(text: Text) -> str:
        return text.render(export.language)

    rest = parts.introduction.removeprefix(f"{export.title}\n\n{export.caption}")
    caption = "\n".join(map(in_markdown, export.caption.split("\n")))
    cells = [
        _words(f"# {in_markdown(export.title)}\n\n{caption}{rest}\n\n{LICENCE} (MIT)"),
        _words(said(_IMPORTS)),
        _code(f"{_LATER}\n\n{parts.imports}"),
    ]
    for heading, text in parts.engine:
        is_file = heading.endswith(".py")
        cells += [_words(said(_FROM(file=heading) if is_file else _AROUND)), _code(text)]
    own = f"NAME = {literal(PurePath(name).stem)}\n{parts.params}"
    data = ((_DATA, parts.folders.replace("*map(Path, sys.argv[1:]), ", "")),) if parts.folders else ()
    ends = ((_PARAMETERS, own), *data, (_RUN, parts.run), (_TABLES, parts.tables), (_FIGURE, parts.figure))
    for sentence, text in ends:
        cells += [_words(said(sentence)), _code(text)]
    notebook = {
        "cells": [{"id": f"cell-{number}", **cell} for number, cell in enumerate(cells)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return {name: (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode(), **parts.data}


def _words(text: str) -> dict[str, object]:
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(text: str) -> dict[str, object]:
    source = text.splitlines(keepends=True)
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}
