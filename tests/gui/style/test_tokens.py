"""The colours can be read, told apart, and mean the same thing everywhere."""

import re
from itertools import combinations

import pytest

from gui.style.foreground import contrast, linear_rgb, luminance
from gui.style.tokens import DARK, GRID, LIGHT, THEMES

both_themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def test_contrast_is_that_of_the_definition():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=1e-3)


@both_themes
def test_text_has_a_contrast_of_four_and_a_half_on_every_ground(theme):
    for ground in (theme.window, theme.surface, theme.raised, theme.selection_fill):
        assert contrast(theme.text, ground) >= 4.5
    for ground in (theme.window, theme.surface, theme.raised):
        for ink in (theme.muted_text, theme.accent, theme.wrong, theme.right):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
    # Notes, answers and classes stand on what is selected, and on the regions of classes, too.
    inks = (theme.muted_text, theme.right, theme.wrong, theme.forward, theme.backward, *theme.class_inks)
    for ground in (theme.window, theme.surface, theme.raised, theme.selection_fill, *theme.region_fills):
        for ink in inks:
            assert contrast(ink, ground) >= 4.5, (ink, ground)
    assert contrast(theme.accent_text, theme.accent) >= 4.5


@both_themes
def test_marks_have_a_contrast_of_three_on_every_ground(theme):
    marks = [
        theme.positive, theme.negative, theme.forward, theme.backward, theme.right, theme.wrong,
        theme.handle, theme.selection, theme.control_outline, *theme.class_colors,
    ]  # fmt: skip
    for mark in marks:
        for ground in (theme.window, theme.surface, theme.raised, theme.selection_fill):
            assert contrast(mark, ground) >= 3, (mark, ground)


@both_themes
def test_marks_of_any_class_can_be_seen_on_the_region_of_any_class(theme):
    for mark in (*theme.class_colors, theme.text, theme.handle):
        for fill in theme.region_fills:
            assert contrast(mark, fill) >= 3, (mark, fill)


@both_themes
def test_a_region_has_the_hue_of_its_class_and_stays_near_the_ground(theme):
    for color, fill in zip(theme.class_colors, theme.region_fills, strict=True):
        strong, pale = linear_rgb(color), linear_rgb(fill)
        assert strong.index(max(strong)) == pale.index(max(pale)), (color, fill)
        assert contrast(fill, theme.surface) < 1.5


# Machado, Oliveira and Fernandes (2009), full severity, on linear RGB.
_VISION = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
}

_ALONE = {"usual": 15, "protanopia": 15, "deuteranopia": 15, "tritanopia": 10}
"""How far apart classes and curves are; the rarest of the three can tell fewer hues, and has symbols and dashes."""


def _lab(color: str, vision: str) -> tuple[float, float, float]:
    seen = [
        min(1.0, max(0.0, sum(factor * part for factor, part in zip(row, linear_rgb(color), strict=True))))
        for row in _VISION[vision]
    ]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(factor * part for factor, part in zip(row, seen, strict=True)) for row in to_xyz]
    x, y, z = (
        ratio ** (1 / 3) if ratio > 0.008856 else 7.787 * ratio + 16 / 116
        for ratio in (part / white for part, white in zip(xyz, (0.9505, 1.0, 1.089), strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _difference(one: str, other: str, vision: str) -> float:
    return sum((a - b) ** 2 for a, b in zip(_lab(one, vision), _lab(other, vision), strict=True)) ** 0.5


@both_themes
@pytest.mark.parametrize("vision", _VISION)
def test_the_classes_differ_for_colour_blind_eyes_too(theme, vision):
    for colors in (theme.class_colors, theme.class_inks):
        for one, other in combinations(colors, 2):
            assert _difference(one, other, vision) >= _ALONE[vision], (one, other)


@both_themes
@pytest.mark.parametrize("vision", _VISION)
def test_pairs_that_are_compared_differ_for_colour_blind_eyes_too(theme, vision):
    pairs = [
        (theme.positive, theme.negative),
        (theme.forward, theme.backward),
        (theme.right, theme.wrong),
    ]
    for one, other in pairs:
        assert _difference(one, other, vision) >= 15, (one, other)


@both_themes
@pytest.mark.parametrize("vision", _VISION)
def test_curves_and_digits_differ_for_colour_blind_eyes_too(theme, vision):
    for colors in (theme.curve_colors, theme.digit_inks):
        for one, other in combinations(colors, 2):
            assert _difference(one, other, vision) >= _ALONE[vision], (one, other)


@both_themes
def test_names_of_curves_and_digits_can_be_read_and_each_curve_has_its_own_dashes(theme):
    for color in (*theme.curve_colors, *theme.digit_inks):
        assert contrast(color, theme.surface) >= 4.5 and contrast(color, theme.window) >= 4.5, color
    assert len(set(theme.curve_colors)) == len(theme.curve_colors) >= len(theme.curve_dashes)
    assert len(set(theme.curve_dashes)) == len(theme.curve_dashes)
    assert all(len(dashes) % 2 == 0 for dashes in theme.curve_dashes)


@both_themes
def test_positive_pushes_towards_class_1_and_negative_towards_class_0(theme):
    assert theme.positive == theme.class_colors[1]
    assert theme.negative == theme.class_colors[0]


@both_themes
def test_every_colour_is_written_out_and_every_class_has_its_own_symbol(theme):
    colors = theme.colors()
    assert len(colors) >= 25
    assert all(re.fullmatch(r"#[0-9a-f]{6}", color) for color in colors.values())
    assert len(set(theme.class_symbols)) == len(set(theme.class_colors)) == len(theme.region_fills) == 4


def test_the_themes_are_found_by_name_and_the_grid_is_eight_pixels():
    assert {"light": LIGHT, "dark": DARK} == THEMES
    assert GRID == 8
    assert luminance(DARK.window) < 0.05 < 0.8 < luminance(LIGHT.window)
