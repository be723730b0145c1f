"""Figures look alike in every format: cut at the plot, pens to scale, words around them."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from engine.contract.catalogue import load
from engine.export.png_text import RUN_KEY, texts_of
from engine.export.record import Export
from gui.export.clipboard import figure_mime
from gui.export.figure import Figure
from gui.export.offscreen import figure_of
from gui.export.pdf import pdf_bytes
from gui.export.png import figure_image, png_bytes
from gui.export.svg import svg_bytes
from gui.style.language import language
from gui.style.theme import theme

SVG = "{http://www.w3.org/2000/svg}"
Picture = Callable[[Export, Figure], QImage]


def from_png(export: Export, figure: Figure) -> QImage:
    return figure_image(figure)


def from_svg(export: Export, figure: Figure) -> QImage:
    """The SVG as Qt's viewer shows it, which knows no clipping, at the size of the PNG."""
    renderer = QSvgRenderer(QByteArray(svg_bytes(export, figure)))
    assert renderer.isValid()
    image = QImage(figure.size * 2, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


pictures = pytest.mark.parametrize("picture", [from_png, from_svg])


def plot_box(figure: Figure) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the plot in the pixels of a PNG."""
    box = figure.view.plot.vb.sceneBoundingRect()
    top = figure._areas()[1].top()
    return tuple(round(2 * side) for side in (box.left(), box.top() + top, box.right(), box.bottom() + top))


def colored(image: QImage, channel: int) -> set[tuple[int, int]]:
    """Where a picture is pure red (0) or green (1), as (x, y)."""
    image = image.convertToFormat(QImage.Format.Format_RGBX8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    others = [other for other in range(3) if other != channel]
    hits = (rows[:, :, channel] > 200) & np.all(rows[:, :, others] < 80, axis=2)
    return {(int(x), int(y)) for y, x in np.argwhere(hits)}


RED, GREEN = 0, 1


@pictures
def test_nothing_leaves_its_plot(steep: tuple[Export, Figure], picture: Picture) -> None:
    left, top, right, bottom = plot_box(steep[1])
    image = picture(*steep)
    for channel in (RED, GREEN):
        spots = colored(image, channel)
        assert spots
        # Viewers without clipping may show the slanted ends of a line, not more than its width.
        slack = 8
        assert all(left - slack <= x <= right + slack and top - slack <= y <= bottom + slack for x, y in spots)
    assert max(x for x, _ in colored(image, GREEN)) <= right + 1, "an area is cut exactly"


@pictures
def test_a_line_reaches_the_border_and_is_as_wide_as_on_the_screen_times_two(
    steep: tuple[Export, Figure], picture: Picture
) -> None:
    left, top, right, bottom = plot_box(steep[1])
    spots = colored(picture(*steep), RED)
    assert min(x for x, _ in spots) <= left + 2
    assert max(x for x, _ in spots) >= right - 2
    rows = [y for x, y in spots if x == (left + right) // 2]
    slope = 0.8 * (bottom - top) / (right - left)  # from 100 to 900 on an axis to 1000
    width = len(rows) / (1 + slope**2) ** 0.5
    assert 6.5 <= width <= 9.5, "a pen of 4 pixels"


@pictures
def test_cells_of_a_picture_keep_sharp_edges(steep: tuple[Export, Figure], picture: Picture) -> None:
    view = steep[1].view
    image = picture(*steep)
    top = steep[1]._areas()[1].top()
    box = view.cells.mapRectToScene(view.cells.boundingRect())
    y = round(2 * (box.top() + box.height() / 4 + top))
    row = [image.pixelColor(x, y).red() for x in range(round(2 * box.left()) + 2, round(2 * box.right()) - 2)]
    between = [value for value in row if 20 < value < 235]
    assert len(between) <= 4
    assert min(row) < 20 and max(row) > 235


def test_svg_is_text_and_shapes_and_has_title_and_caption(gates: Export, gates_figure: Figure) -> None:
    root = ElementTree.fromstring(svg_bytes(gates, gates_figure))
    assert not list(root.iter(f"{SVG}image"))
    assert root.find(f"{SVG}title").text == gates.title
    assert root.find(f"{SVG}desc").text == gates.caption
    words = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
    squeezed = words.replace(" ", "")
    assert gates.title.replace(" ", "") in squeezed
    assert gates.caption.replace(" ", "") in squeezed
    assert (root.get("width"), root.get("height")) == ("1000", "700")


def test_svg_has_no_pen_of_fixed_width_and_no_data_coordinates(steep: tuple[Export, Figure]) -> None:
    text = svg_bytes(*steep).decode()
    assert 'vector-effect="non-scaling-stroke"' not in text
    widths = {float(width) for width in re.findall(r'stroke-width="([^"]*)"', text)}
    assert widths <= {1.0, 4.0}
    assert not re.search(r"matrix\((?!1,0,0,1|0,-1,1,0)[^)]*\)[^>]*>\s*<p", text)


def test_png_has_twice_the_pixels_and_carries_its_run(gates: Export, gates_figure: Figure) -> None:
    content = png_bytes(gates, gates_figure)
    image = QImage.fromData(content)
    assert image.size() == QSize(2000, 1400)
    texts = texts_of(io.BytesIO(content))
    assert json.loads(texts[RUN_KEY])["experiment"] == "gates"
    assert (texts["Title"], texts["Description"]) == (gates.title, gates.caption)
    assert texts["Software"].startswith("Layerwise ")


def test_pdf_has_one_page_of_shapes_with_its_fonts_inside(gates: Export, gates_figure: Figure) -> None:
    content = pdf_bytes(gates, gates_figure)
    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
    assert b"/FontFile" in content
    assert not re.search(rb"/Subtype\s*/Image", content)
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", content)
    assert float(box[1]) / float(box[2]) == pytest.approx(1000 / 700, rel=1e-3)


def test_the_clipboard_has_picture_png_svg_and_caption(gates: Export, gates_figure: Figure) -> None:
    data = figure_mime(gates, gates_figure)
    assert data.imageData().size() == QSize(2000, 1400)
    assert RUN_KEY in texts_of(io.BytesIO(bytes(data.data("image/png"))))
    assert bytes(data.data("image/svg+xml")).startswith(b"<?xml")
    assert data.text() == gates.caption


def test_drawing_twice_gives_the_same_picture_and_leaves_the_view_as_it_was(steep: tuple[Export, Figure]) -> None:
    view = steep[1].view
    before = view.grab().toImage()
    assert figure_image(steep[1]) == figure_image(steep[1])
    assert view.grab().toImage() == before
    assert not view._exporting
    items = [item for item in view.stage.scene().items() if isinstance(item, pg.GraphicsObject)]
    assert all(item._exportOpts is False for item in items)


def test_handles_are_no_part_of_a_figure(gates: Export, gates_figure: Figure) -> None:
    drawn = []
    for item in gates_figure.view.handle_items.values():
        item.paint = lambda *_, name=item.handle_id: drawn.append(name)
    figure_image(gates_figure)
    assert gates_figure.view.handle_items
    assert not drawn


def test_long_words_are_wrapped_and_make_the_figure_higher(steep: tuple[Export, Figure]) -> None:
    figure = steep[1]
    for words in ("many words " * 60, "没有空格的长句子" * 40):
        taller = Figure(figure.view, figure.title, words)
        assert taller.size.height() > figure.size.height() + 60
        assert taller.size.width() == figure.size.width()


@pytest.mark.parametrize("size", [(400, 400), (1200, 800), (801, 1203)])
def test_a_figure_has_the_size_that_was_asked_for(gates: Export, qapp: object, size: tuple[int, int]) -> None:
    with figure_of(gates, size, "dark") as figure:
        assert figure.size.toTuple() == size


def test_theme_and_language_are_those_asked_for_and_come_back(gates: Export, qapp: object) -> None:
    before = theme().name, language()
    chinese = Export(gates.experiment, gates.run, gates.params, 0, gates.frame, "zh_CN")
    with figure_of(chinese, (600, 500), "dark") as figure:
        assert figure.title == load("gates").title.render("zh_CN")
        assert figure_image(figure).pixelColor(1, 1) == QColor(theme().surface)
        assert (theme().name, language()) == ("dark", "zh_CN")
    assert (theme().name, language()) == before
