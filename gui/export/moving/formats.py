"""The formats of moving pictures (animated images and video), by suffix. Importing it imports neither Qt nor Pillow."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from engine.contract.text import Refused, Text

if TYPE_CHECKING:
    from gui.export.moving.pictures import Pictures


_MISSING = Text("{suffix} needs the program {program}, which is not on the path; {others} need nothing.")


@dataclass(frozen=True)
class MovingFormat:
    """A format by its suffix. ``module`` is the name of the module in this folder that writes it, ``needs`` a program
    that it requires, "" for none.
    """

    suffix: str
    label: Text
    module: str
    needs: str = ""

    @property
    def is_possible(self) -> bool:
        """Whether the program that the format needs is installed."""
        return not self.needs or shutil.which(self.needs) is not None

    def require(self) -> None:
        """Raises ``Refused`` if the program that the format needs is missing."""
        if not self.is_possible:
            others = " ".join(one.suffix for one in MOVING_FORMATS.values() if not one.needs)
            raise Refused(_MISSING(suffix=self.suffix, program=self.needs, others=others))

    def write(self, pictures: Pictures, path: Path) -> None:
        """Write all frames to a file, with one in memory at a time."""
        write: Callable[[Pictures, Path], None] = import_module(f"gui.export.moving.{self.module}").write
        write(pictures, path)


MOVING_FORMATS: Mapping[str, MovingFormat] = {
    one.suffix: one
    for one in (
        MovingFormat(".webp", Text("Animated WebP"), "webp"),
        MovingFormat(".gif", Text("Animated GIF"), "gif"),
        MovingFormat(".png", Text("Animated PNG"), "apng"),
        MovingFormat(".mp4", Text("MP4 video"), "mp4", needs="ffmpeg"),
    )
}
