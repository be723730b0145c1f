"""Exports a run as the parts of a script or a notebook: the engine's source, the parameters, the run and its tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from engine.contract.fields import Choice, File, Network
from engine.contract.frame import frame_fields
from engine.contract.params import Params, fields_of
from engine.contract.text import Text
from engine.export.alone.gathering import Gathered
from engine.export.alone.modules import STAND_INS, module_of
from engine.export.alone.writing_out import WrittenOut
from engine.export.literals import literal, literal_rows
from engine.export.record import Export
from engine.version import PROGRAM

_INSTEAD = {
    ("engine.networks.chosen", "chosen"): (
        "def chosen(path: str) -> tuple[None, None]:\n"
        '    """The network that comes with the program is at work here, not one that was kept."""\n'
        "    return None, None"
    ),
    ("engine.networks.kept", "KeptNetwork"): (
        'class KeptNetwork:\n    """A network that somebody trained and kept; none is used here."""'
    ),
    ("engine.networks.digit_reader", "DigitReader"): (
        'class DigitReader:\n    """Would read digits with a network that was kept."""'
    ),
    ("engine.networks.layers", "built"): (
        "def built(layers: object, arrays: object) -> object:\n"
        '    """Would build a network that was kept."""\n'
        "    raise NotImplementedError"
    ),
}
"""Replacement texts for definitions, by module and name; they refer to nothing else."""


def instead_of_networks(params: Params) -> Mapping[tuple[str, str], str]:
    """The replacement texts for definitions that load saved networks; empty if the run uses one."""
    names = [name for name, field in fields_of(type(params)).items() if isinstance(field, Network)]
    return {} if any(getattr(params, name) for name in names) else _INSTEAD


LICENCE = "Copyright (c) 2026 The Layerwise authors"
_BEGINS_AT = {
    "picture": {"compute"},
    "walk": {"prepare", "stop"},
    "run": {"begin", "advance", "change", "frame", "finished"},
}
"""The methods that a script calls, of the experiment or of its process, by the experiment's kind."""
_OWN_NAMES = (
    "params", "experiment", "process", "frame", "tables", "table", "update", "name", "value", "due", "first", "path",
    "figure", "variable", "os", "SEED", "UPDATES", "CHANGES", "HERE", "NAME", "dataclass", "Path", "sys",
)  # fmt: skip
"""The names that the script's own lines use, which the engine's source in it must not redefine."""
_INTRODUCTION = Text(
    "Written by {program}. Computes the same numbers with Python 3.11 or newer and NumPy alone,\n"
    "and writes the tables as CSV beside this file; where Matplotlib is installed, it draws a figure too.\n\n"
    "First the engine's functions, as they stand in its source; at the end the parameters and the run:\n"
    "change them and run it again."
)
_ONE_THREAD = Text("One thread for products of matrices: with two, some differ in their last digits from run to run.")
_FOR_ONE_THREAD = """\
for variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[variable] = "1\""""
_DATACLASS = "from dataclasses import dataclass"
_STAND_INS = Text("what the program has around them, in short")
_PARAMETERS = Text("The parameters")
_RUN = Text("The run")
_TABLES = Text("The tables")
_FIGURE = Text("The figure")
_DATA = Text("Where the data are looked for")
_CHANGES = Text("Update, name and value of every change made while it ran")


@dataclass(frozen=True)
class Alone:
    """The parts of a script; all but the introduction are Python source.

    ``engine`` are parts with headings; ``data`` are further files to write, by name.
    """

    introduction: str
    imports: str
    engine: tuple[tuple[str, str], ...]
    params: str
    folders: str
    run: str
    tables: str
    figure: str
    data: Mapping[str, bytes]
    headings: Mapping[str, str]


def alone(export: Export, name: str, *, in_notebook: bool = False) -> Alone:
    """Exports a run as the parts of a script called ``name``.

    ``Refused`` if one of the learner's files that the run uses no longer exists.
    """
    gathered = _gathered(export)
    written = WrittenOut(gathered, _OWN_NAMES)
    called = {definition.names[0]: names[definition.names[0]] for definition, names in written.names.items()}
    data = _data(export, PurePath(name).stem, gathered)

    def said(text: Text) -> str:
        return text.render(export.language)

    engine = [
        (said(_STAND_INS) if module.name == STAND_INS else module.file_name, text) for module, text in written.parts()
    ]
    return Alone(
        f"{export.title}\n\n{export.caption}\n\n{said(_INTRODUCTION(program=PROGRAM))}",
        _imports(written, said(_ONE_THREAD)),
        tuple(engine),
        _params(export, called, gathered, data, in_notebook) + _course(export, said(_CHANGES)),
        _folders(called),
        _run(export, called),
        _tables(export, called),
        _figure(export, called, in_notebook),
        dict(data.values()),
        {
            "params": said(_PARAMETERS),
            "folders": said(_DATA),
            "run": said(_RUN),
            "tables": said(_TABLES),
            "figure": said(_FIGURE),
        },
    )


def _imports(written: WrittenOut, one_thread: str) -> str:
    """The import lines; NumPy's are last, after lines that limit it to one thread, with the comment ``one_thread``."""
    plain, numpy = written.imports(("import os", "import sys", _DATACLASS, "from pathlib import Path"))
    lines = "\n".join(plain), f"# {one_thread}\n{_FOR_ONE_THREAD}", "\n".join(numpy)
    return "\n\n".join(lines)


def _gathered(export: Export) -> Gathered:
    experiment, params_type = type(export.experiment), type(export.params)
    gathered = Gathered(export.language, experiment, instead_of_networks(export.session.run.params))
    stand_ins = module_of(STAND_INS).defined
    first = [
        module_of(experiment.__module__).defined[experiment.__name__],
        module_of(params_type.__module__).defined[params_type.__name__],
        module_of("engine.contract.protocol").defined["RandomStreams"],
        *(stand_ins[name] for name in ("write_table", "draw")),
    ]
    asked_for = _BEGINS_AT[export.experiment.shape] | {"tables", "without"}
    if export.session.run.journal:
        asked_for |= {"replaced"}
        first.append(stand_ins["fields_of"])
    gathered.need(first, asked_for)
    if gathered.names_are_made:
        gathered.need((), fields_of(params_type))
    gathered.finish()
    return gathered


def _data(export: Export, stem: str, gathered: Gathered) -> dict[str, tuple[str, bytes]]:
    """The learner's files that the run uses, by parameter: the name to write it under beside the script, and the
    content.
    """
    params, found = export.session.run.params, {}
    for name, field in fields_of(type(params)).items():
        path = getattr(params, name)
        if isinstance(field, File) and path and gathered.asks_for(name, type(params)):
            found[name] = f"{stem}.{name}.data", field.carry(Path(path))
    return found


def _params(
    export: Export,
    called: Mapping[str, str],
    gathered: Gathered,
    data: Mapping[str, tuple[str, bytes]],
    in_notebook: bool,
) -> str:
    params, lines = export.session.run.params, []
    defaults = type(params)()
    for name, field in fields_of(type(params)).items():
        is_out_of_play = not params.shows(name) and getattr(params, name) == getattr(defaults, name)
        if is_out_of_play or not gathered.asks_for(name, type(params)):
            continue
        value = literal(getattr(params, name)).replace("\n", "\n    ")
        if name in data:
            value = f"str(HERE / {literal(data[name][0])})"
        label = field.label.render(export.language)
        if isinstance(field, Choice):
            label += f" ({field.allowed().render(export.language)})"
        lines.append(f"    {name}={value},  # {label}\n")
    here = "Path.cwd()" if in_notebook else "Path(__file__).resolve().parent"
    inside = "\n" + "".join(lines) if lines else ""
    return f"HERE = {here}\nparams = {called[type(params).__name__]}({inside})"


def _course(export: Export, changes: str) -> str:
    """Source text for the seed, the number of updates, and the parameter changes made during the run."""
    run = export.session.run
    lines = [f"\nSEED = {run.seed}"]
    if export.experiment.shape == "run":
        lines.append(f"UPDATES = {export.update}")
    if run.journal:
        lines.append(f"# {changes}\nCHANGES = {literal_rows(_changes(export))}")
    return "\n".join(lines)


def _changes(export: Export) -> list[tuple[object, ...]]:
    params, fields = export.session.run.params, fields_of(type(export.params))
    return [
        (one.at_update, one.path, params.value_of(one.path, one.value) if one.path in fields else one.value)
        for one in export.session.run.journal
        if one.at_update <= export.update
    ]


def _folders(called: Mapping[str, str]) -> str:
    """Source text for the list of folders to search for data; "" if the run needs no data.

    These are the folders passed to the script, and its own. The program's folder is not listed, since its path could
    reveal the author's name.
    """
    return f"{called['FOLDERS']} += [*map(Path, sys.argv[1:]), HERE]" if "FOLDERS" in called else ""


def _run(export: Export, called: Mapping[str, str]) -> str:
    lines = [f"experiment = {called[type(export.experiment).__name__]}()"]
    streams = f"{called['RandomStreams']}(SEED)"
    match export.experiment.shape:
        case "picture":
            lines.append(f"frame = experiment.compute(params, {streams})")
        case "walk":
            if "prepare" in vars(type(export.experiment)):
                lines.append("experiment.prepare(params)")
            lines.append(f"frame = experiment.stop(params, {export.update})")
        case _:
            loop = _CHANGING if export.session.run.journal else _GOING
            lines += [f"process = experiment.begin(params, {streams})", loop, "frame = process.frame(heavy=True)"]
    return "\n".join(lines)


_GOING = """\
for update in range(UPDATES):
    if process.finished:
        break
    process.advance()"""
_CHANGING = """\
for update in range(UPDATES + 1):
    for due, name, value in CHANGES:
        if due == update:
            process.change(name, value)
            if name in fields_of(type(params)):
                params = params.replaced({name: value})
    if update < UPDATES and not process.finished:
        process.advance()"""


def _tables(export: Export, called: Mapping[str, str]) -> str:
    measured = [name for name, metadata in frame_fields(type(export.frame)).items() if metadata.get("measured")]
    without = f".without({json.dumps(measured)})" if measured else ""
    return (
        f"tables = [table{without} for table in experiment.tables(params, frame)]\n"
        "tables = [table for table in tables if table.columns]\n"
        "for table in tables:\n"
        '    path = HERE / (f"{NAME}.csv" if table is tables[0] else f"{NAME}.{table.name}.csv")\n'
        f"    {called['write_table']}(table, path)\n"
        "    print(path.name)"
    )


def _figure(export: Export, called: Mapping[str, str], in_notebook: bool) -> str:
    drawn = f"{called['draw']}(tables, {literal(export.title)})"
    if in_notebook:
        return f"try:\n    figure = {drawn}\nexcept ImportError:\n    figure = None  # no Matplotlib here"
    return (
        f"try:\n    figure = {drawn}\nexcept ImportError:\n    figure = None  # no Matplotlib here\n"
        'if figure is not None:\n    figure.savefig(HERE / f"{NAME}.png")\n    print(f"{NAME}.png")'
    )
