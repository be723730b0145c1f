"""One registry by suffix over all formats. Importing it, and writing what is not drawn, imports no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.contract.text.refusal import Refused, path_words
from engine.contract.text.text import Text
from engine.export import json_format
from engine.export.formats import DATA_FORMATS, DataFormat
from engine.export.record import Export
from engine.export.writing import check_targets, write_together
from gui.export.moving.formats import MOVING_FORMATS

if TYPE_CHECKING:
    from gui.export.figure import Described, Figure, Painted


@dataclass(frozen=True)
class FigureFormat:
    """A format by its suffix that is drawn; ``write(export, figure, name)`` gives the files by name."""

    suffix: str
    label: Text
    write: Callable[[Described, Painted, str], dict[str, bytes]]


def _png(export: Described, figure: Painted, name: str) -> dict[str, bytes]:
    from gui.export.png import write

    return write(export, figure, name)


def _svg(export: Described, figure: Painted, name: str) -> dict[str, bytes]:
    from gui.export.svg import write

    return write(export, figure, name)


def _pdf(export: Described, figure: Painted, name: str) -> dict[str, bytes]:
    from gui.export.pdf import write

    return write(export, figure, name)


FIGURE_FORMATS = (
    FigureFormat(".png", Text("PNG picture"), _png),
    FigureFormat(".svg", Text("SVG drawing"), _svg),
    FigureFormat(".pdf", Text("PDF page"), _pdf),
)

FORMATS: Mapping[str, FigureFormat | DataFormat] = {entry.suffix: entry for entry in (*FIGURE_FORMATS, *DATA_FORMATS)}


def suffix_of(path: Path) -> str:
    """The longest known suffix that a file's name ends in, else the suffix that it has: ``.layerwise.py`` ends in
    ``.py`` too.
    """
    known = [suffix for suffix in FORMATS if path.name.lower().endswith(suffix) and len(path.name) > len(suffix)]
    return max(known, key=len, default=path.suffix.lower())


def format_of(path: Path) -> FigureFormat | DataFormat:
    """The format that a file's suffix names, in capitals or not; ``Refused`` with the known ones for another."""
    suffix = suffix_of(path)
    found = FORMATS.get(json_format.SUFFIX if suffix == json_format.FORMER_SUFFIX else suffix)
    if found is None:
        raise Refused(
            Text("{path} has none of the suffixes {known}.")(
                path=path_words(path), known=" ".join({**FORMATS, **MOVING_FORMATS})
            )
        )
    return found


def needs_figure(paths: Iterable[Path]) -> bool:
    """Whether any of these files is drawn; ``Refused`` for an unknown suffix."""
    return any(isinstance(format_of(path), FigureFormat) for path in paths)


def check(paths: Sequence[Path]) -> None:
    """``Refused`` unless every suffix is known and every file can be written; changes nothing."""
    for path in paths:
        format_of(path)
    check_targets(paths)


def save_figure(export: Described, path: Path, figure: Painted) -> None:
    """Write a figure that is none of a stage. ``Refused`` for a suffix that is no picture's, and for what cannot be
    written.
    """
    wanted = format_of(path)
    if not isinstance(wanted, FigureFormat):
        raise Refused(
            Text("{path} has none of the suffixes {known}.")(
                path=path_words(path), known=" ".join(one.suffix for one in FIGURE_FORMATS)
            )
        )
    write_together({path.with_name(name): content for name, content in wanted.write(export, figure, path.name).items()})


def save(export: Export, paths: Sequence[Path], figure: Figure | None = None) -> list[Path]:
    """Write what each suffix says, all files or none, and give the paths, further tables included.

    ``Refused`` for what cannot be written; ValueError for a figure's suffix without a figure.
    """
    check(paths)
    files: list[tuple[Path, bytes]] = []
    for path in paths:
        wanted = format_of(path)
        if isinstance(wanted, DataFormat):
            made = wanted.write(export, path.name)
        elif figure is None:
            raise ValueError(f"{path.name}: needs a figure")
        else:
            made = wanted.write(export, figure, path.name)
        files += [(path.with_name(name), content) for name, content in made.items()]
    check_targets([path for path, _ in files])
    write_together(dict(files))
    return [path for path, _ in files]
