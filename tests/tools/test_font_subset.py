"""The shipped font has what the program writes, under a name of its own, and is small."""

import pytest
from fontTools.ttLib import TTFont

from tools import font_subset
from tools.font_subset import SUBSETS
from tools.shown_characters import common_chinese, common_japanese, is_wide, latin, written_characters

CHINESE, JAPANESE = SUBSETS
each_font = pytest.mark.parametrize("one", SUBSETS, ids=lambda one: one.language)


def test_the_common_characters_are_the_ideographs_of_gb2312():
    found = common_chinese()
    assert len(found) == 6763
    assert {"啊", "学", "习", "座", "阈", "熵", "齄"} <= found
    assert all(is_wide(character) for character in found)


def test_the_common_characters_of_japanese_are_those_of_the_first_level_and_kana():
    found = common_japanese()
    assert {"亜", "腕", "畳", "伝", "ぁ", "ん", "ァ", "ヶ", "ー", "々"} <= found and len(found) == 3146
    assert "弌" not in found and all(is_wide(character) for character in found)


def test_latin_has_no_control_character():
    assert all(character.isprintable() or character == "\u00a0" for character in latin())
    assert {"A", "z", "~", "×", "½"} <= latin()


def test_the_chinese_of_the_glossary_counts_as_written():
    assert set("偏置阈值饱和") <= written_characters("zh_CN")


def test_the_words_of_another_language_do_not():
    japanese, chinese = written_characters("ja"), written_characters("zh_CN")
    assert "畳" in japanese and "畳" not in chinese and "阈" in chinese and "阈" not in japanese


@each_font
def test_a_shipped_font_has_everything_it_must_have(one):
    assert font_subset.missing(one) == set()
    assert not font_subset.stale()


def test_a_new_character_makes_the_font_out_of_date(monkeypatch):
    monkeypatch.setattr(font_subset, "written_characters", lambda language: {"㐀"})
    assert font_subset.missing(CHINESE) == {"㐀"}
    assert font_subset.stale()


def test_a_sign_that_a_latin_font_provides_does_not(monkeypatch):
    monkeypatch.setattr(font_subset, "written_characters", lambda language: {"⏩", "₁"})
    assert not font_subset.stale()


def test_without_the_shipped_file_everything_is_missing(monkeypatch, tmp_path):
    monkeypatch.setattr(font_subset, "ROOT", tmp_path)
    assert len(font_subset.missing(CHINESE)) > 6763 and len(font_subset.missing(JAPANESE)) > 3146


@each_font
def test_a_shipped_font_keeps_the_notice_and_avoids_the_reserved_name(one):
    with TTFont(one.path) as font:
        names = font["name"]
    assert "Adobe" in names.getDebugName(0)
    assert "SIL Open Font License" in names.getDebugName(13)
    for number in (1, 3, 4, 6):
        name = names.getDebugName(number)
        assert "Layerwise" in name
        assert "Source" not in name
        assert "Noto" not in name


@pytest.mark.parametrize(("one", "most"), [(CHINESE, 1_600_000), (JAPANESE, 900_000)])
def test_a_shipped_font_is_small(one, most):
    assert one.path.stat().st_size < most


def test_a_file_that_is_not_there_or_not_the_right_font_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"gone\.otf"):
        font_subset.build(tmp_path / "gone.otf")
    with pytest.raises(ValueError, match="has no face named Noto Sans CJK SC"):
        font_subset.build(JAPANESE.path)
