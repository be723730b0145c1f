"""One type scale: its sizes, its zoom and its figures."""

import math

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF

from gui.style.appearance import appearance
from gui.style.language import set_language
from gui.style.typography import (
    SIZES,
    ZOOM_STEPS,
    font,
    pixels,
    present,
    px,
    set_zoom,
    usual_zoom,
    zoom,
    zoom_in,
    zoom_out,
    zoom_reset,
)


def test_the_scale_is_13_11_and_17_pixels():
    assert [font(role).pixelSize() for role in ("text", "notes", "headline")] == [13, 11, 17]


@pytest.mark.parametrize("role", SIZES)
def test_every_role_follows_the_zoom(role):
    set_zoom(2.0)
    assert font(role).pixelSize() == pixels(role) == 2 * SIZES[role]


def test_an_unknown_role_is_refused_by_name():
    with pytest.raises(ValueError, match=r"'title'.*text, notes, headline"):
        font("title")


def test_zooming_in_and_out_passes_through_the_steps_and_stops_at_the_ends():
    seen = []
    for _ in range(20):
        zoom_in()
        seen.append(zoom())
    assert seen[-1] == ZOOM_STEPS[-1] == 2.0
    for _ in range(20):
        zoom_out()
        seen.append(zoom())
    assert set(seen) == set(ZOOM_STEPS)
    assert zoom() == ZOOM_STEPS[0] == 0.8
    zoom_reset()
    assert zoom() == 1.0


def test_zooming_from_between_two_steps_reaches_the_next_one():
    set_zoom(1.17)
    zoom_in()
    assert zoom() == 1.25
    set_zoom(1.17)
    zoom_out()
    assert zoom() == 1.1


@pytest.mark.parametrize("factor", [0.79, 2.01, 0, -1, math.nan, math.inf])
def test_a_zoom_out_of_range_is_refused_with_its_value(factor):
    with pytest.raises(ValueError, match=r"zoom .* between 0\.8 and 2\.0"):
        set_zoom(factor)
    assert zoom() == 1.0


def test_zoom_is_told_once_and_the_application_has_its_font_already(qapp, qtbot):
    seen = []
    appearance().zoom_changed.connect(lambda: seen.append(qapp.font().pixelSize()))
    with qtbot.waitSignals([appearance().zoom_changed, appearance().changed], order="strict"):
        set_zoom(1.5)
    assert seen == [pixels("text")] == [px(13)]


@pytest.mark.parametrize("role", ["number", "headline", "notes"])
def test_figures_of_numbers_that_change_are_asked_to_be_of_one_width_and_are(role):
    made = font(role)
    assert any(made.featureValue(tag) == 1 for tag in made.featureTags())
    metrics = QFontMetricsF(made)
    assert len({round(metrics.horizontalAdvance(figure * 10), 3) for figure in "0123456789"}) == 1


def test_code_is_set_in_a_font_of_fixed_width():
    made = font("code")
    assert made.styleHint() == QFont.StyleHint.Monospace
    metrics = QFontMetricsF(made)
    # A machine without any fixed font has only the proportional one to offer.
    if QFontInfo(made).fixedPitch():
        assert metrics.horizontalAdvance("iiii") == pytest.approx(metrics.horizontalAdvance("WWWW"))


def test_chinese_puts_the_chinese_family_first_and_english_last():
    english = font("text").families()
    set_language("zh_CN")
    chinese = font("text").families()
    assert english[-1] == chinese[0]


@pytest.mark.parametrize("height", [720, 768, 1080, 2160])
def test_in_a_presentation_no_type_is_under_a_fortieth_of_the_screen(height):
    set_zoom(1.1)
    present(height)
    smallest = min(pixels(role) for role in SIZES)
    assert height / 40 <= smallest <= height / 40 + 1
    zoom_in()
    assert min(pixels(role) for role in SIZES) > smallest
    assert usual_zoom() == 1.1
    present(None)
    assert zoom() == 1.1 and pixels("notes") < pixels("text")
