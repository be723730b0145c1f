"""LAYERWISE.PY: a short script that imports the engine, recomputes the frame and writes the CSV.

It is meant for those who change the engine.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from engine.contract.catalogue import is_ours
from engine.contract.fields.file import not_carried
from engine.contract.text import Text, enumerated
from engine.data.plain_file import Unreadable, open_plain_file
from engine.export.literals import in_docstring, literal, literal_rows, literal_table
from engine.export.record import Export
from engine.version import PROGRAM

SUFFIX = ".layerwise.py"

_EXPLANATION = Text(
    "Rebuilds this result with {program} and writes its tables as CSV beside this file.\n"
    "Needs Python 3.11 or newer with NumPy, and the program: installed, around this file, or named by LAYERWISE_HOME."
)
_WITH_FILES = Text(
    "This result was made with a file of your own, which is not in here: {names}.\n"
    "To compute it again with {program}, give its path behind the name of this script."
)
_NO_FILES = Text("This result was made with {names}: give the path behind the name of this script.")
_OTHER_FILE = Text("This is not the file that this result was made with:")
_OLD_PYTHON = Text("This script needs Python 3.11 or newer.")
_NO_NUMPY = Text("This script needs NumPy: python -m pip install numpy")
_NO_PROGRAM = Text("Layerwise is not found: put this file into its folder, or name the folder in LAYERWISE_HOME.")

_FILES = """\
import hashlib

FILES = {digests}  # (parameter, SHA-256 of its file)
if len(sys.argv) != 1 + len(FILES):
    sys.exit({no_files})
for path, (_, digest) in zip(sys.argv[1:], FILES):
    if hashlib.sha256(Path(path).read_bytes()).hexdigest() != digest:
        sys.exit({other_file} + " " + path)
params = params.with_texts({{name: path for path, (name, _) in zip(sys.argv[1:], FILES)}})
"""

_PACKS = """\
from start.own_packs import take_up_own

take_up_own({language})  # the experiment comes with a pack
"""

_TEMPLATE = '''\
"""{title}

{caption}

{explanation}
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

EXPERIMENT = {experiment}
PARAMS = {params}
SEED = {seed}
JOURNAL = {journal}  # (update, path, value) of every change made while it ran
UPDATE = {update}

if sys.version_info < (3, 11):
    sys.exit({old_python})
here = Path(__file__).resolve()
named = os.environ.get("LAYERWISE_HOME")
if find_spec("numpy") is None:
    sys.exit({no_numpy})
homes = [Path(named), Path(named, "_internal")] if named else []  # the second where the program is a bundle
folders = [*homes, *here.parents, Path(find_spec("numpy").origin).parents[1]]
home = next((folder for folder in folders if (folder / "engine" / "export" / "record.py").is_file()), None)
if home is None:
    sys.exit({no_program})
sys.path.insert(0, str(home))

from engine.contract.catalogue import load
from engine.playing import Player
from engine.contract.run import Change, Run
from engine.export import csv_format
from engine.export.record import Export

{packs}experiment = load(EXPERIMENT)
params = experiment.params_type.from_json(PARAMS)
{files}player = Player(experiment, Run(EXPERIMENT, params, SEED, tuple(Change(*change) for change in JOURNAL)))
frame = player.go(UPDATE, heavy=True)

export = Export(experiment, player.run, player.params, player.update, frame, {language})
for name, content in csv_format.write(export, here.with_suffix(".csv").name).items():
    (here.parent / name).write_bytes(content)

code = sys.stdout.encoding or "utf-8"
print(export.caption.encode(code, "replace").decode(code))
'''


def write(export: Export, name: str) -> dict[str, bytes]:
    """Returns the content of the one file by its name, UTF-8; the script needs no Qt."""
    run = export.session.run

    def rendered(text: Text) -> str:
        return text.render(export.language)

    values = run.params.to_json()
    names = {name: file for name, file in ((name, not_carried(value)) for name, value in values.items()) if file}
    explanation, files = _EXPLANATION(program=PROGRAM), ""
    if names:
        named = enumerated(list(names.values()))
        explanation = _WITH_FILES(names=named, program=PROGRAM)
        files = _FILES.format(
            digests=literal_rows([(name, _digest(getattr(run.params, name))) for name in names]),
            no_files=literal(rendered(_NO_FILES(names=named))),
            other_file=literal(rendered(_OTHER_FILE)),
        )
    script = _TEMPLATE.format(
        title=in_docstring(export.title),
        caption=in_docstring(export.caption),
        explanation=in_docstring(rendered(explanation)),
        files=files,
        packs="" if is_ours(run.experiment) else _PACKS.format(language=literal(export.language)),
        experiment=literal(run.experiment),
        params=literal_table(values),
        seed=run.seed,
        journal=literal_rows([(change.at_update, change.path, change.value) for change in run.journal]),
        update=export.update,
        old_python=literal(rendered(_OLD_PYTHON)),
        no_program=literal(rendered(_NO_PROGRAM)),
        no_numpy=literal(rendered(_NO_NUMPY)),
        language=literal(export.language),
    )
    return {name: script.encode()}


def _digest(path: str) -> str:
    """The SHA-256 of a file's content; if it cannot be read, that of empty content."""
    try:
        with open_plain_file(Path(path)) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (Unreadable, OSError):
        return ""
