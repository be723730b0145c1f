"""Exported figures hold no words that ask for a hand: nobody can click on a printed page."""

from __future__ import annotations

import re

import pytest

from engine.contract.text import LANGUAGES
from gui.stage.fields_on_stage import words_and_marks
from gui.style.language import set_language
from tests.gui.views.hand import draw, opened_view
from tests.shots import openings
from tests.truth.cases import by_experiment

_ASKS = re.compile(
    r"\b(click|drag|pull|press|draw on|type)\b|点一|点击|单击|双击|拖|按“|"
    r"クリック|ドラッグ|引いて|押す|押して|入力して",
    re.IGNORECASE,
)


@pytest.mark.long
@by_experiment
def test_what_is_exported_asks_for_no_hand(qtbot, experiment_id):
    view, asking = opened_view(qtbot, experiment_id), set()
    items = [item for item in view.stage.scene().items() if hasattr(item, "setExportMode")]
    for language in LANGUAGES:
        set_language(language)
        for shot in openings(experiment_id):
            draw(view, shot)
            # As PNG, SVG and PDF are drawn.
            view.for_export(True)
            for item in items:
                item.setExportMode(True, {})
            said = [words for words, _ in words_and_marks(view.stage)]
            asking |= {f"{shot.name}: {words}" for words in said if _ASKS.search(words)}
            for item in items:
                item.setExportMode(False)
            view.for_export(False)
    assert not asking, "\n".join(sorted(asking))
