"""A pack's terms: read without trust, linked by its guides, and none called as one of ours is."""

from __future__ import annotations

import pytest

from engine.contract.text import LANGUAGES, Refused
from engine.glossary import own_terms, terms
from engine.packs.pack import read_pack
from tests.engine.packs.made import example, proved, small, zip_of

NAME = "glossary/own.toml"
TERMS = """
[switch_board]
name = { en = "switch board", zh_CN = "开关板" }
definition.en = "What a gate answers to each {input}."
definition.zh_CN = "门对每个输入的回答。"
aliases.en = ["board of switches"]
"""


def with_terms(text: str) -> dict[str, bytes]:
    files = {**example(), NAME: text.encode()}
    for language, word in (("en", "[bias](term:bias)"), ("zh_CN", "[偏置](term:bias)")):
        guide = f"guide/{language}/gates.md"
        assert word in files[guide].decode()
        files[guide] = files[guide].decode().replace(word, "[board](term:switch_board)", 1).encode()
    return files


def test_its_guides_may_link_them_and_nothing_is_left_of_them_afterwards(tmp_path):
    pack = read_pack(zip_of(tmp_path / "a.zip", with_terms(TERMS)))
    assert proved(pack) == ()
    assert pack.terms["switch_board"].definition.render("en") == "What a gate answers to each {input}."
    assert all(pack.terms["switch_board"].name.render(one) for one in LANGUAGES)
    assert terms() is own_terms()
    without = {name: one for name, one in with_terms(TERMS).items() if name != NAME}
    assert "no term “switch_board”" in proved(read_pack(zip_of(tmp_path / "b.zip", without)))[0].text.render("en")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TERMS.replace("switch_board", "bias"), "line 2: there is a term “bias” already"),
        (TERMS.replace("switch_board", "Board"), "“Board” is no id of a term"),
        (TERMS.replace("aliases", "alias"), "“switch_board” is no table of name, definition, aliases"),
        (TERMS.replace('["board of switches"]', '"board of switches"'), "aliases are lists"),
        (TERMS.replace("definition", "meaning"), "no table of"),
        ("[switch_board]\nname = 3", "the term “switch_board”"),
        ("switch_board = 1", "is no table of"),
        ("[[switch_board]]", "is no table of"),
        ("[switch_board", "it is no TOML"),
    ],
)
def test_what_is_damaged_is_refused_with_its_file(tmp_path, text, told):
    with pytest.raises(Refused, match=r"glossary/own\.toml, line \d+: .*") as refused:
        read_pack(zip_of(tmp_path / "a.zip", {**small(), NAME: text.encode()}))
    assert told in str(refused.value) and refused.value.text.render("zh_CN")


def test_a_term_of_two_files_is_refused(tmp_path):
    files = {**small(), NAME: TERMS.encode(), "glossary/two.toml": TERMS.encode()}
    with pytest.raises(Refused, match="“switch_board” in another file too"):
        read_pack(zip_of(tmp_path / "a.zip", files))
