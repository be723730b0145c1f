"""The shipped font has what the program writes, under a name of its own, and is small."""

import pytest
from fontTools.ttLib import TTFont

from tools import font_subset
from tools.shown_characters import common_chinese, is_chinese, latin, written_characters


def test_the_common_characters_are_the_ideographs_of_gb2312():
    found = common_chinese()
    assert len(found) == 6763
    assert {"啊", "学", "习", "座", "阈", "熵", "齄"} <= found
    assert all(is_chinese(character) for character in found)


def test_latin_has_no_control_character():
    assert all(character.isprintable() or character == "\u00a0" for character in latin())
    assert {"A", "z", "~", "×", "½"} <= latin()


def test_the_chinese_of_the_glossary_counts_as_written():
    assert set("偏置阈值饱和") <= written_characters()


def test_the_shipped_font_has_everything_it_must_have():
    assert font_subset.missing() == set()
    assert not font_subset.stale()


def test_a_new_character_makes_the_font_out_of_date(monkeypatch):
    monkeypatch.setattr(font_subset, "written_characters", lambda: {"㐀"})
    assert font_subset.missing() == {"㐀"}
    assert font_subset.stale()


def test_a_sign_that_a_latin_font_provides_does_not(monkeypatch):
    monkeypatch.setattr(font_subset, "written_characters", lambda: {"⏩", "₁"})
    assert not font_subset.stale()


def test_without_the_shipped_file_everything_is_missing(monkeypatch, tmp_path):
    monkeypatch.setattr(font_subset, "SHIPPED", tmp_path / "none.otf")
    assert len(font_subset.missing()) > 6763


def test_the_shipped_font_keeps_the_notice_and_avoids_the_reserved_name():
    with TTFont(font_subset.SHIPPED) as font:
        names = font["name"]
    assert "Adobe" in names.getDebugName(0)
    assert "SIL Open Font License" in names.getDebugName(13)
    for number in (1, 3, 4, 6):
        name = names.getDebugName(number)
        assert "Layerwise" in name
        assert "Source" not in name
        assert "Noto" not in name


def test_the_shipped_font_is_small():
    assert font_subset.SHIPPED.stat().st_size < 1_600_000


def test_a_file_that_is_not_there_or_not_the_right_font_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"gone\.otf"):
        font_subset.build(tmp_path / "gone.otf")
    with pytest.raises(ValueError, match="has no face named Noto Sans CJK SC"):
        font_subset.build(font_subset.SHIPPED)
