"""Formulas take the size and the colour of the text around them."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QTextDocument

from gui.panels import prose as shown
from gui.panels.prose import Prose, formula_ids, formula_pixmap, formula_size
from gui.style.theme import set_theme, theme
from tests.offenders import for_each
from tools import formulas as drawn


def _ink(pixmap) -> QColor:
    """The colour of the most opaque pixel."""
    image = pixmap.toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return max((image.pixelColor(x, y) for x, y in points), key=QColor.alpha)


def test_the_em_of_the_drawings_is_known():
    assert shown.EM == drawn.EM
    assert formula_ids() == sorted(drawn.read_formulas())


@pytest.mark.usefixtures("qapp")
@for_each(formula_ids())
def test_every_formula_has_ink_in_the_colour_that_was_asked_for(formula_id):
    pixmap = formula_pixmap(formula_id, 40, "#c47a00")
    assert pixmap.height() == 40
    ink = _ink(pixmap)
    assert ink.alpha() > 200
    assert ink.name() == "#c47a00"


def test_a_picture_for_a_fine_screen_has_more_pixels_and_the_same_size():
    plain = formula_pixmap("perceptron", 40, "black")
    fine = formula_pixmap("perceptron", 40, "black", device_pixel_ratio=2.0)
    assert fine.height() == 2 * plain.height()
    assert fine.deviceIndependentSize().height() == 40


def test_width_and_height_keep_the_proportion_of_the_drawing():
    size = formula_size("perceptron", 13)
    pixmap = formula_pixmap("perceptron", size.height(), "black", 4.0)
    assert pixmap.width() / pixmap.height() == pytest.approx(size.width() / size.height(), rel=0.01)
    assert formula_size("perceptron", 26).width() == pytest.approx(2 * size.width())


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_guide_gets_formulas_in_the_text_colour_of_its_theme(qtbot, name):
    set_theme(name)
    assert _ink(_in_guide(qtbot, "formula:sigmoid?height=20")).name() == theme().text


def test_a_guide_gets_formulas_in_the_height_that_it_asks_for(qtbot):
    assert _in_guide(qtbot, "formula:sigmoid?height=20").height() == 20
    assert _in_guide(qtbot, "formula:sigmoid?height=40").height() == 40


def test_other_urls_are_left_to_the_browser(qtbot):
    assert _in_guide(qtbot, "file:///sigmoid.svg") is None


def _in_guide(qtbot, url):
    prose = Prose("text")
    qtbot.addWidget(prose)
    return prose.loadResource(QTextDocument.ResourceType.ImageResource, QUrl(url))


@pytest.mark.parametrize("formula_id", ["no_such", "", "../fonts/x", "manifest"])
def test_an_unknown_formula_is_refused_by_name(formula_id):
    with pytest.raises(ValueError, match="must be one of"):
        formula_pixmap(formula_id, 20, "black")
