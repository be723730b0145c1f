"""The documents for authors: what can be copied from them holds, and what they say of limits is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.contract.language import ENGLISH, LANGUAGES, known_languages
from engine.packs.files import LARGEST, MOST_BYTES, MOST_FILES
from engine.packs.pack import read_pack
from tests.engine.packs.made import folder_of, proved

ROOT = Path(__file__).resolve().parents[3]


def document(name: str, language: str) -> str:
    """The name of a document's file in a language."""
    return f"{name}.md" if language == ENGLISH.id else f"{name}.{language}.md"


WRITTEN = [one for one in known_languages() if (ROOT / "packaging" / document("PACKS", one)).exists()]
"""The languages of the documents: all that are offered, and drafts as they come."""


# A pack cannot be in a draft's language before that is offered.
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_of_the_document_holds_as_it_is_copied(tmp_path, language):
    text = (ROOT / "packaging" / document("PACKS", language)).read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```(\w+)\n(.*?)```", text, re.DOTALL))
    files = {"pack.toml": blocks["toml"].encode(), f"guide/{language}/gates.md": blocks["markdown"].encode()}
    pack = read_pack(folder_of(tmp_path / "or-gate", files))
    assert (pack.id, pack.manifest.languages, proved(pack)) == ("or-gate", (language,), ())
    for number in (MOST_FILES, LARGEST // 2**20, MOST_BYTES // 2**20):
        assert re.search(rf"(?<!\d){number}(?!\d)", text)
    assert text.count("\n") < 100


@pytest.mark.parametrize("language", WRITTEN)
def test_readme_leads_there_and_all_lead_to_one_another(language):
    assert f"(packaging/{document('PACKS', language)})" in (ROOT / document("README", language)).read_text("utf-8")
    for name in ("PACKS", "ROOMS"):
        head = (ROOT / "packaging" / document(name, language)).read_text("utf-8").splitlines()[2]
        others = [document(name, other) for other in WRITTEN if other != language]
        assert all(f"({other})" in head for other in others)
