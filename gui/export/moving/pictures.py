"""The frames of a moving picture, drawn off screen on demand, one at a time."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from PIL import Image
from PySide6.QtGui import QColor, QImage, QPainter

from engine.export.record import Export
from gui.export.figure import Figure
from gui.export.moving.moments import Moment
from gui.export.offscreen import figure_of
from gui.export.png import texts_for
from gui.stage.snapshot import Snapshot
from gui.style.theme import theme


class Pictures:
    """A sequence of images of ``size`` pixels, each shown for its ``milliseconds``; ``texts`` are the file's metadata.
    ``draw`` draws an image by its index; images are not kept in memory.
    """

    def __init__(
        self,
        size: tuple[int, int],
        milliseconds: Sequence[int],
        texts: Mapping[str, str],
        draw: Callable[[int], Image.Image],
    ) -> None:
        self.size, self.milliseconds, self.texts, self._draw = size, tuple(milliseconds), texts, draw

    def __len__(self) -> int:
        return len(self.milliseconds)

    def picture(self, number: int) -> Image.Image:
        """Draw the image with this index, in RGB."""
        return self._draw(number)

    def part(self, numbers: Sequence[int]) -> Pictures:
        """Only the images with these indices, without metadata."""
        return Pictures(
            self.size, [self.milliseconds[number] for number in numbers], {}, lambda index: self._draw(numbers[index])
        )

    def told(self, tell: Callable[[int], None]) -> Pictures:
        """The same images; whenever one is drawn, ``tell`` is called with its index."""

        def draw(number: int) -> Image.Image:
            made = self._draw(number)
            tell(number)
            return made

        return Pictures(self.size, self.milliseconds, self.texts, draw)


@contextmanager
def pictures_of(
    export: Export, moments: Sequence[Moment], size: tuple[int, int], theme_name: str
) -> Iterator[Pictures]:
    """Context manager of ``Pictures`` that show the moments of a run as figures of ``size`` pixels; ``export``
    describes the last moment.

    They are drawn as the window shows an earlier update of a run: axes are fitted to the last moment, so that they do
    not move. The longest caption determines the room for captions.
    """
    captions = [export.experiment.headline(moment.params, moment.frame).render(export.language) for moment in moments]
    newest = Snapshot(export.params, export.frame)
    with figure_of(export, size, theme_name, captions) as figure:
        # One image for all: each frame is painted over the one before.
        image = QImage(*size, QImage.Format.Format_RGB32)
        if image.isNull():
            raise MemoryError(f"no memory for a picture of {size[0]} by {size[1]}")
        figure.view.for_export(True)

        def draw(number: int) -> Image.Image:
            moment = moments[number]
            is_newest = moment.frame.update == newest.frame.update
            figure.view.draw(moment.params, moment.frame, None, None if is_newest else newest)
            _paint(dataclasses.replace(figure, caption=captions[number]), image)
            return _as_rgb(image)

        yield Pictures(size, [moment.milliseconds for moment in moments], texts_for(export), draw)


def _paint(figure: Figure, image: QImage) -> None:
    image.fill(QColor(theme().surface))
    with QPainter(image) as painter:
        figure.paint(painter)


def _as_rgb(image: QImage) -> Image.Image:
    size = image.width(), image.height()
    return Image.frombytes("RGB", size, image.constBits(), "raw", "BGRX", image.bytesPerLine(), 1)
