"""PY: a short script that rebuilds the frame with the engine and writes the same CSV beside itself."""

from __future__ import annotations

from pathlib import Path
from pprint import pformat

import engine
from engine.contract.text import Text
from engine.export.record import Export
from engine.version import PROGRAM

SUFFIX = ".py"

# Where the program that writes the script lies: the script finds the engine there.
PROGRAM_FOLDER = Path(engine.__file__).resolve().parents[1]

_EXPLANATION = Text(
    "Rebuilds this result with {program} and writes its tables as CSV beside this file.\n"
    "Needs Python 3.11 or newer with NumPy, and the program's folder: the one below, or LAYERWISE_HOME.",
    "用 {program} 重新算出这个结果，并把表格存成 CSV，放在本文件旁边。\n"
    "需要 Python 3.11 或更新的版本和 NumPy，以及程序的文件夹：下面写的那个，或者 LAYERWISE_HOME。",
)
_OLD_PYTHON = Text("This script needs Python 3.11 or newer.", "这个脚本需要 Python 3.11 或更新的版本。")
_NO_NUMPY = Text(
    "This script needs NumPy: python -m pip install numpy", "这个脚本需要 NumPy：python -m pip install numpy"
)
_NO_PROGRAM = Text(
    "Layerwise is neither in LAYERWISE_HOME nor in", "找不到 Layerwise：LAYERWISE_HOME 里没有，这里也没有："
)

_TEMPLATE = '''\
"""{title}

{caption}

{explanation}
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

RECORDED = {recorded}
EXPERIMENT = {experiment}
PARAMS = {params}
SEED = {seed}
JOURNAL = {journal}  # (update, path, value) of every change made while it ran
UPDATE = {update}

if sys.version_info < (3, 11):
    sys.exit({old_python})
folders = [Path(folder) for folder in (os.environ.get("LAYERWISE_HOME"), RECORDED) if folder]
home = next((folder for folder in folders if (folder / "engine" / "export").is_dir()), None)
if home is None:
    sys.exit({no_program} + " " + RECORDED)
sys.path.insert(0, str(home))
if find_spec("numpy") is None:
    sys.exit({no_numpy})

from engine.contract.catalogue import load
from engine.playing.player import Player
from engine.contract.run import Change, Run
from engine.export import csv_format
from engine.export.record import Export

experiment = load(EXPERIMENT)
params = experiment.params_type.from_json(PARAMS)
player = Player(experiment, Run(EXPERIMENT, params, SEED, tuple(Change(*change) for change in JOURNAL)))
frame = player.go(UPDATE, heavy=True)

export = Export(experiment, player.run, player.params, player.update, frame, {language})
here = Path(__file__).resolve()
for name, content in csv_format.write(export, here.with_suffix(".csv").name).items():
    (here.parent / name).write_bytes(content)

sys.stdout.reconfigure(errors="replace")
print(export.caption)
'''


def write(export: Export, name: str) -> dict[str, bytes]:
    """One file, UTF-8; it needs no Qt."""
    run = export.session.run

    def rendered(text: Text) -> str:
        return text.render(export.language)

    script = _TEMPLATE.format(
        title=_in_docstring(export.title),
        caption=_in_docstring(export.caption),
        explanation=rendered(_EXPLANATION(program=PROGRAM)),
        recorded=_literal(str(PROGRAM_FOLDER)),
        experiment=_literal(run.experiment),
        params=_literal_table(run.params.to_json()),
        seed=run.seed,
        journal=_literal_rows([(change.at_update, change.path, change.value) for change in run.journal]),
        update=export.update,
        old_python=_literal(rendered(_OLD_PYTHON)),
        no_program=_literal(rendered(_NO_PROGRAM)),
        no_numpy=_literal(rendered(_NO_NUMPY)),
        language=_literal(export.language),
    )
    return {name: script.encode()}


def _in_docstring(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _literal(value: object) -> str:
    """Plain JSON values as a Python literal, with double quotes around strings that contain none."""
    if isinstance(value, str) and value.isprintable() and not set(value) & {'"', "\\"}:
        return f'"{value}"'
    return repr(value) if len(repr(value)) <= 100 else pformat(value, width=100, compact=True, sort_dicts=False)


def _literal_table(values: dict[str, object]) -> str:
    lines = [f"    {_literal(name)}: {_indented(_literal(value))},\n" for name, value in values.items()]
    return "{\n" + "".join(lines) + "}" if lines else "{}"


def _literal_rows(rows: list[tuple[object, ...]]) -> str:
    return "[\n" + "".join(f"    {_indented(_literal(row))},\n" for row in rows) + "]" if rows else "[]"


def _indented(literal: str) -> str:
    return literal.replace("\n", "\n    ")
