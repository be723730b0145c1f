"""The documents for authors: what can be copied from them holds, and what they say of limits is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.contract.language import CHINESE
from engine.packs.files import LARGEST, MOST_BYTES, MOST_FILES
from engine.packs.pack import read_pack
from tests.engine.packs.made import folder_of, proved

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(("language", "ending"), [("en", ""), (CHINESE, f".{CHINESE}")])
def test_the_example_of_the_document_holds_as_it_is_copied(tmp_path, language, ending):
    text = (ROOT / "packaging" / f"PACKS{ending}.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```(\w+)\n(.*?)```", text, re.DOTALL))
    files = {"pack.toml": blocks["toml"].encode(), f"guide/{language}/gates.md": blocks["markdown"].encode()}
    pack = read_pack(folder_of(tmp_path / "or-gate", files))
    assert (pack.id, pack.manifest.languages, proved(pack)) == ("or-gate", (language,), ())
    for number in (MOST_FILES, LARGEST // 2**20, MOST_BYTES // 2**20):
        assert re.search(rf"\b{number}\b", text)
    assert text.count("\n") < 100


@pytest.mark.parametrize("ending", ["", f".{CHINESE}"])
def test_readme_leads_there_and_the_two_to_one_another(ending):
    other = "" if ending else f".{CHINESE}"
    assert f"(packaging/PACKS{ending}.md)" in (ROOT / f"README{ending}.md").read_text(encoding="utf-8")
    assert f"(PACKS{other}.md)" in (ROOT / "packaging" / f"PACKS{ending}.md").read_text(encoding="utf-8")
