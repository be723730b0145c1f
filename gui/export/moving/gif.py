"""GIF: one table of 255 colours for all frames, so that nothing flickers; of each frame only the region that changed.

Pillow compresses each frame; they are written one after the other, without keeping them in memory.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import GifImagePlugin, Image

from engine.export.png_text import RUN_KEY
from gui.export.moving.pictures import Pictures

_COLOURS, _CLEAR = 255, 255
"""The number of colours in the table, and the index that stands for an unchanged pixel."""
_EXACT = 96
"""How many of the most frequent colours the table contains exactly, such as backgrounds, lines and grids."""
_SAMPLES = 5
_SHIFTS = np.array([1 << 16, 1 << 8, 1], dtype=np.uint32)
_LEAVE = 1
"""The disposal code for a frame that is not cleared before the next one."""


def write(pictures: Pictures, path: Path) -> None:
    """Write a file that loops for ever, with the run in its comment; raises OSError.

    GIF stores durations in hundredths of a second. The end time of each frame is rounded, not its duration, so that
    errors do not add up.
    """
    table = _table_for(pictures)
    shown = np.concatenate([[0], np.cumsum(pictures.milliseconds)])
    hundredths = np.diff(np.round(shown / 10)).astype(int)
    with path.open("wb") as file:
        before: np.ndarray | None = None
        for number, duration in enumerate(hundredths):
            cells = _cells_of(pictures.picture(number), table)
            left, top, right, bottom = _changed(before, cells)
            part = cells[top:bottom, left:right]
            if before is None:
                info = {"loop": 0, "comment": pictures.texts.get(RUN_KEY, ""), "transparency": _CLEAR}
                file.writelines(GifImagePlugin.getheader(_indexed(part, table), info=info)[0])
            else:
                part = np.where(part == before[top:bottom, left:right], _CLEAR, part).astype(np.uint8)
            file.writelines(
                GifImagePlugin.getdata(
                    _indexed(part, table), (left, top), duration=10 * int(duration), transparency=_CLEAR,
                    disposal=_LEAVE,
                )
            )  # fmt: skip
            before = cells
        file.write(b";")


def _cells_of(picture: Image.Image, table: Image.Image) -> np.ndarray:
    """The index of each pixel's colour in the colour table, shape (height, width): exact if the table has the colour,
    else a near one chosen by Pillow.
    """
    cells = np.array(picture.quantize(palette=table, dither=Image.Dither.NONE))
    # Pillow matches colours in steps of four, which would tint a white background.
    palette = np.asarray(table.getpalette(), dtype=np.uint32).reshape(-1, 3)
    colors, numbers = np.unique(palette @ _SHIFTS, return_index=True)
    packed = _packed(picture)
    places = np.minimum(np.searchsorted(colors, packed), len(colors) - 1)
    found = colors[places] == packed
    cells[found] = numbers[places[found]]
    return cells


def _packed(picture: Image.Image) -> np.ndarray:
    """Each pixel's colour as one integer 0xRRGGBB, shape (height, width)."""
    return np.asarray(picture).astype(np.uint32) @ _SHIFTS


def _changed(before: np.ndarray | None, cells: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the smallest rectangle that contains all changed pixels; one pixel if nothing
    changed, since a frame must have one.
    """
    height, width = cells.shape
    if before is None:
        return 0, 0, width, height
    rows, columns = np.nonzero((cells != before).any(axis=1))[0], np.nonzero((cells != before).any(axis=0))[0]
    if not rows.size:
        return 0, 0, 1, 1
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _indexed(cells: np.ndarray, table: Image.Image) -> Image.Image:
    image = Image.fromarray(np.ascontiguousarray(cells))
    image.putpalette(table.getpalette() or [])
    return image


def _table_for(pictures: Pictures) -> Image.Image:
    """An image whose palette has the colours for all frames: the most frequent ones of some sampled frames, then
    representatives of the rest.

    The last palette entry repeats the first colour and stands for an unchanged pixel.
    """
    numbers = np.unique(np.linspace(0, len(pictures) - 1, _SAMPLES).round().astype(int))
    counts: dict[int, int] = {}
    for number in numbers:
        packed, times = np.unique(_packed(pictures.picture(int(number))), return_counts=True)
        for color, count in zip(packed.tolist(), times.tolist(), strict=True):
            counts[color] = counts.get(color, 0) + count
    ordered = sorted(counts, key=lambda color: (-counts[color], color))
    chosen = ordered if len(ordered) <= _COLOURS else ordered[:_EXACT]
    colors = [((one >> 16) & 255, (one >> 8) & 255, one & 255) for one in chosen]
    if len(ordered) > _COLOURS:
        colors += _standing_for(ordered[_EXACT:], _COLOURS - _EXACT)
    colors += [colors[0]] * (256 - len(colors))
    table = Image.new("P", (1, 1))
    table.putpalette([part for color in colors for part in color])
    return table


def _standing_for(rest: list[int], most: int) -> list[tuple[int, int, int]]:
    """At most ``most`` (red, green, blue) colours that represent ``rest``, a larger number of colours as 0xRRGGBB, so
    that even a thin line keeps its hue.
    """
    packed = np.asarray(rest, dtype=np.uint32)
    rows = np.stack([packed >> 16 & 255, packed >> 8 & 255, packed & 255], axis=-1).astype(np.uint8)
    found = Image.fromarray(rows[np.newaxis]).quantize(most, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    palette = found.getpalette() or []
    return [(palette[at], palette[at + 1], palette[at + 2]) for at in range(0, min(len(palette), 3 * most), 3)]
