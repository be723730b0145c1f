"""Short replacements for the program's machinery in exported scripts; they need only NumPy.

Each definition takes the place of the one of its name in ``engine.contract`` or ``engine.data`` when a run is written
out. The program itself uses none of them.
"""

from __future__ import annotations

import dataclasses
import gzip
import math
import os
import sys
from collections.abc import Generator, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from engine.contract.harmless import csv_text
from engine.contract.text import Text
from engine.data.strokes import inking

SIDE = 28
_NO_DIGITS = Text(
    "The MNIST digits are needed: mnist.npz (Layerwise has it in resources/data), or the four files of the official "
    "form such as train-images-idx3-ubyte.gz. Put them beside this file, or give their folder or that of Layerwise: "
    "python {script} FOLDER"
)
_NO_FILE = Text("{file} is needed. Put it beside this file.")
_SOMEBODY_S_OWN = Text("There is a {file} here that is none of these tables. Rename it, or this script.")
_OTHER_DIGITS = Text("{file} does not hold the MNIST digits.")
_NO_WEIGHTS = Text(
    "The trained weights {name} are needed (Layerwise has them in resources/weights). Put them beside this file, or "
    "give their folder or that of Layerwise: python {script} FOLDER"
)
_OTHER_WEIGHTS = Text("{file} does not hold the trained weights.")
_CHINESE_FONTS = ("Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei", "SimHei")
_JAPANESE_FONTS = ("Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic", "Meiryo", "Hiragino Sans", "IPAexGothic")


class Params:
    """The parameters of a run."""

    def replaced(self, changes: Mapping[str, Any]) -> Any:
        """A copy with these values replaced."""
        return replace(self, **changes)


def fields_of(params_type: type) -> dict[str, Any]:
    """The parameters that a class declares, by name."""
    return {field.name: field for field in dataclasses.fields(params_type)}


class Frame:
    """The visible state at one update, by field name."""

    update, counts, events, finished = 0, (), (), False

    def __init__(self, **fields: Any) -> None:
        # Arrays are copies: what goes on being computed does not change them.
        for name, value in fields.items():
            setattr(self, name, _copied(value))


def _copied(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.copy() if value.flags.writeable or value.base is not None else value
    if type(value) is tuple:
        return tuple(_copied(part) for part in value)
    if isinstance(value, dict):
        return {name: _copied(part) for name, part in value.items()}
    return value


def replace(one: Any, **changes: Any) -> Any:
    """A copy of a dataclass instance with other values in some fields."""
    return type(one)(**{**vars(one), **changes})


class Process:
    """Base of processes, which hold a state that updates change."""

    finished = False


class Still(Process):
    """A process whose result is computed at once, without updates."""

    finished = True

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def frame(self, heavy: bool) -> Frame:
        """The computed frame."""
        return self._frame


class Experiment:
    """Base of experiments, which compute frames and tables of their values."""

    def working(self, params: Any, frame: Any) -> tuple[Any, ...]:
        """The worked calculation of the selected value; empty by default."""
        return ()

    def tables(self, params: Any, frame: Any) -> tuple[Table, ...]:
        """All tables: those of the experiment, and the worked calculation as a further one."""
        tables, lines = tuple(self.main_tables(params, frame)), self.working(params, frame)  # type: ignore[attr-defined]
        if not lines:
            return tables
        columns = (
            Column("left", [line.left for line in lines]),
            Column("formula", [line.formula() for line in lines]),
            Column("numbers", [line.arithmetic() for line in lines]),
            Column("result", [line.result for line in lines]),
        )
        return (*tables, Table("working", columns))


class Refused(ValueError):
    """Raised for input that cannot be used, with the reason."""

    def __init__(self, text: Any) -> None:
        super().__init__(text)
        self.text = text


def shortened(value: object, limit: int = 60) -> str:
    """The value as text for a message, at most ``limit`` characters."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


class Column:
    """A column of a table: a name and its values."""

    def __init__(self, name: str, values: Iterable[Any], unit: str = "") -> None:
        self.name, self.values = name, list(values)
        self.heading = f"{name} [{unit}]" if unit else name


class Table:
    """Columns of equal length under a name."""

    def __init__(self, name: str, columns: Iterable[Column]) -> None:
        self.name, self.columns = name, tuple(columns)

    @property
    def rows(self) -> list[tuple[object, ...]]:
        """The table's rows, each with a value for every column."""
        return list(zip(*(column.values for column in self.columns), strict=True))

    def without(self, names: Iterable[str]) -> Table:
        """The same table without some of its columns."""
        return Table(self.name, [column for column in self.columns if column.name not in names])


def table_of(name: str, /, **columns: object) -> Table:
    """A table of named columns; single values make one row, and None is a missing number."""
    return Table(name, [_column(key, values) for key, values in columns.items()])


def grid_table(name: str, /, **grids: object) -> Table:
    """Arrays (rows, columns) of one shape as a table with a row for each cell."""
    flat = {key: np.asarray(_values(grid)) for key, grid in grids.items()}
    row, column = np.indices(next(iter(flat.values())).shape).reshape(2, -1)
    return table_of(name, row=row, column=column, **{key: grid.ravel() for key, grid in flat.items()})


def _column(name: str, given: object) -> Column:
    values = _values(given)
    return Column(name, np.atleast_1d(np.asarray(math.nan if values is None else values)).tolist())


def _values(given: Any) -> Any:
    """The values of a column, which may be given with a label as (values, label)."""
    is_labelled = isinstance(given, tuple) and len(given) == 2 and isinstance(given[1], str) and not given[1]
    return given[0] if is_labelled else given


def read_plain_file(path: Path, most: int) -> bytes:
    """The content of a data file beside this script."""
    try:
        return path.read_bytes()
    except OSError:
        raise Refused(_NO_FILE(file=path.name)) from None


def write_table(table: Table, path: Path) -> None:
    """Writes a table as CSV.

    An existing file of that name with other columns is not overwritten, since it is not from this script.
    """
    text = table_text(table)
    columns = text.partition("\n")[0]
    if path.exists() and path.read_text("utf-8-sig", "replace").partition("\n")[0].strip() != columns:
        raise Refused(_SOMEBODY_S_OWN(file=path.name))
    path.write_bytes(text.encode("utf-8-sig"))


def table_text(table: Table) -> str:
    """A table as CSV with full precision: every number is read back exactly."""
    rows = [[value.item() if isinstance(value, np.generic) else value for value in row] for row in table.rows]
    spelled = [[value if isinstance(value, str) else repr(value) for value in row] for row in rows]
    return csv_text([[column.heading for column in table.columns], *spelled])


def draw(tables: Iterable[Table], title: str) -> Any:
    """A figure of the first table that holds points of the plane or curves; if there is none, of the largest grid, or
    bars.
    """
    import matplotlib.pyplot as plt  # type: ignore[import-not-found]
    from matplotlib import font_manager

    if not title.isascii():  # matplotlib's own font has neither Chinese nor kana
        known = {font.name for font in font_manager.fontManager.ttflist}
        is_japanese = any("ぁ" <= sign <= "ヿ" for sign in title)
        wanted = (*_JAPANESE_FONTS, *_CHINESE_FONTS) if is_japanese else _CHINESE_FONTS
        plt.rcParams["font.family"] = [*(name for name in wanted if name in known), *plt.rcParams["font.family"]]
    figure, axes = plt.subplots(layout="constrained")
    axes.set_title(title)
    shown = [{column.name: column.values for column in table.columns} for table in tables]
    if not any(_draw_plane(axes, one, shown) or _draw_curves(axes, one) for one in shown):
        grids = [one for one in shown if list(one)[:2] == ["row", "column"] and len(one) > 2]
        if grids:
            grid = next((one for one in grids if len(one["row"]) > 100), max(grids, key=lambda one: len(one["row"])))
            name = list(grid)[2]
            cells = axes.imshow(np.reshape(grid[name], (max(grid["row"]) + 1, -1)), cmap="gray")
            figure.colorbar(cells, label=name)
        else:
            _draw_bars(axes, shown[0])
    return figure


def _draw_plane(axes: Any, columns: dict[str, list[Any]], others: list[dict[str, list[Any]]]) -> bool:
    """Draws the path of gradient descent, a field of arrows, or points coloured by class with a neuron's line.

    Returns False if the columns are none of these.
    """
    across, up = ("x0", "x1") if "x0" in columns else ("x1", "x2")
    if up not in columns or len(columns[up]) < 3:
        return False
    x, y = columns[across], columns[up]
    classes = next((columns[name] for name in ("label", "target", "wanted") if name in columns), None)
    if classes is not None:
        axes.scatter(x, y, c=classes, cmap="coolwarm")
        within = axes.get_xlim(), axes.get_ylim()
        for w1, w2, b in (
            [one[name][-1] for name in ("w1", "w2", "b")] for one in others if {"w1", "w2", "b"} <= {*one}
        ):
            if w1 or w2:
                foot = -b / (w1**2 + w2**2)
                axes.axline((foot * w1, foot * w2), (foot * w1 - w2, foot * w2 + w1), color="black")
        axes.set(xlim=within[0], ylim=within[1])
    elif "step" in columns:
        for word, rows in _rows_of_each(columns).items():
            axes.plot(np.array(x)[rows], np.array(y)[rows], ".-", label=word)
    elif "d0" in columns:
        axes.quiver(x, y, columns["d0"], columns["d1"])
    else:
        return False
    axes.set(xlabel=across, ylabel=up)
    return True


def _draw_curves(axes: Any, columns: dict[str, list[Any]]) -> bool:
    """Draws curves over the first numeric column, one for each name in a text column; False if there are none."""
    numbers = {name: np.array(values, float) for name, values in columns.items() if _are_numbers(values)}
    parts = _rows_of_each(columns)
    across, *others = numbers or [""]
    if (
        not parts
        or not others
        or not all(sum(rows) > 2 and np.all(np.diff(numbers[across][rows]) > 0) for rows in parts.values())
    ):
        return False
    for word, rows in parts.items():
        for name in others:
            axes.plot(numbers[across][rows], numbers[name][rows], label=f"{word} {name}".strip())
    axes.set_xlabel(across)
    axes.legend()
    return True


def _rows_of_each(columns: dict[str, list[Any]]) -> dict[str, np.ndarray]:
    """Boolean masks (N,) that group the N rows of a table by the first text column, one mask for each distinct text.

    Without a text column there is one mask, "", with all rows.
    """
    count = len(next(iter(columns.values())))
    words = next((values for values in columns.values() if count and isinstance(values[0], str)), [""] * count)
    return {word: np.array([other == word for other in words]) for word in dict.fromkeys(words)}


def _draw_bars(axes: Any, columns: dict[str, list[Any]]) -> None:
    """Draws a group of bars for each row of a table, with a bar for each numeric column."""
    numbers = {name: values for name, values in columns.items() if _are_numbers(values)}
    for place, (name, values) in enumerate(numbers.items()):
        axes.bar(np.arange(len(values)) + 0.8 * place / len(numbers), values, 0.8 / len(numbers), label=name)
    axes.legend()


def _are_numbers(values: list[Any]) -> bool:
    return all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values)


def with_progress(walk: Generator[Any, None, Any], sign: object = None) -> tuple[Any, float]:
    """Runs a generator to its end; returns its result and 0 in place of the seconds, which are not measured here."""
    while True:
        try:
            next(walk)
        except StopIteration as end:
            return end.value, 0.0


def ink(strokes: Any, brush: float, side: int = 112) -> Any:
    """Renders brush strokes as an image (side, side) with values from 0 (paper) to 1 (ink)."""
    return inking(strokes, brush, side)


FOLDER = Path()
FOLDERS: list[Path] = []
"""The folders that are searched for data files, that of this file last."""
_OF_LAYERWISE = ("resources/data", "resources/weights", "_internal/resources/data", "_internal/resources/weights")


def found(*names: str) -> Path | None:
    """The path of the first of these files that exists; None if there is none.

    It is searched for in the data folders, and in those of a Layerwise installation: around this file, named by
    LAYERWISE_HOME, or installed beside NumPy.
    """
    homes = [*FOLDERS, *FOLDERS[-1].parents] if FOLDERS else []
    homes += [Path(one) for one in (os.environ.get("LAYERWISE_HOME"), Path(np.__file__).parents[1]) if one]
    folders = [*FOLDERS, *(home / part for home in homes for part in _OF_LAYERWISE)]
    return next((folder / name for folder in folders for name in names if (folder / name).is_file()), None)


@dataclasses.dataclass(frozen=True)
class Digits:
    """Images (N, 28, 28) as bytes, from 0 for paper to 255 for ink, and their labels (N,), 0 to 9."""

    images: np.ndarray
    labels: np.ndarray


def load_digits(part: str = "train") -> Digits:
    """Loads the MNIST training or test digits, from mnist.npz or from the four original files."""
    packed, prefix = found("mnist.npz"), "train" if part == "train" else "t10k"
    files = found(f"{prefix}-images-idx3-ubyte.gz"), found(f"{prefix}-labels-idx1-ubyte.gz")
    file = packed or files[0]
    if file is None or (packed is None and files[1] is None):
        raise Refused(_NO_DIGITS(script=Path(sys.argv[0]).name))
    try:
        if packed is not None:
            with np.load(packed, allow_pickle=False) as arrays:
                # As Layerwise names them, or as Keras does.
                names = (f"{part}_images", f"{part}_labels")
                images, labels = (
                    arrays[name] for name in (names if names[0] in arrays else (f"x_{part}", f"y_{part}"))
                )
        else:
            images, labels = (np.frombuffer(gzip.decompress(one.read_bytes()), np.uint8) for one in files if one)
            images, labels = images[16:].reshape(-1, SIDE, SIDE), labels[8:]
    except Exception:
        raise Refused(_OTHER_DIGITS(file=file.name)) from None
    if images.shape[1:] != (SIDE, SIDE) or labels.shape != images.shape[:1]:
        raise Refused(_OTHER_DIGITS(file=file.name))
    return Digits(images, labels)


def loading_digits(part: str, file: Path | None = None) -> Digits:
    """Loads the digits of one part."""
    return load_digits(part)


def loading_all_digits() -> tuple[Digits, Digits]:
    """Loads the training digits and the test digits."""
    return load_digits("train"), load_digits("test")


def read_weights(file: Path, shapes: Mapping[str, tuple[int, ...]], dtype: type) -> dict[str, np.ndarray]:
    """Loads the trained weights in a file of the program, by name."""
    lies = found(file.name)
    if lies is None:
        raise Refused(_NO_WEIGHTS(name=file.name, script=Path(sys.argv[0]).name))
    try:
        with np.load(lies, allow_pickle=False) as arrays:
            return {name: arrays[name].astype(dtype).reshape(shape) for name, shape in shapes.items()}
    except Exception:
        raise Refused(_OTHER_WEIGHTS(file=lies.name)) from None
