"""The registry of all export formats by suffix. Neither importing it nor writing data formats imports Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.contract.text import Refused, Text, path_words
from engine.export import json_format
from engine.export.formats import DATA_FORMATS, DataFormat
from engine.export.record import Export
from engine.export.writing import check_targets, write_together
from gui.export.moving.formats import MOVING_FORMATS

if TYPE_CHECKING:
    from gui.export.figure import Described, Figure, Painted


@dataclass(frozen=True)
class FigureFormat:
    """An image format and its suffix; ``write(export, figure, name)`` returns contents by file name."""

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
    """The longest known suffix of a file's name, such as ``.layerwise.py``, which is preferred to ``.py``; if none is
    known, its last suffix.
    """
    known = [suffix for suffix in FORMATS if path.name.lower().endswith(suffix) and len(path.name) > len(suffix)]
    return max(known, key=len, default=path.suffix.lower())


def format_of(path: Path) -> FigureFormat | DataFormat:
    """The format of a file's suffix, in upper or lower case; ``Refused``, naming the known suffixes, for an unknown
    one.
    """
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
    """Whether any of these files is an image; ``Refused`` for an unknown suffix."""
    return any(isinstance(format_of(path), FigureFormat) for path in paths)


def check(paths: Sequence[Path]) -> None:
    """Raises ``Refused`` unless every suffix is known and every file can be written; writes nothing."""
    for path in paths:
        format_of(path)
    check_targets(paths)


def save_figure(export: Described, path: Path, figure: Painted) -> None:
    """Write a figure that is not of a view's stage, such as a table. ``Refused`` if the suffix is not that of an image
    format, or the file cannot be written.
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
    """Write the files in the formats of their suffixes, all or none; returns the paths of all files, since a data
    format may write several tables.

    ``Refused`` if a file cannot be written; ValueError for an image without a ``figure``.
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
